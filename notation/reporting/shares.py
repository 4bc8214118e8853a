"""Shares of variance: intraclass correlations, and R² by name.

The unconditional ICC is that of a model without predictors: it is taken from such a model among those
that are given, and never from one with predictors, whose ICC is conditional on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from .. import implied
from ..description.wording import Wording
from ..equations import Equation, Equations, Node, Number, Power, letter
from ..errors import NotationError
from ..estimates import rounded
from ..expressions import INTERCEPT
from ..model import Model
from ..spelling import spell
from .content import Share

if TYPE_CHECKING:
    from pandas import DataFrame

DECIMALS = 3


def shares(fits: Sequence[Any], wording: Wording, data: DataFrame | None) -> tuple[Share, ...]:
    """The ICCs of the null model and of the last one, and the R² of the last one."""
    null = next((n for n, fit in enumerate(fits, 1) if is_null(fit.model)), 0)
    found: list[Share] = []
    if null:
        found += _iccs(fits[null - 1], wording, "icc", null)
    last = fits[-1]
    if not is_null(last.model):
        found += _iccs(last, wording, "conditional icc", len(fits))
        found += _explained(last, data, len(fits))
    return tuple(found)


def is_null(model: Model) -> bool:
    """Whether a model has random intercepts and nothing else."""
    return bool(model.random) and model.terms == (INTERCEPT,) == model.fixed and not model.offsets


def _iccs(fit: Any, wording: Wording, kind: str, number: int) -> Iterator[Share]:
    for group in dict.fromkeys(block.group for block in fit.model.random):
        terms = [t for b in fit.model.random if b.group == group for t in b.terms]
        slopes = [f for b in fit.model.random for t in b.terms for f in t.factors]
        zero = {spell(f): 0.0 for f in slopes} if INTERCEPT in terms else {}
        found = _asked(implied.icc, fit, group, zero)
        if found is not None and found.value is not None:
            # Where slopes' variables are zero the formula is full of zeros: its number says it all.
            page = _number(found.symbol, found.value) if zero else _page(found)
            yield Share(kind, page, wording.units_at(group), _note(found), number, bool(zero))


def _explained(fit: Any, data: DataFrame | None, number: int) -> Iterator[Share]:
    if not fit.model.random:
        squared = getattr(getattr(fit, "result", None), "rsquared", None)
        if squared is not None:
            symbol = Power(letter("R"), Number("2"))
            yield Share("determination", _number(symbol, float(squared)), model=number)
        return
    if data is None:
        return
    for kind, quantity in (("marginal", implied.marginal_r2), ("conditional", implied.conditional_r2)):
        found = _asked(quantity, fit, data)
        if found is not None:
            yield Share(kind, _page(found), note=found.note, model=number)


def _asked(quantity: Any, *arguments: Any) -> implied.Implied | None:
    """A quantity, or None where it is not defined for the model."""
    try:
        found: implied.Implied = quantity(*arguments)
    except NotationError:
        return None
    return found


def _page(found: implied.Implied) -> Equations:
    return Equations((found.equation(DECIMALS),))


def _number(symbol: Node, value: float) -> Equations:
    return Equations((Equation((symbol, rounded(value, DECIMALS))),))


def _note(found: implied.Implied) -> str:
    """What the quantity rests on, but for whether it is conditional, which its kind says."""
    return found.note.partition("; ")[2]
