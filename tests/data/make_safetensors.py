#!/usr/bin/env python3
"""Makes the .safetensors fixtures with the format's own Python package, or copies a file with it.

usage: make_safetensors.py               writes types.safetensors and plain.safetensors here
       make_safetensors.py IN OUT        reads IN and writes its tensors and metadata to OUT
needs: pip install safetensors numpy (and ml_dtypes to make the fixtures)
"""
import pathlib
import sys

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file


def make(folder):
    import ml_dtypes  # here, because copying needs none

    save_file({"fc1.weight": np.arange(6, dtype=np.float32).reshape(2, 3) / 4,
               "fc1.bias": np.array([-1.5, 1e-40], np.float32)},
              folder / "plain.safetensors")
    arrays = {
        "f64": np.array([[1 / 3, -0.0], [np.inf, 5e-324]]),
        "f32": np.array([0.1, np.nan], np.float32),
        "f16": np.array([1.0, -2.5, 65504.0, 6e-8, -np.inf], np.float16),
        "bf16": np.array([1.0, -0.15625, 3e38], ml_dtypes.bfloat16),
        "i64": np.array(-(2**40)),
        "u64": np.array([2**63], np.uint64),
        "i32": np.array([-7, 2**31 - 1], np.int32),
        "u32": np.array([2**32 - 1], np.uint32),
        "i16": np.array([-300], np.int16),
        "u16": np.array([65535], np.uint16),
        "i8": np.array([-128], np.int8),
        "u8": np.array([255], np.uint8),
        "bool": np.array([True, False]),
        "empty": np.zeros((0, 3), np.float32),
    }
    save_file(arrays, folder / "types.safetensors",
              {"note": "gr\u00fc\u00df dich", "tapeless.topology": "0123456789abcdef"})


def copy(source, target):
    with safe_open(source, framework="np") as content:
        save_file({name: content.get_tensor(name) for name in content.keys()}, target,
                  content.metadata())


if __name__ == "__main__":
    if len(sys.argv) == 3:
        copy(*sys.argv[1:])
    elif len(sys.argv) == 1:
        make(pathlib.Path(__file__).resolve().parent)
    else:
        sys.exit(__doc__)
