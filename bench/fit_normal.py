#!/usr/bin/env python3
"""Fits P(a) / Q(a) to Phi(-a) e^(a^2 / 2), the constants of core/math_normal.hpp.

    fit_normal.py          # needs mpmath; a minute

Prints the coefficients, lowest power first, and the greatest relative error on a grid that is four
times as dense as that of the fit. Weighted least squares of P - f Q, whose weights grow where the
error is greatest (Lawson 1961).
"""
import mpmath as mp

mp.mp.dps = 50


def tail(a):
    return mp.erfc(a / mp.sqrt(2)) * mp.exp(a * a / 2) / 2


def value(c, x):
    return mp.polyval(c[::-1], x)


def nodes(highest, count):
    return [highest * ((1 - mp.cos(mp.pi * (k + mp.mpf(1) / 2) / count)) / 2) ** 2
            for k in range(count)]


def fit(top, bottom, highest, count, passes):
    xs = nodes(highest, count)
    fs = [tail(x) for x in xs]
    weights, below = [mp.mpf(1)] * count, [(1 + x) ** bottom for x in xs]
    best = None
    for _ in range(passes):
        size = top + bottom + 1
        left, right = mp.matrix(size, size), mp.matrix(size, 1)
        for w, x, f, d in zip(weights, xs, fs, below):
            s = 1 / (d * f)
            row = [s * x**j for j in range(top + 1)]
            row += [-s * f * x**j for j in range(1, bottom + 1)]
            for i in range(size):
                right[i] += w * row[i] * s * f
                for j in range(i, size):
                    left[i, j] += w * row[i] * row[j]
        for i in range(size):
            for j in range(i):
                left[i, j] = left[j, i]
        c = mp.lu_solve(left, right)
        p, q = list(c[:top + 1]), [mp.mpf(1), *c[top + 1:]]
        below = [value(q, x) for x in xs]
        errors = [abs(value(p, x) / d / f - 1) for x, d, f in zip(xs, below, fs)]
        if best is None or max(errors) < best[0]:
            best = max(errors), p, q
        mean = sum(w * e for w, e in zip(weights, errors)) / count
        weights = [max(w * e / mean, mp.mpf(10) ** -6) for w, e in zip(weights, errors)]
    return best


def main():
    for top, bottom, highest, digits in ((4, 5, mp.mpf("14.6"), 9), (9, 10, mp.mpf(39), 17)):
        _, p, q = fit(top, bottom, highest, 12 * (top + bottom), 14)
        error = max(abs(value(p, x) / value(q, x) / tail(x) - 1)
                    for x in nodes(highest, 48 * (top + bottom)))
        print(f"degrees {top} and {bottom}: 2^{mp.nstr(mp.log(error, 2), 4)}")
        for name, c in (("p", p), ("q", q)):
            print(f"  {name}:", ", ".join(mp.nstr(x, digits) for x in c))


if __name__ == "__main__":
    main()
