"""A name stays what it is, whatever it holds: written in each markup and read back."""

from __future__ import annotations

import pytest

from notation.equations import Equation, Equations, Index, Product, letter, word
from notation.errors import WriteError
from notation.markup import write
from notation.options import Options
from notation.text import read_equations

NAMES = [
    "ses",
    "x",
    "x1",
    "sch_mean",
    "mean ses",
    "school.size",
    "100%_x{y}",
    "$x$ & #1 ~ ^ \\ { } %",
    r"\input{x}",
    r"\end{aligned}",
    r"a\b",
    r"a\\b",
    "a`b",
    "a\nb",
    "a\x07b",
    "<script>alert(1)</script>",
    "a--b ``c'' <<d>> ?`",
    "a|b",
    "costs $",
    "école",
    "señor",
    "школа",
    "学校",
    "مدرسة",
    "σ² in μg",
    "beta",
    "β",
    "b0",
    "log",
    "N",
    "i",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("markup", ["latex", "unicode", "ascii"])
def test_a_name_is_read_back(name: str, markup: str) -> None:
    variable = Product((letter("β"), word(name, Index("i"))))
    page = Equations((Equation((word("math", Index("i")), variable)),))
    try:
        text = write(page, "latex" if markup == "latex" else "plain", Options(ascii=markup == "ascii"))
    except WriteError:
        assert not name.isprintable(), "only what no printer shows may be refused"
        return
    assert read_equations(text) == [page]
