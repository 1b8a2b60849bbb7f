#!/usr/bin/env python3
"""Values and derivatives at zeros of both signs, infinities, NaN and ends of domains."""
import torch
import torch.nn.functional as F

from header import Header

INF, NAN = float("inf"), float("nan")
POINTS = [-INF, -1e300, -709.0, -2.5, -1.5, -1, -0.5, -1e-310, -0.0, 0.0, 1e-310, 0.5, 1, 1.5, 2.5,
          709.0, 1e300, INF, NAN]
OF_POINTS = {
    "floor": torch.floor, "ceil": torch.ceil, "round": torch.round, "trunc": torch.trunc,
    "sign": torch.sign, "sin": torch.sin, "cos": torch.cos, "tan": torch.tan, "asin": torch.asin,
    "acos": torch.acos, "atan": torch.atan, "sinh": torch.sinh, "cosh": torch.cosh,
    "asinh": torch.asinh, "acosh": torch.acosh, "atanh": torch.atanh, "hard_swish": F.hardswish,
    "thresholded_relu": lambda x: F.threshold(x, 1.0, 0.0),
    "clamp": lambda x: torch.clamp(x, -1.0, 1.0),
    "is_nan": lambda x: torch.isnan(x).double(),
    "is_infinite": lambda x: torch.isinf(x).double(),
    "logical_not": lambda x: torch.logical_not(x).double(),
}
PAIR = [-INF, -3, -2, -0.5, -0.0, 0.0, 0.5, 1, 2, 7, INF, NAN]
OF_PAIRS = {
    "fmod": torch.fmod, "floor_mod": torch.remainder, "atan2": torch.atan2, "power": torch.pow,
    "logical_and": lambda a, b: torch.logical_and(a, b).double(),
    "logical_or": lambda a, b: torch.logical_or(a, b).double(),
    "logical_xor": lambda a, b: torch.logical_xor(a, b).double(),
    "prelu": torch._prelu_kernel,
}
# Halves are left out: PyTorch takes roots there, whose zeros have a sign.
EXPONENTS = [-70.25, -71, -3, -2, -1.7, -1, 0, 0.3, 1, 1.7, 2, 3, 64, 70, 71, 1e9]


def gradients(y, operands):
    if not y.requires_grad:
        return [torch.zeros_like(x) for x in operands]
    return torch.autograd.grad(y.sum(), operands)


def main():
    header = Header("corners", """
NAME_value[i] and NAME_derivative[i] belong to points[i]. Of two operands: element i len + j belongs
to a = pair[i], b = pair[j], the gradients are NAME_a and NAME_b. pow_value and pow_derivative:
element i len + j belongs to pair[j] to the power of exponents[i].""")
    header.add("points", POINTS)
    for name, function in OF_POINTS.items():
        x = torch.tensor(POINTS, dtype=torch.float64, requires_grad=True)
        y = function(x)
        header.add(f"{name}_value", y)
        header.add(f"{name}_derivative", gradients(y, [x])[0])
    header.add("pair", PAIR)
    for name, function in OF_PAIRS.items():
        a = torch.tensor(PAIR, dtype=torch.float64).repeat_interleave(len(PAIR)).requires_grad_()
        b = torch.tensor(PAIR, dtype=torch.float64).repeat(len(PAIR)).requires_grad_()
        y = function(a, b)
        da, db = gradients(y, [a, b])
        for part, numbers in (("value", y), ("a", da), ("b", db)):
            header.add(f"{name}_{part}", numbers)
    header.add("exponents", EXPONENTS)
    values, slopes = [], []
    for c in EXPONENTS:
        x = torch.tensor(PAIR, dtype=torch.float64, requires_grad=True)
        y = torch.pow(x, c)
        values.append(y.detach())
        slopes.append(gradients(y, [x])[0])
    header.add("pow_value", torch.stack(values).reshape(-1))
    header.add("pow_derivative", torch.stack(slopes).reshape(-1))
    header.write()


if __name__ == "__main__":
    main()
