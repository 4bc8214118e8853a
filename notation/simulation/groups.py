"""The rows of simulated data: which unit of each grouping factor every observation belongs to.

Nested factors get their units within each unit of the factor above; crossed factors meet in every
combination of their units, which may have any number of observations, also none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any

from ..errors import DataError, NeedsMore, unknown_name
from ..model import Model
from .draws import draw, is_distribution

if TYPE_CHECKING:
    from numpy.random import Generator
    from pandas import DataFrame

Size = int | Sequence[Any] | Callable[..., int]
"""A number of units; one for each unit above; or where such numbers are drawn from."""

OBSERVATIONS = "observations"


def make_rows(model: Model, sizes: Mapping[str, Size] | int, rng: Generator) -> DataFrame:
    """One row for each observation, one column for each grouping factor.

    A factor that is also a categorical variable of the model, as a machine that every worker uses, has
    the categories as its units.
    """
    import pandas

    by_name = _by_name(model, sizes)
    tables: dict[str, DataFrame] = {}
    for name in _outermost_first(model):
        above = _join(tables[outer] for outer in _next_outer(model, name))
        labels = _category_labels(model, name)
        if labels is None or name in by_name:
            table = _expand(above, name, by_name, rng)
            tables[name] = table.assign(**{name: range(1, len(table) + 1)})
        else:
            tables[name] = above.merge(pandas.DataFrame({name: labels}), how="cross")
    lowest = [n for n in tables if not any(n in _outer(model, other) for other in tables)]
    rows = _expand(_join(tables[n] for n in lowest), OBSERVATIONS, by_name, rng)
    if not len(rows):  # a frame without columns would count as empty
        raise DataError("these sizes give no observation at all")
    return rows


# ------------------------------------------------------------------ factors


def _elementary(model: Model, group: str) -> tuple[str, ...]:
    """The factors whose combinations are the units: those of ``a:b`` are a and b."""
    return tuple(
        part for part in group.split(":") if part not in model.variables or part in model.group_names
    )


def _outermost_first(model: Model) -> list[str]:
    names = dict.fromkeys(part for g in model.group_names for part in _elementary(model, g))
    return sorted(names, key=lambda name: len(_outer(model, name)))


def _outer(model: Model, name: str) -> tuple[str, ...]:
    outer = (part for g in model.outer_groups(name) for part in _elementary(model, g))
    return tuple(dict.fromkeys(outer)) if name in model.group_names else ()


def _next_outer(model: Model, name: str) -> list[str]:
    """The factors directly above, which no other factor above is nested in."""
    outer = _outer(model, name)
    return [g for g in outer if not any(g in _outer(model, other) for other in outer)]


def _category_labels(model: Model, name: str) -> tuple[str, ...] | None:
    known = model.categories_of(name)
    return None if known is None else known.names


def _join(tables: Iterable[DataFrame]) -> DataFrame:
    """Every combination of the rows of tables that agree on the columns which they share."""
    import pandas

    def join(left: DataFrame, right: DataFrame) -> DataFrame:
        shared = [c for c in left.columns if c in right.columns]
        return left.merge(right, on=shared) if shared else left.merge(right, how="cross")

    found = list(tables)
    return reduce(join, found) if found else pandas.DataFrame(index=range(1))


# ------------------------------------------------------------------ sizes


def _by_name(model: Model, sizes: Mapping[str, Size] | int) -> dict[str, Size]:
    """The sizes by factor, the observations under one name, whatever the model calls them."""
    if not isinstance(sizes, Mapping):
        sizes = {OBSERVATIONS: sizes}
    factors = _outermost_first(model)
    words = {OBSERVATIONS, model.observation.name} - {""}
    for name in sizes:
        if name not in (*factors, *words):
            raise unknown_name("grouping factor", name, [*factors, *sorted(words)])
    given: dict[str, Size] = {
        OBSERVATIONS if n in words and n not in factors else n: s for n, s in sizes.items()
    }
    needed = [n for n in (*factors, OBSERVATIONS) if n not in given and _category_labels(model, n) is None]
    if needed:
        raise NeedsMore(f"The number of {', '.join(needed)} is missing: sizes={{{needed[0]!r}: 10}}.")
    return given


def _expand(above: DataFrame, name: str, sizes: Mapping[str, Size], rng: Generator) -> DataFrame:
    """Each row as often as there are units of the factor in it."""
    import numpy

    counts = numpy.asarray(_counts(sizes[name], len(above), rng))
    if len(counts) != len(above):
        raise DataError(f"the sizes of {name} are {len(counts)}, one for each of {len(above)} is needed")
    if counts.dtype.kind not in "iu" or (counts < 0).any():
        raise DataError(f"the sizes of {name} must be whole numbers, and not negative")
    return above.loc[above.index.repeat(counts)].reset_index(drop=True)


def _counts(size: Any, units: int, rng: Generator) -> Any:
    match size:
        case _ if callable(size):
            return [size(rng) for _ in range(units)]
        case _ if is_distribution(size):
            return draw(size, units, rng)
        case (int() as low, int() as high) if isinstance(size, tuple) and low <= high:
            return draw(("integers", low, high), units, rng)
        case tuple():
            raise DataError(f"the size {size!r} is no distribution: write (low, high) or ('poisson', 20)")
        case int() | float():
            return [size] * units
        case _:
            return list(size)
