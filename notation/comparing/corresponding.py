"""Which variable and which grouping factor of one model is which in the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import permutations

from ..expressions import Variable
from ..model import Model
from .names import Names
from .renaming import find_renaming
from .shape import names_of

MOST = 5
"""The number of names up to which every way to pair them is tried."""


def correspond(a: Model, b: Model, left: Callable[[Names], int]) -> Names:
    """What the names of ``a`` are called in ``b``, as far as that can be found.

    ``left`` counts what differs under a renaming, names aside. A renaming that leaves nothing is looked for
    first. Where there is none, names that both have stay, the responses belong together, the remaining groups
    are paired by likeness, and as many variables of either model as of the other so that the least differs.
    """
    if set(names_of(a)) == set(names_of(b)):
        return Names()
    if (found := find_renaming(a, b, lambda names: not left(names))) is not None:
        return found
    names = Names(_responses(a, b), _groups(a, b))
    return min([names, *_pairings(a, b, names)], key=left)


def _pairings(a: Model, b: Model, names: Names) -> Iterator[Names]:
    """Every way to pair the variables that only one of the models has, if they are as many."""
    here, there = ([n.text for n in names_of(m) if n.kind == "variable"] for m in (a, b))
    others = [v for v in here if v not in there and v not in names.variables]
    targets = [v for v in there if v not in here and v not in names.variables.values()]
    if len(others) == len(targets) <= MOST:
        for order in permutations(targets):
            yield Names({**names.variables, **dict(zip(others, order, strict=True))}, names.groups)


def _responses(a: Model, b: Model) -> dict[str, str]:
    match a.response.expression, b.response.expression:
        case Variable(one), Variable(other) if one not in b.variables and other not in a.variables:
            return {one: other}
        case _:
            return {}


def _groups(a: Model, b: Model) -> dict[str, str]:
    left = [g for g in a.group_names if g not in b.group_names]
    right = [g for g in b.group_names if g not in a.group_names]
    if len(left) == len(right) == 1:
        return {left[0]: right[0]}
    return dict(_pairs(left, right, a, b))


def _pairs(left: list[str], right: list[str], a: Model, b: Model) -> Iterator[tuple[str, str]]:
    """Pairs of groups whose names allow it, the most alike first."""
    scored = [
        (_likeness(x, y, a, b), -n, -m, x, y)
        for n, x in enumerate(left)
        for m, y in enumerate(right)
        if may_be(x, y)
    ]
    free_left, free_right = set(left), set(right)
    for *_, x, y in sorted(scored, reverse=True):
        if x in free_left and y in free_right:
            free_left.remove(x)
            free_right.remove(y)
            yield x, y


def _likeness(x: str, y: str, a: Model, b: Model) -> int:
    """How much two groups have in common: a word, the random effects, the number of outer groups."""
    same_terms = _random_terms(a, x) == _random_terms(b, y)
    same_depth = len(a.outer_groups(x)) == len(b.outer_groups(y))
    return 4 * alike(x, y) + 4 * same_labels(x, y) + 2 * same_terms + same_depth


def _random_terms(model: Model, group: str) -> set[object]:
    return {t for b in model.random if b.group == group for t in b.terms}


def may_be(x: str, y: str) -> bool:
    """Whether two names may be those of one grouping factor, whatever the models say."""
    return is_letter(x) or is_letter(y) or alike(x, y) or same_labels(x, y)


def is_letter(name: str) -> bool:
    """Whether a group is known by its index letter only."""
    return len(name) == 1


def alike(x: str, y: str) -> bool:
    """Whether two names say the same word: ``schools``, ``School`` and ``sch_id`` do."""
    one, other = sorted((_stem(x), _stem(y)), key=len)
    return bool(one) and (one == other or (len(one) > 2 and other.startswith(one)))


def _stem(name: str) -> str:
    """A name in lower case without what is added to words: an ending s, ``_id``, ``.nr``."""
    words = "".join(c if c.isalnum() else " " for c in name).lower().split()
    kept = [w for w in words if w not in ("id", "nr", "no", "code")] or words
    return "".join(kept).removesuffix("id").removesuffix("s")


def same_labels(x: str, y: str) -> bool:
    """Whether one name is the other's within an outer group: ``school:student`` and ``student``."""
    if (":" in x) == (":" in y):
        return False
    return alike(x.rpartition(":")[2], y.rpartition(":")[2])
