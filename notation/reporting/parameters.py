"""The tables of parameters: fixed coefficients with intervals and ratios, variances and covariances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import exp, sqrt
from typing import Any

from ..description.entries import Facts
from ..equations import Node
from ..estimates import Estimate, Estimates
from ..expressions import Expression, Term, variables
from ..fits.engine_words import p_values
from ..model import Model
from ..parameter_names import ordered
from ..parameters import (
    Autocorrelation,
    Coefficient,
    Covariance,
    Dispersion,
    Parameter,
    ResidualVariance,
    Threshold,
    Variance,
    parameters,
)
from .content import Block, Factor, Fixed, Ratio, Spread
from .variables import form_of

RATIOS = {("binomial", "logit"), ("binomial", "cloglog"), ("binomial", "log")}
"""Families and links whose exponentials of coefficients have a name; the log link of others has one, too."""


def fixed_rows(fit: Any, facts: Facts) -> tuple[Fixed, ...]:
    """The fixed coefficients and thresholds, in the order of the model."""
    values: Mapping[Parameter, float] = p_values(fit)
    return tuple(_fixed(facts, fit.estimates, values))


def _fixed(facts: Facts, estimates: Estimates, values: Mapping[Parameter, float]) -> Iterator[Fixed]:
    symbols = facts.symbols.parameters
    for parameter in parameters(facts.model):
        estimate = estimates.get(parameter)
        if estimate is None or not isinstance(parameter, Coefficient | Threshold):
            continue
        yield Fixed(
            symbols.get(parameter),
            _term(facts, parameter.term) if isinstance(parameter, Coefficient) else (),
            estimate.value,
            estimate.std_error,
            estimate.low,
            estimate.high,
            _ratio(estimate) if _has_ratio(facts.model) and isinstance(parameter, Coefficient) else None,
            values.get(parameter),
            getattr(parameter, "category", ""),
            getattr(parameter, "k", 0),
        )


def _term(facts: Facts, term: Term) -> tuple[Factor, ...]:
    """The factors of a term, each by the label of its variable and the form in which it stands."""
    return tuple(_factor(facts, factor) for factor in term.factors)


def _factor(facts: Facts, factor: Expression) -> Factor:
    name = next(variables(factor), "")
    return Factor(
        facts.wording.label(name),
        form_of(facts.wording, factor),
        facts.wording.category(name, getattr(factor, "category", "")),
    )


def _has_ratio(model: Model) -> bool:
    return (model.family.name, model.family.link) in RATIOS or (
        model.family.link == "log" and model.family.name != "gaussian"
    )


def _ratio(estimate: Estimate) -> Ratio:
    low, high = (None if x is None else exp(x) for x in (estimate.low, estimate.high))
    return Ratio(exp(estimate.value), low, high)


# ------------------------------------------------------------------ the random part


def spread_rows(facts: Facts, estimates: Estimates) -> tuple[Spread, ...]:
    """The variances with standard deviations, the covariances with correlations, and what else there is."""
    symbols = facts.symbols.parameters
    found = (
        _spread(facts, p, estimates[p].value, estimates, symbols.get(p))
        for p in parameters(facts.model)
        if p in estimates
    )
    return tuple(row for row in found if row is not None)


def _spread(
    facts: Facts, parameter: Parameter, value: float, estimates: Estimates, symbol: Node | None
) -> Spread | None:
    wording = facts.wording
    match parameter:
        case Variance(group, term):
            return Spread(
                symbol, "variance", wording.units_at(group), (_term(facts, term),), value, _sd(value)
            )
        case Covariance(group):
            terms = ordered(facts.model, parameter)
            root = _correlation(value, [estimates.get(Variance(group, t)) for t in terms])
            names = tuple(_term(facts, t) for t in terms)
            return Spread(symbol, "covariance", wording.units_at(group), names, value, root)
        case ResidualVariance(category):
            return Spread(symbol, "residual", wording.observations, (), value, _sd(value), category)
        case Autocorrelation(group):
            units = wording.units_at(group) if group else wording.observations
            return Spread(symbol, "autocorrelation", units, (), value)
        case Dispersion():
            return Spread(symbol, "dispersion", wording.observations, (), value)
        case _:
            return None


def _sd(variance: float) -> float | None:
    return sqrt(variance) if variance >= 0 else None


def _correlation(covariance: float, variances: list[Estimate | None]) -> float | None:
    """The correlation; None where a variance is zero, or is shared by several effects."""
    product = 1.0
    for variance in variances:
        product *= 0.0 if variance is None else max(0.0, variance.value)
    return covariance / sqrt(product) if product else None


def blocks(facts: Facts) -> tuple[Block, ...]:
    """The sets of random effects that are correlated with one another."""
    wording = facts.wording
    return tuple(
        Block(wording.units_at(b.group), tuple(_term(facts, t) for t in b.terms), b.structure)
        for b in facts.model.random
    )
