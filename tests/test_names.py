"""Names that are hard to write, in each place where a name can stand, written and read in every way."""

from __future__ import annotations

import pytest
from strategies import NASTY_NAMES
from ways import EQUATIONS, Way

from notation.expressions import INTERCEPT, Centered, Expression, Indicator, Mean, Term, Variable
from notation.model import OBSERVATION, Categories, Model, RandomBlock, Response

NAMES = (*NASTY_NAMES, "c\\", "p)", "a(b", "é", "Σ", "x²", "½", "¿x", "N(", "Poisson", "1m!W·|F")


def with_term(*factors: Expression, variable: str, categories: tuple[str, ...] = ()) -> Model:
    """A model with one predictor of the observations."""
    return Model(
        response=Response(Variable("y")),
        fixed=(INTERCEPT, Term(factors)),
        random=(RandomBlock("g", (INTERCEPT,)),),
        levels=((variable, OBSERVATION),),
        categories=(Categories(variable, categories),) if categories else (),
    )


def of_response(name: str) -> Model:
    return Model(Response(Variable(name)), (INTERCEPT,), (RandomBlock("g", (INTERCEPT,)),))


def of_group(name: str) -> Model:
    return Model(Response(Variable("y")), (INTERCEPT,), (RandomBlock(name, (INTERCEPT,)),))


PLACES = {
    "response": of_response,
    "group": of_group,
    "predictor": lambda name: with_term(Variable(name), variable=name),
    "centred": lambda name: with_term(Centered(Variable(name), Mean(Variable(name), "g")), variable=name),
    "indicator": lambda name: with_term(Indicator(name, "B"), variable=name, categories=("A", "B")),
    "category": lambda name: with_term(Indicator("m", name), variable="m", categories=("A", name)),
}


@pytest.mark.parametrize("way", [Way("lme4"), *EQUATIONS], ids=str)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", NAMES)
def test_a_name_comes_back(name: str, place: str, way: Way) -> None:
    comes_back(PLACES[place](name), way)


SAYINGS = (
    *(".", ",", "(", ".x", "x:", "the", "from", "for men", "the school is", "a is nested in b", "card index"),
    *("Level 2", "level2", "levelone", "full model", "log(x)", "a; b", "a. B", "`x'", "`x`", " x", "x  y"),
)
"""Names that would read as words, as a heading, as an expression, or as the end of a sentence."""


@pytest.mark.parametrize("way", [w for w in EQUATIONS if w.to in ("raudenbush_bryk", "gelman_hill")], ids=str)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", SAYINGS)
def test_a_name_is_not_what_it_says(name: str, place: str, way: Way) -> None:
    comes_back(PLACES[place](name), way)


def comes_back(model: Model, way: Way) -> None:
    text = way.write(model)
    assert way.read_back(model, text) == model, text
