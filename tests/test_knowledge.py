"""Facts that a text does not say: how they are typed, what they do to a model, which are lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, note
from strategies import models, nasty_models, unusual_models, wide_models

from notation.errors import DataError, NotationError, ReadError, UnknownName, WriteError
from notation.expressions import INTERCEPT, Centered, Mean, Term, Variable
from notation.facts.knowledge import Facts, apply, lost_facts, parse_groups, parse_levels, parse_nesting
from notation.facts.statements import read_relations, say_relation
from notation.formula import read_formula
from notation.model import OBSERVATION, UNKNOWN, Crossed, Family, Grouping, Model, Nested
from notation.software import lme4
from notation.spelling import spell_term


def said(formula: str, **facts: Any) -> Model:
    return apply(read_formula(formula).model, Facts(**facts))


# ------------------------------------------------------------------ the command line's spelling


def test_levels_are_typed_as_a_list_for_each_factor() -> None:
    typed = "sch_id: meanses, sector; district: size; time points: `a, b`; empty:"
    assert parse_levels(typed) == {
        "sch_id": ["meanses", "sector"],
        "district": ["size"],
        "time points": ["a, b"],
        "empty": [],
    }


def test_nesting_is_typed_as_relations() -> None:
    assert parse_nesting("a < b < c; b x d") == ["a < b < c", "b x d"]
    assert parse_nesting("`a < b` < c") == ["`a < b` < c"]


def test_groups_are_typed_as_equalities() -> None:
    assert parse_groups("j=sch_id, k = district") == {"j": "sch_id", "k": "district"}


@pytest.mark.parametrize("text", ["sector", ": a", "a: b: c", "a < b: c", "`a: b"])
def test_mistyped_levels_are_refused(text: str) -> None:
    with pytest.raises(ReadError):
        parse_levels(text)


@pytest.mark.parametrize("text", ["a < ", "< b", "a < b x c", "a: b", "a <", "a x", "s ? t"])
def test_mistyped_nesting_is_refused(text: str) -> None:
    with pytest.raises(ReadError):
        parse_nesting(text)


@pytest.mark.parametrize("text", ["j", "j=", "=a", "j=a=b"])
def test_mistyped_groups_are_refused(text: str) -> None:
    with pytest.raises(ReadError):
        parse_groups(text)


# ------------------------------------------------------------------ levels and nesting


def test_a_variable_that_is_not_listed_is_at_the_observations() -> None:
    model = said("y ~ x*w + (1 | g)", levels={"g": ["w"]})
    assert dict(model.levels) == {"x": OBSERVATION, "w": "g"}
    assert dict(said("y ~ x + (1 | g)", levels={}).levels) == {"x": OBSERVATION}
    assert dict(said("y ~ x + (1 | g)").levels) == {"x": UNKNOWN}


def test_a_grouping_factor_is_constant_within_its_own_units() -> None:
    model = said("y ~ x*g + h + (1 | g/h)", levels={})
    assert dict(model.levels) == {"x": OBSERVATION, "g": "g", "h": "h"}
    below = replace(model, levels=(("x", OBSERVATION), ("g", OBSERVATION), ("h", "g")))
    assert apply(model, Facts(**lost_facts(below, ("levels",)))) == below


@pytest.mark.parametrize("name", ["a b", ".", "..", ".c", "_", "x", "a ? b", "`", "a<b"])
def test_what_is_said_of_nesting_is_read_again(name: str) -> None:
    for relation in (Nested(name, "schools"), Crossed(frozenset((name, "schools")))):
        assert read_relations([say_relation(relation)])[1] == [relation]


def test_nesting_and_crossing() -> None:
    formula = "y ~ (1 | a) + (1 | b) + (1 | c)"
    assert said(formula, nesting="a < b < c").relations == {
        Nested("a", "b"),
        Nested("b", "c"),
        Nested("a", "c"),
    }
    pairs = [("a", "b"), ("a", "c"), ("b", "c")]
    assert said(formula, nesting=["a x b x c"]).relations == {Crossed(frozenset(p)) for p in pairs}


def test_nesting_may_bring_a_factor_without_random_effects() -> None:
    model = said("y ~ w + (1 | g)", nesting=["g < d"], levels={"d": ["w"]})
    assert model.group_names == ("g", "d")
    assert model.level_of("w") == "d"


def test_a_factor_of_two_columns_becomes_a_nested_one() -> None:
    model = said("y ~ x + (x | schools:students)", nesting=["students < schools"], levels={"students": ["x"]})
    assert [b.group for b in model.random] == ["students"]
    assert model.is_nested("students", "schools")
    three = said("y ~ (1 | a) + (1 | a:b:c)", nesting=["c < b < a"])
    assert [b.group for b in three.random] == ["a", "c"]
    mean = said("y ~ I(x - ave(x, a, b)) + (1 | a)", nesting=["b < a"])
    assert mean.fixed[-1] == Term((Centered(Variable("x"), Mean(Variable("x"), "b")),))


def test_groups_are_renamed_wherever_they_are_named() -> None:
    formula = "y ~ I(x - ave(x, schools)) + w + (1 | schools/students)"
    facts = {"levels": {"schools": ["w"]}, "nesting": ["students < schools"]}
    renamed = apply(said(formula, **facts), Facts(groups={"schools": "sch_id"}))
    assert renamed == said(formula.replace("schools", "sch_id"), levels={"sch_id": ["w"]})


def test_groups_are_found_by_their_index_letter() -> None:
    model = Model(said("y ~ 1").response, (INTERCEPT,), groupings=(Grouping("schools", "j"),))
    assert apply(model, Facts(groups={"j": "sch_id"})).groupings == (Grouping("sch_id", "j"),)


# ------------------------------------------------------------------ categories, centring, family


def test_categories_are_expanded_in_each_part_by_itself() -> None:
    model = said("y ~ x + x:f + (0 + f | g)", categories={"f": ["a", "b", "c"]})
    assert [spell_term(t) for t in model.fixed] == ["(Intercept)", "x", "x:fb", "x:fc"]
    assert [spell_term(t) for t in model.random[0].terms] == ["fa", "fb", "fc"]


def test_categories_said_twice_are_said_once() -> None:
    facts = Facts(categories={"f": ["a", "b"]})
    once = apply(read_formula("y ~ factor(f)").model, facts)
    assert apply(once, facts) == once


def test_the_categories_of_the_response_are_kept() -> None:
    assert (
        said("y ~ x", categories={"y": ["low", "high"]}, family="cumulative").categories[0].names[0] == "low"
    )


def test_centring() -> None:
    x = Variable("x")
    assert said("y ~ x + (x | g)", centering={"x": "g"}) == said(
        "y ~ I(x - ave(x, g)) + (I(x - ave(x, g)) | g)"
    )
    for grand in (None, "grand"):
        assert said("y ~ x", centering={"x": grand}).fixed[-1] == Term((Centered(x, Mean(x)),))


FAMILIES = {
    ("binomial", None): Family("binomial"),
    ("Bernoulli", "probit"): Family("binomial", "probit"),
    ("negative-binomial", None): Family("negative_binomial"),
    (None, "log"): Family("gaussian", "log"),
}


@pytest.mark.parametrize("given_names", FAMILIES)
def test_families(given_names: tuple[str | None, str | None]) -> None:
    family, link = given_names
    assert said("y ~ x", family=family, link=link).family == FAMILIES[given_names]


REFUSED: dict[str, tuple[type[NotationError], str, dict[str, Any]]] = {
    "a group nobody knows": (UnknownName, "sch_id", {"levels": {"schid": ["w"]}}),
    "a level that nothing places": (UnknownName, "brought in by nesting", {"levels": {"d": ["w"]}}),
    "a variable nobody knows": (UnknownName, "'w'", {"levels": {"sch_id": ["ww"]}}),
    "a variable at two levels": (
        ReadError,
        "two levels",
        {"nesting": ["sch_id < d"], "levels": {"sch_id": "w", "d": "w"}},
    ),
    "nested both ways": (ReadError, "nested in each other", {"nesting": ["sch_id < d", "d < sch_id"]}),
    "nested and crossed": (ReadError, "nested and crossed", {"nesting": ["sch_id < d", "d x sch_id"]}),
    "an index nobody knows": (UnknownName, "grouping factor", {"groups": {"q": "d"}}),
    "a family nobody knows": (UnknownName, "poisson", {"family": "poison"}),
    "a link nobody knows": (UnknownName, "logit", {"link": "logti"}),
    "one category": (DataError, "one category", {"categories": {"w": ["a"]}}),
    "a categorical variable in a function": (DataError, "categorical", {"categories": {"z": ["a", "b"]}}),
    "centring around nobody": (UnknownName, "sch_id", {"centering": {"w": "schid"}}),
}


@pytest.mark.parametrize("what", REFUSED)
def test_facts_that_cannot_be_are_refused(what: str) -> None:
    error, words, facts = REFUSED[what]
    with pytest.raises(error, match=words):
        said("y ~ w + log(z) + (1 | sch_id)", **facts)


# ------------------------------------------------------------------ the law


@pytest.mark.parametrize(
    "kind",
    [models(), wide_models, nasty_models, unusual_models()],
    ids=["models", "wide", "nasty", "unusual"],
)
def test_a_formula_with_what_it_lost_is_the_model(kind: Any) -> None:
    @given(kind)
    def law(model: Model) -> None:
        try:
            text = lme4.write(model)
        except WriteError:
            return
        note(text)
        lost = lost_facts(model, lme4.LOSES)
        assert apply(read_formula(text).model, Facts(**lost)) == model

    law()
