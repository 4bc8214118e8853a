"""Indices that stand in one another: ``i(jk)`` is unit i within j and k, not a group looked up.

Both are written alike, ``j(i)`` and ``j[i]``. Brackets on the response, or around an index that the
response carries beside others, say that units are nested; then all letters are indices.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ..equations import Distributed, Index, Lookup, Script, Statement, Symbol
from .names import has_lookup, heads, key
from .trees import rewrite_statement, statement_nodes, symbols


def without_nested(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """The statements with plain indices for those that are nested in others."""
    every = [s for statement in statements for node in statement_nodes(statement) for s in symbols(node)]
    if not any(has_lookup(s) for s in every):
        return statements
    lefts = [s for s in map(_left, statements) if s is not None]
    used = {
        key(s) for statement in statements for node in statement_nodes(statement)[1:] for s in symbols(node)
    }
    nested = {s.name for left in lefts if key(left) not in used for s in left.below if isinstance(s, Lookup)}
    largest = max((frozenset(_plain(left.below)) for left in lefts), key=len, default=frozenset())
    nested |= {
        s.name
        for symbol in every
        for s in symbol.below
        if isinstance(s, Lookup) and _stands_within(s, largest)
    }
    if not nested:
        return statements
    change = _changer(nested)
    return tuple(rewrite_statement(s, change) for s in statements)


def _left(statement: Statement) -> Symbol | None:
    first = statement.left[0] if isinstance(statement, Distributed) else statement.sides[0]
    return first if isinstance(first, Symbol) else None


def _stands_within(lookup: Lookup, response: frozenset[str]) -> bool:
    """Whether the response carries the indices of a lookup itself, and others beside them or within it."""
    inside = {lookup.name, *_plain(lookup.of)}
    return inside < response or (len(lookup.of) > 1 and inside == response)


def _plain(scripts: Sequence[Script]) -> list[str]:
    return [s.name for s in scripts if isinstance(s, Index)]


def _changer(nested: set[str]) -> Callable[[Symbol], Symbol]:
    def change(symbol: Symbol) -> Symbol:
        if not heads(symbol) & nested:
            return symbol
        below: list[Script] = []
        for script in symbol.below:
            opened = isinstance(script, Lookup) and script.name in nested
            below += [Index(script.name), *script.of] if opened else [script]  # type: ignore[union-attr]
        return replace(symbol, below=tuple(below))

    return change
