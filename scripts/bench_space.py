#!/usr/bin/env python3
"""Times small convolutional networks beside the bound and, where they are installed, beside PyTorch
and onnxruntime, all on one thread and by turns.

usage: scripts/bench_space.py [--compiler C] [--flags F] [--rounds N] [NAME...]

NAME is one of lenet, ds_cnn, mobilenet, resnet8 (forward of one sample) or lenet_step, ds_cnn_step,
resnet8_step (a training step of a batch, with batch normalisation but for lenet). The bound is that
of fused multiply-adds, measured in the same run: operations of the network's products, three times
of them for a step, by the rate of independent multiply-adds. Times are minima of the rounds.
"""
import io
import sys
import tempfile

from bench_rows import (ROOT, TIME_NET, by_turns, compiled, net_definitions, options_of, parser_of,
                        print_head, print_row, with_rounds)

sys.path.insert(0, str(ROOT / "tests" / "golden"))

# name: declaration, batch, trains, millions of multiplications of one sample
JOBS = {
    "lenet": ("lenet", 1, 0, 0.417),
    "ds_cnn": ("ds_cnn<false>", 1, 0, 2.66),
    "mobilenet": ("mobilenet<false>", 1, 0, 7.49),
    "resnet8": ("resnet8<false>", 1, 0, 12.5),
    "lenet_step": ("lenet", 64, 1, 0.417),
    "ds_cnn_step": ("ds_cnn<true>", 32, 1, 2.66),
    "resnet8_step": ("resnet8<true>", 32, 1, 12.5),
}
SHAPES = {"lenet": (1, 28, 28), "ds_cnn": (1, 49, 10), "mobilenet": (3, 96, 96),
          "resnet8": (3, 32, 32)}


def torch_model(name):
    """The same network in PyTorch, or None."""
    try:
        import torch
        import space_training
    except ImportError:
        return None
    torch.set_default_dtype(torch.float32)
    torch.set_num_threads(1)
    net = name.removesuffix("_step")
    make = getattr(space_training, net, None)
    return make() if make else None


def torch_run(name, model):
    import torch
    import torch.nn.functional as F
    _, batch, trains, _ = JOBS[name]
    x = torch.rand(batch, *SHAPES[name.removesuffix("_step")])
    if not trains:
        model.eval()
        def forward():
            with torch.inference_mode():
                model(x)
        return forward
    model = model.to(memory_format=torch.channels_last)
    x = x.to(memory_format=torch.channels_last)
    labels = torch.arange(batch) % 2
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)

    def step():
        optimizer.zero_grad()
        F.cross_entropy(model(x), labels).backward()
        optimizer.step()
    return step


def onnx_run(name, model):
    import onnxruntime
    import torch
    import warnings
    x = torch.rand(1, *SHAPES[name])
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(model.eval(), x, file, dynamo=False)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(file.getvalue(), options,
                                           providers=["CPUExecutionProvider"])
    feed = {session.get_inputs()[0].name: x.numpy()}
    return lambda: session.run(None, feed)


def peers_of(name):
    """Name of each peer to a call of it, None where the peer is missing or has no such network."""
    model, found = torch_model(name), {"torch": None, "onnxruntime": None}
    if model is None:
        return found
    found["torch"] = torch_run(name, model)
    if not JOBS[name][2]:
        try:
            found["onnxruntime"] = onnx_run(name, torch_model(name))
        except Exception as error:  # noqa: BLE001: any peer may be missing or refuse the model
            print(f"onnxruntime: {error}", file=sys.stderr)
    return found


def main():
    options = options_of(with_rounds(parser_of(__doc__)), JOBS)
    print_head(["torch", "onnxruntime"])
    with tempfile.TemporaryDirectory() as folder:
        for name in options.names:
            net, batch, trains, work = JOBS[name]
            program, took = compiled(folder, name, TIME_NET, options,
                                     net_definitions("nets.hpp", f"space_nets::{net}", batch, trains))
            best, rate, others = by_turns(program, peers_of(name), options.rounds)
            bound = (3 if trains else 1) * batch * 2 * work / rate * 1e3
            print_row(name, took, best, bound, others)


if __name__ == "__main__":
    main()
