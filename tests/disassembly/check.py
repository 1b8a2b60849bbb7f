#!/usr/bin/env python3
"""Checks that functions of an object file are straight-line code, by disassembling them.

A straight-line function has no call, no backward jump and no conditional jump, so its time depends
on neither data nor iteration counts. Prints instructions, vector instructions and bytes for every
function that matches, and fails if one of them is not straight-line or if none matches.

usage: check.py FILE SYMBOL_REGEX [--allow-calls REGEX] [--allow-loops]
       check.py FILE --source SOURCE

The second form takes its arguments from the source's lines `// check: SYMBOL_REGEX [OPTION...]`;
Meson does that for every tests/disassembly/*.cpp. FILE is anything that objdump reads.
"""
import argparse
import re
import shlex
import shutil
import subprocess
import sys

SKIPPED = 77
ORDER = "// check:"
HEAD = re.compile(r"^([0-9a-f]+) <(.+)>:$")
LINE = re.compile(r"^\s*([0-9a-f]+):\s+(.*)$")
TARGET = re.compile(r"^([0-9a-f]+)(?: <(.*)>)?$")
PREFIXES = {"bnd", "notrack", "rep", "repz", "repnz", "lock", "data16", "cs"}
PADDING = re.compile(r"^(nop|int3|xchg\s+%ax,%ax|endbr64|data16|cs nop)")


class Function:
    """A function: its name, [address, mnemonic, operands, relocation] of each instruction, end."""

    def __init__(self, name):
        self.name, self.code, self.end = name, [], None


def disassemble(path):
    """The functions of a file, in order, with demangled names less the instruction set in them."""
    out = subprocess.run(["objdump", "-d", "-r", "-C", "--no-show-raw-insn", path], check=True,
                         stdout=subprocess.PIPE, text=True).stdout
    functions, padding = [], []
    for text in re.sub(r"\[abi:\w+\]", "", out).splitlines():
        head, line = HEAD.match(text), LINE.match(text)
        if head:
            if functions and functions[-1].end is None:
                functions[-1].end = int(head[1], 16)
            functions.append(Function(head[2]))
            padding = []
        elif line and functions and "R_X86_64" in line[2]:
            if functions[-1].code:
                functions[-1].code[-1][3] = line[2].split(None, 1)[-1]
        elif line and functions:
            words = line[2].split("#")[0].split()
            while len(words) > 1 and words[0] in PREFIXES:
                words.pop(0)
            entry = [int(line[1], 16), words[0], " ".join(words[1:]), ""]
            if PADDING.match(line[2]):  # counted only if code follows
                padding.append(entry)
            else:
                functions[-1].code += padding + [entry]
                padding = []
            functions[-1].end = padding[0][0] if padding else None
    return functions


def problems(function, allow_calls=None, allow_loops=False):
    """Why the function is not straight-line, one sentence for each instruction."""
    for address, mnemonic, operands, relocation in function.code:
        target = TARGET.match(operands)
        symbol = relocation or (target[2] if target and target[2] else operands)
        where = f"{address:x}: {mnemonic} {symbol}"
        inside = target and int(target[1], 16) in {entry[0] for entry in function.code}
        leaves = mnemonic == "jmp" and (relocation or not inside)
        if mnemonic.startswith("call") or leaves:
            if not (allow_calls and re.search(allow_calls, symbol)):
                yield f"{where}: a call"
        elif re.match(r"j|loop", mnemonic):
            backward = inside and int(target[1], 16) <= address
            if not allow_loops and backward:
                yield f"{where}: a backward jump"
            elif mnemonic != "jmp" and not backward:
                yield f"{where}: a conditional jump"


def report(function):
    vector = sum(bool(re.search(r"%[xyz]mm", entry[2])) for entry in function.code)
    first, last = function.code[0][0], function.code[-1][0]
    end = function.end if function.end and function.end > last else last + 1
    return f"{len(function.code)} instructions, {vector} vector, {end - first} bytes"


def words(text):
    """Splits like a shell, except that a backslash stays: the words are regular expressions."""
    lexer = shlex.shlex(text, posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.escape, lexer.commenters = True, "", ""
    return list(lexer)


def orders(source):
    """The arguments of each line `// check: SYMBOL_REGEX [OPTION...]` of a source."""
    with open(source, encoding="utf-8") as lines:
        found = [words(line[len(ORDER):]) for line in lines if line.startswith(ORDER)]
    if not found:
        raise SystemExit(f"{source}: no line '{ORDER} SYMBOL_REGEX'")
    return found


def check(functions, arguments):
    """Prints what is known of the functions that match; whether all of them are straight-line."""
    parser = argparse.ArgumentParser(prog=ORDER)
    parser.add_argument("symbol", help="regular expression on demangled names")
    parser.add_argument("--allow-calls", metavar="REGEX", help="symbols that may be called")
    parser.add_argument("--allow-loops", action="store_true",
                        help="allow backward jumps (loops with constant trip counts)")
    options = parser.parse_args(arguments)
    matching = [f for f in functions if f.code and re.search(options.symbol, f.name)]
    if not matching:
        print(f"no function matches {options.symbol}")
        return False
    good = True
    for function in matching:
        print(f"{function.name}: {report(function)}")
        for problem in problems(function, options.allow_calls, options.allow_loops):
            print(f"  {problem}")
            good = False
    return good


def main():
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    if shutil.which("objdump") is None:
        print("the command objdump is not installed (Debian: apt-get install binutils)")
        raise SystemExit(SKIPPED)
    functions = disassemble(sys.argv[1])
    if sys.argv[2] == "--source" and len(sys.argv) == 4:
        results = [check(functions, arguments) for arguments in orders(sys.argv[3])]
    else:
        results = [check(functions, sys.argv[2:])]
    raise SystemExit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
