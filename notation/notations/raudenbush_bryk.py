"""Raudenbush & Bryk's notation: an equation for each level.

    math_ij = β_0j + β_1j ses_ij + r_ij
    β_0j = γ_00 + γ_01 sector_j + u_0j
    β_1j = γ_10 + γ_11 sector_j + u_1j
    r_ij ~ N(0, σ²)
    (u_0j, u_1j) ~ N(0, [τ_00 τ_01; τ_10 τ_11])

β, γ with r, u for two levels, π, β, γ with e, r, u for three; predictors are numbered within each
equation, 0 is the intercept; T orders the effects as the coefficients (Raudenbush & Bryk 2002, ch. 2,
4, 8). Cross-classified groups have one level-2 equation with an effect of each factor: θ, b, c
(ch. 12). Generalized models have a sampling model, a link η and a structural model without a
level-1 residual (ch. 10).
"""

from __future__ import annotations

from collections.abc import Iterable

from ..equations import Equation, Equations, Index, Node, Statement, letter
from ..expressions import Term
from ..hierarchy import Branch, hierarchy, walk
from ..model import OBSERVATION, Model
from ..options import Options
from .indexing import Lookups, Running, digits, index_letters
from .legend import running_legend
from .multinomial import contrasts, is_multinomial
from .ordinal import cumulative, is_ordinal, without_intercept
from .predictors import add, multiply, show_term
from .random_effects import distributions
from .sampling import generalized, is_plain_gaussian, offsets, remarks, response, structural
from .symbols import (
    CrossedNumbers,
    Symbols,
    coefficient_letter,
    crossed_numbers,
    crossed_symbols,
    cut,
    hierarchical_symbols,
)

LOSES: tuple[str, ...] = ()
"""R&B with its legend carries everything that it can say."""

MEANS = {"binomial": "φ", "poisson": "λ"}


def write(model: Model, options: Options) -> Equations:
    """The level equations of a model, its distributions, and the legend.

    Raises NeedsMore where levels, nesting or categories are not known; CannotSay for a random slope
    of a variable that is constant within the group; NotYet for structures without symbols here.
    """
    model = without_intercept(model)
    letters = index_letters(model, options)
    indexing = Running(model, letters, options.slowest_first)
    chained = model.chain is not None
    symbols, levels = (_nested if chained else _crossed)(model, indexing)
    statements = [*levels, *(distributions(model, symbols, indexing) if options.distributions else ())]
    return Equations(tuple(statements), running_legend(model, letters, options, remarks(model)))


def outcome(
    model: Model, symbols: Symbols, indexing: Running | Lookups, summands: list[Node]
) -> list[Statement]:
    """The level-1 statements: the outcome equation, or sampling model, link and structural model."""
    summands = [*summands, *offsets(model, indexing)]
    if is_plain_gaussian(model):
        return [structural(response(model, indexing), add([*summands, symbols.residual]))]
    if is_multinomial(model):
        return contrasts(model, indexing, summands)
    if is_ordinal(model):
        return cumulative(model, indexing, indexing.letters.values(), add(summands))
    parts = generalized(model, indexing, MEANS)
    if parts.linked == parts.mean:
        return [*parts.sampling, structural(parts.mean, add(summands))]
    predictor = letter("η", *indexing.at(OBSERVATION))
    return [
        *parts.sampling,
        Equation((predictor, parts.linked), level=1),
        structural(predictor, add(summands)),
    ]


# ------------------------------------------------------------------ nested levels


def _nested(model: Model, indexing: Running) -> tuple[Symbols, list[Statement]]:
    tree = hierarchy(model)
    symbols = hierarchical_symbols(model, tree, indexing)
    return symbols, level_equations(model, tree, symbols, indexing)


def level_equations(
    model: Model, tree: tuple[Branch, ...], symbols: Symbols, indexing: Running
) -> list[Statement]:
    """The outcome's statements and the equation of each coefficient that has one, level by level."""
    level_1 = outcome(model, symbols, indexing, _summands(model, tree, symbols, indexing))
    above = sorted((b for b in walk(tree) if not b.leaf), key=lambda b: len(b.path))  # stable: level by level
    return [*level_1, *(_level_equation(model, b, symbols, indexing) for b in above)]


def _level_equation(model: Model, branch: Branch, symbols: Symbols, indexing: Running) -> Statement:
    right = _summands(model, branch.children, symbols, indexing)
    if branch.random:
        right.append(symbols.effect(branch.group, branch.product))
    return Equation((_coefficient(model, branch, symbols, indexing), add(right)), level=len(branch.path) + 1)


def _summands(model: Model, branches: Iterable[Branch], symbols: Symbols, indexing: Running) -> list[Node]:
    return [
        multiply(_coefficient(model, b, symbols, indexing), *show_term(model, b.predictor, indexing))
        for b in branches
    ]


def _coefficient(model: Model, branch: Branch, symbols: Symbols, indexing: Running) -> Node:
    if branch.leaf:
        return symbols.coefficient(branch.product)
    base = coefficient_letter(model, len(branch.path) - 1, symbols.letters)
    return letter(base, *digits(*branch.path), *indexing.at(branch.group))


# ------------------------------------------------------------------ cross-classified groups


def _crossed(model: Model, indexing: Running) -> tuple[Symbols, list[Statement]]:
    numbers = crossed_numbers(model)
    symbols = crossed_symbols(model, numbers, indexing)
    slopes = [low for low in numbers.slopes if low in numbers.summands]
    level_1 = [multiply(_slope(numbers, low, indexing), *show_term(model, low, indexing)) for low in slopes]
    above = [_cell_equation(model, low, numbers, symbols, indexing) for low in slopes]
    return symbols, [*outcome(model, symbols, indexing, level_1), *above]


def _slope(numbers: CrossedNumbers, low: Term, indexing: Running) -> Node:
    observation = Index(indexing.letters[""])
    cell = tuple(index for index in indexing.at(OBSERVATION) if index != observation)
    return letter("π", *digits(numbers.slopes[low]), *cell)


def _cell_equation(
    model: Model, low: Term, numbers: CrossedNumbers, symbols: Symbols, indexing: Running
) -> Statement:
    def product(symbol: Node, term: Term) -> Node:
        return multiply(symbol, *show_term(model, cut(model, term)[1], indexing))

    fixed = [t for t in model.fixed if cut(model, t)[0] == low]
    fixed.sort(key=lambda t: bool(cut(model, t)[1]))  # the intercept first
    right = [product(symbols.coefficient(t), t) for t in fixed]
    for block in model.random:
        right += [product(symbols.effect(block.group, t), t) for t in block.terms if cut(model, t)[0] == low]
    return Equation((_slope(numbers, low, indexing), add(right)), level=2)
