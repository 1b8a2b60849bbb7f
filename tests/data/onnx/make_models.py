#!/usr/bin/env python3
"""Makes the small .onnx files of this folder, and references.json with outputs of onnxruntime.

usage: make_models.py  (needs onnx, onnxruntime and numpy; writes into its own folder)
"""
import json
import pathlib

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

HERE = pathlib.Path(__file__).resolve().parent
random = np.random.default_rng(7)


def array(*shape):
    """Multiples of 1/64, exact in every float type and short in hexadecimal."""
    return (random.integers(-64, 65, shape) / 64).astype(np.float32)


def value(name, *dims):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, dims)


def save(name, nodes, inputs, outputs, initializers=(), opset=17, functions=(), domains=()):
    graph = helper.make_graph(
        nodes, name, inputs, outputs,
        [numpy_helper.from_array(array, key) for key, array in dict(initializers).items()])
    imports = [helper.make_opsetid("", opset), *(helper.make_opsetid(d, 1) for d in domains)]
    model = helper.make_model(graph, opset_imports=imports, functions=functions,
                              producer_name="make_models", ir_version=8)
    onnx.save(model, HERE / f"{name}.onnx")
    return model


def dense(index, x, inputs, outputs, weights, prefix):
    weights[f"{prefix}.weight"] = array(outputs, inputs)
    weights[f"{prefix}.bias"] = array(outputs)
    return helper.make_node("Gemm", [x, f"{prefix}.weight", f"{prefix}.bias"], [f"y{index}"],
                            name=prefix, transB=1)


def chain():
    """Layers in a row: Gemm with activations."""
    weights = {}
    nodes = [dense(0, "x", 3, 4, weights, "fc1"), helper.make_node("Tanh", ["y0"], ["t"]),
             dense(1, "t", 4, 2, weights, "fc2"),
             helper.make_node("Softmax", ["y1"], ["p"], axis=-1)]
    save("chain", nodes, [value("x", "batch", 3)], [value("p", "batch", 2)], weights)


def blocks():
    """Three equal residual blocks: MatMul and Add, SiLU written out."""
    weights, nodes, x = {}, [], "x"
    for i in range(3):
        weights[f"layers.{i}.weight"] = array(4, 4)
        weights[f"layers.{i}.bias"] = array(4)
        nodes += [helper.make_node("MatMul", [x, f"layers.{i}.weight"], [f"m{i}"]),
                  helper.make_node("Add", [f"m{i}", f"layers.{i}.bias"], [f"a{i}"]),
                  helper.make_node("Sigmoid", [f"a{i}"], [f"s{i}"]),
                  helper.make_node("Mul", [f"a{i}", f"s{i}"], [f"g{i}"]),
                  helper.make_node("Add", [x, f"g{i}"], [f"r{i}"])]
        x = f"r{i}"
    save("blocks", nodes, [value("x", "batch", 4)], [value("r2", "batch", 4)], weights)


def shapes():
    """What exporters write for x.view(x.size(0), -1): a chain of constants."""
    nodes = [helper.make_node("Shape", ["x"], ["s"]),
             helper.make_node("Gather", ["s", "zero"], ["n"], axis=0),
             helper.make_node("Unsqueeze", ["n", "axes"], ["n1"]),
             helper.make_node("Concat", ["n1", "rest"], ["shape"], axis=0),
             helper.make_node("Reshape", ["x", "shape"], ["flat"]),
             helper.make_node("ReduceMean", ["flat"], ["mean"], axes=[1], keepdims=1),
             helper.make_node("Sub", ["flat", "mean"], ["y"])]
    constants = {"zero": np.array(0), "axes": np.array([0]), "rest": np.array([-1])}
    save("shapes", nodes, [value("x", "batch", 2, 3)], [value("y", "batch", 6)], constants)


def functions():
    """A call of a model-local function with an attribute that has a value of its own."""
    body = [helper.make_node("LeakyRelu", ["a"], ["b"]),
            helper.make_node("Add", ["b", "a"], ["c"])]
    reference = body[0].attribute.add()
    reference.name, reference.ref_attr_name = "alpha", "slope"
    reference.type = onnx.AttributeProto.FLOAT
    f = helper.make_function("local", "twice", ["a"], ["c"], body,
                             [helper.make_opsetid("", 17)], ["slope"])
    nodes = [helper.make_node("twice", ["x"], ["h"], domain="local", slope=0.25),
             helper.make_node("twice", ["h"], ["y"], domain="local", slope=0.5)]
    save("functions", nodes, [value("x", 1, 3)], [value("y", 1, 3)], functions=[f],
         domains=["local"])


