"""The distribution statements of equations with residuals: e ~ N(0, σ²), u ~ N(0, T).

Structured covariance matrices show their structure: one variance on the diagonal and zeros elsewhere
(identity), one variance and one covariance (compound symmetry), or one variance and its products with
powers of one correlation, τ ρ^|a − b| (AR(1)).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ..equations import (
    Apply,
    Distributed,
    Distribution,
    Equation,
    Index,
    Label,
    Matrix,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Statement,
    Symbol,
    Vector,
    Word,
    letter,
)
from ..errors import CannotSay, NotYet
from ..expressions import Term
from ..model import Model, RandomBlock
from ..parameters import Autocorrelation
from .indexing import Lookups, Running
from .sampling import is_plain_gaussian, noise
from .symbols import Symbols

ZERO = Number("0")

Cells = tuple[tuple[Node, ...], ...]


def distributions(model: Model, symbols: Symbols, indexing: Running | Lookups) -> list[Statement]:
    """The distribution of the residual, where there is one, and of each block, innermost groups first."""
    innermost_first = sorted(model.random, key=lambda b: -len(model.outer_groups(b.group)))
    blocks = [_block(model, block, symbols) for block in innermost_first]
    return [*_residual(model, symbols, indexing), *blocks] if is_plain_gaussian(model) else blocks


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
            f"A covariance matrix of structure {block.structure!r} (by {block.group}) is not written in this "
            "notation; raudenbush_bryk has it."
        )


# ------------------------------------------------------------------ the residual


def _residual(model: Model, symbols: Symbols, indexing: Running | Lookups) -> list[Statement]:
    variance = noise(model, indexing, symbols.residual_variance(), correlated=True)
    found: list[Statement] = [Distributed((symbols.residual,), normal(ZERO, variance))]
    if model.residual is not None and model.residual.ar1_within:
        found.append(_successive(model, symbols.residual, indexing))
    return found


def _successive(model: Model, residual: Symbol, indexing: Running | Lookups) -> Statement:
    """Cor(r_ij, r_{i-s,j}) = ρ^s: residuals that are s steps apart within a unit of the innermost group.

    Raises CannotSay for another grouping factor: i counts the observations of the innermost one only.
    """
    within = model.residual.ar1_within if model.residual is not None else None
    if not isinstance(indexing, Running) or not model.chain or model.chain[0] != within:
        raise CannotSay(
            f"The residuals are correlated within {within}, which is not the innermost grouping factor: the "
            "index of the observations does not count along it. nlme, SAS and brms can say it."
        )
    observation = indexing.letters[""]
    before = Word(f"{observation}-s")
    lagged = replace(residual, below=tuple(before if s == Index(observation) else s for s in residual.below))
    rho = Quantity(Autocorrelation(), letter("ρ", Label(letter(residual.base))))
    return Equation((Apply("Cor", (residual, lagged)), Power(rho, letter("s"))))


# ------------------------------------------------------------------ the random effects


def _block(model: Model, block: RandomBlock, symbols: Symbols) -> Statement:
    terms = in_order(block, symbols) if block.structure == "full" else list(block.terms)
    effects = tuple(symbols.effect(block.group, t) for t in terms)

    def cell(a: Term, b: Term) -> Node:
        return symbols.covariance(block.group, a, b)

    cells = covariance_cells(model, block, terms, cell, Label(letter(effects[0].base)))
    if len(terms) == 1:
        return Distributed(effects, normal(ZERO, cells[0][0]))
    return Distributed((Vector(effects),), normal(Vector((ZERO,) * len(terms)), Matrix(cells)))


def covariance_cells(
    model: Model,
    block: RandomBlock,
    terms: Sequence[Term],
    cell: Callable[[Term, Term], Node],
    name: Label,
) -> Cells:
    """The covariance matrix of a block; ``cell`` writes a variance or covariance, ``name`` stands below ρ.

    Raises CannotSay for two AR(1) blocks of one grouping factor, which have one correlation.
    """
    if block.structure == "full":
        return tuple(tuple(cell(a, b) for b in terms) for a in terms)
    places = range(len(terms))
    variance = cell(terms[0], terms[0])

    def apart(distance: int) -> Node:
        match block.structure:
            case "identity":
                return ZERO
            case "compound_symmetry":
                return cell(terms[0], terms[1])
            case _:
                return _decayed(model, block, name, distance, variance)

    return tuple(tuple(variance if n == m else apart(abs(n - m)) for m in places) for n in places)


def _decayed(model: Model, block: RandomBlock, name: Label, distance: int, variance: Node) -> Node:
    if sum(b.group == block.group and b.structure == "ar1" for b in model.random) > 1:
        raise CannotSay(f"Two blocks of random effects of {block.group} would have the one autocorrelation.")
    rho: Node = Quantity(Autocorrelation(block.group), letter("ρ", name))
    return Product((rho if distance == 1 else Power(rho, Number(str(distance))), variance), "·")
