"""What data know about a model: levels, nesting and categories, each case a row."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import notation
from notation.datasets import egsingle, hsb
from notation.errors import DataError, UnknownName
from notation.expressions import INTERCEPT, Factor, Indicator, Term, Variable
from notation.facts.learn import group_sizes, learn
from notation.model import (
    OBSERVATION,
    UNKNOWN,
    Categories,
    Crossed,
    Level,
    Model,
    Nested,
    RandomBlock,
    Relation,
    Response,
)

NAN = float("nan")


def model(*names: str, groups: tuple[str, ...] = (), **parts: object) -> Model:
    """y on the variables, with a random intercept for each group."""
    terms = (INTERCEPT, *(Term((Variable(n),)) for n in names))
    blocks = tuple(RandomBlock(g, (INTERCEPT,)) for g in groups)
    return Model(Response(Variable("y")), terms, blocks, **parts)  # type: ignore[arg-type]


def frame(**columns: list[object]) -> pd.DataFrame:
    found = pd.DataFrame(columns)
    return found.assign(y=np.arange(len(found), dtype=float))


SCHOOLS = frame(
    student=[1, 1, 2, 2, 3, 3, 4, 4],
    school=["a", "a", "a", "a", "b", "b", "b", "b"],
    rater=[1, 2, 1, 2, 1, 2, 1, 2],
    week=[0, 1, 0, 1, 0, 1, 0, 1],
    age=[9, 9, 8, 8, 7, 7, 9, 9],
    size=[5.0, 5.0, 5.0, 5.0, 6.5, 6.5, 6.5, 6.5],
    noisy=[0.1 + 0.2, 0.3, 0.3, 0.3, 0.7, 0.7, 0.1 * 7, 0.7],
    holes=[NAN, 5, 5, NAN, 6, 6, NAN, NAN],
    letters=["p", "p", "p", "p", "q", "q", "q", "q"],
    large=[2**40 + n for n in (0, 0, 0, 1, 0, 0, 0, 0)],
    same=[1, 1, 1, 1, 1, 1, 1, 1],
)

LEVELS: list[tuple[str, tuple[str, ...], Level]] = [
    ("week", ("student", "school"), OBSERVATION),
    ("age", ("student", "school"), "student"),
    ("size", ("student", "school"), "school"),
    ("noisy", ("student", "school"), "school"),
    ("holes", ("student", "school"), "school"),
    ("letters", ("student", "school"), "school"),
    ("large", ("school",), OBSERVATION),
    ("size", ("student",), "student"),
    ("week", ("rater",), "rater"),
    ("week", ("school", "rater"), "rater"),
    ("same", ("school", "rater"), UNKNOWN),
    ("week", (), OBSERVATION),
]


@pytest.mark.parametrize(("name", "groups", "level"), LEVELS)
def test_level(name: str, groups: tuple[str, ...], level: Level) -> None:
    assert learn(model(name, groups=groups), SCHOOLS).level_of(name) == level


def test_groups_of_one_row_prove_nothing() -> None:
    data = frame(g=[1, 2, 3, 4], x=[1, 2, 3, 4])
    assert learn(model("x", groups=("g",)), data).level_of("x") is OBSERVATION


def test_levels_of_the_textbook_data() -> None:
    found = learn(notation.read("math ~ ses*meanses + ses*sector + (ses | sch_id)"), hsb())
    assert dict(found.levels) == {"ses": OBSERVATION, "meanses": "sch_id", "sector": "sch_id"}
    formula = "math ~ year*lowinc + black + (year | childid) + (year | schoolid)"
    found = notation.read(formula, egsingle())
    assert dict(found.levels) == {"year": OBSERVATION, "lowinc": "schoolid", "black": "childid"}
    assert found.is_nested("childid", "schoolid")
    assert group_sizes(found, egsingle()) == {"childid": 1721, "schoolid": 60}


CASKS = frame(batch=["A", "A", "B", "B"] * 2, cask=[1, 2, 1, 2] * 2, sample=["a", "b", "c", "d"] * 2)

RELATIONS: list[tuple[pd.DataFrame, tuple[str, ...], set[Relation]]] = [
    (SCHOOLS, ("student", "school"), {Nested("student", "school")}),
    (SCHOOLS, ("school", "rater"), {Crossed(frozenset(("school", "rater")))}),
    (SCHOOLS, ("letters", "school"), set()),  # the same units under two names
    (CASKS, ("sample", "batch"), {Nested("sample", "batch")}),
    (CASKS, ("cask", "batch"), {Crossed(frozenset(("cask", "batch")))}),
    (CASKS, ("batch:cask", "batch"), {Nested("batch:cask", "batch")}),
]


@pytest.mark.parametrize(("data", "groups", "relations"), RELATIONS)
def test_relations(data: pd.DataFrame, groups: tuple[str, ...], relations: set[Relation]) -> None:
    assert learn(model(groups=groups), data).relations == relations


def test_labels_that_each_batch_begins_anew() -> None:
    """A factor that is nested is its own column together with that of the outer factor."""
    nested = model(groups=("cask", "batch"), relations=frozenset({Nested("cask", "batch")}))
    assert group_sizes(learn(nested, CASKS), CASKS) == {"cask": 4, "batch": 2}
    crossed = model(groups=("cask", "batch"))
    assert group_sizes(learn(crossed, CASKS), CASKS) == {"cask": 2, "batch": 2}


CONTRADICTIONS = [
    ({"levels": (("age", "school"),)}, ("age",), "age is said to be constant within school.*school a"),
    ({"relations": {Nested("school", "student")}}, (), "student is nested in school"),
    ({"relations": {Crossed(frozenset(("school", "student")))}}, (), "nest student in school"),
]


@pytest.mark.parametrize(("parts", "names", "words"), CONTRADICTIONS)
def test_what_data_contradict(parts: dict[str, object], names: tuple[str, ...], words: str) -> None:
    said = model(*names, groups=("student", "school"), **{k: _frozen(v) for k, v in parts.items()})
    with pytest.raises(DataError, match=words):
        learn(said, SCHOOLS)


def _frozen(value: object) -> object:
    return frozenset(value) if isinstance(value, set) else value


def test_what_was_said_is_not_overruled() -> None:
    said = model("size", groups=("student", "school"), levels=(("size", "student"),))
    assert learn(said, SCHOOLS).level_of("size") == "student"


# ------------------------------------------------------------------ categories

ORDERED = pd.Categorical(["lo", "hi", "lo", "mid"], ["lo", "mid", "hi", "never"])
TEXTS = frame(
    g=[1, 1, 2, 2],
    kind=["b", "a", "b", "c"],
    grade=[10, 2, 2, 10],
    dose=list(ORDERED),
    hole=["b", None, "a", "b"],
).assign(dose=ORDERED)

CATEGORIES: list[tuple[Term, Categories]] = [
    (Term((Variable("kind"),)), Categories("kind", ("a", "b", "c"))),
    (Term((Variable("dose"),)), Categories("dose", ("lo", "mid", "hi"))),
    (Term((Variable("hole"),)), Categories("hole", ("a", "b"))),
    (Term((Factor("grade"),)), Categories("grade", ("2", "10"), numeric=True)),
]


@pytest.mark.parametrize(("term", "categories"), CATEGORIES)
def test_categories(term: Term, categories: Categories) -> None:
    found = learn(Model(Response(Variable("y")), (INTERCEPT, term)), TEXTS)
    assert found.categories == (categories,)
    others = [Term((Indicator(categories.variable, c),)) for c in categories.names[1:]]
    assert set(found.fixed) == {INTERCEPT, *others}


def test_whole_numbers_are_numbers() -> None:
    assert learn(model("grade"), TEXTS).categories == ()


def test_indicators_leave_out_the_reference() -> None:
    shown = tuple(Term((Indicator("kind", c),)) for c in ("a", "c"))
    found = learn(Model(Response(Variable("y")), (INTERCEPT, *shown)), TEXTS)
    assert found.categories == (Categories("kind", ("b", "a", "c")),)


def test_categories_that_data_contradict() -> None:
    said = replace(model(), fixed=(INTERCEPT, Term((Indicator("kind", "b"),))))
    with pytest.raises(DataError, match="'c' in the data"):
        learn(replace(said, categories=(Categories("kind", ("a", "b")),)), TEXTS)
    with pytest.raises(DataError, match="never 'z'"):
        learn(replace(said, fixed=(INTERCEPT, Term((Indicator("kind", "z"),)))), TEXTS)


UNKNOWN_COLUMNS = [
    (model("sise"), "did you mean 'size'"),
    (replace(model(), response=Response(Variable("z"))), "unknown column 'z'"),
    (model(groups=("scool",)), "did you mean 'school'.*--groups scool="),
    (model(groups=("school:pupil",)), "'pupil'"),
]


@pytest.mark.parametrize(("said", "words"), UNKNOWN_COLUMNS)
def test_unknown_columns(said: Model, words: str) -> None:
    with pytest.raises(UnknownName, match=words):
        learn(said, SCHOOLS)


def test_learning_twice_changes_nothing() -> None:
    once = learn(model("size", "week", "letters", groups=("student", "school")), SCHOOLS)
    assert learn(once, SCHOOLS) == once
