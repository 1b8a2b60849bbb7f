"""Scans in random declarations: bodies over one step of a sequence and one or two carried values.

A scan has operands (sequence, start, second start, weight, matrix), of which a body uses those that its
rule names; its attribute is (body, yield, order, recompute, result). A map has operands (sequence, weight) and
(name of its body, whether a gradient recomputes).
"""
from random_nets import nesting
from random_nets.misfit import require

# Operands behind the sequence, and what the next carried values are, in C++; reference in
# shape_reference's manner is scan_reference.py. x: the step; h, c: carried; w: like x; u: a matrix.
BODIES = {
    "sum": ("h", "tl::math::tanh(x + h)", None),
    "product": ("h", "tl::math::sigmoid(x * h) - 0.5 * h", None),
    "weighted": ("hw", "tl::math::tanh(x) * w + 0.5 * h", None),
    "matrix": ("hu", "tl::math::tanh(tl::math::matmul(u, h) + x)", None),
    "pair": ("hcw", "tl::math::tanh(n) * w", "tl::math::sigmoid(h) * c + x"),
    "forgets": ("hw", "x * w", None),
    "mean": ("hw", "tl::math::tanh(h + tl::math::mean(x * w))", None),
    "swap": ("hc", "tl::math::tanh(c - x)", "h"),
    "constant": ("hw", "w", None),
    "nested": ("h", "tl::scan(x, h, [&](tl::value e, tl::value k) { "
                    "return tl::math::tanh(0.5 * k + e); }).last", None),
    "kept": ("hcu", "h", "tl::math::sin(tl::math::matmul(u, c) + h * x)"),
    "joined": ("hu", "tl::math::tanh(tl::math::matmul(u, tl::math::slice(tl::math::concat(h, x), 0, 1, m)))", None),
}
YIELDS = {"carried": "h1", "before": "h * x", "sum": "tl::math::sum(h1) * x", "outside": "0.5 * h0",
          "both": "h1 - tl::math::square(h)", "input": "tl::math::softplus(x)"}
RESULTS = ["all", "last", "joined", "second"]
RECOMPUTE = [0, 0, 1, 2, 2, 3, 4, 7]
MAPS = {"weighted": "tl::math::tanh(x * w) + w", "own": "x * tl::math::sum(tl::math::sigmoid(x))",
        "outside": "tl::math::square(w)"}


def shapes_of(body, element):
    """Shapes of the operands behind the sequence."""
    return [{"h": element, "c": element, "w": element, "u": element + element}[k]
            for k in BODIES[body][0]]


def infer(args, attr):
    body, _, _, _, result = attr
    require(len(args[0]) > 0)
    element = args[0][1:]
    operands = BODIES[body][0]
    require("u" not in operands or len(element) == 1)
    require(body != "nested" or (len(element) > 0 and element[0] <= 64))
    require(list(args[1:]) == shapes_of(body, element))
    require(result != "second" or "c" in operands)
    if result == "joined":
        return (args[0][0] + 1,) + tuple(element)
    return args[0] if result == "all" else element


def text(args, attr):
    body, yields, order, recompute, result = attr
    operands, next_h, next_c = BODIES[body]
    name = dict(zip(operands, args[1:]))
    two = "c" in operands
    lines = ["const tl::value h = s[0];", f"const tl::value h0 = {name['h']};"]
    for k in "wu":
        if k in name:
            lines.append(f"const tl::value {k} = {name[k]};")
    if two:
        lines += ["const tl::value c = s[1];", f"const tl::value n = {next_c};"]
    lines.append("[[maybe_unused]] const int m = h.dims().rank > 0 ? h.dims()[0] : 1;")
    lines.append(f"const tl::value h1 = {next_h};")
    carry = "h1, n" if two else "h1"
    lines.append("(void)h0;")
    lines.append(f"return tl::stepped{{tl::values{{{carry}}}, tl::values{{{YIELDS[yields]}}}}};")
    starts = f"{name['h']}, {name['c']}" if two else name["h"]
    member = {"all": ".all[0]", "last": ".last[0]", "second": ".last[1]", "joined": ""}[result]
    scan = (f"tl::scan({args[0]}, tl::values{{{starts}}}, "
            f"[&](tl::value x, tl::values<{2 if two else 1}> s) {{ {' '.join(lines)} }}, "
            f"tl::scan_options{{.order = tl::scan_order::{order}, .recompute = {recompute}}}){member}")
    if result == "joined":
        return (f"[&] {{ const auto r = {scan}; "
                "return tl::math::concat(tl::math::unsqueeze(r.last[0], 0), r.all[0], 0); }()")
    return scan


def infer_map(args, attr):
    require(len(args[0]) > 0 and args[1] == args[0][1:])
    return args[0]


def map_text(args, attr):
    return (f"tl::map({args[0]}, [&]([[maybe_unused]] tl::value x) {{ "
            f"[[maybe_unused]] const tl::value w = {args[1]}; return {MAPS[attr[0]]}; }}, "
            f"tl::map_options{{.recompute = {str(attr[1]).lower()}}})")


RULES = {"scan": (infer, text), "map": (infer_map, map_text), **nesting.RULES}
