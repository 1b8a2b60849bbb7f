#!/usr/bin/env python3
"""Makes one header of the core, which includes Boost.Hana, xsimd and the standard library alone.

usage: amalgamate.py [-o FILE] [--header tapeless/tapeless.hpp] [--include FOLDER]

Without -o it goes to standard output. Do not mix it with the headers of include/ in one program.
"""
import argparse
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
OWN = re.compile(r"\s*#\s*include\s*<(tapeless/[^>]+)>")
BEGINS = re.compile(r"\s*#\s*if")
ENDS = re.compile(r"\s*#\s*endif")


class Amalgamation:
    def __init__(self, include):
        self.include = include
        self.done = set()  # headers that every compilation has read by now
        self.lines = []

    def add(self, name, conditional, path=()):
        """Puts a header in place. One inside of #if may be needed again outside: it has a guard."""
        if name in self.done or name in path:
            return
        if not conditional:
            self.done.add(name)
        guard = "TAPELESS_ONE_HEADER_" + re.sub(r"\W", "_", name)
        self.lines += [f"#if !defined({guard})", f"#define {guard}", f"// {name}"]
        depth = 0
        for line in (self.include / name).read_text().splitlines():
            own = OWN.match(line)
            depth += bool(BEGINS.match(line)) - bool(ENDS.match(line))
            if own:
                self.add(own[1], conditional or depth > 0, (*path, name))
            elif line.strip() != "#pragma once":
                self.lines.append(line)
        self.lines.append("#endif")

    def text(self, header):
        self.add(header, False)
        lines = re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines))
        licence = (ROOT / "LICENSE").read_text().strip().splitlines()
        return "\n".join(["#pragma once", f"// {header} of Tapeless and all that it includes, made by "
                          "scripts/amalgamate.py.", "//",
                          *(f"// {line}".rstrip() for line in licence), "", lines, ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--output", type=pathlib.Path)
    parser.add_argument("--header", default="tapeless/tapeless.hpp")
    parser.add_argument("--include", type=pathlib.Path, default=ROOT / "include")
    options = parser.parse_args()
    text = Amalgamation(options.include).text(options.header)
    if options.output:
        options.output.write_text(text)
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
