"""Names that are hard to write, in each place where a name can stand, written and read in every way."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from strategies import NASTY_NAMES
from ways import EQUATIONS, Way

from notation.errors import CannotSay
from notation.expressions import INTERCEPT, Centered, Expression, Indicator, Mean, Term, Variable
from notation.model import OBSERVATION, Categories, Model, RandomBlock, Response

WITH_COUNTS = (
    "raudenbush_bryk",
    "combined",
    "singer_willett",
    "snijders_bosker",
    "goldstein",
    "laird_ware",
    "hox",
)
"""The notations whose legend names the groups."""

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
    model = PLACES[place](name)
    # A legend in LaTeX could not tell such a name from its own words.
    in_legend = place == "indicator" or (place == "group" and way.to in WITH_COUNTS)
    refused = name == "and" and way.markup == "latex" and way.to != "lme4" and in_legend
    with pytest.raises(CannotSay) if refused else nullcontext():
        text = way.write(model)
        assert way.read_back(model, text) == model, text
