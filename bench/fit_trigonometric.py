#!/usr/bin/env python3
"""Prints the polynomials of core/math_trigonometric.hpp, math_inverse.hpp and math_hyperbolic.hpp.

Needs mpmath. Every fit is a polynomial in z = x^2 with the least greatest error, weighted by what
the fit is multiplied with, found by Remez' exchange in 60 digits and then rounded; in float the last
coefficient is fitted again to what rounding the others changed.
"""
import struct

import mpmath as mp

mp.mp.dps = 60


def remez(f, weight, low, high, count, rounds=25):
    """Coefficients of count powers for the least max |f - p| * weight on [low, high], and that."""
    x = [(low + high) / 2 - (high - low) / 2 * mp.cos(mp.pi * i / count) for i in range(count + 1)]
    for _ in range(rounds):
        rows = mp.matrix(count + 1, count + 1)
        right = mp.matrix(count + 1, 1)
        for i, at in enumerate(x):
            for k in range(count):
                rows[i, k] = at ** k
            rows[i, count] = (-1) ** i / weight(at)
            right[i] = f(at)
        solution = mp.lu_solve(rows, right)
        c = [solution[k] for k in range(count)]
        error = lambda at: (f(at) - mp.polyval(c[::-1], at)) * weight(at)
        grid = [low + (high - low) * (1 - mp.cos(mp.pi * i / 600)) / 2 for i in range(601)]
        values = [error(at) for at in grid]
        best = []
        for at, v in zip(grid, values):
            if best and (v > 0) == (best[-1][1] > 0):
                if abs(v) > abs(best[-1][1]):
                    best[-1] = (at, v)
            else:
                best.append((at, v))
        while len(best) > count + 1:
            best.pop(0 if abs(best[0][1]) < abs(best[-1][1]) else -1)
        if len(best) < count + 1:
            break
        x = [at for at, _ in best]
    return c, max(abs(v) for v in values)


def rounded(x, single):
    return struct.unpack("f", struct.pack("f", float(x)))[0] if single else float(x)


def fit(name, f, weight, high, count, single):
    """f and weight are functions of z; prints the rounded coefficients."""
    low = mp.mpf(10) ** -12
    c, best = remez(f, weight, low, mp.mpf(high), count)
    fixed = [mp.mpf(rounded(x, single)) for x in c]
    if single:
        done = len(fixed) - 1
        rest = lambda z: (f(z) - mp.polyval(fixed[done - 1::-1], z)) / z ** done
        better, _ = remez(rest, lambda z: weight(z) * z ** done, mp.mpf(10) ** -3, mp.mpf(high), 1)
        fixed[done] = mp.mpf(rounded(better[0], single))
    text = ", ".join(f"{float(c):.9g}f" if single else repr(float(c)) for c in fixed)
    grid = [low + (high - low) * mp.mpf(i) / 400 for i in range(401)]
    worst = max(abs((f(z) - mp.polyval(fixed[::-1], z)) * weight(z)) for z in grid)
    print(f"{name} {'float' if single else 'double'} 2^{float(mp.log(best, 2)):.1f}, rounded "
          f"2^{float(mp.log(worst, 2)):.1f}:\n  {{{text}}}")


def main():
    quarter = (mp.pi / 4) ** 2 * mp.mpf("1.0001")
    root = mp.sqrt
    tasks = [
        ("sin", lambda z: (mp.sin(root(z)) - root(z)) / root(z) ** 3,
         lambda z: root(z) ** 3 / mp.sin(root(z)), quarter, 3, 6),
        ("cos", lambda z: (mp.cos(root(z)) - 1 + z / 2) / z ** 2,
         lambda z: z ** 2 / mp.cos(root(z)), quarter, 3, 6),
        ("atan", lambda z: (mp.atan(root(z)) - root(z)) / root(z) ** 3,
         lambda z: root(z) ** 3 / mp.atan(root(z)), mp.mpf("0.17158"), 5, 12),
        ("asin", lambda z: (mp.asin(root(z)) - root(z)) / root(z) ** 3,
         lambda z: root(z) ** 3 / mp.asin(root(z)), mp.mpf("0.25"), 5, 12),
        ("sinh", lambda z: (mp.sinh(root(z)) - root(z)) / root(z) ** 3,
         lambda z: root(z) ** 3 / mp.sinh(root(z)), mp.mpf(1), 4, 8),
    ]
    for name, f, weight, high, single, double in tasks:
        fit(name, f, weight, high, single, True)
        fit(name, f, weight, high, double, False)
    print("pi / 2 in parts of 12 bits (float) and 33 bits (double):")
    for bits, parts, single in ((12, 5, True), (33, 4, False)):
        rest, out = mp.pi / 2, []
        for k in range(parts):
            if k + 1 < parts:
                scale = mp.mpf(2) ** (bits - 1 - int(mp.floor(mp.log(rest, 2))))
                part = mp.floor(rest * scale) / scale
            else:
                part = mp.mpf(rounded(rest, single))
            out.append(float(part).hex())
            rest -= part
        print(" ", out, f"rest 2^{float(mp.log(abs(rest), 2)):.1f}")
    mp.mp.prec = 1500
    whole = int(mp.floor(2 / mp.pi * mp.mpf(2) ** 1280))
    print("2 / pi:", ", ".join(f"0x{whole >> 64 * k & (1 << 64) - 1:016x}" for k in range(19, -1, -1)))


if __name__ == "__main__":
    main()
