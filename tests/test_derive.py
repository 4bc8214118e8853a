"""Deriving: substitution by substitution, from level equations to the combined one and the formula."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from strategies import models
from test_describe import CENTRED, CROSSED, LOGIT, ORDINAL, QUIZ, TEXTBOOK, model

from notation.description.derivation import Step, derive_steps, write_steps
from notation.description.glossary import walk
from notation.equations import Equation, Equations, Marked, Negative, Node, Number, Product, Sum, Symbol
from notation.errors import NeedsMore, WriteError
from notation.formula import read_formula
from notation.markup.plain import write_node
from notation.model import Model

TWO_LEVELS = """\
1. The equations of the 2 levels.

    math_ij = β_0j + β_1j ses_ij + r_ij
    β_0j = γ_00 + u_0j
    β_1j = γ_10 + γ_11 sector_j + u_1j
    where i and j index students and school

2. Put the equations of level 2 in the place of the coefficients that they define.

    math_ij = [γ_00 + u_0j] + [γ_10 + γ_11 sector_j + u_1j] ses_ij + r_ij

3. Multiply out, with the fixed part first; products that arise so are marked.

    math_ij = γ_00 + γ_10 ses_ij + [γ_11 ses_ij sector_j] + u_0j + [u_1j ses_ij] + r_ij
    where i and j index students and school

4. As a formula, without coefficients: what a fixed coefficient multiplies is a term. What a random \
effect multiplies stands in front of the bar, and its group behind it.

    math ~ ses + ses:sector + (ses | school)
"""


def test_two_levels_in_full() -> None:
    found = derive_steps(model("math ~ ses + ses:sector + (ses | school)", "students", sector="school"))
    assert write_steps(found) == TWO_LEVELS


STEPS: list[tuple[Model, int]] = [
    (QUIZ, 5),
    (TEXTBOOK, 4),
    (CENTRED, 4),
    (CROSSED, 4),
    (LOGIT, 4),
    (model("y ~ x + z"), 2),
]


@pytest.mark.parametrize(("one", "count"), STEPS)
def test_number_of_steps(one: Model, count: int) -> None:
    assert len(derive_steps(one)) == count


def test_latex_marks_with_braces() -> None:
    text = write_steps(derive_steps(TEXTBOOK), "latex")
    assert r"\underbrace{(\gamma_{00} + " in text
    assert r"}_{\beta_{0j}}" in text
    assert r"\underline{u_{1j} \, \text{ses}_{ij}}" in text


MARKS: list[tuple[Model, str, str]] = [
    (QUIZ, "plain", "[β_00k + β_01k FRL_jk + r_0jk] + [β_10k + β_11k FRL_jk + r_1jk] week_ijk"),
    (QUIZ, "plain", "([γ_100 + γ_101 Size_k + u_10k] + [γ_110] FRL_jk + r_1jk) week_ijk"),
    (TEXTBOOK, "plain", "[γ_11 ses_ij meanses_j]"),
    (CROSSED, "plain", "3. Multiply out, with the fixed part first.\n"),
    (LOGIT, "plain", "η_ij = [γ_00 + u_0j] + [γ_10] (age_ij − "),
    (LOGIT, "markdown", "$$\n\\begin{aligned}\n\\text{use}_{ij}"),
    (LOGIT, "markdown", "\\underbrace{(\\gamma_{00} + u_{0j})}_{\\beta_{0j}}"),
    (LOGIT, "markdown", "    use ~ I(age - mean(age)) + urban + (urban | district)\n"),
    (model("math ~ ses + (ses | school)"), "plain", "[γ_00 + u_0j] + [γ_10 + u_1j] ses_ij + r_ij"),
    (ORDINAL, "plain", "η_mij = θ_m − [u_0j] − [γ_10] x_ij"),
    (model("y ~ x*z + (x | g)", family="cumulative", z="g"), "plain", " − [γ_11 x_ij z_j] − u_0j − [u_1j"),
    (model("y ~ x + z"), "plain", "what a fixed coefficient multiplies is a term.\n"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "markup", "words"), MARKS)
def test_what_changed_is_marked(one: Model, markup: str, words: str) -> None:
    assert words in write_steps(derive_steps(one), markup)


def test_levels_must_be_known() -> None:
    with pytest.raises(NeedsMore):
        derive_steps(read_formula("math ~ ses + (ses | school)").model)


def summands(node: Node) -> Iterator[tuple[Node, ...]]:
    """The products of an expression multiplied out; only what was put in is taken apart."""
    match node:
        case Marked(of):
            yield from summands(of)
        case Sum(terms):
            for term in terms:
                yield from summands(term)
        case Negative(of):
            for summand in summands(of):
                yield (Number("−1"), *summand)
        case Product(factors):
            # Data in parentheses, as (ses - its mean), are one factor.
            parts = [list(summands(f)) if _was_put_in(f) else [(f,)] for f in factors]
            for choice in product(*parts):
                yield tuple(each for part in choice for each in part)
        case _:
            yield (node,)


def _was_put_in(node: Node) -> bool:
    return isinstance(node, Marked) or (
        isinstance(node, Sum) and any(isinstance(n, Symbol) and not n.word for n in walk(node))
    )


def outcome(step: Step) -> Node:
    equations: Equations = step.page
    return [s for s in equations.statements if isinstance(s, Equation) and s.level == 1][-1].sides[-1]


@given(models())
def test_each_step_says_the_same(one: Model) -> None:
    try:
        steps = derive_steps(one)
    except WriteError:
        return
    if len(steps) < 3:
        return
    substituted, multiplied = (
        Counter(frozenset(Counter(map(write_node, s)).items()) for s in summands(outcome(step)))
        for step in steps[-3:-1]
    )
    assert substituted == multiplied
