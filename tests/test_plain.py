"""Plain text: every kind of expression, names, statements, legends, line breaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written import NODES, SES, A, B, I, J, beta

from notation.equations import (
    Counts,
    Digit,
    Distributed,
    Distribution,
    Equation,
    Equations,
    Legend,
    Matrix,
    Node,
    Number,
    Power,
    Product,
    Range,
    Statement,
    Sum,
    Vector,
    letter,
    word,
)
from notation.markup.names import is_plain_word, quote, spell_name, unquote
from notation.markup.plain import write, write_node, write_statement
from notation.markup.plain_scripts import ASCII
from notation.options import Options


@pytest.mark.parametrize(("node", "unicode", "ascii_", "_latex"), NODES)
def test_expression(node: Node, unicode: str, ascii_: str, _latex: str) -> None:
    assert write_node(node) == unicode
    assert write_node(node, ASCII) == ascii_


NAMES = {
    # bare
    "ses": "ses",
    "x": "x",
    "x1": "x1",
    "school.size": "school.size",
    "école": "école",
    "школа": "школа",
    "señor": "señor",
    # no plain word
    "x.1": "x.1",
    "for.1": "`for.1`",
    "sch_mean": "`sch_mean`",
    "mean ses": "`mean ses`",
    "1st": "`1st`",
    "100%_x{y}": "`100%_x{y}`",
    "": "``",
    # reads as something else
    "β": "`β`",
    "beta": "`beta`",
    "b": "`b`",
    "b0": "`b0`",
    "G00": "`G00`",
    "gamma10": "`gamma10`",
    "i": "`i`",
    "log": "`log`",
    "Mean": "`Mean`",
    "N": "`N`",
    "x²": "`x²`",
    "s̄ēs̄": "`s̄ēs̄`",
    "ñ": "`ñ`",
    # whatever it holds, it stays on its line
    "a`b": r"`a\`b`",
    "a\\b": r"`a\\b`",
    "a\nb": r"`a\nb`",
    "a\x07b": r"`a\u0007b`",
}


@pytest.mark.parametrize(("name", "spelled"), NAMES.items())
def test_name(name: str, spelled: str) -> None:
    assert spell_name(name) == spelled


@given(st.text())
def test_any_name_can_be_read_again(name: str) -> None:
    quoted = quote(name)
    assert unquote(quoted[1:-1]) == name
    assert len(quoted.splitlines()) == 1


@given(st.text())
def test_bare_names_hold_nothing_that_ends_a_name(name: str) -> None:
    assert not is_plain_word(name) or not set(name) & set(" `_^{}[]()\\\n,=~+")


SIGMA2 = Power(letter("σ"), Number("2"))
NORMAL = Distribution("normal", (Number("0"), SIGMA2))
STATEMENTS = [
    (Equation((word("math", I, J), Sum((beta(Digit(0), J), letter("r", I, J))))), "math_ij = β_0j + r_ij"),
    (Equation((A, B, Number("1"))), "a = b = 1"),
    (Distributed((letter("r", I, J),), NORMAL), "r_ij ~ N(0, σ²)"),
    (Distributed((letter("γ", Digit(0)), letter("γ", Digit(1))), NORMAL), "γ_0, γ_1 ~ N(0, σ²)"),
    (Distributed((A,), NORMAL, (Range("j", "students", "J"),)), "a ~ N(0, σ²), for students j = 1, …, J"),
    (Distributed((A,), NORMAL, (Range("j", "sch_id", "160"),)), "a ~ N(0, σ²), for sch_id j = 1, …, 160"),
    (Distributed((A,), NORMAL, (Range("j", "a, b", ""),)), "a ~ N(0, σ²), for `a, b` j"),
    (Distributed((A,), NORMAL, (Range("i", "", "n"),)), "a ~ N(0, σ²), i = 1, …, n"),
    (Distributed((A,), Distribution("bernoulli", (letter("p", I),))), "a ~ Bernoulli(p_i)"),
    (
        Distributed((A,), Distribution("binomial", (), (("n", Number("1")), ("prob", B)), "Binomial")),
        "a ~ Binomial(n = 1, prob = b)",
    ),
]


@pytest.mark.parametrize(("statement", "text"), STATEMENTS)
def test_statement(statement: Statement, text: str) -> None:
    assert write_statement(statement) == text


LEGENDS = [
    (Legend((Counts("i", "students"),)), "where i indexes students"),
    (Legend((Counts("i", "students"), Counts("j", "schools"))), "where i and j index students and schools"),
    (
        Legend((Counts("i", "time points"), Counts("j", "students"), Counts("k", "index cards"))),
        "where i, j, and k index time points, students, and `index cards`",
    ),
    (Legend(nested=(("students", "sch_id"),)), "students are nested in sch_id."),
    (Legend(crossed=(("schools", "neighborhoods"),)), "schools and neighborhoods are crossed."),
    (
        Legend(categories=(("Machine", ("A", "B", "C, D"), False),)),
        "Machine has categories A (reference), B, `C, D`.",
    ),
    (Legend(categories=(("grade", ("1", "2"), True),)), "grade has numeric categories 1 (reference), 2."),
    (Legend(nested=(("and.2", "schools"),)), "`and.2` is nested in schools."),
    (Legend(centered=(("ses", "sch_id"),)), "ses is centered at the mean of sch_id."),
    (Legend(centered=(("ses", ""),)), "ses is centered at the grand mean."),
    (Legend(remarks=("The residual variance is fixed.",)), "The residual variance is fixed."),
]


@pytest.mark.parametrize(("legend", "text"), LEGENDS)
def test_legend(legend: Legend, text: str) -> None:
    assert write(Equations((), legend)) == text


def test_long_sums_break_before_an_operator() -> None:
    terms = tuple(Product((beta(Digit(n)), SES)) for n in range(6))
    page = Equations((Equation((word("math", I), Sum(terms))),))
    assert write(page, Options(width=40)).splitlines() == [
        "math_i = β_0 ses_ij + β_1 ses_ij",
        "    + β_2 ses_ij + β_3 ses_ij",
        "    + β_4 ses_ij + β_5 ses_ij",
    ]


def test_lists_break_outside_of_brackets_first() -> None:
    pair = Vector((Sum((A, B)), Sum((A, B))))
    page = Equations((Distributed((pair,), Distribution("normal", (pair, Matrix(((A, B), (B, A)))))),))
    assert write(page, Options(width=45)).splitlines() == [
        "(a + b, a + b) ~ N((a + b, a + b),",
        "    [a b; b a])",
    ]


@pytest.mark.parametrize("width", [0, 1, 20])
def test_any_width_keeps_the_text(width: int) -> None:
    page = Equations(tuple(statement for statement, _ in STATEMENTS))
    assert write(page, Options(width=width)).split() == write(page, Options(width=0)).split()


def test_a_document_is_a_markdown_page() -> None:
    page = Equations((Equation((A, B)),))
    assert write(page, Options(document=True)).splitlines()[2:] == ["```text", "a = b", "```"]
