"""Implied quantities against numbers computed by hand, by numpy, and published ones."""

from __future__ import annotations

from functools import cache
from math import pi
from types import SimpleNamespace

import numpy as np
import pytest

import notation
from notation import CannotSay, NotYet, UnknownName, datasets, implied
from notation.engines import Fit
from notation.estimates import Estimate, Estimates
from notation.expressions import INTERCEPT
from notation.numbers.covariances import block_covariance
from notation.parameter_names import resolve
from notation.parameters import Coefficient, ResidualVariance, Variance

NULL = "math ~ 1 + (1 | sch_id)"
CROSS_LEVEL = "math ~ ses*sector + meanses + (ses | sch_id)"
CENTRED = "math ~ I(ses - ave(ses, sch_id)) + (I(ses - ave(ses, sch_id)) | sch_id)"
GROWTH = "math ~ year + female + (year | schoolid/childid)"


@cache
def fitted(formula: str, engine: str = "auto") -> Fit:
    return notation.fit(formula, data_of(formula), engine=engine)


@cache
def data_of(formula: str):
    return datasets.egsingle() if "schoolid" in formula else datasets.hsb()


def given(
    formula: str, values: dict[str, float], family: str | None = None, link: str | None = None
) -> object:
    """A model with these estimates, without any data."""
    model = notation.read(formula, levels={}, family=family, link=link)
    found = {p: Estimate(v) for p, v in resolve(model, values).items()}
    return SimpleNamespace(model=model, estimates=Estimates(model, found, {"g": 10}, 100))


# ------------------------------------------------------------------ intraclass correlations


def test_the_null_model_of_the_textbook() -> None:
    found = implied.icc(fitted(NULL))
    assert found.value == pytest.approx(0.1803, abs=1e-4)  # Raudenbush & Bryk (2002), ch. 4
    assert str(found) == "ICC = τ_00/(τ_00 + σ²) = 8.614/(8.614 + 39.148) = 0.180"
    assert found.note == "unconditional"
    assert r"\frac{\tau_{00}}{\tau_{00} + \sigma^2}" in found.write("latex")


SLOPES = {
    "(Intercept)": 1,
    "x": 2,
    "Var(g, (Intercept))": 4,
    "Var(g, x)": 1,
    "Cov(g, (Intercept), x)": 0.5,
    "Residual": 9,
}


@pytest.mark.parametrize("x", [-2.0, 0.0, 0.5, 3.0])
def test_with_random_slopes_it_is_a_function_of_the_predictor(x: float) -> None:
    fit = given("y ~ x + (x | g)", SLOPES)
    between = 4 + 2 * 0.5 * x + x**2
    assert implied.icc(fit, at={"x": x}).value == pytest.approx(between / (between + 9))
    assert implied.response_variance(fit, {"x": x}).value == pytest.approx(between + 9)


def test_without_the_value_of_the_predictor_the_formula_stands_alone() -> None:
    found = implied.icc(given("y ~ x + (x | g)", SLOPES))
    assert found.value is None
    assert str(found).startswith(
        "ICC = (τ_00 + τ_11 x²_ij + 2 τ_01 x_ij)/(τ_00 + τ_11 x²_ij + 2 τ_01 x_ij + σ²)"
    )
    assert found.note == "conditional on the predictors"


def test_independent_slopes_have_no_covariance() -> None:
    values = {k: v for k, v in SLOPES.items() if not k.startswith("Cov")}
    found = implied.icc(given("y ~ x + (x || g)", values), at={"x": 2})
    assert found.value == pytest.approx(8 / 17)


def test_each_level_has_its_share() -> None:
    fit = fitted("math ~ 1 + (1 | schoolid/childid)")
    school, child, residual = (
        fit.estimates[p].value
        for p in (Variance("schoolid", INTERCEPT), Variance("childid", INTERCEPT), ResidualVariance())
    )
    assert implied.icc(fit, "schoolid").value == pytest.approx(school / (school + child + residual))
    assert implied.icc(fit, "childid").value == pytest.approx(child / (school + child + residual))
    with pytest.raises(UnknownName, match="schoolid"):
        implied.icc(fit, "school")


LATENT = [("logit", pi**2 / 3, "π²/3"), ("probit", 1.0, "1, "), ("cloglog", pi**2 / 6, "π²/6")]


@pytest.mark.parametrize(("link", "residual", "words"), LATENT)
def test_the_residual_variance_of_generalized_models_is_named(link: str, residual: float, words: str) -> None:
    fit = given("y ~ x + (1 | g)", {"(Intercept)": 0, "x": 1, "Var(g, (Intercept))": 2}, "binomial", link)
    found = implied.icc(fit)
    assert found.value == pytest.approx(2 / (2 + residual))
    assert words in found.note
    assert str(implied.response_variance(fit)).startswith("Var(y_ij^*) = τ_00 + ")


