"""The estimates of statsmodels' single-level models, on the scale of the model's parameters."""

from __future__ import annotations

from typing import Any

from ..errors import ReadError
from ..estimates import Estimate, wald
from ..expressions import Term
from ..model import Model
from ..parameters import Coefficient, Dispersion, Parameter, ResidualVariance, Threshold

Pairs = list[tuple[Parameter, Estimate]]

NO_STD_ERROR = "statsmodels gives no standard error of the residual variance"


def read_estimates(result: Any, model: Model, terms: tuple[Term, ...]) -> Pairs:
    """The estimates of a single-level model; ``terms`` are those of its columns, in order.

    Raises ReadError for a fit without standard errors, and for a quasi-likelihood.
    """
    if not hasattr(result, "bse"):
        raise ReadError("the fit has no standard errors: a regularized fit is not read")
    match model.family.name:
        case "multinomial":
            return _multinomial(result, model, terms)
        case "cumulative":
            return [*_coefficients(result, terms), *_thresholds(result, len(terms))]
        case _:
            return [*_coefficients(result, terms), *_remaining(result, model)]


def _coefficients(result: Any, terms: tuple[Term, ...]) -> Pairs:
    import numpy

    # Those of a multinomial model of two categories come in one column.
    values, errors = numpy.ravel(result.params), numpy.ravel(result.bse)
    rows = zip(terms, values, errors, numpy.reshape(result.conf_int(), (-1, 2)), strict=False)
    note = _kind_of_errors(result)
    return [
        (Coefficient(term), Estimate(float(value), float(error), float(low), float(high), note))
        for term, value, error, (low, high) in rows
    ]


def _kind_of_errors(result: Any) -> str:
    kind = getattr(result, "cov_type", "nonrobust")
    return "" if kind == "nonrobust" else f"standard errors of type {kind}"


def _multinomial(result: Any, model: Model, terms: tuple[Term, ...]) -> Pairs:
    import numpy

    values, errors = numpy.asarray(result.params), numpy.asarray(result.bse)
    ends = numpy.asarray(result.conf_int()).reshape(values.shape[1], values.shape[0], 2)
    name = getattr(model.response.expression, "name", "")
    known = model.categories_of(name)
    categories = known.names[1:] if known else tuple(map(str, range(1, values.shape[1] + 1)))
    return [
        (
            Coefficient(term, category),
            Estimate(*numpy.array([values[k, c], errors[k, c], *ends[c, k]]).tolist()),
        )
        for c, category in enumerate(categories)
        for k, term in enumerate(terms)
    ]


def _thresholds(result: Any, slopes: int) -> Pairs:
    """θ_k: statsmodels keeps the first and the logarithms of the steps; errors by the delta method."""
    import numpy

    parameters = numpy.asarray(result.params)
    values = result.model.transform_threshold_params(parameters)[1:-1]
    steps = numpy.concatenate([[1.0], numpy.exp(parameters[slopes + 1 :])])
    slope = numpy.tril(numpy.tile(steps, (len(steps), 1)))
    covariance = numpy.asarray(result.cov_params())[slopes:, slopes:]
    errors = numpy.sqrt(numpy.diag(slope @ covariance @ slope.T))
    return [
        (Threshold(k), wald(float(v), float(se)))
        for k, (v, se) in enumerate(zip(values, errors, strict=True), 1)
    ]


def _remaining(result: Any, model: Model) -> Pairs:
    match model.family.name:
        case "gaussian":
            return [(ResidualVariance(), Estimate(_residual_variance(result), note=NO_STD_ERROR))]
        case "gamma":
            note = "the shape is 1 over statsmodels' scale, which has no standard error"
            return [(Dispersion(), Estimate(1 / float(result.scale), note=note))]
        case "negative_binomial":
            return [(Dispersion(), _shape(result))]
        case "quasi" | "quantile":
            return []  # the scale is said in words
        case family if float(getattr(result, "scale", 1.0)) != 1.0:
            raise ReadError(f"a {family} model with an estimated scale is a quasi-likelihood: it is not read")
        case _:
            return []


def weights_of(fitted: Any) -> Any:
    """The weights w of a residual variance σ²/w, one an observation; None without weights."""
    match type(fitted).__name__:
        case "WLS":
            return fitted.weights
        case "GLS" if fitted.sigma is not None:
            return 1 / fitted.sigma
        case "GLM":
            return getattr(fitted, "var_weights", None)
        case _:
            return None


def _residual_variance(result: Any) -> float:
    """σ²; weights that are all the same stand in no equation, and are part of it."""
    weights, scale = weights_of(result.model), float(result.scale)
    equal = weights is not None and (weights == weights[0]).all()
    return scale / float(weights[0]) if equal else scale


def _shape(result: Any) -> Estimate:
    """θ = 1/α of a negative binomial; α is given in a GLM, estimated otherwise."""
    import numpy

    if type(result.model).__name__ == "GLM":
        return Estimate(1 / float(result.model.family.alpha), note="given, and not estimated")
    alpha, error = float(numpy.asarray(result.params)[-1]), float(numpy.asarray(result.bse)[-1])
    return wald(1 / alpha, error / alpha**2)
