"""How random declarations grow scans."""
from random_nets import nesting, scanning
from random_nets.growing import Growing
from random_nets.operations import Misfit, count


class Scans(Growing):
    """Adds scans over existing values."""

    def recurrence(self):
        rng, d = self.rng, self.d
        if rng.random() < 0.3:
            return self.nest()
        xs = self.any(lambda s: len(s) > 0 and count(s[1:]) <= 40)
        element = d.dims[xs][1:]
        if rng.random() < 0.2:
            return self.add("map", xs, self.value(element, 0.3),
                            attr=(rng.choice(list(scanning.MAPS)), rng.random() < 0.5))
        body = rng.choice(list(scanning.BODIES))
        if "u" in scanning.BODIES[body][0] and (len(element) != 1 or element[0] > 17):
            raise Misfit
        operands = [self.value(s, 0.3) for s in scanning.shapes_of(body, element)]
        results = scanning.RESULTS if "c" in scanning.BODIES[body][0] else scanning.RESULTS[:3]
        return self.add("scan", xs, *operands,
                        attr=(body, rng.choice(list(scanning.YIELDS)),
                              rng.choice(["forward", "forward", "backward"]),
                              rng.choice(scanning.RECOMPUTE), rng.choice(results)))

    def nest(self):
        """A loop inside a loop, of lengths that are written out and that are not."""
        rng = self.rng
        n = rng.choice([1, 2, 3, 4, 5, 8, 9])
        dims = (rng.choice([1, 2, 3, 4, 5, 7]), rng.choice([1, 3, 5, 5, 6, 7, 9]), n)
        rows = (rng.choice([5, 6, 8]), n)
        inputs = [i for i, node in enumerate(self.d.nodes) if self.d.batched[i] and dims[1] > 1]
        xs = self.value(dims, 0.7)
        if inputs and not self.d.batched[xs] and rng.random() < 0.8:
            x = rng.choice(inputs)
            xs = self.add("mul", xs, self.add("tanh", self.add("mean", x, attr=(None, False))))
        operands = [self.value((n,), 0.5), self.value((n,), 0.2), self.value((n, n), 0.2), self.value(rows, 0.3)]
        pick = lambda table: rng.choice(list(table))  # noqa: E731
        loops = rng.choice(["scans", "scans", "scans", *nesting.LOOPS])
        result = "all" if nesting.LOOPS[loops][0] == "map" else pick(nesting.RESULTS)
        attr = (loops, pick(nesting.SEQUENCES), pick(nesting.STARTS), pick(nesting.BODIES), pick(nesting.NEXTS),
                pick(nesting.YIELDS), (pick(nesting.ORDERS), pick(nesting.ORDERS)),
                (pick(nesting.WINDOWS), pick(nesting.WINDOWS)), result)
        return self.add("nest", xs, *operands, attr=attr)
