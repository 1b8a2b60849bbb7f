#!/usr/bin/env python3
"""Values and gradients of softmax, minima, maxima and selection over rows."""
import torch
import torch.nn.functional as F

from header import Header

ROWS = [[0.3, -1.2, 2.1, 0.0, -0.4], [5.0, 4.0, 3.5, -6.0, 4.5],
        [-0.1, -0.2, -0.3, -0.4, -0.5], [100.0, 98.0, -100.0, 99.5, 0.0]]
DIRECTION = [[0.5, -0.3, 0.2, 1.0, -0.7], [1.5, 0.1, -0.4, 0.6, -1.1],
             [-0.2, 0.9, 0.3, -0.8, 0.4], [0.7, -0.6, 1.2, 0.05, -0.35]]
OTHER = [[-0.3, 1.2, 2.0, 0.5, -0.9], [4.0, 4.5, 3.0, -5.0, 4.6],
         [-0.2, -0.1, -0.35, -0.3, -0.6], [99.0, 98.5, -99.0, 100.0, 1.0]]


def add_rows(header):
    x, v = torch.tensor(ROWS), torch.tensor(DIRECTION)
    header.add("rows", x)
    header.add("direction", v)
    for name, function in (("softmax", F.softmax), ("log_softmax", F.log_softmax)):
        def of_row(t, function=function):
            return function(t, dim=1)
        header.add(f"{name}_value", of_row(x))
        header.add(f"{name}_jvp", torch.autograd.functional.jvp(of_row, x, v)[1])
        header.add(f"{name}_vjp", torch.autograd.functional.vjp(of_row, x, v)[1])


def add_pairs(header):
    dy = torch.tensor(DIRECTION)
    header.add("other", OTHER)
    functions = {"minimum": torch.minimum, "maximum": torch.maximum,
                 "where_a_above_0": lambda a, b: torch.where(a > 0, a, b)}
    for name, function in functions.items():
        a = torch.tensor(ROWS, requires_grad=True)
        b = torch.tensor(OTHER, requires_grad=True)
        y = function(a, b)
        da, db = torch.autograd.grad(y, (a, b), dy)
        header.add(f"{name}_value", y)
        header.add(f"{name}_gradient_a", da)
        header.add(f"{name}_gradient_b", db)
    for name, function in (("row_min", torch.amin), ("row_max", torch.amax)):
        a = torch.tensor(ROWS, requires_grad=True)
        y = function(a, dim=1)
        (da,) = torch.autograd.grad(y, a, dy[:, 0])
        header.add(f"{name}_value", y)
        header.add(f"{name}_gradient", da)


def main():
    header = Header("rows", """
Rows are 4x5. jvp is J v and vjp is v J for the rows' Jacobian J and v = direction. minimum, maximum
and where take a = rows and b = other; their gradients belong to the output gradient `direction`.
row_min and row_max reduce each row; their gradients belong to the first column of `direction`.""")
    add_rows(header)
    add_pairs(header)
    header.write()


if __name__ == "__main__":
    main()
