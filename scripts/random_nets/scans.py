"""How random declarations grow scans."""
from random_nets import scanning
from random_nets.growing import Growing
from random_nets.operations import Misfit, count


class Scans(Growing):
    """Adds scans over existing values."""

    def recurrence(self):
        rng, d = self.rng, self.d
        xs = self.any(lambda s: len(s) > 0 and count(s[1:]) <= 40)
        element = d.dims[xs][1:]
        if rng.random() < 0.2:
            return self.add("map", xs, self.value(element, 0.3), attr=(rng.choice(list(scanning.MAPS)),))
        body = rng.choice(list(scanning.BODIES))
        if "u" in scanning.BODIES[body][0] and (len(element) != 1 or element[0] > 17):
            raise Misfit
        operands = [self.value(s, 0.3) for s in scanning.shapes_of(body, element)]
        results = scanning.RESULTS if "c" in scanning.BODIES[body][0] else scanning.RESULTS[:3]
        return self.add("scan", xs, *operands,
                        attr=(body, rng.choice(list(scanning.YIELDS)),
                              rng.choice(["forward", "forward", "backward"]), rng.choice(results)))
