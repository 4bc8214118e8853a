"""The values of expressions at a point that a user chose: ``at={"ses": 0.5, "Machine": "B"}``."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from ..errors import DataError
from ..expressions import Call, Centered, Constant, Expression, Indicator, Variable
from ..numbers.evaluate import functions, label
from ..spelling import spell

At = Mapping[str, Any]
"""Values by variable; also by expression in R's spelling, ``{"I(ses - mean(ses))": 1}``."""


def value_at(expression: Expression, at: At) -> float | None:
    """The value of an expression at a point; None where the point does not tell it."""
    spelled = spell(expression)
    if spelled in at:
        return _number(spelled, at[spelled])
    match expression:
        case Indicator(name, category) if name in at:
            return float(label(at[name]) == category)
        case Variable(name) if name in at:  # a name that R writes in backticks
            return _number(name, at[name])
        case Constant(value):
            return float(value)
        case Call("scale"):  # the mean and the spread are those of a whole column
            return None
        case Call(function, arguments) if function in functions():
            values = [v for a in arguments if (v := value_at(a, at)) is not None]
            return _finite(functions()[function](*values)) if len(values) == len(arguments) else None
        case Centered(of, around):
            whole, center = value_at(of, at), value_at(around, at)
            return None if whole is None or center is None else whole - center
        case _:
            return None


def _number(name: str, value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise DataError(f"{name} is {value!r}, but a number is needed") from None


def _finite(value: Any) -> float | None:
    return float(value) if math.isfinite(value) else None
