"""The models in their order: deviance, number of parameters, information criteria, likelihood ratios.

A likelihood ratio is computed only where a model is nested in the next one and both were fitted by maximum
likelihood to the same rows: REML likelihoods of different fixed parts are not comparable (Pinheiro & Bates
2000, section 2.4.1). Where a variance is tested, its hypothesis lies on the edge of what is possible and
the p-value is too large (Self & Liang 1987; Stram & Lee 1994).
"""

from __future__ import annotations

from collections.abc import Sequence as Several
from math import log
from typing import Any

from ..errors import WriteError
from ..model import Model
from ..parameters import Parameter, Variance, parameters
from ..software import lme4
from ..spelling import spell
from .content import Estimation, Ratios, Sequence, Step

LIKELIHOODS = ("ml", "laplace", "least squares")
"""The methods whose log-likelihoods may be compared between different fixed parts."""


def sequence(fits: Several[Any], how: Several[Estimation]) -> Sequence:
    """The sequence of some fits with how each was estimated."""
    steps = tuple(_step(fits, how, place) for place in range(len(fits)))
    models = [fit.model for fit in fits]
    fixed = {frozenset(m.fixed) for m, h in zip(models, how, strict=True) if h.method == "reml"}
    mixed = len({h.method == "reml" for h in how}) > 1
    return Sequence(
        steps,
        reml=len(fixed) > 1 or mixed,
        rows=len({fit.estimates.observations for fit in fits}) > 1,
        responses=len({(m.response, m.family) for m in models}) > 1,
    )


def _step(fits: Several[Any], how: Several[Estimation], place: int) -> Step:
    fit, found = fits[place], how[place]
    count, likelihood = len(fit.estimates), found.log_likelihood
    rows = fit.estimates.observations
    test = _test(fits, how, place) if place else None
    deviance = None if likelihood is None else -2 * likelihood
    return Step(
        place + 1,
        _formula(fit.model),
        found.method,
        count,
        deviance,
        None if deviance is None else deviance + 2 * count,
        None if deviance is None or not rows else deviance + count * log(rows),
        test,
    )


def _formula(model: Model) -> str:
    try:
        return lme4.write(model)
    except WriteError:  # what lme4 cannot say is named by its outcome alone
        return f"{spell(model.response.expression)} ~ …"


def _test(fits: Several[Any], how: Several[Estimation], place: int) -> Ratios | None:
    """The test against the model before, if that is nested in this one and both likelihoods are known."""
    before, after = fits[place - 1], fits[place]
    first, second = how[place - 1].log_likelihood, how[place].log_likelihood
    comparable = {how[place - 1].method, how[place].method} <= set(LIKELIHOODS)
    same_rows = before.estimates.observations == after.estimates.observations
    if first is None or second is None or not (comparable and same_rows):
        return None
    more = added(before.model, after.model)
    if not more:
        return None
    # scipy comes with the engines, and is needed only here.
    from scipy.stats import chi2  # type: ignore[import-untyped]

    statistic = max(0.0, 2 * (second - first))
    boundary = any(isinstance(p, Variance) for p in more)
    return Ratios(place, statistic, len(more), float(chi2.sf(statistic, len(more))), boundary)


def added(smaller: Model, larger: Model) -> frozenset[Parameter]:
    """The parameters that the larger model has more; none where the smaller one is not nested in it."""
    few, many = frozenset(parameters(smaller)), frozenset(parameters(larger))
    same = (
        smaller.response == larger.response
        and smaller.family == larger.family
        and smaller.offsets == larger.offsets
        and smaller.weights == larger.weights
        and smaller.residual == larger.residual
        and all(b.structure == "full" for m in (smaller, larger) for b in m.random)
    )
    return many - few if same and few < many else frozenset()
