"""Makes a failing case smaller while it fails in the same way."""
import time
from dataclasses import replace

from random_nets import build, compare
from random_nets.declaration import Declaration, rebuilt
from random_nets.operations import Misfit

TOGETHER = 8  # candidates of one program


def with_output(case, i):
    """The same with another value as output."""
    d = case.declaration.pruned()
    d.output, d.layers = i, None
    jobs = case.jobs
    if not d.batched[i]:
        jobs = tuple(j for j in jobs if j in ("forward", "predict")) or ("forward",)
    kept = case.declaration.kept
    if d.kept == kept:  # what is declared but not used goes too, other than an input
        used = Declaration(d.nodes, d.dims, d.batched, i).live()
        inputs = [k for k in range(len(d.nodes)) if d.nodes[k].op == "input"]
        d.kept = ({k for k in inputs if k in used} or set(inputs[:1])) - set()
    return replace(case, declaration=d.pruned(), loss="mse", jobs=jobs)


def with_node(case, i, make):
    """The same with node i made by make(new, mapped operands)."""
    def each(new, old, node, args):
        return make(new, args) if old == i else new.add(node.op, *args, attr=node.attr)
    d = rebuilt(case.declaration, each)
    d.layers = None
    return with_output(replace(case, declaration=d), d.output) if case.loss == "mse" else \
        replace(case, declaration=d.pruned())


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
        if node.op in ("sum", "mean", "maximum", "concat"):
            attr = node.attr
        return new.add(node.op, *args, attr=attr)
    d = rebuilt(case.declaration, each)
    d.layers = None
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
    """The same case with a smaller declaration."""
    d = case.declaration
    if d.layers is not None:
        yield with_output(case, d.pruned().output)
    case = replace(case, declaration=d.pruned())
    d = case.declaration
    live = d.live()
    for i in live:
        if i != d.output and d.nodes[i].op not in ("parameter",) or len(d.kept) > 1:
            yield with_output, (case, i)
    for i in reversed(live):
        node = d.nodes[i]
        for a in node.args:  # an operand instead of the result
            if isinstance(a, int) and d.dims[a] == d.dims[i] and d.batched[a] == d.batched[i]:
                k = node.args.index(a)
                yield with_node, (case, i, lambda new, args, k=k: args[k])
        if node.op not in ("input", "parameter"):
            yield with_node, (case, i, fresh("input" if d.batched[i] else "parameter",
                                             d.dims[i], i))
    for op in ("parameter", "input"):  # one leaf instead of another
        leaves = [i for i in live if d.nodes[i].op == op and i not in d.owned()]
        for n, i in enumerate(leaves):
            for first in leaves[:n]:
                if d.dims[first] == d.dims[i]:
                    yield with_node, (case, i, lambda new, args, node=d.nodes[first]:
                                      [k for k, m in enumerate(new.nodes) if m == node][0])
    extents = sorted({n for i in live for n in d.dims[i]}, reverse=True)
    for n in extents:
        for less in (1, 2, 3, n // 2, n - 1):
            if 0 < less < n:
                yield with_extent, (case, n, less)


def candidates(case):
    """Smaller cases, the most promising first."""
    seen = set()
    for make in list(declarations(case))[:0] or _all(case):
        try:
            smaller = make[0](*make[1]) if isinstance(make, tuple) else make
        except Misfit:
            continue
        key = repr((smaller.declaration.nodes, smaller.declaration.output, smaller.describe()))
        if key not in seen and key != repr((case.declaration.nodes, case.declaration.output,
                                            case.describe())):
            seen.add(key)
            yield smaller


def _all(case):
    yield from settings(case)
    yield from declarations(case)


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

    def flush():
        if group:
            cases = [c for c, _ in group]
            name = f"s{case.seed}_{flush.count}"
            flush.count += 1
            pending.append((list(group), pool.submit(build.outcomes, cases, target, folder, name)))
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
        e = expected_of(c)
        if e is False:
            continue
        group.append((c, e))
        if len(group) == TOGETHER:
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
