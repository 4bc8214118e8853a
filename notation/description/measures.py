"""What a coefficient measures: a level, a gain, a difference, or how one of these differs by something."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from ..expressions import Basis, Call, Expression, Factor, Indicator, Term, variables
from .wording import Condition, Wording


@dataclass(frozen=True)
class Measure:
    """What the coefficient of a term measures.

    ``kind`` is "level" (the average itself), "gain" (with time), "difference" (per unit of something),
    "category" (between a category and the reference), "steepness" (of a curve, at zero), "bend" (of
    a curve), or "part" (of a curve, without a meaning of its own). ``base`` is the measure that
    differs so, None for a level. ``name`` is what the base differs by, ``per`` one unit of it;
    ``adjective`` is that of a time ("weekly"); ``value`` and ``reference`` are categories; ``cells`` the
    categories for which it holds, where each category has a coefficient of its own.
    """

    kind: str
    base: Measure | None = None
    name: str = ""
    per: str = ""
    adjective: str = ""
    value: str = ""
    reference: str = ""
    cells: tuple[Condition, ...] = ()


LEVEL = Measure("level")


def measure(wording: Wording, term: Term, terms: Collection[Term]) -> Measure:
    """What a coefficient measures.

    ``terms`` are those of the fixed part, or of the random effects, that the coefficient belongs to.
    """
    found, cells = LEVEL, []
    for factor in wording.ordered(term):
        if isinstance(factor, Indicator) and is_cell(wording, term, factor, terms):
            zero = wording.zero(factor)
            cells.append(
                Condition(
                    "value",
                    zero.label,
                    wording.category(factor.variable, factor.category),
                    zero.units,
                    zero.height,
                )
            )
        else:
            found = _by(wording, factor, found)
    return replace(found, cells=tuple(cells))


def is_cell(wording: Wording, term: Term, factor: Indicator, terms: Collection[Term]) -> bool:
    """Whether the reference category has a coefficient as well, so that nothing is compared with it."""
    known = wording.model.categories_of(factor.variable)
    if known is None:
        return False
    reference = Indicator(factor.variable, known.reference)
    return Term((*(f for f in term.factors if f != factor), reference)) in terms


def _by(wording: Wording, factor: Expression, base: Measure) -> Measure:
    """How a measure differs by one more factor."""
    name = wording.said(factor)
    match factor:
        case Indicator(variable, category):
            known = wording.model.categories_of(variable)
            reference = known.reference if known else ""
            value, reference = wording.category(variable, category), wording.category(variable, reference)
            return Measure("category", base, name, value=value, reference=reference)
        case Factor():
            return Measure("category", base, name)
        case Basis():
            return Measure("part", base, name)
    if (named := wording.binary(factor)) is not None:
        return Measure("category", base, name, value=named[1], reference=named[0])
    if any(len(wording.forms.get(v, ())) > 1 for v in variables(factor)):
        return _of_curve(wording, factor, base, name)
    if (time := wording.time(factor)) is not None:
        return Measure("gain", base, name, per=_per_time(wording, factor, time[1]), adjective=time[0])
    return Measure("difference", base, name, per=wording.per(factor))


def _of_curve(wording: Wording, factor: Expression, base: Measure, name: str) -> Measure:
    if isinstance(factor, Call) and wording.is_only_square(factor):
        inner = factor.arguments[0]
        return Measure("bend", base, wording.said(inner), per=wording.per(inner))
    kind = "steepness" if wording.has_only_powers(factor) else "part"
    return Measure(kind, base, name, per=wording.per(factor))


def _per_time(wording: Wording, factor: Expression, usual: str) -> str:
    name = next(variables(factor))
    unit = wording.book.units.get(name)
    return wording.measured(unit, wording.label(name)) if unit else usual
