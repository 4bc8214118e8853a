"""New names of grouping factors, wherever a model names them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from ..errors import unknown_name
from ..expressions import Expression, Mean
from ..model import Crossed, Grouping, Model, Nested, Relation, close_relations
from .substitution import substitute_model

Rename = Callable[[str], str]
"""The new name of a grouping factor; the old one where it stays."""


def rename_groups(model: Model, names: Mapping[str, str]) -> Model:
    """The model with new names of its grouping factors, each by its index letter or its name.

    Raises UnknownName for an index or a name that the model does not have.
    """
    new: dict[str, str] = {}
    observation = model.observation
    for old, name in names.items():
        found = [g.name for g in model.groupings if old in (g.name, g.index)]
        if not found and old in (observation.index, observation.name):
            observation = replace(observation, name=name)
        elif not found:
            known = [x for g in (*model.groupings, observation) for x in (g.name, g.index) if x]
            raise unknown_name("grouping factor", old, known)
        new.update(dict.fromkeys(found, name))
    return replace(_renamed(model, lambda name: new.get(name, name)), observation=observation)


def _renamed(model: Model, name: Rename) -> Model:
    model = rename_means(model, name)
    residual = model.residual
    if residual is not None and residual.ar1_within:
        residual = replace(residual, ar1_within=name(residual.ar1_within))
    return replace(
        model,
        random=tuple(replace(b, group=name(b.group)) for b in model.random),
        groupings=tuple(Grouping(name(g.name), g.index) for g in model.groupings),
        relations=frozenset(_relation(r, name) for r in model.relations),
        levels=tuple((v, name(level) if isinstance(level, str) else level) for v, level in model.levels),
        residual=residual,
    )


def rename_means(model: Model, name: Rename) -> Model:
    """The model with new names of the factors within whose groups means are taken."""

    def within(expression: Expression) -> Expression:
        match expression:
            case Mean(of, str(group)) if name(group) != group:
                return Mean(of, name(group))
            case _:
                return expression

    return substitute_model(model, within)


def _relation(relation: Relation, name: Rename) -> Relation:
    match relation:
        case Nested(inner, outer):
            return Nested(name(inner), name(outer))
        case Crossed(factors):
            return Crossed(frozenset(map(name, factors)))


# ------------------------------------------------------------------ factors of several columns


def merge_columns(model: Model, relations: Iterable[Relation]) -> Model:
    """The model with ``schools:students`` called ``students`` once these are said to be in schools."""
    said = [r for r in relations if isinstance(r, Nested)]
    known = close_relations([*said, *model.relations])
    named = {group_columns(r.inner, known): r.inner for r in said}

    def short(group: str) -> str:
        return named.get(group_columns(group, known), group) if ":" in group else group

    new = {g: short(g) for g in model.group_names if short(g) not in model.group_names}
    return rename_means(_renamed(model, lambda name: new.get(name, name)), short) if said else model


def group_columns(name: str, relations: Iterable[Relation]) -> frozenset[str]:
    """The columns of a grouping factor: its own, and those of the factors it is nested in."""
    outer = [r.outer for r in relations if isinstance(r, Nested) and r.inner == name]
    return frozenset(column for each in (name, *outer) for column in each.split(":"))
