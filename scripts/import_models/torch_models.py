"""Networks of PyTorch, exported by both of its exporters.

Each case is (name, function), and the function writes a model into a folder and returns its file
and its inputs, arrays whose first axis counts samples.
"""
import functools
import inspect
import warnings

import numpy as np
import torch
from torch import nn

SAMPLES = 8


class ResidualBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first, self.second = nn.Linear(width, width), nn.Linear(width, width)

    def forward(self, x):
        return torch.relu(x + self.second(torch.relu(self.first(x))))


class FeedForward(nn.Module):
    """The feed-forward block of a transformer, with the norm in front."""

    def __init__(self, width):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        return x + self.down(nn.functional.gelu(self.up(self.norm(x))))


class TwoHeads(nn.Module):
    """Two inputs and two outputs, as of an actor and its critic."""

    def __init__(self):
        super().__init__()
        self.body, self.actor, self.critic = nn.Linear(6, 16), nn.Linear(16, 3), nn.Linear(16, 1)

    def forward(self, place, speed):
        hidden = torch.tanh(self.body(torch.cat([place, speed], dim=1)))
        return torch.softmax(self.actor(hidden), dim=1), self.critic(hidden)


def networks():
    mlp = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 32), nn.SiLU(), nn.Linear(32, 4))
    residual = nn.Sequential(nn.Linear(8, 16), ResidualBlock(16), ResidualBlock(16),
                             nn.Linear(16, 2), nn.Sigmoid())
    normed = nn.Sequential(nn.Linear(8, 16), nn.BatchNorm1d(16), nn.LeakyReLU(0.1), nn.Dropout(0.3),
                           nn.Linear(16, 3), nn.LogSoftmax(dim=1))
    with torch.no_grad():  # moments other than 0 and 1
        normed[1].running_mean.uniform_(-1, 1)
        normed[1].running_var.uniform_(0.5, 2)
    return {"mlp": (mlp, [(8,)]), "residual_mlp": (residual, [(8,)]),
            "batch_norm_mlp": (normed, [(8,)]), "feed_forward": (FeedForward(16), [(16,)]),
            "feed_forward_of_rows": (nn.Sequential(FeedForward(8), FeedForward(8)), [(5, 8)]),
            "two_heads": (TwoHeads(), [(4,), (2,)])}


def export(folder, network, shapes, dynamo, **options):
    """Writes model.onnx, which takes any number of samples."""
    network.eval()
    random = np.random.RandomState(3)
    inputs = [random.uniform(-2, 2, (SAMPLES, *shape)).astype(np.float32) for shape in shapes]
    names = list(inspect.signature(network.forward).parameters)
    if dynamo:
        batch = torch.export.Dim("batch", min=1, max=1024)
        options["dynamic_shapes"] = tuple({0: batch} for _ in shapes)
    else:
        options["dynamic_axes"] = {name: {0: "batch"} for name in names}
        options["input_names"] = names
    file = folder / "model.onnx"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(network, tuple(torch.from_numpy(x[:2].copy()) for x in inputs), str(file),
                          dynamo=dynamo, verbose=False, **options)
    return file, inputs


def cases():
    torch.manual_seed(5)
    all_networks = networks()
    for name, (network, shapes) in all_networks.items():
        for exporter, dynamo in (("dynamo", True), ("legacy", False)):
            yield f"torch_{name}_{exporter}", functools.partial(
                export, network=network, shapes=shapes, dynamo=dynamo)
    network, shapes = all_networks["mlp"]
    for opset in (22, 23):
        yield f"torch_mlp_opset_{opset}", functools.partial(
            export, network=network, shapes=shapes, dynamo=True, opset_version=opset)
    yield "torch_mlp_external_data", functools.partial(
        export, network=network, shapes=shapes, dynamo=True, external_data=True)
