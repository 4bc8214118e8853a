"""The tree of coefficients: terms of a formula, split by level and numbered within each equation."""

from __future__ import annotations

from itertools import pairwise

import pytest

from notation.errors import CannotSay, NeedsMore
from notation.expressions import INTERCEPT, Term, Variable
from notation.hierarchy import hierarchy, walk
from notation.model import OBSERVATION, Crossed, Model, Nested, RandomBlock, Response


def term(text: str) -> Term:
    return INTERCEPT if text == "1" else Term(tuple(Variable(v) for v in text.split(":")))


def model(fixed: str, random: dict[str, str], levels: dict[str, str], chain: tuple[str, ...] = ()) -> Model:
    """A model in a line: ``1 ses ses:sector``, random terms and variables by group."""
    blocks = tuple(RandomBlock(g, tuple(map(term, ts.split()))) for g, ts in random.items())
    places = {v: g for g, vs in levels.items() for v in vs.split()}
    names = {v for t in [*fixed.split(), *" ".join(random.values()).split()] for v in t.split(":")} - {"1"}
    return Model(
        Response(Variable("y")),
        tuple(map(term, fixed.split())),
        blocks,
        relations=frozenset(Nested(a, b) for a, b in pairwise(chain)),
        levels=tuple((n, places.get(n, OBSERVATION)) for n in sorted(names)),
    )


def drawn(found: Model) -> str:
    """``00 01 sector u`` …: each coefficient's number, its predictor, and ~ where it has a random effect."""
    return ", ".join(
        "".join(map(str, b.path))
        + "".join(f" {v}" for v in b.predictor.variables)
        + (" ~" if b.random else "")
        for b in walk(hierarchy(found))
    )


TREES = {
    "null model": (model("1", {"g": "1"}, {}), "0 ~, 00"),
    "single level": (model("1 x z", {}, {}), "0, 1 x, 2 z"),
    "slope predicted and random": (
        model("1 ses sector ses:sector", {"g": "1 ses"}, {"g": "sector"}),
        "0 ~, 00, 01 sector, 1 ses ~, 10, 11 sector",
    ),
    "slope predicted, not random": (
        model("1 ses sector ses:sector", {"g": "1"}, {"g": "sector"}),
        "0 ~, 00, 01 sector, 1 ses, 10, 11 sector",
    ),
    "random slope without its fixed effect": (model("1", {"g": "1 x"}, {}), "0 ~, 00, 1 x ~"),
    "cross-level product without its main effect": (
        model("1 w x:w", {"g": "1"}, {"g": "w"}),
        "0 ~, 00, 01 w, 1 x, 11 w",
    ),
    "numbers start anew in each equation": (
        model("1 x z w v x:v", {"g": "1"}, {"g": "w v"}),
        "0 ~, 00, 01 w, 02 v, 1 x, 10, 11 v, 2 z, 20",
    ),
    "no intercept": (model("x", {"g": "x"}, {}), "1 x ~, 10"),
    "three levels": (
        model(
            "1 week FRL Size week:FRL FRL:Size week:Size",
            {"students": "1 week", "schools": "1 week FRL"},
            {"students": "FRL", "schools": "Size"},
            ("students", "schools"),
        ),
        "0 ~, 00 ~, 000, 001 Size, 01 FRL ~, 010, 011 Size, 1 week ~, 10 ~, 100, 101 Size, 11 FRL, 110",
    ),
}


@pytest.mark.parametrize("name", TREES)
def test_tree(name: str) -> None:
    found, expected = TREES[name]
    assert drawn(found) == expected


REFUSALS = {
    "random slope of a group's own variable": (
        model("1 Size", {"g": "1 Size"}, {"g": "Size"}),
        CannotSay,
        "Size is constant within g",
    ),
    "random slope of a product of which a part is the group's own": (
        model("1 x Size x:Size", {"g": "1 x:Size"}, {"g": "Size"}),
        CannotSay,
        "but Size, a part of this product, is constant within g",
    ),
    "unknown level": (
        Model(Response(Variable("y")), (INTERCEPT, term("x")), (RandomBlock("g", (INTERCEPT,)),)),
        NeedsMore,
        'levels={"g": […]}',
    ),
    "unknown nesting": (model("1", {"a": "1", "b": "1"}, {}), NeedsMore, '--nesting "a < b"'),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_refusal(name: str) -> None:
    found, error, words = REFUSALS[name]
    with pytest.raises(error, match="") as caught:
        hierarchy(found)
    assert words in str(caught.value)


def test_crossed_factors_have_no_single_hierarchy() -> None:
    found = model("1", {"a": "1", "b": "1"}, {})
    crossed = Model(
        found.response, found.fixed, found.random, relations=frozenset({Crossed(frozenset("ab"))})
    )
    with pytest.raises(CannotSay, match="not nested in one another"):
        hierarchy(crossed)
