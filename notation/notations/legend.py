"""The legend beside the equations: what the indices count, and what the symbols cannot show."""

from __future__ import annotations

from collections.abc import Collection, Mapping

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
    silent = [group for group in model.group_names if not _shows(model, group)]
    return Legend(counts, _nested(model, silent), _crossed(model), _categories(model), (), remarks)


def lookup_legend(
    model: Model,
    letters: Mapping[str, str],
    options: Options,
    named: Collection[str],
    remarks: tuple[str, ...],
) -> Legend:
    """The legend of equations with lookups.

    Groups are ``named`` in the ranges of the statements, and lookups of lookups show what is nested; where
    a group has no statement of its own, all are counted here, and the silent ones placed.
    """
    if not options.legend:
        return Legend()
    silent = [group for group in letters if group and group not in named]
    counts = tuple(Counts(index, group) for group, index in letters.items() if group and silent)
    nested = _nested(model, silent if model.chain else model.group_names)
    return Legend(counts, nested, _crossed(model), _categories(model), (), remarks)


def _shows(model: Model, group: str) -> bool:
    """Whether a random effect or a variable carries the indices of a group."""
    return any(b.group == group for b in model.random) or any(level == group for _, level in model.levels)


def _nested(model: Model, groups: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The pairs of nested groups of which one is among ``groups``."""
    pairs = [(r.inner, r.outer) for r in model.relations if isinstance(r, Nested)]
    return tuple(sorted(pair for pair in pairs if set(pair) & set(groups)))


def _crossed(model: Model) -> tuple[tuple[str, str], ...]:
    found = [sorted(r.factors) for r in model.relations if isinstance(r, Crossed)]
    return tuple(sorted((a, b) for a, b in found))


def _categories(model: Model) -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    # A reference without a name was left out by an author: the indicators show all that is known.
    return tuple((c.variable, c.names, c.numeric) for c in model.categories if c.reference)
