"""Random contractions: matrix products, einsum, and parameters that are used several times."""
from random_nets.growing import EXTENTS, MOST_ELEMENTS, MOST_PRODUCTS, SMALL, Growing
from random_nets.operations import MOST_AXES, Misfit, count


class Products(Growing):
    """Appends contractions."""

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
        letters = rng.sample("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", 8)
        left, extent = [], {}
        for n in a:
            same = [c for c in extent if extent[c] == n]
            label = rng.choice(same) if same and rng.random() < 0.3 else letters[len(extent)]
            extent[label] = n
            left.append(label)
        right = []
        for _ in range(rng.randint(0, 4)):
            if rng.random() < 0.65 or len(extent) == len(letters):
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
        out = [c for c in extent if rng.random() < 0.5][:MOST_AXES]
        rng.shuffle(out)
        if rng.random() < 0.5:
            return self.add("einsum", y, x, attr=("".join(right), "".join(left), "".join(out)))
        return self.add("einsum", x, y, attr=("".join(left), "".join(right), "".join(out)))
