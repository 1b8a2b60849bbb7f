#!/usr/bin/env python3
"""Prints the files below a folder whose names end in a suffix, sorted, relative to the folder.

Meson calls it at configure time so that no list of sources is kept by hand. With --turns N a number
from 0 to N - 1 stands behind each, which its path decides, whatever other files there are.
"""
import argparse
import pathlib
import zlib


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("suffix", help="for example _test.cpp")
    parser.add_argument("--flat", action="store_true", help="do not look into sub-folders")
    parser.add_argument("--turns", type=int, help="print a number below this one too")
    options = parser.parse_args()
    pattern = ("*" if options.flat else "**/*") + options.suffix
    for path in sorted(options.folder.glob(pattern)):
        name = path.relative_to(options.folder).as_posix()
        print(name, zlib.crc32(name.encode()) % options.turns if options.turns else "")


if __name__ == "__main__":
    main()
