"""How group-level coefficients are distributed in Gelman & Hill's notation: means, variances, ρσσ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..equations import (
    Distributed,
    Equation,
    Label,
    Matrix,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Range,
    Script,
    Statement,
    Sum,
    Symbol,
    Vector,
    letter,
)
from ..expressions import Term
from ..model import Model, RandomBlock
from ..parameters import Covariance, Variance
from .indexing import Lookups
from .multinomial import contrasts, is_multinomial
from .ordinal import cumulative, is_ordinal
from .random_effects import covariance_cells, normal
from .sampling import generalized, is_plain_gaussian, noise, response


def data_level(model: Model, mean: Node, indexing: Lookups) -> list[Statement]:
    """The statement for the data: their distribution around the mean, or the mean's link."""
    if is_plain_gaussian(model):
        return [Distributed((response(model, indexing),), normal(mean, noise(model, indexing)), level=1)]
    if is_multinomial(model):
        return contrasts(model, indexing, mean.terms if isinstance(mean, Sum) else (mean,))
    if is_ordinal(model):
        return cumulative(model, indexing, indexing.letters.values(), mean)
    parts = generalized(model, indexing)
    return [*parts.sampling, Equation((parts.linked, mean), level=1)]


def group_range(group: str, indexing: Lookups) -> Range:
    """The quantifier of a group-level statement: "for schools j = 1, …, J"."""
    index = indexing.letters[group]
    return Range(index, group, index.upper())


def group_distribution(
    model: Model,
    block: RandomBlock,
    names: Mapping[Term, Symbol],
    means: Mapping[Term, Node],
    indexing: Lookups,
) -> Statement:
    """The joint distribution of the coefficients of one block.

    ``names`` are their symbols without an index, ``means`` their means in the order of writing.
    """
    terms = [t for t in means if t in block.terms]
    if block.structure != "full":
        terms = list(block.terms)
    left = tuple(indexed(names[t], indexing.at(block.group)) for t in terms)

    def cell(a: Term, b: Term) -> Node:
        return _cell(model, block, a, b, names)

    cells = covariance_cells(model, block, terms, cell, Label(names[block.terms[0]]))
    ranges = (group_range(block.group, indexing),)
    if len(terms) == 1:
        return Distributed(left, normal(means[terms[0]], cells[0][0]), ranges)
    vector = Vector(tuple(means[t] for t in terms))
    return Distributed((Vector(left),), normal(vector, Matrix(cells)), ranges)


def indexed(symbol: Symbol, indices: tuple[Script, ...]) -> Symbol:
    """A symbol with indices behind what already stands below it."""
    return replace(symbol, below=symbol.below + indices)


def _cell(model: Model, block: RandomBlock, a: Term, b: Term, names: Mapping[Term, Symbol]) -> Node:
    """A variance σ_α², or a covariance ρσ_ασ_β: a correlation alone would not be a covariance."""
    if a == b:
        return Quantity(Variance(block.group, a), Power(_sigma(names[a]), Number("2")))
    # The cells above and below the diagonal are one parameter, so they get one spelling.
    first, second = (t for t in names if t in (a, b))
    spreads = (_sigma(names[first]), _sigma(names[second]))
    if block.structure != "full":  # one variance for all
        spreads = (_sigma(names[block.terms[0]]),) * 2
    product = Product((_rho(model, names[first], names[second]), *spreads))
    return Quantity(Covariance(block.group, frozenset((a, b))), product)


def _sigma(name: Symbol) -> Symbol:
    return letter("σ", Label(name))


def _rho(model: Model, a: Symbol, b: Symbol) -> Symbol:
    """ρ, with the names of the two coefficients where the model has more than one correlation."""
    pairs = sum(len(block.terms) * (len(block.terms) - 1) // 2 for block in model.random)
    return letter("ρ") if pairs == 1 else letter("ρ", Label(a), Label(b))
