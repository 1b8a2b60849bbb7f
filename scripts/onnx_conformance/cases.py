"""Tests of ONNX as networks: which inputs are a row, which are constants, what the outputs are."""
import dataclasses
import pathlib
import re
import subprocess

from . import messages

INTEGERS = {"int32", "int64", "bool"}


@dataclasses.dataclass
class Case:
    """A test with some of its inputs bound."""
    test: str
    operator: str
    folder: pathlib.Path
    named: dict        # tensors of a row by name
    constants: dict    # tensors by name
    outputs: list      # tensors
    number: int = 0
    reason: str = ""   # why the importer refuses it

    @property
    def name(self):
        return f"t{self.number}"

    @property
    def inputs(self):
        return list(self.named.values())


def reason_of(text):
    """The first reason of a refusal, without the name of the node."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    at = next((i for i, line in enumerate(lines) if "cannot be imported" in line), -1)
    line = lines[at + 1] if at >= 0 and at + 1 < len(lines) else (lines or ["no message"])[0]
    line = re.sub(r"^(node|input|output) '[^']*'( \([^)]*\))?: ", "", line)
    line = re.sub(r"^tapeless-gen: (\S+/)?", "", line)
    return re.sub(r"; bind it, if.*", "", line)


def tests_of(folder, pattern):
    return sorted(f for f in folder.iterdir()
                  if (f / "model.onnx").is_file() and re.search(pattern, f.name))


def operator_of(folder, model):
    """The operator that a test is for: that of its node, or of the test that it spells out."""
    plain = folder.with_name(re.sub(r"_expanded(_ver\d+)?$", "", folder.name))
    if plain != folder and (plain / "model.onnx").is_file():
        model = messages.read_model(plain / "model.onnx")
    return model.operators[0] if len(model.operators) == 1 else "several"


def fits(dims, declared):
    """Whether a shape is the declared one; extents that have no number fit all."""
    return declared is None or (len(dims) == len(declared) and
                                all(e in (None, d) for d, e in zip(dims, declared)))


def cases_of(folder):
    """The forms of a test: all inputs in the row; integers bound; all but the first bound."""
    model = messages.read_model(folder / "model.onnx")
    data = folder / "test_data_set_0"

    def read(kind, names):
        return [messages.read_tensor(data / f"{kind}_{i}.pb") for i in range(len(names))]

    inputs, outputs = read("input", model.inputs), read("output", model.outputs)
    operator = operator_of(folder, model)
    if any(t is None for t in inputs + outputs):
        return [Case(folder.name, operator, folder, {}, {}, [],
                     reason="a value is no tensor of numbers")]
    if any(t.type == "uint16" and kind == "bfloat16" for t, kind in zip(inputs, model.types)):
        return [Case(folder.name, operator, folder, {}, {}, [],
                     reason="the test's inputs have another type than its model declares")]
    if any(not fits(t.dims, dims) for t, dims in zip(inputs, model.dims)):
        return [Case(folder.name, operator, folder, {}, {}, [],
                     reason="the test's inputs have other shapes than its model declares")]
    named = list(zip(model.inputs, inputs))
    forms = []
    for bound in [lambda i, t: False, lambda i, t: t.type in INTEGERS and len(inputs) > 1 and i > 0,
                  lambda i, t: i > 0]:
        constants = {name: t for i, (name, t) in enumerate(named) if bound(i, t)}
        if all(constants.keys() != f.constants.keys() for f in forms):
            row = {name: t for name, t in named if name not in constants}
            forms.append(Case(folder.name, operator, folder, row, constants, outputs))
    return forms


def import_case(case, program, work):
    """Makes the header of a case; notes the reason if it is refused."""
    if case.reason:
        return case
    command = [program, "import", case.folder / "model.onnx", "-o", work / f"{case.name}.hpp",
               "--name", "net", "--namespace", case.name, "--weights", "header"]
    for i, (name, tensor) in enumerate(case.constants.items()):
        file = work / f"{case.name}_{i}.npy"
        tensor.write_npy(file)
        command += ["--constant", f"{name}={file}"]
    run = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=60)
    if run.returncode > 1 or run.returncode < 0:
        case.reason = f"CRASH {run.returncode}"
    elif run.returncode != 0:
        case.reason = reason_of(run.stderr)
    else:  # an input that no node reads is none of the network's
        header = (work / f"{case.name}.hpp").read_text()
        kept = set(re.findall(r"^//   input +(\S+) \[", header, re.M))
        case.named = {name: t for name, t in case.named.items() if name in kept}
    return case
