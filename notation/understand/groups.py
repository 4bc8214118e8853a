"""Grouping factors, their names and nesting, and the level of every variable.

A grouping factor is a set of indices that a random effect carries: a proper part of the response's.
Sets that contain one another are nested: {j, k} ⊃ {k} is j within k. Which index is the observation's is
what remains, whatever its letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..equations import Range
from ..model import OBSERVATION, Crossed, Grouping, Level, Nested, Relation
from .book import Book
from .names import Indices


@dataclass
class Groups:
    """The grouping factors of one model, as sets of indices."""

    sets: tuple[Indices, ...]
    observation: Indices
    names: Mapping[str, str]
    order: tuple[str, ...]
    nested_words: tuple[tuple[str, str], ...] = ()
    crossed_words: tuple[tuple[str, str], ...] = ()
    _names: dict[Indices, str] = field(default_factory=dict)

    def name(self, group: Indices) -> str:
        """What the units of a set of indices are called."""
        if group not in self._names:
            self._names[group] = self._name(group)
        return self._names[group]

    def _name(self, group: Indices) -> str:
        inner = self._within(group)
        own = group - frozenset().union(*inner)
        if not own:  # {j, k} where {j} and {k} are factors of their own: an interaction
            largest = [s for s in inner if not any(s < other for other in inner)]
            return ":".join(self.name(s) for s in sorted(largest, key=self._place))
        words = [self.word(letter) for letter in sorted(own, key=self._rank)]
        for a, b in self.nested_words:
            if {a, b} == set(words):
                return a
        return ":".join(reversed(words))

    def _within(self, group: Indices) -> list[Indices]:
        return [s for s in self.sets if s < group]

    def _rank(self, letter: str) -> int:
        return self.order.index(letter) if letter in self.order else len(self.order)

    def _place(self, group: Indices) -> tuple[int, ...]:
        return tuple(sorted(map(self._rank, group)))

    def word(self, letter: str) -> str:
        """What an index counts: the legend's word, or the letter itself."""
        return self.names.get(letter) or letter

    def is_cell(self, group: Indices) -> bool:
        """Whether a set is the interaction of other factors."""
        inner = self._within(group)
        return bool(inner) and not group - frozenset().union(*inner)

    @cached_property
    def groupings(self) -> tuple[Grouping, ...]:
        """The grouping factors, innermost first."""
        ordered = sorted(self.sets, key=lambda s: (-len(s), self._place(s)))
        found = {self.name(s): Grouping(self.name(s), self._own_letter(s)) for s in ordered}
        for pair in self.nested_words:
            for word in pair:
                if word != self.observation_word:
                    found.setdefault(word, Grouping(word, next((k for k, v in self.names.items() if v == word), "")))
        return tuple(found.values())

    def _own_letter(self, group: Indices) -> str:
        own = sorted(group - frozenset().union(*self._within(group)), key=self._rank)
        return own[0] if len(own) == 1 else ""

    @cached_property
    def relations(self) -> frozenset[Relation]:
        """What is known of nesting."""
        found: set[Relation] = set()
        for inner in self.sets:
            if not self.is_cell(inner):
                found |= {Nested(self.name(inner), self.name(outer)) for outer in self._within(inner)}
        known = {g.name for g in self.groupings}
        found |= {Nested(a, b) for a, b in self.nested_words if {a, b} <= known}
        found |= {Crossed(frozenset(pair)) for pair in self.crossed_words if set(pair) <= known}
        return frozenset(found)

    @cached_property
    def observation_index(self) -> str:
        """The index that only the observations carry, if there is one."""
        left = self.observation - frozenset().union(*self.sets)
        return next(iter(left)) if len(left) == 1 else ""

    @cached_property
    def observation_word(self) -> str:
        """What the observations are called in the legend."""
        return self.names.get(self.observation_index, "")

    def level(self, indices: Indices) -> Level:
        """The level of something with these indices: the smallest group that determines it."""
        if not indices:
            return ""
        around = [s for s in self.sets if indices <= s]
        return self.name(min(around, key=len)) if around else OBSERVATION


def find_groups(book: Book, observation: Indices, varying: Iterable[Indices], others: Iterable[Indices]) -> Groups:
    """The grouping factors of a model.

    ``varying`` are the sets of indices of random effects and of level equations, ``others`` those of
    variables, which make a factor where they are part of another one's.
    """
    sets = dict.fromkeys(s for s in varying if s and s < observation)
    for indices in others:
        if indices and any(indices < s for s in sets):
            sets[indices] = None
    legend = book.legend
    counted = {c.index: c.word for c in legend.counts}
    _add_counted(sets, list(counted), legend.crossed, counted)
    return Groups(
        tuple(sets),
        observation,
        {**counted, **_range_words(book.ranges)},
        _order(book, observation),
        legend.nested,
        legend.crossed,
    )


def _add_counted(
    sets: dict[Indices, None], order: list[str], crossed: tuple[tuple[str, str], ...], words: Mapping[str, str]
) -> None:
    """In a set of several indices that the legend counts, each one is a level of its own: the last the outermost."""
    for group in list(sets):
        own = group - frozenset().union(*(s for s in sets if s < group))
        letters = [letter for letter in order if letter in own]
        apart = any({words[a], words[b]} == set(pair) for a in letters for b in letters for pair in crossed)
        if len(letters) == len(own) and not apart:
            inner = group - own
            for n in range(1, len(letters)):
                sets[inner | frozenset(letters[n:])] = None


def _range_words(ranges: Iterable[Range]) -> dict[str, str]:
    return {r.index: r.group for r in ranges if r.group}


def _order(book: Book, observation: Indices) -> tuple[str, ...]:
    counted = [c.index for c in book.legend.counts]
    ranged = [r.index for r in book.ranges]
    return tuple(dict.fromkeys([*counted, *ranged, *sorted(observation)]))
