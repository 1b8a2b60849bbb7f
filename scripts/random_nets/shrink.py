"""Makes a failing case smaller while it fails in the same way."""
import time
from dataclasses import replace

from random_nets import build, compare, sequences, shaping, space
from random_nets.declaration import parameters_of, rebuilt
from random_nets.operations import LEAVES, Misfit

TOGETHER = 4  # candidates of one program


def with_output(case, i, keep=False):
    """The same with another value as output, and with or without what is declared but not used."""
    old = case.declaration
    d = replace(old, output=i, layers=None, kept=set())
    inputs = [k for k in range(len(d.nodes)) if d.nodes[k].op == "input"]
    used = set(d.live())
    d.kept = set(old.kept) if keep else {k for k in inputs if k in used} or set(inputs[:1])
    jobs = case.jobs
    if not d.batched[i]:
        jobs = tuple(j for j in jobs if j in ("forward", "predict")) or ("forward",)
    return replace(case, declaration=d.pruned(), loss="mse", jobs=jobs, constant=False, frozen=())


def with_node(case, i, make):
    """The same with node i made by make(new, mapped operands)."""
    def each(new, old, node, args):
        return make(new, args) if old == i else new.add(node.op, *args, attr=node.attr)
    d = rebuilt(replace(case.declaration, layers=None), each)
    return replace(case, declaration=d.pruned(), frozen=())


def fresh(op, dims, i):
    attr = (dims, f"x{100 + i}") if op == "input" else (dims, f"w{i}", 1.0, False)
    return lambda new, args: new.add(op, attr=attr)


def with_extent(case, old, less):
    """The same with an extent replaced everywhere."""
    def other(a):
        if isinstance(a, tuple):
            return tuple(other(b) for b in a)
        return less if type(a) is int and a == old else a

    def each(new, i, node, args):
        attr = node.attr if node.op == "permute" else \
            tuple(node.attr[:2]) + other(node.attr[2:]) if node.op == "slice" else other(node.attr)
        if node.op in ("sum", "mean", "maximum", "concat") or node.op in shaping.RULES or \
                node.op in space.RULES or node.op in sequences.RULES:
            attr = node.attr
        return new.add(node.op, *args, attr=attr)
    d = rebuilt(replace(case.declaration, layers=None), each)
    return replace(case, declaration=d)


def settings(case):
    """The same case called more simply."""
    yield replace(case, options=(), clip=(), frozen=(), summed=False, constant=False,
                  optimizer="tl::sgd", steps=1)
    for job in case.jobs:
        if len(case.jobs) > 1 or case.constant:
            yield replace(case, jobs=(job,), constant=False)
    for batch in (1, 2, 3, case.batch // 2):
        if 0 < batch < case.batch:
            yield replace(case, batch=batch, count=min(case.count, batch))
    if case.steps > 1:
        yield replace(case, steps=1)
    if case.count != case.batch:
        yield replace(case, count=1)
    if case.loss != "mse":
        yield replace(case, loss="mse")
    for k in range(len(case.options)):
        yield replace(case, options=case.options[:k] + case.options[k + 1:])
    for simpler in ({"clip": ()}, {"frozen": ()}, {"summed": False}, {"optimizer": "tl::sgd"},
                    {"scalar": "double"}):
        if any(getattr(case, k) != v for k, v in simpler.items()):
            yield replace(case, **simpler)


def declarations(case):
    """Ways to the same case with a smaller declaration: functions and their arguments."""
    case = replace(case, declaration=case.declaration.pruned())
    d = case.declaration
    live = d.live()
    if d.layers is not None or len(d.kept) > 1:
        yield with_output, (case, d.output)
    for i in live:
        if i != d.output and d.nodes[i].op not in ("parameter", "input", "constant"):
            yield with_output, (case, i)
            if any(d.nodes[k].op == "parameter" for k in d.kept):
                yield with_output, (case, i, True)
    for i in reversed(live):
        node = d.nodes[i]
        for k, a in enumerate(node.args):  # an operand instead of the result
            if isinstance(a, int) and d.dims[a] == d.dims[i]:
                yield with_node, (case, i, lambda new, args, k=k: args[k])
        if node.op not in LEAVES:
            yield with_node, (case, i, fresh("input" if d.batched[i] else "parameter", d.dims[i],
                                             i))
    for op in ("parameter", "input"):  # one leaf instead of another
        leaves = [i for i in live if d.nodes[i].op == op and i not in d.owned()]
        for n, i in enumerate(leaves):
            for first in leaves[:n]:
                if d.dims[first] == d.dims[i]:
                    yield with_node, (case, i, lambda new, args, node=d.nodes[first]:
                                      new.nodes.index(node))
    for n in sorted({n for i in live for n in d.dims[i]}, reverse=True):
        for less in (1, 2, 3, n // 2, n - 1):
            if 0 < less < n:
                yield with_extent, (case, n, less)


def says_all(d):
    """Whether nothing but a layer uses the layer's parameters."""
    owned = d.owned()
    return all(not owned.intersection(set(d.nodes[i].args) - set(parameters_of(d.nodes[i])))
               for i in d.live())


def candidates(case):
    """Smaller cases, the most promising first."""
    def key(c):
        return repr((c.declaration.nodes, c.declaration.output, c.describe(), c.declaration.kept))
    seen = {key(case)}
    ways = [(lambda c: c, (c,)) for c in settings(case)] + list(declarations(case))
    for make, args in ways:
        try:
            smaller = make(*args)
        except Misfit:
            continue
        if key(smaller) not in seen and says_all(smaller.declaration):
            seen.add(key(smaller))
            yield smaller


def expected_of(case):
    """What torch says; False for a case that nothing can be said of."""
    if compare.TORCH:
        return None
    try:
        return compare.reference.expected(case)
    except (compare.reference.BadlyConditioned, RuntimeError, IndexError):
        return False


def same_failure(kind, words, found):
    if kind in ("refused", "compile error"):
        return found == (kind, words)
    return found[0] == kind


def smaller_that_fails(case, kind, words, target, folder, pool, until):
    """The first smaller case that fails in the same way, with its words, or None."""
    group, pending = [], []
    alone = kind in ("refused", "compile error")

    def flush():
        if group:
            cases = [c for c, _ in group]
            name = f"s{case.seed}_{flush.count}"
            flush.count += 1
            future = pool.submit(build.refused, cases[0], target, folder, name) if alone else \
                pool.submit(build.outcomes, cases, target, folder, name)
            pending.append((list(group), future))
            group.clear()
    flush.count = 0

    def first_failing():
        batch, future = pending.pop(0)
        for (c, e), outcome in zip(batch, future.result()):
            found = compare.judge(c, outcome, e)
            if same_failure(kind, words, found):
                return c, found[1]
        return None

    for c in candidates(case):
        if time.monotonic() > until:
            break
        e = None if alone else expected_of(c)
        if e is False:
            continue
        group.append((c, e))
        if alone or len(group) == TOGETHER:
            flush()
        while len(pending) >= 2:
            if (found := first_failing()):
                return found
    flush()
    while pending:
        if (found := first_failing()):
            return found
    return None


def shrunk(case, kind, words, target, folder, pool, seconds):
    """The smallest case found in that time, and what is wrong with it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = smaller_that_fails(case, kind, words, target, folder, pool, until)
        if not found:
            break
        case, words = found
    return case, words
