#!/usr/bin/env python3
"""Checks that a program whose two sources define one name in two ways ends with a sentence when it
starts, and that a program whose sources agree runs.

usage: check.py -- COMPILER [FLAG...]
"""
import pathlib
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).parent / "source.hpp"
SENTENCE = "Tapeless: two sources of this program define one type in two ways"
# What the second source defines otherwise, and the name that the sentence ends with.
OTHERS = {None: None, "FACTOR=3.0": "weighed", "WEIGHT=2.0": "weighed", "SLOPE=0.25": "bent",
          "POWER=3.0": "bent", "RATE=0.5": "slow"}


def compiled(command, folder, name, *defines):
    out = folder / name
    subprocess.run([*command, "-O0", "-DTAPELESS_UNROLL=0", "-DTAPELESS_CHECKS=1",
                    *(f"-D{d}" for d in defines), "-x", "c++", "-c", str(SOURCE), "-o", str(out)],
                   check=True)
    return out


def problem(command, folder, first, other, name):
    """What is wrong with a program of the first source and one that differs, or None."""
    second = compiled(command, folder, "second.o", *([other] if other else []))
    program = folder / "program"
    subprocess.run([*command, str(first), str(second), "-o", str(program)], check=True)
    done = subprocess.run([str(program)], stderr=subprocess.PIPE, text=True)
    if name is None:
        return f"sources that agree: {done.returncode}, {done.stderr}" if done.returncode else None
    if done.returncode == 0 or SENTENCE not in done.stderr or name not in done.stderr:
        return f"{other}: returned {done.returncode} and said: {done.stderr!r}"
    return None


def main():
    if len(sys.argv) < 3 or sys.argv[1] != "--":
        sys.exit(__doc__)
    command = sys.argv[2:]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        first = compiled(command, folder, "first.o", "FIRST")
        wrong = [p for other, of in OTHERS.items()
                 if (p := problem(command, folder, first, other, of))]
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"{len(OTHERS)} programs as expected")


if __name__ == "__main__":
    main()
