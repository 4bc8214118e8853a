"""Goldstein's notation, as MLwiN prints it.

Nested levels have multiple indices, and the coefficients that vary carry all that they vary by, the
intercept those of the residual too:

    math_ij = β_0ij + β_1j ses_ij + β_2 sector_j
    β_0ij = β_0 + u_0j + e_0ij
    β_1j = β_1 + u_1j
    e_0ij ~ N(0, σ²_e0)
    (u_0j, u_1j) ~ N(0, [σ²_u0 σ_u01; σ_u01 σ²_u1])

MLwiN's x_0, the constant 1 behind β_0ij, is left out. Coefficients are numbered through; u is at level
2, v at level 3, f at level 4 (Goldstein 2011, ch. 2; Rasbash et al., A User's Guide to MLwiN). Groups that
are not nested have one index and a classification each, numbered from 2:

    diameter_i = β_0 + u^{(2)}_{0j[i]} + u^{(3)}_{0k[i]} + e_0i

(Browne, Goldstein & Rasbash 2001; Goldstein 2011, ch. 12.)
"""

from __future__ import annotations

from dataclasses import replace

from ..equations import (
    Digit,
    Equation,
    Equations,
    Label,
    Node,
    Script,
    Statement,
    Symbol,
    Word,
    letter,
)
from ..expressions import INTERCEPT, Term
from ..hierarchy import require_categories, require_levels
from ..model import OBSERVATION, Model
from ..options import Options
from .indexing import Lookups, Running, digits, index_letters
from .legend import lookup_legend, running_legend
from .ordinal import without_intercept
from .predictors import add, multiply, show_term
from .random_effects import distributions
from .raudenbush_bryk import outcome
from .sampling import is_plain_gaussian, offsets, remarks, response, structural
from .squares import Author, Squares, in_letters
from .symbols import plain_symbols

LOSES: tuple[str, ...] = ()

RESIDUAL = letter("e", Digit(0))
MLWIN = Author(
    effects=("u", "v", "f", "g"),
    spreads=("σ",) * 4,
    residual="e",
    residual_spread=letter("σ", Label(RESIDUAL)),
    named=True,
    fixed="β",
)
CLASSIFICATIONS = replace(MLWIN, effects=("u",) * 8, spreads=("σ",) * 8)


def write(model: Model, options: Options) -> Equations:
    """The equations of a model, its distributions, and the legend.

    Raises NeedsMore where levels or the categories of a factor are not known, CannotSay for more grouping
    factors than there are letters, NotYet for structures without symbols here.
    """
    model = without_intercept(model)
    require_categories(model)
    return (_classifications if model.chain is None else _multiple_indices)(model, options)


# ------------------------------------------------------------------ nested levels: multiple indices


def _multiple_indices(model: Model, options: Options) -> Equations:
    require_levels(model)  # beside level equations, a variable without an index would be one of level 1
    letters = index_letters(model, options)
    indexing = Running(model, letters, options.slowest_first)
    symbols = _numbered_residual(in_letters(model, plain_symbols(model, indexing), MLWIN))
    varying = {t: _varying(model, t, symbols, indexing) for t in model.terms if _varies(model, t)}
    summands = [
        multiply(varying[t] if t in varying else symbols.coefficient(t), *show_term(model, t, indexing))
        for t in model.terms
    ]
    statements = _outcome(model, symbols, indexing, summands)
    statements += [Equation((s, add(_parts(model, t, symbols))), level=2) for t, s in varying.items()]
    if options.distributions:
        statements += distributions(model, symbols, indexing)
    return Equations(tuple(statements), running_legend(model, letters, options, remarks(model)))


def _varies(model: Model, term: Term) -> bool:
    return _holds_residual(model, term) or any(term in block.terms for block in model.random)


def _holds_residual(model: Model, term: Term) -> bool:
    """Whether the residual is part of this coefficient: it belongs to the intercept, where there is one."""
    return not term and is_plain_gaussian(model)


def _varying(model: Model, term: Term, symbols: Squares, indexing: Running) -> Symbol:
    """A coefficient with the indices of all that it varies by: β_0ij, β_1j."""
    groups = [block.group for block in model.random if term in block.terms]
    innermost = max(groups, key=lambda g: len(model.outer_groups(g)), default="")
    level = OBSERVATION if _holds_residual(model, term) else innermost
    return letter(MLWIN.fixed, *_number(model, term, symbols), *indexing.at(level))


def _number(model: Model, term: Term, symbols: Squares) -> tuple[Script, ...]:
    if term in symbols.coefficients:
        return symbols.coefficients[term].below
    return digits(*next(symbols.numbers[b.group, term] for b in model.random if term in b.terms))


def _parts(model: Model, term: Term, symbols: Squares) -> list[Node]:
    """What a varying coefficient is made of: its fixed part, and its effects from the outermost level."""
    fixed = [symbols.coefficient(term)] if term in symbols.coefficients else []
    blocks = [b for b in model.random if term in b.terms]
    blocks.sort(key=lambda b: len(model.outer_groups(b.group)))
    residual = [symbols.residual] if _holds_residual(model, term) else []
    return [*fixed, *(symbols.effect(b.group, term) for b in blocks), *residual]


def _outcome(model: Model, symbols: Squares, indexing: Running, summands: list[Node]) -> list[Statement]:
    if INTERCEPT in model.terms and is_plain_gaussian(model):
        right = add([*summands, *offsets(model, indexing)])
        return [structural(response(model, indexing), right)]
    return outcome(model, symbols, indexing, summands)


# ------------------------------------------------------------------ groups that are not nested: one index


def _classifications(model: Model, options: Options) -> Equations:
    letters = index_letters(model, options, cells=True)
    indexing = Lookups(model, letters)
    symbols = _classified(model, in_letters(model, plain_symbols(model, indexing), CLASSIFICATIONS))
    symbols = _numbered_residual(symbols)
    summands = [multiply(symbols.coefficient(t), *show_term(model, t, indexing)) for t in model.fixed]
    for block in model.random:
        summands += [
            multiply(symbols.effect(block.group, t), *show_term(model, t, indexing)) for t in block.terms
        ]
    statements = outcome(model, symbols, indexing, summands)
    if options.distributions:
        statements += distributions(model, symbols, indexing)
    return Equations(tuple(statements), lookup_legend(model, letters, options, (), remarks(model)))


def _classified(model: Model, symbols: Squares) -> Squares:
    """The effects with the number of their classification above them; the observations are the first."""
    above = {g: (Word(f"({n})"),) for n, g in enumerate(model.group_names, 2)}
    effects = {key: replace(s, above=above[key[0]]) for key, s in symbols.effects.items()}
    return replace(symbols, effects=effects)


def _numbered_residual(symbols: Squares) -> Squares:
    """The residual as an effect of the constant: e_0ij."""
    return replace(symbols, residual=replace(symbols.residual, below=(Digit(0), *symbols.residual.below)))
