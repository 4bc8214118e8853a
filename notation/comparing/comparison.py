"""Are two models the same, and if not, what differs?

Models are compared by meaning: the order of terms, the letters of an equation and its layout do not
count, and neither does what the units of a level are called (``j``, ``schools`` and ``sch_id`` may be
one grouping factor). What only one of the two knows, such as the level of a variable, is a condition and
no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from itertools import combinations

from ..frozen import frozen
from ..model import UNKNOWN, Model
from ..reading import Effects
from .aligning import different_centring, with_categories_of, with_forms
from .corresponding import correspond, may_be, same_labels
from .differing import Difference, centring, differences, nesting
from .names import Names, rename
from .side import Side, Symbols, join

__all__ = ["Comparison", "Difference", "compare_models"]


@frozen
class Comparison:
    """The answer to whether two models, A and B, are the same.

    differences : in what they differ; empty where they are compatible.
    given : what only one of them says; if it holds for the other too, they are the same.
    labels : what of that holds if the labels of nested units are unique.
    renamed : what variables and groups of A are called in B, where that is not the same.
    """

    differences: tuple[Difference, ...] = ()
    given: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    labels: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether both claim the same; groups may be called differently."""
        return not self.differences and not self.given

    @property
    def compatible(self) -> bool:
        """Whether both claim the same wherever both know."""
        return not self.differences

    def __bool__(self) -> bool:
        return self.compatible

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        said = {d.message for d in self.differences}
        others = [(x, y) for x, y in self.renamed.items() if not said & {_group_is(x, y), _variable_is(x, y)}]
        names = join([f"{x} is {y} in B" for x, y in others])
        only_names = {d.part for d in self.differences} == {"name"}
        yield self._verdict(only_names)
        yield from (f"- {d}" for d in self.differences)
        if names and not only_names:
            yield f"What is called differently: {names}."
        if self.given:
            yield "This takes for granted what only one of them says:"
            yield from (f"- {condition}" for condition in self.given)

    def _verdict(self, only_names: bool) -> str:
        """The answer in one line: the same, compatible, or not the same."""
        if only_names:
            return "A and B differ in names only; with other names they are the same model:"
        if self.differences:
            return "A and B are not the same model:"
        if not self.given:
            return "A and B are the same model."
        if set(self.given) <= set(self.labels):
            return "A and B are the same model, given unique labels."
        return "A and B are compatible: they are the same model wherever both say something."


def compare_models(
    a: Model,
    b: Model,
    symbols_a: Symbols | None = None,
    symbols_b: Symbols | None = None,
    *,
    bare: str = "",
    effects: tuple[Effects, Effects] = ({}, {}),
) -> Comparison:
    """Compares two models, and says in words and symbols what differs, both ways.

    symbols_a, symbols_b : the authors' own symbols of the parameters (``Reading.symbols``). Without
        them the symbols are Raudenbush & Bryk's, if the levels are known.
    bare : which of the two comes from a bare formula, ``"A"`` or ``"B"``: its family and link are then
        not said but assumed.
    effects : the authors' own symbols of the random effects (``Reading.effects``) of A and of B.

    A consistent renaming of variables and groups is found if there is one. Names of groups that are mere
    index letters, or spellings of one word, do not count; any other name does.
    """
    if a == b:
        return Comparison()
    a, b, assumed = _same_family(a, b, bare)
    names = correspond(a, b, lambda n: _left(a, b, n))
    side_a, side_b, centred = _sides(a, b, names, symbols_a or None, symbols_b or None)
    side_a, side_b = replace(side_a, effects=effects[0]), replace(side_b, effects=effects[1])
    found = [*_naming(names), *centred, *differences(side_a, side_b)]
    labels, known = _by_labels(side_a, side_b, names), _given(side_a, side_b, names)
    return Comparison(tuple(found), (*assumed, *labels, *known), _changed(names), labels)


def _same_family(a: Model, b: Model, bare: str) -> tuple[Model, Model, list[str]]:
    """Both models with the family of the one that states it, and the condition that this makes."""
    silent, other = (a, b) if bare == "A" else (b, a)
    name, link = other.family.name, other.family.link
    if not bare or silent.family == other.family or silent.family.name not in ("gaussian", name):
        return a, b, []
    known = replace(silent, family=other.family, residual=other.residual)
    condition = f"the family is {name.replace('_', ' ')} with link {link} ({bare} does not say)."
    return (known, b, [condition]) if bare == "A" else (a, known, [condition])


