"""A worked prediction: symbols, numbers, result, from the highest level down to the response.

    β_0j = γ_00 + u_0j = 12.64 − 2.66 = 9.97
    m̂ath_ij = β_0j = 9.97

as handcalcs shows a calculation. Each line is computed from the tree that is printed, so it cannot say
one thing and compute another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..equations import (
    Apply,
    Equation,
    Equations,
    Legend,
    Negative,
    Node,
    Number,
    Power,
    Quotient,
    Sum,
    Symbol,
)
from ..errors import CannotSay, DataError, NeedsMore, NotYet, UnknownName
from ..estimates import group_label, rounded
from ..expressions import Basis, Call, Centered, Expression, Mean
from ..implied.quantity import symbols_of
from ..implied.values import value_at
from ..model import Model
from ..notations import combined, raudenbush_bryk
from ..notations.predictors import show
from ..notations.raudenbush_bryk import MEANS
from ..notations.sampling import generalized, is_plain_gaussian
from ..numbers.arithmetic import PI, Numbers, compute, minus, put_numbers
from ..numbers.evaluate import columns_of_group, evaluate, label, units
from ..options import Options
from ..spelling import spell
from .conditional import group_effects, is_linear
from .engine_words import effects_in_engine
from .fitted import Source, as_fit

if TYPE_CHECKING:
    from pandas import DataFrame

OPTIONS = Options(legend=False, distributions=False)
ONE = Number("1")


def explain(
    fit: Source, row: Mapping[str, Any] | int, data: DataFrame | None = None, decimals: int = 2
) -> Equations:
    """The prediction for one row, worked out level by level.

    row : the values of the variables, ``{"ses": 0.5, "sector": 1}``; with the names of groups,
        ``{"sch_id": 1224}``, their empirical Bayes effects are used, otherwise effects are 0. A number
        is the place of a row of the data, from 0.
    data : the data of the fit: effects of groups and means of variables are computed from them.
    decimals : digits behind the point of everything that is estimated or computed.

    Of a generalized model the linear predictor and the mean of the response are shown, with the effects
    (conditional modes) that the engine's result gives; a mean at effects of 0 is that of a typical group,
    and not the mean over the groups.

    Raises NeedsMore where a value or the data are missing, UnknownName for a group that the data do not
    have, NotYet for models that have no equations so far.
    """
    fit = as_fit(fit)
    model = fit.model
    numbers, remarks = _numbers(fit, row, data)
    statements = []
    for left, right in _lines(model):
        value = compute(right, numbers)
        if value is None:  # every symbol has a number by now, so a function is not known or not defined
            raise NotYet("The model has a function that predictions are not computed with so far.")
        numbers = numbers | {left: value}
        sides = (left, right, put_numbers(right, numbers, decimals), rounded(value, decimals))
        statements.append(Equation(tuple(dict.fromkeys(sides))))
    return Equations(tuple(statements), Legend(remarks=remarks))


# ------------------------------------------------------------------ the lines


def _lines(model: Model) -> Iterator[tuple[Node, Node]]:
    """What is computed, and from what: the level equations from the top, the mean of the response last."""
    symbols, indexing = symbols_of(model)
    equations = [s for s in _page(model).statements if isinstance(s, Equation)]
    parts = None if is_plain_gaussian(model) else generalized(model, indexing, MEANS)
    if parts is not None:  # the link is solved for the mean instead
        equations = [e for e in equations if e.sides[-1] != parts.linked and e not in parts.sampling]
    outcome, *above = equations
    for equation in sorted(above, key=lambda e: -e.level):  # stable: in order within a level
        yield equation.sides[0], equation.sides[1]
    left, right = outcome.sides
    if parts is None:
        yield _expected(left), _without(right, symbols.residual)
        return
    yield left, right
    if left != parts.mean:
        yield parts.mean, INVERSES[model.family.link](left)


def _page(model: Model) -> Equations:
    try:
        return raudenbush_bryk.write(model, OPTIONS)
    except (CannotSay, NeedsMore):  # no level equations: a level is not known, or a slope has no place
        return combined.write(model, OPTIONS)


def _expected(response: Node) -> Node:
    """The response with a hat: it is predicted, not observed."""
    return replace(response, accent="hat") if isinstance(response, Symbol) else Apply("E", (response,))


def _without(right: Node, residual: Symbol) -> Node:
    """The right side without the residual, whose expectation is zero."""
    terms = tuple(t for t in right.terms if t != residual) if isinstance(right, Sum) else ()
    if isinstance(right, Sum):
        return Sum(terms) if len(terms) > 1 else terms[0]
    return Number("0") if right == residual else right


def _exp(node: Node) -> Node:
    return Apply("exp", (node,))


INVERSES: dict[str, Callable[[Node], Node]] = {
    "identity": lambda eta: eta,
    "logit": lambda eta: Quotient(ONE, Sum((ONE, _exp(minus(eta))))),
    "probit": lambda eta: Apply("Φ", (eta,)),
    "cloglog": lambda eta: Sum((ONE, Negative(_exp(Negative(_exp(eta)))))),
    "loglog": lambda eta: _exp(Negative(_exp(minus(eta)))),
    "log": _exp,
    "inverse": lambda eta: Quotient(ONE, eta),
    "sqrt": lambda eta: Power(eta, Number("2")),
    "cauchit": lambda eta: Sum((Number("0.5"), Quotient(Apply("atan", (eta,)), PI))),
}
"""The mean as an expression of the linear predictor, by link."""


# ------------------------------------------------------------------ the numbers


def _numbers(
    fit: Source, row: Mapping[str, Any] | int, data: DataFrame | None
) -> tuple[Numbers, tuple[str, ...]]:
    """The number of every symbol that stands on a right side, and remarks on what was assumed."""
    model = fit.model
    symbols, indexing = symbols_of(model)
    at = _point(model, row, data)
    factors = dict.fromkeys(f for term in model.terms for f in term.factors)
    given = {show(model, f, indexing): _value(f, at) for f in factors}
    for offset in model.offsets:
        shown = show(model, offset, indexing)
        given[shown] = given[Apply("offset", (shown,))] = _value(offset, at)
    effects: dict[Node, float] = {}
    remarks: list[str] = []
    for block in model.random:
        unit = _unit(model, block.group, at)
        found = {} if unit is None else _effects_of(fit, block.group, unit, data)
        if unit is None:
            remarks.append(f"No unit of {group_label(model, block.group)} is named: its effects are 0.")
        effects |= {symbols.effect(block.group, t): found.get(t, 0.0) for t in block.terms}
    return Numbers(fit.estimates, effects, given), tuple(dict.fromkeys(remarks))


def _value(expression: Expression, at: Mapping[str, Any]) -> float:
    value = value_at(expression, at)
    if value is None:
        raise NeedsMore(
            f"The value of {spell(expression)} is missing: give the values of its variables in the row; with "
            "a mean, give the data, and the unit it is taken within."
        )
    return value


def _point(model: Model, row: Mapping[str, Any] | int, data: DataFrame | None) -> dict[str, Any]:
    """The values of the row, by variable, with the means of variables by their spelling."""
    from numpy import integer  # numpy and pandas come with the fit, not with this module
    from pandas import Series

    parts = {part for term in model.terms for f in term.factors for part in _computed(f)}
    if isinstance(row, int | integer):
        if data is None:
            raise NeedsMore("A row is given by its place: give the data, too.")
        if not -len(data) <= row < len(data):
            raise DataError(f"the data have {len(data)} rows, and none at place {row}")
        at = {str(name): value for name, value in data.iloc[row].items()}
        return at | {spell(part): evaluate(part, data).iloc[row] for part in parts}
    if not isinstance(row, Mapping | Series):
        raise DataError(f"a row is its place or its values by variable, not {row!r}")
    at = {str(name): value for name, value in row.items()}
    found = {spell(p): _of_all_rows(p, at, data) for p in parts if data is not None}
    return {**{name: value for name, value in found.items() if value is not None}, **at}


def _computed(expression: Expression) -> Iterator[Expression]:
    """The parts of an expression that other rows enter, too."""
    match expression:
        case Mean() | Basis() | Call("scale"):
            yield expression
        case Call(_, arguments):
            for argument in arguments:
                yield from _computed(argument)
        case Centered(of, around):
            yield from _computed(of)
            yield from _computed(around)


def _of_all_rows(part: Expression, at: Mapping[str, Any], data: DataFrame) -> float | None:
    """What the data tell of a part at values of their own; None where they do not."""
    match part:
        case Mean():
            return _mean(part, at, data)
        case Call("scale", (of,)) if (value := value_at(of, at)) is not None:
            column = evaluate(of, data)
            return float((value - column.mean()) / column.std())
        case _:
            return None


def _mean(mean: Mean, at: Mapping[str, Any], data: DataFrame) -> float | None:
    """The mean over the data, or over those of the row's own unit; None where that is not named."""
    values = evaluate(mean.of, data)
    if mean.within is not None:
        columns = columns_of_group(mean.within, data)
        if not set(columns) <= set(at):
            return None
        values = values[units(columns, data).map(label) == ":".join(label(at[c]) for c in columns)]
    return float(values.mean()) if len(values) else None


# ------------------------------------------------------------------ effects


def _unit(model: Model, group: str, at: Mapping[str, Any]) -> str | None:
    """The unit that the row names, with what it is nested in; None where it names none."""
    name = group_label(model, group)
    if name in at:
        return label(at[name])
    columns = tuple(dict.fromkeys(name.split(":")))
    return ":".join(label(at[c]) for c in columns) if set(columns) <= set(at) else None


def _effects_of(fit: Source, group: str, unit: str, data: DataFrame | None) -> Mapping[Any, float]:
    known: Mapping[str, Mapping[Any, float]] | None
    if not is_linear(fit.model):
        known = effects_in_engine(fit, group)
    elif data is not None:
        known = group_effects(fit.model, fit.estimates, data)[group]
    else:
        raise NeedsMore(f"The effects of {group} {unit} are computed from the data: give data=.")
    if known is None:
        raise NotYet(
            f"The engine's result does not give the effects of {group}. Without the names of groups, "
            "predictions are those at effects of 0."
        )
    if unit not in known:
        raise UnknownName(
            f"the data have no {group} {unit!r}: leave it out to predict for a group whose effects are 0"
        )
    return known[unit]
