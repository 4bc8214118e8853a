"""The unknowns of a model, as values.

A parameter is never a string of LaTeX: estimates are keyed by these, equations point to them, and
two parameters are the same when they mean the same part of the model.
"""

from __future__ import annotations

from itertools import combinations

from .expressions import INTERCEPT, Term
from .frozen import frozen
from .model import Model, RandomBlock


@frozen
class Coefficient:
    """The fixed coefficient of a term; ``category`` is the response's, in a multinomial model."""

    term: Term
    category: str = ""


@frozen
class Variance:
    """The variance of the random effects of a term by a grouping factor."""

    group: str
    term: Term


@frozen
class Covariance:
    """The covariance of the random effects of two terms by one grouping factor, in any order."""

    group: str
    terms: frozenset[Term]


@frozen
class Autocorrelation:
    """The correlation of successive random effects (``group``) or residuals (``group`` empty)."""

    group: str = ""


@frozen
class ResidualVariance:
    """σ², the variance of the residual; ``category`` where each category has its own."""

    category: str = ""


@frozen
class Dispersion:
    """The further parameter of a family: negative binomial and gamma shape, beta precision."""


@frozen
class Threshold:
    """θ_k of a cumulative model: between categories ``k`` and ``k + 1`` of the response, from 1."""

    k: int


Parameter = Coefficient | Variance | Covariance | Autocorrelation | ResidualVariance | Dispersion | Threshold

FAMILIES_WITH_DISPERSION = ("negative_binomial", "gamma", "beta")


def parameters(model: Model) -> tuple[Parameter, ...]:
    """Every parameter of a model: fixed coefficients, random effects by block, then the rest.

    The thresholds of a cumulative model and the coefficients of a multinomial one are counted as
    far as the categories of the response are known.
    """
    found: list[Parameter] = [*_fixed(model)]
    for block in model.random:
        found += block_parameters(block)
    return tuple(found + _remaining(model))


def block_parameters(block: RandomBlock) -> list[Parameter]:
    """The variances, covariances and autocorrelation of one block of random effects."""
    first = block.terms[0]
    pairs = [Covariance(block.group, frozenset(p)) for p in combinations(block.terms, 2)]
    match block.structure:
        case "full":
            return [*(Variance(block.group, t) for t in block.terms), *pairs]
        case "identity":
            return [Variance(block.group, first)]
        case "compound_symmetry":
            return [Variance(block.group, first), pairs[0]]
        case "ar1":
            return [Variance(block.group, first), Autocorrelation(block.group)]


def _response_categories(model: Model) -> tuple[str, ...]:
    name = getattr(model.response.expression, "name", "")
    known = model.categories_of(name)
    return known.names if known else ()


def _fixed(model: Model) -> list[Parameter]:
    if model.family.name == "multinomial":
        others = _response_categories(model)[1:] or ("",)
        return [Coefficient(t, c) for c in others for t in model.fixed]
    # The thresholds take the place of the intercept in a cumulative model.
    absent = {INTERCEPT} if model.family.name == "cumulative" else set()
    return [Coefficient(t) for t in model.fixed if t not in absent]


def _remaining(model: Model) -> list[Parameter]:
    found: list[Parameter] = []
    if model.family.name == "cumulative":
        found += [Threshold(k) for k in range(1, max(2, len(_response_categories(model))))]
    if model.family.name in FAMILIES_WITH_DISPERSION:
        found.append(Dispersion())
    if (residual := model.residual) is not None:
        known = model.categories_of(residual.by) if residual.by else None
        found += [ResidualVariance(c) for c in (known.names if known else (residual.by or "",))]
        if residual.ar1_within:
            found.append(Autocorrelation())
    return found
