"""What is not in a model, as facts for the templates: effects, covariances, products that might be there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..expressions import Term, variables
from .absent import Products, absent_effects, predictors_of
from .entries import Facts
from .filters import listed
from .measures import Measure, measure
from .wording import Condition

MOST_ABSENT = 8
"""How many absent effects are listed one by one; more are said to be absent together."""

NO_PRODUCTS = Products(())


@dataclass(frozen=True)
class Absence:
    """Something that is not in the model.

    ``kind`` names the sentence: "effect", "effects", "covariance", "sets", "product", "products" or
    "other products". ``measure`` is the same in all ``units``, within ``outer`` ones, if they agree in
    the ``predictors``; ``symbol`` is what is absent. ``effects`` have no covariance.
    """

    kind: str
    measure: Measure | None = None
    units: str = ""
    predictors: tuple[str, ...] = ()
    symbol: str = ""
    conditions: tuple[Condition, ...] = ()
    effects: tuple[str, ...] = ()
    outer: str = ""


def absences(facts: Facts) -> Iterator[Absence]:
    """Everything that is not in the model, though it might be."""
    for group, products in facts.random.items():
        yield from _effects(facts, group, tuple(absent_effects(facts.model, group, products.terms)))
        yield from _covariances(facts, group)
    yield from _products(facts)


def _effects(facts: Facts, group: str, terms: tuple[Term, ...]) -> Iterator[Absence]:
    if len(terms) > MOST_ABSENT:
        yield Absence("effects", units=facts.wording.units_at(group))
        return
    for term in terms:
        yield _effect(facts, group, term)


def _effect(facts: Facts, group: str, term: Term) -> Absence:
    wording = facts.wording
    # Where it varies between the units of an outer group, it is the same within these only.
    outer = [g for g in facts.model.outer_groups(group) if term in facts.random.get(g, NO_PRODUCTS).terms]
    predictors = predictors_of(facts.model, group, term, facts.fixed)
    symbol = facts.larger.effects.get((group, term))
    return Absence(
        "effect",
        measure(wording, term, facts.fixed.terms),
        wording.units_at(group),
        tuple(dict.fromkeys(map(wording.said, predictors))),
        "" if symbol is None else facts.spell(symbol),
        facts.conditions(term, facts.random[group]),
        outer=wording.units_at(outer[0]) if outer else "",
    )


def _covariances(facts: Facts, group: str) -> Iterator[Absence]:
    blocks = [b for b in facts.model.random if b.group == group]
    sets = [listed(facts.effect(group, t) for t in b.terms) for b in blocks]
    if len(blocks) > 1:
        single = all(len(b.terms) == 1 for b in blocks)
        yield Absence("covariance" if single else "sets", effects=tuple(sets))


def _products(facts: Facts) -> Iterator[Absence]:
    single, wording = facts.fixed.single, facts.wording
    if all(len(t.factors) < 2 for t in facts.model.fixed):
        if len({v for f in single for v in variables(f)}) > 1:
            yield Absence("products")
    elif len(single) > MOST_ABSENT:
        yield Absence("other products")
    else:
        for factor in single:
            term = Term((factor,))
            above = [f for f in facts.fixed.missing(term) if wording.height(f) > wording.height(factor)]
            if above:
                names = tuple(dict.fromkeys(map(wording.said, above)))
                yield Absence("product", measure(wording, term, facts.fixed.terms), predictors=names)
