#!/usr/bin/env python3
"""Checks that sources for several instruction sets can be linked into one program.

usage: check.py --level O0|O2|O3 [--on native|qemu|both] [--keep FOLDER] -- COMPILER [FLAG...]

Every source SOURCES is compiled for any x86-64 processor, for AVX2 and for AVX-512. On native: no
function of Tapeless that a linker may take from another object differs between them, and the
program for any processor prints the same numbers whatever it is linked with, in whatever order.
On qemu the programs run on an emulated processor without AVX, where one instruction too many ends
them. Closes with `N passed, N failed`; exit status 77 and the reason where nothing can be checked
here; `both` does without qemu where there is none, and says so.
"""
import argparse
import functools
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77
AVX2 = ["-mavx2", "-mfma"]
AVX512 = ["-mavx512f", "-mavx512bw", "-mavx512dq", "-mavx512vl", "-mprefer-vector-width=512"]
ISAS = {"baseline": [], "avx2": AVX2, "avx512": AVX2 + AVX512}
# Libraries of each source.
SOURCES = {"values": [], "forward": [], "training": [], "calls": [], "host": ["-lfmt", "-lz"]}
# What is linked with a source for any processor where that is not the same source: containers and
# fmt of a source with wide vectors would be those of the whole program.
WIDE = {"host": "training"}
EMULATOR = ["qemu-x86_64", "-cpu", "Nehalem"]
OWN = re.compile(r"_ZN?K?(8tapeless|7isa_mix|5xsimd)")
# Copies and destructors that the compiler writes for structs with containers have no attribute.
IMPLICIT = re.compile(r"(D[012]Ev|(C[12]|aS)E(RK|O)S\w*_)$")
HEAD = re.compile(r"^([0-9a-f]+) <(.+)>:$")
PLACE = re.compile(r"^\s*([0-9a-f]+):")
TARGET = re.compile(r"\b[0-9a-f]+ (?=<)")
SYMBOL = re.compile(r"\bR_X86_64_\w+\s+([A-Za-z_][\w.]*)|<([A-Za-z_][\w.]*)(?:\+0x[0-9a-f]+)?>$")
FUNCTION = re.compile(r"^([0-9a-f]+ .{6}F \S+)\s+[0-9a-f]+ (?:\.hidden )?(\w+)$")
RECORDS = "RELOCATION RECORDS FOR "
SECTION = re.compile(RECORDS + r"\[\.(?:data|rodata|init_array)\S*?(?:\.(_Z\w+))?\]")
DESCRIPTION = "_ZN8tapeless11descriptionI"
RELOCATION = re.compile(r"R_X86_64_\w+\s+(\.[\w.]+|\.L\w+)?\S*")


def need(command, package):
    if shutil.which(command) is None:
        print(f"the command {command} is not installed (Debian: apt-get install {package})")
        raise SystemExit(SKIPPED)