def _left(a: Model, b: Model, names: Names) -> int:
    """In how much two models differ under a renaming, the names aside."""
    side_a, side_b, centred = _sides(a, b, names, {}, {})
    return len(centred) + sum(1 for _ in differences(side_a, side_b))


def _sides(
    a: Model, b: Model, names: Names, symbols_a: Symbols | None, symbols_b: Symbols | None
) -> tuple[Side, Side, list[Difference]]:
    """Both models in the names of B, coded and centred alike, and how they were centred."""
    renamed = rename(a, names)
    terms = dict(zip(renamed.terms, a.terms, strict=True))
    coded_a = with_categories_of(renamed, b, bool(symbols_a))
    coded_b = with_categories_of(b, renamed, bool(symbols_b))
    forms = list(different_centring(coded_a, coded_b))
    model = with_forms(coded_a, dict(forms))
    if forms:
        terms = {new: terms.get(old, old) for new, old in zip(model.terms, coded_a.terms, strict=True)}
    side_a = Side("A", model, a, symbols_a, terms, {v: k for k, v in names.groups.items()})
    side_b = Side("B", coded_b, b, symbols_b)
    return side_a, side_b, [centring(side_a, side_b, x, y) for x, y in forms]


# ------------------------------------------------------------------ names


def _changed(names: Names) -> dict[str, str]:
    return {x: y for pairs in (names.groups, names.variables) for x, y in pairs.items() if x != y}


def _naming(names: Names) -> Iterator[Difference]:
    """The names that count: columns, and groups that are not obviously the same."""
    for x, y in names.groups.items():
        if x != y and not may_be(x, y):
            yield Difference("name", _group_is(x, y))
    for x, y in names.variables.items():
        if x != y:
            yield Difference("name", _variable_is(x, y))


def _group_is(x: str, y: str) -> str:
    return f"The grouping factor {x} of A is {y} in B."


def _variable_is(x: str, y: str) -> str:
    return f"{x} of A is {y} in B."


# ------------------------------------------------------------------ what only one of them knows


def _by_labels(a: Side, b: Side, names: Names) -> tuple[str, ...]:
    """What follows for both if the labels of nested units are unique."""
    nested = (c for one, other in ((a, b), (b, a)) for c in _nesting_given(one, other, crossed=False))
    return (*_unique_labels(names), *nested)


def _given(a: Side, b: Side, names: Names) -> Iterator[str]:
    for one, other in ((a, b), (b, a)):
        yield from _nesting_given(one, other, crossed=True)
        yield from _levels_given(one, other)
    renamed = rename(a.original, names)
    yield from _categories_given(renamed, b.original, "B")
    yield from _categories_given(b.original, renamed, "A")


def _unique_labels(names: Names) -> Iterator[str]:
    for x, y in names.groups.items():
        if same_labels(x, y):
            *outer, inner = max(x, y, key=len).split(":")
            yield f"the labels of {inner} are unique: none occurs in two units of {':'.join(outer)}."


def _nesting_given(one: Side, other: Side, *, crossed: bool) -> Iterator[str]:
    """The crossed, or else the nested pairs of groups of which only one side says so."""
    shared = [g for g in one.model.group_names if g in other.model.group_names]
    for x, y in combinations(shared, 2):
        known = nesting(one, x, y)
        if known and (known[0] == "crossed") == crossed and not nesting(other, x, y):
            labels = "" if crossed else ", by labels that are unique"
            yield f"{known[1]}{labels} ({other.label} does not say)."


def _levels_given(one: Side, other: Side) -> Iterator[str]:
    silent = {v for v, level in other.model.levels if level is UNKNOWN}
    places: dict[str, list[str]] = {}
    for variable, level in one.model.levels:
        if variable in silent and level is not UNKNOWN:
            places.setdefault(one.place(level), []).append(variable)
    for place, variables in places.items():
        verb = "varies" if len(variables) == 1 else "vary"
        yield f"{join(variables)} {verb} {place} ({other.label} does not say)."


def _categories_given(one: Model, other: Model, silent: str) -> Iterator[str]:
    for c in one.categories:
        if other.categories_of(c.variable) is None:
            names = f"{c.reference} (the reference), {', '.join(c.names[1:])}"
            yield f"the categories of {c.variable} are {names} ({silent} does not say)."
