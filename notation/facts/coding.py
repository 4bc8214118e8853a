"""R's rules for categorical variables: which indicators stand for a factor in which term.

A factor of k categories becomes k - 1 indicators, the reference left out, wherever the term without
it is already in the model ("contrasts"), and k where it is not ("full indicators"); in a model
without intercept the first factor has k.

Source: Chambers & Hastie (1992), p. 38, as R computes it (``TermCode`` and ``modelmatrix`` in
src/library/stats/src/model.c): "already in the model" means part of a term before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import product

from ..errors import DataError, unknown_name
from ..expressions import (
    INTERCEPT,
    Basis,
    Call,
    Centered,
    Constant,
    Expression,
    Factor,
    Indicator,
    Mean,
    Term,
    Variable,
    variables,
)
from ..model import Categories, Model, RandomBlock
from .bases import whole_basis
from .substitution import substitute

Known = Mapping[str, Categories]
"""The categories of variables, by their names."""


def code_model(model: Model, known: Known) -> Model:
    """The model with each variable of known categories expanded to indicators.

    The fixed part and each block of random effects are coded by themselves, as lme4 does. Indicators
    that stand in the model already are kept. A variable that also stands as ``factor(x)`` is a number
    where it stands alone.

    Raises DataError for a variable with one category, or inside of a numeric function, and
    UnknownName for an indicator of a category that the variable does not have.
    """
    known = _as_used(model, known)
    for variable in known.values():
        if len(variable.names) < 2:
            raise DataError(f"{variable.variable} has one category only: {', '.join(variable.names)}")
    _check_functions(model, known)
    blocks = (RandomBlock(b.group, code(b.terms, known), b.structure) for b in model.random)
    kept = tuple(c for c in model.categories if c.variable not in known)
    return replace(
        model, fixed=code(model.fixed, known), random=tuple(blocks), categories=(*kept, *known.values())
    )


def code(terms: Iterable[Term], known: Known) -> tuple[Term, ...]:
    """The terms of one model matrix with every factor of known categories as indicators."""
    terms = tuple(terms)
    if not any(_is_categorical(f, known) for t in terms for f in t.factors):
        return terms
    ordered = tuple(sorted(terms, key=lambda t: len(t.factors)))
    # R decides on a basis as a whole, so that all of its columns are treated alike.
    wholes = {term: whole_basis(term) for term in ordered}
    full = fully_coded(tuple(dict.fromkeys(wholes.values())), known)
    return tuple(dict.fromkeys(each for t in ordered for each in _indicators(t, full, wholes[t], known)))


def fully_coded(ordered: tuple[Term, ...], known: Known) -> set[tuple[Term, Expression]]:
    """The factors, each with its term, that are coded by all of their categories."""
    full: set[tuple[Term, Expression]] = set()
    before: dict[Expression, list[Term]] = defaultdict(list)
    first = INTERCEPT not in ordered
    for term in ordered:
        for factor in term.factors:
            if _is_categorical(factor, known):
                if first or not _in_margin(term.key - {factor}, before):
                    full.add((term, factor))
                first = False
        for factor in term.factors:
            before[factor].append(term)
    return full


def _in_margin(rest: frozenset[Expression], before: Mapping[Expression, list[Term]]) -> bool:
    """Whether what remains of a term is part of a term before it; nothing always is."""
    if not rest:
        return True
    candidates = min((before.get(factor, []) for factor in rest), key=len)
    return any(rest <= candidate.key for candidate in candidates)


def _is_categorical(factor: Expression, known: Known) -> bool:
    match factor:
        case Factor():
            return True
        case Variable(name):
            return name in known and not known[name].numeric
        case _:
            return False


def _indicators(term: Term, full: set[tuple[Term, Expression]], whole: Term, known: Known) -> list[Term]:
    """The columns of a term in R's order: the first factor's categories run fastest."""
    choices = [_columns(f, (whole, f) in full, known) for f in term.factors]
    return [Term(tuple(reversed(factors))) for factors in product(*reversed(choices))]


def _columns(factor: Expression, full: bool, known: Known) -> tuple[Expression, ...]:
    if not _is_categorical(factor, known) or not isinstance(factor, Factor | Variable):
        return (factor,)
    name = factor.variable if isinstance(factor, Factor) else factor.name
    if name not in known:
        return (factor,)
    return tuple(Indicator(name, category) for category in known[name].names[0 if full else 1 :])


# ------------------------------------------------------------------ what is used


def _as_used(model: Model, known: Known) -> dict[str, Categories]:
    """The categories of what the model uses; ``factor(x)`` shows that what could be numbers are numbers."""
    factors = [f for t in model.terms for f in t.factors]
    wrapped = {f.variable for f in factors if isinstance(f, Factor)}
    wrapped = {name for name in wrapped if name in known and all(map(_is_number, known[name].names))}
    by = {model.residual.by} if model.residual is not None else set()
    used = {*model.variables, *variables(model.response.expression), *by}
    _check_indicators(factors, known)
    wrapped |= {c.variable for c in model.categories if c.numeric}
    return {
        name: replace(categories, numeric=categories.numeric or name in wrapped)
        for name, categories in known.items()
        if name in used
    }


def _is_number(category: str) -> bool:
    try:
        float(category)
    except ValueError:
        return False  # Text is categorical without factor(), which leaves it as it is.
    return True


def _check_indicators(factors: list[Expression], known: Known) -> None:
    for factor in factors:
        match factor:
            case Indicator(name, category) if name in known and category not in known[name].names:
                raise unknown_name(f"category of {name}", category, known[name].names)


def _check_functions(model: Model, known: Known) -> None:
    for factor in {f for t in model.terms for f in t.factors}:
        if isinstance(factor, Call | Basis | Centered | Mean):
            for name in set(variables(_without_indicators(factor))) & set(known):
                if not known[name].numeric:
                    raise DataError(f"{name} is categorical, and stands where a number is needed")


def _without_indicators(expression: Expression) -> Expression:
    return substitute(expression, lambda e: Constant(0) if isinstance(e, Indicator) else e)
