#!/usr/bin/env python3
"""Times streams of the amplifiers of examples/amp beside the bound of fused multiply-adds.

usage: scripts/bench_stream.py [--compiler C] [--flags F] [--block B] [--blocks N] [--instructions]
                               [NAME...]

NAME is one of a2_8, a2_3, a1. `beyond` counts blocks that took more than twice the median. The last two
columns are the worst time and that count of a loop in registers as long as a block, by turns with the
blocks: they are the machine's part. The bound is that of the multiplications of all convolutions, by the
rate of independent multiply-adds measured in the same run.

With --instructions nothing is timed: callgrind (Debian's valgrind) counts the instructions of each of 1,500
blocks, which no other work on the machine changes. It knows no AVX-512: the programs are for AVX2.
"""
import collections
import pathlib
import shutil
import subprocess
import sys
import tempfile

from bench_rows import ROOT, compiled, options_of, parser_of


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


def instructions(folder, program):
    """How many blocks took so many instructions."""
    subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=counts", program], check=True,
                   cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = collections.Counter()
    parts = sorted(pathlib.Path(folder).glob("counts.*"), key=lambda f: int(f.name.split(".")[1]))
    for part in parts[1:]:  # the first one is what comes before the first block
        total = [line for line in part.read_text().splitlines() if line.startswith("totals:")]
        found[int(total[0].split()[1])] += 1
    return found


def count_instructions(options):
    if not shutil.which("valgrind"):
        sys.exit("bench_stream.py: --instructions needs valgrind: apt-get install valgrind")
    options.flags = "-O3 -march=haswell -DNDEBUG"
    print(f"{'net':6} {'blocks':>7} {'least':>9} {'median':>9} {'most':>9} {'most / median':>13}")
    for name in options.names:
        with tempfile.TemporaryDirectory() as folder:
            program, _ = compiled(folder, name, ROOT / "bench/stream/count_amp.cpp", options, [
                f"-I{ROOT / 'examples'}", f"-DNET={NETS[name][0]}", f"-DBLOCK={options.block}"])
            found = instructions(folder, program)
        counts = sorted(found.elements())
        median = counts[len(counts) // 2]
        print(f"{name:6} {len(counts):7} {counts[0]:9} {median:9} {counts[-1]:9} "
              f"{counts[-1] / median:13.3f}", flush=True)


def main():
    parser = parser_of(__doc__)
    parser.add_argument("--block", type=int, default=64)
    parser.add_argument("--blocks", type=int, default=100000)
    parser.add_argument("--instructions", action="store_true")
    options = options_of(parser, NETS)
    if options.instructions:
        return count_instructions(options)
    print(f"{'net':6} {'compile s':>9} {'us':>7} {'median':>7} {'99.99 %':>8} {'worst':>8} "
          f"{'bound':>7} {'ratio':>6} {'us a step':>9} {'beyond':>7} {'machine':>8} {'beyond':>7}")
    with tempfile.TemporaryDirectory() as folder:
        for name in options.names:
            net, products = NETS[name]
            program, took = compiled(folder, name, ROOT / "bench/stream/time_amp.cpp", options, [
                f"-I{ROOT / 'examples'}", f"-DNET={net}", f"-DBLOCK={options.block}"])
            out = subprocess.run([program, str(options.blocks)], check=True, text=True,
                                 stdout=subprocess.PIPE).stdout
            least, median, most, worst, step, rate, beyond, own, own_beyond = map(float, out.split())
            bound = 2 * products * options.block / rate / 1000
            print(f"{name:6} {took:9.1f} {least:7.2f} {median:7.2f} {most:8.2f} {worst:8.1f} "
                  f"{bound:7.2f} {least / bound:6.2f} {step:9.2f} "
                  f"{beyond:7.0f} {own:8.1f} {own_beyond:7.0f}", flush=True)


if __name__ == "__main__":
    main()
