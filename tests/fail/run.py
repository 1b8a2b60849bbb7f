#!/usr/bin/env python3
"""Checks that a source fails to compile, and that the compiler says why in the expected words.

A source begins with one or more lines `// expect: sentence`. It is compiled twice: as it stands it
must compile (the twin that is right), with -DTAPELESS_FAIL it must not, and every sentence must
occur in the compiler's output. Where a line `// within: LINES` follows them, the first sentence is
among the first LINES lines, and the output is at most 60 lines longer.

usage: run.py SOURCE -- COMPILER [FLAG...]
"""
import os
import pathlib
import subprocess
import sys

PREFIX = "// expect:"
WITHIN = "// within:"
MOST_LINES_AROUND = 60


def expected_sentences(source):
    sentences = []
    for line in source.read_text().splitlines():
        if not line.startswith(PREFIX):
            break
        sentences.append(line[len(PREFIX):].strip())
    return sentences


def lines_allowed(source):
    for line in source.read_text().splitlines():
        if line.startswith(WITHIN):
            return int(line[len(WITHIN):])
    return None


def too_long(output, sentence, within):
    """Whether the sentence comes late or is one of many, or None."""
    lines = output.splitlines()
    words = sentence.split()[:4]  # the first words stand on one line whatever the compiler wraps
    first = next((i for i, line in enumerate(lines, 1) if " ".join(words) in line), None)
    if first is None or first > within:
        return f"the sentence is in line {first}, not among the first {within}"
    if len(lines) > within + MOST_LINES_AROUND:
        return f"the compiler printed {len(lines)} lines"
    return None


def compile_source(source, command):
    done = subprocess.run([*command, "-fsyntax-only", "-fno-diagnostics-color", str(source)],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", env={**os.environ, "LC_ALL": "C"})
    return done.returncode, done.stdout


def problem(source, command):
    """What is wrong with a must-not-compile test, or None."""
    sentences = expected_sentences(source)
    if not all(sentences) or not sentences:
        return f"{source}: the first line must be '{PREFIX} sentence'"
    status, output = compile_source(source, command)
    if status:
        return f"{source}: the twin without -DTAPELESS_FAIL must compile\n{output}"
    status, output = compile_source(source, [*command, "-DTAPELESS_FAIL"])
    if not status:
        return f"{source}: compiles, but must not"
    flat = " ".join(output.split())
    missing = [s for s in sentences if " ".join(s.split()) not in flat]
    if missing:
        return "\n".join([f"{source}: the compiler did not say: {s}" for s in missing] + [output])
    within = lines_allowed(source)
    late = within and too_long(output, sentences[0], within)
    return f"{source}: {late}\n{output}" if late else None


def main():
    if "--" not in sys.argv or sys.argv.index("--") != 2:
        sys.exit(__doc__)
    found = problem(pathlib.Path(sys.argv[1]), sys.argv[3:])
    if found:
        sys.exit(found)
    print(f"{sys.argv[1]}: refused as expected")


if __name__ == "__main__":
    main()
