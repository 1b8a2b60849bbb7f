#!/usr/bin/env python3
"""A whole training run of a small network, and its gradient, Hessian and tangent products."""
import math

import torch
import torch.nn.functional as F

from header import Header

INPUT, HIDDEN, CLASSES, ROWS, BATCH = 4, 6, 3, 13, 8
SHAPES = {"w1": (HIDDEN, INPUT), "b1": (HIDDEN,), "w2": (CLASSES, HIDDEN), "b2": (CLASSES,)}
OPTIMIZERS = {
    "adam": (torch.optim.Adam, dict(lr=0.05)),
    "sgd_momentum": (torch.optim.SGD, dict(lr=0.1, momentum=0.9)),
}


def waves(shape, phase, size):
    """Numbers without structure but without a random generator."""
    count = math.prod(shape)
    values = [round(size * math.sin(phase + 5.3 * i + 0.7 * i * i), 4) for i in range(count)]
    return torch.tensor(values).reshape(shape)


def initial():
    return [waves(shape, 1.0 + i, 0.6) for i, shape in enumerate(SHAPES.values())]


def data():
    return waves((ROWS, INPUT), 0.3, 1.5), torch.tensor([(i * i + i // 4) % CLASSES
                                                         for i in range(ROWS)])


def loss_of(w1, b1, w2, b2, x, labels):
    return F.cross_entropy(torch.tanh(x @ w1.T + b1) @ w2.T + b2, labels)


def flat(tensors):
    return torch.cat([t.reshape(-1) for t in tensors])


def train(optimizer, options, batches):
    """Losses before each step, and the final parameters."""
    parameters = [torch.nn.Parameter(t.clone()) for t in initial()]
    stepper, losses = optimizer(parameters, **options), []
    for x, labels in batches:
        stepper.zero_grad()
        loss = loss_of(*parameters, x, labels)
        loss.backward()
        stepper.step()
        losses.append(loss.item())
    return losses, flat(parameters)


def add_derivatives(header, x, labels):
    parameters = tuple(initial())
    direction = tuple(waves(shape, 9.0 + i, 1.0) for i, shape in enumerate(SHAPES.values()))
    at = tuple(t.clone().requires_grad_() for t in parameters)
    inputs = x.clone().requires_grad_()
    value = loss_of(*at, inputs, labels)
    *gradient, input_gradient = torch.autograd.grad(value, (*at, inputs))
    product = torch.autograd.functional.hvp(lambda *p: loss_of(*p, x, labels), parameters,
                                            direction)[1]
    header.add("loss", value)
    header.add("gradient", flat(gradient))
    header.add("input_gradient", input_gradient)
    header.add("direction", flat(direction))
    header.add("loss_tangent", flat(gradient) @ flat(direction))
    header.add("hessian_times_direction", flat(product))


def main():
    header = Header("training", """
A 4-6-3 network: logits = W2 tanh(W1 x + b1) + b2, mean cross-entropy with class indices `labels`.
Parameters are in one array of 51: W1 [6][4], b1 [6], W2 [3][6], b2 [3]. Data are 13 rows of 4.
gradient, input_gradient, loss_tangent and hessian_times_direction are those of `loss`, the mean
over the first 8 rows at `initial`. Runs from `initial`, with the loss before each step and the
parameters after the last:
  NAME_full    5 steps, each on the first 8 rows
  NAME_partial 6 steps, in turn on the first 8 rows and on the other 5 (the last, partial batch)
adam: learning rate 0.05, betas 0.9 0.999, eps 1e-8.
sgd_momentum: learning rate 0.1, momentum 0.9.""")
    x, labels = data()
    first, last = (x[:BATCH], labels[:BATCH]), (x[BATCH:], labels[BATCH:])
    header.add("x", x)
    header.add("labels", labels)
    header.add("initial", flat(initial()))
    add_derivatives(header, *first)
    for name, (optimizer, options) in OPTIMIZERS.items():
        for run, batches in (("full", [first] * 5), ("partial", [first, last] * 3)):
            losses, parameters = train(optimizer, options, batches)
            header.add(f"{name}_{run}_losses", losses)
            header.add(f"{name}_{run}_parameters", parameters)
    header.write()


if __name__ == "__main__":
    main()
