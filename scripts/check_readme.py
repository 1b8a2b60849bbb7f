#!/usr/bin/env python3
"""Checks that every C++, Meson or CMake block of a Markdown page is part of a file that is tested.

The line before such a block names the source, from the repository's root:

    <!-- file: examples/readme.cpp -->
    ```cpp
    ...
    ```

C++ that is indented instead, without such a block, is refused: nothing compiles it.

The block's lines must stand together in that file; indentation does not count, nor do blank lines.
"""
import argparse
import pathlib
import re

SKIPPED = 77
BLOCK = re.compile(r"(?:^<!-- file: (?P<file>\S+) -->\n+)?^```(?:cpp|c\+\+|meson|cmake)\n(?P<code>.*?)^```",
                   re.M | re.S)


INDENTED = re.compile(r"(?:\A|\n)\n((?:    .*(?:\n|\Z)|\n(?=    ))+)")
CPP = re.compile(r"\btl::|\btapeless::|#include <tapeless|\bconstexpr\b|static_assert|^\s*struct \w+ ", re.M)


def stripped(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


def contains(lines, part):
    return any(lines[i:i + len(part)] == part for i in range(len(lines) - len(part) + 1))


def problems(page, root):
    """What is wrong, block by block: None where a block is right."""
    text = page.read_text()
    for block in BLOCK.finditer(text):
        where = f"{page.name}:{text.count(chr(10), 0, block.start('code'))}"
        source = root / block["file"] if block["file"] else None
        if source is None:
            yield f"{where}: no line '<!-- file: ... -->' before the block"
        elif not source.is_file():
            yield f"{where}: there is no {block['file']}"
        elif not contains(stripped(source.read_text()), stripped(block["code"])):
            yield f"{where}: the block is not in {block['file']}"
        else:
            yield None


def indented(page):
    """Indented blocks of C++, which have no source."""
    text = re.sub(r"^```.*?^```", lambda m: "\n" * m[0].count("\n"), page.read_text(), flags=re.M | re.S)
    for block in INDENTED.finditer(text):
        if CPP.search(block[1]):
            line = text.count("\n", 0, block.start(1)) + 1
            yield f"{page.name}:{line}: C++ that no source has: {block[1].strip().splitlines()[0]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("page", type=pathlib.Path)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).parents[1])
    options = parser.parse_args()
    if not options.page.exists():
        print(f"skipped: there is no {options.page.name}")
        raise SystemExit(SKIPPED)
    results = [*problems(options.page, options.root), *indented(options.page)]
    found = [r for r in results if r]
    print("\n".join(found))
    print(f"{len(results)} blocks, {len(found)} problems")
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
