"""The distribution statements of equations with residuals: e ~ N(0, σ²), u ~ N(0, T)."""

from __future__ import annotations

from ..equations import Distributed, Distribution, Matrix, Node, Number, Statement, Vector
from ..errors import NotYet
from ..expressions import Term
from ..model import Model, RandomBlock
from .indexing import Indexing
from .sampling import is_plain_gaussian, noise
from .symbols import Symbols

ZERO = Number("0")


def distributions(model: Model, symbols: Symbols, indexing: Indexing) -> list[Statement]:
    """The distribution of the residual, where there is one, and of each block, innermost groups first."""
    innermost_first = sorted(model.random, key=lambda b: -len(model.outer_groups(b.group)))
    blocks = [_block(block, symbols) for block in innermost_first]
    if not is_plain_gaussian(model):
        return blocks
    variance = noise(model, indexing, symbols.residual_variance())
    return [Distributed((symbols.residual,), normal(ZERO, variance)), *blocks]


def normal(mean: Node, variance: Node) -> Distribution:
    """N(mean, variance)."""
    return Distribution("normal", (mean, variance), spelling="N")


def in_order(block: RandomBlock, symbols: Symbols) -> list[Term]:
    """The terms of a block in the order of their coefficients, as R&B order T (2002, ch. 8)."""
    return sorted(block.terms, key=lambda term: symbols.numbers[block.group, term])


def require_full(block: RandomBlock) -> None:
    """Raises NotYet for a covariance structure that has no symbols here."""
    if block.structure != "full":
        raise NotYet(
            f"A covariance matrix of structure {block.structure!r} (by {block.group}) is not written yet."
        )


def _block(block: RandomBlock, symbols: Symbols) -> Statement:
    require_full(block)
    terms = in_order(block, symbols)
    effects = tuple(symbols.effect(block.group, t) for t in terms)
    cells = tuple(tuple(symbols.covariance(block.group, a, b) for b in terms) for a in terms)
    if len(terms) == 1:
        return Distributed(effects, normal(ZERO, cells[0][0]))
    return Distributed((Vector(effects),), normal(Vector((ZERO,) * len(terms)), Matrix(cells)))
