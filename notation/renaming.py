"""New names of grouping factors, wherever a model names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from .errors import unknown_name
from .expressions import Expression, Mean
from .model import Crossed, Grouping, Model, Nested, RandomBlock, Relation, close_relations
from .substitution import substitute_model


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
    return replace(_renamed(model, new), observation=observation)


def _renamed(model: Model, new: Mapping[str, str]) -> Model:
    if not new:
        return model

    def name(old: str) -> str:
        return new.get(old, old)

    def within(expression: Expression) -> Expression:
        named = isinstance(expression, Mean) and expression.within is not None
        return replace(expression, within=name(str(expression.within))) if named else expression  # type: ignore[union-attr]

    residual = model.residual
    if residual is not None and residual.ar1_within:
        residual = replace(residual, ar1_within=name(residual.ar1_within))
    return replace(
        substitute_model(model, within),
        random=tuple(RandomBlock(name(b.group), b.terms, b.structure) for b in substitute_model(model, within).random),
        groupings=tuple(Grouping(name(g.name), g.index) for g in model.groupings),
        relations=frozenset(_relation(r, new) for r in model.relations),
        levels=tuple((v, name(level) if isinstance(level, str) else level) for v, level in model.levels),
        residual=residual,
    )


def _relation(relation: Relation, new: Mapping[str, str]) -> Relation:
    match relation:
        case Nested(inner, outer):
            return Nested(new.get(inner, inner), new.get(outer, outer))
        case Crossed(factors):
            return Crossed(frozenset(new.get(f, f) for f in factors))


# ------------------------------------------------------------------ factors of several columns


def merge_columns(model: Model, relations: Iterable[Relation]) -> Model:
    """The model with ``schools:students`` called ``students`` once these are known to be nested in schools."""
    known = close_relations([*relations, *model.relations])
    inner = dict.fromkeys(r.inner for r in known if isinstance(r, Nested))
    named = {group_columns(name, known): name for name in inner}
    new = {}
    for group in model.group_names:
        name = named.get(group_columns(group, known), group)
        if ":" in group and name != group and name not in model.group_names:
            new[group] = name
    return _renamed(model, new)


def group_columns(name: str, relations: Iterable[Relation]) -> frozenset[str]:
    """The columns of a grouping factor: its own, and those of the factors it is nested in."""
    outer = [r.outer for r in relations if isinstance(r, Nested) and r.inner == name]
    return frozenset(column for each in (name, *outer) for column in each.split(":"))
