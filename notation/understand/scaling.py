"""Numbers among the factors of a term: 2 β_1 x is β_1 times the variable 2 x."""

from __future__ import annotations

from math import prod

from ..expressions import Call, Constant, Expression
from .data import tidy


def scaled(factors: list[Expression]) -> list[Expression] | None:
    """The factors with their numbers put into the first variable; None where there is no variable."""
    numbers = [value for f in factors if (value := _number(f)) is not None]
    data = [f for f in factors if _number(f) is None]
    if not numbers:
        return factors
    return [Call("*", (Constant(tidy(prod(numbers))), data[0])), *data[1:]] if data else None


def _number(factor: Expression) -> float | None:
    """The value of a constant, or of a fraction of two."""
    match factor:
        case Constant(value):
            return value
        case Call("/", (Constant(a), Constant(b))) if b:
            return a / b
        case _:
            return None
