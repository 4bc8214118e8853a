"""What data know about a model: the level of each variable, nesting, categories.

A formula does not say on which level a variable lives, nor whether two grouping factors are nested.
Data say it: a variable is at the highest level within whose units it is constant, and students are
nested in schools if no student has two schools. What the user has said is never overruled, but what
the data contradict is an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from numbers import Real
from typing import TYPE_CHECKING, Any, TypeAlias

from ..errors import DataError, UnknownName
from ..expressions import Expression, Factor, Indicator, Mean, Variable, variables
from ..model import OBSERVATION, UNKNOWN, Categories, Crossed, Level, Model, Nested, Relation
from ..numbers.evaluate import column, columns_of_group, label
from .knowledge import Facts, apply
from .units import (
    changes,
    count_units,
    has_repeats,
    is_constant,
    is_numeric,
    is_part_of,
    number_units,
    values,
    with_outer_units,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame, Series

    Array: TypeAlias = NDArray[Any]


def learn(model: Model, data: DataFrame) -> Model:
    """The model with everything that the data know about it.

    Levels that are not known yet are found: the highest grouping factor within which a variable is
    constant. Values that differ by rounding only are the same, missing ones say nothing, and groups of
    one row prove nothing. A variable that is constant within two factors, neither of which is nested in
    the other, stays UNKNOWN. Columns of text are categorical; their categories are in the order of the
    column's own categories, or else sorted, and the first is the reference.

    Raises UnknownName for a column that the data do not have, DataError where the data contradict a
    level or a nesting that was given.
    """
    _check_columns(model, data)
    model = _with_categories(model, data)
    own = own_units(model, data)
    model = replace(model, relations=model.relations | relations_in_data(model, own))
    units = {name: with_outer_units(name, model, own) for name in own}
    return replace(model, levels=tuple(_levels(model, data, units)))


def group_sizes(model: Model, data: DataFrame) -> dict[str, int]:
    """The number of units of each grouping factor that occur in the data."""
    own = own_units(model, data)
    return {name: count_units(with_outer_units(name, model, own)) for name in own}


def own_units(model: Model, data: DataFrame) -> dict[str, Array]:
    """The units by the factors' own labels alone, nesting aside."""
    return {name: number_units(columns_of_group(name, data), data) for name in model.group_names}


# ------------------------------------------------------------------ columns


def used_columns(model: Model, data: DataFrame) -> tuple[str, ...]:
    """The columns of the data that a model uses, each once. Raises UnknownName."""
    _check_columns(model, data)
    names = [*response_variables(model), *model.variables]
    for group in (*model.group_names, *groups_of_means(model)):
        names += columns_of_group(group, data)
    return tuple(dict.fromkeys(names))


def _check_columns(model: Model, data: DataFrame) -> None:
    for name in (*response_variables(model), *model.variables):
        column(name, data)
    for group in (*model.group_names, *groups_of_means(model)):
        try:
            columns_of_group(group, data)
        except UnknownName as error:
            mend = f"say which column holds the units: groups={{{group!r}: …}}, or --groups {group}=…"
            raise UnknownName(f"{error}; {mend}") from None


def response_variables(model: Model) -> Iterator[str]:
    """The variables of the response, and of its number of trials."""
    yield from variables(model.response.expression)
    if model.response.trials is not None:
        yield from variables(model.response.trials)


def groups_of_means(model: Model) -> Iterator[str]:
    """The factors within whose units a mean is taken: they are columns, if not of random effects."""
    for term in model.terms:
        for factor in term.factors:
            yield from _means_within(factor)


def _means_within(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Mean) and expression.within is not None:
        yield expression.within
    for part in (getattr(expression, "of", None), getattr(expression, "around", None)):
        if part is not None:
            yield from _means_within(part)
    for argument in getattr(expression, "arguments", ()):
        yield from _means_within(argument)


# ------------------------------------------------------------------ categories


def _with_categories(model: Model, data: DataFrame) -> Model:
    """The model with each categorical variable written out as the indicators of its categories."""
    # A reference without a name, which equations leave out, is found among the data.
    model = replace(model, categories=tuple(c for c in model.categories if c.reference))
    for known in model.categories:
        _check_categories(known, data)
    found = {name: category_names(data[name]) for name in _categorical(model, data)}
    return _with_references(apply(model, Facts(categories=found)), data)


def _categorical(model: Model, data: DataFrame) -> list[str]:
    """The variables that stand for all of their categories, as factors or as columns of text."""
    factors = [f for term in model.terms for f in term.factors]
    names = [f.variable for f in factors if isinstance(f, Factor)]
    bare = [f for f in (*factors, model.response.expression) if isinstance(f, Variable)]
    names += [v.name for v in bare if not is_numeric(data[v.name]) and not model.categories_of(v.name)]
    return list(dict.fromkeys(names))


