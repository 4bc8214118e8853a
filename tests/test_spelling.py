"""Expressions and terms in R's spelling."""

from __future__ import annotations

import pytest

from notation.expressions import (
    INTERCEPT,
    Basis,
    Call,
    Centered,
    Constant,
    Expression,
    Factor,
    Indicator,
    Mean,
    Term,
    Variable,
)
from notation.formula import read_formula
from notation.spelling import quote, spell, spell_factor, spell_term

x, z = Variable("x"), Variable("z")

LABELS: dict[str, Expression] = {
    "ses": Variable("ses"),
    "`my ses`": Variable("my ses"),
    "MachineB": Indicator("Machine", "B"),
    "factor(x)": Factor("x"),
    "log(x)": Call("log", (x,)),
    "I(x^2)": Call("^", (x, Constant(2))),
    "I(x / z)": Call("/", (x, z)),
    "I(x - 14)": Centered(x, Constant(14)),
    "I(x - mean(x))": Centered(x, Mean(x)),
    "I(x - ave(x, g))": Centered(x, Mean(x, "g")),
    "ave(x, g)": Mean(x, "g"),
    "poly(x, 2)2": Basis("poly", x, ("2",), 2),
    "ns(x, df = 3)": Basis("ns", x, ("df = 3",), 0),
}


@pytest.mark.parametrize("label", LABELS)
def test_labels(label: str) -> None:
    assert spell(LABELS[label]) == label


def test_terms() -> None:
    assert spell_term(Term((x, Indicator("Machine", "B")))) == "x:MachineB"
    assert spell_term(INTERCEPT) == "(Intercept)"


def _sum(*parts: Expression) -> Call:
    return Call("+", parts)


ARITHMETIC: dict[str, Expression] = {
    "I(x + z + 1)": _sum(x, z, Constant(1)),
    "I((x + z) + 1)": _sum(_sum(x, z), Constant(1)),
    "I(x + (z + 1))": _sum(x, _sum(z, Constant(1))),
    "I((x + z) * 2)": Call("*", (_sum(x, z), Constant(2))),
    "I(x / z * 2)": Call("*", (Call("/", (x, z)), Constant(2))),
    "I(x / (z * 2))": Call("/", (x, Call("*", (z, Constant(2))))),
    "I((x + z)^2)": Call("^", (_sum(x, z), Constant(2))),
    "I(x^-0.5)": Call("^", (x, Constant(-0.5))),
    "I((x^2)^3)": Call("^", (Call("^", (x, Constant(2))), Constant(3))),
    "I(-x)": Call("-", (x,)),
    "I(-(x + z))": Call("-", (_sum(x, z),)),
    "I((-x)^2)": Call("^", (Call("-", (x,)), Constant(2))),
    "I(x - 1 + z)": _sum(Centered(x, Constant(1)), z),
    "I(z - (x + 1))": Call("-", (z, _sum(x, Constant(1)))),
    "log(x - 1)": Call("log", (Centered(x, Constant(1)),)),
    'I(x * (f == "B"))': Call("*", (x, Indicator("f", "B"))),
}


@pytest.mark.parametrize("text", ARITHMETIC)
def test_arithmetic_keeps_its_brackets_and_reads_back(text: str) -> None:
    assert spell_factor(ARITHMETIC[text]) == text
    assert read_formula(f"y ~ {text}").model.fixed[-1] == Term((ARITHMETIC[text],))


NAMES = {
    "ses": "ses",
    "sch.id": "sch.id",
    "размер": "размер",
    "a b": "`a b`",
    "1st": "`1st`",
    "_x": "`_x`",
    "x²": "`x²`",
    "if": "`if`",
    "TRUE": "`TRUE`",
    "a`b": "`a\\`b`",
    "a\\b": "`a\\\\b`",
    "a\nb": "`a\\nb`",
    "": "``",
}


@pytest.mark.parametrize("name", NAMES)
def test_names_stand_in_backticks_where_r_needs_them(name: str) -> None:
    assert quote(name) == NAMES[name]
    if name:
        assert read_formula(f"y ~ {quote(name)}").model.fixed[-1] == Term((Variable(name),))
