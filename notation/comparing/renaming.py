"""Finding what the variables and groups of one model are called in another.

Names that both models have stay what they are. The others get colours by what they do in their
model, refined as in tests of graph isomorphism (Weisfeiler & Leman 1968) until no colour splits any
more. Names alone in their colour are paired; where several share one, they do the same, and pairing
them in the order of appearance nearly always fits. Where it does not, one of them is guessed and
the colours are refined again, until :data:`WORK` is done, so that no pair of models takes long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..model import UNKNOWN, Model
from .names import Names
from .shape import Name, Node, Tree, claims, knowledge, names_of

WORK = 100_000
"""How many claims of a model are looked at before the search gives up."""

Colors = dict[Name, int]
Path = tuple[tuple[str, int], ...]


def find_renaming(a: Model, b: Model, fits: Callable[[Names], bool]) -> Names | None:
    """Names under which ``a`` becomes ``b`` as far as ``fits`` can tell; None if none is found."""
    if len(names_of(a)) != len(names_of(b)):
        return None
    search = _Search(*_sides(a, b), fits)
    return search.run(*_first_colors(search))


@dataclass(frozen=True)
class _Side:
    """A model's claims, with where each name stands in each."""

    names: list[Name]
    claims: list[Node]
    places: list[list[tuple[Name, Path]]]


def _sides(a: Model, b: Model) -> tuple[_Side, _Side]:
    known = all(not m.unrelated and UNKNOWN not in dict(m.levels).values() for m in (a, b))
    found = []
    for model in (a, b):
        nodes = [*claims(model), *(knowledge(model) if known else ())]
        found.append(_Side(names_of(model), nodes, [list(_places(n, ())) for n in nodes]))
    return found[0], found[1]


def _places(tree: Tree, path: Path) -> Iterator[tuple[Name, Path]]:
    match tree:
        case Name():
            yield tree, path
        case Node(label, parts, ordered):
            for number, part in enumerate(parts):
                yield from _places(part, (*path, (label, number if ordered else 0)))


class _Search:
    """One search: the two sides, the numbers given to colours so far, and the guesses left."""

    def __init__(self, a: _Side, b: _Side, fits: Callable[[Names], bool]) -> None:
        self.a, self.b, self.fits = a, b, fits
        self.numbers: dict[object, int] = {}
        self.work = WORK

    def number(self, key: object) -> int:
        """The same number for the same key, in both models."""
        return self.numbers.setdefault(key, len(self.numbers))

    def run(self, a: Colors, b: Colors) -> Names | None:
        """Refines colours, pairs the names by them, and guesses where that is not enough."""
        a, b = self.refine(self.a, a), self.refine(self.b, b)
        classes_a, classes_b = _classes(a), _classes(b)
        if {c: len(n) for c, n in classes_a.items()} != {c: len(n) for c, n in classes_b.items()}:
            return None
        pairs = [pair for c in classes_a for pair in zip(classes_a[c], classes_b[c], strict=True)]
        names = Names(
            {x.text: y.text for x, y in pairs if x.kind == "variable"},
            {x.text: y.text for x, y in pairs if x.kind == "group"},
        )
        if self.fits(names):
            return names
        return self.guess(a, b, classes_a, classes_b)

    def guess(
        self, a: Colors, b: Colors, classes_a: dict[int, list[Name]], classes_b: dict[int, list[Name]]
    ) -> Names | None:
        """Pairs one name of the smallest class with each of its candidates in turn."""
        shared = [c for c, names in classes_a.items() if len(names) > 1]
        if not shared:
            return None
        color = min(shared, key=lambda c: len(classes_a[c]))
        first, fresh = classes_a[color][0], self.number(("guess", self.work))
        for candidate in classes_b[color]:
            if self.work <= 0:
                return None
            found = self.run({**a, first: fresh}, {**b, candidate: fresh})
            if found is not None:
                return found
        return None

    def refine(self, side: _Side, colors: Colors) -> Colors:
        """Colours by place and company until no class splits any more."""
        count = len(set(colors.values()))
        while self.work > 0:
            self.work -= len(side.claims)
            seen: dict[Name, list[int]] = {name: [] for name in side.names}
            for claim, places in zip(side.claims, side.places, strict=True):
                code = self.code(claim, colors)
                for name, path in places:
                    if name in seen:
                        seen[name].append(self.number((code, path)))
            colors = {n: self.number((colors[n], tuple(sorted(found)))) for n, found in seen.items()}
            if len(set(colors.values())) == count:
                break
            count = len(set(colors.values()))
        return colors

    def code(self, tree: Tree, colors: Colors) -> int:
        """A number for a tree with its names as colours."""
        match tree:
            case Name():
                return colors.get(tree, -1)
            case Node(label, parts, ordered):
                codes = [self.code(part, colors) for part in parts]
                return self.number((label, *(codes if ordered else sorted(codes))))


def _first_colors(search: _Search) -> tuple[Colors, Colors]:
    """A colour of its own for each name that both models have; one for each kind of the others."""
    shared = set(search.a.names) & set(search.b.names)

    def color(name: Name) -> int:
        return search.number(name if name in shared else name.kind)

    return {n: color(n) for n in search.a.names}, {n: color(n) for n in search.b.names}


def _classes(colors: Colors) -> dict[int, list[Name]]:
    found: dict[int, list[Name]] = {}
    for name, color in colors.items():
        found.setdefault(color, []).append(name)
    return found
