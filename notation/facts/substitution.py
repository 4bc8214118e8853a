"""A model with some of its expressions replaced by others, wherever they stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..expressions import Basis, Call, Centered, Expression, Mean, Term
from ..model import Model, RandomBlock

Change = Callable[[Expression], Expression]
"""What an expression becomes; itself where it stays and its parts are looked at."""


def substitute(expression: Expression, change: Change) -> Expression:
    """The expression after ``change``: of itself, or else of its parts."""
    changed = change(expression)
    if changed != expression:
        return changed
    match expression:
        case Call(function, arguments):
            return Call(function, tuple(substitute(a, change) for a in arguments))
        case Basis(of=of) | Mean(of=of):
            return replace(expression, of=substitute(of, change))
        case Centered(of, Mean() as around):
            mean = substitute(around, change)
            return Centered(substitute(of, change), mean if isinstance(mean, Mean) else around)
        case Centered(of):
            return replace(expression, of=substitute(of, change))
        case _:
            return expression


def substitute_terms(terms: tuple[Term, ...], change: Change) -> tuple[Term, ...]:
    """The terms with every factor substituted."""
    return tuple(Term(tuple(substitute(f, change) for f in t.factors)) for t in terms)


def substitute_model(model: Model, change: Change) -> Model:
    """The model with every expression of its predictors substituted; the response stays."""
    return replace(
        model,
        fixed=substitute_terms(model.fixed, change),
        random=tuple(
            RandomBlock(b.group, substitute_terms(b.terms, change), b.structure) for b in model.random
        ),
        offsets=tuple(substitute(o, change) for o in model.offsets),
        weights=None if model.weights is None else substitute(model.weights, change),
    )
