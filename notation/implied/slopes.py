"""Simple slopes: the slope of a variable at given values of its moderators, with its standard error.

The slope of x is the sum of the coefficients of all terms with x, each times the rest of its term, and
its variance w′Vw, V the covariance matrix of the coefficients and w those rests (Aiken & West 1991,
ch. 2; Preacher, Curran & Bauer 2006).
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from ..equations import Node, Product, Word, letter
from ..errors import NotYet, unknown_name
from ..expressions import Centered, Constant, Expression, Mean, Term, Variable
from ..fits.conditional import coefficient_covariance_matrix, is_linear
from ..fits.engine_words import Covariances, coefficient_covariance
from ..fits.fitted import Source, as_fit
from ..notations.predictors import add, show
from ..numbers.arithmetic import Numbers
from ..parameters import Coefficient
from .quantity import Implied, symbols_of
from .values import At, value_at
from .variances import shown_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pandas import DataFrame


def simple_slope(fit: Source, variable: str, at: At | None = None, data: DataFrame | None = None) -> Implied:
    """The slope of ``variable`` at the values ``at`` of its moderators, ``{"sector": 1}``.

    On the scale of the linear predictor. The standard error needs the covariance matrix of the
    coefficients: that of the engine's result or, for linear models, computed from the estimates and the
    ``data``; where there is neither, the note says so.

    Raises UnknownName for a variable that no fixed term has, NotYet for one that stands inside of a
    function or a basis, where the slope is not one number.
    """
    fit, at = as_fit(fit), at or {}
    model = fit.model
    rests = {t: _rest(t, variable) for t in model.fixed if variable in t.variables}
    if not rests:
        raise unknown_name("variable", variable, dict.fromkeys(n for t in model.fixed for n in t.variables))
    symbols, indexing = symbols_of(model)
    summands: list[Node] = []
    for term, rest in rests.items():
        shown = [show(model, factor, indexing) for factor in rest.factors]
        summands.append(Product((symbols.coefficient(term), *shown)) if shown else symbols.coefficient(term))
    factors = dict.fromkeys(f for rest in rests.values() for f in rest.factors)
    numbers = Numbers(fit.estimates, data=shown_values(model, factors, indexing, at))
    error, note = _std_error(fit, rests, at, data)
    symbol = letter("slope", Word(variable))
    return Implied(f"slope of {variable}", symbol, add(summands), numbers, note, error)


def _rest(term: Term, variable: str) -> Term:
    """What multiplies the variable in a term."""
    rest = Term(tuple(f for f in term.factors if not _is_itself(f, variable)))
    if len(rest.factors) != len(term.factors) - 1 or variable in rest.variables:
        raise NotYet(
            f"The slope of {variable} is not one number: it stands inside of a function, or is categorical."
        )
    return rest


def _is_itself(factor: Expression, variable: str) -> bool:
    """Whether a factor is the variable, centred or not: minus a constant it has the same slope."""
    match factor:
        case Variable(name):
            return name == variable
        case Centered(Variable(name), Mean() | Constant()):
            return name == variable
        case _:
            return False


def _std_error(
    fit: Source, rests: Mapping[Term, Term], at: At, data: DataFrame | None
) -> tuple[float | None, str]:
    covariance = _covariance(fit, data)
    if covariance is None:
        return None, "the engine's result does not give the covariances of the coefficients"
    weights = {term: value for term, rest in rests.items() if (value := _product(rest, at)) is not None}
    if len(weights) < len(rests):
        return None, ""
    pairs = [(a, b) for a in weights for b in weights]
    variance = sum(weights[a] * weights[b] * covariance[Coefficient(a), Coefficient(b)] for a, b in pairs)
    return sqrt(variance), ""


def _covariance(fit: Source, data: DataFrame | None) -> Covariances | None:
    known = coefficient_covariance(fit)
    if known is not None or data is None or not is_linear(fit.model):
        return known
    matrix = coefficient_covariance_matrix(fit.model, fit.estimates, data)
    places = {Coefficient(term): n for n, term in enumerate(fit.model.fixed)}
    return {(a, b): float(matrix[m, n]) for a, m in places.items() for b, n in places.items()}


def _product(rest: Term, at: At) -> float | None:
    product = 1.0
    for factor in rest.factors:
        value = value_at(factor, at)
        if value is None:
            return None
        product *= value
    return product
