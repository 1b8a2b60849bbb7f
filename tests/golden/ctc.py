#!/usr/bin/env python3
"""CTC: losses of single samples and the gradient of their mean, for labels of different length."""
import torch
import torch.nn.functional as F

from header import Header

# Steps, classes, blank, labels of each sample, steps of each sample that count.
CASES = {
    "plain": (6, 4, 0, [[1, 2, 3], [2, 1, 3], [3, 2, 1]], None),
    "repeated": (8, 3, 0, [[1, 1, 2], [2, 2, 2], [1, 2, 1]], None),
    "shorter": (7, 5, 0, [[1, 2, 4], [3], []], None),
    "other_blank": (5, 4, 3, [[0, 1], [2, 2], [1]], None),
    "lengths": (9, 4, 1, [[0, 2, 3], [2, 2], [3]], [9, 4, 6]),
    "exact": (4, 3, 0, [[1, 2, 1, 2], [1, 1], [2, 1, 2]], None),
    "one_step": (1, 3, 2, [[0], [1], []], None),
}


def logits(batch, steps, classes):
    """The numbers of tests/losses/ctc_test.cpp: eighths from -3 to 3."""
    i = torch.arange(batch * steps * classes)
    return (((i * 37 + 11) % 49 - 24) / 8).reshape(batch, steps, classes).to(torch.float64)


def main():
    header = Header("ctc", "NAME_losses: of each sample; NAME_gradient: of their mean for the logits.")
    for name, (steps, classes, blank, labels, lengths) in CASES.items():
        x = logits(len(labels), steps, classes).requires_grad_()
        log_p = F.log_softmax(x, 2).transpose(0, 1)
        losses = F.ctc_loss(log_p, torch.tensor([i for row in labels for i in row]),
                            torch.tensor(lengths or [steps] * len(labels)),
                            torch.tensor([len(row) for row in labels]), blank, "none")
        losses.mean().backward()
        header.add(f"{name}_losses", losses)
        header.add(f"{name}_gradient", x.grad)
    zero = torch.zeros(1, 12, 3, requires_grad=True)
    F.ctc_loss(F.log_softmax(zero, 2).transpose(0, 1), torch.tensor([1, 2, 2]), torch.tensor([12]),
               torch.tensor([3]), 0, "sum").backward()
    header.add("zero_gradient", zero.grad)
    header.write()


if __name__ == "__main__":
    main()
