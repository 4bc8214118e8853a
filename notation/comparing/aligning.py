"""Laying two models side by side, so that one difference is reported once.

A variable that is centred in one model and not in the other would otherwise make each of its terms a
difference; so would categories that only one of them knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..errors import NotationError
from ..expressions import Centered, Expression, Factor, Term, Variable
from ..facts.coding import code_model
from ..model import Model, RandomBlock

Forms = dict[Expression, Expression]
"""What a factor becomes, so that it stands as in the other model."""


def with_categories_of(model: Model, other: Model, stated: bool) -> Model:
    """The model with its factors of unknown categories coded by the categories that the other knows.

    In a formula a bare name may be categorical; in equations it is ``stated`` as one predictor.
    """
    names = {name for t in model.terms for f in t.factors if (name := _open_name(f, stated))}
    known = {c.variable: c for c in other.categories if c.variable in names}
    if not known:
        return model
    try:
        return code_model(model, known)
    except (NotationError, ValueError):  # what cannot be coded differs, and is reported as a difference
        return model


def _open_name(factor: Expression, stated: bool) -> str:
    """The variable of a factor whose categories may be unknown, or nothing."""
    match factor:
        case Factor(name):
            return name
        case Variable(name) if not stated:
            return name
        case _:
            return ""


def different_centring(a: Model, b: Model) -> Iterator[tuple[Expression, Expression]]:
    """The forms of each variable that stands in one form only in either model, and not in the same."""
    forms_a, forms_b = _forms(a), _forms(b)
    for name, forms in forms_a.items():
        others = forms_b.get(name, set())
        if len(forms) == len(others) == 1 and forms != others:
            yield next(iter(forms)), next(iter(others))


def _forms(model: Model) -> dict[str, set[Expression]]:
    """In which forms each variable stands in the terms: bare, or centred around something."""
    found: dict[str, set[Expression]] = {}
    for term in model.terms:
        for factor in term.factors:
            match factor:
                case Variable(name) | Centered(Variable(name)):
                    found.setdefault(name, set()).add(factor)
    return found


def with_forms(model: Model, forms: Forms) -> Model:
    """The model with whole factors replaced; what stands inside of functions stays."""

    def changed(terms: tuple[Term, ...]) -> tuple[Term, ...]:
        return tuple(Term(tuple(forms.get(f, f) for f in t.factors)) for t in terms)

    blocks = tuple(RandomBlock(b.group, changed(b.terms), b.structure) for b in model.random)
    return replace(model, fixed=changed(model.fixed), random=blocks)
