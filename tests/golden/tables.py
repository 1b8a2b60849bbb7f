#!/usr/bin/env python3
"""Rows of a table by index: torch.nn.Embedding, its gradient, ten training steps, a tied table."""
import torch
from torch import nn

from header import Header

ROWS, WIDTH, WORDS, CLASSES, BATCH, STEPS = 7, 5, 3, 4, 6, 10


class Words(nn.Module):
    """Rows side by side in front of a dense layer."""

    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(ROWS, WIDTH)
        self.y = nn.Linear(WORDS * WIDTH, CLASSES)

    def forward(self, x):
        return self.y(torch.tanh(self.table(x)).flatten(1))


class Tied(nn.Module):
    """The table is the output projection too."""

    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(ROWS, WIDTH)
        self.h = nn.Linear(WORDS * WIDTH, WIDTH)

    def forward(self, x):
        h = torch.tanh(self.h(self.table(x).flatten(1)))
        return h @ self.table.weight.T


def numbers(net):
    return torch.cat([p.detach().reshape(-1) for p in net.parameters()])


def spread(count, stream):
    """Numbers from 0 to 1, evenly spread by the golden ratio."""
    return torch.tensor([(0.6180339887498949 * (i + 1) + 0.3819 * stream) % 1 for i in range(count)])


def start_of(module):
    """A module whose parameters are numbers from -1/2 to 1/2."""
    net = module()
    with torch.no_grad():
        for stream, p in enumerate(net.parameters()):
            p.copy_(spread(p.numel(), stream).reshape(p.shape) - 0.5)
    return net


def main():
    out = Header("tables", "Networks with torch.nn.Embedding, rows of which come twice or never; "
                           "parameters one behind the other: table, weight, bias. Losses are "
                           "means of cross entropies, the rate of both optimizers is 0.1.")
    x = (spread(STEPS * BATCH * WORDS, 7) * (ROWS - 1)).long().reshape(STEPS, BATCH, WORDS)
    x[0, 0], x[0, 1] = torch.tensor([2, 2, 5]), torch.tensor([2, 0, 5])
    out.add("x", x.double())
    for name, module, classes in (("words", Words, CLASSES), ("tied", Tied, ROWS)):
        t = (spread(STEPS * BATCH, 8) * classes).long().reshape(STEPS, BATCH)
        out.comment(module.__doc__)
        start = start_of(module)
        out.add(f"{name}_targets", t.double())
        out.add(f"{name}_start", numbers(start))
        out.add(f"{name}_y", start(x[0]))
        nn.functional.cross_entropy(start(x[0]), t[0]).backward()
        out.add(f"{name}_gradient", torch.cat([p.grad.reshape(-1) for p in start.parameters()]))
        for kind, optimizer in (("sgd", torch.optim.SGD), ("adam", torch.optim.Adam)):
            net, losses = module(), []
            net.load_state_dict(start.state_dict())
            update = optimizer(net.parameters(), lr=0.1)
            for step in range(STEPS):
                update.zero_grad()
                loss = nn.functional.cross_entropy(net(x[step]), t[step])
                loss.backward()
                update.step()
                losses.append(loss.item())
            out.add(f"{name}_{kind}_losses", losses)
            out.add(f"{name}_{kind}_end", numbers(net))
    out.write()


main()
