#!/usr/bin/env python3
"""Makes models with PyTorch and scikit-learn, imports them, and compares with onnxruntime.

Each model is exported, imported by `tapeless-gen import`, and held to onnxruntime's outputs by
`tapeless-gen verify`: 1e-5 relative, and 1e-6 of the greatest output. Models of other projects in
shared/models beside the repository are imported, or refused with the right reasons. What is not
installed is left out, with a message. The last line is `N passed, N failed`.

  scripts/import_models.py --program build/gen/tapeless-gen
  scripts/import_models.py --program ... --only 'sklearn|feed_forward' --keep /tmp/models
"""
import argparse
import importlib.util
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
SKIPPED = 77
TOLERANCE = ["--relative", "1e-5", "--absolute", "1e-6"]

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from import_models.shared_models import SHARED, references, refusal_problem  # noqa: E402


def arguments():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--program", required=True, help="tapeless-gen")
    p.add_argument("--only", default="", help="a regular expression for the names of models")
    p.add_argument("--compiler", default="c++")
    p.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared" / "models",
                   help="folder of models of other projects")
    p.add_argument("--keep", type=pathlib.Path, help="folder for models and headers")
    return p.parse_args()


def import_and_verify(a, model, folder, inputs, outputs):
    """The table of deviations. Errors: RuntimeError with what the program says."""
    header = folder / "net.hpp"
    commands = [
        [a.program, "import", model, "-o", header],
        [a.program, "verify", model, "--header", header, "--inputs", ",".join(map(str, inputs)),
         "--outputs-data", ",".join(map(str, outputs)), "--compiler", a.compiler,
         "-I", ROOT / "include", *TOLERANCE]]
    for command in commands:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{command[1]}: {done.stderr}{done.stdout}")
    return done.stdout


def save(folder, kind, arrays):
    import numpy as np
    files = [folder / f"{kind}_{i}.npy" for i in range(len(arrays))]
    for file, array in zip(files, arrays):
        np.save(file, array)
    return files


def check_made(a, export, folder):
    """Exports a model, and compares its import with onnxruntime."""
    import onnxruntime
    model, inputs = export(folder)
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    named = {i.name: x for i, x in zip(session.get_inputs(), inputs)}
    outputs = session.run(None, named)
    return import_and_verify(a, model, folder, save(folder, "in", inputs),
                             save(folder, "out", outputs))


def check_shared(a, name, folder):
    words, place = SHARED[name], a.shared / name
    if not words:
        return import_and_verify(a, place / "model.onnx", folder, *references(place))
    problem = refusal_problem(a.program, place / "model.onnx", words, folder / "net.hpp")
    if problem:
        raise RuntimeError(problem)
    return f"refused: {', '.join(words)}\n"


def checks(a):
    """(name, function of a folder), and prints what is left out."""
    for name in SHARED:
        if (a.shared / name).is_dir():
            yield name, lambda folder, name=name: check_shared(a, name, folder)
        else:
            print(f"left out: {name}: there is no {a.shared / name}")
    for kind, needs in {"torch_models": ["torch", "onnx", "onnxscript", "onnxruntime"],
                        "sklearn_models": ["sklearn", "skl2onnx", "onnxruntime"]}.items():
        missing = [m for m in needs if importlib.util.find_spec(m) is None]
        if missing:
            print(f"left out: {kind}: Python does not have {', '.join(missing)}")
            continue
        for name, export in importlib.import_module(f"import_models.{kind}").cases():
            yield name, lambda folder, export=export: check_made(a, export, folder)


def main():
    a = arguments()
    passed = failed = 0
    with tempfile.TemporaryDirectory() as temporary:
        for name, check in checks(a):
            if not re.search(a.only, name):
                continue
            folder = (a.keep or pathlib.Path(temporary)) / name
            folder.mkdir(parents=True, exist_ok=True)
            try:
                text = check(folder)
                passed += 1
            except Exception as e:  # whatever an exporter throws is this model's failure
                text = f"FAILED {type(e).__name__}: {e}\n"
                failed += 1
            print(f"{name}\n{text}", end="", flush=True)
    if passed + failed == 0:
        print("skipped: there is no model")
        return SKIPPED
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
