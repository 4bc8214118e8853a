"""The values of the variables, each drawn at the level where it varies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import DataError, NeedsMore, unknown_name
from ..expressions import Indicator, variables
from ..hierarchy import require_levels
from ..model import OBSERVATION, UNKNOWN, Categories, Level, Model
from ..numbers.rows import number_of_units
from .draws import draw, is_distribution

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray
    from pandas import DataFrame

Predictor = tuple[Any, ...] | Sequence[Any] | Callable[..., Any]
"""A distribution, the values themselves, or a function of the generator and the frame of units."""


def draw_predictors(
    model: Model, rows: DataFrame, given: Mapping[str, Predictor], rng: Generator
) -> DataFrame:
    """The rows with a column for each variable of the model, and for each further one that is given.

    Raises NeedsMore for a level that is not known, and for weights and numbers of trials that are not
    given: a normal variable would be neither.
    """
    _check(model, given)
    names = [n for n in dict.fromkeys((*_variables(model), *given)) if n not in rows.columns]
    for name in sorted(names, key=lambda n: _level(model, n) is OBSERVATION):
        level = _level(model, name)
        units, codes = _units(model, level, rows)
        values = _values(model, name, given.get(name), units, _group_codes(model, level, units), rng)
        rows = rows.assign(**{name: _repeat(values, codes)})
    return rows


def _variables(model: Model) -> Iterator[str]:
    yield from model.variables
    if model.residual is not None and model.residual.by is not None:
        yield model.residual.by
    yield from trials_variables(model)


def trials_variables(model: Model) -> list[str]:
    """The variables of the number of trials, but for the response: successes are drawn."""
    trials = model.response.trials
    response = set(variables(model.response.expression))
    return [] if trials is None else [n for n in variables(trials) if n not in response]


def _check(model: Model, given: Mapping[str, Predictor]) -> None:
    unknown = [n for n, level in model.levels if level is UNKNOWN]
    if not set(unknown) <= {*given, *model.group_names}:
        require_levels(model)
    known = [*_variables(model), *trials_variables(model)]
    for name in given:
        if name not in known and name in (*model.group_names, *variables(model.response.expression)):
            raise unknown_name("predictor", name, known)
    weights = list(variables(model.weights)) if model.weights is not None else []
    for name, what in [
        *((n, "a weight") for n in weights),
        *((n, "a number of trials") for n in trials_variables(model)),
    ]:
        if name not in given:
            raise NeedsMore(
                f"{name} is {what}, which has no natural distribution. Say where it comes from: "
                f'predictors={{{name!r}: ("integers", 1, 10)}}, or its values.'
            )


def _level(model: Model, name: str) -> Level:
    return dict(model.levels).get(name, OBSERVATION)


def _units(model: Model, level: Level, rows: DataFrame) -> tuple[DataFrame, NDArray[Any]]:
    """One row for each unit of a level, and the unit of each row."""
    import numpy

    if not isinstance(level, str):
        return rows, numpy.arange(len(rows))
    codes = number_of_units(model, level, rows)
    above = [level, *model.outer_groups(level)]
    kept = [c for c in rows.columns if c in above or _level(model, c) in above or c in level.split(":")]
    _, first = numpy.unique(codes, return_index=True)
    return rows.iloc[first][kept].reset_index(drop=True), codes


def _group_codes(model: Model, level: Level, units: DataFrame) -> NDArray[Any] | None:
    """The group that each unit lies in: of the innermost factor above; None at the top."""
    above = model.outer_groups(level) if isinstance(level, str) else _innermost(model)
    codes = [number_of_units(model, g, units) for g in above if set(g.split(":")) <= set(units.columns)]
    return codes[0] if codes else None


def _innermost(model: Model) -> tuple[str, ...]:
    """The factors that the observations lie in directly, where there is one such factor."""
    lowest = [g for g in model.group_names if not any(model.is_nested(h, g) for h in model.group_names)]
    return tuple(lowest) if len(lowest) == 1 else ()


# ------------------------------------------------------------------ values


def _values(
    model: Model,
    name: str,
    given: Predictor | None,
    units: DataFrame,
    groups: NDArray[Any] | None,
    rng: Generator,
) -> Any:
    if given is None:
        categories = _categories(model, name)
        return (
            rng.standard_normal(len(units))
            if categories is None
            else _draw_categories(categories, units, rng)
        )
    if callable(given):
        values = given(rng, units)
    elif isinstance(given, tuple) and is_distribution(given):
        values = draw(given, len(units), rng)
    else:
        values = given
    return _fitting(name, values, len(units), groups)


def _fitting(name: str, values: Any, count: int, groups: NDArray[Any] | None) -> Any:
    """The values, one for each unit: as given, or once again in each group of that many units."""
    import numpy
    import pandas

    values = pandas.Series(values if hasattr(values, "dtype") else list(values)).reset_index(drop=True)
    if len(values) == count:
        return values
    if groups is not None and (numpy.bincount(groups) == len(values)).all():
        place = pandas.Series(groups).groupby(groups).cumcount()
        return values.iloc[place.to_numpy()].reset_index(drop=True)
    within = "" if groups is None else ", or one for each within its group"
    raise DataError(
        f"{len(values)} values of {name} are given; {count} are needed, one for each unit{within}"
    )


def _categories(model: Model, name: str) -> Categories | None:
    """The categories of a variable; of indicators alone, those that are shown and one more."""
    known = model.categories_of(name)
    if known is not None and known.reference:
        return known
    factors = [f for term in model.terms for f in term.factors]
    shown = [f.category for f in factors if isinstance(f, Indicator) and f.variable == name]
    names = known.names[1:] if known is not None else tuple(dict.fromkeys(shown))
    return Categories(name, ("reference", *names)) if names else None


def _draw_categories(categories: Categories, units: DataFrame, rng: Generator) -> Any:
    import pandas

    drawn = rng.integers(0, len(categories.names), len(units))
    if categories.numeric:
        return pandas.Series([float(n) for n in categories.names]).iloc[drawn].reset_index(drop=True)
    return pandas.Series(pandas.Categorical.from_codes(drawn, categories.names))


def _repeat(values: Any, codes: NDArray[Any]) -> Any:
    """The value of each row's unit; numbers, texts and categoricals alike."""
    import pandas

    return pandas.Series(values).iloc[codes].array
