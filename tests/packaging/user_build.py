#!/usr/bin/env python3
"""What Tapeless says, and does not say, in the build of a user.

usage: user_build.py -- COMPILER [FLAG...]; closes with `N passed, N failed`.

- An old language, compiler or library is refused by one sentence, the first and only one.
- With headers that are not marked as system headers and WARNINGS as errors, programs compile.
- Headers leave the compiler's settings as they were: BAITS warn after them as without them.

The compilers in OLD, and clang++-19 beside g++, are tried where they are installed.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "tests/packaging/consumer"
WARNINGS = "-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wundef".split()
OLD = {"g++-11": "Tapeless needs g++ 12 or newer", "clang++-14": "Tapeless needs clang 18 or newer",
       "clang++-15": "Tapeless needs clang 18 or newer",
       "clang++-16": "Tapeless needs clang 18 or newer"}
HEADERS = ["tapeless", "declare", "host", "threads", "core/shape", "ops/exp", "run/forward",
           "layers/dense", "simd/simd", "io/csv", "train/fit", "export/source"]
# (header, file of a library that is older, its text, sentence)
LIBRARIES = [
    ("tapeless", "xsimd/config/xsimd_config.hpp",
     "#define XSIMD_VERSION_MAJOR 7\n#define XSIMD_VERSION_MINOR 6\n",
     "Tapeless needs xsimd 8.1 or newer"),
    ("declare", "boost/hana/version.hpp",
     "#define BOOST_HANA_MAJOR_VERSION 1\n#define BOOST_HANA_MINOR_VERSION 0\n",
     "Tapeless needs Boost.Hana 1.6 or newer"),
    ("host", "fmt/core.h", "#define FMT_VERSION 80100\n", "Tapeless needs fmt 9 or newer"),
    ("host", "nlohmann/detail/abi_macros.hpp",
     "#define NLOHMANN_JSON_VERSION_MAJOR 3\n#define NLOHMANN_JSON_VERSION_MINOR 7\n",
     "Tapeless needs nlohmann-json 3.11 or newer"),
]
BAITS = """
[[other::attribute]] void f();
template <class T> struct a { friend void g(a); friend void h(T); };
inline long narrow(double x) { int i = x; { int i = 3; (void)i; } return i; }
inline int unused(int a, unsigned b) { int c; return a < b; }
#if UNDEFINED
#endif
constexpr int in_constant(int x) { static const int y = 3; return x + y; }
"""


def run(words, **more):
    return subprocess.run([str(w) for w in words], text=True, errors="replace", check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more)


class Build:
    def __init__(self, compiler, folder):
        self.compiler, self.folder = compiler, folder
        self.include = f"-I{ROOT}/include"

    def said(self, compiler, text, *flags):
        source = self.folder / "source.cpp"
        source.write_text(text)
        return run([*compiler, *flags, self.include, "-fsyntax-only", source])

    def refused(self, compiler, header, sentence, *flags):
        """Empty, or why the header is not refused by the sentence alone."""
        done = self.said(compiler, f"#include <tapeless/{header}.hpp>\n", *flags)
        errors = re.findall(r"(?:fatal )?error: .*", done.stdout)
        good = (done.returncode != 0 and len(errors) == 2 and sentence in errors[0]
                and "the compilation ends here" in errors[1] and len(done.stdout) < 3000)
        return "" if good else f"{compiler} {flags}: {header}: {done.stdout[:1500]}"

    def requirements(self):
        for header in HEADERS:
            yield self.refused(self.compiler, header, "Tapeless needs C++20", "-std=c++17")
        for name, sentence in OLD.items():
            if shutil.which(name):
                yield self.refused([name], "tapeless", sentence, "-std=c++20")
                yield self.refused([name], "host", "Tapeless needs", "-std=c++20")
            else:
                print(f"{name} is not installed")
        for header, file, text, sentence in LIBRARIES:
            older = self.folder / "older"
            shutil.rmtree(older, ignore_errors=True)
            (older / file).parent.mkdir(parents=True)
            (older / file).write_text(text)
            yield self.refused(self.compiler, header, sentence, "-std=c++20", f"-I{older}")

    def warnings(self):
        others = [["clang++-19"]] if "clang" not in self.compiler[0] else []
        for compiler in [self.compiler, *(c for c in others if shutil.which(c[0]))]:
            for source in sorted(HERE.glob("*.cpp")):
                work = ["-O3", "-c"] if compiler == self.compiler else ["-fsyntax-only"]
                done = run([*compiler, "-std=c++20", *WARNINGS, "-Werror", self.include, *work,
                            source, "-o", self.folder / "object.o"])
                yield "" if done.returncode == 0 else f"{source}: {done.stdout[:3000]}"

    def leaks(self):
        """The same warnings of the same text, behind all headers and alone."""
        def warned(head):
            done = self.said(self.compiler, f"{head}\n#line 1 \"baits\"\n{BAITS}", "-std=c++20",
                             *WARNINGS)
            found = re.findall(r"baits:(\d+):\d+: warning: .*\[(\S+)\]", done.stdout)
            return sorted(set(found)), done.stdout
        alone, text = warned("")
        if len(alone) < 5:
            yield f"the baits are not taken: {text}"
        for head in ("tapeless", "host", "export/source"):
            behind, _ = warned(f"#include <tapeless/{head}.hpp>")
            yield "" if behind == alone else f"{head} changes {alone} to {behind}"


def main():
    compiler = sys.argv[sys.argv.index("--") + 1:]
    compiler = [c for c in compiler if not c.startswith(("-std=", "-I"))]
    with tempfile.TemporaryDirectory() as scratch:
        build = Build(compiler, pathlib.Path(scratch))
        results = [*build.requirements(), *build.leaks(), *build.warnings()]
    failed = [r for r in results if r]
    print("\n".join(failed))
    print(f"{len(results) - len(failed)} passed, {len(failed)} failed")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
