"""The terms that the columns of a foreign design stand for, checked against its numbers.

Every engine spells its columns in its own way: ``C(Machine)[T.B]:x``, ``Machine.1``. A name that is
misread would put a number in the wrong place. So each term is evaluated on the data of the fit and
compared with the column that it is to name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import NotationError, ReadError
from ..expressions import (
    INTERCEPT,
    Basis,
    Call,
    Centered,
    Expression,
    Factor,
    Indicator,
    Mean,
    Term,
    Variable,
)
from ..facts.bases import BASES
from ..numbers.evaluate import evaluate_term, label
from ..spelling import spell_term

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame

    Array = NDArray[Any]

INTERCEPTS = ("Intercept", "const", "(Intercept)", "1")

ROWS_COMPARED = 500
"""How many rows of a column are compared; a term that takes means is compared on all of them."""


# ------------------------------------------------------------------ names


def read_term(name: str, columns: Iterable[str], from_zero: bool = False) -> Term:
    """The term that patsy or formulaic calls by this name: ``C(Machine)[T.B]:np.log(x)``.

    ``columns`` are the columns of the data: a name among them is that variable, whatever it looks like.
    ``from_zero`` says that columns of bases are counted from 0, as patsy does.
    Raises ReadError for contrasts other than treatment.
    """
    if name in columns:
        return Term((Variable(name),))
    if name in INTERCEPTS:
        return INTERCEPT
    return Term(tuple(_read_factor(part, columns, from_zero) for part in parts(name)))


def counts_from_zero(names: Iterable[str]) -> bool:
    """Whether names of columns such as ``bs(x, df=4)[0]`` count from 0."""
    return any(")[0]" in name for name in names)


def parts(name: str) -> Iterator[str]:
    """The factors of an interaction: cut at colons outside of all brackets."""
    depth, start = 0, 0
    for place, character in enumerate(name):
        depth += (character in "([") - (character in ")]")
        if character == ":" and depth == 0:
            yield name[start:place]
            start = place + 1
    yield name[start:]


def _read_factor(part: str, columns: Iterable[str], from_zero: bool) -> Expression:
    if part in columns:
        return Variable(part)
    basis, _, number = part.removesuffix("]").rpartition("[")
    if basis.partition("(")[0] in BASES and basis.endswith(")") and number.isdecimal():
        listed = basis.replace("[", "c(").replace("]", ")")
        return read_expression(f"{listed}[, {int(number) + from_zero}]", columns)
    head, bracket, category = part.partition("[T." if "[T." in part else "[")
    if bracket and part.endswith("]"):
        match read_expression(head, columns):
            case Factor(name) | Variable(name):
                return Indicator(name, _category(category[:-1]))
            case _:
                raise ReadError(f"what the columns of {head} hold is not known, and {part} is one of them")
    return read_expression(part, columns)


def _category(text: str) -> str:
    """A category as texts of data have it: patsy says 2.0 where a missing value made it a float."""
    return label(float(text)) if text.endswith(".0") and text[:-2].isdecimal() else text


def read_expression(text: str, columns: Iterable[str]) -> Expression:
    """The expression of one factor of a formula."""
    from ..formula import read_formula  # what knows the columns by name needs no parser

    if text in columns:
        return Variable(text)
    terms = read_formula(f"y ~ 0 + {text}").model.fixed
    if len(terms) != 1 or len(terms[0].factors) != 1:
        raise ReadError(f"{text} is not one column")
    return terms[0].factors[0]


# ------------------------------------------------------------------ numbers


def check_columns(terms: Sequence[Term], names: Sequence[str], matrix: Array, frame: DataFrame) -> None:
    """Refuse a column that does not hold what its name was read as. Raises ReadError."""
    for term, name, column in zip(terms, names, matrix.T, strict=True):
        if not _is_by_name(term) and not holds(term, column, frame):
            raise ReadError(
                f"the column {name} was read as {spell_term(term)}, but holds other numbers",
                mend="Make the column beforehand, under a name of its own.",
            )


def _is_by_name(term: Term) -> bool:
    """Whether a term has a column of a basis that is not computed here: its name is all that is known."""
    return any(isinstance(f, Basis) and f.function not in ("poly", "bs", "ns") for f in term.factors)


def match_columns(terms: Sequence[Term], names: Sequence[str], matrix: Array, frame: DataFrame) -> list[Term]:
    """For each column the one of the terms whose numbers it holds. Raises ReadError if there is none."""
    left, found = list(terms), []
    for name, column in zip(names, matrix.T, strict=True):
        term = next((t for t in left if holds(t, column, frame)), None)
        if term is None:
            raise ReadError(f"no term of the formula has the numbers of the column {name}")
        left.remove(term)
        found.append(term)
    if left:
        raise ReadError(f"the fit has no column of {spell_term(left[0])}")
    return found


def holds(term: Term, column: Array, frame: DataFrame) -> bool:
    """Whether a column holds the numbers of a term on the data of the fit."""
    import numpy

    rows = slice(None) if _takes_means(term) else _sample(len(frame))
    try:
        with numpy.errstate(all="ignore"):
            values = evaluate_term(term, frame.iloc[rows]).to_numpy()
    except NotationError:
        return False
    return bool(numpy.allclose(values, numpy.asarray(column, float)[rows], rtol=1e-8, atol=1e-10))


def find_column(values: Array, frame: DataFrame) -> str | None:
    """The column of the data that holds these values: weights, offsets and groups come without names."""
    import numpy

    wanted = numpy.asarray(values)
    equal = (n for n in frame.columns if numpy.array_equal(frame[n].to_numpy(), wanted))
    return next(map(str, equal), None)


def _sample(count: int) -> slice:
    return slice(None, None, max(1, count // ROWS_COMPARED))


def _takes_means(term: Term) -> bool:
    return any(_needs_all_rows(factor) for factor in term.factors)


def _needs_all_rows(expression: Expression) -> bool:
    match expression:
        case Mean() | Centered() | Basis():
            return True
        case Call(function, arguments):
            return function == "scale" or any(map(_needs_all_rows, arguments))
        case _:
            return False
