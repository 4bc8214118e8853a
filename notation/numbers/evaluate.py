"""Expressions on data: the column of numbers that an expression means.

R's meaning of each function is meant, since the models are spelled as in R.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ..errors import DataError, FitError, unknown_name
from ..expressions import Basis, Call, Centered, Constant, Expression, Factor, Indicator, Mean, Term, Variable
from .splines import spline_columns

if TYPE_CHECKING:
    from pandas import DataFrame, Series


def evaluate(expression: Expression, data: DataFrame) -> Series:
    """The values of an expression, one for each row of ``data``.

    Means and bases are taken over exactly these rows, so hand over the rows that are fitted. Raises
    UnknownName for a column or a function nobody knows, DataError for a column that holds no
    numbers, FitError for what has no numbers yet (a factor without categories).
    """
    match expression:
        case Variable(name):
            return _numbers(name, data)
        case Indicator(name, category):
            found = labels(column(name, data))
            return (found == category).astype(float).where(found.notna())
        case Constant(value):
            return _constant(value, data)
        case Call(function, arguments):
            return _call(function, [evaluate(a, data) for a in arguments])
        case Mean(of, within):
            values = evaluate(of, data)
            if within is None:
                return _constant(float(values.mean()), data)
            return values.groupby(units(columns_of_group(within, data), data)).transform("mean")
        case Centered(of, around):
            return evaluate(of, data) - evaluate(around, data)
        case Basis():
            return _basis(expression, data)
        case Factor(name):
            raise FitError(f"the categories of {name} are not known: learn them from the data first")


def evaluate_term(term: Term, data: DataFrame) -> Series:
    """The product of a term's factors; a column of ones for the intercept."""
    product = _constant(1.0, data)
    for factor in term.factors:
        product = product * evaluate(factor, data)
    return product


def column(name: str, data: DataFrame) -> Series:
    """A column by its name. Raises UnknownName, with the nearest name, if there is none."""
    if name not in data.columns:
        raise unknown_name("column", name, [str(c) for c in data.columns])
    return data[name]


def columns_of_group(name: str, data: DataFrame) -> tuple[str, ...]:
    """The columns whose combinations are the units of a grouping factor: two of them for ``a:b``."""
    names = (name,) if name in data.columns else tuple(name.split(":"))
    for part in names:
        column(part, data)
    return names


def units(columns: tuple[str, ...], data: DataFrame) -> Series:
    """The unit that each row belongs to; several columns make a unit of each combination, ``a:b``."""
    if len(columns) == 1:
        return data[columns[0]]
    joined = labels(data[columns[0]])
    for further in columns[1:]:
        joined = joined + ":" + labels(data[further])
    return joined


def labels(series: Series) -> Series:
    """The values as texts, whole numbers without a point; missing values are None."""
    import numpy
    import pandas

    codes, values = pandas.factorize(series)
    texts = numpy.array([*map(label, values), None], dtype=object)
    return pandas.Series(texts[codes], index=series.index)  # the code of a missing value is -1


def label(value: object) -> str:
    """A category as text: ``2`` for 2.0, since a missing value makes whole numbers floats."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _numbers(name: str, data: DataFrame) -> Series:
    values = column(name, data)
    if values.dtype.kind not in "biuf":
        raise DataError(f"the column {name} holds no numbers: write factor({name}) if it is categorical")
    return values.astype(float)


def _constant(value: float, data: DataFrame) -> Series:
    import pandas

    return pandas.Series(float(value), index=data.index)


def _call(function: str, arguments: list[Series]) -> Series:
    known = functions()
    if function not in known:
        raise unknown_name("function", function, known)
    return known[function](*arguments)


def functions() -> Mapping[str, Callable[..., Any]]:
    """What each function of an expression computes, by its name in R."""
    import numpy

    return {
        "+": lambda a, b=0.0: a + b,
        "-": lambda a, b=None: -a if b is None else a - b,
        "*": lambda a, b: a * b,
        "/": lambda a, b: a / b,
        "^": lambda a, b: a**b,
        "log": lambda a, base=None: numpy.log(a) if base is None else numpy.log(a) / numpy.log(base),
        "log2": numpy.log2,
        "log10": numpy.log10,
        "log1p": numpy.log1p,
        "exp": numpy.exp,
        "expm1": numpy.expm1,
        "sqrt": numpy.sqrt,
        "abs": numpy.abs,
        "sin": numpy.sin,
        "cos": numpy.cos,
        "tan": numpy.tan,
        "floor": numpy.floor,
        "ceiling": numpy.ceil,
        "sign": numpy.sign,
        "pmin": numpy.minimum,
        "pmax": numpy.maximum,
        "scale": lambda a: (a - a.mean()) / a.std(),
    }


def _basis(basis: Basis, data: DataFrame) -> Series:
    import pandas

    x = evaluate(basis.of, data).to_numpy()
    match basis.function:
        case "poly":
            values = orthogonal_polynomials(x, int(basis.settings[0].split("=")[-1]) if basis.settings else 1)
        case "bs" | "ns":
            values = spline_columns(basis, x)
        case other:
            raise FitError(f"the columns of {other}() cannot be computed; those of poly(), bs() and ns() can")
    if not 1 <= basis.column <= values.shape[1]:
        raise FitError(f"{basis.function}() has {values.shape[1]} columns here, and no {basis.column}")
    return pandas.Series(values[:, basis.column - 1], index=data.index)


def orthogonal_polynomials(x: Any, degree: int) -> Any:
    """The columns of R's ``poly(x, degree)``: powers made orthogonal, each of length one.

    Column k is the part of x^k that the lower powers do not explain, with a positive sign for its own
    power. Source: Chambers & Hastie (1992), Statistical Models in S, ch. 2; R's ``stats::poly``.
    """
    import numpy

    if len(numpy.unique(x)) <= degree:
        raise DataError(f"a polynomial of degree {degree} needs more than {degree} different values")
    powers = numpy.vander(x - x.mean(), degree + 1, increasing=True)
    q, r = numpy.linalg.qr(powers)
    return (q * numpy.sign(numpy.diag(r)))[:, 1:]
