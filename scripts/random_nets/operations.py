"""The vocabulary of random declarations: for each operation its shape rule and its C++ text.

An operation of a declaration is a name, operands and an attribute tuple. `infer` gives the shape of
the result or raises `Misfit`; `text` gives the C++ expression. What the operation computes is said
once more in operation_reference.py, in torch, independently of the library.
"""

from random_nets import scanning, sequences, shaping, space
from random_nets.misfit import MOST_AXES, Misfit, require  # noqa: F401


def count(dims):
    n = 1
    for d in dims:
        n *= d
    return n


def broadcast(*shapes):
    rank = max(len(s) for s in shapes)
    out = []
    for i in range(rank):
        extents = {s[len(s) - rank + i] for s in shapes if len(s) - rank + i >= 0} - {1}
        require(len(extents) <= 1)
        out.append(extents.pop() if extents else 1)
    return tuple(out)


# Operations of one operand that keep its shape.
SMOOTH = ["selu", "sigmoid", "tanh", "silu", "gelu", "gelu_tanh", "softplus", "softsign", "mish",
          "exp", "expm1", "erf", "square", "neg", "log", "log1p", "sqrt", "sin", "cos", "atan",
          "asinh"]
# Smooth on a part of the numbers: each with what brings a number there.
OF_BOUNDED = ["tan", "asin", "acos", "atanh", "sinh", "cosh", "acosh"]
KINKED = ["relu", "hard_sigmoid", "hard_tanh", "abs", "hard_swish"]
STEPS = ["floor", "ceil", "round", "trunc", "sign", "is_nan", "is_infinite", "logical_not"]
APPROXIMATE = {"tanh_fast": 2e-4, "sigmoid_fast": 2e-4, "exp_fast": 2e-5}
UNARY = SMOOTH + OF_BOUNDED + KINKED + STEPS + list(APPROXIMATE)
WITH_NUMBER = {"leaky_relu": "tl::apply<tl::leaky_relu<{}>>({})",
               "elu": "tl::apply<tl::elu<{}>>({})", "pow": "tl::math::pow({1}, {0})",
               "celu": "tl::apply<tl::celu<{}>>({})",
               "thresholded_relu": "tl::apply<tl::thresholded_relu<{}>>({})",
               "clamp": "tl::math::clamp({1}, -{0}, 2 * {0})"}
LAYER_OPERATIONS = [n for n in SMOOTH + KINKED + list(APPROXIMATE)
                    if n not in ("neg", "log", "log1p", "sqrt", "exp")]

INFIX = {"add": "+", "sub": "-", "mul": "*", "div": "/"}
COMPARISONS = {"gt": ">", "ge": ">=", "lt": "<", "le": "<=", "eq": "==", "ne": "!="}
LOGICAL = {"logical_and": "&&", "logical_or": "||", "logical_xor": None}
PAIRS = ["atan2", "fmod", "floor_mod", "power", "prelu"]
BINARY = list(INFIX) + ["divide_fast", "min", "max"] + list(COMPARISONS) + list(LOGICAL) + PAIRS
REDUCTIONS = ["sum", "mean", "maximum"]
OVER_LAST = ["softmax", "log_softmax"]
VIEWS = ["reshape", "flatten", "transpose", "permute", "expand", "slice", "detach"]
LEAVES = ["input", "parameter", "constant", "iota", "uniform"]
MATRIX_LABELS = {1: "k", 2: "mk", 3: "amk", 4: "bamk"}


def matmul_dims(a, b):
    require(a and b)
    rows, columns = a[-2:-1], b[-1:] if len(b) > 1 else ()
    require(a[-1] == (b[-2] if len(b) > 1 else b[0]))
    return broadcast(a[:-2], b[:-2]) + rows + columns


def einsum_dims(a, b, left, right, out):
    require(len(a) == len(left) and len(b) == len(right) and len(set(out)) == len(out))
    extent = {}
    for label, n in list(zip(left, a)) + list(zip(right, b)):
        require(extent.get(label, 1) in (1, n) or n == 1)
        extent[label] = max(extent.get(label, 1), n)
    require(set(out) <= set(extent) and len(extent) <= 5)
    for labels, dims in ((left, a), (right, b)):  # a label repeated in an operand has one extent
        require(len(set(zip(labels, dims))) == len(set(labels)))
    return tuple(extent[c] for c in out)


