"""A random declaration from a seed, over the whole vocabulary."""
from random_nets import layers
from random_nets.features import Generator
from random_nets.growing import FEATURES
from random_nets.operations import Misfit


SPACE = {"convolution", "pooling", "normalization", "windows"}


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
        spatial = not SPACE.isdisjoint(features) and rng.random() < 0.3
        g.d.add("input", attr=(g.spatial_dims() if spatial else g.dims(150), f"x{i}"))
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
