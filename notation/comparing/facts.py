"""Facts about two models at once: each takes those that name something in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import unknown_name
from ..facts.knowledge import Facts, apply
from ..model import Model

Given = Mapping[str, Any]
"""Keyword arguments of :func:`notation.facts.knowledge.Facts`."""


def apply_to_both(a: Model, b: Model, given: Given) -> tuple[Model, Model]:
    """Both models with the facts that concern them.

    Raises UnknownName for a variable that neither has, and whatever a fact that does concern one
    of them is wrong about.
    """
    variables = {*a.variables, *b.variables}
    for name in (name for names in (given.get("levels") or {}).values() for name in names):
        if name not in variables:
            raise unknown_name("variable", name, variables)
    return apply(a, _concerning(a, given)), apply(b, _concerning(b, given))


def _concerning(model: Model, given: Given) -> Facts:
    indices = {g.index for g in model.groupings}
    groups = {x: y for x, y in (given.get("groups") or {}).items() if x in model.group_names or x in indices}
    names = {groups.get(g, g) for g in model.group_names} | {
        groups[g.index] for g in model.groupings if g.index in groups
    }
    kept = {**given, "groups": groups}
    for fact in ("categories", "centering"):
        kept[fact] = {v: x for v, x in (given.get(fact) or {}).items() if v in model.variables}
    levels = given.get("levels")
    # Levels say of every variable that is not listed that it varies between the observations: they are
    # for a model that has all of the groups, not for one that calls them differently.
    if levels is not None and set(levels) <= names:
        kept["levels"] = {g: [v for v in vs if v in model.variables] for g, vs in levels.items()}
    else:
        kept["levels"] = None
    return Facts(**kept)
