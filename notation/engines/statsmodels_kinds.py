"""The kinds of statsmodels' models: the family of each, and why some are not read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..errors import ReadError
from ..model import GAUSSIAN, Family
from .statsmodels_means import of_gee, of_glm, of_quantreg, of_rlm


def _of_gls(fitted: Any) -> Family:
    sigma = getattr(fitted, "sigma", None)
    if sigma is not None and getattr(sigma, "ndim", 0) == 2:
        raise ReadError("a GLS of statsmodels with correlated residuals has no equations here")
    return GAUSSIAN


def is_binary(fitted: Any) -> bool:
    """Whether the categories of a multinomial model are 0 and 1: then it is a logistic one."""
    return [str(name) for name in fitted._ynames_map.values()] == ["0", "1"]


def _of_negative_binomial(fitted: Any) -> Family:
    if fitted.loglike_method != "nb2":
        raise ReadError(
            f"a negative binomial model of form {fitted.loglike_method} is not read, only nb2: "
            "its variance is μ + μ²/θ"
        )
    return Family("negative_binomial")


def _of_ordered(fitted: Any) -> Family:
    kind = type(fitted.distr).__name__
    if kind not in ORDERED_LINKS:
        raise ReadError(f"an OrderedModel with the distribution {kind} is not read")
    return Family("cumulative", ORDERED_LINKS[kind])


ORDERED_LINKS = {
    "logistic_gen": "logit",
    "norm_gen": "probit",
    "gumbel_l_gen": "cloglog",
    "gumbel_r_gen": "loglog",
    "cauchy_gen": "cauchit",
}
"""The link of each distribution of scipy, whose cumulative distribution function is the inverse."""


KINDS: dict[str, Callable[[Any], Family]] = {
    "OLS": lambda _: GAUSSIAN,
    "WLS": lambda _: GAUSSIAN,
    "GLS": _of_gls,
    "Logit": lambda _: Family("binomial"),
    "Probit": lambda _: Family("binomial", "probit"),
    "Poisson": lambda _: Family("poisson"),
    "NegativeBinomial": _of_negative_binomial,
    "MNLogit": lambda fitted: Family("binomial" if is_binary(fitted) else "multinomial"),
    "OrderedModel": _of_ordered,
}
"""The family of each kind of model, by the name of its class."""

MEANS: dict[str, Callable[[Any], tuple[Family, tuple[str, ...]]]] = {
    "GLM": of_glm,
    "GEE": of_gee,
    "RLM": of_rlm,
    "QuantReg": of_quantreg,
}
"""The kinds that may state a mean only, with what is said of how it was estimated."""

MODULES = {
    "MixedLM": "statsmodels_mixed",
    "BinomialBayesMixedGLM": "statsmodels_bayes",
    "PoissonBayesMixedGLM": "statsmodels_bayes",
}
"""The modules that take apart the models with random effects."""

HAZARD = (
    "models a hazard, whose baseline is a curve and no parameter of an equation here",
    # Singer & Willett (2003), ch. 12.
    "The same coefficients are those of a binomial model with the link cloglog on person-period data.",
)
SERIES = (
    "relates an observation to those before it, which the equations here do not say",
    "A lagged column of the data, as a predictor of OLS or MixedLM, can be written.",
)
MIXTURE = (
    "is a mixture of two models, which one equation does not say",
    "The parts can be fitted and read alone.",
)

REFUSED: dict[str, tuple[str, str]] = {
    "PHReg": HAZARD,
    "ARIMA": SERIES,
    "SARIMAX": SERIES,
    "AutoReg": SERIES,
    "VAR": SERIES,
    "GLSAR": SERIES,
    "ZeroInflatedPoisson": MIXTURE,
    "ZeroInflatedNegativeBinomialP": MIXTURE,
    "ZeroInflatedGeneralizedPoisson": MIXTURE,
}
"""Why the kinds that people meet most are not read, and what to do instead."""
