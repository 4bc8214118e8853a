"""Whatever the model: data are drawn from it, and what a fit of it implies is said, or honestly refused."""

from __future__ import annotations

from contextlib import suppress
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from strategies import models, nasty_models, unusual_models

import notation
import notation.fits.explanation
from notation import implied
from notation.errors import NotationError
from notation.estimates import Estimate, Estimates
from notation.expressions import variables
from notation.markup import write
from notation.model import Model
from notation.parameters import (
    Autocorrelation,
    Coefficient,
    Covariance,
    Dispersion,
    Parameter,
    ResidualVariance,
    Threshold,
    Variance,
    parameters,
)

VALUES = {
    Coefficient: 0.1,
    Variance: 1.0,
    Covariance: 0.2,
    Autocorrelation: 0.3,
    ResidualVariance: 1.0,
    Dispersion: 2.0,
}


def value(parameter: Parameter) -> float:
    return float(parameter.k) if isinstance(parameter, Threshold) else VALUES[type(parameter)]


def check(model: Model) -> None:
    """Everything that starts from a model with numbers: it works, or is refused by a NotationError."""
    numbers = {p: value(p) for p in parameters(model)}
    factors = {part for g in model.group_names for part in g.split(":")}
    sizes = {**dict.fromkeys(factors, 3), "observations": 2}
    counts = [*(variables(model.weights) if model.weights else ())]
    counts += [*(variables(model.response.trials) if model.response.trials else ())]
    plain = [n for n in model.variables if model.categories_of(n) is None and n not in model.group_names]
    given = {**dict.fromkeys(plain, ("uniform", 1, 2)), **dict.fromkeys(counts, ("integers", 1, 5))}
    try:
        data = notation.simulate(model, numbers, sizes, 1, given)
    except NotationError:
        return
    drawn = data.select_dtypes("number").to_numpy(dtype=float)
    assert np.isfinite(drawn).all()
    estimates = Estimates(
        model, {p: Estimate(v) for p, v in numbers.items()}, dict.fromkeys(sizes, 3), len(data)
    )
    fit = SimpleNamespace(model=model, estimates=estimates)
    for quantity in implied.quantities(fit, data, dict.fromkeys(plain, 1)):
        assert quantity.value is None or np.isfinite(quantity.value)
        assert str(quantity)
    assert len(notation.concordance(fit).frame()) == len(numbers)
    with suppress(NotationError):
        assert write(notation.fits.explanation.explain(fit, 0, data), "latex")


@given(models())
def test_models(model: Model) -> None:
    check(model)


@given(nasty_models)
def test_names_that_are_hard_to_write(model: Model) -> None:
    check(model)


@given(unusual_models())
def test_further_structures(model: Model) -> None:
    check(model)


def test_a_share_of_everything_is_one() -> None:
    """The intraclass correlations of all levels and the residual's share add up to one."""
    model = notation.read("y ~ 1 + (1 | a/b)")
    found = Estimates(model, {p: Estimate(2.0) for p in parameters(model)})
    fit = SimpleNamespace(model=model, estimates=found)
    assert implied.icc(fit, "a").value + implied.icc(fit, "b").value == pytest.approx(2 / 3)
