"""Random networks of layers in a row: the same declaration as C++ types and as operations.

A layer is a tuple: ("dense", outputs, bias), ("op", name), ("reshape_to", dims), ("flatten",),
("residual", layers), ("parallel_sum", layers), ("parallel_concat", layers), ("row", layers),
("named", name, layer), ("frozen", layer). A network is (input dims, layers).
"""
from random_nets import operations
from random_nets.declaration import Declaration
from random_nets.operations import count

NUMBERED = {"leaky_relu": 0.125, "elu": 0.75}


def layer_text(layer):
    kind = layer[0]
    if kind == "dense":
        return f"tl::dense<{layer[1]}>" if layer[2] else f"tl::dense<{layer[1]}, tl::bias::off>"
    if kind == "op":
        return f"tl::{layer[1]}" + (f"<{NUMBERED[layer[1]]}>" if layer[1] in NUMBERED else "")
    if kind == "reshape_to":
        return f"tl::reshape_to<{', '.join(map(str, layer[1]))}>"
    if kind == "named":
        return f'tl::named<"{layer[1]}", {layer_text(layer[2])}>'
    if kind == "frozen":
        return f"tl::frozen<{layer_text(layer[1])}>"
    if kind == "flatten":
        return "tl::flatten"
    name = "sequential" if kind == "row" else kind
    return f"tl::{name}<{', '.join(map(layer_text, layer[1]))}>"


def text(network):
    dims, row = network
    first = f"tl::input<{', '.join(map(str, dims))}>"
    return f"tl::sequential<{', '.join([first] + [layer_text(l) for l in row])}>"


def lower_row(d, x, row, scope):
    for i, layer in enumerate(row):
        x = lower_child(d, x, layer, i, scope)
    return x


def lower_child(d, x, layer, index, scope):
    own = layer[1] if layer[0] == "named" else str(index)
    return lower(d, x, layer[2] if layer[0] == "named" else layer, scope + [own])


def lower(d, x, layer, scope):
    kind = layer[0]
    if kind == "dense":
        if len(d.dims[x]) != 1:
            raise operations.Misfit
        path, n = ".".join(scope), d.dims[x][0]
        scale = 1.0 if n < 6 else 0.5 if n < 20 else 0.25
        args = [d.add("parameter", attr=((layer[1], n), path + ".weight", scale, True))]
        if layer[2]:
            args.append(d.add("parameter", attr=((layer[1],), path + ".bias", 0.5, False)))
        return d.add("dense", x, *args, attr=(path, layer[1]))
    if kind == "op":
        attr = (NUMBERED[layer[1]],) if layer[1] in NUMBERED else ()
        return d.add(layer[1], x, attr=attr)
    if kind == "reshape_to":
        return d.add("reshape", x, attr=(layer[1],))
    if kind == "flatten":
        return d.add("flatten", x)
    if kind == "named":
        return lower(d, x, layer[2], scope)
    if kind == "frozen":
        before = len(d.nodes)
        y = lower(d, x, layer[1], scope)
        d.frozen |= {i for i in range(before, len(d.nodes)) if d.nodes[i].op == "parameter"}
        return y
    if kind == "row":
        return lower_row(d, x, layer[1], scope)
    if kind == "residual":
        y = lower_row(d, x, layer[1], scope)
        if d.dims[y] != d.dims[x]:
            raise operations.Misfit
        return d.add("add", x, y)
    y = None
    for i, branch in enumerate(layer[1]):
        b = lower_child(d, x, branch, i, scope)
        y = b if y is None else (d.add("add", y, b) if kind == "parallel_sum" else
                                 d.add("concat", y, b, attr=(0,)))
    return y


def declare(network):
    """The operations of layers in a row. Raises Misfit."""
    d = Declaration()
    d.output = lower_row(d, d.add("input", attr=(network[0], "x")), network[1], [])
    d.kept = set(d.inputs() or [0])
    d.layers = network
    return d


def random_layer(rng, dims, depth):
    """A layer that fits an operand of that shape."""
    vector = len(dims) == 1
    kinds = ["op"] * 4 + (["dense"] * 6 if vector else ["flatten"] * 3)
    if depth < 2:
        kinds += ["residual", "parallel_sum", "parallel_concat", "row", "named", "frozen"]
    kind = rng.choice(kinds + ["reshape_to"])
    if kind == "dense":
        size = rng.choice([1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33])
        return ("dense", size, rng.random() < 0.7)
    if kind == "op":
        names = operations.LAYER_OPERATIONS + list(NUMBERED) + (["softmax", "log_softmax"] if dims
                                                                else [])
        return ("op", rng.choice([n for n in names if n not in operations.APPROXIMATE]))
    if kind == "flatten":
        return ("flatten",)
    if kind == "reshape_to":
        n = count(dims)
        factor = rng.choice([k for k in range(1, n + 1) if n % k == 0])
        return ("reshape_to", (factor, n // factor) if rng.random() < .5 else (n,))
    if kind in ("named", "frozen"):
        inner = random_layer(rng, dims, depth + 1)
        return ("named", f"part{rng.randrange(1000)}", inner) if kind == "named" else \
            ("frozen", inner)
    if kind == "row":
        return ("row", random_row(rng, dims, depth + 1, rng.randint(1, 3)))
    if kind == "residual":
        row = random_row(rng, dims, depth + 1, rng.randint(1, 2))
        if vector:
            row += (("dense", dims[0], rng.random() < .7),)
        return ("residual", row)
    return (kind, tuple(random_layer(rng, dims, depth + 1) for _ in range(rng.randint(2, 3))))


def dims_after(dims, row):
    d = Declaration()
    return d.dims[lower_row(d, d.add("input", attr=(dims, "x")), row, [])]


def random_row(rng, dims, depth, length):
    row = ()
    while len(row) < length:
        layer = random_layer(rng, dims_after(dims, row), depth)
        try:
            if count(dims_after(dims, row + (layer,))) <= 200:
                row += (layer,)
        except operations.Misfit:
            pass
    return row
