"""Units as numbers: which unit each row belongs to, and what is constant within units.

The units of a grouping factor are numbered from 0, one number for each row; -1 stands for a missing
label. Each function here is one pass over the rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from ..model import Model

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame, Series

    Array: TypeAlias = NDArray[Any]

FLOAT_NOISE = 1e-10
"""Values whose difference is below this share of the largest one are taken as the same."""


def number_units(columns: tuple[str, ...], data: DataFrame) -> Array:
    """The units that the columns make together: two columns make a unit of each pair."""
    import pandas

    codes: Array = pandas.factorize(data[columns[0]])[0]
    for name in columns[1:]:
        codes = pair_units(codes, pandas.factorize(data[name])[0])
    return codes


def pair_units(a: Array, b: Array) -> Array:
    """A unit of each pair of units that occurs."""
    import numpy
    import pandas

    known = (a >= 0) & (b >= 0)
    pairs = a * (int(b.max(initial=0)) + 1) + b
    codes = numpy.full(len(a), -1)
    codes[known] = pandas.factorize(pairs[known])[0]
    return codes


def with_outer_units(name: str, model: Model, own: Mapping[str, Array]) -> Array:
    """The units of a nested factor: a student is a label together with the school it is nested in."""
    codes = own[name]
    for outer in model.outer_groups(name):
        codes = pair_units(own[outer], codes)
    return codes


def count_units(codes: Array) -> int:
    """How many units occur."""
    return int(codes.max(initial=-1)) + 1


def has_repeats(codes: Array) -> bool:
    """Whether any unit has more than one row: units of one row prove nothing."""
    import numpy

    return bool((numpy.bincount(codes[codes >= 0]) > 1).any())


def values(series: Series) -> Array:
    """A column as numbers: categories are numbered, and what is missing is not a number."""
    import numpy
    import pandas

    if is_numeric(series):
        return numpy.asarray(series.to_numpy(dtype=float, na_value=numpy.nan))
    return as_values(pandas.factorize(series)[0])


def as_values(codes: Array) -> Array:
    """Units as values, to ask whether they are constant within other units."""
    import numpy

    return numpy.where(codes < 0, numpy.nan, codes)


def is_numeric(series: Series) -> bool:
    """Whether a column holds numbers; true and false count as 1 and 0."""
    return series.dtype.kind in "biuf"


def changes(values: Array, codes: Array) -> Array:
    """The rows whose value is not that of their unit; rounding and missing values are no change."""
    import numpy

    known = ~numpy.isnan(values) & (codes >= 0)
    value_of_unit = numpy.zeros(count_units(codes))
    value_of_unit[codes[known]] = values[known]
    whole = (values[known] == numpy.round(values[known])).all()  # whole numbers have no rounding
    noise = 0.0 if whole else FLOAT_NOISE * numpy.abs(values[known]).max(initial=0.0)
    found = numpy.zeros(len(values), dtype=bool)
    found[known] = numpy.abs(values[known] - value_of_unit[codes[known]]) > noise
    return found


def is_constant(values: Array, codes: Array) -> bool:
    """Whether no unit has two different values."""
    return not changes(values, codes).any()


def is_part_of(inner: Array, outer: Array) -> bool:
    """Whether each unit of ``inner`` lies within one unit of ``outer``."""
    return is_constant(as_values(outer), inner)
