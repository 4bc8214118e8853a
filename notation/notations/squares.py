"""Variances that are written as squares, σ²_u0, in notations with letters of their own for each level.

Raudenbush & Bryk write the cells of a covariance matrix as τ_00, τ_01, τ_11. Others square a letter
for the variances and leave the covariances bare; they differ in letters only, which an :class:`Author`
holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..equations import Equations, Label, Node, Number, Power, Quantity, Script, Symbol, letter
from ..expressions import Term
from ..frozen import frozen
from ..model import Model
from ..options import Options
from ..parameters import Covariance, ResidualVariance, Variance
from .combined import choose_symbols, one_equation
from .indexing import Running, digits, too_many
from .symbols import COEFFICIENTS, Symbols, plain_symbols


@frozen
class Author:
    """The letters of an author, for the innermost groups first.

    ``named`` says that a variance names its effect, σ²_u0, and not only its number, τ²_0;
    ``residual_spread`` is the letter whose square is the residual variance; ``letters`` are those of the
    coefficients that have equations of their own, ``fixed`` that of the fixed ones, with a number for
    each level or numbered through.
    """

    effects: tuple[str, ...]
    spreads: tuple[str, ...]
    residual: str
    residual_spread: Symbol
    named: bool = False
    letters: tuple[str, ...] = COEFFICIENTS
    fixed: str = "γ"


@dataclass(frozen=True, kw_only=True)
class Squares(Symbols):
    """The symbols of an author; ``spreads`` is the letter of the variances of each grouping factor."""

    spreads: Mapping[str, str]
    author: Author

    def covariance(self, group: str, a: Term, b: Term) -> Node:
        """The variance σ²_u0 or the covariance σ_u01 of the effects of two terms."""
        if a == b:
            root = self._spread(group, a, digits(*self.numbers[group, a]))
            return Quantity(Variance(group, a), Power(root, Number("2")))
        # The cells above and below the diagonal are one parameter, so they get one spelling.
        first, second = sorted((a, b), key=lambda t: self.numbers[group, t])
        symbol = self._spread(group, a, self.pair(group, first, second))
        return Quantity(Covariance(group, frozenset((a, b))), symbol)

    def residual_variance(self) -> Node:
        """The square of the author's letter."""
        return Quantity(ResidualVariance(), Power(self.author.residual_spread, Number("2")))

    def _spread(self, group: str, term: Term, numbers: tuple[Script, ...]) -> Symbol:
        effect = replace(self.effects[group, term], below=numbers)
        return letter(self.spreads[group], *((Label(effect),) if self.author.named else numbers))


def combined_by(author: Author, model: Model, options: Options) -> Equations:
    """The combined equation of a model in the letters of an author.

    Coefficients have a number for each level; where the groups are not nested or levels are not known,
    they are numbered through.
    """

    def choose(model: Model, indexing: Running) -> Symbols:
        found = choose_symbols if model.chain is not None else plain_symbols
        return in_letters(model, found(model, indexing), author)

    return one_equation(model, options, choose)


def in_letters(model: Model, symbols: Symbols, author: Author) -> Squares:
    """The symbols with the letters of an author.

    Raises CannotSay where the model has more grouping factors than the author has letters for.
    """
    groups = model.chain or model.group_names
    if len(groups) > len(author.effects):
        raise too_many("letters for random effects", model)
    base = dict(zip(groups, author.effects, strict=False))
    return Squares(
        coefficients={t: replace(s, base=author.fixed) for t, s in symbols.coefficients.items()},
        effects={key: replace(s, base=base[key[0]]) for key, s in symbols.effects.items()},
        numbers=symbols.numbers,
        families=symbols.families,
        residual=replace(symbols.residual, base=author.residual),
        letters=author.letters,
        spreads=dict(zip(groups, author.spreads, strict=False)),
        author=author,
    )
