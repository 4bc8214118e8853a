"""statsmodels' models of a mean without a distribution: marginal, robust and quasi-likelihood ones.

Their equations say what the mean is, and no more. How it was estimated is said in words beside them.
"""

from __future__ import annotations

from math import isfinite
from typing import Any

from ..errors import ReadError
from ..estimates import shown
from ..model import Family
from ..options import Options
from .result_columns import find_column
from .statsmodels_families import read_family, read_link

NORMS = {
    "HuberT": "Huber's T",
    "LeastSquares": "least squares",
    "RamsayE": "Ramsay's Ea",
    "AndrewWave": "Andrews' wave",
    "TrimmedMean": "the trimmed mean",
    "Hampel": "Hampel's",
    "TukeyBiweight": "Tukey's biweight",
}
"""The loss functions of ``statsmodels.robust.norms``."""


def of_gee(result: Any) -> tuple[Family, tuple[str, ...]]:
    """A marginal model: its link, and the working correlation, which is no claim about the response."""
    fitted = result.model
    how, found = type(fitted.cov_struct).__name__.lower(), fitted.cov_struct.dep_params
    number = f", {_number(float(found))}" if how in ONE_NUMBER and isfinite(found) else ""
    remark = (
        "The mean is that over all groups, estimated by generalized estimating equations; working "
        f"correlation within {_groups(fitted)}: {how}{number}."
    )
    return Family("quasi", read_link(fitted.family)), (remark,)


ONE_NUMBER = ("exchangeable", "autoregressive")
"""The working correlations that are one number."""


def of_rlm(result: Any) -> tuple[Family, tuple[str, ...]]:
    """A robust regression by M-estimation (Huber 1981): the center, without a law of the residuals."""
    kind = type(result.model.M).__name__
    norm = NORMS.get(kind, kind)
    remark = (
        f"The mean is estimated robustly, by M-estimation with the norm {norm}; it is the mean where "
        f"residuals are symmetric, and their scale is {_number(float(result.scale))}."
    )
    return Family("quasi"), (remark,)


def of_quantreg(result: Any) -> tuple[Family, tuple[str, ...]]:
    """A quantile regression (Koenker 2005); the share of responses below is the engine's."""
    return Family("quantile", quantile=float(result.q)), ()


def of_glm(result: Any) -> tuple[Family, tuple[str, ...]]:
    """A generalized linear model; a quasi-likelihood where the dispersion of counts was estimated."""
    family = result.model.family
    kind, scale = type(family).__name__, float(result.scale)
    if kind in POWERS:
        power = _number(float(getattr(family, "var_power", POWERS[kind])))
        said = f"The variance is {_number(scale)} times the mean to the power of {power}."
        return Family("quasi", read_link(family)), (said,)
    if kind == "Binomial" and is_share(result.model) and not _is_weighted(result.model):
        said = "The response is a share; the variance of a single success is no claim about it."
        return Family("quasi", read_link(family)), (said,)
    if scale == 1 or kind not in ("Binomial", "Poisson", "NegativeBinomial"):
        return read_family(family), ()
    if _has_trials(result.model):
        raise ReadError(
            "a binomial model with trials and an estimated dispersion is a quasi-likelihood: it is not read",
            mend="Fit without scale=, and use robust standard errors.",
        )
    name = {"NegativeBinomial": "negative binomial"}.get(kind, kind)
    remark = f"The variance is {_number(scale)} times that of a {name} distribution."
    return Family("quasi", read_link(family)), (remark,)


POWERS = {"Tweedie": 1.0, "InverseGaussian": 3.0}
"""The powers of the mean in the variances of families that have no equations of their own here."""


def _has_trials(fitted: Any) -> bool:
    import numpy

    return bool(numpy.any(numpy.asarray(getattr(fitted, "n_trials", 1)) != 1))


def is_share(fitted: Any) -> bool:
    """Whether the response of a binomial model without trials is a share, and not 0 or 1."""
    return not _has_trials(fitted) and not ((fitted.endog == 0) | (fitted.endog == 1)).all()


def _is_weighted(fitted: Any) -> bool:
    weights = getattr(fitted, "var_weights", None)
    return weights is not None and not (weights == weights[0]).all()


def _groups(fitted: Any) -> str:
    frame = getattr(fitted.data, "frame", None)
    name = None if frame is None else find_column(fitted.groups, frame)
    return name or "groups"


def _number(value: float) -> str:
    from ..markup.plain import write_node  # words beside the equations are rare

    return write_node(shown(value, Options(digits=3)))
