#!/usr/bin/env python3
"""Times transformer blocks of width 64 with 4 heads over 64 steps beside the bound and, where it is
installed, beside PyTorch, all on one thread and by turns.

usage: scripts/bench_attention.py [--compiler C] [--flags F] [--rounds N] [NAME...]

NAME is encoder or causal (forward of one sample), encoder_16 or causal_16 (of 16 samples), or
encoder_step or causal_step (a training step of 16 samples). The bound is that of fused
multiply-adds, measured in the same run: operations of the products, three times of them for a step,
by the rate of independent multiply-adds. Causal products are counted as a whole. Times are minima
of the rounds.
"""
import argparse
import pathlib
import shlex
import subprocess
import tempfile
import time

from bench_space import ROOT, seconds

WIDTH, HEADS, STEPS, HIDDEN = 64, 4, 64, 256
# Projections, scores and means of values, feed-forward.
MULTIPLICATIONS = STEPS * (4 * WIDTH * WIDTH + 2 * STEPS * WIDTH + 2 * WIDTH * HIDDEN)
JOBS = {name + suffix: (name, batch, trains) for name in ("encoder", "causal")
        for suffix, batch, trains in (("", 1, 0), ("_16", 16, 0), ("_step", 16, 1))}


def build(folder, name, compiler, flags):
    net, batch, trains = JOBS[name]
    program = pathlib.Path(folder) / name
    start = time.time()
    subprocess.run([compiler, "-std=c++20", *flags, f"-I{ROOT / 'include'}",
                    '-DNETS="../attention/nets.hpp"', f"-DNET=attention_nets::{net}",
                    f"-DBATCH={batch}", f"-DTRAINS={trains}", "-DLOSS=tl::mse",
                    str(ROOT / "bench" / "space" / "time_net.cpp"), "-o", str(program)], check=True)
    return program, time.time() - start


def torch_run(name):
    """The same block in PyTorch, or None."""
    try:
        import torch
    except ImportError:
        return None
    torch.set_num_threads(1)
    net, batch, trains = JOBS[name]
    block = torch.nn.TransformerEncoderLayer(
        WIDTH, HEADS, HIDDEN, dropout=0.0, batch_first=True, norm_first=net == "causal",
        activation="gelu" if net == "causal" else "relu")
    x = torch.rand(batch, STEPS, WIDTH)
    hidden = torch.nn.Transformer.generate_square_subsequent_mask(STEPS)
    options = {"src_mask": hidden, "is_causal": True} if net == "causal" else {}
    if not trains:
        block.eval()

        def forward():
            with torch.inference_mode():
                block(x, **options)
        return forward
    optimizer = torch.optim.SGD(block.parameters(), lr=0.01, momentum=0.9)
    target = torch.rand(batch, STEPS, WIDTH)

    def step():
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(block(x, **options), target).backward()
        optimizer.step()
    return step


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
    print(f"{'':14}{'compile':>8}{'us':>10}{'bound':>10}{'ratio':>7}   torch, us")
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            program, compiled = build(folder, name, options.compiler, shlex.split(options.flags))
            peer = torch_run(name)
            best, rate, other = float("inf"), 0, float("inf")
            for _ in range(options.rounds):
                words = subprocess.run([program], check=True, capture_output=True,
                                       text=True).stdout.split()
                best, rate = min(best, float(words[0])), max(rate, float(words[2]))
                if peer:
                    other = min(other, 1e6 * seconds(peer, 5))
            _, batch, trains = JOBS[name]
            bound = (3 if trains else 1) * batch * 2 * MULTIPLICATIONS / rate / 1e3
            print(f"{name:14}{compiled:7.1f}s{best:10.1f}{bound:10.1f}{best / bound:7.2f}   "
                  + (f"{other:.1f}" if peer else "-"), flush=True)


if __name__ == "__main__":
    main()
