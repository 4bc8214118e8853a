"""Estimates from a table, as broom.mixed makes it of fits in R: one row a term.

    effect,group,term,estimate,std.error
    fixed,,(Intercept),12.66,0.19
    ran_pars,school,sd__(Intercept),2.20,
    ran_pars,school,cor__(Intercept).ses,-0.11,
    ran_pars,Residual,sd__Observation,6.07,

Standard deviations and correlations become the variances and covariances that the model has; their
errors follow by the delta method. What other tables write is read too: ``sd_x`` with one dash, as of nlme,
and ``school.1`` for a second block of a group, as lme4 calls it. Source: Bolker & Robinson, broom.mixed,
``tidy``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import isnan, sqrt
from typing import TYPE_CHECKING

from ..errors import DataError
from ..estimates import NORMAL_975, Estimate, Estimates, group_label, threshold_name, wald
from ..model import Model
from ..parameters import Coefficient, Covariance, Parameter, ResidualVariance, Threshold, Variance, parameters
from ..spelling import spell, spell_term

if TYPE_CHECKING:
    from pandas import DataFrame

Key = tuple[str, frozenset[str], frozenset[str]]
"""What a row is of: its kind, the columns of its group, its terms; the order of factors is no matter."""

NO_ERROR_OF_COVARIANCE = "the table has the standard error of the correlation, not of the covariance"

PER_UNIT = ("ran_vals", "ran_coefs")
"""Rows of single units, which are not parameters."""


def read_table(model: Model, frame: DataFrame) -> Estimates:
    """The estimates of a model's parameters from a tidy table.

    Raises DataError for a table without the columns ``term`` and ``estimate``, and for rows that belong to
    no parameter of the model.
    """
    rows = [_of_its_group(row, model) for row in _rows(frame)]
    known = {_key_of(model, p): p for p in parameters(model)}
    shown = sorted(map(_shown, known))
    known |= {_key_of(model, p, turned=True): p for p in parameters(model)}
    strange = [row.name for row in rows if _key(row) not in known]
    if strange:
        raise DataError(
            f"the model has no parameter for {_listed(strange)} of the table; it has "
            f"{_listed(shown)}. "
            "A factor needs its categories: categories={…}, or --categories"
        )
    found = {known[_key(row)]: row for row in rows}
    if twice := [row.name for row in rows if found[known[_key(row)]] is not row]:
        raise DataError(f"the table has more than one row for {_listed(twice)}")
    spread: dict[Parameter, float]
    spread = {p: sqrt(_variance(row).value) for p, row in found.items() if isinstance(p, Variance)}
    return Estimates(model, {p: _estimate(p, row, spread) for p, row in found.items()}, engine="table")


# ------------------------------------------------------------------ rows


@dataclass(frozen=True)
class _Row:
    """One row: ``scale`` is what a random part is given as, sd, var, cor or cov; empty for a fixed term."""

    name: str
    scale: str
    group: str
    term: str
    value: float
    std_error: float | None


def _rows(frame: DataFrame) -> Iterator[_Row]:
    columns = {str(c).replace(".", "_"): c for c in frame.columns}
    if missing := {"term", "estimate"} - set(columns):
        raise DataError(
            f"a table of estimates has a column {' and '.join(sorted(missing))}; this one has not"
        )
    for record in frame.astype(object).where(frame.notna(), None).to_dict("records"):
        cell = {name: record[column] for name, column in columns.items()}
        if cell.get("effect") in PER_UNIT or cell["estimate"] is None:
            continue
        scale, mark, term = _parts(str(cell["term"] or ""), str(cell.get("effect") or ""))
        group = str(cell.get("group") or "")
        name = f"{group} {cell['term']}".strip()
        if (part := cell.get("component")) not in (None, "cond"):
            scale, mark, name = str(part), str(part), f"{name} of the component {part}"
        error = cell.get("std_error")
        number = None if error is None or isnan(float(error)) else float(error)
        value = float(cell["estimate"])
        yield _Row(name, scale if mark else "", group if mark else "", term if mark else scale, value, number)


def _parts(name: str, effect: str) -> tuple[str, str, str]:
    """What a term's estimate is, the mark behind that, and the term: ``sd``, ``__``, ``ses``."""
    return name.partition("_" if effect == "ran_pars" and "__" not in name else "__")


def _of_its_group(row: _Row, model: Model) -> _Row:
    """The row with its group called as the model calls it: further blocks of a group are numbered in lme4."""
    group, dot, number = row.group.rpartition(".")
    labels = {frozenset(group_label(model, block.group).split(":")) for block in model.random}
    if dot and number.isdigit() and frozenset(row.group.split(":")) not in labels:
        return replace(row, group=group)
    return row


def _key(row: _Row) -> Key:
    group = frozenset(row.group.split(":"))
    match row.scale:
        case "":
            return "fixed", frozenset(), _factors(row.term)
        case "sd" | "var" if row.group == "Residual":
            return "residual", frozenset(), frozenset()
        case "sd" | "var":
            return "variance", group, _factors(row.term)
        case "cor" | "cov":
            return "covariance", group, frozenset({row.term})
        case other:
            return other, group, frozenset({row.term})


def _factors(term: str) -> frozenset[str]:
    return frozenset(term.split(":"))


def _key_of(model: Model, parameter: Parameter, turned: bool = False) -> Key:
    """The key of a parameter's row; ``turned``: with the terms of a covariance the other way round."""
    match parameter:
        case Coefficient(term):
            return "fixed", frozenset(), frozenset(map(spell, term.factors)) or _factors("(Intercept)")
        case Variance(group, term):
            factors = frozenset(map(spell, term.factors)) or _factors("(Intercept)")
            return "variance", frozenset(group_label(model, group).split(":")), factors
        case Covariance(group, terms):
            block = next(b for b in model.random if b.group == group and terms <= set(b.terms))
            ordered = reversed(block.terms) if turned else block.terms
            joined = ".".join(spell_term(t) for t in ordered if t in terms)
            return "covariance", frozenset(group_label(model, group).split(":")), frozenset({joined})
        case Threshold(k):
            return "fixed", frozenset(), _factors(threshold_name(model, k))
        case ResidualVariance():
            return "residual", frozenset(), frozenset()
        case other:
            return type(other).__name__.lower(), frozenset(), frozenset()


# ------------------------------------------------------------------ numbers


def _estimate(parameter: Parameter, row: _Row, spread: Mapping[Parameter, float]) -> Estimate:
    match parameter:
        case Variance() | ResidualVariance():
            return _variance(row)
        case Covariance(group, terms) if row.scale == "cor":
            value = row.value
            for term in terms:
                value *= spread.get(Variance(group, term), float("nan"))
            return Estimate(value, note=NO_ERROR_OF_COVARIANCE)
        case _:
            return Estimate(row.value) if row.std_error is None else wald(row.value, row.std_error)


def _variance(row: _Row) -> Estimate:
    """A variance: of a standard deviation s its square, with the standard error 2s times that of s."""
    if row.scale == "var":
        return Estimate(row.value, row.std_error)
    if row.std_error is None:
        return Estimate(row.value**2)
    low = max(0.0, row.value - NORMAL_975 * row.std_error)
    high = row.value + NORMAL_975 * row.std_error
    return Estimate(row.value**2, 2 * row.value * row.std_error, low**2, high**2)


# ------------------------------------------------------------------ words


def _shown(key: Key) -> str:
    kind, group, term = key
    return " ".join(filter(None, [kind, ":".join(sorted(group)), ":".join(sorted(term))]))


def _listed(names: list[str]) -> str:
    return ", ".join(names)
