#!/usr/bin/env python3
"""Losses over a batch of 4 rows of 5, with the gradient for the input."""
from functools import partial

import torch
import torch.nn.functional as F

from header import Header

INPUT = [[0.3, -1.2, 2.1, 0.1, -0.4], [1.5, 0.7, -0.6, -2.0, 0.9],
         [-0.1, 3.2, -0.3, 1.4, -2.5], [0.8, -0.7, 0.25, 1.9, 0.05]]
TARGET = [[0.5, -0.2, 1.9, -1.4, -0.1], [1.0, 2.7, -0.5, -1.2, 0.4],
          [0.3, 1.2, -0.9, 1.1, -2.1], [-0.8, -0.6, 0.75, 1.0, 2.05]]
PROBABILITIES = [[0.1, 0.2, 0.3, 0.15, 0.25], [0.05, 0.6, 0.05, 0.1, 0.2],
                 [0.7, 0.1, 0.1, 0.05, 0.05], [0.2, 0.2, 0.2, 0.3, 0.1]]
LABELS = [2, 0, 1, 4]


def reduced(terms, reduction):
    return terms.mean() if reduction == "mean" else terms.sum()


def pinball(y, t, reduction):
    """scikit-learn's mean_pinball_loss, alpha 0.8."""
    return reduced(torch.where(t >= y, 0.8 * (t - y), 0.2 * (y - t)), reduction)


def focal(y, labels, reduction):
    p = F.softmax(y, dim=1)[torch.arange(len(y)), labels]
    return reduced(-(1 - p) ** 1.5 * torch.log(p), reduction)


def cosine(y, t, reduction):
    return reduced(1 - F.cosine_similarity(y, t, dim=1), reduction)


def contrastive(y, t, reduction):
    return reduced(t * y ** 2 + (1 - t) * torch.clamp(1.5 - y, min=0) ** 2, reduction)


def main():
    header = Header("losses", """
Inputs are 4x5. NAME_mean, NAME_sum: the loss; NAME_mean_gradient, NAME_sum_gradient: its gradient
for the input. The input is `input` for mse, mae, huber (delta 1), bce_with_logits, cross_entropy;
`input_probabilities` = sigmoid(input) for bce; `input_log_probabilities` = log_softmax(input) for
nll and kl_div. The target is `target` for mse, mae, huber; `target_probabilities` (rows sum to 1)
for bce, bce_with_logits, cross_entropy_probabilities, kl_div; class indices `labels` for
cross_entropy and nll. A mean divides by the 20 elements; for cross_entropy, nll and
cross_entropy_probabilities by the 4 rows, as kl_div_batchmean does. smooth_l1: beta 0.5; smoothed:
cross_entropy with label_smoothing 0.2; quantile: the pinball loss at 0.8; focal: gamma 1.5; cosine: 1 -
cosine_similarity; contrastive: margin 1.5.""")
    x, labels = torch.tensor(INPUT), torch.tensor(LABELS)
    target, probabilities = torch.tensor(TARGET), torch.tensor(PROBABILITIES)
    log_x = F.log_softmax(x, dim=1)
    for name, value in (("input", x), ("target", target), ("labels", labels),
                        ("target_probabilities", probabilities),
                        ("input_probabilities", torch.sigmoid(x)),
                        ("input_log_probabilities", log_x)):
        header.add(name, value)
    cases = {
        "mse": (F.mse_loss, x, target),
        "mae": (F.l1_loss, x, target),
        "huber": (F.huber_loss, x, target),
        "bce": (F.binary_cross_entropy, torch.sigmoid(x), probabilities),
        "bce_with_logits": (F.binary_cross_entropy_with_logits, x, probabilities),
        "cross_entropy": (F.cross_entropy, x, labels),
        "cross_entropy_probabilities": (F.cross_entropy, x, probabilities),
        "nll": (F.nll_loss, log_x, labels),
        "kl_div": (F.kl_div, log_x, probabilities),
        "smooth_l1": (partial(F.smooth_l1_loss, beta=0.5), x, target),
        "smoothed": (partial(F.cross_entropy, label_smoothing=0.2), x, labels),
        "quantile": (pinball, x, target),
        "focal": (focal, x, labels),
        "cosine": (cosine, x, target),
        "contrastive": (contrastive, x, probabilities),
    }
    for name, (loss, given, wanted) in cases.items():
        for reduction in ("mean", "sum") + (("batchmean",) if name == "kl_div" else ()):
            at = given.clone().requires_grad_()
            value = loss(at, wanted, reduction=reduction)
            (gradient,) = torch.autograd.grad(value, at)
            header.add(f"{name}_{reduction}", value)
            header.add(f"{name}_{reduction}_gradient", gradient)
    header.write()


if __name__ == "__main__":
    main()
