"""The combined (mixed) equation: every level equation substituted into the first.

    math_ij = γ_00 + γ_10 ses_ij + γ_01 sector_j + γ_11 ses_ij sector_j + u_0j + u_1j ses_ij + r_ij

The symbols are those of the level equations (Raudenbush & Bryk 2002, p. 80). Where levels are not
known, or the model has no level equations, coefficients are numbered through, β_0, β_1, …, and
variables of unknown level carry no index.
"""

from __future__ import annotations

from collections.abc import Callable

from ..equations import Equations, Node
from ..errors import CannotSay
from ..hierarchy import hierarchy, require_categories
from ..model import UNKNOWN, Model
from ..options import Options
from .indexing import Running, index_letters
from .legend import running_legend
from .ordinal import without_intercept
from .predictors import multiply, show_term
from .random_effects import distributions, in_order
from .raudenbush_bryk import outcome
from .sampling import remarks
from .symbols import Symbols, crossed_numbers, crossed_symbols, hierarchical_symbols, plain_symbols

LOSES: tuple[str, ...] = ()


def write(model: Model, options: Options) -> Equations:
    """The one equation of a model, its distributions, and the legend.

    Raises NeedsMore where the categories of a factor are not known, NotYet for structures without
    symbols here.
    """
    return one_equation(model, options, choose_symbols)


def one_equation(model: Model, options: Options, choose: Callable[[Model, Running], Symbols]) -> Equations:
    """The combined equation in the symbols of whoever's notation it is."""
    require_categories(model)
    model = without_intercept(model)
    letters = index_letters(model, options)
    indexing = Running(model, letters, options.slowest_first)
    symbols = choose(model, indexing)
    summands = [
        *(multiply(symbols.coefficient(t), *show_term(model, t, indexing)) for t in model.fixed),
        *_effects(model, symbols, indexing),
    ]
    statements = outcome(model, symbols, indexing, summands)
    if options.distributions:
        statements += distributions(model, symbols, indexing)
    return Equations(tuple(statements), running_legend(model, letters, options, remarks(model)))


def choose_symbols(model: Model, indexing: Running) -> Symbols:
    """The level equations' symbols if the model has level equations, else plain ones."""
    if any(level is UNKNOWN for _, level in model.levels) or (model.chain is None and model.unrelated):
        return plain_symbols(model, indexing)
    try:
        if model.chain is None:
            return crossed_symbols(model, crossed_numbers(model), indexing)
        return hierarchical_symbols(model, hierarchy(model), indexing)
    except CannotSay:  # a random slope of a variable that is constant within the group
        return plain_symbols(model, indexing)


def _effects(model: Model, symbols: Symbols, indexing: Running) -> list[Node]:
    """Every random effect times its predictor, the outermost groups first."""
    outermost_first = sorted(model.random, key=lambda b: len(model.outer_groups(b.group)))
    return [
        multiply(symbols.effect(block.group, term), *show_term(model, term, indexing))
        for block in outermost_first
        for term in in_order(block, symbols)
    ]
