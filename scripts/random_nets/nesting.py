"""Loops inside loops in random declarations.

A nest has operands (sequence {steps, inner steps, n}, start {n}, weight {n}, matrix {n, n}, a sequence
{rows, n} from outside of both loops); its attribute is (loops, sequence, start, body, next, yield, orders,
windows, result), names of the tables below.
"""
from random_nets.misfit import require

# Kinds of the outer and the inner loop.
LOOPS = {"scans": ("scan", "scan"), "of_map": ("map", "scan"), "with_map": ("scan", "map"),
         "maps": ("map", "map")}
# What the inner loop walks: the step's own rows, rows that need what is carried, rows from outside.
SEQUENCES = {"own": "x", "scaled": "x * w", "carried": "x + 0.5 * h", "outside": "ys",
             "outside_scaled": "ys * h"}
STARTS = {"carried": "h", "weight": "w", "number": "0.0 * tl::math::detach(w) + 0.25", "product": "h * w"}
# e: a row of the inner sequence; s: carried by the inner loop; h: by the outer one.
BODIES = {"sum": "tl::math::tanh(0.5 * s + e)", "weighted": "tl::math::tanh(w * e + 0.5 * s) + 0.1 * h",
          "matrix": "tl::math::tanh(tl::math::matmul(u, s) + e * h)",
          "hoisted": "tl::math::tanh(0.5 * s + tl::math::matmul(u, e))",
          "to_outer": "0.6 * s + tl::math::sin(tl::math::matmul(u, h)) * e",
          "forgets": "tl::math::sin(w * e)", "constant": "w * h",
          "mean": "tl::math::tanh(s - tl::math::mean(e * h))"}
# r: what the inner loop leaves; all: what it yielded.
NEXTS = {"last": "tl::math::tanh(r)", "mean": "0.5 * h + tl::math::mean(all, 0)",
         "both": "tl::math::tanh(r + all[0] * h)", "little": "0.9 * h + 0.1 * r"}
YIELDS = {"last": "r + h", "sum": "tl::math::sum(all, 0) * 0.25", "rows": "all", "maximum": "tl::math::maximum(all, 0)"}
ORDERS = ["forward", "backward"]
WINDOWS = [0, 0, 0, 2, 3]
RESULTS = ["all", "last"]


def infer(args, attr):
    loops, sequence, _, _, _, yields, _, _, result = attr
    xs, h, w, u, ys = args
    require(len(xs) == 3 and xs[2] <= 17)
    n = xs[2]
    require(h == (n,) and w == (n,) and u == (n, n) and len(ys) == 2 and ys[1] == n)
    require(result == "all" or LOOPS[loops][0] == "scan")
    rows = ys[0] if sequence.startswith("outside") else xs[1]
    if result == "last":
        return (n,)
    return (xs[0], rows, n) if yields == "rows" else (xs[0], n)


def text(args, attr):
    loops, sequence, start, body, nexts, yields, orders, windows, result = attr
    outer, inner = LOOPS[loops]
    options = [f"tl::scan_options{{.order = tl::scan_order::{o}, .window = {w}}}"
               for o, w in zip(orders, windows)]
    lines = [f"const tl::value w = {args[2]}, u = {args[3]}, ys = {args[4]}, h0 = {args[1]};",
             "(void)w; (void)u; (void)ys; (void)h0;"]
    if inner == "scan":
        nest = (f"const auto q = tl::scan({SEQUENCES[sequence]}, {STARTS[start]}, "
                f"[&]([[maybe_unused]] tl::value e, [[maybe_unused]] tl::value s) {{ return {BODIES[body]}; }}, "
                f"{options[1]}); const tl::value r = q.last, all = q.all;")
    else:
        nest = (f"const tl::value all = tl::map({SEQUENCES[sequence]}, [&]([[maybe_unused]] tl::value e) {{ "
                f"const tl::value s = h * e; (void)s; return {BODIES[body]}; }}); const tl::value r = all[0];")
    nest += " (void)r; (void)all;"
    if outer == "map":
        lines.append(f"return tl::map({args[0]}, [&](tl::value x) {{ const tl::value h = h0 * w; (void)x; {nest} "
                     f"return {YIELDS[yields]}; }});")
    else:
        lines.append(f"return tl::scan({args[0]}, tl::values{{h0}}, [&](tl::value x, tl::values<1> c) {{ "
                     f"const tl::value h = c[0]; (void)x; {nest} return tl::stepped{{tl::values{{{NEXTS[nexts]}}}, "
                     f"tl::values{{{YIELDS[yields]}}}}}; }}, {options[0]}).{result}[0];")
    return f"[&] {{ {' '.join(lines)} }}()"


RULES = {"nest": (infer, text)}
