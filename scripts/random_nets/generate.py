"""A random declaration from a seed: operations, shapes and operands over the whole vocabulary."""
from random_nets import layers, operations
from random_nets.declaration import Declaration
from random_nets.operations import Misfit, count

EXTENTS = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33]
SMALL = [1, 1, 2, 2, 3, 3, 4, 5, 7, 8, 9]
MOST_ELEMENTS, MOST_PRODUCTS = 1200, 40000

# Kinds of operations and how often each is tried; --without and --only name them.
FEATURES = {"unary": 14, "binary": 14, "reduce": 6, "softmax": 4, "matmul": 9, "einsum": 6,
            "view": 12, "concat": 5, "iota": 2, "constant": 2, "select": 3, "gradient": 3,
            "shared": 4, "layers": 1, "unbatched": 1, "approximate": 1, "dead": 1, "ones": 1}


class Generator:
    """Grows one declaration."""

    def __init__(self, rng, features):
        self.rng, self.features = rng, features
        self.d = Declaration()
        self.parameters = 0

    def on(self, feature):
        return feature in self.features

    def dims(self, most=MOST_ELEMENTS):
        """A random shape of rank 0 to 4."""
        rng = self.rng
        while True:
            rank = rng.choice([0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4])
            dims = tuple(rng.choice(EXTENTS if rank < 3 else SMALL) for _ in range(rank))
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
        fit = [i for i in range(len(self.d.nodes)) if wanted(self.d.dims[i])]
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

    # One method per feature: appends something and returns its index.

    def unary(self):
        rng, x = self.rng, self.any()
        op = rng.choice(operations.SMOOTH + operations.KINKED + list(operations.WITH_NUMBER))
        if op in ("log", "sqrt", "pow"):
            x = self.add("add", self.add("square", x), 0.5)
        if op == "log1p":
            x = self.add("square", x)
        if op in ("exp", "expm1"):
            x = self.add(rng.choice(["tanh", "neg", "sigmoid"]), x)
        attr = {"leaky_relu": (0.125,), "elu": (0.75,)}.get(op, ())
        if op == "pow":
            attr = (rng.choice([0.5, 1.5, 2.0, 3.0, -1.0, -0.5, 2.5, 1.0]),)
        return self.add(op, x, attr=attr)

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

    def matmul(self):
        """A product of matrices or vectors with an existing or a new other operand."""
        rng, d = self.rng, self.d
        x = self.any(lambda s: len(s) > 0)
        a = d.dims[x]
        k = a[-1]
        n = rng.choice(EXTENTS)
        lead = rng.choice([(), (), a[:-2], tuple(1 if rng.random() < 0.5 and self.on("ones") else e
                                                 for e in a[:-2])])
        if rng.random() < 0.4:
            m = rng.choice(EXTENTS)
            need = (m, a[-2] if len(a) > 1 else k)
            w = self.value(lead + need, 0.3)
            left, right = w, x
        else:
            need = rng.choice([(k, n), (k, n), (k,)])
            w = self.value((lead if len(need) == 2 else ()) + need, 0.3)
            left, right = x, w
        if count(d.dims[left]) * d.dims[right][-1] > MOST_PRODUCTS:
            raise Misfit
        if len(a) == 1 and rng.random() < 0.3:
            v = self.value(rng.choice([a, (n,)]), 0.6)
            return self.add("dot" if d.dims[v] == a and rng.random() < .5 else "outer", x, v)
        return self.add("matmul", left, right)

    def shared(self):
        """A parameter that is used several times: with itself, transposed, or in slices."""
        rng, d = self.rng, self.d
        x = self.any(lambda s: 0 < len(s) <= 2)
        n = d.dims[x][-1]
        w = self.parameter((rng.choice([n, rng.choice(EXTENTS)]), n), 0.5)
        t = self.add("transpose", w)
        column = x if len(d.dims[x]) == 1 else self.add("transpose", x)
        form = rng.randrange(5)
        if form == 0:
            return self.add("matmul", t, self.add("matmul", w, column))
        if form == 1:
            return self.add("matmul", self.add("mul", w, w), column)
        if form == 2:
            return self.add("matmul", self.add("matmul", t, w), column)
        if form == 3:
            other = self.parameter(d.dims[w], 0.5)
            both = self.add("add", w, other)
            return self.add("matmul", self.add("mul", both, other), column)
        m = d.dims[w][0]
        size = rng.randint(1, m)
        part = self.add("slice", w, attr=(0, rng.randint(0, m - size), size))
        return self.add("matmul", part, column)

    def einsum(self):
        """A contraction by random labels of both cases."""
        rng, d = self.rng, self.d
        x = self.any(lambda s: len(s) > 0)
        a = d.dims[x]
        letters = rng.sample("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", 5)
        left, extent = [], {}
        for n in a:
            same = [c for c in extent if extent[c] == n]
            label = rng.choice(same) if same and rng.random() < 0.3 else letters[len(extent)]
            extent[label] = n
            left.append(label)
        right = []
        for _ in range(rng.randint(0, 3)):
            if rng.random() < 0.65 or len(extent) == 5:
                right.append(rng.choice(list(extent)))
            else:
                label = letters[len(extent)]
                extent[label] = rng.choice(SMALL)
                right.append(label)
        shape = tuple(1 if self.on("ones") and rng.random() < 0.06 and right.count(c) == 1
                      else extent[c] for c in right)
        if count(shape) > MOST_ELEMENTS or count(extent.values()) > MOST_PRODUCTS:
            raise Misfit
        y = self.value(shape, 0.4)
        out = [c for c in extent if rng.random() < 0.5][:4]
        rng.shuffle(out)
        if rng.random() < 0.5:
            return self.add("einsum", y, x, attr=("".join(right), "".join(left), "".join(out)))
        return self.add("einsum", x, y, attr=("".join(left), "".join(right), "".join(out)))

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
            front = rng.randint(0, 1) if len(dims) < 4 else 0
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
        y = self.any()
        if d.dims[y] != ():
            y = self.add(rng.choice(["sum", "mean"]),
                         self.add(rng.choice(["tanh", "square", "sigmoid"]), y), attr=(None, False))
        before = ancestors(d, y)
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
    owned = {a for n in d.nodes if n.op == "dense" for a in n.args[1:]}
    return sorted(found - owned - {y})


def declaration(rng, features=FEATURES):
    """A random declaration."""
    while True:
        try:
            if "layers" in features and rng.random() < 0.1:
                dims = rng.choice([(3,), (5,), (8,), (17,), (2, 3), (4, 4, 2)])
                return layers.declare((dims, random_network(rng, dims)))
            return grown(rng, features)
        except Misfit:
            pass


def random_network(rng, dims):
    return layers.random_row(rng, dims, 0, rng.randint(1, 5))


def grown(rng, features):
    g = Generator(rng, features)
    for i in range(rng.choice([1, 1, 1, 2, 3])):
        g.d.add("input", attr=(g.dims(150), f"x{i}"))
    kinds = [k for k in FEATURES if k in features and hasattr(g, k)]
    weights = [FEATURES[k] for k in kinds]
    for _ in range(rng.choice([1, 2, 3, 4, 5, 6, 8, 10])):
        for _ in range(20):
            nodes = len(g.d.nodes)
            try:
                getattr(g, rng.choices(kinds, weights)[0])()
                break
            except Misfit:
                truncate(g.d, nodes)
    g.finish()
    return g.d.pruned()


def truncate(d, n):
    """Takes back what an operation that did not fit has begun."""
    for node in d.nodes[n:]:
        d.index.pop(node, None)
    del d.nodes[n:], d.dims[n:], d.batched[n:]
