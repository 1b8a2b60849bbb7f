"""Random layers over sequences, attentions and resizing: one method per feature."""
from random_nets.growing import Growing
from random_nets.operations import count
from random_nets.sequences import Attention, Encoder, Recurrent

HIDDEN = [1, 2, 3, 4, 5, 7, 8, 9, 16, 17]


class Sequences(Growing):
    """Appends something of a feature and returns its index."""

    def declared(self, path, shapes):
        """Parameters of a layer, in the order in which it declares them."""
        result = []
        for name, dims in shapes.items():
            n = count(dims) // max(1, dims[0])
            scale = 1.0 if n < 6 else 0.5 if n < 20 else 0.25
            result.append(self.d.add("parameter", attr=(dims, f"{path}.{name}", scale,
                                                        len(dims) == 2 and "relative" not in name)))
        return result

    def named(self, kind):
        self.parameters += 1
        return f"{kind}{self.parameters}"

    def sequence(self, steps=17, features=33):
        """A value of steps and features."""
        return self.any(lambda s: len(s) == 2 and s[0] <= steps and s[1] <= features)

    def cells(self):
        """Recurrent layers."""
        rng, d = self.rng, self.d
        x = self.sequence()
        cell = rng.choice(["rnn", "lstm", "gru"])
        hidden = rng.choice(HIDDEN)
        settings = {"layers": rng.choice([1, 1, 1, 2]), "both": rng.random() < 0.25,
                    "bias": rng.random() < 0.75, "last": rng.random() < 0.3,
                    "learnt": rng.random() < 0.25}
        if rng.random() < 0.15:
            settings["window"] = rng.choice([1, 2, 3, 5])
        if rng.random() < 0.3:
            settings["recompute"] = rng.choice([1, 2, 3, 4, 5])
        if cell == "rnn":
            settings["relu"] = rng.random() < 0.3
        if cell == "gru":
            settings["before"] = rng.random() < 0.3
        if cell == "lstm" and hidden > 1 and rng.random() < 0.25:
            settings["projection"] = rng.randint(1, hidden - 1)
        r = Recurrent(cell, hidden, **settings)
        path = self.named(cell)
        own = self.declared(path, r.parameters(d.dims[x][1]))
        return self.add("recurrent", x, *own, attr=(path, r))

    def masked(self, scores):
        """A mask that broadcasts to the scores, and what its numbers mean."""
        rng = self.rng
        dims = tuple(1 if rng.random() < 0.25 else n for n in scores[rng.choice([0, 0, 1, 1]):])
        kind = rng.choice(["added", "shown", "hidden"])
        m = self.value(dims, 0.2)
        return (m, kind) if kind == "added" else (
            self.add(rng.choice(["gt", "lt"]), m, rng.choice([0.0, 0.25, -0.5])), kind)

    def attending(self):
        """Scaled dot-product attention of existing values and parameters."""
        rng, d = self.rng, self.d
        q = self.any(lambda s: len(s) == 2 and s[0] <= 17 and s[1] <= 17 or
                     len(s) == 3 and s[0] <= 6 and s[1] <= 9 and s[2] <= 9)
        dims = d.dims[q]
        keys = rng.choice([dims[-2], rng.choice(HIDDEN)])
        front = ()
        if len(dims) == 3 and rng.random() < 0.7:
            front = (rng.choice([n for n in range(1, dims[0] + 1) if dims[0] % n == 0]),)
        k = self.value(front + (keys, dims[-1]), 0.6)
        v = k if rng.random() < 0.3 else self.value(front + (keys, rng.choice([dims[-1], 3])), 0.5)
        settings = {"causal": rng.random() < 0.4}
        more = []
        if rng.random() < 0.4:
            m, settings["masked"] = self.masked(dims[:-1] + (keys,))
            more = [m]
        if rng.random() < 0.2:
            settings["scale"] = rng.choice([0.25, 1.0])
        if rng.random() < 0.3:
            settings["at_once"] = rng.choice([1, 2, 3, 4, 7])
        return self.add("attention", q, k, v, *more, attr=(Attention(**settings),))

    def settings_of_heads(self, width):
        rng = self.rng
        own = [n for n in range(1, 9) if width % n == 0]
        heads = rng.choice(own)
        settings = {"heads": heads, "causal": rng.random() < 0.4, "bias": rng.random() < 0.75}
        if rng.random() < 0.25:
            settings["kv_heads"] = rng.choice([n for n in range(1, heads + 1) if heads % n == 0])
        r = rng.random()
        if r < 0.25 and width // heads % 2 == 0:
            settings["rotary"] = rng.choice(["interleaved", "half_split"])
        elif r < 0.55:
            settings["relative"] = rng.choice(["alibi", "learnt"])
            settings["reach"] = rng.choice([1, 2, 3, 8])
        if rng.random() < 0.2:
            settings["at_once"] = rng.choice([1, 2, 3, 5])
        return settings

    def transformers(self):
        """Multi-head attention, of itself or of a memory, and encoder layers."""
        rng, d = self.rng, self.d
        x = self.sequence(features=16)
        steps, width = d.dims[x]
        settings = self.settings_of_heads(width)
        if rng.random() < 0.4:
            e = Encoder(rng.choice(HIDDEN), rng.random() < 0.5, rng.choice(["relu", "gelu"]),
                        Attention(**settings))
            path = self.named("encoder") + f"_{width}"
            return self.add("encoder", x, *self.declared(path, e.parameters(width)),
                            attr=(path, e))
        values = [x]
        if rng.random() < 0.5:
            values.append(x if rng.random() < 0.2 else
                          self.value((rng.choice(HIDDEN), rng.choice([width, 3, 8])), 0.5))
            if rng.random() < 0.5:
                m, settings["masked"] = self.masked((settings["heads"], steps,
                                                     d.dims[values[1]][0]))
                values.append(m)
        a = Attention(**settings)
        path = self.named("attention") + f"_{width}"
        given = d.dims[values[1]][1] if len(values) > 1 else width
        return self.add("heads", *values, *self.declared(path, a.parameters(width, given)),
                        attr=(path, a, len(values)))

    def resizing(self):
        """Gated halves, positions, shuffled pixels, and upsampling."""
        rng, d = self.rng, self.d
        kind = rng.choice(["glu", "placed", "shuffle", "upsample"])
        if kind == "glu":
            x = self.any(lambda s: any(n % 2 == 0 for n in s))
            even = [i for i, n in enumerate(d.dims[x]) if n % 2 == 0]
            return self.add("glu", x, attr=(rng.choice(even),))
        if kind == "placed":
            return self.add("placed", self.sequence(), attr=(
                rng.choice(["sinusoidal", "interleaved", "half_split"]),))
        if kind == "shuffle":
            return self.add("shuffle", self.any(lambda s: len(s) == 3), attr=(
                rng.choice(["pixel_shuffle", "pixel_unshuffle"]), rng.choice([1, 2, 2, 3])))
        x = self.any(lambda s: len(s) in (2, 3))
        factors = tuple(rng.choice([1, 2, 2, 3]) for _ in d.dims[x][1:])
        return self.add("upsample", x, attr=(factors, rng.choice(
            ["nearest", "linear", "linear_corners"])))
