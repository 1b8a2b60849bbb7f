"""Random operations that are no contractions: one method per feature."""
from random_nets import operations
from random_nets.growing import EXTENTS, SMALL, ancestors, fits
from random_nets.operations import Misfit, count
from random_nets.products import Products
from random_nets.scans import Scans
from random_nets.sequence_features import Sequences
from random_nets.shapes import Shapes
from random_nets.spaces import Spaces


class Generator(Products, Scans, Sequences, Shapes, Spaces):
    """Appends something of a feature and returns its index."""

    def unary(self):
        rng, x = self.rng, self.any()
        op = rng.choice(operations.SMOOTH + operations.KINKED + list(operations.WITH_NUMBER))
        if op in ("log", "sqrt", "pow", "power"):
            x = self.add("add", self.add("square", x), 0.5)
        if op == "log1p":
            x = self.add("square", x)
        if op in ("exp", "expm1"):
            x = self.add(rng.choice(["tanh", "neg", "sigmoid"]), x)
        attr = {"leaky_relu": (0.125,), "elu": (0.75,), "celu": (1.5,), "clamp": (0.75,),
                "thresholded_relu": (0.25,)}.get(op, ())
        if op == "pow":
            attr = (rng.choice([0.5, 1.5, 2.0, 3.0, -1.0, -0.5, 2.5, 1.0, 0.0, 0.3]),)
        return self.add(op, x, attr=attr)

    def bounded(self):
        """A function of a part of the numbers."""
        x = self.add(self.rng.choice(["tanh", "sin", "softsign"]), self.any())
        op = self.rng.choice(operations.OF_BOUNDED)
        if op in ("asin", "acos", "atanh"):
            x = self.add("mul", x, 0.875)
        if op == "acosh":
            x = self.add("add", self.add("square", x), 1.25)
        return self.add(op, x)

    def rounding(self):
        x = self.any()
        if self.rng.random() < 0.5:
            x = self.add("mul", x, self.rng.choice([1.5, 3.25, 0.75]))
        return self.add(self.rng.choice(operations.STEPS), x)

    def pairs(self):
        """Remainders, angles, powers and logic of two values."""
        rng, d = self.rng, self.d
        x = self.any()
        y = self.any(lambda s: fits(s, d.dims[x])) if rng.random() < 0.5 else \
            self.leaf(self.narrowed(d.dims[x]))
        op = rng.choice(operations.PAIRS * 2 + list(operations.LOGICAL))
        if op == "power":
            x = self.add("add", self.add("square", x), 0.5)
            y = self.add("tanh", y)
        if op == "atan2":
            y = self.add("add", self.add("square", y), rng.choice([0.5, -0.25]))
        if op in ("fmod", "floor_mod"):
            y = self.add("add", self.add("square", y), 0.375)
            y = self.add("neg", y) if rng.random() < 0.3 else y
        if op in operations.LOGICAL:
            x, y = self.add("gt", x, 0.1), self.add("lt", y, rng.choice([x, 0.25]))
        return self.add(op, x, y)

    def approximate(self):
        return self.add(self.rng.choice(list(operations.APPROXIMATE)),
                        self.add("tanh", self.any()))

    def binary(self):
        rng, d = self.rng, self.d
        x = self.any()
        op = rng.choice(["add", "add", "sub", "mul", "mul", "mul", "div", "divide_fast", "min",
                         "max"])
        r = rng.random()
        if r < 0.15:
            y = rng.choice([0.5, 2.0, -1.0, 0.25, 1.0, 0.0, 3.0])
        elif r < 0.6:
            y = self.any(lambda s: fits(s, d.dims[x]))
        else:
            y = self.leaf(self.narrowed(d.dims[x]))
        if op in ("div", "divide_fast"):
            y = self.add("add", self.add("square", y), 0.5) if isinstance(y, int) else y or 0.5
        elif rng.random() < 0.4:
            x, y = y, x
        return self.add(op, x, y)

    def reduce(self):
        rng = self.rng
        x = self.any(lambda s: len(s) > 0 or rng.random() < 0.1)
        rank = len(self.d.dims[x])
        axis = rng.randrange(rank) if rank and rng.random() < 0.75 else None
        op = rng.choice(operations.REDUCTIONS)
        return self.add(op, x, attr=(axis, axis is not None and rng.random() < 0.4))

    def softmax(self):
        x = self.any(lambda s: len(s) > 0)
        return self.add(self.rng.choice(["softmax", "log_softmax", "log_sum_exp"]), x)

    def view(self):
        """One to three views of a value, each of the one before."""
        x = self.any()
        for _ in range(self.rng.choice([1, 1, 2, 3])):
            x = self.one_view(x)
        return x

    def one_view(self, x):
        rng, dims = self.rng, self.d.dims[x]
        op = rng.choice(operations.VIEWS)
        attr = ()
        if op == "reshape":
            attr = (self.regrouped(count(dims)),)
        elif op == "permute":
            attr = (tuple(rng.sample(range(len(dims)), len(dims))),)
            if not dims:
                raise Misfit
        elif op == "expand":
            wide = tuple(rng.choice(SMALL) if n == 1 else n for n in dims)
            front = rng.randint(0, 1) if len(dims) < operations.MOST_AXES else 0
            attr = (tuple(rng.choice(SMALL) for _ in range(front)) + wide,)
        elif op == "slice":
            if not dims:
                raise Misfit
            axis = rng.randrange(len(dims))
            size = rng.randint(1, dims[axis])
            attr = (axis, rng.randint(0, dims[axis] - size), size)
        elif op == "detach" and rng.random() < 0.7:
            raise Misfit
        return self.add(op, x, attr=attr)

    def regrouped(self, n):
        """A random shape of n elements."""
        dims = []
        for _ in range(self.rng.randint(0, 3)):
            dims.append(self.rng.choice([k for k in range(1, n + 1) if n % k == 0]))
            n //= dims[-1]
        if n > 1 or self.rng.random() < 0.7:
            dims.append(n)
        self.rng.shuffle(dims)
        return tuple(dims)

    def concat(self):
        rng, d = self.rng, self.d
        x = self.any(lambda s: len(s) > 0)
        dims = d.dims[x]
        axis = rng.randrange(len(dims))

        def part():
            size = rng.choice([dims[axis], rng.choice(SMALL)])
            if rng.random() < 0.3 and size <= dims[axis]:
                return self.add("slice", x, attr=(axis, rng.randint(0, dims[axis] - size), size))
            return self.value(dims[:axis] + (size,) + dims[axis + 1:], 0.6)

        a, b = (x, part()) if rng.random() < 0.6 else (part(), x) if rng.random() < 0.5 else \
            (part(), part())
        y = self.add("concat", a, b, attr=(axis,))
        return self.add("concat", y, part(), attr=(axis,)) if rng.random() < 0.25 else y

    def iota(self):
        """Positions as an operand."""
        dims = self.d.dims[self.any(lambda s: len(s) > 0)]
        i = self.add("iota", attr=(dims,))
        return self.one_view(i) if self.rng.random() < 0.5 else \
            self.add("mul", i, self.parameter(self.narrowed(dims), 0.25))

    def constant(self):
        c = self.d.add("constant", attr=(self.dims(200), self.rng.choice([0.5, -1.5, 2.0])))
        return self.one_view(c) if self.rng.random() < 0.5 else c

    def select(self):
        rng, d = self.rng, self.d
        a = self.any()
        b = self.any(lambda s: fits(s, d.dims[a]))
        mask = self.add(rng.choice(list(operations.COMPARISONS)[:4] * 3 +
                                   list(operations.COMPARISONS)), a, rng.choice([b, 0.25]))
        if rng.random() < 0.15:
            return mask
        yes = rng.choice([a, rng.choice([0.0, 1.5]), self.leaf(self.narrowed(d.dims[a]))])
        return self.add("select", mask, yes, rng.choice([b, 0.0, a]))

    def gradient(self):
        """The gradient of a scalar with respect to an input, a parameter or a value between."""
        rng, d = self.rng, self.d
        if d.uses_any("batch_norm"):
            raise Misfit  # of one sample, and not of those beside it
        y = self.any()
        if d.dims[y] != ():
            y = self.add(rng.choice(["sum", "mean"]),
                         self.add(rng.choice(["tanh", "square", "sigmoid"]), y), attr=(None, False))
        before = ancestors(d, y)
        # What is computed from constants alone is a constant, and no subject of a gradient.
        before = [i for i in before
                  if any(d.nodes[k].op in ("input", "parameter") for k in [i, *ancestors(d, i)])]
        targets = [i for i in before if d.nodes[i].op in ("input", "parameter") or
                   (d.nodes[i].op in ("tanh", "sigmoid", "softplus", "erf") and
                    [n.op for n in d.nodes].count(d.nodes[i].op) == 1)]
        if not targets:
            raise Misfit
        return self.add("gradient", y, rng.choice(targets))

    def layers(self):
        x = self.any(lambda s: len(s) == 1)
        self.parameters += 1
        path, n, size = f"fc{self.parameters}", self.d.dims[x][0], self.rng.choice(EXTENTS)
        args = [self.d.add("parameter", attr=((size, n), path + ".weight", 0.5, True))]
        if self.rng.random() < 0.7:
            args.append(self.d.add("parameter", attr=((size,), path + ".bias", 0.5, False)))
        return self.add("dense", x, *args, attr=(path, size))
