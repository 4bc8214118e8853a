"""Ordinal responses: cumulative probabilities, thresholds and the sign of the predictor.

    η_mij = logit(Pr(grade_ij ≤ m))
    η_mij = θ_m − β_0j − β_1j ses_ij

m counts the categories from the lowest, all but the last. The predictor is subtracted, so that a positive
coefficient makes higher categories more probable (McCullagh 1980); Raudenbush & Bryk (2002, ch. 10) add
it, and their coefficients have the other sign. The thresholds θ take the place of the intercept. Where the
categories are known, θ = (θ_1, θ_2, …) lists the thresholds.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from ..equations import (
    Apply,
    Equation,
    Index,
    Negative,
    Node,
    Number,
    Quantity,
    Statement,
    Sum,
    Vector,
    letter,
)
from ..expressions import INTERCEPT
from ..model import OBSERVATION, Model
from ..parameters import Threshold, parameters
from .indexing import Indexing, digits
from .predictors import add, require_no_weights, show

COUNTERS = ("m", "c", "h", "s")
"""What counts the categories: the first letter that is no index of the model."""

REMARK = (
    "The predictor is subtracted from the thresholds, so that a positive coefficient makes higher categories "
    "more probable."
)


def is_ordinal(model: Model) -> bool:
    """Whether the response has ordered categories."""
    return model.family.name == "cumulative"


def without_intercept(model: Model) -> Model:
    """The model whose predictor is written: the thresholds of an ordinal response are its intercepts."""
    if not is_ordinal(model):
        return model
    return replace(model, fixed=tuple(t for t in model.fixed if t != INTERCEPT))


def cumulative(
    model: Model, indexing: Indexing, letters: Collection[str], predictor: Node
) -> list[Statement]:
    """The link of the cumulative probabilities, and the predictor below each threshold.

    Raises CannotSay for weights.
    """
    require_no_weights(model)
    counter = next(c for c in COUNTERS if c not in letters)
    eta = letter("η", Index(counter), *indexing.at(OBSERVATION))
    response = show(model, model.response.expression, indexing)
    probability = Apply("Pr", (Apply("≤", (response, letter(counter))),))
    known = [p for p in parameters(model) if isinstance(p, Threshold)]
    threshold: Node = letter("θ", Index(counter))
    listed: list[Statement] = []
    if len(known) > 1:
        each = tuple(Quantity(p, letter("θ", *digits(p.k))) for p in known)
        listed = [Equation((letter("θ"), Vector(each)))]
    else:
        threshold = Quantity(known[0], threshold)
    return [
        Equation((eta, Apply(model.family.link, (probability,))), level=1),
        Equation((eta, add([threshold, *_subtracted(predictor)])), level=1),
        *listed,
    ]


def _subtracted(predictor: Node) -> list[Node]:
    """The summands of a predictor behind a minus sign."""
    match predictor:
        case Number("0"):
            return []
        case Sum(terms):
            return [t.of if isinstance(t, Negative) else Negative(t) for t in terms]
        case _:
            return [Negative(predictor)]
