"""Operations of shapes, several axes and indices: shape rules and C++ text.

Each is (shape rule, text): the rule takes the operands' shapes and the attributes and gives a shape
or raises Misfit; the text takes the operands' names and the attributes.
"""
from random_nets.misfit import MOST_AXES, Misfit, require


def inside(dims, axis):
    """The axis counted from the front."""
    require(-len(dims) <= axis < len(dims))
    return axis % len(dims)


def with_extent(dims, axis, n):
    axis = inside(dims, axis)
    return dims[:axis] + (n,) + dims[axis + 1:]


def without(dims, axes, keep):
    axes = {inside(dims, a) for a in axes}
    return tuple(1 if i in axes else n for i, n in enumerate(dims) if keep or i not in axes)


def stepped(dims, axis, begin, size, step):
    n = dims[inside(dims, axis)]
    require(step != 0 and size > 0 and 0 <= begin < n and 0 <= begin + (size - 1) * step < n)
    return with_extent(dims, axis, size)


def unsqueezed(dims, axis):
    require(len(dims) < MOST_AXES and -len(dims) - 1 <= axis <= len(dims))
    axis %= len(dims) + 1
    return dims[:axis] + (1,) + dims[axis:]


def squeezed(dims, axis):
    require(dims[inside(dims, axis)] == 1)
    return without(dims, (axis,), False)


def joined(shapes, axis):
    first = shapes[0]
    axis = inside(first, axis)
    for s in shapes:
        require(len(s) == len(first) and with_extent(s, axis, 1) == with_extent(first, axis, 1))
    return with_extent(first, axis, sum(s[axis] for s in shapes))


def stacked(shapes, axis):
    require(all(s == shapes[0] for s in shapes))
    return joined([unsqueezed(s, axis) for s in shapes], axis)


def taken(dims, axis, indices):
    n = dims[inside(dims, axis)]
    require(len(indices) > 0 and all(-n <= i < n for i in indices))
    return with_extent(dims, axis, len(indices))


def split_part(dims, axis, parts, part):
    n = dims[inside(dims, axis)]
    require(n % parts == 0 and 0 <= part < parts)
    return with_extent(dims, axis, n // parts)


def gathered(shapes, attr):
    require(len(shapes[0]) == 2 and len(shapes[1]) < MOST_AXES)
    return tuple(shapes[1]) + (shapes[0][1],)


def braced(args):
    return "{" + ", ".join(map(str, args)) + "}"


def truth(keep):
    return ", true" if keep else ""


RULES = {
    "stepped": (lambda s, a: stepped(s[0], *a),
                lambda v, a: f"tl::math::slice({v[0]}, " + ", ".join(map(str, a)) + ")"),
    "flip": (lambda s, a: with_extent(s[0], a[0], s[0][inside(s[0], a[0])]),
             lambda v, a: f"tl::math::flip({v[0]}, {a[0]})"),
    "tile": (lambda s, a: with_extent(s[0], a[0], s[0][inside(s[0], a[0])] * a[1]),
             lambda v, a: f"tl::math::tile({v[0]}, {a[0]}, {a[1]})"),
    "repeat": (lambda s, a: with_extent(s[0], a[0], s[0][inside(s[0], a[0])] * a[1]),
               lambda v, a: f"tl::math::repeat({v[0]}, {a[0]}, {a[1]})"),
    "unsqueeze": (lambda s, a: unsqueezed(s[0], a[0]),
                  lambda v, a: f"tl::math::unsqueeze({v[0]}, {a[0]})"),
    "squeeze": (lambda s, a: squeezed(s[0], a[0]),
                lambda v, a: f"tl::math::squeeze({v[0]}, {a[0]})"),
    "index": (lambda s, a: without(taken(s[0], 0, a[0]), (0,), False),
              lambda v, a: f"{v[0]}[{a[0][0]}]"),
    "take": (lambda s, a: taken(s[0], *a),
             lambda v, a: f"tl::math::take({v[0]}, {a[0]}, {braced(a[1])})"),
    "split": (lambda s, a: split_part(s[0], *a),
              lambda v, a: f"tl::math::split<{a[1]}>({v[0]}, {a[0]})[{a[2]}]"),
    "pad": (lambda s, a: with_extent(s[0], a[0], s[0][inside(s[0], a[0])] + a[1] + a[2]),
            lambda v, a: f"tl::math::pad({v[0]}, {a[0]}, {a[1]}, {a[2]})"),
    "join": (lambda s, a: joined(s, a[0]), lambda v, a: f"tl::math::concat({braced(v)}, {a[0]})"),
    "stack": (lambda s, a: stacked(s, a[0]), lambda v, a: f"tl::math::stack({braced(v)}, {a[0]})"),
    "gather": (gathered, lambda v, a: f"tl::math::gather({v[0]}, {v[1]}{a[0]})"),
    "one_hot": (lambda s, a: s[0] + (a[0],), lambda v, a: f"tl::math::one_hot({v[0]}, {a[0]})"),
    "cumulative_sum": (lambda s, a: with_extent(s[0], a[0], s[0][inside(s[0], a[0])]),
                       lambda v, a: f"tl::math::cumulative_sum({v[0]}, {a[0]})"),
}
for name in ("argmax", "argmin", "product"):
    RULES[name] = (lambda s, a: without(s[0], (a[0],), a[1]),
                   lambda v, a, name=name: f"tl::math::{name}({v[0]}, {a[0]}{truth(a[1])})")
for name in ("softmax", "log_softmax"):
    RULES[name + "_along"] = (lambda s, a: with_extent(s[0], a[0], s[0][inside(s[0], a[0])]),
                              lambda v, a, name=name: f"tl::math::{name}({v[0]}, {a[0]})")
# Over several axes: the name of the feature's node is the function's with an s.
OVER_AXES = ["sum", "mean", "maximum", "minimum", "l1_norm", "l2_norm", "variance", "log_sum_exp"]
for name in OVER_AXES:
    RULES[name + "_over"] = (
        lambda s, a: without(s[0], a[0], a[1]),
        lambda v, a, name=name: f"tl::math::{name}({v[0]}, {braced(a[0])}{truth(a[1])})")
