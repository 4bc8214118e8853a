"""Explained variance: marginal and conditional R².

R²_marginal is the share of the fixed effects, R²_conditional that of fixed and random effects. The
variance of the fixed part is that of Xβ over the rows; with random slopes the variance between groups
is the mean of z′Σz over the rows, and so depends on the centring of the variables.

Source: Nakagawa & Schielzeth (2013); Johnson (2014) for random slopes; Nakagawa, Johnson & Schielzeth
(2017) for the residual variances of generalized models.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..equations import Node, Number, Power, Quotient, Word, letter
from ..expressions import INTERCEPT
from ..fits.fitted import Source, as_fit
from ..model import Model
from ..numbers.arithmetic import Numbers
from ..numbers.covariances import block_covariance
from ..numbers.evaluate import evaluate_term
from ..numbers.rows import complete_rows
from ..parameters import Coefficient
from .quantity import Implied, symbols_of, total
from .variances import latent_variance

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame


def marginal_r2(fit: Source, data: DataFrame) -> Implied:
    """The share of the variance that the fixed effects explain.

    ``data`` are those of the fit. Raises NotYet where the residual variance is not one number.
    """
    fixed, random, residual, numbers, note = _shares(as_fit(fit), data)
    symbol = Power(letter("R", Word("marginal")), Number("2"))
    return Implied("marginal R²", symbol, Quotient(fixed, total([fixed, *random, residual])), numbers, note)


def conditional_r2(fit: Source, data: DataFrame) -> Implied:
    """The share of the variance that the fixed and random effects explain; see :func:`marginal_r2`."""
    fixed, random, residual, numbers, note = _shares(as_fit(fit), data)
    symbol = Power(letter("R", Word("conditional")), Number("2"))
    return Implied(
        "conditional R²",
        symbol,
        Quotient(total([fixed, *random]), total([fixed, *random, residual])),
        numbers,
        note,
    )


def _shares(fit: Source, data: DataFrame) -> tuple[Node, list[Node], Node, Numbers, str]:
    """The variances of the fixed part, of each grouping factor and of the observations."""
    model = fit.model
    residual, note = latent_variance(model)
    rows = complete_rows(model, data)
    fixed = _spread(Word("fixed"))
    known: dict[Node, float] = {fixed: float(_fixed_part(fit, rows).var(ddof=1))}
    random = []
    for group in dict.fromkeys(block.group for block in model.random):
        node = _group_node(model, group)
        random.append(node)
        if node == _spread(Word(group)):
            known[node] = _mean_variance(fit, group, rows)
    return fixed, random, residual, Numbers(fit.estimates, known), note.removeprefix("; ")


def _spread(what: Word) -> Node:
    return Power(letter("σ", what), Number("2"))


def _group_node(model: Model, group: str) -> Node:
    """The variance of a random intercept is a parameter; with slopes it is a mean over the rows."""
    terms = [t for b in model.random if b.group == group for t in b.terms]
    if terms == [INTERCEPT]:
        return symbols_of(model)[0].covariance(group, INTERCEPT, INTERCEPT)
    return _spread(Word(group))


def _fixed_part(fit: Source, rows: DataFrame) -> NDArray[Any]:
    import numpy

    total = numpy.zeros(len(rows))
    for parameter, estimate in fit.estimates.items():
        if isinstance(parameter, Coefficient):
            total += estimate.value * evaluate_term(parameter.term, rows).to_numpy()
    return total


def _mean_variance(fit: Source, group: str, rows: DataFrame) -> float:
    """The mean over the rows of z′Σz."""
    import numpy

    values = {p: e.value for p, e in fit.estimates.items()}
    total = 0.0
    for block in (b for b in fit.model.random if b.group == group):
        z = numpy.column_stack([evaluate_term(t, rows).to_numpy() for t in block.terms])
        total += float(((z @ block_covariance(block, values)) * z).sum(axis=1).mean())
    return total
