"""Results of statsmodels' ``BayesMixedGLM``, taken apart: posterior means, standard deviations, intervals.

Its random effects are independent, one variance a component. It holds the logarithm of each standard
deviation with a normal posterior, so that exp of twice that is the variance.
"""

from __future__ import annotations

from math import exp
from typing import Any

from ..errors import ReadError
from ..estimates import NORMAL_975, Estimate, Estimates
from ..facts.knowledge import Facts, apply
from ..facts.learn import group_sizes, learn
from ..model import Model, Response
from ..parameters import Coefficient, Parameter, Variance
from .result_columns import read_expression, read_term
from .statsmodels_families import read_family
from .statsmodels_mixed import ONE_GROUP, component
from .statsmodels_results import read_categories, read_design

OF_COEFFICIENTS = "posterior mean and standard deviation"
OF_VARIANCES = "posterior median; its standard deviation by the delta method, from that of log σ"


def results(result: Any, facts: Facts) -> tuple[Model, Estimates]:
    """The model and the estimates of a ``BayesMixedGLMResults``, by variational Bayes or at the mode.

    Raises ReadError where the random effects have no names, as those of arrays.
    """
    fitted = result.model
    design = read_design(fitted)
    if getattr(fitted.data, "frame", None) is None:
        raise ReadError(
            "the random effects of the fit are columns without names", mend="Fit with from_formula."
        )
    parts = [
        component(name, _terms(fitted, place, list(design.frame.columns)), ONE_GROUP, 0.0)
        for place, name in enumerate(fitted.vcp_names)
    ]
    model = Model(
        Response(read_expression(str(fitted.endog_names), design.frame.columns)),
        design.terms,
        tuple(part.block for part in parts),
        family=read_family(fitted.family),
        categories=tuple(read_categories(design.terms, fitted.exog_names, design.frame)),
    )
    model = learn(apply(model, facts), design.frame)
    estimates = {**_fixed(result, design.terms), **_variances(result, [p.block for p in parts])}
    return model, Estimates(
        model, estimates, group_sizes(model, design.frame), len(design.frame), "statsmodels"
    )


def _terms(fitted: Any, place: int, columns: list[str]) -> list[Any]:
    named = zip(fitted.ident, fitted.vc_names, strict=True)
    return [read_term(str(name), columns) for number, name in named if number == place]


def _fixed(result: Any, terms: tuple[Any, ...]) -> dict[Parameter, Estimate]:
    rows = zip(terms, result.fe_mean.tolist(), result.fe_sd.tolist(), strict=True)
    return {
        Coefficient(t): Estimate(mean, sd, mean - NORMAL_975 * sd, mean + NORMAL_975 * sd, OF_COEFFICIENTS)
        for t, mean, sd in rows
    }


def _variances(result: Any, blocks: list[Any]) -> dict[Parameter, Estimate]:
    rows = zip(blocks, result.vcp_mean.tolist(), result.vcp_sd.tolist(), strict=True)
    return {Variance(b.group, b.terms[0]): _variance(mean, sd) for b, mean, sd in rows}


def _variance(log_sd: float, error: float) -> Estimate:
    value, reach = exp(2 * log_sd), exp(2 * NORMAL_975 * error)
    return Estimate(value, 2 * value * error, value / reach, value * reach, OF_VARIANCES)
