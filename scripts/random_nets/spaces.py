"""Random convolutions, pools, norms and windows: one method per feature."""
from random_nets import space
from random_nets.growing import MOST_PRODUCTS, Growing
from random_nets.operations import Misfit, count
from random_nets.space import Kernel

EXTENTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 16, 17, 19]


class Spaces(Growing):
    """Appends something of a feature and returns its index."""

    def spatial_dims(self):
        """A shape of channels first."""
        rng = self.rng
        while True:
            axes = rng.choice([1, 2, 2])
            dims = (rng.choice([1, 2, 3, 4, 5, 6, 8, 9, 16, 17]),) + tuple(
                rng.choice(EXTENTS) for _ in range(axes))
            if count(dims) <= 400:
                return dims

    def spatial(self):
        """A value of channels first; of 2 or 3 axes."""
        return self.any(lambda s: len(s) in (2, 3))

    def kernel(self, dims, pools=False, transposed=False):
        """A random kernel over the axes of space of that shape."""
        rng, axes = self.rng, len(dims) - 1

        def each(numbers):
            one = rng.choice(numbers)
            return tuple(one if rng.random() < 0.5 else rng.choice(numbers) for _ in range(axes))
        size = each([1, 2, 2, 3, 3, 3, 4, 5, 7] if not pools else [1, 2, 2, 2, 3, 3, 4, 5])
        k = {"size": size}
        if rng.random() < 0.5:
            k["stride"] = each([1, 2, 2, 3, 4, 5])
        if rng.random() < 0.3:
            k["dilation"] = each([1, 2, 2, 3])
        r = rng.random()
        if r < 0.15 and not transposed:
            k["rule"] = rng.choice(["same", "causal"])
        elif r < 0.65:
            numbers = [0, 1, 1, 2, 3] if not pools else [0, 1, 1, 2]
            k["before"] = each(numbers)
            k["after"] = k["before"] if rng.random() < 0.5 else each(numbers)
        if not transposed and rng.random() < 0.12:
            k["mode"] = rng.choice(["reflect", "replicate", "circular"])
        if transposed and rng.random() < 0.3:
            k["more"] = each([0, 1, 1, 2])
        return k

    def own(self, path, **shapes):
        """Parameters of a layer, in the order in which it declares them."""
        result = []
        for name, dims in shapes.items():
            n = count(dims) // max(1, dims[0])
            scale = 1.0 if n < 6 else 0.5 if n < 20 else 0.25
            result.append(self.d.add("parameter", attr=(dims, f"{path}.{name}", scale, False)))
        return result

    def path(self, kind):
        self.parameters += 1
        return f"{kind}{self.parameters}"

    def convolution(self):
        rng, d = self.rng, self.d
        x = self.spatial()
        dims = d.dims[x]
        op = rng.choice(["conv", "conv", "conv", "depthwise", "conv_transpose"])
        k = self.kernel(dims, transposed=op == "conv_transpose")
        channels = dims[0]
        outputs = rng.choice([1, 2, 3, 4, 5, 8, 9, 16, 17])
        if op == "depthwise":
            outputs = rng.choice([1, 1, 1, 2, 3])
        elif rng.random() < 0.25:
            divisors = [n for n in range(1, channels + 1) if channels % n == 0]
            k["groups"] = rng.choice(divisors)
            outputs = k["groups"] * rng.choice([1, 1, 2, 3])
        k = Kernel(**k)
        bias = rng.random() < 0.7
        made = channels * outputs if op == "depthwise" else outputs
        weight = {"conv": lambda: space.conv_weights(channels, outputs, k),
                  "depthwise": lambda: (made, 1) + k.size,
                  "conv_transpose": lambda: (channels, outputs // k.groups) + k.size}[op]()
        path = self.path("conv")
        more = {"bias": (made,)} if bias else {}
        shapes = [dims, weight] + list(more.values())
        out = space.RULES[op][0](shapes, (path, outputs, k, bias))
        products = count(weight) * max(count(out) // out[0], count(dims) // dims[0])
        if products > MOST_PRODUCTS:
            raise Misfit
        return self.add(op, x, *self.own(path, weight=weight, **more),
                        attr=(path, outputs, k, bias))

    def pooling(self):
        rng = self.rng
        x = self.spatial()
        dims = self.d.dims[x]
        kind = rng.choice(["max", "avg"])
        r = rng.random()
        if r < 0.15:
            return self.add("global_pool", x, attr=(kind,))
        if r < 0.4:
            parts = tuple(rng.choice([1, 2, 3, n, max(1, n - 1)]) for n in dims[1:])
            return self.add("adaptive_pool", x, attr=(kind, parts))
        k = self.kernel(dims, pools=True)
        if kind == "avg":
            k.pop("dilation", None)
            k["counts_padding"] = rng.random() < 0.6
        return self.add("pool", x, attr=(kind, Kernel(**k)))

    def normalization(self):
        rng, d = self.rng, self.d
        affine = rng.random() < 0.7
        if rng.random() < 0.5:
            if d.uses_any("gradient"):
                raise Misfit  # of one sample, and not of those beside it
            x = self.any(lambda s: len(s) in (1, 2, 3))
            channels = d.dims[x][:1]
            path = self.path("bn")
            more = {"weight": channels, "bias": channels} if affine else {}
            own = self.own(path, **more, running_mean=channels, running_var=channels)
            return self.add("batch_norm", x, *own,
                            attr=(path, rng.choice([0.1, 0.1, 0.5, 1.0]), affine))
        x = self.any(lambda s: len(s) > 0)
        dims = d.dims[x]
        kind = rng.choice(["layer", "rms", "group", "instance"])
        n = rng.randint(1, len(dims)) if kind in ("layer", "rms") else rng.choice(
            [n for n in range(1, dims[0] + 1) if dims[0] % n == 0])
        own = dims[len(dims) - n:] if kind in ("layer", "rms") else dims[:1]
        path = self.path("norm")
        space.norm([dims], (path, kind, n, affine))
        more = {"weight": own} if affine else {}
        if affine and kind != "rms":
            more["bias"] = own
        return self.add("norm", x, *self.own(path, **more), attr=(path, kind, n, affine))

    def windows(self):
        """Windows over an axis, mostly reduced or contracted with a parameter."""
        rng, d = self.rng, self.d
        x = self.any(lambda s: 0 < len(s) < 4)
        axis = rng.randrange(len(d.dims[x]))
        pad = [0, 0, 1, 2, 3]
        w = self.add("window", x, attr=(axis, rng.choice([1, 2, 3, 4]), rng.choice([1, 1, 2, 3]),
                                        rng.choice([1, 1, 2]), rng.choice(pad), rng.choice(pad)))
        r = rng.random()
        if r < 0.3:
            return w
        if r < 0.7:
            op = rng.choice(["sum", "mean", "maximum"])
            return self.add(op, w, attr=(axis + 1, rng.random() < 0.3))
        labels = "abcd"[:len(d.dims[w])]
        tap = labels[axis + 1]
        own = self.parameter((d.dims[w][axis + 1], 3), 0.5)
        return self.add("einsum", w, own, attr=(labels, tap + "o", labels.replace(tap, "") + "o"))
