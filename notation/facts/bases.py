"""Basis expansions: the columns that ``poly(x, 2)`` or ``ns(x, df = 3)`` stand for."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from ..expressions import Basis, Call, Constant, Expression, Term

BASES = ("poly", "ns", "bs", "cr", "cc")
"""Functions that expand a variable into several columns."""

MOST_COLUMNS = 30
"""How many columns a basis may have."""

_COLUMNS_UNLESS_TOLD = {"poly": 1, "ns": 1, "bs": 3}


def count_columns(basis: Basis) -> int | None:
    """How many columns a basis has; None where its settings do not say."""
    named = dict(s.split(" = ", 1) for s in basis.settings if " = " in s)
    plain = [s for s in basis.settings if " = " not in s]
    count = named.get("df", plain[0] if plain else "").rstrip("L")
    if count.isdecimal():
        return int(count) if len(count) < 5 and 0 < int(count) <= MOST_COLUMNS else None
    if count or "knots" in named or "intercept" in named:
        return None
    return _COLUMNS_UNLESS_TOLD.get(basis.function)


def basis_columns(basis: Basis) -> tuple[Expression, ...]:
    """The columns of a basis, each an expression; those of a raw polynomial are plain powers."""
    count = count_columns(basis)
    if count is None:
        return (basis,)
    if _is(basis, "raw", "TRUE"):
        return (basis.of, *(Call("^", (basis.of, Constant(n))) for n in range(2, count + 1)))
    settings = tuple(s for s in basis.settings if not s.startswith("raw ="))
    return tuple(Basis(basis.function, basis.of, settings, n) for n in range(1, count + 1))


def _is(basis: Basis, name: str, value: str) -> bool:
    """Whether a setting is TRUE or FALSE, in any of R's and Python's spellings."""
    return bool({f"{name} = {v}" for v in (value, value[0], value.title())} & set(basis.settings))


def column_choices(term: Term) -> list[tuple[Expression, ...]]:
    """For each factor of a term what it stands for: the columns of a basis, or the factor itself."""
    return [basis_columns(f) if isinstance(f, Basis) and f.column == 0 else (f,) for f in term.factors]


def with_columns(terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms with each basis replaced by its columns."""
    return tuple(dict.fromkeys(Term(factors) for t in terms for factors in product(*column_choices(t))))


def without_columns(terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms with each column replaced by its basis, the inverse where no column is missing."""
    return tuple(dict.fromkeys(whole_basis(t) for t in terms))


def whole_basis(term: Term) -> Term:
    """The term with whole bases in the place of their columns."""
    if not any(isinstance(f, Basis) for f in term.factors):
        return term
    return Term(tuple(_whole(f) for f in term.factors))


def _whole(factor: Expression) -> Expression:
    if isinstance(factor, Basis) and count_columns(factor) is not None:
        return Basis(factor.function, factor.of, factor.settings, 0)
    return factor
