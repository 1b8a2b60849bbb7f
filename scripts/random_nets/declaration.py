"""A random declaration: a list of operations, and the layers that it came from where it did."""
from dataclasses import dataclass, field

from random_nets import operations, sequences, space
from random_nets.operations import Misfit, infer


@dataclass(frozen=True)
class Node:
    """One operation. Operands are indices of earlier nodes, or plain numbers."""
    op: str
    args: tuple = ()
    attr: tuple = ()


LAYERED = space.LAYERED + sequences.LAYERED


def parameters_of(node):
    """Operands that a layer declares itself."""
    return node.args[sequences.values_of(node):] if node.op in LAYERED else ()


@dataclass
class Declaration:
    """Operations in order; `kept` are parameters and inputs declared though nothing uses them."""
    nodes: list = field(default_factory=list)
    dims: list = field(default_factory=list)
    batched: list = field(default_factory=list)
    output: int = -1
    kept: set = field(default_factory=set)
    frozen: set = field(default_factory=set)  # parameters of frozen layers
    layers: tuple = None                      # layers in a row, as layers.py has them

    def __post_init__(self):
        self.index = {node: i for i, node in enumerate(self.nodes)}

    def add(self, op, *args, attr=()):
        """Appends an operation, or finds the same one; its index. Raises Misfit."""
        node = Node(op, tuple(args), tuple(attr))
        if node in self.index and op not in ("parameter", "uniform"):
            return self.index[node]
        shapes = [self.dims[a] if isinstance(a, int) else () for a in args]
        dims = infer(op, shapes, node.attr)
        if len(dims) > operations.MOST_AXES:
            raise Misfit
        self.nodes.append(node)
        self.dims.append(tuple(dims))
        self.batched.append(self.is_batched(node))
        self.index[node] = len(self.nodes) - 1
        return len(self.nodes) - 1

    def is_batched(self, node):
        if node.op in ("input", "uniform"):
            return True
        return any(self.batched[a] for a in node.args if isinstance(a, int))

    def live(self):
        """Indices of what the output needs and what is kept, in order."""
        used = set(self.kept) | {self.output}
        for i in reversed(range(len(self.nodes))):
            if i in used:
                used |= {a for a in self.nodes[i].args if isinstance(a, int)}
        return [i for i in range(len(self.nodes)) if i in used]

    def pruned(self):
        """The same declaration without what nothing needs."""
        return rebuilt(self, lambda new, old, node, args: new.add(node.op, *args, attr=node.attr))

    def of(self, op):
        return [i for i in self.live() if self.nodes[i].op == op]

    def inputs(self):
        return self.of("input")

    def owned(self):
        """Parameters that a layer declares."""
        return {a for i in self.live() for a in parameters_of(self.nodes[i])}

    def parameters(self):
        """Parameters in the order in which C++ declares them."""
        owned, order = self.owned(), []
        for i in self.live():
            if self.nodes[i].op == "parameter" and i not in owned:
                order.append(i)
            else:
                order += parameters_of(self.nodes[i])
        return order

    def name(self, parameter):
        return self.nodes[parameter].attr[1]

    def uses(self, op):
        return any(self.nodes[i].op == op for i in self.live())

    def uses_any(self, op):
        """The same of what the output may not need."""
        return any(n.op == op for n in self.nodes)


def rebuilt(old, make):
    """A declaration with each live node made anew by make(new, index, node, mapped operands)."""
    new, place = Declaration(), {}
    for i in old.live():
        node = old.nodes[i]
        args = [place[a] if isinstance(a, int) else a for a in node.args]
        place[i] = make(new, i, node, args)
    new.output = place[old.output]
    new.kept = {place[i] for i in old.kept}
    new.frozen = {place[i] for i in old.frozen if i in place}
    new.layers = old.layers
    return new


def cpp(declaration, name):
    """The struct that declares the network."""
    d = declaration
    if d.layers is not None:
        from random_nets import layers
        return f"struct {name} : {layers.text(d.layers)} {{}};\n"
    lines, owned = [], d.owned()
    term = {}
    for i in d.live():
        node = d.nodes[i]
        if i in owned:
            continue
        args = [term[a] if isinstance(a, int) and a in term else
                f"tl::value{{{operations.number_text(a)}}}" for a in node.args
                if not (isinstance(a, int) and a in owned)]
        if node.op == "dense":
            args += ["bias"] * (len(node.args) - 1)
        term[i] = f"v{i}"
        unused = "[[maybe_unused]] " if i in d.kept else ""
        lines.append(f"    {unused}const tl::value v{i} = "
                     f"{operations.text(node.op, args, node.attr)};\n")
    return (f"struct {name} : tl::network<{name}> {{\n"
            f"  static consteval tl::value define(tl::graph& g) {{\n{''.join(lines)}"
            f"    return v{d.output};\n  }}\n}};\n")
