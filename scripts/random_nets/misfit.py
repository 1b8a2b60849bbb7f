"""What an operation says that does not fit its operands."""

MOST_AXES = 6  # tapeless::max_rank


class Misfit(Exception):
    """Operands or attributes that do not form a valid operation."""


def require(condition):
    if not condition:
        raise Misfit
