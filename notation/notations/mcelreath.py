"""McElreath's notation: a distribution for everything, in standard deviations.

    math_i ~ Normal(μ_i, σ)
    μ_i = α_schools[i] + β_schools[i] ses_i
    (α_j, β_j) ~ MVNormal((γ_0^α + γ_1^α sector_j, μ_β), S R S), for schools j = 1, …, J
    S = diag(σ_α, σ_β)
    R = [1 ρ; ρ 1]

The second argument of Normal is a standard deviation, and a covariance matrix is S R S, with standard
deviations on the diagonal of S and correlations in R; groups are looked up by their name where it is a plain
word (McElreath 2020, ch. 13 and 14). The coefficients are those of Gelman & Hill's notation, of which this
page is made. Priors are no part of a model here: none are written, and a remark says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from ..equations import (
    Apply,
    Distributed,
    Distribution,
    Equation,
    Equations,
    Index,
    Label,
    Lookup,
    Matrix,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Statement,
    Symbol,
    Vector,
    letter,
)
from ..errors import NotYet
from ..markup.names import reads_as_word
from ..model import OBSERVATION, Model
from ..options import Options
from ..parameters import Parameter
from . import gelman_hill
from .indexing import Lookups, index_letters
from .random_effects import require_full
from .sampling import is_plain_gaussian

LOSES: tuple[str, ...] = ()

REMARKS = ("The second argument of Normal is a standard deviation.", "Priors are not written.")
"""The first is what readers of numbers go by, this program's among them."""


def write(model: Model, options: Options) -> Equations:
    """The likelihood, the linear predictor, the distributions of coefficients, and the legend.

    Raises what Gelman & Hill's notation raises, and NotYet for weights.
    """
    if model.weights is not None:
        raise NotYet("A residual standard deviation with weights is not written yet; gelman_hill writes it.")
    for block in model.random:
        require_full(block)
    page = gelman_hill.write(model, options)
    first, *others = page.statements
    indexing = Lookups(model, index_letters(model, options, cells=True))
    mean = letter("μ", *indexing.at(OBSERVATION))
    statements = [*_likelihood(model, first, mean), *(s for o in others for s in _in_deviations(o))]
    remarks = (*page.legend.remarks, *(REMARKS if options.legend else ()))
    named = _by_name(tuple(statements), _words(model, indexing.letters, statements))
    return Equations(named, replace(page.legend, remarks=remarks))


def _words(model: Model, letters: Mapping[str, str], statements: Sequence[Statement]) -> dict[str, str]:
    """The word that looks a group up in place of its letter: α_schools[i].

    The statement over the groups says which letter it is, so that groups without one keep theirs.
    """
    ranged = {r.group for s in statements for r in s.ranges}
    single = len(model.group_names) == 1 or model.chain is None
    return {letters[name]: name for name in letters if name in ranged and single and reads_as_word(name)}


def _by_name(item: Any, words: Mapping[str, str]) -> Any:
    """The same with every lookup by its word."""
    match item:
        case Lookup(name, of):
            return Lookup(words.get(name, name), _by_name(of, words))
        case tuple():
            return tuple(_by_name(part, words) for part in item)
        case _ if is_dataclass(item) and not isinstance(item, type | Parameter):
            return replace(item, **{f.name: _by_name(getattr(item, f.name), words) for f in fields(item)})
        case _:
            return item


def _likelihood(model: Model, statement: Statement, mean: Symbol) -> list[Statement]:
    """The distribution of the response around μ, and what μ is."""
    match statement:
        case Distributed(left, Distribution("normal", (centre, spread))):
            around = Distributed(left, _normal(mean, _deviation(spread)), level=1)
            return [around, Equation((mean, centre), level=1)] if is_plain_gaussian(model) else [around]
        case _:
            return [statement]


def _in_deviations(statement: Statement) -> list[Statement]:
    """A statement of Gelman & Hill's with its variances as standard deviations, its matrix as S R S."""
    match statement:
        case Distributed(left, Distribution("normal", (centre, Matrix(rows)))):
            s, r = _matrices(left)
            joint = Distribution("normal", (centre, Product((s, r, s))), spelling="MVNormal")
            return [replace(statement, distribution=joint), _scales(s, rows), _correlations(r, rows)]
        case Distributed(_, Distribution("normal", (centre, spread))):
            return [replace(statement, distribution=_normal(centre, _deviation(spread)))]
        case _:
            return [statement]


def _normal(mean: Node, deviation: Node) -> Distribution:
    return Distribution("normal", (mean, deviation), spelling="Normal")


def _deviation(variance: Node) -> Node:
    """σ, the standard deviation of a variance σ²."""
    match variance:
        case Quantity(parameter, Power(root, _)):
            return Quantity(parameter, root, whole=variance.symbol)
        case _:
            raise NotYet("A spread that is no variance of the model is not written as a standard deviation.")


def _correlation(covariance: Node) -> Node:
    """ρ, the correlation of a covariance ρσσ."""
    match covariance:
        case Quantity(parameter, Product((rho, *_))):
            return Quantity(parameter, rho, whole=covariance.symbol)
        case _:
            return covariance


def _matrices(left: tuple[Node, ...]) -> tuple[Symbol, Symbol]:
    """S and R, with the name of the first coefficient, so that each distribution has its own."""
    match left:
        case (Vector((Symbol() as first, *_)),):
            name = replace(first, below=tuple(s for s in first.below if not isinstance(s, Index)))
            return letter("S", Label(name)), letter("R", Label(name))
        case _:
            return letter("S"), letter("R")


def _scales(s: Symbol, rows: tuple[tuple[Node, ...], ...]) -> Statement:
    return Equation((s, Apply("diag", tuple(_deviation(row[n]) for n, row in enumerate(rows)))))


def _correlations(r: Symbol, rows: tuple[tuple[Node, ...], ...]) -> Statement:
    one: Node = Number("1")
    cells = tuple(
        tuple(one if n == m else _correlation(cell) for m, cell in enumerate(row))
        for n, row in enumerate(rows)
    )
    return Equation((r, Matrix(cells)))
