"""Residuals as they are written: r_{i-s,j}, σ²/w, σ_1² sex[A]_ij + σ_2² sex[B]_ij."""

from __future__ import annotations

from ..equations import Node, Product, Quotient, Sum, Symbol
from ..patterns import pattern
from .trees import number_of

LAG = pattern(r"(?P<index>\w+)[+-](?P<steps>\w+)")
"""An index some steps on: ``i-s``, ``t-1``."""


def by_category(spread: Node | None) -> list[tuple[Node, Symbol]]:
    """The variances of σ_1² sex[A]_ij + σ_2² sex[B]_ij, each with its indicator; none for other spreads."""
    parts: list[tuple[Node, Symbol]] = []
    for term in spread.terms if isinstance(spread, Sum) else ():
        match term:
            case Product((variance, Symbol(category=category) as symbol)) if category:
                parts.append((variance, symbol))
            case _:
                return []
    return parts if len({symbol.base for _, symbol in parts}) == 1 else []


def unweighted(spread: Node | None) -> Node | None:
    """σ² of σ²/w."""
    match spread:
        case Quotient(variance, weight) if number_of(weight) is None:
            return variance
        case _:
            return spread
