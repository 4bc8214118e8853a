"""What data say against a text: columns that they lack, levels and nesting that they do not show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ..errors import DataError, NotationError, Span, UnknownName
from ..facts.learn import (
    check_level,
    check_relation,
    groups_of_means,
    learn,
    level_in_data,
    own_units,
    relations_in_data,
    response_variables,
)
from ..facts.units import is_part_of, values, with_outer_units
from ..findings import Finding
from ..model import OBSERVATION, Level, Model, Nested
from .places import Places

if TYPE_CHECKING:
    from pandas import DataFrame


def findings_on_data(model: Model, data: DataFrame, places: Places) -> Iterator[Finding]:
    """Everything in which data contradict a model, or show more than its text says.

    Columns that are missing are named all at once; whatever needs them is not judged, and neither are
    levels where the nesting is contradicted already.
    """
    for judge in (_missing_columns, _nesting, _levels, _whatever_else):
        found = list(judge(model, data, places))
        yield from found
        if any(f.severity == "error" for f in found):
            return


def _missing_columns(model: Model, data: DataFrame, places: Places) -> Iterator[Finding]:
    """The variables and groups of which the data have no column, each with the nearest name."""
    columns = [str(c) for c in data.columns]
    for name in dict.fromkeys((*response_variables(model), *model.variables)):
        if name not in columns:
            mend = f"Its columns are {', '.join(columns)}."
            yield _missing(name, columns, mend, places, places.variable(name))
    for group in dict.fromkeys((*model.group_names, *groups_of_means(model))):
        for part in [] if group in columns else group.split(":"):
            if part not in columns:
                mend = f"Say which column holds the units: groups={{{part!r}: …}}, or --groups {part}=…"
                yield _missing(part, columns, mend, places, places.group(part))


def _missing(name: str, columns: list[str], mend: str, places: Places, place: Span | None) -> Finding:
    """The nearest name is offered where there is one; a single letter is near to nothing."""
    folded = {c.lower(): c for c in columns}
    near = get_close_matches(name.lower(), folded, n=1, cutoff=0.5) if len(name) > 1 else []
    offered = f"Did you mean {folded[near[0]]}?" if near else mend
    return places.finding("unknown-name", "error", f"The data have no column {name}.", offered, place)


def _nesting(model: Model, data: DataFrame, places: Places) -> Iterator[Finding]:
    """Relations of groups that the labels refute, and labels that come back in other outer units."""
    own = own_units(model, data)
    for relation in sorted(model.relations, key=repr):
        try:
            check_relation(relation, own)
        except DataError as error:
            yield places.finding("data-contradict", "error", _sentence(error), "Correct the nesting.")
            continue
        if isinstance(relation, Nested) and not is_part_of(own[relation.inner], own[relation.outer]):
            yield _note_repeats(relation, places)


def _note_repeats(relation: Nested, places: Places) -> Finding:
    inner, outer = relation.inner, relation.outer
    crossed = repr(f"{inner} x {outer}")
    return places.finding(
        "labels-repeat",
        "info",
        f"{inner} is said to be nested in {outer}, but some of its labels occur in several units of {outer}; "
        "they are taken as different units.",
        f"If they are the same units, the two are crossed: nesting=[{crossed}], or --nesting {crossed}.",
    )


def _levels(model: Model, data: DataFrame, places: Places) -> Iterator[Finding]:
    """Variables that vary within the units of their level, and those that vary only between larger ones."""
    own = own_units(model, data)
    model = replace(model, relations=model.relations | relations_in_data(model, own))
    units = {name: with_outer_units(name, model, own) for name in own}
    for name, level in model.levels:
        try:
            if isinstance(level, str):
                check_level(name, level, data, units)
        except DataError as error:
            mend = "Give it the indices of the units between which it varies."
            yield places.finding("data-contradict", "error", _sentence(error), mend, places.variable(name))
            continue
        shown = level_in_data(values(data[name]), model, units)
        if isinstance(shown, str) and _is_coarser(shown, level, model):
            yield _note_coarser(name, level, shown, places)


def _is_coarser(shown: str, said: Level, model: Model) -> bool:
    return said is OBSERVATION or (isinstance(said, str) and model.is_nested(said, shown))


def _note_coarser(name: str, said: Level, shown: str, places: Places) -> Finding:
    units = "the observations" if said is OBSERVATION else f"the units of {said}"
    return places.finding(
        "coarser-in-data",
        "info",
        f"{name} is said to vary between {units}, but in the data it is constant within each {shown}.",
        f"Give it the indices of {shown} only, if it belongs to {shown}.",
        places.variable(name),
    )


def _whatever_else(model: Model, data: DataFrame, places: Places) -> Iterator[Finding]:
    """What learning from the data refuses beside: categories that do not occur, for example."""
    try:
        learn(model, data)
    except UnknownName as error:
        yield places.finding("unknown-name", "error", _sentence(error))
    except NotationError as error:
        yield places.finding("data-contradict", "error", _sentence(error))


def _sentence(error: NotationError) -> str:
    text = str(error)
    return text if text.endswith((".", "…")) else f"{text}."
