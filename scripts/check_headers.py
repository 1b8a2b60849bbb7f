#!/usr/bin/env python3
"""Checks that every public header compiles alone, as the only include of a source.

Folders that run on the hot path are compiled without exceptions and run-time type information, so
that neither can creep in. Closes with `N passed, N failed`, one for each header.

usage: check_headers.py INCLUDE_FOLDER [--share N] -- COMPILER [FLAG...]

With --share N one header of N is checked, chosen by its path and by how many there are: another
part whenever a header comes or goes.
"""
import concurrent.futures
import pathlib
import platform
import subprocess
import sys
import tempfile
import zlib

HOST = {"io", "train", "inspect", "export"}
FREESTANDING_FLAGS = ["-fno-exceptions", "-fno-rtti"]
WARNINGS = ["-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-Werror"]


def compile_alone(header, command, folder):
    """Compiles a source that includes only this header; returns the compiler's complaint or ''."""
    parts = header.split("/")
    lean = len(parts) > 2 and parts[1] not in HOST
    source = folder / (header.replace("/", "_") + ".cpp")
    source.write_text(f"#include <{header}>\n#include <{header}>\n")
    done = subprocess.run(
        [*command, "-fsyntax-only", *WARNINGS, *(FREESTANDING_FLAGS if lean else []), str(source)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    return "" if done.returncode == 0 else done.stdout or f"status {done.returncode}"


def chosen(headers, share):
    """One of `share` headers."""
    return [h for h in headers if (zlib.crc32(h.encode()) + len(headers)) % share == 0]


def main():
    words = sys.argv[1:sys.argv.index("--")] if "--" in sys.argv else []
    if len(words) not in (1, 3) or words[1:2] not in ([], ["--share"]):
        sys.exit(__doc__)
    root, command = pathlib.Path(words[0]), sys.argv[len(words) + 2:]
    other = "neon" if platform.machine() == "x86_64" else "x86"  # instructions that are not here
    headers = sorted(p.relative_to(root).as_posix() for p in (root / "tapeless").rglob("*.hpp")
                     if p.parent.name != other)
    headers = chosen(headers, int(words[2]) if words[2:] else 1)
    if not headers:
        sys.exit(f"{root}/tapeless: no headers")
    with tempfile.TemporaryDirectory() as folder, \
            concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(
            lambda header: compile_alone(header, command, pathlib.Path(folder)), headers))
    failed = [(h, r) for h, r in zip(headers, results) if r]
    for header, complaint in failed:
        print(f"<{header}> does not compile alone:\n{complaint}")
    print(f"{len(headers) - len(failed)} passed, {len(failed)} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
