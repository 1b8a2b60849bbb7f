#!/usr/bin/env python3
"""Writes numpy_random.json: draws of NumPy's RandomState and splits of scikit-learn.

needs: pip install numpy scikit-learn
"""
import json
import pathlib

import numpy as np
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

SEEDS = [0, 1, 42, 4294967295]


def draws(seed):
    words = np.random.RandomState(seed).randint(0, 2**32, 1000, np.uint32)
    mixed = np.random.RandomState(seed)
    return {
        "seed": seed,
        "words": words[[0, 1, 2, 226, 227, 623, 624, 999]].tolist(),
        "word_numbers": [0, 1, 2, 226, 227, 623, 624, 999],
        "random_sample": np.random.RandomState(seed).random_sample(5).tolist(),
        "uniform": np.random.RandomState(seed).uniform(-3.0, 7.5, 5).tolist(),
        "normal": np.random.RandomState(seed).normal(1.5, 0.25, 7).tolist(),
        "permutations": [np.random.RandomState(seed).permutation(n).tolist()
                         for n in (0, 1, 2, 3, 10, 64, 65, 257)],
        "permutation_1797_head": np.random.RandomState(seed).permutation(1797)[:20].tolist(),
        "permutation_100000_tail": np.random.RandomState(seed).permutation(100000)[-20:].tolist(),
        # Calls of different kinds on one generator: nothing may be drawn too much or too little.
        "mixed": [mixed.normal(), mixed.permutation(5).tolist(), mixed.normal(),
                  mixed.random_sample(), mixed.normal()],
    }


def split(n, fraction, seed):
    train, test = train_test_split(np.arange(n), test_size=fraction, random_state=seed)
    return {"n": n, "fraction": fraction, "seed": seed, "train": train.tolist(),
            "test": test.tolist()}


def main():
    table = np.array([[1.0, 10.0, 0.1], [2.0, 30.0, 0.1], [4.0, -20.0, 0.1]])
    golden = {
        "draws": [draws(seed) for seed in SEEDS],
        "splits": [split(n, fraction, seed) for n, fraction, seed in
                   [(2, 0.5, 0), (10, 0.25, 0), (11, 0.2, 42), (150, 0.3, 7), (100, 0.07, 3)]],
        "standard_scaler": {"table": table.tolist(),
                            "scaled": StandardScaler().fit_transform(table).tolist()},
    }
    target = pathlib.Path(__file__).resolve().with_name("numpy_random.json")
    target.write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
