"""Whether the numbers of a case are right."""
import math

from random_nets.operations import APPROXIMATE

try:
    from random_nets import reference
    TORCH = ""
except ImportError as missing:
    reference, TORCH = None, str(missing)


def tolerance(case, record, wanted, of_engine):
    """How far a number may be: by the scalar type, and by how the reference answers perturbed
    inputs."""
    scale = max((abs(x) for x in wanted), default=0.0)
    if of_engine and case.scalar == "float":
        t = 2e-5 * scale + 50 * record.nearby + 1e-6
    else:
        t = 2e-12 * scale + 100 * record.rounded + 1e-6 * record.nearby + 1e-13
    rough = max((e for op, e in APPROXIMATE.items() if case.declaration.uses(op)), default=0.0)
    return t + 1e7 * rough * record.nearby + 10 * rough * scale


def jumps(record):
    """Whether the reference is no number, or moves far where the inputs hardly move."""
    scale = max((abs(x) for x in record.reference), default=0.0)
    return not scale < 1e4 or not record.nearby <= 1e-3 * scale + 1e-8


def first_difference(got, wanted, most):
    if not most >= 0:
        return "the reference gives no numbers"
    if len(got) != len(wanted):
        return f"{len(got)} numbers instead of {len(wanted)}"
    for i, (g, w) in enumerate(zip(got, wanted)):
        if not abs(g - w) <= most and not (math.isnan(g) and math.isnan(w)):
            return f"number {i} of {len(got)} is {g:.9g} instead of {w:.9g}"
    return ""


def judge(case, outcome, expected):
    """What is wrong with an outcome: (kind, words), ("", "") where nothing is, and
    ("skipped", words) where nothing can be said. `expected` comes from torch, or is None."""
    if outcome.compile_error:
        kind = "refused" if outcome.compile_error.startswith("Tapeless:") else "compile error"
        return kind, outcome.compile_error
    if outcome.crash:
        return "crash", outcome.crash
    if not outcome.records:
        return "crash", "no numbers"
    for record in outcome.records:
        found = judge_record(case, record, expected[record.name] if expected else None)
        if found[0]:
            return found
    return "", ""


def judge_record(case, record, wanted):
    """Which of engine, reference semantics and torch differ in the numbers of one call."""
    apart = first_difference(record.engine, record.reference,
                             tolerance(case, record, record.reference, True))
    if wanted is None:
        if jumps(record):
            return "skipped", f"{record.name} jumps"
        return ("interpreter", f"{record.name}: {apart}") if apart else ("", "")
    engine = first_difference(record.engine, wanted, tolerance(case, record, wanted, True))
    reference = first_difference(record.reference, wanted, tolerance(case, record, wanted, False))
    kind = ("engine" if engine and not reference else "all differ" if engine and apart else
            "semantics" if engine else "reference" if reference else "")
    return kind, f"{record.name}: {engine or reference}" if kind else ""
