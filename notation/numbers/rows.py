"""The rows of data that a model uses, and the unit of each grouping factor that a row belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import DataError
from ..facts.learn import used_columns
from ..facts.units import number_units
from ..model import Model
from .evaluate import columns_of_group, units

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame, Series


def complete_rows(model: Model, data: DataFrame) -> DataFrame:
    """The rows that have a value in each column the model uses: those that are fitted.

    Raises UnknownName for a column that the data do not have, DataError where no row is left.
    """
    rows = data[list(used_columns(model, data))].dropna().reset_index(drop=True)
    if rows.empty:
        raise DataError("no row of the data has a value in each column that the model uses")
    return rows


def number_of_units(model: Model, group: str, rows: DataFrame) -> NDArray[Any]:
    """The unit of each row, numbered from 0 in order of appearance."""
    numbers: NDArray[Any] = number_units(_columns(model, group, rows), rows)
    return numbers


def labels_of_units(model: Model, group: str, rows: DataFrame) -> Series:
    """The unit of each row as the data name it, with what it is nested in: ``12:3``."""
    return units(_columns(model, group, rows), rows)


def _columns(model: Model, group: str, rows: DataFrame) -> tuple[str, ...]:
    factors = (*reversed(model.outer_groups(group)), group)
    return tuple(dict.fromkeys(c for factor in factors for c in columns_of_group(factor, rows)))
