"""statsmodels: linear and generalized linear models, and linear mixed ones with one grouping factor."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..errors import FitError
from ..estimates import Estimate, Estimates, spreads, wald
from ..model import GAUSSIAN, Model
from ..parameters import Coefficient, Parameter, ResidualVariance
from . import Fit
from .design import Design, check_family, design
from .diagnosis import NOT_CONVERGED, SINGULAR, in_the_users_words, remarks
from .statsmodels_estimates import read_estimates
from .statsmodels_families import FAMILIES, make_family

if TYPE_CHECKING:
    from pandas import DataFrame

NO_STD_ERROR = "statsmodels gives standard errors of variances on another scale"

# With its own optimiser MixedLM misses the optimum on textbook data and may still report success.
OPTIMISER = {"method": "powell", "xtol": 1e-10, "ftol": 1e-12, "maxiter": 500}

BOUNDARY = 1e-4
"""A standard deviation below this share of the residual's is none: lme4's ``isSingular``."""


def fit(model: Model, data: DataFrame, reml: bool) -> Fit:
    """The model fitted by statsmodels; ``result`` is its object, with the columns of the design.

    Raises FitError for what ``MixedLM`` cannot fit: several grouping factors, several blocks of random
    effects, weights beside random effects.
    """
    _check(model)
    columns = design(model, data)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            result = _mixed(columns, reml) if model.random else _single_level(columns, model)
        except (ValueError, ArithmeticError) as error:
            words = in_the_users_words(str(error), columns.names)
            raise FitError(f"statsmodels could not fit the model: {words}") from error
    if model.random:
        pairs = _mixed_estimates(columns, result)
    elif model.family == GAUSSIAN:
        pairs = _linear_estimates(columns, result, reml)
    else:
        pairs = read_estimates(result, model, model.fixed)
    estimates = Estimates(model, dict(pairs), columns.groups, len(columns.frame), "statsmodels")
    spoken = (str(w.message) for w in said if issubclass(w.category, UserWarning))
    messages = dict.fromkeys(in_the_users_words(message, columns.names) for message in spoken)
    further = (*state(result), *_remarks(model, columns, result, estimates))
    return Fit(model, estimates, result, "statsmodels", (*columns.warnings, *messages, *further))


def _remarks(model: Model, columns: Design, result: Any, estimates: Estimates) -> Iterator[str]:
    if ResidualVariance() in estimates:
        return remarks(model, columns.response, residual=estimates[ResidualVariance()].value)
    import numpy

    with numpy.errstate(all="ignore"):  # where responses are separated the means are at their limits
        return remarks(model, columns.response, means=numpy.asarray(result.fittedvalues))


def _check(model: Model) -> None:
    instead = "mixedlm can: choose the engine mixedlm"
    if model.random:
        check_family(model, ("gaussian",), "statsmodels' MixedLM", "mixedlm fits binomial and poisson ones")
    check_family(model, FAMILIES, "statsmodels", "glmmTMB and ordinal in R can")
    if len({b.group for b in model.random}) > 1:
        names = " and ".join(dict.fromkeys(b.group for b in model.random))
        raise FitError(f"statsmodels' MixedLM is fitted with one grouping factor, not {names}; {instead}")
    if len(model.random) > 1:
        group = model.random[0].group
        raise FitError(f"statsmodels' MixedLM is not fitted with independent effects of {group}; {instead}")
    if model.random and model.weights is not None:
        raise FitError(f"statsmodels' MixedLM takes no weights; {instead}")


def _response(columns: Design) -> Any:
    """The response less the offset, which is the same model when the link is the identity."""
    y = columns.frame["y"]
    return y if columns.offset is None else y - columns.offset


def _single_level(columns: Design, model: Model) -> Any:
    """A linear model, a generalized one, or a negative binomial one whose shape is estimated, too."""
    if model.family == GAUSSIAN:
        return _linear(columns)
    if model.family.name == "negative_binomial":
        return _negative_binomial(columns, model)
    from statsmodels.api import GLM

    y = columns.frame["y"]
    if columns.trials is not None:
        y = y.to_frame("y").assign(others=columns.trials - y)
    weights = {} if columns.weights is None else {"var_weights": columns.weights}
    family = make_family(model.family)
    return GLM(y, columns.frame[list(columns.fixed)], family=family, offset=columns.offset, **weights).fit()


def _negative_binomial(columns: Design, model: Model) -> Any:
    from statsmodels.api import NegativeBinomial

    if model.family.link != "log":
        raise FitError(
            f"statsmodels fits negative binomial models with the log link, not {model.family.link}"
        )
    fixed = columns.frame[list(columns.fixed)]
    return NegativeBinomial(columns.frame["y"], fixed, offset=columns.offset).fit(disp=False, maxiter=200)


def _linear(columns: Design) -> Any:
    from statsmodels.api import WLS

    weights = 1.0 if columns.weights is None else columns.weights
    return WLS(_response(columns), columns.frame[list(columns.fixed)], weights=weights).fit()


def _mixed(columns: Design, reml: bool) -> Any:
    from statsmodels.api import MixedLM

    block = columns.blocks[0]
    model = MixedLM(
        _response(columns),
        columns.frame[list(columns.fixed)],
        groups=columns.frame[block.group],
        exog_re=columns.frame[list(block.columns)],
    )
    return model.fit(reml=reml, **OPTIMISER)


def state(result: Any) -> list[str]:
    """What has to be said of a fit: no convergence, a variance on its boundary."""
    reported = getattr(result, "mle_retvals", None) or {}
    converged = getattr(result, "converged", reported.get("converged", True))
    said = [] if converged else [NOT_CONVERGED]
    if hasattr(result, "cov_re") and _on_boundary(result):  # without random effects there is no boundary
        said.append(SINGULAR)
    return said


def _on_boundary(result: Any) -> bool:
    import numpy

    spreads = [*numpy.linalg.eigvalsh(numpy.asarray(result.cov_re)), *numpy.asarray(result.vcomp)]
    return bool(min(spreads) / result.scale < BOUNDARY**2)


Pairs = list[tuple[Parameter, Estimate]]


def _linear_estimates(columns: Design, result: Any, reml: bool) -> Pairs:
    coefficients = [Coefficient(columns.terms[name]) for name in columns.fixed]
    intervals = result.conf_int().to_numpy()  # by the t distribution
    rows = zip(coefficients, result.params, result.bse, intervals, strict=True)
    fixed = [(c, Estimate(float(b), float(se), float(low), float(high))) for c, b, se, (low, high) in rows]
    # REML of a linear model divides the residual sum of squares by the degrees of freedom, ML by n.
    variance = float(result.ssr / (result.df_resid if reml else result.nobs))
    return [*fixed, (ResidualVariance(), Estimate(variance, note=NO_STD_ERROR))]


def _mixed_estimates(columns: Design, result: Any) -> Pairs:
    import numpy

    coefficients = [Coefficient(columns.terms[name]) for name in columns.fixed]
    with numpy.errstate(invalid="ignore"):  # at a boundary some errors are no numbers
        rows = list(zip(coefficients, result.fe_params, result.bse_fe, strict=True))
    fixed = [(c, wald(float(b), float(se))) for c, b, se in rows]
    block = columns.blocks[0].block
    random = spreads(block.group, block.terms, result.cov_re.to_numpy(), NO_STD_ERROR)
    return [*fixed, *random, (ResidualVariance(), Estimate(float(result.scale), note=NO_STD_ERROR))]
