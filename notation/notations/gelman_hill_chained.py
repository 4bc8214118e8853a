"""Gelman & Hill's notation for nested groups: each level's coefficients are modelled at the next.

math_i ~ N(α_j[i] + β_j[i] week_i, σ²)
(α_j, β_j) ~ N((a_k[j] + b_k[j] FRL_j, c_k[j] + d FRL_j), …), for students j = 1, …, J
(a_k, b_k, c_k) ~ N((γ_0^a + γ_1^a Size_k, …), …), for schools k = 1, …, K
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..equations import Equation, Label, Node, Quantity, Statement, Symbol, letter
from ..expressions import Term
from ..hierarchy import Branch, walk
from ..model import Model
from ..options import Options
from ..parameters import Coefficient
from .group_distributions import data_level, group_distribution, group_range, indexed
from .indexing import Lookups, digits
from .predictors import add, multiply, show_term
from .sampling import offsets

UPPER_LETTERS = (
    ("a", "b", "c", "d", "f", "g", "h"),
    ("A", "B", "C", "D", "F", "G", "H"),
    ("ζ", "κ", "χ", "ξ", "ψ", "ω", "τ"),
)
"""The letters of the coefficients at the second, third and fourth groups; e is left to residuals, η to
linear predictors."""

Names = Mapping[tuple[int, ...], Symbol]
"""The letter of each coefficient that is no leaf, by its path in the tree."""


def chained(model: Model, tree: tuple[Branch, ...], indexing: Lookups, options: Options) -> list[Statement]:
    """The statements from the data level upward."""
    branches = [effective(b) for b in walk(tree)]
    varying = list({b.path: b for b in branches if not b.fixed}.values())
    names = _names(tree)
    mean = add([*_summands(model, tree, names, indexing), *offsets(model, indexing)])
    statements = data_level(model, mean, indexing)
    for group in model.chain or ():
        over = indexing.over(group)
        here = [b for b in varying if b.group == group]
        symbols = {b.product: names[b.path] for b in here}
        means = {b.product: _mean(model, b, names, over) for b in here}
        statements += [_equation(b, symbols, means, over) for b in here if not b.random]
        blocks = [block for block in model.random if block.group == group and options.distributions]
        statements += [group_distribution(model, block, symbols, means, over) for block in blocks]
    return statements


def effective(branch: Branch) -> Branch:
    """The branch itself, or the one above that it merely repeats.

    A coefficient that neither varies nor is predicted at its own groups but varies between their
    groups is looked up there at once: β_k[j[i]].
    """
    only = branch.children[0] if len(branch.children) == 1 and not branch.random else None
    return effective(only) if only is not None and not only.predictor and not only.fixed else branch


def _equation(
    branch: Branch, symbols: Mapping[Term, Symbol], means: Mapping[Term, Node], indexing: Lookups
) -> Statement:
    """A coefficient that is predicted at the groups but does not vary beyond: no distribution."""
    left = indexed(symbols[branch.product], indexing.at(branch.group))
    return Equation((left, means[branch.product]), (group_range(branch.group, indexing),))


def _mean(model: Model, branch: Branch, names: Names, indexing: Lookups) -> Node:
    """The mean of a coefficient: its summands, or μ where one fixed coefficient is all there is."""
    if len(branch.children) == 1 and branch.children[0].leaf and not branch.children[0].predictor:
        return Quantity(Coefficient(branch.product), letter("μ", Label(names[branch.path])))
    return add(_summands(model, branch.children, names, indexing, names[branch.path]))


def _summands(
    model: Model, branches: Iterable[Branch], names: Names, indexing: Lookups, parent: Symbol | None = None
) -> list[Node]:
    return [
        multiply(_symbol(b, names, indexing, parent), *show_term(model, b.predictor, indexing))
        for b in branches
    ]


def _symbol(branch: Branch, names: Names, indexing: Lookups, parent: Symbol | None) -> Node:
    """A coefficient in an equation: looked up if it varies, else a number of the model."""
    if not branch.fixed:
        above = effective(branch)
        return indexed(names[above.path], indexing.at(above.group))
    if branch.leaf and parent is not None:
        symbol = letter("γ", *digits(branch.path[-1]), above=(Label(parent),))
    else:
        symbol = names[branch.path]
    return Quantity(Coefficient(branch.product), symbol)


def _names(tree: tuple[Branch, ...]) -> Names:
    """A letter for each coefficient: α, β at the data level, a, b, c above, and so on."""
    names: dict[tuple[int, ...], Symbol] = {}
    slopes = [b for b in tree if b.predictor]
    for branch in tree:
        number = branch.path if branch.predictor and len(slopes) > 1 else ()
        _name(names, branch, letter("β" if branch.predictor else "α", *digits(*number)))
    for depth, letters in enumerate(UPPER_LETTERS, 2):
        here = [b for b in walk(tree) if len(b.path) == depth and not b.leaf and b.path not in names]
        for n, branch in enumerate(here):
            _name(names, branch, _upper(branch, letters, n, len(here)))
    return names


def _upper(branch: Branch, letters: tuple[str, ...], n: int, count: int) -> Symbol:
    """The nth letter; where the alphabet is too short, one letter with the numbers of the path."""
    return letter(letters[n]) if count <= len(letters) else letter(letters[0], *digits(*branch.path))


def _name(names: dict[tuple[int, ...], Symbol], branch: Branch, symbol: Symbol) -> None:
    """Names a coefficient, and with it the one above that it merely repeats."""
    names[branch.path] = names[effective(branch).path] = symbol
