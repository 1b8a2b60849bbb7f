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
}
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
pow_1_7. Kinks have PyTorch's one-sided slopes: relu, abs and leaky_relu at 0,
hard_sigmoid at 3, hard_tanh at 1.""")
    header.comment("Functions of any number.")
    add_functions(header, "points", POINTS, OF_POINTS)
    header.comment("Functions of positive numbers.")
    add_functions(header, "positive", POSITIVE, OF_POSITIVE)
    header.write()


if __name__ == "__main__":
    main()
