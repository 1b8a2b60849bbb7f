#!/usr/bin/env python3
"""Prints the path of onnx/onnx.proto among the folders that a C++ compiler searches, or nothing.

usage: find_onnx_proto.py COMPILER [FLAG...]
"""
import pathlib
import subprocess
import sys


def main():
    run = subprocess.run([*sys.argv[1:], "-E", "-v", "-x", "c++", "/dev/null"],
                         capture_output=True, text=True)
    folders = [line.strip() for line in run.stderr.splitlines() if line.startswith(" /")]
    for folder in folders:
        file = pathlib.Path(folder) / "onnx" / "onnx.proto"
        if file.is_file():
            print(file)
            return


if __name__ == "__main__":
    main()
