"""What an engine's result says of the fixed coefficients beyond their estimates: covariances, p-values."""

from __future__ import annotations

from typing import Any

from .expressions import INTERCEPT, Term
from .model import Model
from .parameters import Coefficient, Parameter

Covariances = dict[tuple[Coefficient, Coefficient], float]


def coefficient_covariance(fit: Any) -> Covariances | None:
    """The covariances of the fixed coefficients, by pair; None where they are not available.

    ``fit`` is a :class:`notation.engines.Fit` of mixedlm or statsmodels, whose results name the columns
    of the design.
    """
    match getattr(fit, "engine", ""):
        case "mixedlm":
            names, matrix = list(fit.result.fixef()), fit.result.vcov()
        case "statsmodels":
            parameters = getattr(fit.result, "fe_params", fit.result.params)
            names, matrix = list(parameters.index), fit.result.cov_params().to_numpy()
        case _:
            return None
    terms = {column_name(fit.model, t): t for t in fit.model.fixed}
    if not set(names) <= set(terms):
        return None
    return {
        (Coefficient(terms[a]), Coefficient(terms[b])): float(matrix[row, column])
        for row, a in enumerate(names)
        for column, b in enumerate(names)
    }


def p_values(fit: Any) -> dict[Parameter, float]:
    """The p-values of the fixed coefficients, where the engine gives any: mixedlm, like lme4, does not."""
    if getattr(fit, "engine", "") != "statsmodels":
        return {}
    found = fit.result.pvalues
    terms = {column_name(fit.model, t): t for t in fit.model.fixed}
    return {Coefficient(t): float(found[name]) for name, t in terms.items() if name in found.index}


def column_name(model: Model, term: Term) -> str:
    """The name of a term's column in the design that engines are handed."""
    return f"x{model.terms.index(term) + 1}" if term != INTERCEPT else "(Intercept)"
