"""Texts → statements: where one ends and the next begins, and what is prose."""

from __future__ import annotations

import pytest

from notation.equations import Range
from notation.errors import ReadError
from notation.text import tokens_of
from notation.text.blocks import find_blocks
from notation.text.cutting import Page, cut
from notation.text.prose import heading_at, is_prose, level_heading


def page_of(text: str) -> Page:
    return cut(tokens_of(text), text)


def statements(text: str) -> list[str]:
    """The statements of a text, each as the characters from its first to its last token."""
    return [text[c.tokens[0].start : c.tokens[-1].end] for c in page_of(text).cuts]


BLOCKS = {
    "y = x": ["plain"],
    r"y = \beta": ["latex"],
    "$$y = x$$": ["latex"],
    "text\n\n$$\ny = x\n$$\n": ["prose", "latex"],
    r"\[ y \]": ["latex"],
    r"\( y \)": ["inline"],
    "where $j$ is": ["prose", "inline", "prose"],
    r"\begin{align*} y &= x \end{align*}": ["latex"],
    r"\begin{pmatrix} a \end{pmatrix} = b": ["latex"],
    "it costs $5, not $6": ["plain"],
    "$$ y = x \\\\$$": ["latex"],
    "```{r}\nd$x <- d$y\n```\n$$y = x$$": ["latex"],
    "```math\ny = x\n```": ["latex"],
    "---\ntitle: $x$\n---\n$$y = x$$": ["latex"],
    "<!-- $$a$$ -->$$y = x$$": ["latex"],
    "Level 1:\nY_{ij} = \\beta_{0j}\nLevel 2:\n\\beta_{0j} = u": ["prose", "latex", "prose", "latex"],
}


@pytest.mark.parametrize("text", BLOCKS)
def test_blocks(text: str) -> None:
    kinds = [b.kind for b in find_blocks(text) if text[b.start : b.end].strip()]
    assert kinds == BLOCKS[text]


CUTS: dict[str, list[str]] = {
    # rows as the author ended them
    "y = a\nz = b": ["y = a", "z = b"],
    r"y = a \\ z = b": ["y = a", "z = b"],
    r"y = a \\[1em] z = b \\": ["y = a", "z = b"],
    "y = a \\\\\\\nz = b \\\\\\\n": ["y = a", "z = b"],
    r"\begin{aligned} y &= a \\ z &= b \end{aligned}": ["y &= a", "z &= b"],
    r"\begin{cases} y = a \\ z = b \end{cases}": ["y = a", "z = b"],
    r"\left\{ \begin{array}{l} y = a \\ z = b \end{array} \right.": ["y = a", "z = b"],
    # mathematics that goes on
    "y = a\n  + b": ["y = a\n  + b"],
    "y = a +\nb": ["y = a +\nb"],
    "y = a +\n+ b": ["y = a +\n+ b"],
    "y\n= a": ["y\n= a"],
    "$$y = a +$$\n$$b$$": ["y = a +$$\n$$b"],
    "y ~ N(a,\n b)": ["y ~ N(a,\n b)"],
    r"\gamma_1, \\ \gamma_2 \sim N(0, 1)": [r"\gamma_1, \\ \gamma_2 \sim N(0, 1)"],
    r"\left( a \\ + b \right) = c": [r"( a \\ + b \right) = c"],
    # several in a row
    "y = a, z = b": ["y = a", "z = b"],
    "y = a; z = b": ["y = a", "z = b"],
    "y = a, where e ~ N(0, 1)": ["y = a", "e ~ N(0, 1)"],
    "e ~ N(0, 1) and u ~ N(0, 2)": ["e ~ N(0, 1)", "u ~ N(0, 2)"],
    r"y = a \quad z = b": ["y = a", "z = b"],
    "Y = B0 + R B0 = G00 + U0": ["Y = B0 + R", "B0 = G00 + U0"],
    "y = a e_i ~ N(0, 1)": ["y = a", "e_i ~ N(0, 1)"],
    r"y = a, \text{where} \\ e \sim N(0, 1) \text{ and } u = b": ["y = a", r"e \sim N(0, 1)", "u = b"],
    r"\text{for}_i = \beta \, \text{and} + e": [r"\text{for}_i = \beta \, \text{and} + e"],
    "y = a = b": ["y = a = b"],
    "γ_1, γ_2 ~ N(0, 1)": ["γ_1, γ_2 ~ N(0, 1)"],
    "y ~ Binomial(n = 1, prob = p)": ["y ~ Binomial(n = 1, prob = p)"],
    # punctuation and labels
    r"$$y = a.$$ $$z = b,$$": ["y = a", "z = b"],
    "First layer: y = a": ["y = a"],
    "Level 1: y = a\nLevel 2: a = b": ["y = a", "a = b"],
    "Level-1 Model Y = B0 + R Level-2 Model B0 = G00": ["Y = B0 + R", "B0 = G00"],
    "β\n0j = γ00 + u0j": ["β\n0j = γ00 + u0j"],
    "The model is\n\ny = a\n\nand nothing else.": ["y = a"],
}  # fmt: skip


