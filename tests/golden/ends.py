#!/usr/bin/env python3
"""Losses and activations near their ends, where differences lose their digits in single precision."""

import mpmath as mp
import torch
import torch.nn.functional as F

from header import Header

mp.mp.dps = 60
INF = float("inf")
# Outputs and targets of the losses that compare element by element.
PROBABILITIES = [1e-8, 1e-8, 1e-30, 1e-14, 0.0, 0.0, 1.0, 1.0, 0.5, 2.0**-20, 1 - 2.0**-20]
OF_PROBABILITIES = [0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.25, 0.0, 1.0]
LOGITS = [-90.0, -90.0, -20.0, -20.0, -1e-8, 0.0, 16.0, 16.0, 17.5, 17.5, 40.0, 1e30, 1e30, -1e30,
          12.0]
OF_LOGITS = [0.0, 1.0, 0.0, 0.5, 1.0, 0.25, 1.0, 0.0, 1.0, 0.75, 1.0, 1.0, 0.0, 1.0, 1 - 2.0**-20]
DISTANCES = [0.0, 1e-20, -1e-8, 0.5, -1.0, 1.5, -1e10, 1e25, INF, -INF]
# ... and rows of the losses over classes, with their labels and probabilities.
ROWS = [[1e7, 1e7], [3.0, 3.0], [-1e7, -1e7], [4e6, 4e6 + 1], [3e38, 3e38], [-2e5, -2e5 + 0.25],
        [30.0, 0.0], [0.0, -INF], [1.4e5, 1.4e5 + 2]]
LABELS = [0, 1, 1, 0, 1, 0, 1, 0, 0]
SHARES = [[0.25, 0.75], [1.0, 0.0], [0.5, 0.5], [0.125, 0.875], [0.5, 0.5], [0.25, 0.75],
          [0.0, 1.0], [0.75, 0.25], [0.5, 0.5]]


def derivative(function, x):
    x = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    y = function(x)
    return y.detach(), torch.autograd.grad(y.sum(), x)[0]


def logits_loss(x, t):
    """PyTorch's loss, whose gradient sigmoid(x) - t loses digits in double, too."""
    x, t = mp.mpf(x), mp.mpf(t)
    slope = 1 - t - 1 / (1 + mp.exp(x)) if x > 0 else 1 / (1 + mp.exp(-x)) - t
    return max(x, 0) - x * t + mp.log1p(mp.exp(-abs(x))), slope


def main():
    header = Header("ends", """
NAME_value and NAME_gradient of losses of one output: bce of `probabilities` and
`probabilities_target`, bce_with_logits of `logits` and `logits_target`, huber of `distances` and 0.
cross_entropy and cross_entropy_probabilities of `rows`, two columns, with `labels` and `shares`.""")
    header.add("probabilities", PROBABILITIES)
    header.add("probabilities_target", OF_PROBABILITIES)
    target = torch.tensor(OF_PROBABILITIES, dtype=torch.float64)
    value, slope = derivative(lambda x: F.binary_cross_entropy(x, target, reduction="none"),
                              PROBABILITIES)
    header.add("bce_value", value)
    header.add("bce_gradient", slope)
    header.add("logits", LOGITS)
    header.add("logits_target", OF_LOGITS)
    pairs = [logits_loss(x, t) for x, t in zip(LOGITS, OF_LOGITS)]
    header.add("bce_with_logits_value", [float(v) for v, _ in pairs])
    header.add("bce_with_logits_gradient", [float(s) for _, s in pairs])
    header.add("distances", DISTANCES)
    zero = torch.zeros(len(DISTANCES), dtype=torch.float64)
    value, slope = derivative(lambda x: F.huber_loss(x, zero, reduction="none"), DISTANCES)
    header.add("huber_value", value)
    header.add("huber_gradient", slope)
    header.add("rows", ROWS)
    header.add("labels", LABELS)
    header.add("shares", SHARES)
    labels, shares = torch.tensor(LABELS), torch.tensor(SHARES, dtype=torch.float64)
    for name, wanted in (("cross_entropy", labels), ("cross_entropy_probabilities", shares)):
        value, slope = derivative(lambda x: F.cross_entropy(x, wanted, reduction="none"), ROWS)
        header.add(f"{name}_value", value)
        header.add(f"{name}_gradient", slope)
    header.write()


if __name__ == "__main__":
    main()
