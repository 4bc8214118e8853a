"""Random effects that are written as a scale times a standard normal variable: σ_u z_j with z_j ~ N(0, 1).

Samplers are given models so. It is u_j ~ N(0, σ_u²), and is read as that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..equations import (
    Distributed,
    Distribution,
    Equation,
    Equations,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Statement,
    Sum,
    Symbol,
)
from .names import Key, heads, key
from .trees import is_zero

SCALES = "στsωδ"


def without_scales(page: Equations) -> Equations:
    """The page with the scales of standard normal effects in their distributions."""
    standard = {
        key(left)
        for s in page.statements
        for left in _standard(s)
        if isinstance(left, Symbol) and heads(left)
    }
    if not standard:
        return page
    scales: dict[Key, Symbol] = {}
    statements = [_unscaled_statement(s, standard, scales) for s in page.statements]
    return replace(page, statements=tuple(_with_spread(s, scales) for s in statements))


def _standard(statement: Statement) -> tuple[Node, ...]:
    """What a statement says to be standard normal."""
    match statement:
        case Distributed(left, Distribution("normal", (mean, Number(one)))) if (
            is_zero(mean) and float(one) == 1
        ):
            return left
        case _:
            return ()


def _unscaled_statement(statement: Statement, standard: set[Key], scales: dict[Key, Symbol]) -> Statement:
    match statement:
        case Equation((*lefts, right)):
            return replace(statement, sides=(*lefts, _unscaled(right, standard, scales)))
        case Distributed(_, Distribution(arguments=(mean, *others)) as law):
            changed = replace(law, arguments=(_unscaled(mean, standard, scales), *others))
            return replace(statement, distribution=changed)
        case _:
            return statement


def _unscaled(node: Node, standard: set[Key], scales: dict[Key, Symbol]) -> Node:
    """An expression with z_j for σ_u z_j; notes the scale of each."""
    match node:
        case Sum(terms):
            return Sum(tuple(_unscaled(term, standard, scales) for term in terms))
        case Negative(of):
            return Negative(_unscaled(of, standard, scales))
        case Product(factors):
            effects = [f for f in factors if isinstance(f, Symbol) and key(f) in standard]
            found = [f for f in factors if isinstance(f, Symbol) and _is_scale(f)]
            if (
                len(effects) != 1
                or len(found) != 1
                or scales.setdefault(key(effects[0]), found[0]) != found[0]
            ):
                return node
            rest = tuple(f for f in factors if f is not found[0])
            return rest[0] if len(rest) == 1 else Product(rest)
        case _:
            return node


def _is_scale(symbol: Symbol) -> bool:
    return symbol.base in SCALES and not symbol.word and not heads(symbol)


def _with_spread(statement: Statement, scales: Mapping[Key, Symbol]) -> Statement:
    match statement:
        case Distributed((Symbol() as left,), law) if _standard(statement) and key(left) in scales:
            spread = Power(scales[key(left)], Number("2"))
            return replace(statement, distribution=replace(law, arguments=(law.arguments[0], spread)))
        case _:
            return statement
