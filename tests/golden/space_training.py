#!/usr/bin/env python3
"""Ten training steps of LeNet, ResNet-8 and DS-CNN from known weights."""
import pathlib

import torch
import torch.nn as nn
import torch.nn.functional as F

from space import numbers

STEPS = 10


class Same(nn.Module):
    """TensorFlow's padding in front of a convolution."""

    def __init__(self, conv):
        super().__init__()
        self.conv = conv

    def forward(self, x):
        pad = []
        for axis in (1, 0):
            n, k, s = x.shape[2 + axis], self.conv.kernel_size[axis], self.conv.stride[axis]
            total = max(0, (-(-n // s) - 1) * s + k - n)
            pad += [total // 2, total - total // 2]
        return self.conv(F.pad(x, pad))


def conv(inputs, outputs, size, stride=1, groups=1):
    return nn.Sequential(Same(nn.Conv2d(inputs, outputs, size, stride, groups=groups, bias=False)),
                         nn.BatchNorm2d(outputs))


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.a, self.b = conv(inputs, outputs, 3, stride), conv(outputs, outputs, 3)
        self.around = nn.Conv2d(inputs, outputs, 1, stride) if stride != 1 else nn.Identity()

    def forward(self, x):
        return F.relu(self.around(x) + self.b(F.relu(self.a(x))))


class Mean(nn.Module):
    def forward(self, x):
        return x.mean((2, 3))


def lenet():
    return nn.Sequential(nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
                         nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
                         nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(),
                         nn.Linear(84, 10))


def resnet8():
    return nn.Sequential(conv(3, 16, 3), nn.ReLU(), Block(16, 16, 1), Block(16, 32, 2),
                         Block(32, 64, 2), Mean(), nn.Linear(64, 10))


def ds_cnn():
    layers = [conv(1, 64, (10, 4), 2), nn.ReLU()]
    for _ in range(4):
        layers += [conv(64, 64, 3, groups=64), nn.ReLU(), conv(64, 64, 1), nn.ReLU()]
    return nn.Sequential(*layers, Mean(), nn.Linear(64, 12))


def losses(model, shape, batch, classes):
    """Weights are known numbers, smaller for more inputs; normalisations start as PyTorch's."""
    stream = 10
    with torch.no_grad():
        for m in model.modules():
            if isinstance(m, nn.BatchNorm2d):
                continue
            for p in m.parameters(recurse=False):
                size = p.numel() / p.shape[0] if p.dim() > 1 else 100
                p.copy_(numbers(stream, p.numel()).reshape(p.shape) / size ** 0.5)
                stream += 1
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    count = batch * torch.Size(shape).numel()
    labels = torch.arange(batch) * 7 % classes
    result = []
    for step in range(STEPS):
        x = numbers(1000 + step, count).reshape(batch, *shape)
        loss = F.cross_entropy(model(x), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        result.append(float(loss.detach()))
    return result


def main():
    lines = ["#pragma once",
             "// Written by tests/golden/space_training.py from PyTorch in double precision: the losses",
             "// of ten steps of descent with momentum.", "",
             "namespace golden::space_training {", ""]
    for name, model, shape, batch, classes in (("lenet", lenet(), (1, 28, 28), 32, 10),
                                               ("resnet8", resnet8(), (3, 32, 32), 32, 10),
                                               ("ds_cnn", ds_cnn(), (1, 49, 10), 16, 12)):
        values = losses(model, shape, batch, classes)
        lines += [f"inline constexpr int {name}_batch = {batch};",
                  f"inline constexpr double {name}[] = {{",
                  "    " + ",\n    ".join(map(repr, values)) + "};", ""]
    lines += ["}  // namespace golden::space_training", ""]
    path = pathlib.Path(__file__).with_name("space_training.hpp")
    path.write_text("\n".join(lines))
    print(path.name)


if __name__ == "__main__":
    main()
