"""Laird & Ware's notation: y = Xβ + Zb + ε, with what each matrix holds.

    math_ij = X_ijᵀ β + Z_ijᵀ b_j + ε_ij
    X_ij = (1, ses_ij, sector_j)ᵀ
    β = (β_0, β_1, β_2)ᵀ
    Z_ij = (1, ses_ij)ᵀ
    b_j = (b_0j, b_1j)ᵀ
    ε_ij ~ N(0, σ²)
    b_j ~ N(0, Ψ)
    Ψ = [ψ_00 ψ_01; ψ_01 ψ_11]

X_ijᵀ and Z_ijᵀ are rows of the matrices X_j and Z_j of a group; R_j is σ² times the identity matrix
(Laird & Ware 1982, Biometrics 38). Coefficients are numbered through; a vector of one entry is
written as the entry. Further blocks of random effects, by the same or other groups, have letters of
their own: Z b Ψ, W c Φ, V d Ω, …
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..equations import (
    Distributed,
    Equation,
    Equations,
    Matrix,
    Node,
    Number,
    Product,
    Quantity,
    Statement,
    Symbol,
    Transpose,
    Vector,
    letter,
)
from ..errors import CannotSay
from ..expressions import Term
from ..frozen import frozen
from ..hierarchy import require_categories
from ..model import OBSERVATION, Model, RandomBlock
from ..options import Options
from ..parameters import Covariance, Variance
from .indexing import Running, index_letters, too_many
from .legend import running_legend
from .multinomial import is_multinomial
from .ordinal import without_intercept
from .predictors import multiply, show_term
from .random_effects import ZERO, in_order, normal, require_full
from .raudenbush_bryk import outcome
from .sampling import is_plain_gaussian, noise, remarks
from .symbols import Symbols, plain_symbols

LOSES: tuple[str, ...] = ()

BLOCKS = (
    ("Z", "b", "Ψ", "ψ"),
    ("W", "c", "Φ", "φ"),
    ("V", "d", "Ω", "ω"),
    ("U", "f", "Ξ", "ξ"),
    ("T", "g", "Θ", "θ"),
    ("Q", "h", "Λ", "λ"),
)
"""The letters of each block of random effects: its rows, effects, covariance matrix and the cells of that."""

REMARK = "X and the like, transposed, are the rows of the matrices of a group."


@frozen
class Part:
    """A row of data times a vector: their product, what both hold, and how the vector is distributed."""

    product: Node
    contents: tuple[Statement, ...] = ()
    distributions: tuple[Statement, ...] = ()


def write(model: Model, options: Options) -> Equations:
    """The equation of the response, the contents of its matrices, the distributions, and the legend.

    Raises NeedsMore where the categories of a factor are not known, CannotSay for more blocks of random
    effects than there are letters, NotYet for structures without symbols here.
    """
    model = without_intercept(model)
    require_categories(model)
    if is_multinomial(model):
        raise CannotSay("These matrices are those of one predictor; raudenbush_bryk writes several.")
    if len(model.random) > len(BLOCKS):
        raise too_many("letters for random effects", model)
    letters = index_letters(model, options)
    indexing = Running(model, letters, options.slowest_first)
    symbols = _symbols(model, indexing)
    parts = [_fixed(model, symbols, indexing)] if model.fixed else []
    for block, names in zip(model.random, BLOCKS, strict=False):
        parts.append(_random(model, block, names, symbols, indexing))
    statements = outcome(model, symbols, indexing, [part.product for part in parts])
    statements += [s for part in parts for s in part.contents]
    if options.distributions:
        if is_plain_gaussian(model):
            statements.append(Distributed((symbols.residual,), normal(ZERO, noise(model, indexing))))
        statements += [s for part in parts for s in part.distributions]
    told = remarks(model) + ((REMARK,) if any(part.contents for part in parts) else ())
    return Equations(tuple(statements), running_legend(model, letters, options, told))


def _symbols(model: Model, indexing: Running) -> Symbols:
    """Coefficients and effects numbered through, the effects with the letter of their block."""
    plain = plain_symbols(model, indexing)
    effects = {
        (block.group, term): replace(plain.effects[block.group, term], base=base)
        for block, (_, base, *_) in zip(model.random, BLOCKS, strict=False)
        for term in block.terms
    }
    return replace(plain, effects=effects, residual=replace(plain.residual, base="ε"))


def _fixed(model: Model, symbols: Symbols, indexing: Running) -> Part:
    coefficients = [symbols.coefficient(t) for t in model.fixed]
    return _product(model, ("X", letter("β")), model.fixed, coefficients, indexing)


def _random(
    model: Model, block: RandomBlock, names: tuple[str, str, str, str], symbols: Symbols, indexing: Running
) -> Part:
    require_full(block)
    rows, base, matrix, cell = names
    terms = in_order(block, symbols)
    effects = [symbols.effect(block.group, t) for t in terms]
    vector = letter(base, *indexing.at(block.group))
    part = _product(model, (rows, vector), terms, effects, indexing)
    cells = tuple(tuple(_cell(symbols, cell, block.group, a, b) for b in terms) for a in terms)
    if len(terms) == 1:
        return replace(part, distributions=(Distributed((effects[0],), normal(ZERO, cells[0][0])),))
    joint = Distributed((vector,), normal(ZERO, letter(matrix)))
    return replace(part, distributions=(joint, Equation((letter(matrix), Matrix(cells)))))


def _product(
    model: Model,
    names: tuple[str, Symbol],
    terms: Sequence[Term],
    unknowns: Sequence[Node],
    indexing: Running,
) -> Part:
    """The row of these terms times the vector of these unknowns."""
    shown = [show_term(model, term, indexing) for term in terms]
    if len(terms) == 1:
        return Part(multiply(unknowns[0], *shown[0]))
    row = letter(names[0], *indexing.at(OBSERVATION))
    entries = tuple(multiply(*factors) if factors else Number("1") for factors in shown)
    contents = (
        Equation((row, Transpose(Vector(entries)))),
        Equation((names[1], Transpose(Vector(tuple(unknowns))))),
    )
    return Part(Product((Transpose(row), names[1])), contents)


def _cell(symbols: Symbols, base: str, group: str, a: Term, b: Term) -> Node:
    """ψ_01, the covariance of two effects, or the variance ψ_00."""
    first, second = sorted((a, b), key=lambda t: symbols.numbers[group, t])
    parameter = Variance(group, a) if a == b else Covariance(group, frozenset((a, b)))
    return Quantity(parameter, letter(base, *symbols.pair(group, first, second)))
