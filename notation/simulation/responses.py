"""The response, drawn from its distribution given the linear predictor.

Each family in the parameters in which the equations write it: NegativeBinomial(μ, θ) has variance
μ + μ²/θ, Gamma(μ, ν) has μ²/ν, Beta(μ, φ) has μ(1 − μ)/(1 + φ); a cumulative model has
link(P(y ≤ k)) = θ_k − η (McCullagh 1980), a multinomial one log(π_c / π_reference) = η_c.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..errors import DataError, NeedsMore, NotYet
from ..expressions import Call, Constant, Variable
from ..model import Model
from ..numbers.evaluate import evaluate, labels
from ..numbers.links import mean_of
from ..numbers.rows import number_of_units
from ..parameters import Autocorrelation, Dispersion, Parameter, ResidualVariance, Threshold
from ..spelling import spell
from .predictors import trials_variables

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray
    from pandas import DataFrame

    Array = NDArray[Any]

Values = Mapping[Parameter, float]


def name_of_response(model: Model) -> str:
    """The column that the response is drawn into. Raises NotYet for functions without an inverse here."""
    match model.response.expression:
        case Variable(name) | Call("log" | "sqrt", (Variable(name),)):
            return name
        case other:
            raise NotYet(f"A response {spell(other)} cannot be drawn: make it a variable of its own.")


def draw_response(
    model: Model, rows: DataFrame, values: Values, predictor: Mapping[str, Array], rng: Generator
) -> dict[str, Any]:
    """The column of the response, and of the failures where trials are successes and failures."""
    name = name_of_response(model)
    match model.family.name:
        case "gaussian":
            mean = mean_of(model.family.link, predictor[""])
            drawn = _untransformed(model, mean + _residuals(model, rows, values, rng))
        case "binomial":
            return _binomial(model, rows, _mean(model, predictor[""]), rng)
        case "cumulative":
            drawn = _cumulative(model, values, predictor[""], rng)
        case "multinomial":
            drawn = _multinomial(model, predictor, rng)
        case "quasi" | "quantile":
            raise NotYet("A response without a distribution cannot be drawn: choose a family for it.")
        case _:
            drawn = _positive(model, _mean(model, predictor[""]), values, rng)
    return {name: drawn}


# ------------------------------------------------------------------ Gaussian


def _untransformed(model: Model, values: Array) -> Array:
    """The variable itself, where the model is one of its logarithm or its square root."""
    import numpy

    match model.response.expression:
        case Call("log", (_,)):
            return numpy.exp(values)
        case Call("sqrt", (_,)):
            if (values < 0).any():
                raise DataError(f"{spell(model.response.expression)} would be negative with these parameters")
            return numpy.square(values)
        case _:
            return values


def _residuals(model: Model, rows: DataFrame, values: Values, rng: Generator) -> Array:
    import numpy

    drawn = rng.standard_normal(len(rows))
    if model.residual is not None and model.residual.ar1_within is not None:
        drawn = _autocorrelated(drawn, _groups(model, rows), values[Autocorrelation()])
    return drawn * numpy.sqrt(_variances(model, rows, values) / _weights(model, rows))


def _groups(model: Model, rows: DataFrame) -> Array:
    group = (model.residual and model.residual.ar1_within) or ""
    return number_of_units(model, group, rows)


def _autocorrelated(noise: Array, groups: Array, rho: float) -> Array:
    """Residuals of variance one, each ρ times the one before in its group plus something new."""
    found = noise.copy()
    last: dict[int, int] = {}
    for row, group in enumerate(groups):
        if group in last:
            found[row] = rho * found[last[group]] + (1 - rho**2) ** 0.5 * noise[row]
        last[group] = row
    return found


def _variances(model: Model, rows: DataFrame, values: Values) -> Array | float:
    by = model.residual.by if model.residual is not None else None
    if by is None:
        return values[ResidualVariance()]
    if model.categories_of(by) is None:
        raise NeedsMore(f"The categories of {by} are not known, so its residual variances are not either.")
    variances = {p.category: v for p, v in values.items() if isinstance(p, ResidualVariance)}
    found: Array = labels(rows[by]).map(variances).to_numpy(dtype=float)
    return found


def _weights(model: Model, rows: DataFrame) -> Array | float:
    if model.weights is None:
        return 1.0
    weights: Array = evaluate(model.weights, rows).to_numpy()
    if not (weights > 0).all():
        raise DataError(f"the weights {spell(model.weights)} must be positive")
    return weights


# ------------------------------------------------------------------ counts, shares and positive numbers

_RANGES: dict[str, tuple[float, float, str]] = {
    "binomial": (0, 1, "a probability"),
    "beta": (0, 1, "a mean between 0 and 1"),
    "poisson": (0, float("inf"), "a mean above 0"),
    "negative_binomial": (0, float("inf"), "a mean above 0"),
    "gamma": (0, float("inf"), "a mean above 0"),
}


def _mean(model: Model, predictor: Array) -> Array:
    import numpy

    mean = mean_of(model.family.link, predictor)
    low, high, what = _RANGES[model.family.name]
    if not (numpy.isfinite(mean) & (mean >= low) & (mean <= high)).all():
        raise DataError(
            f"the {model.family.link} link gives some observations a mean that is not {what}: choose other "
            "parameters or predictors"
        )
    return mean


def _positive(model: Model, mean: Array, values: Values, rng: Generator) -> Array:
    try:
        return _drawn(model.family.name, mean, values.get(Dispersion(), 0.0), rng)
    except ValueError:  # numpy has a largest mean for counts
        raise DataError(f"the means of {name_of_response(model)} are too large to draw counts from") from None


def _drawn(family: str, mean: Array, shape: float, rng: Generator) -> Array:
    match family:
        case "poisson":
            return rng.poisson(mean)
        case "negative_binomial":
            return rng.negative_binomial(shape, shape / (shape + mean))
        case "gamma":
            return rng.gamma(shape, mean / shape)
        case _:
            return rng.beta(mean * shape, (1 - mean) * shape)


def _binomial(model: Model, rows: DataFrame, mean: Array, rng: Generator) -> dict[str, Any]:
    """Successes in their trials; where the trials are successes plus failures, both columns."""
    name = name_of_response(model)
    match model.response.trials:
        case None:
            return {name: _binary(model, rng.binomial(1, mean))}
        case Call("+", (Variable(first), Variable(second))) if name in (first, second):
            failures = second if first == name else first
            drawn = rng.binomial(_whole(rows[failures].to_numpy(), failures), mean)
            return {name: drawn, failures: rows[failures].to_numpy() - drawn}
        case Constant(value):
            return {name: rng.binomial(int(value), mean)}
        case trials if trials_variables(model) and name not in trials_variables(model):
            return {name: rng.binomial(_whole(evaluate(trials, rows).to_numpy(), spell(trials)), mean)}
        case trials:
            raise NotYet(f"A number of trials {spell(trials)} cannot be drawn from.")


def _binary(model: Model, drawn: Array) -> Any:
    """0 and 1, or the two categories of the response if it has names for them."""
    import pandas

    known = model.categories_of(name_of_response(model))
    return drawn if known is None else pandas.Categorical.from_codes(drawn, known.names)


def _whole(trials: Array, name: str) -> Array:
    whole = trials.round().astype(int)
    if (whole != trials).any() or (whole < 0).any():
        raise DataError(f"{name}, the number of trials, must be a whole number and not negative")
    return whole


# ------------------------------------------------------------------ categories


def _cumulative(model: Model, values: Values, predictor: Array, rng: Generator) -> Any:
    import numpy
    import pandas

    thresholds = [values[Threshold(k)] for k in range(1, 1 + sum(isinstance(p, Threshold) for p in values))]
    if any(b <= a for a, b in pairwise(thresholds)):
        raise DataError("the thresholds must increase from one to the next")
    below = mean_of(model.family.link, numpy.subtract.outer(thresholds, predictor))
    chosen = (rng.uniform(size=len(predictor)) > below).sum(axis=0)
    known = model.categories_of(name_of_response(model))
    if known is None:
        return chosen + 1
    return pandas.Categorical.from_codes(chosen, known.names, ordered=True)


def _multinomial(model: Model, predictor: Mapping[str, Array], rng: Generator) -> Any:
    import numpy
    import pandas

    known = model.categories_of(name_of_response(model))
    if known is None:
        name = name_of_response(model)
        raise NeedsMore(f'The categories of {name} are not known: categories={{"{name}": ["A", "B", "C"]}}.')
    if model.random:
        raise NotYet("Random effects of a multinomial model, one for each category, are not drawn so far.")
    scores = numpy.column_stack(
        [numpy.zeros(len(next(iter(predictor.values())))), *(predictor[c] for c in known.names[1:])]
    )
    odds = numpy.exp(scores - scores.max(axis=1, keepdims=True))
    below = (odds / odds.sum(axis=1, keepdims=True)).cumsum(axis=1)
    chosen = (rng.uniform(size=len(scores))[:, None] > below[:, :-1]).sum(axis=1)
    return pandas.Categorical.from_codes(chosen, known.names)
