#!/usr/bin/env python3
"""Checks that every C++, Meson or CMake block of a Markdown page is part of a file that is tested.

The line before such a block names the source, from the repository's root:

    <!-- file: examples/readme.cpp -->
    ```cpp
    ...
    ```

The block's lines must stand together in that file; indentation does not count, nor do blank lines.
"""
import argparse
import pathlib
import re

SKIPPED = 77
BLOCK = re.compile(r"(?:^<!-- file: (?P<file>\S+) -->\n+)?^```(?:cpp|c\+\+|meson|cmake)\n(?P<code>.*?)^```",
                   re.M | re.S)


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


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("page", type=pathlib.Path)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).parents[1])
    options = parser.parse_args()
    if not options.page.exists():
        print(f"skipped: there is no {options.page.name}")
        raise SystemExit(SKIPPED)
    results = list(problems(options.page, options.root))
    found = [r for r in results if r]
    print("\n".join(found))
    print(f"{len(results)} blocks, {len(found)} problems")
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
