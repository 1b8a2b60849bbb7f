#!/usr/bin/env python3
"""Times streams of the amplifiers of examples/amp beside the bound of fused multiply-adds.

usage: scripts/bench_stream.py [--compiler C] [--flags F] [--block B] [--blocks N] [NAME...]

NAME is one of a2_8, a2_3, a1. The bound is that of the multiplications of all convolutions, by the
rate of independent multiply-adds measured in the same run.
"""
import argparse
import pathlib
import shlex
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]


def a2(c):
    taps = 21 * 6 + 2 * 15
    return taps * c * c + 23 * c + 22 * c * c + 17 * c


# name: declaration, multiplications of one sample
NETS = {
    "a2_8": ("a2<8>", a2(8)),
    "a2_3": ("a2<3>", a2(3)),
    "a1": ("a1", 10 * (16 * 32 * 3 + 32 + 256) + 16 + 16 * 8 + 10 * (8 * 16 * 3 + 16 + 64) - 64 +
           16 * 8 + 8),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--flags", default="-O3 -march=native -DNDEBUG")
    parser.add_argument("--block", type=int, default=64)
    parser.add_argument("--blocks", type=int, default=100000)
    parser.add_argument("names", nargs="*", metavar="NAME")
    args = parser.parse_args()
    print(f"{'net':6} {'compile s':>9} {'us':>7} {'median':>7} {'99.99 %':>8} {'worst':>8} "
          f"{'bound':>7} {'ratio':>6} {'us a step':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for name in args.names or NETS:
            net, products = NETS[name]
            program = pathlib.Path(folder) / name
            start = time.time()
            subprocess.run([args.compiler, "-std=c++20", *shlex.split(args.flags),
                            f"-I{ROOT / 'include'}", f"-I{ROOT / 'examples'}", f"-DNET={net}",
                            f"-DBLOCK={args.block}", str(ROOT / "bench/stream/time_amp.cpp"),
                            "-o", str(program)], check=True)
            seconds = time.time() - start
            out = subprocess.run([str(program), str(args.blocks)], check=True, text=True,
                                 stdout=subprocess.PIPE).stdout
            least, median, most, worst, step, rate = map(float, out.split())
            bound = 2 * products * args.block / rate / 1000
            print(f"{name:6} {seconds:9.1f} {least:7.2f} {median:7.2f} {most:8.2f} {worst:8.1f} "
                  f"{bound:7.2f} {least / bound:6.2f} {step:9.2f}", flush=True)


if __name__ == "__main__":
    main()
