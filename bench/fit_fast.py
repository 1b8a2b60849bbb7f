#!/usr/bin/env python3
"""Prints the table of core/math_tanh.hpp and the constants of core/math_fast.hpp for C++.

Needs numpy and mpmath. Every fit minimises the greatest relative error by Lawson's iteration:
weighted least squares, with each sample's weight multiplied by its error.
"""
import mpmath
import numpy as np

mpmath.mp.dps = 30
INTERVALS, OFFSET, SHIFT = 16, 0.625, 21  # interval of a: bits of a + OFFSET, shifted, modulo 16


def tanh(x):
    return mpmath.tanh(mpmath.mpf(float(x)))


def lawson(basis, wanted, weight, rounds=150):
    """Coefficients c for the least max |basis @ c - wanted| * weight, and that maximum."""
    weights, best = np.ones(len(wanted)), (np.inf, None)
    scale = np.abs(basis).max(axis=0)
    for _ in range(rounds):
        s = np.sqrt(weights) * weight
        c = np.linalg.lstsq(basis / scale * s[:, None], wanted * s, rcond=None)[0] / scale
        error = np.abs(basis @ c - wanted) * weight
        if error.max() < best[0]:
            best = error.max(), c
        weights *= error / error.max() + 1e-9
        weights /= weights.mean()
    return best[1], best[0]


def chebyshev_points(low, high, count=400):
    return (low + high) / 2 + (high - low) / 2 * np.cos(np.pi * (np.arange(count) + 0.5) / count)


def edges():
    """Bounds of the intervals of |x|, and each one's place in the table."""
    first = int(np.float32(OFFSET).view(np.uint32) >> SHIFT)
    at = lambda i: float(np.uint32(i << SHIFT).view(np.float32)) - OFFSET
    return [(i % INTERVALS, at(i), at(i + 1)) for i in range(first, first + INTERVALS)]


def centre(low, high):
    """A float near the middle of the interval whose tanh is nearly a float."""
    middle = np.float32((low + high) / 2)
    near = [np.float32(middle + k * np.spacing(middle)) for k in range(-300, 301)]
    miss = lambda x: abs(tanh(x) - float(np.float32(float(tanh(x)))))
    return float(min(near, key=miss))


def exact_table(degree=5, top=9.05):
    """y = c0 + c1 d + ... with d = |x| - centre; the first interval starts with 0 + 1 d + 0 d^2."""
    table, worst = np.zeros((degree + 2, INTERVALS)), 0
    for place, low, high in edges():
        a = chebyshev_points(low, min(high, top))
        base = centre(low, min(high, top)) if low > 0 else 0.0
        fixed = [float(np.float32(float(tanh(base))))] + ([1.0, 0.0] if low == 0 else [])
        k, d = len(fixed), a - base
        y = np.array([float(tanh(x)) for x in a])
        rest = [tanh(x) - sum(mpmath.mpf(c) * (mpmath.mpf(float(x)) - base) ** i
                              for i, c in enumerate(fixed)) for x in a]
        basis = np.stack([d**i for i in range(k, degree + 1)], axis=1)
        c, error = lawson(basis, np.array([float(r) for r in rest]), 1 / y)
        table[:, place] = [base, *fixed, *c]
        worst = max(worst, error)
    return table, worst


def rational(p=2, q=2, bound=5.0, rounds=150):
    """tanh(x) / x = P(x^2) / Q(x^2) on [0, bound], linearised by the last Q; Q(0) = 1."""
    x = bound * np.sin(np.pi / 2 * np.arange(1, 1500) / 1499)
    v, f = x * x, np.tanh(x) / x
    weights, last, best = np.ones_like(x), np.ones_like(x), (np.inf, None)
    scale = bound ** (2.0 * np.array([*range(p + 1), *range(1, q + 1)]))
    basis = np.stack([v**i for i in range(p + 1)] + [-f * v**i for i in range(1, q + 1)], axis=1)
    for _ in range(rounds):
        s = np.sqrt(weights) / (f * last)
        c = np.linalg.lstsq(basis / scale * s[:, None], f * s, rcond=None)[0] / scale
        last = 1 + sum(c[p + i] * v**i for i in range(1, q + 1))
        error = np.abs(sum(c[i] * v**i for i in range(p + 1)) / last / f - 1)
        if error.max() < best[0]:
            best = error.max(), c
        weights *= error / error.max() + 1e-6
        weights /= weights.mean()
    return best[1][: p + 1], [1.0, *best[1][p + 1 :]], best[0]


def exponential(degree=4):
    """2^f on |f| <= 1/2."""
    f = chebyshev_points(-0.5, 0.5)
    c, error = lawson(np.stack([f**i for i in range(degree + 1)], axis=1), 2**f, 2**-f)
    return c, error


def show(name, rows, error):
    print(f"{name}: relative error 2^{np.log2(error):.2f}")
    for row in np.atleast_2d(rows):
        texts = [f"{np.float32(v):.9g}" for v in row]
        print("{" + ", ".join(t + ("f" if set(t) & set(".e") else ".f") for t in texts) + "},")


show("tanh table: centre, c0 to c5", *exact_table())
P, Q, error = rational()
show("tanh_fast P", P, error)
show("tanh_fast Q", Q, error)
show("exp_fast", *exponential())
