"""A declaration that grows at random: shapes, leaves and existing values as operands."""
from random_nets import operations
from random_nets.declaration import Declaration, parameters_of
from random_nets.operations import Misfit, count

EXTENTS = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33]
SMALL = [1, 1, 2, 2, 3, 3, 4, 5, 7, 8, 9]
SMALLEST = [1, 1, 2, 2, 3]
MOST_ELEMENTS, MOST_PRODUCTS = 1200, 40000

# Kinds of operations and how often each is tried; --without and --only name them.
FEATURES = {"unary": 14, "binary": 14, "reduce": 6, "softmax": 4, "matmul": 9, "einsum": 6,
            "view": 12, "concat": 5, "iota": 2, "constant": 2, "select": 3, "gradient": 3,
            "bounded": 4, "rounding": 3, "pairs": 6, "strided": 8, "joins": 5, "over_axes": 6,
            "indices": 3, "recurrence": 6, "convolution": 5, "pooling": 3,
            "normalization": 3, "windows": 3, "cells": 3, "attending": 3, "transformers": 3, "resizing": 3,
            "shared": 4, "layers": 1, "unbatched": 1, "approximate": 1, "dead": 1,
            "ones": 1}


class Growing:
    """Grows one declaration."""

    def __init__(self, rng, features):
        self.rng, self.features = rng, features
        self.d = Declaration()
        self.parameters = 0

    def on(self, feature):
        return feature in self.features

    def dims(self, most=MOST_ELEMENTS):
        """A random shape of rank 0 to 6."""
        rng = self.rng
        while True:
            rank = rng.choice([0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, rng.randint(5, 6)])
            extents = EXTENTS if rank < 3 else SMALL if rank < 5 else SMALLEST
            dims = tuple(rng.choice(extents) for _ in range(rank))
            if rank == 1 and rng.random() < 0.08:
                dims = (rng.choice([40, 63, 64, 65, 100, 129, 257]),)
            if count(dims) <= most:
                return dims

    def add(self, op, *args, attr=()):
        """Appends an operation of a bounded size; Misfit where it does not fit."""
        d = self.d
        dims = operations.infer(op, [d.dims[a] if isinstance(a, int) else () for a in args], attr)
        if count(dims) > MOST_ELEMENTS:
            raise Misfit
        return d.add(op, *args, attr=attr)

    def parameter(self, dims, scale=1.0):
        self.parameters += 1
        attr = (tuple(dims), f"p{self.parameters}", scale, self.rng.random() < 0.15 and
                len(dims) == 2)
        return self.d.add("parameter", attr=attr)

    def any(self, wanted=lambda dims: True):
        """An existing value of a wanted shape, late ones more often."""
        fit = [i for i, n in enumerate(self.d.nodes) if wanted(self.d.dims[i]) and not
               (n.op == "parameter" and "." in n.attr[1])]  # those belong to layers
        if not fit:
            raise Misfit
        return fit[int(len(fit) * self.rng.random() ** 0.6)]

    def leaf(self, dims):
        """A new leaf of a shape: a parameter mostly, else a constant or iota."""
        r = self.rng.random()
        if r < 0.12 and self.on("constant"):
            number = self.rng.choice([0.5, -1.25, 2.0, 0.0])
            return self.d.add("constant", attr=(tuple(dims), number))
        if r < 0.24 and self.on("iota") and dims:
            i = self.d.add("iota", attr=(tuple(dims),))
            return self.d.add("mul", i, 0.125) if self.rng.random() < 0.5 else i
        n = count(dims)
        return self.parameter(dims, 1.0 if n < 16 else 0.5)

    def value(self, dims, share=0.5):
        """A value of exactly that shape, existing or new."""
        if self.rng.random() < share:
            try:
                return self.any(lambda s: s == tuple(dims))
            except Misfit:
                pass
        return self.leaf(dims)

    def narrowed(self, dims):
        """A shape that broadcasts to `dims`."""
        rng = self.rng
        keep = rng.choice([len(dims), len(dims), rng.randint(0, len(dims))])
        return tuple(1 if rng.random() < 0.2 else n for n in dims[len(dims) - keep:])

    def finish(self):
        """Chooses an output, mostly one that everything dangling flows into."""
        rng, d = self.rng, self.d
        used = {a for n in d.nodes for a in n.args if isinstance(a, int)}
        ends = [i for i in range(len(d.nodes)) if i not in used]
        out = ends[-1]
        for e in ends[:-1]:
            if rng.random() < 0.6 and d.nodes[e].op != "parameter":
                s = e if fits(d.dims[e], d.dims[out]) and rng.random() < 0.5 else \
                    self.add("mean", e, attr=(None, False))
                out = self.add("add", out, s)
        if not d.batched[out] and not (self.on("unbatched") and rng.random() < 0.5):
            x = next(i for i, n in enumerate(d.nodes) if n.op == "input")
            out = self.add("add", out, self.add("mean", x, attr=(None, False)))
        if count(d.dims[out]) > 300:
            out = self.add("mean", out, attr=(rng.randrange(len(d.dims[out])), False))
        d.output = out
        d.kept = {i for i, n in enumerate(d.nodes) if n.op == "input"}
        if self.on("dead") and rng.random() < 0.15:
            d.kept.add(self.parameter(self.dims(60)))


def fits(s, dims):
    try:
        operations.broadcast(s, dims)
        return True
    except Misfit:
        return False


def ancestors(d, y):
    found = {y}
    for i in range(y, -1, -1):
        if i in found:
            found |= {a for a in d.nodes[i].args if isinstance(a, int)}
    owned = {a for n in d.nodes for a in parameters_of(n)}
    return sorted(found - owned - {y})
