"""Which indices a symbol carries, in the two traditions.

Raudenbush & Bryk let every symbol carry a letter for each level it belongs to (``FRL_jk``);
Gelman & Hill number the units of each level once and look groups up (``j[i]``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from ..equations import Digit, Dot, Index, Lookup, Script
from ..errors import CannotSay, UnknownName
from ..model import OBSERVATION, UNKNOWN, Level, Model
from ..options import Options

LETTERS = ("i", "j", "k", "l", "m", "n", "o", "p", "q")


class Indexing(Protocol):
    """How the symbols of one statement are indexed."""

    def at(self, level: Level) -> tuple[Script, ...]:
        """The indices of something that lives on a level; none for UNKNOWN and for constants."""
        ...

    def mean(self, level: Level, within: str | None) -> tuple[Script, ...]:
        """The indices of a mean of something on ``level``: within groups, or over all (None)."""
        ...


def index_letters(model: Model, options: Options, cells: bool = False) -> dict[str, str]:
    """The letter of each grouping factor, "" being the observations; the observations' first.

    In a chain the innermost group comes first; an interaction of two factors of the model has no
    letter of its own, unless ``cells`` asks for it, since the letters of both name its units.
    """
    own = [g for g in model.chain or model.group_names if cells or not is_cell(model, g)]
    letters = options.indices or LETTERS
    if len(set(letters)) < len(letters):
        raise UnknownName(f"each level needs an index letter of its own, not {', '.join(letters)}")
    if len(letters) < len(own) + 1:
        raise UnknownName(
            f"the model has {len(own) + 1} levels, so it needs as many index letters, not {len(letters)}"
        )
    return dict(zip(["", *own], letters, strict=False))


def is_cell(model: Model, group: str) -> bool:
    """Whether a grouping factor is the interaction of two other grouping factors of the model."""
    parts = group.split(":")
    return len(parts) > 1 and all(p in model.group_names for p in parts)


@dataclass(frozen=True)
class Running:
    """Raudenbush & Bryk: an index for each level, the fastest first (or last, if asked)."""

    model: Model
    letters: dict[str, str]
    slowest_first: bool = False

    def at(self, level: Level) -> tuple[Script, ...]:
        """A letter for the level and for each level above it."""
        return tuple(Index(self.letters[name]) for name in self._ordered(self._names(level)))

    def mean(self, level: Level, within: str | None) -> tuple[Script, ...]:
        """The letters of the observations, which the mean is taken over, as dots but for the groups': x̄_.j.

        W̄_.. is the mean of a group's variable over the observations, as programs take it; W̄_. would be that
        over the groups.
        """
        kept = self._names(within) if within else []
        if level is UNKNOWN:  # no dots: it is not known which indices the mean was taken over
            return tuple(Index(self.letters[n]) for n in self._ordered(kept))
        return tuple(
            Index(self.letters[n]) if n in kept else Dot() for n in self._ordered(self._names(OBSERVATION))
        )

    def _names(self, level: Level) -> list[str]:
        if level is UNKNOWN or level == "":
            return []
        if level is OBSERVATION:
            return list(self.letters)
        around = {level, *self.model.outer_groups(str(level))}
        return [name for name in self.letters if name in around]

    def _ordered(self, names: list[str]) -> list[str]:
        return names[::-1] if self.slowest_first else names


@dataclass(frozen=True)
class Lookups:
    """Gelman & Hill: one index for the units of the statement, and lookups of their groups.

    ``home`` is the level over which the statement runs. In a ``chain`` of nested groups a lookup goes
    through the groups between: the school of the student of observation i is k[j[i]].
    """

    model: Model
    letters: dict[str, str]
    chain: tuple[str, ...] = ()
    home: Level = OBSERVATION

    def at(self, level: Level) -> tuple[Script, ...]:
        """The statement's own index, or the lookup of a group: j[i], k[j[i]]."""
        if level is UNKNOWN or level == "":
            return ()
        found: Index | Lookup = Index(self._letter(self.home))
        for step in self._steps(level):
            found = Lookup(self._letter(step), (found,))
        return (found,)

    def mean(self, level: Level, within: str | None) -> tuple[Script, ...]:  # noqa: ARG002 (Indexing)
        """The index of the group that the mean belongs to; a mean over everything has none."""
        return self.at(within) if within else ()

    def over(self, group: Level) -> Lookups:
        """The same for a statement that runs over another level."""
        return replace(self, home=group)

    def _steps(self, level: Level) -> tuple[Level, ...]:
        if level == self.home or level is OBSERVATION:
            return ()
        if level not in self.chain:
            return (level,)
        first = self.chain.index(self.home) + 1 if isinstance(self.home, str) else 0
        return self.chain[first : self.chain.index(str(level)) + 1]

    def _letter(self, level: Level) -> str:
        return self.letters["" if level is OBSERVATION else str(level)]


@dataclass(frozen=True)
class Local(Lookups):
    """Gelman & Hill's local regressions: observation i of group j carries both letters, y_ij."""

    def at(self, level: Level) -> tuple[Script, ...]:
        """The index of the group, behind that of the observation where something varies within groups."""
        if self.home is OBSERVATION:
            return Running(self.model, self.letters).at(level)
        return super().at(level)

    def mean(self, level: Level, within: str | None) -> tuple[Script, ...]:
        """The letters of the level, those that the mean was taken over as dots."""
        if self.home is OBSERVATION:
            return Running(self.model, self.letters).mean(level, within)
        return super().mean(level, within)


def digits(*numbers: int) -> tuple[Script, ...]:
    """The numbers in a script."""
    return tuple(Digit(n) for n in numbers)


def too_many(what: str, model: Model) -> CannotSay:
    """The refusal of a model with more levels than a notation has letters for."""
    return CannotSay(f"This notation has no {what} for a model with {len(model.group_names) + 1} levels.")
