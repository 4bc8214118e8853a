"""The equations of a model, by level and combined, with every symbol explained.

The level equations are Raudenbush & Bryk's; a model that has none is shown in one combined equation.
"""

from __future__ import annotations

from dataclasses import replace

from ..description import explain_symbols, facts_of
from ..description.codebook import Codebook
from ..description.entries import Facts
from ..equations import Equations, Legend, letter
from ..errors import WriteError
from ..model import OBSERVATION, Level, Model
from ..notations import combined
from ..options import DEFAULT
from .content import Explained, Shown
from .inline import Marks

NOTATION = "raudenbush_bryk"


def facts_for(model: Model, book: Codebook, marks: Marks) -> Facts:
    """The facts of a model in the notation that can say it. Raises WriteError where none can."""
    try:
        return facts_of(model, NOTATION, book, marks)
    except WriteError:
        return facts_of(model, "combined", book, marks)


def shown(facts: Facts) -> Shown:
    """The equations of the model, with their symbols explained."""
    one = combined.write(facts.model, DEFAULT)
    levels = facts.page if any(s.level > 1 for s in facts.page.statements) else None
    pages = [one] if levels is None else [levels, _without_distributions(one)]
    found = tuple(Explained(symbol, sentence) for symbol, sentence in explain_symbols(facts, pages))
    wording = facts.wording
    places: list[Level] = [OBSERVATION, *(c.word for c in one.legend.counts[1:])]
    indices = tuple(
        (letter(c.index), wording.units_at(place)) for c, place in zip(one.legend.counts, places, strict=True)
    )
    return Shown(levels and _without_legend(levels), _without_legend(pages[-1]), found, indices)


def _without_legend(page: Equations) -> Equations:
    """The page without the words below it, which stand in the list of symbols; remarks are kept."""
    return replace(page, legend=Legend(remarks=page.legend.remarks))


def _without_distributions(page: Equations) -> Equations:
    """The combined equation alone: the level equations have the distributions."""
    return replace(page, statements=tuple(s for s in page.statements if s.level))
