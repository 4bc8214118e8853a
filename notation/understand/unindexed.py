"""Equations without any index, as HLM 6 prints them: the level headings and letters must do.

    Y = P0 + P1*(MINORITY) + E
    P0 = B00 + B01*(SIZE) + R0

An equation is one level above the equation that uses its left side. With indices given
accordingly the page reads like any other. This is the one place where letters decide: in
``B00 + R0`` nothing but the letter tells which of the two is random.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..equations import Digit, Equation, Index, Label, Lookup, Negative, Node, Script, Statement, Sum, Symbol
from .names import Key, key
from .trees import rewrite_statement, statement_nodes, symbols

EFFECT_LETTERS = "eErRuUvVwWεζυνξ"
LEVEL_LETTERS = ("i", "j", "k", "l", "m", "n")


def is_unindexed(statements: tuple[Statement, ...]) -> bool:
    """Whether no symbol of a page carries an index, and some are random effects by their letter."""
    every = [s for statement in statements for node in statement_nodes(statement) for s in symbols(node)]
    if any(isinstance(script, Index | Lookup) for s in every for script in _scripts(s)):
        return False
    return any(_effects(s) for s in statements)


def with_indices(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """The statements with the index letters that their levels give them."""
    levels = _levels(statements)
    top = max(levels.values(), default=1)
    letters = LEVEL_LETTERS[: max(top, 2)]
    carried: dict[Key, tuple[str, ...]] = {}
    for number, statement in enumerate(statements):
        level = levels[number]
        here = letters[level - 1 :]
        left = _left(statement)
        if left is not None:
            carried[key(left)] = here
        for symbol in _effects(statement):
            carried[key(symbol)] = _effect_indices(symbol, here, level, carried.get(key(symbol)))

    def change(symbol: Symbol) -> Symbol:
        indices = carried.get(key(symbol), ())
        return replace(symbol, below=(*symbol.below, *map(Index, indices))) if indices else symbol

    return tuple(rewrite_statement(s, change) for s in statements)


def _effect_indices(
    symbol: Symbol, here: tuple[str, ...], level: int, known: tuple[str, ...] | None
) -> tuple[str, ...]:
    """A random effect belongs to the highest equation it stands in; one with a digit never to the first."""
    if known is not None and len(known) < len(here):
        return known
    numbered = any(isinstance(s, Digit) for s in symbol.below)
    return here[1:] if numbered and level == 1 else here


def _levels(statements: tuple[Statement, ...]) -> dict[int, int]:
    """The level of each statement: one above the highest of those that use its left side."""
    users: dict[Key, list[int]] = {}
    for number, statement in enumerate(statements):
        for node in statement_nodes(statement)[1:]:
            for symbol in symbols(node):
                users.setdefault(key(symbol), []).append(number)
    levels: dict[int, int] = {}

    def level(number: int, path: frozenset[int]) -> int:
        if number not in levels:
            left = _left(statements[number])
            above = users.get(key(left), []) if left is not None else []
            # log[φ/(1 − φ)] = η is at the level of η itself.
            used = [n for n in above if n not in path and n != number and _left(statements[n]) is not None]
            found = [level(n, path | {number}) for n in used]
            levels[number] = 1 + max(found, default=0)
        return levels[number]

    for number in range(len(statements)):
        level(number, frozenset())
    return levels


def _left(statement: Statement) -> Symbol | None:
    if isinstance(statement, Equation) and isinstance(statement.sides[0], Symbol):
        return statement.sides[0]
    return None


def _effects(statement: Statement) -> list[Symbol]:
    """The symbols of an equation that are random effects by their letter."""
    if not isinstance(statement, Equation):
        return []
    return [s for s in _leading(statement.sides[-1]) if not s.word and s.base in EFFECT_LETTERS]


def _leading(node: Node) -> Iterator[Symbol]:
    """The first symbol of each summand."""
    match node:
        case Sum(terms):
            for term in terms:
                yield from _leading(term)
        case Negative(of):
            yield from _leading(of)
        case _:
            yield from list(symbols(node))[:1]


def _scripts(symbol: Symbol) -> Iterator[Script]:
    for script in (*symbol.below, *symbol.above):
        yield script
        if isinstance(script, Label):
            yield from _scripts(script.symbol)
