"""The sentences of a legend, as fragments that each markup spells in its own way.

where i, j, and k index time points, students, and schools
students are nested in schools.
schools and neighborhoods are crossed.
Machine has categories A (reference), B, C.
ses is centered at the mean of sch_id.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..equations import Counts, Legend
from ..frozen import frozen


@frozen
class Said:
    """Words of the sentence itself."""

    text: str


@frozen
class Named:
    """A name that the author of the model chose: of a group or a variable."""

    name: str


@frozen
class Category:
    """A category of a variable."""

    name: str


@frozen
class Letter:
    """An index."""

    name: str


Fragment = Said | Named | Category | Letter
Sentence = list[Fragment]


def sentences(legend: Legend) -> Iterator[Sentence]:
    """Every sentence of a legend, in the order of its fields."""
    if legend.counts:
        yield _counts(legend.counts)
    for inner, outer in legend.nested:
        verb = "are" if _is_plural(inner) else "is"
        yield [Named(inner), Said(f" {verb} nested in "), Named(outer), Said(".")]
    for a, b in legend.crossed:
        yield [Named(a), Said(" and "), Named(b), Said(" are crossed.")]
    for variable, names, numeric in legend.categories:
        yield _categories(variable, names, "numeric categories" if numeric else "categories")
    for variable, group in legend.centered:
        yield _centered(variable, group)
    for remark in legend.remarks:
        yield [Said(remark)]


def _is_plural(name: str) -> bool:
    """Whether a group goes by the word for its units (students), and not by the name of one column."""
    return name.replace(" ", "").isalpha() and name.endswith("s") and not name.endswith("ss")


def _counts(counts: tuple[Counts, ...]) -> Sentence:
    letters = _listed([Letter(c.index) for c in counts])
    words = _listed([Named(c.word) for c in counts])
    verb = " index " if len(counts) > 1 else " indexes "
    return [Said("where "), *letters, Said(verb), *words]


def _categories(variable: str, names: tuple[str, ...], kind: str) -> Sentence:
    reference, *others = names
    rest = [fragment for name in others for fragment in (Said(", "), Category(name))]
    return [
        Named(variable),
        Said(f" has {kind} "),
        Category(reference),
        Said(" (reference)"),
        *rest,
        Said("."),
    ]


def _centered(variable: str, group: str) -> Sentence:
    place: Sentence = [Said("mean of "), Named(group)] if group else [Said("grand mean")]
    return [Named(variable), Said(" is centered at the "), *place, Said(".")]


def _listed(items: Sequence[Letter | Named]) -> Sentence:
    """``a``, ``a and b``, ``a, b, and c``."""
    last = len(items) - 1
    listed: Sentence = []
    for place, item in enumerate(items):
        if place:
            listed.append(Said(", " if place < last else " and " if last == 1 else ", and "))
        listed.append(item)
    return listed