TAU, INTERCEPT_VALUE, SHAPE = 0.5, 1.2, 2.0
MEAN = np.exp(INTERCEPT_VALUE + TAU / 2)
LOGNORMAL = [
    ("poisson", {}, np.log(1 + 1 / MEAN)),
    ("negative_binomial", {"Dispersion": SHAPE}, np.log(1 + 1 / MEAN + 1 / SHAPE)),
    ("gamma", {"Dispersion": SHAPE}, np.log(1 + 1 / SHAPE)),
]
"""Nakagawa, Johnson & Schielzeth (2017), table 1."""


@pytest.mark.parametrize(("family", "further", "residual"), LOGNORMAL)
def test_counts_and_positive_responses(family: str, further: dict[str, float], residual: float) -> None:
    values = {"(Intercept)": INTERCEPT_VALUE, "Var(g, (Intercept))": TAU, **further}
    found = implied.icc(given("y ~ 1 + (1 | g)", values, family, "log"))
    assert found.value == pytest.approx(TAU / (TAU + residual))
    assert "lognormal approximation" in found.note


# ------------------------------------------------------------------ explained variance


def by_hand(formula: str, z: list[str], group: str) -> tuple[float, float]:
    """R² from the rows: the variance of Xβ, and the mean of z′Σz."""
    fit, data = fitted(formula), data_of(formula)
    e = fit.estimates
    fixed = sum(
        estimate.value * np.prod([data[f.name] for f in p.term.factors] or [np.ones(len(data))], axis=0)
        for p, estimate in e.items()
        if isinstance(p, Coefficient)
    )
    block = next(b for b in fit.model.random if b.group == group)
    matrix = block_covariance(block, {p: v.value for p, v in e.items()})
    rows = np.column_stack([np.ones(len(data)), *(data[name] for name in z)])
    random = np.einsum("ij,jk,ik->i", rows, matrix, rows).mean()
    explained, residual = np.var(fixed, ddof=1), e[ResidualVariance()].value
    total = explained + random + residual
    return explained / total, (explained + random) / total


@pytest.mark.parametrize(
    ("formula", "z"), [(NULL, []), ("math ~ ses + (1 | sch_id)", []), (CROSS_LEVEL, ["ses"])]
)
def test_r_squared(formula: str, z: list[str]) -> None:
    fit, data = fitted(formula), data_of(formula)
    marginal, conditional = by_hand(formula, z, "sch_id")
    assert implied.marginal_r2(fit, data).value == pytest.approx(marginal, abs=1e-12)
    assert implied.conditional_r2(fit, data).value == pytest.approx(conditional, abs=1e-12)


def test_r_squared_with_slopes_at_two_levels() -> None:
    """Computed in R from what lme4 1.1-31 estimates: var(Xβ), and the mean of z′Σz at each level."""
    fit, data = fitted(GROWTH), datasets.egsingle()
    assert implied.marginal_r2(fit, data).value == pytest.approx(0.4841052, abs=2e-6)
    assert implied.conditional_r2(fit, data).value == pytest.approx(0.8711471, abs=2e-6)


def test_r_squared_of_a_linear_model_is_that_of_least_squares() -> None:
    fit = fitted("math ~ ses")
    data = datasets.hsb()
    # σ² is divided by n − 2 and the fixed variance by n − 1, so the two differ a little.
    assert implied.marginal_r2(fit, data).value == pytest.approx(
        np.corrcoef(data.math, data.ses)[0, 1] ** 2, rel=1e-3
    )


# ------------------------------------------------------------------ simple slopes


def test_simple_slopes_and_their_standard_errors() -> None:
    """The slope where sector is 1 is the coefficient of ses after sector is turned round."""
    fit = fitted(CROSS_LEVEL)
    turned = datasets.hsb().assign(sector=lambda d: 1 - d.sector)
    expected = notation.fit(CROSS_LEVEL, turned).table().set_index("term").loc["ses"].iloc[0]
    found = implied.simple_slope(fit, "ses", {"sector": 1})
    assert found.value == pytest.approx(expected["estimate"], rel=1e-4)
    assert found.std_error == pytest.approx(expected["std_error"], rel=1e-3)
    assert "slope_ses = γ_10 + γ_11 sector_j" in str(found)
    at_zero = implied.simple_slope(fit, "ses", {"sector": 0})
    table = fit.table().set_index("term")
    assert at_zero.std_error == pytest.approx(table.loc["ses", "std_error"].iloc[0])


def test_simple_slopes_by_statsmodels() -> None:
    fit = fitted("math ~ ses*sector")
    found = implied.simple_slope(fit, "ses", {"sector": 1})
    assert list(fit.result.params.index) == ["(Intercept)", "x2", "x3", "x4"]
    assert found.std_error == pytest.approx(float(np.squeeze(fit.result.t_test([0, 1, 0, 1]).sd)))


