#!/usr/bin/env python3
"""Makes ONNX models that lie, do not end, or ask for more than there is.

usage: make_hostile_onnx.py     writes into hostile/ here
needs: pip install onnx numpy
"""
import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

FOLDER = pathlib.Path(__file__).resolve().parent / "hostile"
node = helper.make_node


def floats(name, *shape):
    return numpy_helper.from_array(np.ones(shape, np.float32), name)


def integers(name, values):
    return numpy_helper.from_array(np.array(values, np.int64), name)


def lying(name, dims, kind=TensorProto.FLOAT, raw=b""):
    return TensorProto(name=name, data_type=kind, dims=dims, raw_data=raw)


def external(location, **more):
    t = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[4],
                    data_location=TensorProto.EXTERNAL)
    for key, value in {"location": location, **more}.items():
        t.external_data.add(key=key, value=value)
    return t


def value(name, shape, kind=TensorProto.FLOAT):
    return helper.make_tensor_value_info(name, kind, shape)


def model(nodes, initializers=(), x=("N", 4), outputs=("y",), functions=(), inputs=None):
    graph = helper.make_graph(nodes, "g", inputs or [value("x", x)],
                              [value(name, None) for name in outputs], list(initializers))
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("own", 1)]
    return helper.make_model(graph, opset_imports=opsets, functions=list(functions))


def function(name, nodes):
    return helper.make_function("own", name, ["a"], ["b"], nodes,
                                [helper.make_opsetid("", 18), helper.make_opsetid("own", 1)])


def doubling(count):
    """Every node has twice the elements of the one before."""
    names = ["x"] + [f"h{i}" for i in range(count - 1)] + ["y"]
    return [node("Concat", [names[i], names[i]], [names[i + 1]], axis=1) for i in range(count)]


def models():
    add = node("Add", ["x", "w"], ["y"])
    huge = 2**62
    yield "cycle", model([node("Add", ["x", "b"], ["a"]), node("Relu", ["a"], ["b"]),
                          node("Add", ["a", "b"], ["y"])])
    yield "missing_value", model([add])
    yield "value_twice", model([node("Relu", ["x"], ["y"]), node("Tanh", ["x"], ["y"])])
    yield "initializer_twice", model([add], [floats("w", 4), floats("w", 4)])
    yield "output_twice", model([node("Relu", ["x"], ["y"])], outputs=("y", "y"))
    yield "attribute_twice", model([onnx.NodeProto(
        op_type="Elu", input=["x"], output=["y"],
        attribute=[helper.make_attribute("alpha", 1.0)] * 2)])
    yield "too_few_bytes", model([add], [lying("w", [4], raw=b"1234")])
    yield "gigantic_initializer", model([add], [lying("w", [2**27])])
    yield "overflowing_extents", model([add], [lying("w", [huge, huge, huge])])
    yield "overflowing_empty", model([add], [lying("w", [huge, huge, 0])])
    yield "negative_extent", model([add], [lying("w", [-4])])
    yield "many_axes", model([add], [lying("w", [1] * 1000)])
    yield "gigantic_input", model([node("Relu", ["x"], ["y"])], x=(1, huge))
    yield "unknown_type", model([add], [lying("w", [4], kind=77)])
    yield "outside", model([add], [external("../secret")])
    yield "absolute", model([add], [external("/etc/passwd")])
    yield "negative_offset", model([add], [external("cycle.onnx", offset="-4")])
    yield "past_the_end", model([add], [external("cycle.onnx", offset="1000000")])
    yield "itself", model([node("f", ["x"], ["y"], domain="own")],
                          functions=[function("f", [node("f", ["a"], ["b"], domain="own")])])
    # Each function calls the next one twice: 2^30 nodes.
    chain = [function(f"f{i}", [node(f"f{i + 1}", ["a"], ["c"], domain="own"),
                                node(f"f{i + 1}", ["c"], ["b"], domain="own")]) for i in range(30)]
    yield "calls_without_end", model([node("f0", ["x"], ["y"], domain="own")],
                                     functions=chain + [function("f30", [node("Relu", ["a"], ["b"])])])
    yield "doubling", model(doubling(60))
    # The values are small each, and too much together.
    yield "many_values", model([node("Expand", ["x", "s"], [f"e{i}"]) for i in range(40)] +
                               [node("Sum", [f"e{i}" for i in range(40)], ["y"])],
                               [integers("s", [1, 2**22, 4])])
    yield "constant_of_shape", model([node("ConstantOfShape", ["s"], ["w"]), add],
                                     [integers("s", [2**20, 2**20])])
    yield "tile", model([node("Tile", ["x", "s"], ["y"])], [integers("s", [1, 2**40])])
    yield "range", model([node("Range", ["a", "b", "c"], ["w"]), add],
                         [integers("a", 0), integers("b", huge), integers("c", 1)])
    yield "long_product", model(
        [node("ConstantOfShape", ["s"], ["a"]), node("MatMul", ["a", "a"], ["b"]),
         node("ReduceSum", ["b"], ["w"]), add], [integers("s", [8000, 8000])])
    yield "shape_of_gemm", model([node("Gemm", ["x", "w", "c"], ["y"])],
                                 [floats("w", 4, 2), floats("c", 1, 1, 2)])
    yield "text_as_number", model([add], [helper.make_tensor("w", TensorProto.STRING, [4], [b"1"] * 4)])
    yield "output_not_computed", model([node("Relu", ["x"], ["h", "w"]), node("Add", ["h", "w"], ["y"])])
    yield "text_in_a_name", model([node("Sub", ["a\"); } int evil; //\n", "a\\"], ["y"])], inputs=[
        value("a\"); } int evil; //\n", ("N", 4)), value("a\\", ("N", 4))])


def main():
    FOLDER.mkdir(exist_ok=True)
    for name, m in models():
        (FOLDER / f"{name}.onnx").write_bytes(m.SerializeToString())


if __name__ == "__main__":
    main()
