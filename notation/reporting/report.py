"""A write-up's content from one fit or several: each part from the module that knows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..description.codebook import Codebook
from ..description.outline import outline
from ..numbers.rows import complete_rows
from ..version import __version__
from .code import code
from .content import Report
from .estimation import estimation
from .inline import Marks
from .parameters import blocks, fixed_rows, spread_rows
from .sample import sample
from .sequence import sequence
from .shares import shares
from .shown import facts_for, shown
from .variables import described

if TYPE_CHECKING:
    from pandas import DataFrame


def report(
    fits: Sequence[Any],
    data: DataFrame | None,
    book: Codebook,
    marks: Marks,
) -> Report:
    """The content of a write-up of the last of some fits."""
    last = fits[-1]
    model, estimates = last.model, last.estimates
    facts = facts_for(model, book, marks)
    rows = None if data is None else complete_rows(model, data)
    how = [estimation(fit) for fit in fits]
    return Report(
        model,
        outline(facts),
        sample(facts.wording, estimates, rows, None if data is None else len(data)),
        tuple(described(facts.wording, rows)),
        shown(facts),
        blocks(facts),
        how[-1],
        fixed_rows(last, facts),
        spread_rows(facts, estimates),
        shares(fits, facts.wording, data),
        sequence(fits, how),
        tuple(code(model, how[-1])),
        data is not None,
        __version__,
    )
