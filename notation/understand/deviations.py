"""Standard deviations in Normal, where a page says that they are."""

from __future__ import annotations

from dataclasses import replace

from ..equations import Distributed, Equations, Node, Number, Power, Statement, Symbol

SENTENCE = "The second argument of Normal is a standard deviation."
"""What a page says beside its equations, as those of McElreath's notation do."""


def without_deviations(page: Equations) -> Equations:
    """The page with variances, the squares, where it says that it has standard deviations."""
    if SENTENCE not in page.legend.remarks:
        return page
    return replace(page, statements=tuple(map(_squared, page.statements)))


def _squared(statement: Statement) -> Statement:
    match statement:
        case Distributed(distribution=law) if law.name == "normal" and len(law.arguments) == 2:
            mean, spread = law.arguments
            return replace(statement, distribution=replace(law, arguments=(mean, _square(spread))))
        case _:
            return statement


def _square(spread: Node) -> Node:
    """The square of a number or a letter; a covariance matrix stays."""
    return Power(spread, Number("2")) if isinstance(spread, Number | Symbol) else spread
