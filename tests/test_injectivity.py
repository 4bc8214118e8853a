"""Each parameter has its own symbol, and the indices of a statement agree, in every notation.

These look at the pages that the notations write, before any reader: a reader that ignored an index
would hide a writer that repeats one.
"""

from __future__ import annotations

from importlib import import_module

import pytest
from hypothesis import assume, given
from strategies import models, wide_models
from trees import bare, carried, indices, letters, quantities

from notation.equations import Distributed, Equation, Equations, Node, Statement
from notation.errors import WriteError
from notation.markup import write as write_page
from notation.model import Model
from notation.notations import NOTATIONS
from notation.options import Options
from notation.parameters import Covariance, Parameter, parameters

MARKUPS = {"latex": Options(), "plain": Options(), "ascii": Options(ascii=True)}
DRAWN = models() | wide_models


def page_of(model: Model, notation: str) -> Equations:
    """The page that a notation makes of a model; a model that it refuses proves nothing here."""
    try:
        page: Equations = import_module(f"notation.notations.{notation}").write(model, Options())
    except WriteError:
        assume(False)
    return page


def printed(symbol: Node, markup: str) -> str:
    """A symbol as it is printed."""
    page = Equations((Equation((symbol, symbol)),))
    return write_page(page, "plain" if markup == "ascii" else markup, MARKUPS[markup])


@pytest.mark.parametrize("markup", MARKUPS)
@pytest.mark.parametrize("notation", NOTATIONS)
def test_each_parameter_has_its_own_symbol(notation: str, markup: str) -> None:
    @given(DRAWN)
    def law(model: Model) -> None:
        owners: dict[str, Parameter] = {}
        for quantity in quantities(page_of(model, notation)):
            owner = owners.setdefault(printed(quantity.symbol, markup), quantity.parameter)
            assert owner == quantity.parameter

    law()


@pytest.mark.parametrize("notation", NOTATIONS)
def test_every_parameter_appears_under_one_symbol(notation: str) -> None:
    @given(DRAWN)
    def law(model: Model) -> None:
        symbols: dict[Parameter, set[Node]] = {}
        for quantity in quantities(page_of(model, notation)):
            symbols.setdefault(quantity.parameter, set()).add(quantity.symbol)
        assert set(symbols) == set(parameters(model))
        # A covariance stands in two cells of a symmetric matrix, as τ_01 and as τ_10.
        assert all(len(found) <= 1 + isinstance(p, Covariance) for p, found in symbols.items())

    law()


@pytest.mark.parametrize("notation", NOTATIONS)
def test_no_letter_serves_two_levels(notation: str) -> None:
    """A letter with its numbers always carries the same indices: α_j and α_j[i], never α_j and α_k."""

    @given(DRAWN)
    def law(model: Model) -> None:
        level: dict[str, frozenset[str]] = {}
        page = page_of(model, notation)
        # By MLwiN's convention β_0 is the fixed part of β_0ij: one letter, with and without indices.
        fixed = {q.symbol for q in quantities(page)} if notation == "goldstein" else set()
        # McElreath looks groups up by name: α_schools[i] is an α_j, for schools j = 1, …, J.
        named = {r.group: r.index for s in page.statements for r in s.ranges}
        for symbol in (s for s in letters(page.statements) if s not in fixed):
            text = printed(bare(symbol), "plain")
            here = frozenset(named.get(name, name) for name in carried(symbol))
            assert level.setdefault(text, here) == here, symbol

    law()


@pytest.mark.parametrize("notation", NOTATIONS)
def test_the_indices_of_a_statement_agree(notation: str) -> None:
    @given(DRAWN)
    def law(model: Model) -> None:
        for statement in page_of(model, notation).statements:
            left, right = sides(statement)
            assert indices(right) <= indices(left), statement

    law()


def sides(statement: Statement) -> tuple[object, object]:
    """The left side of a statement, and what is said of it."""
    match statement:
        case Equation(all_sides):
            return all_sides[0], all_sides[1:]
        case Distributed(left, distribution):
            return left, distribution
