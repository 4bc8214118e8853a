"""Whatever the text, reading it gives a model or says what is wrong: never another exception.

Texts are drawn from the pieces that formulas and equations are made of, and from written equations
with a stretch left out, doubled, or moved.
"""

from __future__ import annotations

from contextlib import suppress

import pytest
from cases import CASES
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from notation.errors import NotationError
from notation.model import Model
from notation.verbs import read, write

PIECES = (
    *"xyijkαβγu0129_^{}()[]|~=+-*/:,.'`\"\\&$%#\n ",
    "_ij", "_{ij}", "_j[i]", "^2", "²", "\\beta", "\\text{ses}", "\\sim", "N(", "\\left(", "\\right)",
    "\\begin{aligned}", "\\end{aligned}", "\\\\", "\\frac{", "\\overline{", "\\sum", "$$", "\\[", "math",
    "poly(", "log(", "(1 | g)", "||", "%in%", "where i and j index", "for j = 1, …, J", "Level 1:", "\u0304",
    "\x00", "数", "🙂",
)  # fmt: skip

WRITTEN = [fence.text for case in CASES for fence in case.fences if fence.kind != "refused"]


@st.composite
def spoiled(draw: DrawFn) -> str:
    """A text of the corpus in which a stretch is left out, doubled or moved."""
    text = draw(st.sampled_from(WRITTEN))
    a, b, c = sorted(draw(st.lists(st.integers(0, len(text)), min_size=3, max_size=3)))
    return draw(st.sampled_from([text[:a] + text[b:], text[:b] + text[a:], text[:a] + text[b:c] + text[a:b]]))


def read_or_refuse(text: str) -> None:
    with suppress(NotationError):
        assert isinstance(read(text), Model)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_pieces(text: str) -> None:
    read_or_refuse(text)


@given(spoiled())
def test_spoiled_texts(text: str) -> None:
    read_or_refuse(text)


@given(spoiled())
def test_what_is_read_of_a_spoiled_text_can_be_written(text: str) -> None:
    with suppress(NotationError):
        write(read(text), "combined")


@pytest.mark.parametrize(
    "bracket", ["(", "[", "{", "\\left(", "\\frac{", "\\text{", "-", "log(", "`", "_{", "^{"]
)
def test_deep_nesting_is_refused(bracket: str) -> None:
    for text in (f"y ~ {bracket * 5000}x", f"y_ij = β_0j + {bracket * 5000} x_ij", bracket * 20000):
        read_or_refuse(text)


@pytest.mark.parametrize(
    "text", ["y ~ " + "*".join(f"x{n}" for n in range(60)), "y ~ (a + b)^999", "y ~ x" * 50000]
)
def test_explosions_are_refused(text: str) -> None:
    with pytest.raises(NotationError):
        read(text)
