"""The sample: how many units each level has, and how large they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..description.wording import Wording
from ..estimates import Estimates
from ..model import OBSERVATION, Model
from ..numbers.rows import number_of_units
from .content import Sample, Sizes, Units

if TYPE_CHECKING:
    from pandas import DataFrame


def sample(wording: Wording, estimates: Estimates, rows: DataFrame | None, total: int | None) -> Sample:
    """The units of each level; without the rows that were fitted, only their numbers."""
    model = wording.model
    count = estimates.observations if rows is None else len(rows)
    first = Units(wording.observations, 1 if model.chain is not None else 0, count)
    groups = [
        _units(wording, n, g, estimates, rows) for n, g in enumerate(model.chain or model.group_names, 2)
    ]
    return Sample((first, *groups), total)


def _units(wording: Wording, number: int, group: str, estimates: Estimates, rows: DataFrame | None) -> Units:
    model = wording.model
    place = number if model.chain is not None else 0
    if rows is None:
        return Units(wording.units_at(group), place, estimates.groups.get(group))
    sizes = tuple(_sizes(wording, group, rows))
    count = int(number_of_units(model, group, rows).max()) + 1
    return Units(wording.units_at(group), place, count, sizes)


def _sizes(wording: Wording, group: str, rows: DataFrame) -> Iterator[Sizes]:
    """The numbers of observations in the units, then those of the units that are nested in them."""
    import numpy

    model = wording.model
    codes = number_of_units(model, group, rows)
    yield _counted(wording.units_at(OBSERVATION), numpy.bincount(codes))
    for inner in _directly_inside(model, group):
        first = numpy.unique(number_of_units(model, inner, rows), return_index=True)[1]
        yield _counted(wording.units_at(inner), numpy.bincount(codes[first]))


def _directly_inside(model: Model, group: str) -> list[str]:
    return [g for g in model.group_names if model.outer_groups(g)[:1] == (group,)]


def _counted(what: str, counts: object) -> Sizes:
    import numpy

    numbers = numpy.asarray(counts)
    return Sizes(what, int(numbers.min()), float(numbers.mean()), int(numbers.max()))
