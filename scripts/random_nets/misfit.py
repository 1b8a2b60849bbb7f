"""What an operation says that does not fit its operands."""


class Misfit(Exception):
    """Operands or attributes that do not form a valid operation."""


def require(condition):
    if not condition:
        raise Misfit
