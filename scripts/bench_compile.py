#!/usr/bin/env python3
"""Measures what networks of growing depth cost the compiler: seconds, memory, object size.

Equal layers share what they instantiate; layers of different widths are the honest case. The
compiler's peak memory is the kernel's account of the child (ru_maxrss). Prints a table and writes
the rows as JSON.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
WIDTH = re.compile(r"tl::dense<(\d+)>")
FLAGS = ["-std=c++20", "-O3", "-march=native", "-mprefer-vector-width=512"]
EQUAL, DIFFERENT = (5, 10, 20, 50, 100), (5, 10, 20, 50, 100)


def widths(layers, different):
    """32 everywhere, or distinct widths around 32 (from 8 for the deepest)."""
    start = max(8, 32 - layers // 2)
    return [start + i if different else 32 for i in range(layers)]


def source(layers, different, training):
    """The text of a source that instantiates one network."""
    sizes = widths(layers, different)
    stack = ", tl::relu, ".join(f"tl::dense<{n}>" for n in sizes)
    lines = ["#include <tapeless/tapeless.hpp>", "namespace tl = tapeless;",
             f"struct net : tl::sequential<tl::input<32>, {stack}> {{}};"]
    if training:
        lines += ["using trainer = tl::trainer<net, tl::mse, tl::sgd, tl::batch<1>>;",
                  "float train(trainer& t, const float* x, const float* y) {"
                  " return t.step(x, y); }"]
    lines += ["void predict(const tl::parameters<net>& p, const float* x, float* y) {"
              " tl::forward<net>(p, x, y); }", ""]
    return "\n".join(lines)


def compile_once(command, path, limit=600):
    """Compiles a file and returns seconds, megabytes and object_bytes, or what went wrong."""
    target, log = path.with_suffix(".o"), path.with_suffix(".log")
    with log.open("w") as output:
        start = time.monotonic()
        child = subprocess.Popen([*command, "-c", str(path), "-o", str(target)], stdout=output,
                                 stderr=subprocess.STDOUT, preexec_fn=lambda: cpu_limit(limit))
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - start
    if child.returncode:
        words = log.read_text(errors="replace").splitlines()
        reason = next((line for line in words if "error" in line), f"over {limit} s or killed")
        return {"error": reason, "seconds": round(seconds, 2)}
    return {"seconds": round(seconds, 2), "megabytes": round(usage.ru_maxrss / 1024),
            "object_bytes": target.stat().st_size}


def cpu_limit(seconds):
    import resource  # POSIX only
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def cases(quick):
    """(name, text) of everything that is measured."""
    yield "headers alone", "#include <tapeless/tapeless.hpp>\n"
    for different, depths in ((False, EQUAL), (True, DIFFERENT)):
        for layers in depths[:3] if quick else depths:
            for training in (False, True):
                name = (f"{layers} {'different' if different else 'equal'}, "
                        f"{'training' if training else 'forward'}")
                yield name, source(layers, different, training)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--compilers", nargs="+", default=["g++", "clang++-19"])
    parser.add_argument("--json", type=pathlib.Path, default=ROOT / "build/bench/compile.json")
    parser.add_argument("--quick", action="store_true", help="up to 20 layers only")
    parser.add_argument("--limit", type=int, default=600, help="seconds of processor time for one")
    options = parser.parse_args()
    rows = []
    print(f"flags: {' '.join(FLAGS)}\n")
    print(f"{'compiler':<12}{'32-wide network':<28}{'wall s':>9}{'peak MB':>9}{'object KB':>11}")
    for compiler in options.compilers:
        if not shutil.which(compiler):
            print(f"{compiler:<12}not installed")
            continue
        for name, text in cases(options.quick):
            with tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(folder) / "net.cpp"
                path.write_text(text)
                row = compile_once([compiler, *FLAGS, f"-I{ROOT / 'include'}"], path, options.limit)
            rows.append({"compiler": compiler, "case": name, **row})
            numbers = (f"  {row['error']}" if "error" in row else
                       f"{row['seconds']:>9.1f}{row['megabytes']:>9}"
                       f"{row['object_bytes'] / 1024:>11.1f}")
            print(f"{compiler:<12}{name:<28}{numbers}", flush=True)
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps({"flags": FLAGS, "rows": rows}, indent=1) + "\n")
    print(f"\nwritten to {options.json}")
    raise SystemExit(1 if any("error" in row for row in rows) else 0)


if __name__ == "__main__":
    main()
