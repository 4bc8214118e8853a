"""What a fitted model implies: quantities with their formula and their number.

A quantity is an expression of the model's parameters, in the symbols of its level equations, and its
number is computed from that expression. Where a formula speaks of a variable, ``at`` gives its value;
without it the formula stands and the number is not available. A fit is what :func:`notation.fit` returns,
or the result of a fit by mixedlm or statsmodels.

>>> from notation import implied
>>> print(implied.icc(fit))  # doctest: +SKIP
ICC = τ_00/(τ_00 + σ²) = 8.614/(8.614 + 39.148) = 0.180
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ..errors import WriteError
from ..fits.fitted import Source, as_fit
from .explained import conditional_r2, marginal_r2
from .groups import design_effect, reliability
from .quantity import Implied
from .slopes import simple_slope
from .values import At
from .variances import icc, response_variance

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = [
    "Implied",
    "Source",
    "conditional_r2",
    "design_effect",
    "icc",
    "marginal_r2",
    "quantities",
    "reliability",
    "response_variance",
    "simple_slope",
]


def quantities(fit: Source, data: DataFrame | None = None, at: At | None = None) -> tuple[Implied, ...]:
    """Every quantity that the model and the data give; ``at`` says the values of random slopes' variables.

    Intraclass correlations and design effects of the grouping factors, the variance of the response, and,
    with data, R² and reliabilities. What is not defined for the model is left out.
    """
    fit = as_fit(fit)
    groups = tuple(dict.fromkeys(block.group for block in fit.model.random))
    asked: list[Callable[[], Implied]] = [
        *(partial(icc, fit, group, at) for group in groups),
        partial(response_variance, fit, at),
        *(partial(design_effect, fit, group, at) for group in groups),
    ]
    if data is not None:
        asked += [partial(marginal_r2, fit, data), partial(conditional_r2, fit, data)]
        terms = dict.fromkeys(term for block in fit.model.random for term in block.terms)
        asked += [partial(reliability, fit, data, term) for term in terms]
    found = []
    for ask in asked:
        try:
            found.append(ask())
        except WriteError:  # not every quantity is defined for every model
            continue
    return tuple(found)
