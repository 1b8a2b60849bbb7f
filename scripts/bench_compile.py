#!/usr/bin/env python3
"""Measures what networks of growing depth cost the compiler: seconds, memory, object size.

Equal layers share what they instantiate; layers of different widths are the honest case. The
compiler's peak memory is the kernel's account of the child (ru_maxrss). Prints a table and writes
the rows as JSON, and seconds and memory over layers as SVG.
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

import bench_plot

ROOT = pathlib.Path(__file__).resolve().parents[1]
WIDTH = re.compile(r"tl::dense<(\d+)>")
FLAGS = ["-std=c++20", "-O3", "-DNDEBUG", "-march=native", "-mprefer-vector-width=512"]
# clang 19 warns of its own reading of some virtual processors; g++ does not know the option.
FLAGS_OF = {"clang": ["-Wno-invalid-feature-combination"]}
DEPTHS = (5, 20, 50, 100)
B = ("tl::sequential<tl::input<16>, tl::dense<64>, tl::relu, tl::dense<32>, tl::relu, "
     "tl::dense<32>, tl::relu, tl::dense<5>>")


def widths(layers, different):
    """32 everywhere, or distinct widths around 32 (from 8 for the deepest)."""
    start = max(8, 32 - layers // 2)
    return [start + i if different else 32 for i in range(layers)]


def stack(layers, different):
    """The declaration of so many layers."""
    layers = ", tl::relu, ".join(f"tl::dense<{n}>" for n in widths(layers, different))
    return f"tl::sequential<tl::input<32>, {layers}>"


def source(declaration, loss, training):
    """The text of a source that instantiates one network."""
    lines = ["#include <tapeless/tapeless.hpp>", "namespace tl = tapeless;",
             f"struct net : {declaration} {{}};"]
    if training:
        lines += [f"using trainer = tl::trainer<net, tl::{loss}, tl::sgd, tl::batch<1>>;",
                  "float train(trainer& t, const float* x, const float* y) {"
                  " return t.step(x, y); }"]
    lines += ["void predict(const tl::parameters<net>& p, const float* x, float* y) {"
              " tl::forward<net>(p, x, y); }", ""]
    return "\n".join(lines)


def caller():
    """The text of a source that declares B, and calls an engine that another one compiles."""
    return "\n".join(["#include <tapeless/declare.hpp>", "namespace tl = tapeless;",
                      f"struct net : {B} {{}};",
                      "void predict(const tl::parameters<net>& p, const float* x, float* y);",
                      "void call(const tl::parameters<net>& p, const float* x, float* y) {"
                      " predict(p, x, y); predict(p, x, y + 5); }", ""])


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


def cases(depths):
    """(name, text) of everything that is measured."""
    yield "xsimd alone", "#include <xsimd/xsimd.hpp>\n"
    yield "headers alone", "#include <tapeless/tapeless.hpp>\n"
    if (ROOT / "include/tapeless/declare.hpp").exists():
        yield "declares and calls", caller()
    for training in (False, True):
        what = "training" if training else "forward"
        yield f"B, {what}", source(B, "cross_entropy", training)
    for different in (False, True):
        for layers in depths:
            for training in (False, True):
                name = (f"{layers} {'different' if different else 'equal'}, "
                        f"{'training' if training else 'forward'}")
                yield name, source(stack(layers, different), "mse", training)


def chart(rows):
    """Seconds and megabytes over layers as SVG: solid with training, dashed forward only."""
    panels = []
    for title, key in (("seconds", "seconds"), ("peak memory in MB", "megabytes")):
        lines = {}
        for row in rows:
            parts = re.fullmatch(r"(\d+) (\w+), (\w+)", row["case"])
            if parts and "error" not in row:
                name = f"{row['compiler']}, {parts[2]}, {parts[3]}"
                lines.setdefault(name, []).append((int(parts[1]), row[key]))
        dashed = [name for name in lines if name.endswith("forward")]
        panels.append(bench_plot.Panel(title, "layers", lines, dashed))
    return bench_plot.draw(panels)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--compilers", nargs="+", default=["g++", "clang++-19"])
    parser.add_argument("--json", type=pathlib.Path, default=ROOT / "build/bench/compile.json")
    parser.add_argument("--depths", nargs="+", type=int, default=DEPTHS, help="numbers of layers")
    parser.add_argument("--limit", type=int, default=600, help="seconds of processor time for one")
    options = parser.parse_args()
    rows = []
    print(f"flags: {' '.join(FLAGS)}\n")
    print(f"{'compiler':<12}{'source':<28}{'wall s':>9}{'peak MB':>9}{'object KB':>11}")
    for compiler in options.compilers:
        if not shutil.which(compiler):
            print(f"{compiler:<12}not installed")
            continue
        for name, text in cases(options.depths):
            with tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(folder) / "net.cpp"
                path.write_text(text)
                flags = FLAGS + FLAGS_OF.get(re.sub(r"\W.*", "", compiler), [])
                row = compile_once([compiler, *flags, f"-I{ROOT / 'include'}"], path, options.limit)
            rows.append({"compiler": compiler, "case": name, **row})
            numbers = (f"  {row['error']}" if "error" in row else
                       f"{row['seconds']:>9.1f}{row['megabytes']:>9}"
                       f"{row['object_bytes'] / 1024:>11.1f}")
            print(f"{compiler:<12}{name:<28}{numbers}", flush=True)
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps({"flags": FLAGS, "rows": rows}, indent=1) + "\n")
    plot = options.json.with_suffix(".svg")
    plot.write_text(chart(rows))
    print(f"\nwritten to {options.json} and {plot.name}")
    raise SystemExit(1 if any("error" in row for row in rows) else 0)


if __name__ == "__main__":
    main()