def category_names(series: Series) -> tuple[str, ...]:
    """The categories that occur, in their own order if the column has one, else sorted."""
    import pandas

    if isinstance(series.dtype, pandas.CategoricalDtype):
        values = list(series.cat.remove_unused_categories().cat.categories)
    else:
        values = sorted(series.dropna().unique(), key=_sorting_key)
    return tuple(map(label, values))


def _sorting_key(value: object) -> tuple[bool, Any]:
    """Numbers in their order, before texts in theirs."""
    return (False, value) if isinstance(value, Real) else (True, str(value))


def _check_categories(known: Categories, data: DataFrame) -> None:
    strange = [c for c in category_names(data[known.variable]) if c not in known.names]
    if strange:
        given = ", ".join(known.names)
        raise DataError(
            f"{known.variable} is {strange[0]!r} in the data, which is none of its categories {given}"
        )


def _with_references(model: Model, data: DataFrame) -> Model:
    """The model with the categories of indicators that came without them.

    Equations show the indicators of all categories but one: the category that is left over in the data
    is the reference.
    """
    shown: dict[str, list[str]] = {}
    for indicator in (f for t in model.terms for f in t.factors if isinstance(f, Indicator)):
        if model.categories_of(indicator.variable) is None:
            shown.setdefault(indicator.variable, []).append(indicator.category)
    found = [c for name, mentioned in shown.items() if (c := _reference_first(name, mentioned, data[name]))]
    return replace(model, categories=(*model.categories, *found)) if found else model


def _reference_first(name: str, shown: list[str], series: Series) -> Categories | None:
    names = category_names(series)
    for category in shown:
        if category not in names:
            raise DataError(
                f"{name} is never {category!r} in the data; its categories are {', '.join(names)}"
            )
    left = [c for c in names if c not in shown]
    if len(left) != 1:
        return None
    return Categories(name, (*left, *(c for c in names if c in shown)), is_numeric(series))


# ------------------------------------------------------------------ nesting


def relations_in_data(model: Model, own: Mapping[str, Array]) -> frozenset[Relation]:
    """What the labels say of the pairs of grouping factors that nothing is known of."""
    for relation in model.relations:
        check_relation(relation, own)
    units = {name: with_outer_units(name, model, own) for name in own}
    found = [_relation(a, b, units) for a, b in model.unrelated]
    return frozenset(r for r in found if r is not None)


def _relation(a: str, b: str, units: Mapping[str, Array]) -> Relation | None:
    """How two factors lie in the data; None where they are the same units under two names."""
    match is_part_of(units[a], units[b]), is_part_of(units[b], units[a]):
        case True, True:
            return None
        case True, False:
            return Nested(a, b)
        case False, True:
            return Nested(b, a)
        case _:
            return Crossed(frozenset((a, b)))


def check_relation(relation: Relation, own: Mapping[str, Array]) -> None:
    """Refuse what labels can refute.

    They cannot refute that casks are nested in batches, since each batch may number its casks anew;
    but batches that lie each within one cask are not what casks are nested in.
    """
    a, b = sorted(relation.factors) if isinstance(relation, Crossed) else (relation.inner, relation.outer)
    a_in_b, b_in_a = is_part_of(own[a], own[b]), is_part_of(own[b], own[a])
    if isinstance(relation, Nested) and b_in_a and not a_in_b:
        raise DataError(f"{a} is said to be nested in {b}, but in the data {b} is nested in {a}")
    if isinstance(relation, Crossed) and a_in_b != b_in_a:
        inner, outer = (a, b) if a_in_b else (b, a)
        if has_repeats(own[inner]):
            raise DataError(f"{a} and {b} are said to be crossed, but the data nest {inner} in {outer}")


# ------------------------------------------------------------------ levels


def _levels(model: Model, data: DataFrame, units: Mapping[str, Array]) -> Iterator[tuple[str, Level]]:
    for name, level in model.levels:
        if level is UNKNOWN:
            yield name, level_in_data(values(data[name]), model, units)
        else:
            if isinstance(level, str):
                check_level(name, level, data, units)
            yield name, level


def level_in_data(values: Array, model: Model, units: Mapping[str, Array]) -> Level:
    """The highest grouping factor within which the values are constant."""
    known = values == values  # noqa: PLR0124  what is missing is not equal to itself
    constant = [g for g in units if has_repeats(units[g][known]) and is_constant(values, units[g])]
    if not constant:
        return OBSERVATION
    highest = [g for g in constant if all(g == h or model.is_nested(h, g) for h in constant)]
    return highest[0] if highest else UNKNOWN


def check_level(name: str, group: str, data: DataFrame, units: Mapping[str, Array]) -> None:
    """Refuse, with a DataError, a variable that varies within the units in which it is said not to."""
    changed = changes(values(data[name]), units[group])
    if changed.any():
        row = data.iloc[int(changed.argmax())]
        unit = ":".join(label(row[c]) for c in columns_of_group(group, data))
        raise DataError(f"{name} is said to be constant within {group}, but it varies within {group} {unit}")
