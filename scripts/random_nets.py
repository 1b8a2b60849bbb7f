#!/usr/bin/env python3
"""Random networks: declares, compiles, runs and checks networks that a seed chooses.

Each network is compiled with random options and called (forward, gradients, steps, partial
batches, ...) on memory between forbidden pages. Its numbers are compared with the library's own
reference semantics and, where torch is installed, with PyTorch in float64. A failing network is
made smaller and printed. The last line is `N passed, N failed`; exit status 1 if any failed.

  scripts/random_nets.py --count 100 --seed 1          100 networks with g++ and AVX2 at -O1
  scripts/random_nets.py --replay 4711 --isa avx512    one network again, as a report names it
  scripts/random_nets.py --export-c --count 300        exported C files instead of the engine
  scripts/random_nets.py --nightly                     1000 over all compilers and instruction sets
  scripts/random_nets.py --ci                          24 networks, in about half a minute on two cores
"""
import argparse
import pathlib
import shutil
import sys
import tempfile
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
warnings.filterwarnings("ignore", "Failed to initialize NumPy|reduction: 'mean'")

from random_nets import build, campaign, emit, generate  # noqa: E402


def arguments():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--count", type=int, default=100, help="networks to check (default 100)")
    p.add_argument("--seed", type=int, default=1, help="seed of the first network (default 1)")
    p.add_argument("--replay", type=int, metavar="SEED", help="this network alone, and its source")
    p.add_argument("--compiler", action="append", help="g++ (default) or clang++-19; may be given "
                   "twice: programs alternate")
    p.add_argument("--isa", default=None, help="baseline, avx2, avx512, with commas; the best of "
                   "the first two that the processor has unless said")
    p.add_argument("--opt", default="1", help="levels of optimization, with commas (default 1)")
    p.add_argument("--jobs", type=int, default=2, help="programs at a time (default 2)")
    p.add_argument("--per-unit", type=int, default=8, help="networks of a program (default 8)")
    p.add_argument("--time-limit", type=float, default=None, help="start no program after so many "
                   "seconds")
    p.add_argument("--no-torch", action="store_true", help="compare with the reference alone")
    p.add_argument("--keep", type=pathlib.Path, metavar="DIR", help="keep sources and programs of "
                   "failures there")
    p.add_argument("--shrink", type=int, default=12, help="failures to make smaller (default 12)")
    p.add_argument("--shrink-time", type=float, default=90, help="seconds for each (default 90)")
    p.add_argument("--only", help="features to draw from, with commas: " +
                   ", ".join(generate.FEATURES))
    p.add_argument("--without", help="features to leave out, with commas")
    p.add_argument("--export-c", action="store_true", help="check exported C files, which cc "
                   "compiles, instead of the engine, with the reference alone")
    p.add_argument("--nightly", action="store_true", help="1000 networks over all installed "
                   "compilers, the processor's instruction sets, and -O1, -O2, -O3")
    p.add_argument("--ci", action="store_true", help="what fits in 80 seconds of two free cores, "
                   "with g++ alone; failures are named and not made smaller")
    return p.parse_args()


def targets(a):
    """The combinations that programs rotate over."""
    isas = build.processor_isas()
    if a.nightly:
        return [build.Target(c, i, o) for o in "123" for i in isas
                for c in build.installed_compilers()]
    chosen = a.isa.split(",") if a.isa else [isas[min(1, len(isas) - 1)]]
    return [build.Target(c, i, o) for o in a.opt.split(",") for i in chosen
            for c in a.compiler or ["g++"]]


def main():
    a = arguments()
    if a.nightly:
        a.count = 1000
    if a.ci:
        a.count, a.time_limit, a.shrink, a.per_unit = 24, 80, 0, 4
    if a.export_c:
        a.no_torch = True
        emit.export_c()
    if a.replay is not None:
        a.seed, a.count = a.replay, 1
    a.features = set(a.only.split(",")) if a.only else set(generate.FEATURES)
    a.features -= set((a.without or "").split(","))
    folder = pathlib.Path(tempfile.mkdtemp(prefix="random_nets_"))
    try:
        return campaign.run(a, targets(a), folder)
    finally:
        if a.keep:
            shutil.copytree(folder, a.keep, dirs_exist_ok=True)
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
