"""The level of every variable: from its indices, or from the equation it stands in."""

from __future__ import annotations

from collections.abc import Collection

from ..errors import ReadError
from ..model import OBSERVATION, UNKNOWN, Level
from .data import Sighting
from .names import Indices, spell_symbol
from .sorting import Sorted


def levels_of(found: Sorted) -> dict[str, Level]:
    """The level of each variable that was seen.

    Indices tell; a variable without any is constant at the level of the equation it stands in, and of
    unknown level in a combined equation. Without groups there is nothing to tell.
    """
    if not found.groups.groupings:
        _note_placed(found, {s.variable: OBSERVATION for s in found.data.sightings if _is_silent(found, s)})
        return {}
    shown: dict[str, Indices] = {}
    silent: dict[str, list[Indices | None]] = {}
    homes = _homes(found)
    for sighting in found.data.sightings:
        name = sighting.variable
        if not sighting.indices:
            silent.setdefault(name, []).append(homes.get(sighting.statement))
        elif shown.setdefault(name, sighting.indices) != sighting.indices:
            raise _two_levels(found, sighting)
    _note_silent(found, silent, shown.keys())
    levels: dict[str, Level] = {name: found.groups.level(indices) for name, indices in shown.items()}
    placed = {name: _silent_level(found, places) for name, places in silent.items() if name not in levels}
    _note_placed(found, placed)
    return {**levels, **placed}


def _is_silent(found: Sorted, sighting: Sighting) -> bool:
    """Whether a variable has no index although the response has one."""
    return bool(found.outcome.indices) and not sighting.indices


def _silent_level(found: Sorted, places: list[Indices | None]) -> Level:
    """The level of a variable without indices: that of the highest equation it stands in."""
    known = [p for p in places if p is not None]
    return found.groups.level(min(known, key=len)) if known else UNKNOWN


def _homes(found: Sorted) -> dict[int, Indices | None]:
    """The indices of the equations by statement; none for a combined equation, which says nothing."""
    equations = {
        d.statement: indices
        for definitions in found.book.definitions.values()
        for d in definitions
        if d.statement in found.book.used and (indices := found.book.close(d.symbol))
    }
    whole = found.outcome.indices
    home = whole if any(indices < whole for indices in equations.values()) else None
    homes = {n: home if indices == whole else indices for n, indices in equations.items()}
    return {**homes, found.outcome.statement: home, found.outcome.predicted: home}


def _note_placed(found: Sorted, placed: dict[str, Level]) -> None:
    for level in dict.fromkeys(v for v in placed.values() if v is not UNKNOWN):
        names = [name for name, own in placed.items() if own == level]
        verb = "is" if len(names) == 1 else "are"
        place = (
            "as varying between the observations" if level is OBSERVATION else f"as constant within {level}"
        )
        found.book.remarks.info(
            "level-from-equation",
            f"Without an index, {', '.join(names)} {verb} taken {place}, in whose equations "
            f"{'it stands' if len(names) == 1 else 'they stand'}.",
            "Give each variable the indices of its units.",
        )


def _note_silent(found: Sorted, silent: dict[str, list[Indices | None]], shown: Collection[str]) -> None:
    """A variable without index that has one elsewhere, or that stands in equations of two levels."""
    first = {s.variable: s for s in reversed(found.data.sightings) if not s.indices and s.variable in silent}
    for name, sighting in first.items():
        if name in shown:
            found.book.remarks.warning(
                "lost-index",
                f"{name} stands without an index here, and with one elsewhere.",
                "Give a variable the same indices everywhere.",
                sighting.symbol.span,
            )
        elif len({place for place in silent[name] if place}) > 1:
            level = found.groups.level(min(filter(None, silent[name]), key=len))
            found.book.remarks.warning(
                "two-levels",
                f"{name} stands in equations of two levels; it is taken as constant within {level}.",
                "Give it its index, and put its products into the equation of its own coefficient.",
                sighting.symbol.span,
            )


def _two_levels(found: Sorted, sighting: Sighting) -> ReadError:
    """x_ij in one place and x_j in another: a variable has one level."""
    name = sighting.variable
    first = next(s for s in found.data.sightings if s.variable == name and s.indices)
    names = f"{spell_symbol(first.symbol)} and {spell_symbol(sighting.symbol)}"
    return found.book.remarks.refusal(
        f"{names} have one name and different indices.",
        f"Give two variables two names, as in {name} and {name}_mean, or one variable the same indices "
        "everywhere.",
        sighting.symbol.span,
    )
