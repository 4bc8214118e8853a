"""One large regression with an indicator of each group, the second of Gelman & Hill's five ways (12.5).

    math_i ~ N(β_0 + β_1 ses_i + α_1 schools[1]_i + … + α_J schools[J]_i, σ²)
    α_j ~ N(0, σ²_α), for schools j = 1, …, J

Each varying coefficient is that of the indicators of its groups, times its predictor. The dots stand for the
other groups; a text that leaves them out cannot be read back, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..equations import Blank, Digit, Index, Node, Quantity, Script, Statement, Symbol, letter, word
from ..expressions import Term
from ..model import Model
from ..options import Options
from ..parameters import Coefficient
from .gelman_hill_additive import effect_names, numbered
from .group_distributions import data_level, group_distribution, indexed
from .indexing import Lookups, digits
from .predictors import add, multiply, show_term
from .random_effects import ZERO
from .sampling import offsets


def indicators(model: Model, indexing: Lookups, options: Options) -> list[Statement]:
    """The regression of the data on predictors and indicators, and how their coefficients are distributed."""
    numbers = numbered(model)
    names = effect_names(model, numbers)
    summands: list[Node] = [
        multiply(Quantity(Coefficient(t), letter("β", *digits(numbers[t]))), *show_term(model, t, indexing))
        for t in model.fixed
    ]
    for block in model.random:
        for term in block.terms:
            summands += _of_each_group(model, block.group, names[block.group][term], term, indexing)
    statements = data_level(model, add([*summands, *offsets(model, indexing)]), indexing)
    for block in model.random if options.distributions else ():
        zeros: dict[Term, Node] = dict.fromkeys(block.terms, ZERO)
        over = indexing.over(block.group)
        statements.append(group_distribution(model, block, names[block.group], zeros, over))
    return statements


def _of_each_group(model: Model, group: str, name: Symbol, term: Term, indexing: Lookups) -> Sequence[Node]:
    """α_1 schools[1]_i, dots, α_J schools[J]_i, each times the predictor."""
    last = indexing.letters[group].upper()
    observation = Index(indexing.letters[""])

    def summand(unit: str, script: Script) -> Node:
        member = word(group, observation, category=unit)
        return multiply(indexed(name, (script,)), member, *show_term(model, term, indexing))

    return (summand("1", Digit(1)), Blank(dots=True), summand(last, Index(last)))
