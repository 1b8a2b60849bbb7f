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
    "adam_amsgrad": (torch.optim.Adam, dict(lr=0.01, amsgrad=True)),
    "adam_maximize": (torch.optim.Adam, dict(lr=0.01, maximize=True, weight_decay=0.01)),
    "sgd_maximize": (torch.optim.SGD, dict(lr=0.1, maximize=True, momentum=0.9)),
    "rmsprop_maximize": (torch.optim.RMSprop, dict(lr=0.01, maximize=True)),
    "adagrad_maximize": (torch.optim.Adagrad, dict(lr=0.1, maximize=True)),
    "adadelta": (torch.optim.Adadelta, dict(lr=1.0, weight_decay=0.01)),
    "adamax": (torch.optim.Adamax, dict(lr=0.01, weight_decay=0.01)),
    "nadam": (torch.optim.NAdam, dict(lr=0.01)),
    "nadam_decoupled": (torch.optim.NAdam, dict(lr=0.01, weight_decay=0.01,
                                                decoupled_weight_decay=True)),
}
# Gradients of one number over many steps, and the optimizers that meet them in float.
LONG, SHOWN = 10000, [1, 10, 100, 1000, 3000, 10000]
SEQUENCES = {
    "constant": lambda k: 0.37,
    "alternating": lambda k: 0.5 if k % 2 else -0.25,
    "tiny": lambda k: 1e-12 * (1 + k % 3),
    "huge": lambda k: 3e19 * (1 if k % 5 else -2),
    "beyond": lambda k: 1e30,
    "spike": lambda k: 1e10 if k == 5 else 0.01,
}
FLOAT_OPTIMIZERS = {
    "sgd_momentum": (torch.optim.SGD, dict(lr=0.001, momentum=0.9)),
    "adam": (torch.optim.Adam, dict(lr=0.001)),
    "adam_amsgrad": (torch.optim.Adam, dict(lr=0.001, amsgrad=True)),
    "rmsprop": (torch.optim.RMSprop, dict(lr=0.001)),
    "rmsprop_centered": (torch.optim.RMSprop, dict(lr=0.001, centered=True)),
    "adagrad": (torch.optim.Adagrad, dict(lr=0.01)),
    "adadelta": (torch.optim.Adadelta, dict(lr=1.0)),
    "adamax": (torch.optim.Adamax, dict(lr=0.002)),
    "nadam": (torch.optim.NAdam, dict(lr=0.002)),
}


def run_long(optimizer, options, sequence):
    """A float parameter, from 1, after the steps of SHOWN."""
    parameter, shown = torch.nn.Parameter(torch.ones(1, dtype=torch.float32)), []
    stepper = optimizer([parameter], foreach=False, **options)
    for k in range(LONG):
        parameter.grad = torch.tensor([sequence(k)], dtype=torch.float32)
        stepper.step()
        if k + 1 in SHOWN:
            shown.append(parameter.item())
    return shown


def add_long(header):
    header.comment("A float parameter after steps 1, 10, 100, 1000, 3000, 10000; NAME_SEQUENCE.")
    for name, (optimizer, options) in FLOAT_OPTIMIZERS.items():
        for kind, sequence in SEQUENCES.items():
            header.add(f"long_{name}_{kind}", run_long(optimizer, options, sequence))


def add_lion(header):
    """No torch.optim.Lion: the formula of the paper."""
    w, m, rows = torch.tensor(START), torch.zeros(len(START)), []
    for g in gradients():
        w = w * (1 - 0.01 * 0.1) - 0.01 * torch.sign(0.9 * m + (1 - 0.9) * g)
        m = 0.99 * m + (1 - 0.99) * g
        rows.append(w)
    header.comment("lr=0.01, weight_decay=0.1.")
    header.add("lion", torch.stack(rows))


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


def add_plateau(header):
    """Rates after each of 40 numbers, which stand still in places."""
    numbers = [round(1 / (1 + min(k, 12)) + (0.3 if k == 20 else 0), 6) for k in range(40)]
    header.comment("factor=0.5, patience=3, cooldown=2, min_lr=0.01; then maximize, absolute.")
    header.add("plateau_numbers", numbers)
    for name, options in (
            ("plateau", dict(factor=0.5, patience=3, cooldown=2, min_lr=0.01)),
            ("plateau_maximize", dict(mode="max", factor=0.5, patience=3, threshold=0.01,
                                      threshold_mode="abs"))):
        stepper = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.2)
        scheduler, rates = lr_scheduler.ReduceLROnPlateau(stepper, **options), []
        for number in numbers:
            scheduler.step(number)
            rates.append(stepper.param_groups[0]["lr"])
        header.add(name, rates)


def add_one_cycle(header):
    for name, options in (("one_cycle", {}), ("one_cycle_linear", dict(anneal_strategy="linear")),
                          ("one_cycle_three", dict(three_phase=True))):
        stepper = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.2)
        scheduler, rates = lr_scheduler.OneCycleLR(stepper, max_lr=0.2, total_steps=21,
                                                   cycle_momentum=False, **options), []
        for _ in range(21):
            rates.append(scheduler.get_last_lr()[0])
            stepper.step()
            if len(rates) < 21:
                scheduler.step()
        header.comment("total_steps=21.")
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
    add_one_cycle(header)
    add_plateau(header)
    add_lion(header)
    add_long(header)
    header.write()


if __name__ == "__main__":
    main()