def infer(op, args, attr):
    """Shape of the result for operands of the shapes `args`."""
    if op in shaping.RULES:
        return shaping.RULES[op][0](args, attr)
    if op in space.RULES:
        return space.RULES[op][0](args, attr)
    if op in scanning.RULES:
        return scanning.RULES[op][0](args, attr)
    if op in sequences.RULES:
        return sequences.RULES[op][0](args, attr)
    if op in LEAVES:
        require(op != "iota" or len(attr[0]) > 0)
        return attr[0]
    if op in UNARY or op in WITH_NUMBER or op == "detach":
        return args[0]
    if op in BINARY or op == "select":
        return broadcast(*args)
    if op in OVER_LAST:
        require(len(args[0]) > 0)
        return args[0]
    if op == "log_sum_exp":
        require(len(args[0]) > 0)
        return args[0][:-1] + (1,)
    if op in REDUCTIONS:
        axis, keep = attr
        if axis is None:
            return ()
        require(0 <= axis < len(args[0]))
        return args[0][:axis] + ((1,) if keep else ()) + args[0][axis + 1:]
    if op == "reshape":
        require(count(attr[0]) == count(args[0]))
        return attr[0]
    if op == "flatten":
        return (count(args[0]),)
    if op == "transpose":
        require(len(args[0]) >= 2)
        return args[0][:-2] + (args[0][-1], args[0][-2])
    if op == "permute":
        require(sorted(attr[0]) == list(range(len(args[0]))))
        return tuple(args[0][i] for i in attr[0])
    if op == "expand":
        require(broadcast(args[0], attr[0]) == attr[0])
        return attr[0]
    if op == "slice":
        axis, begin, size = attr
        require(axis < len(args[0]) and begin >= 0 and size > 0 and begin + size <= args[0][axis])
        return args[0][:axis] + (size,) + args[0][axis + 1:]
    if op == "concat":
        a, b = args
        axis = attr[0]
        require(axis < len(a) and len(a) == len(b))
        require(a[:axis] + a[axis + 1:] == b[:axis] + b[axis + 1:])
        return a[:axis] + (a[axis] + b[axis],) + a[axis + 1:]
    if op == "matmul":
        return matmul_dims(*args)
    if op in ("dot", "outer"):
        require(len(args[0]) == len(args[1]) == 1)
        require(op == "outer" or args[0] == args[1])
        return () if op == "dot" else args[0] + args[1]
    if op == "einsum":
        return einsum_dims(*args, *attr)
    if op == "gradient":
        require(args[0] == ())
        return args[1]
    if op == "dense":
        require(len(args[0]) == 1 and args[1] == (attr[1],) + args[0])
        require(len(args) < 3 or args[2] == (attr[1],))
        return (attr[1],)
    raise KeyError(op)


def number_text(x):
    return repr(float(x)) if x != int(x) else f"{int(x)}.0"


def dims_text(dims):
    return "tl::shape{" + ", ".join(map(str, dims)) + "}"


def text(op, args, attr):
    """The C++ expression of an operation; `args` are the names of its operands."""
    call = f"tl::math::{op}(" + ", ".join(args)
    if op in shaping.RULES:
        return shaping.RULES[op][1](args, attr)
    if op in space.RULES:
        return space.RULES[op][1](args, attr)
    if op in scanning.RULES:
        return scanning.RULES[op][1](args, attr)
    if op in sequences.RULES:
        return sequences.RULES[op][1](args, attr)
    if op == "power":
        return f"tl::math::pow({args[0]}, {args[1]})"
    if LOGICAL.get(op):
        return f"{args[0]} {LOGICAL[op]} {args[1]}"
    if op == "input":
        return f'g.input("{attr[1]}", {dims_text(attr[0])})'
    if op == "parameter":
        more = ", {}, true" if attr[3] else ""
        return f'g.parameter("{attr[1]}", {dims_text(attr[0])}{more})'
    if op == "constant":
        return f"g.constant({number_text(attr[1])}, {dims_text(attr[0])})"
    if op in ("iota", "uniform"):
        return f"tl::math::{op}(g, {dims_text(attr[0])})"
    if op == "neg":
        return f"-{args[0]}"
    if op in WITH_NUMBER:
        return WITH_NUMBER[op].format(number_text(attr[0]), args[0])
    if op in INFIX or op in COMPARISONS:
        return f"{args[0]} {(INFIX | COMPARISONS)[op]} {args[1]}"
    if op in REDUCTIONS:
        axis, keep = attr
        return call + ("" if axis is None else f", {axis}, true" if keep else f", {axis}") + ")"
    if op in ("reshape", "permute", "expand"):
        return call + f", {dims_text(attr[0])})"
    if op in ("slice", "concat"):
        return call + "".join(f", {a}" for a in attr) + ")"
    if op == "einsum":
        return f'tl::einsum({args[0]}, "{attr[0]}", {args[1]}, "{attr[1]}", "{attr[2]}")'
    if op == "gradient":
        return f"tl::gradient({args[0]}, {args[1]})"
    if op == "dense":
        return f'g.dense("{attr[0]}", {args[0]}, {attr[1]}{"" if len(args) > 2 else ", false"})'
    return call + ")"
