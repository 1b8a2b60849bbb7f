#!/usr/bin/env python3
"""Values and derivatives of activations and other functions of one number."""
import math

import torch
import torch.nn.functional as F

from header import Header

POINTS = [-20, -8, -5, -3.5, -3, -2.5, -2, -1.5, -1, -0.75, -0.5, -0.25, -0.1, -1e-3, 0, 1e-3, 0.1,
          0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 3.5, 5, 8, 20]
POSITIVE = [1e-6, 1e-3, 0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.6, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2,
            2.5, 3, 4, 5, 7, 10, 30, 100]
OF_POINTS = {
    "relu": F.relu,
    "leaky_relu": lambda x: F.leaky_relu(x, 0.01),
    # These three with expm1 and erfc: PyTorch's own forms lose digits to cancellation.
    "elu": lambda x: torch.where(x > 0, x, torch.expm1(x)),
    "selu": lambda x: 1.0507009873554805 * torch.where(x > 0, x, 1.6732632423543772 *
                                                       torch.expm1(x)),
    "gelu": lambda x: 0.5 * x * torch.erfc(-x * math.sqrt(0.5)),
    "gelu_tanh": lambda x: F.gelu(x, approximate="tanh"),
    "silu": F.silu,
    "softplus": F.softplus,
    "softsign": F.softsign,
    "sigmoid": torch.sigmoid,
    "hard_sigmoid": F.hardsigmoid,
    "tanh": torch.tanh,
    "hard_tanh": F.hardtanh,
    "mish": F.mish,
    "exp": torch.exp,
    "expm1": torch.expm1,
    "erf": torch.erf,
    "abs": torch.abs,
    "square": torch.square,
    "floor": torch.floor,
    "ceil": torch.ceil,
    "round": torch.round,
    "trunc": torch.trunc,
    "sign": torch.sign,
    "sin": torch.sin,
    "cos": torch.cos,
    "tan": torch.tan,
    "atan": torch.atan,
    "sinh": torch.sinh,
    "cosh": torch.cosh,
    "asinh": torch.asinh,
    "hard_swish": F.hardswish,
    "celu_1_5": lambda x: torch.where(x > 0, x, 1.5 * torch.expm1(x / 1.5)),
    "thresholded_relu": lambda x: F.threshold(x, 1.0, 0.0),
    "clamp": lambda x: torch.clamp(x, -1.25, 2.25),
}
UNIT = [-0.999, -0.95, -0.75, -0.6, -0.5, -0.25, -0.1, -1e-3, 0, 1e-3, 0.1, 0.3, 0.5, 0.51, 0.7, 0.9,
        0.984375]
OF_UNIT = {"asin": torch.asin, "acos": torch.acos, "atanh": torch.atanh}
ABOVE_ONE = [1.001, 1.01, 1.1, 1.5, 2, 3, 7, 20, 1000]
OF_ABOVE_ONE = {"acosh": torch.acosh}
OF_POSITIVE = {
    "log": torch.log,
    "log1p": torch.log1p,
    "sqrt": torch.sqrt,
    "pow_1_7": lambda x: torch.pow(x, 1.7),
}


def add_functions(header, points_name, points, functions):
    header.add(points_name, points)
    for name, function in functions.items():
        x = torch.tensor(points, dtype=torch.float64, requires_grad=True)
        y = function(x)
        (slope,) = torch.autograd.grad(y.sum(), x)
        header.add(f"{name}_value", y)
        header.add(f"{name}_derivative", slope)


def main():
    header = Header("elementwise", """
NAME_value[i] and NAME_derivative[i] belong to points[i], or to positive[i] for log, log1p, sqrt,
pow_1_7, to unit[i] for asin, acos, atanh, and to above_one[i] for acosh. Kinks have PyTorch's one-sided slopes: relu, abs and leaky_relu at 0,
hard_sigmoid at 3, hard_tanh at 1.""")
    header.comment("Functions of any number.")
    add_functions(header, "points", POINTS, OF_POINTS)
    header.comment("Functions of positive numbers.")
    add_functions(header, "positive", POSITIVE, OF_POSITIVE)
    header.comment("Functions of numbers between -1 and 1.")
    add_functions(header, "unit", UNIT, OF_UNIT)
    header.comment("Functions of numbers above 1.")
    add_functions(header, "above_one", ABOVE_ONE, OF_ABOVE_ONE)
    header.write()


if __name__ == "__main__":
    main()