@pytest.mark.parametrize("text", CUTS)
def test_cuts(text: str) -> None:
    assert statements(text) == CUTS[text]


LEVELS: dict[str, list[int]] = {
    "Level 1\ny = a\nLevel 2\na = b": [1, 2],
    "Level-1 Model\n\n  y = a\n\nLevel-2 Model\n\n  a = b": [1, 2],
    "Lv-1:\n$$y = a$$\nLv-2:\n$$a = b$$": [1, 2],
    "**Level 1:** $$y = a$$ **Level 2:** $$a = b$$": [1, 2],
    "- Level One (timepoint within plant):\n$$y = a$$": [1],
    r"\begin{aligned} \text{Level 1}& \\ y &= a \\ \text{Level 2:}& \\ a &= b \end{aligned}": [1, 2],
    "Level 1\ny = a\nMixed Model\ny = c": [1, 0],
    "y = a": [0],
}


@pytest.mark.parametrize("text", LEVELS)
def test_levels(text: str) -> None:
    assert [c.level for c in page_of(text).cuts] == LEVELS[text]


SCHOOLS = (Range("j", "schools", "J"),)
RANGES: dict[str, tuple[Range, ...]] = {
    "a ~ N(0, 1), for schools j = 1, …, J": SCHOOLS,
    "a ~ N(0, 1) for schools j = 1, ..., J": SCHOOLS,
    r"a \sim N(0, 1), \quad \text{for schools } j = 1, \dots, J": SCHOOLS,
    r"a \sim N(0, 1) \text{, for schools j = 1,} \dots \text{,J}": SCHOOLS,
    r"a \sim N(0, 1) \text{, for sch.id j = 1,} \dots \text{,J}": (Range("j", "sch.id", "J"),),
    "a ~ N(0, 1), for `my schools` j = 1, …, 160": (Range("j", "my schools", "160"),),
    "a ~ N(0, 1), j = 1, …, J": (Range("j", "", "J"),),
    r"a \sim N(0, 1), \quad j = 1, \ldots, J": (Range("j", "", "J"),),
    r"a = b \quad \text{for } j \in \{1, \dots, J\}": (Range("j", "", "J"),),
    "a = b, for student i in school j": (Range("i", "student"), Range("j", "school")),
    "a = b": (),
}


@pytest.mark.parametrize("text", RANGES)
def test_ranges(text: str) -> None:
    (piece,) = page_of(text).cuts
    assert piece.ranges == RANGES[text]


HEADINGS = {
    "Level 1": 1,
    "Level-2 Model": 2,
    "LEVEL 1 MODEL": 1,
    "Lv-1:": 1,
    "- Level One (timepoint within plant):": 1,
    "## Level 3": 3,
    "Level 2 errors:": 2,
    "L1:": 1,
    "L1": None,
    "Mixed Model": 0,
    "levels": None,
    "Level headed": None,
}


@pytest.mark.parametrize("text", HEADINGS)
def test_headings(text: str) -> None:
    assert level_heading(text) == HEADINGS[text]


def test_a_heading_may_stand_before_an_equation() -> None:
    assert heading_at("Level 1: y = a") == (1, 9)


@pytest.mark.parametrize("text", [", for id j = 1,", " where ", "for person ", "."])
def test_prose(text: str) -> None:
    assert is_prose(text)


@pytest.mark.parametrize("text", ["math", "Mean SES", "P(low income)", "for-profit", "time of day"])
def test_names(text: str) -> None:
    assert not is_prose(text)


MISTAKES = {
    "y = (a + b": "( is never closed",
    "y = a) + b": ") closes a bracket that was never opened",
    "y = [a; b)": ") closes a bracket that was never opened",
    "β_0j + u_0j": "this is no equation: there is no = or ~",
    r"\[ y = a": r"\[ is never closed",
    r"\begin{align} y = a": "the environment align is never closed",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_mistakes(text: str) -> None:
    with pytest.raises(ReadError) as caught:
        page_of(text)
    assert caught.value.message == MISTAKES[text]
    assert caught.value.span is not None