def run(words, **options):
    return subprocess.run([str(w) for w in words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, errors="replace", check=False, **options)


def compile_all(command, level, folder):
    """{(source, instruction set): object}; stops where a source does not compile."""
    objects = {}
    for name in SOURCES:
        for isa, flags in ISAS.items():
            target = objects[name, isa] = folder / f"{name}.{isa}.o"
            done = run([*command, f"-{level}", "-march=x86-64", *flags, f"-DENTRY=run_{isa}", "-w",
                        "-DTAPELESS_SEARCH_LAYERS=0",
                        "-c", HERE / f"{name}.cpp", "-o", target])
            if done.returncode != 0:
                raise SystemExit(f"{name}.cpp does not compile for {isa}:\n{done.stdout}")
    return objects


def with_one_text(path):
    """The object with all of its code in one section, none of it moved within a function. The time
    of objdump grows with the square of the number of sections, and every inline function has one:
    80 s of a core for an object of host.cpp at -O0, 0.3 s so."""
    script, merged = path.with_suffix(".ld"), path.with_suffix(".text.o")
    script.write_text("SECTIONS { .text 0 : SUBALIGN(1) { *(.text .text.*) } }\n")
    done = run(["ld", "-r", "--force-group-allocation", "-T", script, path, "-o", merged])
    if done.returncode != 0:
        raise SystemExit(f"the sections of {path} cannot be merged:\n{done.stdout}")
    return merged


@functools.cache
def functions_of(path):
    """{symbol: its code as text} of the functions that a linker may take from any object."""
    symbols = [line.split() for line in run(["nm", "--defined-only", path]).stdout.splitlines()]
    shared = {words[2] for words in symbols if words[1] in "WVuT"}
    # Relocations of local functions name their section, so that each counts as called.
    roots = {words[2] for words in symbols if words[1] == "t"} | {f"run_{path.suffixes[0][1:]}"}
    found, named, code, start = {}, {}, None, 0
    listing = run(["objdump", "-d", "-r", "--no-show-raw-insn", with_one_text(path)]).stdout
    for line in listing.splitlines():
        head = HEAD.match(line)
        if head:
            start = int(head[1], 16)
            code = found.setdefault(head[2], [])
            names = named.setdefault(head[2], set())
        elif line.startswith("Disassembly"):
            code = None
        elif code is not None and line.strip():
            names.update(a or b for a, b in SYMBOL.findall(line))
            line = RELOCATION.sub(lambda m: m[0] if m[1] is None else "R section", line)
            # Places count from the start of the function: they tell encodings of other lengths.
            line = PLACE.sub(lambda m: f"{int(m[1], 16) - start:x}:", TARGET.sub("", line))
            code.append(re.sub(r"#.*", "", line).strip())
    tables = tables_of(path)
    # Code names constants of the object itself by their section: what they point to counts as
    # called.
    called = reachable((aliases_of(path), named, tables), roots | tables.pop(None, set()))
    return {name: "\n".join(code) for name, code in found.items() if name in shared & called}


def aliases_of(path):
    """{symbol: all symbols of the same place}: a destructor has several names."""
    places = {}
    for line in run(["objdump", "-t", path]).stdout.splitlines():
        symbol = FUNCTION.match(line)
        if symbol:
            places.setdefault(symbol[1], set()).add(symbol[2])
    return {name: names for names in places.values() for name in names}


def tables_of(path):
    """{constant: names of functions in it}, None for constants that have no section of their own.
    Descriptions of operations are left out: their functions build graphs in constant expressions.
    What would call them at run time, the builder and the interpreter, is compared like any other
    function."""
    tables, names = {}, None
    for line in run(["objdump", "-r", path]).stdout.splitlines():
        if line.startswith(RECORDS):  # of code and unwinding too, which are no tables
            section = SECTION.match(line)
            described = section is None or (section[1] or "").startswith(DESCRIPTION)
            names = None if described else tables.setdefault(section[1], set())
        elif names is not None:
            names.update(a or b for a, b in SYMBOL.findall(line))
    return tables


def reachable(names, roots):
    """The roots, all that they name, all that is named by those."""
    found, next_ones = set(), roots
    while next_ones:
        found |= next_ones
        named = (by.get(name, ()) for by in names for name in next_ones)
        next_ones = set().union(*named) - found
    return found


def differing(objects):
    """Symbols that two instruction sets define with different code."""
    code = {}
    for (_, isa), path in objects.items():
        for symbol, text in functions_of(path).items():
            code.setdefault(symbol, {}).setdefault(isa, text)
    return sorted(s for s, by_isa in code.items() if len(set(by_isa.values())) > 1)


def is_own(symbol):
    """Whether a function is Tapeless's, or one that xsimd makes for its vectors."""
    return OWN.match(symbol) is not None


def link(command, folder, objects, name, printed, linked):
    """A program that prints the numbers of one object; objects in the order given."""
    target = folder / f"{name}.{'_'.join(linked)}"
    if target.exists():  # `both` runs each twice
        return target
    entries = " ".join(f"{'PRINTED' if isa == printed else 'LINKED'}(run_{isa})" for isa in
                       sorted(linked, key=lambda isa: isa != printed))
    done = run([*command, "-O1", "-march=x86-64", f"-DENTRIES={entries}", HERE / "main.cpp",
                *(objects[name if isa == printed else WIDE.get(name, name), isa] for isa in linked),
                *SOURCES[name], "-pthread", "-o", target])
    if done.returncode != 0:
        raise SystemExit(f"{name} with {linked} does not link:\n{done.stdout}")
    return target


def programs(command, folder, objects, starter):
    """(what, whether it is as it should be, why not) of each program."""
    for name in SOURCES:
        def output(printed, linked):
            target = link(command, folder, objects, name, printed, linked)
            return run([*starter, target], cwd=folder)
        alone = output("baseline", ["baseline"])
        lines = len(alone.stdout.splitlines())
        yield f"{name} alone", alone.returncode == 0 and lines > 10, alone.stdout[-500:]
        for linked in (["baseline", "avx512"], ["avx512", "baseline"],
                       ["avx2", "baseline"], ["avx512", "avx2", "baseline"]):
            mixed = output("baseline", linked)
            good = mixed.returncode == 0 and mixed.stdout == alone.stdout
            yield f"{name}, linked as {' '.join(linked)}", good, (
                f"status {mixed.returncode}, {len(mixed.stdout.splitlines())} of {lines} numbers, "
                f"{'the same' if mixed.stdout == alone.stdout else 'others'}")
        if starter:  # the emulated processor must refuse what it has not
            ended = output("avx2", ["avx2"])
            yield f"{name} for AVX2 ends there", ended.returncode < 0, "it did not"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0],
                                     usage=__doc__.split("\n\n")[1].removeprefix("usage: "))
    parser.add_argument("--level", choices=["O0", "O2", "O3"], required=True)
    parser.add_argument("--on", choices=["native", "qemu", "both"], default="native",
                        help="qemu: run on a processor without AVX")
    parser.add_argument("--keep", type=pathlib.Path, help="leave objects and programs there")
    parser.add_argument("compiler", nargs="+", help="compiler and flags, behind --")
    options = parser.parse_args()
    if platform.machine() != "x86_64":
        print(f"instruction sets of x86-64 are checked, this is {platform.machine()}")
        raise SystemExit(SKIPPED)
    for command in ("nm", "objdump", "c++filt"):
        need(command, "binutils")
    native, qemu = options.on != "qemu", options.on != "native"
    if options.on == "qemu":
        need(EMULATOR[0], "qemu-user")
    elif qemu and shutil.which(EMULATOR[0]) is None:
        print(f"the programs run on this machine alone: {EMULATOR[0]} is not installed")
        qemu = False
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or pathlib.Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        objects = compile_all(options.compiler, options.level, folder)
        results = []
        if native:
            found = differing(objects)
            core = differing({key: path for key, path in objects.items() if key[0] != "host"})
            own = [s for s in found if is_own(s) and (s in core or not IMPLICIT.search(s))]
            results.append(("functions of one name are one code", not own,
                            run(["c++filt"], input="\n".join(own)).stdout))
            print(f"{len(found) - len(own)} functions of other libraries differ")
        for starter in [[]] * native + [EMULATOR] * qemu:
            results += programs(options.compiler, folder, objects, starter)
    failed = [(what, why) for what, good, why in results if not good]
    for what, why in failed:
        print(f"failed: {what}:\n{why}")
    print(f"{len(results) - len(failed)} passed, {len(failed)} failed")
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
