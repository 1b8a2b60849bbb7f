"""Random views, joins, reductions over several axes and indices: one method per feature."""
from random_nets import shaping
from random_nets.growing import SMALL, Growing


class Shapes(Growing):
    """Appends something of a feature and returns its index."""

    def axis(self, x):
        """An axis of a value, from either end."""
        rank = len(self.d.dims[x])
        return self.rng.randrange(-rank, rank)

    def with_axes(self):
        return self.any(lambda s: len(s) > 0)

    def strided(self):
        """Slices with a step, reversals, what repeats or renames axes; one to three in a row."""
        x = self.with_axes()
        for _ in range(self.rng.choice([1, 1, 2, 3])):
            if self.d.dims[x]:
                x = self.one_strided(x)
        return x

    def one_strided(self, x):
        rng, dims = self.rng, self.d.dims[x]
        axis = self.axis(x)
        n = dims[axis]
        op = rng.choice(["stepped"] * 4 + ["flip"] * 3 + ["tile", "repeat", "unsqueeze", "squeeze",
                                                         "index", "take", "take", "split", "pad"])
        attr = (axis,)
        if op == "stepped":
            step = rng.choice([2, 2, 3, 5, -1, -1, -2, -3])
            size = rng.randint(1, (n - 1) // abs(step) + 1)
            reach = (size - 1) * abs(step)
            begin = rng.randint(0, n - 1 - reach) + (reach if step < 0 else 0)
            attr = (axis, begin, size, step)
        elif op in ("tile", "repeat"):
            attr = (axis, rng.choice([2, 3]))
        elif op == "unsqueeze":
            attr = (rng.randrange(-len(dims) - 1, len(dims) + 1),)
        elif op == "index":
            attr = ((rng.randrange(-dims[0], dims[0]),),)
        elif op == "take":
            attr = (axis, tuple(rng.randrange(-n, n) for _ in range(rng.choice([1, 2, 3, 5, 8]))))
        elif op == "split":
            parts = rng.choice([k for k in range(1, n + 1) if n % k == 0])
            attr = (axis, parts, rng.randrange(parts))
        elif op == "pad":
            attr = (axis, rng.choice([0, 1, 2, 5]), rng.choice([0, 1, 3]))
        return self.add(op, x, attr=attr)

    def joins(self):
        """Several values one after the other, or along a new axis."""
        rng, d = self.rng, self.d
        if rng.random() < 0.4:
            x = self.any()
            values = [x] + [self.value(d.dims[x], 0.6) for _ in range(rng.randint(1, 4))]
            rank = len(d.dims[x])
            return self.add("stack", *values, attr=(rng.randrange(-rank - 1, rank + 1),))
        x = self.with_axes()
        axis = self.axis(x)
        values = [x]
        for _ in range(rng.randint(1, 5)):
            dims = shaping.with_extent(d.dims[x], axis, rng.choice(SMALL))
            values.insert(rng.randint(0, len(values)), self.value(dims, 0.6))
        return self.add("join", *values, attr=(axis,))

    def over_axes(self):
        """Reductions over several axes, products, running sums, softmax along any axis."""
        rng = self.rng
        x = self.with_axes()
        op = rng.choice(shaping.OVER_AXES * 2 + ["product", "cumulative_sum", "cumulative_sum",
                                                 "softmax_along", "log_softmax_along"])
        if op == "product":
            return self.add(op, self.add("add", self.add("tanh", x), 1.25),
                            attr=(self.axis(x), rng.random() < 0.4))
        if op not in shaping.OVER_AXES:
            return self.add(op, x, attr=(self.axis(x),))
        rank = len(self.d.dims[x])
        axes = tuple(a - rank if rng.random() < 0.3 else a
                     for a in rng.sample(range(rank), rng.randint(1, rank)))
        return self.add(op + "_over", x, attr=(axes, rng.random() < 0.4))

    def indices(self):
        """Positions of extremes, rows of a table by them, and rows of one 1."""
        rng = self.rng
        x = self.with_axes()
        axis = self.axis(x)
        i = self.add(rng.choice(["argmax", "argmin"]), x, attr=(axis, rng.random() < 0.3))
        if rng.random() < 0.5:
            return i
        if rng.random() < 0.6:
            table = self.value((rng.choice([1, 2, 3, 5, 9, 17]), rng.choice([1, 3, 4, 8, 15, 16, 17])), 0.3)
            return self.add("gather", table, i, attr=(rng.choice(["", "", "", " - 1.0", " + 0.5", " * 2.0"]),))
        return self.add("one_hot", i, attr=(self.d.dims[x][axis],))
