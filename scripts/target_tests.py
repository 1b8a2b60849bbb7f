#!/usr/bin/env python3
"""Builds the core's tests for another processor and runs them under qemu-user.

  target_tests.py aarch64 [--ci] [--jobs N] [--only WORD]...
  target_tests.py riscv64 [--ci] [--jobs N] [--only WORD]...

  --ci     a small part: vectors, one law of forward and one of training, the training program
  --only   sources whose path contains one of the words

The tests of core, graph, simd, kernels, ops, layers, losses, optimizers, run, checks and laws, and the
training program examples/circle.cpp without its reports (targets/train.cpp). They are the sources
that x86-64 runs. Closes with `N passed, N failed`: test cases; exit status 77 and the reason where
the compiler or the emulator is missing. scripts/test.sh --target installs both.
"""
import argparse
import concurrent.futures
import pathlib
import re
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
FOLDERS = "core graph simd kernels ops layers losses optimizers run checks laws".split()
CI = ["simd/memory", "simd/reduce", "simd/generic", "laws/affine_small", "laws/step_adam"]
# These need libraries of the host, or a compiler.
NOT_HERE = {"run/topology_test.cpp", "checks/compiled_test.cpp"}
LIBRARIES = {"boost": "boost/hana.hpp", "xsimd": "xsimd/xsimd.hpp", "catch2": "catch2/catch.hpp"}
ALL = re.compile(r"All tests passed \(\d+ assertions? in (\d+) test cases?\)")
PART = re.compile(r"^test cases:\s*\d+ \|\s*(\d+) passed \|\s*(\d+) failed", re.M)


def skip(reason):
    print(f"skipped: {reason}")
    raise SystemExit(77)


def library_folder(folder):
    """Links to the header libraries alone: /usr/include has the C library of this machine too."""
    for name, header in LIBRARIES.items():
        done = subprocess.run(["c++", "-E", "-M", "-x", "c++", "-std=c++20", "-"], text=True,
                              input=f"#include <{header}>\n", capture_output=True, check=False)
        found = re.search(rf"(\S+)/{re.escape(header)}", done.stdout)
        if not found:
            skip(f"the header {header} is not installed")
        (folder / name).symlink_to(pathlib.Path(found[1], name).resolve())


def run(command, **more):
    return subprocess.run([str(c) for c in command], stdout=subprocess.PIPE, text=True,
                          stderr=subprocess.STDOUT, check=False, errors="replace", **more)


class Target:
    def __init__(self, name, folder):
        self.compiler, self.emulator = f"{name}-linux-gnu-g++", f"qemu-{name}"
        self.folder, self.libraries = folder, f"/usr/{name}-linux-gnu"
        for command in (self.compiler, self.emulator):
            if shutil.which(command) is None:
                skip(f"the command {command} is not installed")
        library_folder(folder)
        self.flags = ["-std=c++20", "-O1", "-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-Werror",
                      "-Wno-psabi", f"-I{ROOT}/include", f"-I{ROOT}/tests", "-isystem", folder,
                      f'-DTAPELESS_SOURCE_DIR="{ROOT}"']
        if name == "riscv64":  # Catch's mark of a broken program is written for other processors
            self.flags += ["-DCATCH_CONFIG_NO_POSIX_SIGNALS"]
        self.main = self.compiled(ROOT / "tests/main.cpp", "-O0")

    def compiled(self, source, *more):
        """The object of a source; the compiler's words where it does not compile."""
        target = self.folder / (re.sub(r"\W", "_", str(source)) + ".o")
        done = run([self.compiler, *self.flags, *more, "-c", source, "-o", target])
        if done.returncode != 0:
            raise RuntimeError(f"{source}: does not compile\n{done.stdout[-3000:]}")
        return target

    def output(self, *objects):
        program = objects[0].with_suffix("")
        done = run([self.compiler, *objects, "-o", program])
        if done.returncode == 0:
            done = run([self.emulator, "-L", self.libraries, program], cwd=ROOT, timeout=900)
        return done

    def test(self, source):
        """(passed, failed, text) of a source of tests."""
        try:
            done = self.output(self.compiled(source), self.main)
        except (RuntimeError, subprocess.TimeoutExpired) as problem:
            return 0, 1, str(problem)
        whole, part = ALL.search(done.stdout), PART.search(done.stdout)
        if done.returncode == 0 and whole:
            return int(whole[1]), 0, ""
        passed, failed = (int(part[1]), int(part[2])) if part else (0, 1)
        return passed, max(failed, 1), f"status {done.returncode}\n{done.stdout[-3000:]}"

    def train(self):
        """The training program; it judges by itself."""
        try:
            done = self.output(self.compiled(ROOT / "scripts/targets/train.cpp", "-O2"))
        except (RuntimeError, subprocess.TimeoutExpired) as problem:
            return 0, 1, str(problem)
        print(done.stdout, end="", flush=True)
        return (1, 0, "") if done.returncode == 0 else (0, 1, done.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target", choices=["aarch64", "riscv64"])
    parser.add_argument("--ci", action="store_true")
    parser.add_argument("--only", action="append")
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    sources = [s for f in FOLDERS for s in sorted((ROOT / "tests" / f).rglob("*_test.cpp"))
               if str(s.relative_to(ROOT / "tests")) not in NOT_HERE]
    words = options.only or (CI if options.ci else [""])
    sources = [s for s in sources if any(w in str(s) for w in words)]
    with tempfile.TemporaryDirectory() as scratch, \
            concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        target = Target(options.target, pathlib.Path(scratch))
        jobs = [("the training program", pool.submit(target.train))]
        jobs += [(str(s.relative_to(ROOT)), pool.submit(target.test, s)) for s in sources]
        passed = failed = 0
        for name, job in jobs:
            good, bad, text = job.result()
            passed, failed = passed + good, failed + bad
            print(f"{options.target}: {name}: {good} passed" + (f", {bad} failed\n{text}" * (bad > 0)),
                  flush=True)
    print(f"{passed} passed, {failed} failed")
    raise SystemExit(failed > 0)


if __name__ == "__main__":
    main()
