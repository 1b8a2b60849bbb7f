#!/usr/bin/env python3
"""Times small convolutional networks beside the bound and, where they are installed, beside PyTorch
and onnxruntime, all on one thread and by turns.

usage: scripts/bench_space.py [--compiler C] [--flags F] [--rounds N] [NAME...]

NAME is one of lenet, ds_cnn, mobilenet, resnet8 (forward of one sample) or lenet_step, ds_cnn_step,
resnet8_step (a training step of a batch, with batch normalisation but for lenet). The bound is that
of fused multiply-adds, measured in the same run: operations of the network's products, three times
of them for a step, by the rate of independent multiply-adds. Times are minima of the rounds.
"""
import argparse
import io
import pathlib
import shlex
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
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


def build(folder, name, compiler, flags):
    net, batch, trains, _ = JOBS[name]
    program = pathlib.Path(folder) / name
    start = time.time()
    subprocess.run([compiler, "-std=c++20", *flags, f"-I{ROOT / 'include'}",
                    '-DNETS="nets.hpp"', f"-DNET=space_nets::{net}",
                    f"-DBATCH={batch}", f"-DTRAINS={trains}",
                    str(ROOT / "bench" / "space" / "time_net.cpp"), "-o", str(program)], check=True)
    return program, time.time() - start


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


def seconds(run, rounds):
    best = float("inf")
    begin = time.time()
    while rounds > 0 or time.time() - begin < 1:
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
        rounds -= 1
    return best


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
    model, found = torch_model(name), {}
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
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--flags", default="-O3 -march=native -DNDEBUG")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    names = options.names or list(JOBS)
    for name in names:
        if name not in JOBS:
            parser.error(f"no network {name}; one of {', '.join(JOBS)}")
    print(f"{'':14}{'compile':>8}{'us':>10}{'bound':>10}{'ratio':>7}   peers, us")
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            program, compiled = build(folder, name, options.compiler, shlex.split(options.flags))
            peers = peers_of(name)
            best, rate, others = float("inf"), 0, {p: float("inf") for p in peers}
            for _ in range(options.rounds):
                words = subprocess.run([program], check=True, capture_output=True,
                                       text=True).stdout.split()
                best, rate = min(best, float(words[0])), max(rate, float(words[2]))
                for p, run in peers.items():
                    others[p] = min(others[p], 1e6 * seconds(run, 5))
            _, batch, trains, work = JOBS[name]
            bound = (3 if trains else 1) * batch * 2 * work / rate * 1e3
            print(f"{name:14}{compiled:7.1f}s{best:10.1f}{bound:10.1f}{best / bound:7.2f}   "
                  + ", ".join(f"{p} {t:.1f}" for p, t in others.items()), flush=True)


if __name__ == "__main__":
    main()
