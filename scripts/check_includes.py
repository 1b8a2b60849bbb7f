#!/usr/bin/env python3
"""Checks how the headers of Tapeless include one another, and what they leave behind.

- A header includes only headers of its own folder or of an earlier one, in the order below; within
  a folder there are no circles.
- Only simd/ includes xsimd, only core/ includes Boost.Hana, only host-side folders include fmt.
- core/processor/, what scalars need of a processor, includes core/config.hpp alone.
- Instructions and macros of one processor stand in simd/ and core/processor/ alone, but for the
  name of the instruction set in core/config.hpp.
- Every header has #pragma once; macros are defined in core/config.hpp alone, and there those
  of MACROS.
- declare.hpp reaches neither kernels nor vectors, by any path: it is for headers that must stay light.
"""
import argparse
import pathlib
import re

MACROS = {"TAPELESS_VERSION", "TAPELESS_CHECKS", "TAPELESS_ISA", "TAPELESS_NATIVE",
          "TAPELESS_INLINE", "TAPELESS_CLANG_INLINE", "TAPELESS_FENCE", "TAPELESS_UNROLL",
          "TAPELESS_SEARCH_LAYERS"}
ORDER = ("core graph ops transform plan simd kernels run layers losses optimizers initializers "
         "io train inspect export").split()
HOST = {"io", "train", "inspect", "export"}
LIGHT = "tapeless/declare.hpp"
CONFIG = {"tapeless/core/config.hpp", "tapeless/core/requirements.hpp"}
PROCESSOR = "tapeless/core/processor/"
OF_PROCESSORS = ("tapeless/simd/", PROCESSOR)
HEAVY = re.compile(r"xsimd/|tapeless/(?:kernels/|simd/(?!arch\.hpp))")
# The text of exported C names processors too.
OF_ONE_PROCESSOR = re.compile(r"immintrin|arm_neon|\b_mm\d*_|__builtin_ia32|\b__(?:SSE|AVX|FMA|ARM|"
                              r"aarch64|x86_64|i386|riscv)")
ANYWHERE = {"tapeless/core/config.hpp", "tapeless/export/math.hpp"}
# A sentence instead of a header ends a compilation (core/requirements.hpp).
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])(?!the compilation ends here)([^>"]+)[>"]', re.M)
DEFINE = re.compile(r"^\s*#\s*define\s+(\w+)", re.M)


def folder_problems(name, folder, target):
    if target.startswith("tapeless/"):
        other = target.split("/")[1]
        if target.count("/") < 2:
            yield f"{name} includes {target}: the header of everything is for users only"
        elif other not in ORDER:
            yield f"{name} includes {target}: unknown folder {other}/"
        elif name.startswith(PROCESSOR) and target not in CONFIG:
            yield f"{name} includes {target}: core/processor/ includes core/config.hpp alone"
        elif ORDER.index(other) > ORDER.index(folder):
            yield f"{name} includes {target}: {other}/ comes after {folder}/"
    doors = (("xsimd/", folder == "simd", "simd/"), ("boost/", folder == "core", "core/"),
             ("fmt/", folder in HOST, "the host side"))
    for library, allowed, place in doors:
        if target.startswith(library) and not allowed:
            yield f"{name} includes {target}: only {place} may"


def circle(start, includes):
    """A path of headers from start back to start, or None."""
    stack, seen = [(start, (start,))], set()
    while stack:
        at, path = stack.pop()
        for target in includes.get(at, ()):
            if target == start:
                return (*path, start)
            if target not in seen:
                seen.add(target)
                stack.append((target, (*path, target)))
    return None


def path_to_heavy(includes):
    """The includes that lead from the light header to one that it must not reach, or None."""
    stack, seen = [(LIGHT,)], set()
    while stack:
        path = stack.pop()
        if HEAVY.match(path[-1]):
            return path
        if path[-1] not in seen:
            seen.add(path[-1])
            stack.extend((*path, target) for target in includes.get(path[-1], ()))
    return None


def problems(root):
    includes, macros = {}, []
    for path in sorted((root / "tapeless").rglob("*.hpp")):
        name, text = path.relative_to(root).as_posix(), path.read_text()
        if "#pragma once" not in text:
            yield f"{name}: no #pragma once"
        found = INCLUDE.findall(text)
        includes[name] = [target for _, target in found]
        yield from (f'{name} includes "{target}": write <tapeless/...>'
                    for mark, target in found if mark == '"')
        word = OF_ONE_PROCESSOR.search(text)
        if word and not name.startswith(OF_PROCESSORS) and name not in ANYWHERE:
            yield f"{name} has {word[0]}: what only one processor has stands in simd/ or " \
                  "core/processor/"
        if "[[clang::" in text and name != "tapeless/core/config.hpp":
            yield f"{name} has [[clang::: g++ warns of it in a user's build; write " \
                  "TAPELESS_CLANG_INLINE"
        defined = DEFINE.findall(text)
        if name == "tapeless/core/config.hpp":
            macros = defined
        else:
            yield from (f"{name} defines the macro {macro}" for macro in defined)
        parts = name.split("/")
        if len(parts) == 2:
            continue
        if parts[1] not in ORDER:
            yield f"{name}: unknown folder {parts[1]}/"
            continue
        for target in includes[name]:
            yield from folder_problems(name, parts[1], target)
    yield from (f"core/config.hpp defines the macro {macro}"
                for macro in sorted(set(macros) - MACROS))
    if path := path_to_heavy(includes):
        yield f"{LIGHT} must stay light: " + " -> ".join(path)
    for name in includes:
        path = circle(name, includes)
        if path and name == min(path):
            yield "circle of includes: " + " -> ".join(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("include", type=pathlib.Path, help="the folder that holds tapeless/")
    root = parser.parse_args().include
    headers = len(list((root / "tapeless").rglob("*.hpp")))
    if not headers:
        raise SystemExit(f"{root}/tapeless: no headers")
    found = list(problems(root))
    print("\n".join(found))
    print(f"{headers} headers, {len(found)} problems")
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
