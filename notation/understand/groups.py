"""Grouping factors, their names and nesting, and the level of every variable.

Each index other than the observation's counts the units of a grouping factor, and its units are
told by the smallest set of indices that carries it: in r_0jk and u_00k, k alone tells a school, but j
only together with k tells a student; so {j, k} ⊃ {k} is j nested in k. Which index is the
observation's is what remains, whatever its letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..equations import Legend
from ..frozen import frozen
from ..model import OBSERVATION, Crossed, Grouping, Level, Nested, Relation
from .book import Book
from .names import Indices


@dataclass
class Groups:
    """The grouping factors of one model.

    ``units`` is the set of indices that tells a unit, by grouping factor; ``words`` what each index
    counts; ``cells`` the interactions of other factors.
    """

    units: Mapping[str, Indices]
    letters: Mapping[str, str]
    words: Mapping[str, str]
    cells: frozenset[str]
    observation_index: str
    legend: Legend

    def name(self, indices: Indices) -> str:
        """The grouping factor whose units a set of indices tells."""
        return next(name for name, units in self.units.items() if units == indices)

    @cached_property
    def groupings(self) -> tuple[Grouping, ...]:
        """The grouping factors, innermost first, then those that only the legend names."""
        inner_first = sorted(self.units, key=lambda name: -len(self.units[name]))
        spoken = [word for pair in (*self.legend.nested, *self.legend.crossed) for word in pair]
        names = dict.fromkeys([*inner_first, *(w for w in spoken if w != self.observation_word)])
        return tuple(Grouping(name, self.letters.get(name, "")) for name in names)

    @cached_property
    def relations(self) -> frozenset[Relation]:
        """What is known of nesting: sets of indices that contain one another, and the legend's sentences."""
        known = {g.name for g in self.groupings}
        found: set[Relation] = {
            Nested(inner, outer)
            for inner, a in self.units.items()
            for outer, b in self.units.items()
            if b < a
        }
        found |= {Nested(a, b) for a, b in self.legend.nested if {a, b} <= known}
        found |= {Crossed(frozenset(pair)) for pair in self.legend.crossed if set(pair) <= known}
        return frozenset(found)

    @cached_property
    def observation_word(self) -> str:
        """What the observations are called in the legend."""
        return self.words.get(self.observation_index, "")

    def level(self, indices: Indices) -> Level:
        """The level of something with these indices: the highest group that determines it."""
        if not indices:
            return ""
        around = [name for name, units in self.units.items() if indices <= units]
        return min(around, key=lambda name: len(self.units[name])) if around else OBSERVATION


@frozen
class Evidence:
    """The sets of indices seen on a page: of the response, of random effects, of level equations, of data."""

    response: Indices
    effects: Sequence[Indices]
    equations: Sequence[Indices]
    data: Sequence[Indices]

    def proper(self, sets: Iterable[Indices]) -> list[Indices]:
        """Those that are a proper, non-empty part of the response's."""
        return list(dict.fromkeys(s for s in sets if s and s < self.response))


def find_groups(book: Book, evidence: Evidence, own: Indices) -> Groups:
    """The grouping factors that the indices, the quantifiers and the legend tell of.

    ``own`` are the indices that stand on the response itself.
    """
    counted = {c.index: c.word for c in book.legend.counts}
    words = {**book.words, **counted, **{r.index: r.group for r in book.ranges if r.group}}
    order = tuple(dict.fromkeys([*counted, *(r.index for r in book.ranges), *sorted(evidence.response)]))
    effects, equations = evidence.proper(evidence.effects), evidence.proper(evidence.equations)
    carried = frozenset().union(*effects, *equations)
    observation = _observation_index(evidence, own, carried, [c for c in order if c in counted])
    letters = [x for x in order if x in carried or (x in counted and x != observation)]
    units = _units(book, evidence, letters, order)
    named: dict[str, Indices] = {}
    index: dict[str, str] = {}
    for letter in letters:
        together = [x for x in letters if units[x] == units[letter]]
        name = ":".join(words.get(x) or x for x in reversed(together))
        named[name] = units[letter]
        index[name] = letter if len(together) == 1 else ""
    cells = _cells(effects, named, order)
    return Groups({**named, **cells}, index, words, frozenset(cells), observation, book.legend)


def _observation_index(evidence: Evidence, own: Indices, carried: Indices, counted: Sequence[str]) -> str:
    """The index that no group carries; of several, one that only whole sets carry, or the first named."""
    left = evidence.response - carried
    if len(own) == 1 and own <= left:
        return next(iter(own))
    free = left - frozenset().union(*evidence.proper(evidence.data))
    for candidates in (left, free):
        if len(candidates) == 1:
            return next(iter(candidates))
    return next((letter for letter in counted if letter in (free or left)), "")


def _units(
    book: Book, evidence: Evidence, letters: Sequence[str], order: Sequence[str]
) -> dict[str, Indices]:
    """The smallest set of indices that carries each letter."""
    effects, data = evidence.proper(evidence.effects), evidence.proper(evidence.data)
    units: dict[str, Indices] = {}
    for letter in letters:
        crossed = frozenset(x for x in letters if _are_crossed(book.legend, letter, x))
        strong = [*effects, *(s - crossed for s in evidence.proper(evidence.equations))]
        found = [s for s in strong if letter in s] or [s for s in data if letter in s]
        units[letter] = book.belongs.close(frozenset.intersection(*found) if found else frozenset((letter,)))
    for letter in letters:
        finer = [s for s in data if letter in s and s < units[letter]]
        if finer and any(units[x] == units[letter] for x in letters if x != letter):
            units[letter] = min(finer, key=len)
    return _apart(book.legend, units, [x for x in order if x in letters])


def _apart(legend: Legend, units: dict[str, Indices], order: Sequence[str]) -> dict[str, Indices]:
    """Letters that always stand together are told apart by the legend: crossed, or the last the outermost."""
    counted = {c.index: c.word for c in legend.counts}
    found = dict(units)
    for letter in order:
        together = [x for x in order if units[x] == units[letter]]
        if len(together) == 1 or any(x not in counted for x in together):
            continue
        inner = units[letter] - frozenset(together)
        crossed = [x for x in together if _are_crossed(legend, letter, x)]
        later = [x for x in together[together.index(letter) :] if x not in crossed]
        found[letter] = inner | frozenset(later)
    return found


def _are_crossed(legend: Legend, a: str, b: str) -> bool:
    """Whether the legend says that what two indices count is crossed."""
    words = {c.index: c.word for c in legend.counts}
    pair = (words.get(a, a), words.get(b, b))
    return pair in legend.crossed or pair[::-1] in legend.crossed


def _cells(
    effects: Sequence[Indices], named: Mapping[str, Indices], order: Sequence[str]
) -> dict[str, Indices]:
    """Effects whose indices are no factor's own vary by an interaction: u_jk beside u_j and u_k."""
    cells: dict[str, Indices] = {}
    for indices in effects:
        if indices in named.values():
            continue
        parts = [n for n, units in named.items() if units < indices]
        largest = [n for n in parts if not any(named[n] < named[m] for m in parts)]
        largest.sort(key=lambda n: min(order.index(x) for x in named[n] if x in order))
        cells[":".join(largest)] = indices
    return cells
