"""Comparing: two texts are the same model, or each difference is a sentence."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import models

from notation.comparing.comparison import Comparison, compare_models
from notation.comparing.names import Names, rename
from notation.comparing.shape import names_of
from notation.equations import Digit, Index, letter
from notation.expressions import INTERCEPT, Term, Variable
from notation.formula import read_formula
from notation.model import OBSERVATION, Categories, Crossed, Family, Model, Nested, RandomBlock, Residual
from notation.parameters import Coefficient, Variance
from notation.verbs import compare

QUIZ = (
    "math ~ week*FRL + Size + FRL:Size + week:Size "
    "+ (week | schools:students) + (week + FRL | schools) @ FRL students, Size schools"
)
TEXTBOOK = "math ~ ses*sector + (ses | school)"


def model(text: str) -> Model:
    """A formula, and behind an @ the levels of its variables; all others vary between observations."""
    formula, _, levels = text.partition(" @ ")
    found = read_formula(formula).model
    if not levels:
        return found
    given_levels = dict(pair.split() for pair in levels.split(", "))
    return replace(found, levels=tuple((v, given_levels.get(v, OBSERVATION)) for v in found.variables))


SAME = [
    (TEXTBOOK, TEXTBOOK),
    (TEXTBOOK, "math ~ sector + ses + sector:ses + (1 + ses | school)"),
    (
        QUIZ,
        (
            "math ~ week:Size + Size*FRL + week*FRL + (FRL + week | schools) "
            "+ (week | schools:students) @ FRL students, Size schools"
        ),
    ),
    # What the units of a level are called does not count.
    ("y ~ x + (1 | j)", "y ~ x + (1 | school)"),
    ("y ~ x + (1 | schools)", "y ~ x + (1 | sch_id)"),
    ("y ~ x + (1 | k/j)", "y ~ x + (1 | school/student)"),
    ("y ~ x + (1 | Subject)", "y ~ x + (1 | subject_id)"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_same(a: str, b: str) -> None:
    assert compare_models(model(a), model(b)).same


GIVEN = [
    (f"{TEXTBOOK} @ sector school", TEXTBOOK,
     ["ses varies between the observations (B does not say).",
      "sector varies between the units of school (B does not say)."]),
    ("y ~ x + (1 | student)", "y ~ x + (1 | school:student)",
     ["the labels of student are unique: none occurs in two units of school."]),
    ("y ~ x + (1 | student) + (1 | school)", "y ~ x + (1 | school/student)",
     ["student is nested in school, by labels that are unique (A does not say)."]),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "conditions"), GIVEN)
def test_compatible(a: str, b: str, conditions: list[str]) -> None:
    found = compare_models(model(a), model(b))
    assert found.compatible
    assert not found.same
    assert list(found.given) == conditions


DIFFERENT = [
    ("y ~ x", "z ~ w", ["y of A is z in B.", "x of A is w in B."]),
    ("y ~ x + (1 | student)", "y ~ x + (1 | clinic)", ["The grouping factor student of A is clinic in B."]),
    ("y ~ x", "log(y) ~ x", ["A models y, B models log(y)."]),
    ("cbind(s, n - s) ~ x", "s ~ x",
     ["The number of trials is n in A and one in B.", "The family is binomial in A and gaussian in B."]),
    ("y ~ x", "y ~ 0 + x", ["A has an intercept; B does not: β_0."]),
    ("y ~ x", "y ~ x + z", ["B has the predictor z; A does not: β_2."]),
    ("y ~ x*z", "y ~ x + z", ["A has the product of x and z; B does not: β_3."]),
    (f"{TEXTBOOK} @ sector school", "math ~ ses + sector + (ses | school) @ sector school",
     ["A predicts the slope of ses by sector; B does not: γ_11."]),
    (QUIZ, QUIZ.replace("week*FRL", "week + FRL"),
     ["A predicts the slope of week by FRL; B does not: γ_110."]),
    (QUIZ, QUIZ.replace("week + FRL |", "week |"),
     ["B has no random slope of FRL by schools: u_01k is missing from the equation of β_01k."]),
    (f"{TEXTBOOK} @ sector school", "math ~ ses*sector + (1 | school) @ sector school",
     ["B has no random slope of ses by school: u_1j is missing from the equation of β_1j."]),
    (f"{TEXTBOOK} @ sector school", "math ~ ses*sector + (0 + ses | school) @ sector school",
     ["B has no random intercept by school: u_0j is missing from the equation of β_0j."]),
    (f"{TEXTBOOK} @ sector school", "math ~ ses*sector + (ses || school) @ sector school",
     ["A lets the random effects by school covary (intercept with ses): τ_01; in B they are independent."]),
    ("y ~ x + (x | g)", "y ~ x", ["B has no random effects by g (intercept and x)."]),
    ("y ~ x + (x | g)", "y ~ z + x + (z | g)",
     ["B has the predictor z; A does not.", "B has no random slope of x by g.",
      "A has no random slope of z by g."]),
    ("y ~ I(x - mean(x)) + (1 | g)", "y ~ x + (1 | g)",
     ["A has x centered at the grand mean, B has x as it is."]),
    ("y ~ I(x - ave(x, g)) + (1 | g)", "y ~ I(x - 14) + (1 | g)",
     ["A has x centered at the mean of its g, B has x centered at 14."]),
    ("y ~ x + offset(z) + (1 | g)", "y ~ x + (1 | g)", ["A has the offset z; B does not."]),
    ("y ~ x*z + (1 | g) @ z g", "y ~ x*z + (1 | g) @ x g",
     ["x varies between the observations in A, between the units of g in B.",
      "z varies between the units of g in A, between the observations in B."]),
    # Without equations of its own, B is told where A has the effect.
    (f"{TEXTBOOK} @ sector school", "math ~ ses*sector + (1 | school)",
     ["B has no random slope of ses by school: u_1j of the equation of β_1j in A."]),
    # As many names only in A as only in B are paired so that the least differs.
    (f"{TEXTBOOK} @ sector school", "score ~ x*w + (1 | school) @ w school",
     ["math of A is score in B.", "ses of A is x in B.", "sector of A is w in B.",
      "B has no random slope of ses by school: u_1j is missing from the equation of β_1j."]),
    # One swap of what varies is no renaming: names that both have stay what they are.
    ("y ~ x + z + (x | g)", "y ~ x + z + (z | g)",
     ["B has no random slope of x by g.", "A has no random slope of z by g."]),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "messages"), DIFFERENT)
def test_differences(a: str, b: str, messages: list[str]) -> None:
    found = compare_models(model(a), model(b))
    assert [str(d) for d in found.differences] == messages
    assert not found.compatible


BASE = model("y ~ x + (1 | a) + (1 | b)")
PARTS = [
    ({"family": Family("poisson"), "residual": None}, "The family is gaussian in A and poisson in B."),
    ({"family": Family("gaussian", "log")}, "The link is identity in A and log in B."),
    ({"weights": Variable("w")}, "The observations are weighted by no weights in A and by w in B."),
    (
        {"residual": Residual(by="x")},
        "The residual has one variance in A and a variance for each category of x in B.",
    ),
]


@pytest.mark.parametrize(("change", "message"), PARTS)
def test_parts(change: dict[str, object], message: str) -> None:
    found = compare_models(BASE, replace(BASE, **change))  # type: ignore[arg-type]
    assert message in map(str, found.differences)


def test_structure_of_the_covariance_matrix() -> None:
    terms = (INTERCEPT, Term((Variable("x"),)))
    full, equal = (replace(BASE, random=(RandomBlock("a", terms, s),)) for s in ("full", "compound_symmetry"))
    assert [d.message for d in compare_models(full, equal).differences] == [
        (
            "The covariance matrix of the random effects by a "
            "is of structure full in A and compound symmetry in B."
        )
    ]


def test_contradicting_nesting() -> None:
    nested = replace(BASE, relations=frozenset({Nested("a", "b")}))
    crossed = replace(BASE, relations=frozenset({Crossed(frozenset("ab"))}))
    assert [str(d) for d in compare_models(nested, crossed).differences] == [
        "a is nested in b in A; a and b are crossed in B."
    ]


def test_categories() -> None:
    known = {"M": ("A", "B", "C")}
    a = read_formula("y ~ M + (M | g)", categories=known).model
    b = read_formula("y ~ M + (M | g)", categories={"M": ("B", "A", "C")}).model
    plain = read_formula("y ~ M + (M | g)").model
    assert [str(d) for d in compare_models(a, b).differences] == [
        "The reference category of M is A in A and B in B."
    ]
    found = compare_models(plain, a)
    assert found.compatible
    assert found.given == ("the categories of M are A (the reference), B, C (A does not say).",)
    assert "categories" in {
        d.part
        for d in compare_models(
            a, read_formula("y ~ M + (M|g)", categories={"M": ("A", "B")}).model
        ).differences
    }
    assert a.categories == (Categories("M", ("A", "B", "C")),)


def test_authors_symbols() -> None:
    a, b = model(TEXTBOOK), model("math ~ ses + sector + (1 | school)")
    product, ses = Term((Variable("ses"), Variable("sector"))), Term((Variable("ses"),))
    symbols = {
        Coefficient(product): letter("δ", Digit(3)),
        Variance("school", ses): letter("ω", Digit(1), Digit(1)),
        Coefficient(INTERCEPT): letter("δ", Digit(0)),
    }
    assert [str(d) for d in compare_models(a, b, symbols).differences] == [
        "A has the product of ses and sector; B does not: δ_3.",
        "B has no random slope of ses by school: ω_11.",
    ]


def test_authors_symbols_like_the_textbooks_have_its_effects() -> None:
    a, b = (model(f"math ~ ses + ({x} | school) @ sector school") for x in ("ses", "1"))
    symbols = {Coefficient(t): letter("γ", Digit(n), Digit(0)) for n, t in enumerate(a.fixed)}
    (difference,) = compare_models(a, b, symbols).differences
    assert (
        str(difference)
        == "B has no random slope of ses by school: u_1j is missing from the equation of β_1j."
    )
    assert Index("j")


def test_sentences() -> None:
    assert str(Comparison()) == "A and B are the same model."
    assert str(compare_models(model("y ~ x + (1 | j)"), model("w ~ x + (1 | school)"))) == (
        "A and B differ in names only; with other names they are the same model:\n- y of A is w in B."
    )
    assert str(compare_models(model("y ~ x + (1 | j)"), model("y ~ x + (x | school)"))) == (
        "A and B are not the same model:\n- A has no random slope of x by j.\n"
        "What is called differently: j is school in B."
    )


OWN = "y_ij = b_0j + b_1j x_ij + ε_ij\nb_0j = c_00 + c_01 w_j + v_0j\nb_1j = c_10 + c_11 w_j + v_1j"
LOOKED_UP = "y_i ~ N(a_j[i] + b_j[i] x_i, σ²)\n(a_j, b_j) ~ N((m_0, m_1), Σ)"
IN_OWN_SYMBOLS = [
    (OWN, OWN.replace(" + v_1j", ""), "B has no random slope of x by j: v_1j of the equation of b_1j in A."),
    (OWN.replace(" + v_1j", ""), OWN, "A has no random slope of x by j: v_1j of the equation of b_1j in B."),
    (OWN, OWN.replace(" + c_11 w_j", ""), "A predicts the slope of x by w; B does not: c_11."),
    (LOOKED_UP, "y ~ x + (1 | school)", "B has no random slope of x by school: b_j."),
]


@pytest.mark.parametrize(("a", "b", "message"), IN_OWN_SYMBOLS)
def test_random_effects_have_their_authors_symbols(a: str, b: str, message: str) -> None:
    assert [str(d) for d in compare(a, b).differences] == [message]


VERDICTS = [
    ("y ~ x + (1 | g)", "y ~ x + (1 | g)", "A and B are the same model."),
    ("y ~ x + (1 | g)", "y ~ x + (1 | g) @ x g",
     "A and B are compatible: they are the same model wherever both say something."),
    ("y ~ 1 + (1 | a) + (1 | b)", "y ~ 1 + (1 | a/b)", "A and B are the same model, given unique labels."),
    ("y ~ 1 + (1 | student)", "y ~ 1 + (1 | school:student)",
     "A and B are the same model, given unique labels."),
    ("y ~ x + (1 | a) + (1 | b)", "y ~ x + (1 | a/b) @ x a",
     "A and B are compatible: they are the same model wherever both say something."),
    ("y ~ x", "y ~ x + z", "A and B are not the same model:"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "verdict"), VERDICTS)
def test_the_first_line_is_the_verdict(a: str, b: str, verdict: str) -> None:
    assert str(compare_models(model(a), model(b))).splitlines()[0] == verdict


def test_a_name_is_said_once() -> None:
    found = str(compare_models(model("y ~ x + (x | j)"), model("w ~ x + (1 | school)")))
    assert found.splitlines()[1:] == [
        "- y of A is w in B.",
        "- B has no random slope of x by school.",
        "What is called differently: j is school in B.",
    ]


@given(models(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_a_renaming_is_found(one: Model, random: object) -> None:
    variables = [n.text for n in names_of(one) if n.kind == "variable"]
    other_names = [f"v{n}" for n in range(len(variables))]
    random.shuffle(other_names)  # type: ignore[attr-defined]
    groups = {g: f"unit{n}" for n, g in enumerate(one.group_names)}
    found = compare_models(one, rename(one, Names(dict(zip(variables, other_names, strict=True)), groups)))
    assert {d.part for d in found.differences} <= {"name"}, str(found)
    assert not found.given


@given(models(), models())
@settings(max_examples=150, deadline=None)
def test_both_ways_agree(a: Model, b: Model) -> None:
    assert compare_models(a, a).same
    one, other = compare_models(a, b), compare_models(b, a)
    assert one.compatible == other.compatible
    if a.variables == b.variables and a.group_names == b.group_names:
        assert one.compatible or one.differences


@pytest.mark.parametrize("size", [100, 1000])
def test_fast_whatever_the_size(size: int) -> None:
    ring = [f"x{n}:x{(n + 1) % size}" for n in range(size)]
    a = model(f"y ~ {' + '.join(ring)} + (x5 | g)")
    b = model(f"y ~ {' + '.join(ring).replace('x', 'w')} + (w3 | h)")
    begin = perf_counter()
    compare_models(a, b)
    assert perf_counter() - begin < size / 100
