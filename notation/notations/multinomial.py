"""Responses of categories without an order: an equation for each category against the reference.

    log(Pr(party_i = center)/Pr(party_i = left)) = β_0^(1) + β_1^(1) age_i
    log(Pr(party_i = right)/Pr(party_i = left)) = β_0^(2) + β_1^(2) age_i

The number above a coefficient is that of its category, the reference left out (Agresti 2013, ch. 8;
Raudenbush & Bryk 2002, ch. 10, write β_0(1)).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..equations import (
    Apply,
    Equation,
    Node,
    Number,
    Product,
    Quantity,
    Quotient,
    Statement,
    Symbol,
    Word,
    word,
)
from ..errors import CannotSay, NeedsMore
from ..expressions import Variable
from ..model import Categories, Model
from ..parameters import Coefficient
from .indexing import Indexing
from .predictors import add, require_no_weights, show


def is_multinomial(model: Model) -> bool:
    """Whether the response has categories without an order."""
    return model.family.name == "multinomial"


def contrasts(model: Model, indexing: Indexing, summands: Sequence[Node]) -> list[Statement]:
    """The equation of each category but the reference, from the summands of one predictor.

    Raises NeedsMore where the categories of the response are not known, CannotSay for random effects, of
    which the model does not hold whether each category has its own, and for weights.
    """
    require_no_weights(model)
    if model.random:
        raise CannotSay(
            "Random effects of a multinomial model differ by category, and the model does not hold which "
            "category each belongs to. Model one category against the reference, with family binomial."
        )
    known = _categories(model)
    if known.names == ("0", "1"):
        raise CannotSay("A multinomial model of 0 and 1 is a logistic one: choose family binomial.")
    response = show(model, model.response.expression, indexing)
    reference = _probability(response, known.reference)
    found: list[Statement] = []
    for number, name in enumerate(known.names[1:], 1):
        odds = Quotient(_probability(response, name), reference)
        predictor = add([_of_category(s, name, number) for s in summands])
        found.append(Equation((Apply("log", (odds,)), predictor), level=1))
    return found


def _categories(model: Model) -> Categories:
    match model.response.expression:
        case Variable(name) if (known := model.categories_of(name)) is not None:
            return known
        case _:
            raise NeedsMore(
                "The categories of the response are not known. Give data, or say them, the reference first: "
                'categories={"y": ["A", "B", "C"]} (--categories "y: A, B, C").'
            )


def _probability(response: Node, category: str) -> Node:
    value = Number(category) if category.isdecimal() else word(category)
    return Apply("Pr", (Equation((response, value)),))


def _of_category(summand: Node, category: str, number: int) -> Node:
    """A summand with the coefficient of a category."""
    match summand:
        case Quantity(Coefficient(term), Symbol() as symbol):
            return Quantity(Coefficient(term, category), replace(symbol, above=(Word(f"({number})"),)))
        case Product((first, *others)):
            return Product((_of_category(first, category, number), *others), summand.sign)
        case _:
            return summand