ENGINES = [("mixedlm", CROSS_LEVEL, 1e-6), ("statsmodels", "math ~ ses*sector + (1 | sch_id)", 2e-2)]


@pytest.mark.parametrize(("engine", "formula", "tolerance"), ENGINES)
def test_standard_errors_can_be_computed_from_the_data(engine: str, formula: str, tolerance: float) -> None:
    """statsmodels allows for the variances being estimated, so its own are a little larger."""
    fit = fitted(formula, engine)
    bare = SimpleNamespace(model=fit.model, estimates=fit.estimates)
    own = implied.simple_slope(fit, "ses", {"sector": 1})
    computed = implied.simple_slope(bare, "ses", {"sector": 1}, datasets.hsb())
    assert computed.std_error == pytest.approx(own.std_error, rel=tolerance)


def test_results_of_engines_are_taken_as_they_are() -> None:
    mixedlm = pytest.importorskip("mixedlm")
    result = mixedlm.lmer("math ~ ses*sector + (1 | sch_id)", datasets.hsb())
    fit = notation.fit("math ~ ses*sector + (1 | sch_id)", datasets.hsb(), engine="mixedlm")
    assert implied.icc(result).value == pytest.approx(implied.icc(fit).value, rel=1e-5)
    own, taken = (implied.simple_slope(f, "ses", {"sector": 1}) for f in (fit, result))
    assert taken.std_error == pytest.approx(own.std_error, rel=1e-5)


def test_what_an_engine_does_not_give_is_said() -> None:
    found = implied.simple_slope(given("y ~ x + (x | g)", SLOPES), "x")
    assert (found.value, found.std_error) == (2, None)
    assert "does not give" in found.note


SLOPES_REFUSED = [
    ("y ~ x + (1 | g)", "z", UnknownName, "unknown variable 'z'"),
    ("y ~ x + I(x^2) + (1 | g)", "x", NotYet, "inside of a function"),
]


@pytest.mark.parametrize(("formula", "variable", "kind", "words"), SLOPES_REFUSED)
def test_slopes_refused(formula: str, variable: str, kind: type[Exception], words: str) -> None:
    values = {"(Intercept)": 0, "x": 1, "I(x^2)": 1, "Var(g, (Intercept))": 1, "Residual": 1}
    if "^" not in formula:
        del values["I(x^2)"]
    with pytest.raises(kind, match=words):
        implied.simple_slope(given(formula, values), variable)


# ------------------------------------------------------------------ groups


def test_design_effect_and_reliability() -> None:
    fit, data = fitted(NULL), datasets.hsb()
    tau, sigma = fit.estimates[Variance("sch_id", INTERCEPT)].value, fit.estimates[ResidualVariance()].value
    sizes = data.groupby("sch_id").size()
    assert implied.design_effect(fit).value == pytest.approx(1 + (7185 / 160 - 1) * tau / (tau + sigma))
    found = implied.reliability(fit, data)
    assert found.value == pytest.approx((tau / (tau + sigma / sizes)).mean())
    assert found.value == pytest.approx(0.901, abs=1e-3)  # HLM prints .901 for these data
    assert str(found) == "λ̄ = mean(τ_00/(τ_00 + σ²/n_j)) = 0.901"


def test_reliability_with_random_slopes() -> None:
    """Against the least-squares regression of each school, one by one."""
    fit, data = fitted(CENTRED), datasets.hsb()
    tau, sigma = (
        fit.estimates[p].value for p in (Variance("sch_id", fit.model.fixed[1]), ResidualVariance())
    )
    shares = []
    for _, school in data.groupby("sch_id"):
        centred = school.ses - school.ses.mean()
        shares.append(tau / (tau + sigma / (centred**2).sum()))
    found = implied.reliability(fit, data, fit.model.fixed[1])
    assert found.value == pytest.approx(np.mean(shares))


def test_all_that_is_defined_is_listed() -> None:
    names = [q.name for q in implied.quantities(fitted(NULL), datasets.hsb())]
    assert len(names) == 6
    assert [q.name for q in implied.quantities(fitted("math ~ ses"))] == [
        "variance of the response given its predictors"
    ]


POISSON = {"(Intercept)": 0, "x": 1, "Var(g, (Intercept))": 1}
REFUSED = [
    (implied.icc, given("y ~ x + (1 | g)", POISSON, "poisson"), NotYet, "several definitions"),
    (
        implied.icc,
        given("y ~ x", {"(Intercept)": 0, "x": 1, "Residual": 1}),
        CannotSay,
        "no variance between",
    ),
    (implied.design_effect, given("y ~ x + (1 | g)", POISSON, "binomial"), CannotSay, "latent"),
]


@pytest.mark.parametrize(("function", "fit", "kind", "words"), REFUSED)
def test_refusals(function, fit, kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        function(fit)