def rows():
    """Two inputs and two outputs."""
    nodes = [helper.make_node("Add", ["a", "b"], ["sum"]),
             helper.make_node("ReduceMax", ["sum"], ["most"], axes=[1], keepdims=0)]
    save("rows", nodes, [value("a", "batch", 3), value("b", "batch", 3)],
         [value("sum", "batch", 3), value("most", "batch")])


def external():
    """Weights in a file beside the model."""
    weights = {}
    nodes = [dense(0, "x", 3, 2, weights, "fc")]
    model = save("external", nodes, [value("x", "batch", 3)], [value("y0", "batch", 2)], weights)
    (HERE / "external.data").unlink(missing_ok=True)  # newer onnx does not overwrite the file
    onnx.save(model, HERE / "external.onnx", save_as_external_data=True,
              location="external.data", size_threshold=0)


def axes():
    """Values of six axes; a sample has at most as many in a declaration."""
    nodes = [helper.make_node("Transpose", ["x"], ["turned"], perm=[0, 4, 2, 3, 1, 5]),
             helper.make_node("Einsum", ["turned", "w"], ["z"], equation="nabcde,fe->nabcdf"),
             helper.make_node("Tanh", ["z"], ["t"]),
             helper.make_node("Unsqueeze", ["t", "front"], ["wide"]),
             helper.make_node("Mul", ["wide", "gate"], ["gated"]),
             helper.make_node("ReduceMean", ["gated"], ["mean"], axes=[1, 3, 6], keepdims=0),
             helper.make_node("Reshape", ["mean", "rows"], ["y"])]
    save("axes", nodes, [value("x", "batch", 2, 2, 1, 2, 3)], [value("y", "batch", 4)],
         {"w": array(4, 3), "gate": array(2, 1, 1, 1, 2, 1), "front": np.array([1]),
          "rows": np.array([-1, 4])})


def refused():
    """Models that an import refuses: samples that depend on one another, and operators."""
    save("mixes_samples", [helper.make_node("Softmax", ["x"], ["y"], axis=0)],
         [value("x", "batch", 3)], [value("y", "batch", 3)])
    save("no_operator",
         [helper.make_node("Conv", ["x", "w"], ["c"], name="conv1"),
          helper.make_node("NonZero", ["x"], ["n"], name="where"),
          helper.make_node("Relu", ["c"], ["y"])],
         [value("x", 1, 1, 4, 4)], [value("y", 1, 1, 2, 2), value("n", 4, None)],
         {"w": array(1, 1, 3, 3)})
    save("open_length", [helper.make_node("Relu", ["x"], ["y"])],
         [value("x", "batch", "seq", 2)], [value("y", "batch", "seq", 2)])
    save("seven_axes",
         [helper.make_node("Reshape", ["x", "s"], ["wide"]),
          helper.make_node("Relu", ["wide"], ["r"], name="relu1"),
          helper.make_node("Flatten", ["r"], ["y"])],
         [value("x", "batch", 2, 4)], [value("y", "batch", 8)],
         {"s": np.array([-1, 1, 2, 1, 2, 1, 2, 1])})
    save("computed_shape", [helper.make_node("Reshape", ["x", "s"], ["y"])],
         [value("x", 1, 4), helper.make_tensor_value_info("s", TensorProto.INT64, [2])],
         [value("y", None, None)])


def references(names):
    """Outputs of onnxruntime for two samples each, as rows."""
    all_rows = {}
    for name in names:
        session = onnxruntime.InferenceSession(HERE / f"{name}.onnx")
        rows = []
        for _ in range(2):
            inputs = {i.name: array(*(1 if isinstance(d, str) else d for d in i.shape))
                      for i in session.get_inputs()}
            outputs = session.run(None, inputs)
            rows.append({"x": np.concatenate([v.ravel() for v in inputs.values()]).tolist(),
                         "y": np.concatenate([np.ravel(v) for v in outputs]).tolist()})
        all_rows[name] = rows
    (HERE / "references.json").write_text(json.dumps(all_rows, indent=1) + "\n")


if __name__ == "__main__":
    chain()
    blocks()
    shapes()
    functions()
    rows()
    external()
    refused()
    axes()
    references(["chain", "blocks", "shapes", "functions", "rows", "external", "axes"])
