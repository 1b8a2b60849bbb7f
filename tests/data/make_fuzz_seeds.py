#!/usr/bin/env python3
"""Makes the files with which fuzzing begins: small ONNX models, tensors, archives and pickles.

usage: make_fuzz_seeds.py     writes into fuzz/ here; make_pt.py comes first
needs: pip install onnx numpy
"""
import pathlib
import zipfile

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = pathlib.Path(__file__).resolve().parent
RNG = np.random.default_rng(1)


def weights(name, *shape):
    return numpy_helper.from_array(RNG.normal(size=shape).astype(np.float32), name)


def integers(name, values):
    return numpy_helper.from_array(np.array(values, np.int64), name)


def model(nodes, initializers=(), x=("N", 4), functions=(), domains=()):
    graph = helper.make_graph(
        nodes, "g", [helper.make_tensor_value_info("x", TensorProto.FLOAT, x)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)], list(initializers))
    opsets = [helper.make_opsetid("", 18)] + [helper.make_opsetid(d, 1) for d in domains]
    return helper.make_model(graph, opset_imports=opsets, functions=list(functions))


def models():
    node = helper.make_node
    yield "gemm", model([node("Gemm", ["x", "w", "b"], ["h"], transB=1), node("Relu", ["h"], ["y"])],
                        [weights("w", 3, 4), weights("b", 3)])
    yield "matmul", model([node("MatMul", ["x", "w"], ["h"]), node("Add", ["h", "b"], ["a"]),
                           node("Sigmoid", ["a"], ["y"])], [weights("w", 4, 2), weights("b", 2)])
    yield "scalar_bias", model([node("Gemm", ["x", "w", "b"], ["y"])], [weights("w", 4, 1),
                                                                       weights("b")])
    yield "shapes", model(
        [node("Shape", ["x"], ["s"]), node("Gather", ["s", "i"], ["n"]),
         node("Reshape", ["x", "r"], ["h"]), node("Transpose", ["h"], ["t"], perm=[0, 2, 1]),
         node("Flatten", ["t"], ["y"])], [integers("i", [0]), integers("r", [0, 2, 2])])
    yield "views", model(
        [node("Slice", ["x", "b", "e", "a"], ["s"]), node("Pad", ["s", "p"], ["q"]),
         node("Tile", ["q", "t"], ["u"]), node("Expand", ["u", "w"], ["v"]),
         node("Concat", ["v", "x"], ["y"], axis=1)],
        [integers("b", [1]), integers("e", [3]), integers("a", [1]), integers("p", [0, 1, 0, 0]),
         integers("t", [1, 2]), integers("w", [1, 6])])
    yield "constants", model(
        [node("ConstantOfShape", ["n"], ["c"]), node("Range", ["f", "l", "d"], ["r"]),
         node("Cast", ["r"], ["g"], to=1), node("Mul", ["x", "g"], ["h"]),
         node("Where", ["k", "h", "c"], ["y"])],
        [integers("n", [4]), integers("f", 0), integers("l", 4), integers("d", 1),
         numpy_helper.from_array(np.array([True, False, True, False]), "k")])
    yield "reductions", model(
        [node("Softmax", ["x"], ["h"]), node("ReduceSum", ["h", "a"], ["s"], keepdims=1),
         node("Div", ["h", "s"], ["d"]), node("Max", ["d", "x"], ["m"]), node("Clip", ["m"], ["y"])],
        [integers("a", [1])])
    yield "functions", model(
        [helper.make_node("twice", ["x"], ["y"], domain="own", factor=2.0)],
        functions=[onnx.helper.make_function(
            "own", "twice", ["a"], ["b"],
            [onnx.helper.make_node("Elu", ["a"], ["c"]), onnx.helper.make_node("Add", ["c", "a"], ["b"])],
            [helper.make_opsetid("", 18)], ["factor"])], domains=["own"])
    yield "split", model([node("Split", ["x"], ["a", "b"], num_outputs=2), node("Sub", ["a", "b"], ["y"])])
    yield "convolution", model([node("Conv", ["x", "w"], ["h"], kernel_shape=[2, 2]),
                                node("MaxPool", ["h"], ["y"], kernel_shape=[2, 2])],
                               [weights("w", 2, 1, 2, 2)], x=("N", 1, 4, 4))


def main():
    for target in ("onnx", "pt", "pickle", "tensor"):
        (HERE / "fuzz" / target).mkdir(parents=True, exist_ok=True)
    for name, m in models():
        (HERE / "fuzz" / "onnx" / f"{name}.onnx").write_bytes(m.SerializeToString())
    tensors = {"floats": weights("w", 2, 3), "integers": integers("i", [1, 2]),
               "fields": helper.make_tensor("f", TensorProto.FLOAT, [3], [1.0, 2.0, 3.0]),
               "halves": numpy_helper.from_array(np.ones(2, np.float16), "h"),
               "texts": helper.make_tensor("t", TensorProto.STRING, [2], [b"a", b"bc"])}
    for name, t in tensors.items():
        (HERE / "fuzz" / "tensor" / f"{name}.pb").write_bytes(t.SerializeToString())
    for file in sorted((HERE / "pt").glob("*.pt")):
        if file.name in ("legacy.pt", "script.pt", "compressed.pt"):
            continue
        if file.name in ("weights.pt", "strided.pt", "big_endian.pt", "checkpoint.pt"):
            (HERE / "fuzz" / "pt" / file.name).write_bytes(file.read_bytes())
        with zipfile.ZipFile(file) as archive:
            pickle = next(n for n in archive.namelist() if n.endswith("data.pkl"))
            (HERE / "fuzz" / "pickle" / f"{file.stem}.pkl").write_bytes(archive.read(pickle))


if __name__ == "__main__":
    main()
