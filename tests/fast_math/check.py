#!/usr/bin/env python3
"""Numbers under -ffast-math and its relatives against a plain build.

    check.py [--all] -- compiler and its options

numbers.cpp is built plainly, and then with flags that let compilers reorder sums, on each instruction
set that this machine runs; what the builds print may differ by rounding alone. Without --all a few
builds, a minute of one core; with it every flag on every instruction set.
"""
import argparse
import math
import pathlib
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).with_name("numbers.cpp")
PLAIN = ["-march=x86-64"]
AVX2 = PLAIN + ["-mavx2", "-mfma"]
AVX512 = AVX2 + ["-mavx512f", "-mavx512bw", "-mavx512dq", "-mavx512vl", "-mprefer-vector-width=512"]
SETS = {"baseline": PLAIN, "avx2": AVX2, "avx512": AVX512}
REORDER = "-fassociative-math -fno-signed-zeros -fno-trapping-math"
FLAGS = ["-ffast-math", "-Ofast", REORDER, "-funsafe-math-optimizations",
         "-fno-signed-zeros -freciprocal-math -fno-math-errno -ffinite-math-only"]
FEW = [("baseline", "-ffast-math"), ("avx2", REORDER), ("avx512", "-ffast-math")]
# Relative to numbers above 1, absolute below: `double` ones, those of training, all others.
TOLERANCES = {"double": 1e-13, "doubles": 1e-13, "training": 2e-3}
TOLERANCE = 4e-6


def runs(name):
    flags = pathlib.Path("/proc/cpuinfo").read_text().split()
    return {"baseline": True, "avx2": "avx2" in flags and "fma" in flags,
            "avx512": "avx512vl" in flags and "avx512dq" in flags}[name]


def numbers(compiler, options, folder):
    program = folder / "numbers"
    command = [*compiler, "-O2", "-w", *options, str(SOURCE), "-o", str(program)]
    subprocess.run(command, check=True)
    out = subprocess.run([program], check=True, capture_output=True, text=True).stdout
    return {name: float(text) for name, text in (line.split() for line in out.splitlines())}


def differences(got, wanted):
    """Sentences about numbers that differ by more than rounding."""
    if got.keys() != wanted.keys():
        yield "the builds print different names"
        return
    for name, w in wanted.items():
        g, tolerance = got[name], TOLERANCES.get(name.split(".")[1], TOLERANCE)
        if math.isnan(g) or not abs(g - w) <= tolerance * max(1.0, abs(w)):
            if g != w:
                yield f"{name} is {g}, not {w}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", action="store_true")
    parser.add_argument("compiler", nargs="+")
    arguments = parser.parse_args()
    builds = [(s, f) for s in SETS for f in FLAGS] if arguments.all else FEW
    failed = False
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        wanted = numbers(arguments.compiler, PLAIN, folder)
        for isa, flags in builds:
            if not runs(isa):
                continue
            wrong = list(differences(numbers(arguments.compiler, SETS[isa] + flags.split(), folder),
                                     wanted))
            print(f"{isa} {flags}: {len(wanted)} numbers, {len(wrong)} differ", flush=True)
            for sentence in wrong[:20]:
                print("   ", sentence)
            failed = failed or bool(wrong)
    sys.exit(failed)


if __name__ == "__main__":
    main()
