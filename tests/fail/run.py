#!/usr/bin/env python3
"""Checks that a source fails to compile, and that the compiler says why in the expected words.

A source begins with one or more lines `// expect: sentence`. It is compiled twice: as it stands it
must compile (the twin that is right), with -DTAPELESS_FAIL it must not, and every sentence must
occur in the compiler's output.

usage: run.py SOURCE -- COMPILER [FLAG...]
"""
import os
import pathlib
import subprocess
import sys

PREFIX = "// expect:"


def expected_sentences(source):
    sentences = []
    for line in source.read_text().splitlines():
        if not line.startswith(PREFIX):
            break
        sentences.append(line[len(PREFIX):].strip())
    return sentences


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
    return None


def main():
    if "--" not in sys.argv or sys.argv.index("--") != 2:
        sys.exit(__doc__)
    found = problem(pathlib.Path(sys.argv[1]), sys.argv[3:])
    if found:
        sys.exit(found)
    print(f"{sys.argv[1]}: refused as expected")


if __name__ == "__main__":
    main()
