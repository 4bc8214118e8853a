"""Several models on one page, one after the other, told apart.

A model begins with the equation of its response. Where a coefficient has an equation for the second time,
another model has begun before it: at the last response. A second equation of the response alone is no
other model, but most often the combined form of the one above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..equations import Distributed, Equations, Legend, Node, Statement
from ..errors import Span
from .names import Indices, Key, heads, key
from .trees import is_zero, statement_nodes, symbols

Name = tuple[Key, Indices]


def apart(page: Equations) -> tuple[Equations, ...]:
    """The page, or a page for each model with the legend of them all."""
    used = {key(symbol) for s in page.statements for node in _right(s) for symbol in symbols(node)}
    starts, defined = [0], set[Name]()
    response = 0
    for number, statement in enumerate(page.statements):
        name = _defines(statement)
        if name is None:
            continue
        if name[0] not in used:
            response = number
        elif name in defined and response > starts[-1]:
            starts.append(response)
            defined = {n for s in page.statements[response:number] if (n := _defines(s)) is not None}
        defined.add(name)
    ends = [*starts[1:], len(page.statements)]
    parts = [replace(page, statements=page.statements[a:b]) for a, b in zip(starts, ends, strict=True)]
    return tuple(replace(p, legend=_beside(page.legend, parts, n)) for n, p in enumerate(parts))


def place_among(parts: Sequence[Equations], place: Span | None) -> int:
    """The number of the part that a place of the source belongs to: the last one that begins before it."""
    firsts = [part.statements[0].span if part.statements else None for part in parts]
    begun = [n for n, first in enumerate(firsts) if first and place and first.start <= place.start]
    return max(begun, default=0)


def _beside(legend: Legend, parts: Sequence[Equations], number: int) -> Legend:
    """The legend with the claims of the sentences that belong to one part."""
    if len(parts) == 1 or not legend.claims:
        return legend
    return replace(legend, claims=tuple(c for c in legend.claims if place_among(parts, c.span) == number))


def _defines(statement: Statement) -> Name | None:
    """The symbol that a statement says the mean of; it carries an index."""
    if isinstance(statement, Distributed):
        law = statement.distribution
        if len(statement.left) != 1 or not law.arguments or is_zero(law.arguments[0]):
            return None
        node = statement.left[0]
    else:
        node = statement.sides[0]
    left = next(iter(symbols(node)), None)  # of a vector, the first component speaks for all
    return (key(left), heads(left)) if left is not None and heads(left) else None


def _right(statement: Statement) -> tuple[Node, ...]:
    first = len(statement.left) if isinstance(statement, Distributed) else 1
    return statement_nodes(statement)[first:]
