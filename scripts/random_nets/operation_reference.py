"""What each operation gives for one sample, by PyTorch.

The formulas are written here independently of the library. Operations of shapes, scans, sequences
and space have files of their own: the *_reference.py beside this one.
"""
import math

import torch

from random_nets import scan_reference, sequence_reference, shape_reference, space_reference

F = torch.nn.functional


def gelu_tanh(x):
    return 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3)))


def without_gradient(f):
    """Steps have no derivative: what lies behind them alone is not trained, so that weight decay does
    not reach it. PyTorch calls the gradient zeros there, and decays."""
    return lambda x: f(x.detach())


def softplus(x):
    return torch.logaddexp(x, torch.zeros_like(x))


UNARY = {
    "selu": lambda x: 1.0507009873554804934 * torch.where(
        x > 0, x, 1.6732632423543772848 * torch.expm1(torch.clamp(x, max=0))),
    "sigmoid": torch.sigmoid, "tanh": torch.tanh, "silu": lambda x: x * torch.sigmoid(x),
    "gelu": lambda x: 0.5 * x * (1 + torch.erf(x / math.sqrt(2))), "gelu_tanh": gelu_tanh,
    "softplus": softplus, "softsign": lambda x: x / (1 + x.abs()),
    "mish": lambda x: x * torch.tanh(softplus(x)), "exp": torch.exp, "expm1": torch.expm1,
    "erf": torch.erf, "square": lambda x: x * x, "neg": torch.neg, "log": torch.log,
    "log1p": torch.log1p, "sqrt": torch.sqrt, "relu": torch.relu,
    "hard_sigmoid": lambda x: torch.clamp(x / 6 + 0.5, 0, 1),
    "hard_tanh": lambda x: torch.clamp(x, -1, 1), "abs": torch.abs,
    "tanh_fast": torch.tanh, "sigmoid_fast": torch.sigmoid, "exp_fast": torch.exp,
    "sin": torch.sin, "cos": torch.cos, "tan": torch.tan, "asin": torch.asin, "acos": torch.acos,
    "atan": torch.atan, "sinh": torch.sinh, "cosh": torch.cosh, "asinh": torch.asinh,
    "acosh": torch.acosh, "atanh": torch.atanh, "hard_swish": F.hardswish, "floor": without_gradient(torch.floor),
    "ceil": without_gradient(torch.ceil), "round": without_gradient(torch.round),
    "trunc": without_gradient(torch.trunc), "sign": without_gradient(torch.sign),
    "is_nan": torch.isnan, "is_infinite": torch.isinf, "logical_not": torch.logical_not,
    "detach": lambda x: x.detach(), "flatten": lambda x: x.reshape(-1),
    "transpose": lambda x: x.transpose(-1, -2), "softmax": lambda x: torch.softmax(x, -1),
    "log_softmax": lambda x: torch.log_softmax(x, -1),
    "log_sum_exp": lambda x: torch.logsumexp(x, -1, keepdim=True),
}
BINARY = {
    "add": torch.add, "sub": torch.sub, "mul": torch.mul, "div": torch.div,
    "divide_fast": torch.div, "min": torch.minimum, "max": torch.maximum,
    "gt": torch.gt, "ge": torch.ge, "lt": torch.lt, "le": torch.le, "eq": torch.eq,
    "ne": torch.ne, "logical_and": torch.logical_and, "logical_or": torch.logical_or,
    "logical_xor": torch.logical_xor, "atan2": torch.atan2, "fmod": torch.fmod,
    "floor_mod": torch.remainder, "power": torch.pow,
    "prelu": lambda x, s: torch.where(x > 0, x, s * x), "matmul": torch.matmul,
    "dot": torch.dot, "outer": torch.outer,
}


def evaluate(op, v, attr):
    """An operation on tensors of one sample."""
    if op in shape_reference.FORMULAS:
        return shape_reference.FORMULAS[op](v, attr).to(torch.float64)
    if op in scan_reference.FORMULAS:
        return scan_reference.FORMULAS[op](v, attr)
    if op in sequence_reference.FORMULAS:
        return sequence_reference.FORMULAS[op](v, attr)
    if op in space_reference.FORMULAS:
        return space_reference.FORMULAS[op](v, attr)
    if op in UNARY:
        return UNARY[op](v[0]).to(torch.float64)
    if op in BINARY:
        return BINARY[op](*v).to(torch.float64)
    if op == "leaky_relu":
        return torch.where(v[0] > 0, v[0], attr[0] * v[0])
    if op == "elu":
        return torch.where(v[0] > 0, v[0], attr[0] * torch.expm1(torch.clamp(v[0], max=0)))
    if op == "pow":
        return torch.pow(v[0], attr[0])
    if op == "celu":
        bent = attr[0] * torch.expm1(torch.clamp(v[0], max=0) / attr[0])
        return torch.where(v[0] > 0, v[0], bent)
    if op == "thresholded_relu":
        return torch.where(v[0] > attr[0], v[0], 0.0)
    if op == "clamp":
        return torch.clamp(v[0], -attr[0], 2 * attr[0])
    if op == "select":
        return torch.where(v[0] != 0, v[1], v[2])
    if op == "constant":
        return torch.full(attr[0], attr[1])
    if op == "iota":
        return torch.arange(attr[0][-1], dtype=torch.float64).expand(attr[0])
    if op in ("sum", "mean", "maximum"):
        axis, keep = attr
        if op == "maximum":
            return torch.amax(v[0], tuple(range(v[0].dim())) if axis is None else axis, keep)
        f = torch.sum if op == "sum" else torch.mean
        return f(v[0]) if axis is None else f(v[0], axis, keep)
    if op == "reshape":
        return v[0].reshape(attr[0])
    if op == "permute":
        return v[0].permute(attr[0])
    if op == "expand":
        return v[0].expand(attr[0])
    if op == "slice":
        return v[0].narrow(*attr)
    if op == "concat":
        return torch.cat(v, attr[0])
    if op == "einsum":
        return torch.einsum(f"{attr[0]},{attr[1]}->{attr[2]}", *v)
    if op == "dense":
        return v[1] @ v[0] + (v[2] if len(v) > 2 else 0)
    if op == "gradient":
        if not v[0].requires_grad or not v[1].requires_grad:
            return torch.zeros_like(v[1])
        g = torch.autograd.grad(v[0], v[1], create_graph=True, allow_unused=True)[0]
        return torch.zeros_like(v[1]) if g is None else g
    raise KeyError(op)
