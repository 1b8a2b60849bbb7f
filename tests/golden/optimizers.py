#!/usr/bin/env python3
"""Ten steps of every optimizer with given gradients; gradient clipping; learning-rate schedules."""
import math

import torch
from torch.optim import lr_scheduler

from header import Header

STEPS, START = 10, [0.5, -1.5, 2.0, 0.0, -0.25, 1.0]
OPTIMIZERS = {
    "sgd": (torch.optim.SGD, dict(lr=0.1)),
    "sgd_momentum": (torch.optim.SGD, dict(lr=0.1, momentum=0.9)),
    "sgd_nesterov": (torch.optim.SGD, dict(lr=0.1, momentum=0.9, nesterov=True)),
    "sgd_weight_decay": (torch.optim.SGD, dict(lr=0.1, weight_decay=0.01)),
    "sgd_momentum_weight_decay": (torch.optim.SGD, dict(lr=0.1, momentum=0.9, weight_decay=0.01)),
    "adam": (torch.optim.Adam, dict(lr=0.01, betas=(0.9, 0.999), eps=1e-8)),
    "adam_weight_decay": (torch.optim.Adam, dict(lr=0.01, weight_decay=0.01)),
    "adamw": (torch.optim.AdamW, dict(lr=0.01, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01)),
    "rmsprop": (torch.optim.RMSprop, dict(lr=0.01, alpha=0.99, eps=1e-8)),
    "rmsprop_momentum": (torch.optim.RMSprop, dict(lr=0.01, alpha=0.99, eps=1e-8, momentum=0.9)),
    "rmsprop_centered": (torch.optim.RMSprop, dict(lr=0.01, alpha=0.99, eps=1e-8, centered=True)),
    "adagrad": (torch.optim.Adagrad, dict(lr=0.1, eps=1e-10)),
}


def gradients():
    """Any smooth, sign-changing numbers of different sizes; no random generator, no rounding."""
    return torch.tensor([[round(math.sin(1 + 3 * step + 7 * i) * (1 + i), 6)
                          for i in range(len(START))] for step in range(STEPS)])


def run(optimizer, options):
    """The parameters after each step."""
    parameter = torch.nn.Parameter(torch.tensor(START))
    stepper, rows = optimizer([parameter], **options), []
    for gradient in gradients():
        parameter.grad = gradient.clone()
        stepper.step()
        rows.append(parameter.detach().clone())
    return torch.stack(rows)


def add_clipping(header):
    parameter = torch.nn.Parameter(torch.tensor(START))
    parameter.grad = gradients()[0].clone()
    header.add("clip_norm_before", torch.nn.utils.clip_grad_norm_([parameter], 1.5))
    header.add("clip_norm_1_5", parameter.grad)
    parameter.grad = gradients()[0].clone()
    torch.nn.utils.clip_grad_value_([parameter], 0.75)
    header.add("clip_value_0_75", parameter.grad)
    parameter.grad = gradients()[0].clone() * 0.01
    torch.nn.utils.clip_grad_norm_([parameter], 1.5)
    header.add("clip_norm_unchanged", parameter.grad)


def add_schedules(header):
    for name, schedule, options in (
            ("step", lr_scheduler.StepLR, dict(step_size=5, gamma=0.5)),
            ("exponential", lr_scheduler.ExponentialLR, dict(gamma=0.9)),
            ("cosine", lr_scheduler.CosineAnnealingLR, dict(T_max=20, eta_min=0.01)),
            ("linear_warm_up", lr_scheduler.LinearLR, dict(start_factor=0.1, total_iters=5))):
        stepper = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.2)
        scheduler, rates = schedule(stepper, **options), []
        for _ in range(21):
            rates.append(scheduler.get_last_lr()[0])
            stepper.step()
            scheduler.step()
        header.comment(", ".join(f"{k}={v}" for k, v in options.items()) + ".")
        header.add(f"schedule_{name}", rates)


def main():
    header = Header("optimizers", """
NAME holds the 6 parameters after each of 10 steps from `start`, step k with row k of `gradients`.
clip_*: the first row of `gradients` clipped by its norm (scaled by limit / (norm + 1e-6) where the
norm, clip_norm_before, is larger) or by value; clip_norm_unchanged: a hundredth of that row.
schedule_*: the learning rate for steps 0 to 20, from 0.2.""")
    header.add("start", START)
    header.add("gradients", gradients())
    for name, (optimizer, options) in OPTIMIZERS.items():
        header.comment(", ".join(f"{k}={v}" for k, v in options.items()) + ".")
        header.add(name, run(optimizer, options))
    header.comment("Clipping.")
    add_clipping(header)
    add_schedules(header)
    header.write()


if __name__ == "__main__":
    main()
