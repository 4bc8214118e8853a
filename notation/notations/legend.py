"""The legend beside the equations: what the indices count, and what the symbols cannot show."""

from __future__ import annotations

from collections.abc import Mapping

from ..equations import Counts, Legend
from ..model import Crossed, Model, Nested
from ..options import Options

OBSERVATIONS = "observations"
"""What the first index counts where the author has no word for it."""


def running_legend(
    model: Model, letters: Mapping[str, str], options: Options, remarks: tuple[str, ...]
) -> Legend:
    """The legend of equations whose symbols carry an index for each level.

    Nesting shows in the indices (``jk``); what does not is said in words.
    """
    if not options.legend:
        return Legend()
    words = {"": model.observation.name or OBSERVATIONS}
    counts = tuple(Counts(index, words.get(name, name)) for name, index in letters.items())
    return Legend(counts, (), _crossed(model), _categories(model), (), remarks)


def lookup_legend(model: Model, options: Options, chained: bool, remarks: tuple[str, ...]) -> Legend:
    """The legend of equations with lookups; the groups stand in the ranges of the statements."""
    if not options.legend:
        return Legend()
    nested = () if chained else _nested(model)
    return Legend((), nested, _crossed(model), _categories(model), (), remarks)


def _nested(model: Model) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((r.inner, r.outer) for r in model.relations if isinstance(r, Nested)))


def _crossed(model: Model) -> tuple[tuple[str, str], ...]:
    found = [sorted(r.factors) for r in model.relations if isinstance(r, Crossed)]
    return tuple(sorted((a, b) for a, b in found))


def _categories(model: Model) -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    return tuple((c.variable, c.names, c.numeric) for c in model.categories)
