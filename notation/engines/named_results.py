"""What readers of results share: parameters by the names of an engine's columns, and nothing left over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from ..errors import ReadError
from ..estimates import Estimate, Estimates
from ..expressions import INTERCEPT, Indicator, Term
from ..facts.learn import category_names, group_sizes
from ..facts.units import is_numeric
from ..model import Categories, Model
from ..parameter_names import name_parameter
from ..parameters import Parameter, parameters

if TYPE_CHECKING:
    from pandas import DataFrame


def gather(
    model: Model, found: Mapping[Parameter, Estimate], frame: DataFrame, rows: int, engine: str
) -> tuple[Model, Estimates]:
    """A model with its estimates. Raises ReadError unless they are those of the model's parameters."""
    known = parameters(model)
    missing = [name_parameter(model, p) for p in known if p not in found]
    strange = [name_parameter(model, p) for p in found if p not in known]
    if missing:
        raise ReadError(f"the result of {engine} has no estimate of {', '.join(missing)}")
    if strange:
        raise ReadError(f"the formula of {engine} has no {', '.join(strange)}, which its result has")
    return model, Estimates(model, found, group_sizes(model, frame), rows, engine)


def categories_of(terms: Iterable[Term], frame: DataFrame) -> tuple[Categories, ...]:
    """The categories of the variables that have indicators; the one without an indicator comes first."""
    return tuple(_ordered(name, categories, frame) for name, categories in indicated(terms).items())


def indicated(terms: Iterable[Term]) -> dict[str, tuple[str, ...]]:
    """The categories that have indicators, by variable."""
    shown: dict[str, dict[str, None]] = {}
    for factor in (f for term in terms for f in term.factors if isinstance(f, Indicator)):
        shown.setdefault(factor.variable, {})[factor.category] = None
    return {name: tuple(categories) for name, categories in shown.items()}


def _ordered(name: str, shown: Sequence[str], frame: DataFrame) -> Categories:
    names = category_names(frame[name])
    if strange := [category for category in shown if category not in names]:
        raise ReadError(f"{name} is never {strange[0]!r} in the data of the fit")
    ordered = (*(n for n in names if n not in shown), *(n for n in names if n in shown))
    return Categories(name, ordered, is_numeric(frame[name]))


def unit_effects(variable: str, effects: Mapping[str, float], names: Sequence[str]) -> dict[Term, float]:
    """Effects of units as a part of the intercept, that of the first unit, and differences from it.

    A unit that has no effect is the engine's own reference: its effect is 0.
    """
    first, *others = (effects.get(name, 0.0) for name in names)
    differences = zip(names[1:], others, strict=True)
    return {INTERCEPT: first, **{Term((Indicator(variable, n),)): e - first for n, e in differences}}
