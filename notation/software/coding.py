"""Indicators of a categorical variable back to the variable, where a program codes it by itself."""

from __future__ import annotations

from collections.abc import Iterable

from ..expressions import INTERCEPT, Factor, Term
from ..model import Model
from .lme4 import recombined


def with_factors(model: Model, terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms with a :class:`Factor` in the place of its indicators, or as they are.

    They stay as they are where a program would make other indicators of the factors. Stata's ``i.``
    and SAS's CLASS drop collinear columns, which comes to R's rule except for a product of two
    factors without the margins of both.
    """
    terms = tuple(terms)
    joined = recombined(terms, {c.variable: c for c in model.categories})
    return joined if all(_has_margins(t, joined) for t in joined) else terms


def keeps_reference(term: Term, terms: tuple[Term, ...]) -> bool:
    """Whether a categorical variable stands alone in a part without an intercept, and has all indicators."""
    return len(term.factors) == 1 and isinstance(term.factors[0], Factor) and INTERCEPT not in terms


def _has_margins(term: Term, terms: tuple[Term, ...]) -> bool:
    factors = [f for f in term.factors if isinstance(f, Factor)]
    margins = (Term(tuple(g for g in term.factors if g != f)) for f in factors)
    return len(factors) < 2 or all(margin in terms for margin in margins)
