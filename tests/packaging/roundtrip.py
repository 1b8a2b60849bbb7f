#!/usr/bin/env python3
"""Exports networks of the examples as ONNX, imports them again, and compares.

The topology hash must be the same, the header must compute what the model does, and where onnxruntime is installed, so
must onnxruntime.

usage: roundtrip.py TAPELESS_GEN [--ci] -- COMPILER [FLAG...]; closes with `N passed, N failed`.

  --ci   one network of each kind, those of CI, instead of all
"""
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
NETWORKS = [  # source, network
    ("examples/circle.cpp", "circle"),
    ("examples/inspect_network.cpp", "tagger"),
    ("examples/linear_regression.cpp", "line"),
    ("examples/linear_regression.cpp", "linear_layer"),
    ("examples/readme.cpp", "net"),
    ("examples/scalar_graph.cpp", "steps"),
    ("examples/scalar_graph.cpp", "product"),
    ("examples/guide/networks.hpp", "digits_net"),
    ("examples/guide/networks.hpp", "two_branches"),
    ("examples/guide/networks.hpp", "attention"),
    ("examples/guide/networks.hpp", "distance"),
    ("examples/guide/networks.hpp", "curvature"),
    ("tests/packaging/attributes.hpp", "padded"),
    ("tests/packaging/attributes.hpp", "along"),
]
# A chain, outputs by class, branches, a gradient in the declaration, a factor and a softmax.
CI = {"net", "tagger", "two_branches", "steps", "attention", "padded", "along"}
HASH = """#include "{header}"
#include <cstdio>
int main() {{ std::printf("%016llx", static_cast<unsigned long long>(tapeless::topology_hash<{name}>)); }}
"""


def run(arguments):
    done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{arguments[0]} {arguments[1]}: {done.stderr.strip()[:600]}")
    return done.stdout


def topology(compiler, folder, header, name):
    source, program = folder / "hash.cpp", folder / "hash"
    source.write_text(HASH.format(header=header, name=name))
    run([*compiler, "-O0", f"-I{ROOT}/include", source, "-o", program, "-lfmt", "-lz"])
    return run([program, ""])


def held_to_runtime(gen, model, header, command):
    """Checks the model with onnx, and the header against onnxruntime's outputs for 8 samples."""
    try:
        import numpy
        import onnx
        import onnxruntime
    except ImportError:
        return "onnxruntime is not installed"
    onnx.checker.check_model(onnx.load(str(model)), full_check=True)
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    random = numpy.random.default_rng(3)
    rows = {i.name: random.standard_normal([8, *i.shape[1:]]).astype(numpy.float32)
            for i in session.get_inputs()}
    files = []
    for k, (name, x) in enumerate([*rows.items(), ("output", session.run(None, rows)[0])]):
        files.append(model.with_name(f"{k}.npy"))
        numpy.save(files[-1], x)
    run([gen, "verify", model, "--header", header, "--inputs", ",".join(map(str, files[:-1])),
         "--outputs-data", files[-1], "--relative", "1e-5", "--absolute", "1e-6", *command])
    return "onnxruntime agrees to 1e-5"


def check(gen, compiler, folder, source, name):
    original = folder / "original.hpp"
    original.write_text(f"#define main main_of_example\n#include \"{ROOT / source}\"\n#undef main\n"
                        + ("using namespace guide;\n" if "/guide/" in source else ""))
    model, again = folder / f"{name}.onnx", folder / f"{name}.hpp"
    command = ["--compiler", " ".join(compiler), "-I", ROOT / "include"]
    run([gen, "export", f"{original}:{name}", "-o", model, "--parameters",
         f"tapeless::init<{name}>(tapeless::seed{{1}})", *command])
    run([gen, "import", model, "-o", again])
    before = topology(compiler, folder, original, name)
    after = topology(compiler, folder, again, name)
    if before != after:
        raise RuntimeError(f"topology {after}, not {before}:\n{again.read_text()[:1500]}")
    run([gen, "verify", model, "--header", again, *command])
    return held_to_runtime(gen, model, again, command)


def main():
    cut = sys.argv.index("--")
    gen, compiler = pathlib.Path(sys.argv[1]).resolve(), [*sys.argv[cut + 1:], "-std=c++20"]
    passed = failed = 0
    networks = [n for n in NETWORKS if "--ci" not in sys.argv[2:cut] or n[1] in CI]
    for source, name in networks:
        with tempfile.TemporaryDirectory() as folder:
            try:
                note = check(gen, compiler, pathlib.Path(folder), source, name)
                passed += 1
                print(f"{source}:{name}: same topology; {note}", flush=True)
            except RuntimeError as problem:
                failed += 1
                print(f"{source}:{name}: {problem}", flush=True)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
