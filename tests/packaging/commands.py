#!/usr/bin/env python3
"""Runs the commands that docs/importing.md prints, as they stand there.

usage: commands.py TAPELESS_GEN -- COMPILER [FLAG...]. Skipped where python3 lacks torch, onnx or
onnxscript.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from installation import ROOT, run, skip

BLOCK = re.compile(r"^<!-- commands: (\S+) -->\n```sh\n(.*?)^```", re.M | re.S)
NEEDED = ("torch", "onnx", "onnxscript")


def missing_modules():
    code = ("import importlib.util, sys; "
            "print(*[m for m in sys.argv[1:] if importlib.util.find_spec(m) is None])")
    done = subprocess.run(["python3", "-c", code, *NEEDED], capture_output=True, text=True,
                          check=False)
    return done.stdout.split() if done.returncode == 0 else NEEDED


def environment_for(program, compiler, folder):
    """PATH with tapeless-gen and a `c++` that is the compiler; the headers of this source tree."""
    tools = folder / "tools"
    tools.mkdir()
    (tools / "tapeless-gen").symlink_to(pathlib.Path(program).resolve())
    (tools / "c++").write_text(f'#!/bin/sh\nexec {" ".join(compiler)} "$@"\n')
    (tools / "c++").chmod(0o755)
    return {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "CPLUS_INCLUDE_PATH": str(ROOT / "include")}


def check(text):
    """Numbers of PyTorch and of the imported network agree; training goes on where it ended."""
    torch, imported = map(float, re.findall(r"^flow (\S+)$", text, re.M))
    if abs(torch - imported) > 2e-5:
        raise SystemExit(f"PyTorch gives {torch}, the imported network {imported}")
    losses = [float(x) for x in re.findall(r"^step.*loss (\S+)$", text, re.M)]
    if not losses[-1] < losses[0] / 4:
        raise SystemExit(f"losses {losses}: the network is not trained")


def main():
    ((folder, commands),) = BLOCK.findall((ROOT / "docs" / "importing.md").read_text())
    missing = missing_modules()
    if missing:
        skip(f"python3 does not have {', '.join(missing)}")
    with tempfile.TemporaryDirectory(prefix="tapeless-commands-") as temporary:
        place = pathlib.Path(temporary)
        work = place / "work"
        shutil.copytree(ROOT / folder, work)
        environment = environment_for(sys.argv[1], sys.argv[3:], place)
        text = run(["sh", "-ec", commands], work, environment)
    print(text, end="")
    check(text)
    print(f"{len(commands.splitlines())} commands ran as printed")


if __name__ == "__main__":
    main()
