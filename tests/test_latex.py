"""LaTeX: every kind of expression, names that are full of commands, rows, legends."""

from __future__ import annotations

import pytest
from written import NODES, SES, A, B, I, beta

from notation.equations import (
    Counts,
    Digit,
    Distributed,
    Distribution,
    Equation,
    Equations,
    Legend,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Range,
    Statement,
    Sum,
    Vector,
    letter,
    word,
)
from notation.errors import CannotSay
from notation.markup.latex import write, write_node
from notation.options import Options


@pytest.mark.parametrize(("node", "_unicode", "_ascii", "latex"), NODES)
def test_expression(node: Node, _unicode: str, _ascii: str, latex: str) -> None:
    assert write_node(node) == latex


NAMES = {
    "ses": r"\text{ses}",
    "x": r"\text{x}",
    "100%_x{y}": r"\text{100\%\_x\{y\}}",
    "$a & #b": r"\text{\$a \& \#b}",
    "a~b^c": r"\text{a\(\sim\)b\(\hat{}\)c}",
    r"\input{x}": r"\text{\(\backslash\)input\{x\}}",
    "<i>|": r"\text{\(<\)i\(>\)\(|\)}",
    "a--b": r"\text{a-{}-b}",
    "a  b": r"\text{a \ b}",
    " a  b ": r"\text{` a \ b '}",
    "σ²": r"\text{\(\sigma\)\(^2\)}",
    "школа": r"\text{школа}",
}


@pytest.mark.parametrize(("name", "latex"), NAMES.items())
def test_name(name: str, latex: str) -> None:
    assert write_node(word(name)) == latex


@pytest.mark.parametrize("name", ["a\nb", "a\tb", "a\x00b", "a\u2028b"])
def test_control_characters_are_refused(name: str) -> None:
    with pytest.raises(CannotSay, match="control character"):
        write_node(word(name))


@pytest.mark.parametrize("name", ["", " "])
def test_names_that_cannot_be_seen_are_refused(name: str) -> None:
    with pytest.raises(CannotSay, match="cannot be seen"):
        write_node(word(name))


SIGMA2 = Power(letter("σ"), Number("2"))
NORMAL = Distribution("normal", (Number("0"), SIGMA2))
STATEMENTS = [
    (Equation((A, Sum((B, letter("r", I))))), "a &= b + r_i"),
    (Equation((A, B, Number("1"))), "a &= b = 1"),
    (Distributed((A,), NORMAL), r"a &\sim \mathrm{N}(0, \sigma^2)"),
    (Distributed((A, B), NORMAL), r"a, b &\sim \mathrm{N}(0, \sigma^2)"),
    (
        Distributed((A,), NORMAL, (Range("j", "sch_id", "160"),)),
        r"a &\sim \mathrm{N}(0, \sigma^2), \quad \text{for sch\_id }j = 1, \dots, 160",
    ),
    (
        Distributed((A,), NORMAL, (Range("i", "", "n"),)),
        r"a &\sim \mathrm{N}(0, \sigma^2), \quad i = 1, \dots, n",
    ),
    (
        Distributed((A,), Distribution("normal", (Quotient(A, B), SIGMA2))),
        r"a &\sim \mathrm{N}\left( \frac{a}{b}, \sigma^2 \right)",
    ),
    (
        Distributed((A,), Distribution("binomial", (), (("n", Number("1")), ("prob", B)))),
        r"a &\sim \mathrm{Binomial}(n = 1, \mathrm{prob} = b)",
    ),
]


@pytest.mark.parametrize(("statement", "row"), STATEMENTS)
def test_statement(statement: Statement, row: str) -> None:
    assert rows(Equations((statement,))) == [row]


LEGENDS = [
    (
        Legend((Counts("i", "time points"), Counts("j", "sch_id"))),
        r"&\text{where } i \text{ and } j \text{ index } \text{time points} \text{ and } \text{sch\_id}",
    ),
    (Legend(nested=(("a", "b"),)), r"&\text{a} \text{ is nested in } \text{b} \text{.}"),
    (Legend(nested=(("pupils", "b"),)), r"&\text{pupils} \text{ are nested in } \text{b} \text{.}"),
    (
        Legend(categories=(("m", ("A", "B"), False),)),
        r"&\text{m} \text{ has categories } \text{A} \text{ (reference)} \text{, } \text{B} \text{.}",
    ),
    (Legend(remarks=("50 % are missing.",)), r"&\text{50 \% are missing.}"),
]


@pytest.mark.parametrize(("legend", "row"), LEGENDS)
def test_legend(legend: Legend, row: str) -> None:
    assert rows(Equations((), legend)) == [row]


def test_long_sums_break_before_an_operator() -> None:
    page = Equations((Equation((A, Sum(tuple(Product((beta(Digit(n)), SES)) for n in range(4))))),))
    assert rows(page, width=30) == [
        r"a &= \beta_0 \, \text{ses}_{ij} + \beta_1 \, \text{ses}_{ij} \\",
        r"&\quad + \beta_2 \, \text{ses}_{ij} + \beta_3 \, \text{ses}_{ij}",
    ]


def test_rows_stand_apart_before_the_legend_and_between_tall_ones() -> None:
    tall = Equation((A, Vector((A, B))))
    page = Equations((Equation((A, B)), tall, tall, Equation((A, B))), Legend(remarks=("x", "y")))
    ends = [row.rpartition(r"\\")[2] for row in rows(page)[:-1]]
    assert ends == ["", "[1ex]", "", "[1ex]", ""]


def test_a_document_compiles_by_itself() -> None:
    text = write(Equations((Equation((A, word("школа"))),)), Options(document=True))
    assert text.startswith(r"\documentclass{article}")
    assert "[T2A]{fontenc}" in text
    assert text.rstrip().endswith(r"\end{document}")


def rows(page: Equations, width: int = 0) -> list[str]:
    first, *inner, last = write(page, Options(width=width)).splitlines()
    assert (first, last) == (r"\begin{aligned}", r"\end{aligned}")
    return inner
