#!/usr/bin/env python3
"""Ten training steps of recurrent nets from known weights."""
import pathlib

import torch
import torch.nn as nn
import torch.nn.functional as F

from space import numbers

STEPS = 10


class Recurrent(nn.Module):
    """A recurrent layer and a dense one, over all steps or behind the last."""

    def __init__(self, layer, outputs, last=False, window=0):
        super().__init__()
        self.layer, self.last, self.window = layer, last, window
        width = layer.hidden_size * (2 if layer.bidirectional else 1)
        self.head = nn.Linear(width, outputs)

    def forward(self, x):
        if self.window:
            state, parts = None, []
            for part in x.split(self.window, 1):
                y, state = self.layer(part, state)
                state = tuple(s.detach() for s in state)
                parts.append(y)
            return self.head(torch.cat(parts, 1))
        y = self.layer(x)[0]
        if self.last:
            hidden = self.layer.hidden_size
            y = torch.cat([y[:, -1, :hidden], y[:, 0, hidden:]], 1)
        return self.head(y)


def labels(*shape, classes):
    return (torch.arange(torch.Size(shape).numel()) * 7 % classes).reshape(shape)


def ctc(y, targets):
    counts = (targets >= 0).sum(1)
    return F.ctc_loss(F.log_softmax(y, 2).transpose(0, 1), targets.clamp(min=0),
                      torch.full((len(y),), y.shape[1]), counts, reduction="sum") / len(y)


# A net, the shape of a sample, the batch, its loss and targets, and an optimizer.
def nets():
    rnn = dict(batch_first=True)
    adam = lambda p: torch.optim.Adam(p, lr=0.01)
    momentum = lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9)
    rmsprop = lambda p: torch.optim.RMSprop(p, lr=0.002)
    wave = numbers(7, 4 * 64).reshape(4, 64, 1)
    yield "amplifier", Recurrent(nn.LSTM(1, 40, **rnn), 1), (64, 1), 4, F.mse_loss, wave, adam
    yield ("truncated", Recurrent(nn.LSTM(1, 16, **rnn), 1, window=10), (64, 1), 4, F.mse_loss, wave,
           adam)
    yield ("both_directions", Recurrent(nn.GRU(5, 12, 2, bidirectional=True, **rnn), 4, last=True),
           (9, 5), 16, F.cross_entropy, labels(16, classes=4), momentum)
    yield ("policy", Recurrent(nn.GRU(22, 16, **rnn), 4), (32, 22), 8, F.mse_loss,
           numbers(8, 8 * 32 * 4).reshape(8, 32, 4), adam)
    yield ("characters", Recurrent(nn.RNN(6, 24, **rnn), 6), (20, 6), 8,
           lambda y, t: F.cross_entropy(y.flatten(0, 1), t.flatten()), labels(8, 20, classes=6), rmsprop)
    yield ("labels_in_order", Recurrent(nn.GRU(3, 10, **rnn), 5), (15, 3), 4, ctc,
           torch.tensor([[1, 2, 4], [3, 3, -1], [4, -1, -1], [2, 1, 2]]), adam)


def losses(model, shape, batch, loss_of, targets, optimizer):
    with torch.no_grad():
        for k, p in enumerate(model.parameters()):
            size = p.shape[1] if p.dim() > 1 else 4
            p.copy_(numbers(10 + k, p.numel()).reshape(p.shape) / size ** 0.5)
    optimizer = optimizer(model.parameters())
    count = batch * torch.Size(shape).numel()
    for step in range(STEPS):
        loss = loss_of(model(numbers(1000 + step, count).reshape(batch, *shape)), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        yield float(loss.detach())


def main():
    lines = ["#pragma once",
             "// Written by tests/golden/time_training.py from PyTorch in double precision: the losses",
             "// of ten training steps.", "", "namespace golden::time_training {", ""]
    for name, *case in nets():
        lines += [f"inline constexpr double {name}[] = {{",
                  ",\n".join(f"    {x!r}" for x in losses(*case)) + "};", ""]
    path = pathlib.Path(__file__).with_suffix(".hpp")
    path.write_text("\n".join([*lines, "}  // namespace golden::time_training", ""]))


if __name__ == "__main__":
    main()
