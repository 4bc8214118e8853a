"""What a user knows about a model that its text does not say, and what a writer cannot carry.

:class:`Facts` are the keyword arguments of ``read``; :func:`apply` adds them to a model, and
:func:`lost_facts` gives back those that a text loses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ..errors import ReadError, UnknownName, unknown_name
from ..expressions import Centered, Expression, Mean, Variable, variables
from ..frozen import frozen
from ..model import (
    FAMILIES,
    FAMILIES_WITH_RESIDUAL,
    LINKS,
    OBSERVATION,
    UNKNOWN,
    Categories,
    Crossed,
    Family,
    Grouping,
    Level,
    Model,
    Nested,
    Place,
)
from .coding import code_model
from .renaming import merge_columns, rename_groups
from .statements import parse_groups, parse_levels, parse_nesting, read_relations, say_relation
from .substitution import substitute_model

__all__ = ["Facts", "apply", "lost_facts", "parse_groups", "parse_levels", "parse_nesting"]


@frozen
class Facts:
    """Facts about a model; None is nothing said.

    levels : the variables that are constant within the units of a grouping factor, by its name. When
        given, every variable that is not listed is at the observation level, and a grouping factor
        that is also a predictor at its own. Variables under the key ``UNKNOWN`` stay unknown.
    nesting : ``"students < schools"``, ``"schools x neighborhoods"`` for crossed factors, chains
        ``"a < b < c"``; a name alone says that there is such a grouping factor.
    groups : new names of grouping factors, by index letter or by name: ``{"j": "sch_id"}``.
    categories : the categories of categorical variables, the reference first.
    family, link : the distribution of the response, and the link of its mean.
    centering : what a variable is centred around: a grouping factor, or None (or "grand").
    """

    levels: Mapping[str, Sequence[str]] | Mapping[str | Place, Sequence[str]] | None = None
    nesting: str | Sequence[str] | None = None
    groups: Mapping[str, str] | None = None
    categories: Mapping[str, Sequence[str] | Categories] | None = None
    family: str | None = None
    link: str | None = None
    centering: Mapping[str, str | None] | None = None


def apply(model: Model, facts: Facts) -> Model:
    """The model with the facts added.

    Raises UnknownName for names that the model does not have, ReadError for facts that contradict
    one another or the model.
    """
    try:
        if facts.groups:
            model = rename_groups(model, facts.groups)
        if facts.nesting:
            model = _with_nesting(model, facts.nesting)
        if facts.categories:
            model = _with_categories(model, facts.categories)
        if facts.centering:
            model = _with_centering(model, facts.centering)
        model = _with_family(model, facts.family, facts.link)
        return model if facts.levels is None else _with_levels(model, facts.levels)
    except ValueError as contradiction:
        raise ReadError(str(contradiction)) from None


def lost_facts(model: Model, loses: Iterable[str]) -> dict[str, object]:
    """The keyword arguments of ``read`` that give back what a text cannot carry.

    loses : the names of the facts that the text loses. A fact that would say nothing is left out.
    """
    found = {name: _LOST[name](model) for name in loses}
    return {name: fact for name, fact in found.items() if fact is not None}


# ------------------------------------------------------------------ nesting


def _with_nesting(model: Model, nesting: str | Sequence[str]) -> Model:
    statements = [nesting] if isinstance(nesting, str) else nesting
    mentioned, relations = read_relations(statements)
    model = merge_columns(model, relations)
    named = {Grouping(name): None for name in mentioned if name not in model.group_names}
    return replace(
        model, groupings=(*model.groupings, *named), relations=model.relations | frozenset(relations)
    )


def _lost_nesting(model: Model) -> list[str] | None:
    """Every relation, and the factors that are in none and have no random effects."""
    related = {n for r in model.relations for n in _related(r)}
    visible = related | {block.group for block in model.random}
    alone = [g for g in model.group_names if g not in visible]
    return [*sorted(map(say_relation, model.relations)), *map(say_relation, alone)] or None


def _related(relation: Nested | Crossed) -> Iterable[str]:
    return relation.factors if isinstance(relation, Crossed) else (relation.inner, relation.outer)


# ------------------------------------------------------------------ levels


def _with_levels(
    model: Model, levels: Mapping[str, Sequence[str]] | Mapping[str | Place, Sequence[str]]
) -> Model:
    stated: dict[str, Level] = {}
    for level, names in levels.items():
        if isinstance(level, str) and level not in model.group_names:
            raise _unknown_level(level, model)
        for name in [names] if isinstance(names, str) else names:
            _check("variable", name, model.variables)
            if stated.setdefault(name, level) != level:
                raise ReadError(f"{name} is said to be at two levels, {stated[name]} and {level}")
    known = tuple((name, stated.get(name, _unlisted(model, name))) for name in model.variables)
    return replace(model, levels=known)


def _unlisted(model: Model, name: str) -> Level:
    """The level of a variable that is not listed; a grouping factor is constant within its own units."""
    return name if name in model.group_names else OBSERVATION


def _unknown_level(level: str, model: Model) -> UnknownName:
    if not model.groupings:
        return UnknownName(f"the model has no grouping factors, and no level {level!r}")
    known = unknown_name("grouping factor", level, model.group_names)
    example = f"{model.group_names[-1]} < {level}"
    return UnknownName(f"{known}; a level without random effects is brought in by nesting: {example!r}")


def _lost_levels(model: Model) -> dict[str | Place, list[str]] | None:
    if all(level is UNKNOWN for _, level in model.levels):
        # Silence is read as unknown, but not without any random effect: that is one level.
        return {UNKNOWN: list(model.variables)} if model.levels and not model.random else None
    found: dict[str | Place, list[str]] = {name: [] for name in model.group_names}
    for name, level in model.levels:
        if level != _unlisted(model, name):
            found.setdefault(level, []).append(name)
    return found


# ------------------------------------------------------------------ categories and centring


def _with_categories(model: Model, categories: Mapping[str, Sequence[str] | Categories]) -> Model:
    if not categories:
        return model
    known = {}
    by = (model.residual.by,) if model.residual is not None and model.residual.by else ()
    for name, names in categories.items():
        _check("variable", name, (*model.variables, *variables(model.response.expression), *by))
        known[name] = names if isinstance(names, Categories) else Categories(name, tuple(names))
    return code_model(model, known)


def _lost_categories(model: Model) -> dict[str, Sequence[str] | Categories] | None:
    return {c.variable: c if c.numeric else c.names for c in model.categories} or None


def _with_centering(model: Model, centering: Mapping[str, str | None]) -> Model:
    around: dict[str, str | None] = {}
    for name, group in centering.items():
        _check("variable", name, model.variables)
        around[name] = None if group in (None, "grand") and group not in model.group_names else group
        if around[name] is not None:
            _check("grouping factor", str(group), model.group_names)

    def centred(expression: Expression) -> Expression:
        match expression:
            case Variable(name) if name in around:
                return Centered(expression, Mean(expression, around[name]))
            case Centered(Variable(name), Mean()) if name in around:
                raise ReadError(f"{name} is centred already")
            case _:
                return expression

    return substitute_model(model, centred) if around else model


def _lost_centering(model: Model) -> dict[str, str | None] | None:
    centred = (f for t in model.terms for f in t.factors if isinstance(f, Centered))
    means = ((f.of, f.around) for f in centred if isinstance(f.around, Mean))
    return {of.name: around.within for of, around in means if isinstance(of, Variable)} or None


# ------------------------------------------------------------------ the family

_OTHER_NAMES = {
    "normal": "gaussian",
    "bernoulli": "binomial",
    "ordinal": "cumulative",
    "logistic": "binomial",
}


def _with_family(model: Model, family: str | None, link: str | None) -> Model:
    if family is None and link is None:
        return model
    name = model.family.name if family is None else family.strip().lower().replace("-", "_")
    name, _, share = name.partition("(")
    name = _OTHER_NAMES.get(name, name)
    _check("family", name, FAMILIES)
    if link is not None:
        _check("link", link.strip().lower(), LINKS)
    residual = model.residual if name in FAMILIES_WITH_RESIDUAL else None
    quantile = _share(share) if share else model.family.quantile if name == "quantile" else None
    found = Family(name, (link or "").strip().lower(), quantile)
    return replace(model, family=found, residual=residual)


def _share(text: str) -> float:
    """The 0.25 of ``quantile(0.25)``."""
    try:
        return float(text.removesuffix(")"))
    except ValueError:
        raise ReadError(
            f"the quantile {text.removesuffix(')')!r} is not a number", mend="Write family='quantile(0.25)'."
        ) from None


def _lost_family(model: Model) -> str | None:
    implied = "gaussian" if model.response.trials is None else "binomial"
    if model.family.quantile is not None:
        return f"quantile({model.family.quantile})"
    return None if model.family.name == implied else model.family.name


def _lost_link(model: Model) -> str | None:
    return None if model.family.link == FAMILIES[model.family.name] else model.family.link


# ------------------------------------------------------------------ shared


def _lost_groups(model: Model) -> dict[str, str] | None:
    return {g.index: g.name for g in model.groupings if g.index} or None


_LOST = {
    "levels": _lost_levels,
    "nesting": _lost_nesting,
    "groups": _lost_groups,
    "categories": _lost_categories,
    "family": _lost_family,
    "link": _lost_link,
    "centering": _lost_centering,
}


def _check(kind: str, name: str, known: Iterable[str]) -> None:
    known = tuple(known)
    if name not in known:
        raise unknown_name(kind, name, known)
