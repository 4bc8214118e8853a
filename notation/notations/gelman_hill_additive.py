"""Gelman & Hill's notation for groups that are not nested: several error terms with mean zero.

    diameter_i ~ N(β_0 + α_j[i] + δ_k[i], σ²)
    α_j ~ N(0, σ_α²), for plates j = 1, …, J
    δ_k ~ N(0, σ_δ²), for samples k = 1, …, K

(Gelman & Hill 2007, section 13.5.) With a free mean in more than one of the distributions only the
sum of the means would be identified.
"""

from __future__ import annotations

from ..equations import Node, Quantity, Statement, Symbol, letter
from ..expressions import INTERCEPT, Term
from ..hierarchy import require_categories
from ..model import Model
from ..options import Options
from ..parameters import Coefficient
from .group_distributions import data_level, group_distribution, indexed
from .indexing import Lookups, digits, too_many
from .predictors import add, multiply, show_term
from .random_effects import ZERO
from .sampling import offsets

EFFECTS = ("α", "δ", "ζ", "ξ", "κ", "ω", "χ")


def additive(model: Model, indexing: Lookups, options: Options) -> list[Statement]:
    """One regression with an error term of each grouping factor, and their distributions."""
    require_categories(model)
    numbers = numbered(model)
    names = effect_names(model, numbers)
    summands: list[Node] = [
        multiply(Quantity(Coefficient(t), letter("β", *digits(numbers[t]))), *show_term(model, t, indexing))
        for t in model.fixed
    ]
    for block in model.random:
        at = indexing.at(block.group)
        summands += [
            multiply(indexed(names[block.group][t], at), *show_term(model, t, indexing)) for t in block.terms
        ]
    statements = data_level(model, add([*summands, *offsets(model, indexing)]), indexing)
    if options.distributions:
        for block in model.random:
            zeros: dict[Term, Node] = dict.fromkeys(block.terms, ZERO)
            over = indexing.over(block.group)
            statements.append(group_distribution(model, block, names[block.group], zeros, over))
    return statements


def numbered(model: Model) -> dict[Term, int]:
    """The number of each term, 0 for the intercept."""
    return {INTERCEPT: 0} | {t: n for n, t in enumerate((t for t in model.terms if t), 1)}


def effect_names(model: Model, numbers: dict[Term, int]) -> dict[str, dict[Term, Symbol]]:
    """α_j for a factor with one effect, α_0j, α_1j, … with the numbers of the slopes for more."""
    terms: dict[str, list[Term]] = {}
    for block in model.random:
        terms.setdefault(block.group, []).extend(block.terms)
    if len(terms) > len(EFFECTS):
        raise too_many("letters for error terms", model)
    return {
        group: {t: letter(base, *(digits(numbers[t]) if len(here) > 1 else ())) for t in here}
        for base, (group, here) in zip(EFFECTS, terms.items(), strict=False)
    }
