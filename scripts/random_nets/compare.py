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
    return t + (rough * (1e3 * record.nearby / 1e-4 + 10 * scale) if rough else 0.0)


def jumps(record):
    """Whether the reference is no number, or moves far where the inputs hardly move."""
    scale = max((abs(x) for x in record.reference), default=0.0)
    return not scale < 1e4 or not record.nearby <= 1e-3 * scale + 1e-8


def first_difference(got, wanted, most):
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
        wanted = expected[record.name] if expected else record.reference
        if expected:
            for numbers, of_engine, kind in ((record.engine, True, "torch"),
                                             (record.reference, False, "semantics")):
                words = against_torch(case, record, numbers, wanted, of_engine)
                if words:
                    engine_too = kind == "torch" and first_difference(
                        numbers, record.reference, tolerance(case, record, wanted, True))
                    return kind + (" and interpreter" if engine_too else ""), words
        if jumps(record) and not expected:
            return "skipped", f"{record.name} jumps"
        words = first_difference(record.engine, record.reference,
                                 tolerance(case, record, record.reference, True))
        if words:
            return "interpreter", f"{record.name}: {words}"
    return "", ""


def against_torch(case, record, numbers, wanted, of_engine):
    words = first_difference(numbers, wanted, tolerance(case, record, wanted, of_engine))
    return f"{record.name}: {words}" if words else ""
