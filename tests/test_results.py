"""Results that the user's own engine computed: what is read from each, and what is refused by name."""

from __future__ import annotations

import pickle
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import notation
from notation.engines.result_columns import read_term
from notation.engines.results import take_apart
from notation.estimates import Estimates
from notation.expressions import INTERCEPT, Indicator, Term, Variable
from notation.fits.engine_words import coefficient_covariance, names_in_engine
from notation.fits.fitted import as_fit
from notation.model import Family
from notation.parameters import Coefficient, Covariance, Dispersion, ResidualVariance, Threshold, Variance
from notation.spelling import spell_term

sm = pytest.importorskip("statsmodels.api")
smf = pytest.importorskip("statsmodels.formula.api")
ORDERED = pytest.importorskip("statsmodels.miscmodels.ordinal_model").OrderedModel

DATA = Path(__file__).parent / "data"


@cache
def machines() -> pd.DataFrame:
    frame = pd.read_csv(DATA / "machines.csv")
    frame["x"] = np.arange(len(frame)) % 7 + 1.0
    frame["w"] = frame["x"] + 1
    frame["high"] = (frame["score"] > 58).astype(int)
    frame["n"] = np.round(frame["score"] - 40).astype(int)
    frame["rest"] = 40 - frame["n"] // 2
    frame["grade"] = pd.cut(frame["score"], 4, labels=["a", "b", "c", "d"], ordered=True)
    return frame.assign(one=1, **{"a b": frame["x"] ** 1.5})


def quiet(fit: Callable[[], Any]) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return fit()


# ------------------------------------------------------------------ names of columns

NAMES: list[tuple[str, str]] = [
    ("Intercept", "(Intercept)"),
    ("const", "(Intercept)"),
    ("x", "x"),
    ("x:w", "x:w"),
    ("a b", "`a b`"),
    ("Q('a b')", "`a b`"),
    ("np.log(x)", "log(x)"),
    ("I(x ** 2)", "I(x^2)"),
    ("Machine[T.B]", "MachineB"),
    ("C(Machine)[T.B]", "MachineB"),
    ("C(Machine)[B]:x", "MachineB:x"),
    ("C(Machine, Treatment('B'))[T.A]", "MachineA"),
    ("C(k)[T.2.0]", "k2"),
    ("x[T.True]", "xTrue"),
    ("center(x)", "I(x - mean(x))"),
    ("C(when)[T.a:b]:x", "whena:b:x"),
]


@pytest.mark.parametrize(("name", "spelled"), NAMES)
def test_names_of_columns(name: str, spelled: str) -> None:
    assert spell_term(read_term(name, ["x", "w", "a b"])) == spelled


# ------------------------------------------------------------------ statsmodels

D = machines
FAMILIES = sm.families
KINDS: dict[str, tuple[Callable[[], Any], str]] = {
    "factor": (lambda: smf.ols("score ~ C(Machine)*x + np.log(x) + I(x**2)", D()).fit(),
               "score ~ Machine*x + log(x) + I(x^2)"),
    "another reference": (lambda: smf.ols("score ~ C(Machine, Treatment('B')) + Q('a b')", D()).fit(),
                          "score ~ Machine + `a b`"),
    "splines": (lambda: smf.ols("score ~ bs(x, df=4)*w", D()).fit(), "score ~ bs(x, df = 4)*w"),
    "a basis of patsy's own": (lambda: smf.ols("score ~ 0 + cr(x, df=4)", D()).fit(),
                               "score ~ 0 + cr(x, df = 4)"),
    "text as response": (lambda: smf.glm("kind ~ x", D().assign(kind=D().high.map({0: "low", 1: "up"})),
                                         family=FAMILIES.Binomial()).fit(), "kind ~ x"),
    "shares of trials": (lambda: smf.glm("share ~ x", D().assign(share=D().n / 40), var_weights=D().rest + 20,
                                         family=FAMILIES.Binomial()).fit(),
                         "cbind(share * weights, weights - share * weights) ~ x"),
    "cells": (lambda: smf.ols("score ~ x + C(Machine):C(Worker)", D()).fit(),
              "score ~ factor(Worker) + Machine:factor(Worker) + x"),
    "left out": (lambda: smf.mixedlm("score ~ x", D().assign(x=D().x.where(D().index != 3)), groups="Worker",
                                     missing="drop").fit(), "score ~ x + (1 | Worker)"),
    "no intercept": (lambda: smf.ols("score ~ 0 + Machine:x", D()).fit(), "score ~ 0 + Machine:x"),
    "transformed": (lambda: smf.ols("np.log(score) ~ center(x)", D()).fit(), "log(score) ~ I(x - mean(x))"),
    "arrays": (lambda: sm.OLS(D().score, sm.add_constant(D()[["x", "a b"]])).fit(), "score ~ x + `a b`"),
    "arrays without names": (
        lambda: sm.OLS(D().score.to_numpy(), sm.add_constant(D()[["x"]].to_numpy())).fit(), "y ~ x1"),
    "trials": (lambda: smf.glm("n + rest ~ x", D(), family=sm.families.Binomial()).fit(),
               "cbind(n, rest) ~ x"),
    "exposure": (lambda: smf.glm("n ~ x", D(), family=sm.families.Poisson(), exposure=D().w).fit(),
                 "n ~ x + offset(log(w))"),
    "offset": (lambda: smf.poisson("n ~ x", D(), offset=D().w).fit(disp=0), "n ~ x + offset(w)"),
    "ordinal": (lambda: ORDERED.from_formula("grade ~ x", D(), distr="logit").fit(method="bfgs", disp=0),
                "grade ~ x"),
    "intercepts": (lambda: smf.mixedlm("score ~ Machine", D(), groups="Worker").fit(),
                   "score ~ Machine + (1 | Worker)"),
    "slopes": (lambda: smf.mixedlm("score ~ x", D(), groups=D().Worker, re_formula="~Machine").fit(),
               "score ~ x + (Machine | Worker)"),
    "arrays of groups": (
        lambda: sm.MixedLM(D().score, sm.add_constant(D()[["x"]]), groups=D().Worker).fit(),
        "score ~ x + (1 | Worker)"),
    "nested": (lambda: smf.mixedlm("score ~ x", D(), groups="Worker", re_formula="1",
                                   vc_formula={"M": "0 + C(Machine)"}).fit(),
               "score ~ x + (1 | Worker) + (1 | Worker:Machine)"),
    "independent slopes": (lambda: smf.mixedlm("score ~ x", D(), groups="Worker", re_formula="1",
                                               vc_formula={"S": "0 + x"}).fit(),
                           "score ~ x + (x || Worker)"),
    "crossed": (lambda: smf.mixedlm("score ~ x", D(), groups="one",
                                    vc_formula={"M": "0 + C(Machine)", "W": "0 + C(Worker)"}).fit(),
                "score ~ x + (1 | Machine) + (1 | Worker)"),
    "posterior": (lambda: sm.BinomialBayesMixedGLM.from_formula(
        "high ~ x", {"W": "0 + C(Worker)", "S": "0 + C(Worker):x"}, D()).fit_vb(),
                  "high ~ x + (x || Worker)"),
    "posterior of counts": (lambda: sm.PoissonBayesMixedGLM.from_formula(
        "n ~ Machine", {"W": "0 + C(Worker)", "M": "0 + C(Worker):C(Machine)"}, D()).fit_map(),
                            "n ~ Machine + (1 | Worker) + (1 | Worker:Machine)"),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_the_formula_of_a_result(kind: str) -> None:
    fit, formula = KINDS[kind]
    model, estimates = take_apart(quiet(fit))
    assert notation.write(model, "lme4") == formula
    assert set(estimates) == set(notation.parameters.parameters(model))


MEANS: dict[str, tuple[Callable[[], Any], str, str]] = {
    "marginal": (lambda: smf.gee("score ~ x", "Worker", D(), cov_struct=sm.cov_struct.Exchangeable()).fit(),
                 "identity", "working correlation within Worker: exchangeable, 0."),
    "marginal counts": (lambda: smf.gee("n ~ x + Machine", D().Worker, D(), family=FAMILIES.Poisson()).fit(),
                        "log", "working correlation within Worker: independence."),
    "marginal of arrays": (
        lambda: sm.GEE(D().high, sm.add_constant(D()[["x"]]), groups=D().Worker,
                       family=sm.families.Binomial()).fit(),
        "logit", "working correlation within groups: independence."),
    "robust": (lambda: smf.rlm("np.log(score) ~ x", D(), M=sm.robust.norms.TukeyBiweight()).fit(),
               "identity", "M-estimation with the norm Tukey's biweight"),
    "overdispersed": (lambda: smf.glm("n ~ x", D(), family=sm.families.Poisson()).fit(scale="X2"),
                      "log", "The variance is 3.42 times that of a Poisson distribution."),
    "tweedie": (lambda: smf.glm("score ~ x", D(), family=sm.families.Tweedie(var_power=1.5)).fit(),
                "log", "times the mean to the power of 1.50."),
    "inverse gaussian": (
        lambda: smf.glm("score ~ x", D(),
                        family=FAMILIES.InverseGaussian(FAMILIES.links.InversePower())).fit(),
        "inverse", "times the mean to the power of 3.00."),
}  # fmt: skip


@pytest.mark.parametrize("to", ["raudenbush_bryk", "gelman_hill", "combined"])
@pytest.mark.parametrize("kind", MEANS)
def test_models_that_state_no_distribution_state_a_mean(kind: str, to: str) -> None:
    fit, link, remark = MEANS[kind]
    result = quiet(fit)
    model, estimates = take_apart(result)
    assert (model.family.name, model.family.link, model.residual) == ("quasi", link, None)
    assert set(estimates) == set(notation.parameters.parameters(model))
    text = str(notation.equation(result, to, markup="plain"))
    assert "E(" in text
    assert "N(" not in text
    assert remark in text
    for markup in ("plain", "latex"):
        again = notation.read(str(notation.equation(result, to, markup=markup, estimates="none")))
        assert again.family == model.family
        assert again.response == model.response


QUANTILES: list[tuple[str, float]] = [
    ("quantile(y_i, 0.25) = β_0 + β_1 x_i", 0.25),
    ("Q_{0.25}(y_i) = β_0 + β_1 x_i", 0.25),
    (r"$Q_{0.9}(y_{ij}) = \beta_0 + \beta_1 x_{ij} + u_j$", 0.9),
]


@pytest.mark.parametrize(("text", "quantile"), QUANTILES)
def test_equations_of_quantiles_are_read(text: str, quantile: float) -> None:
    assert notation.read(text).family == Family("quantile", quantile=quantile)


def test_quantiles_are_told_apart() -> None:
    lower, upper = (notation.read("y ~ x", family=f"quantile({q})") for q in (0.25, 0.75))
    assert "quantile 0.25 in A and quantile 0.75 in B" in str(notation.compare(lower, upper))


@pytest.mark.parametrize("quantile", [0.5, 0.25])
def test_a_quantile_regression_states_a_quantile(quantile: float) -> None:
    result = smf.quantreg("score ~ x", D()).fit(q=quantile)
    model, estimates = take_apart(result)
    assert model.family == Family("quantile", quantile=quantile)
    assert eval(repr(model.family), {"Family": Family}) == model.family
    assert set(estimates) == set(notation.parameters.parameters(model))
    text = str(notation.equation(result, "rb", "none", "plain"))
    assert text.startswith(f"quantile(score_i, {quantile}) = β_0 + β_1 x_i\nwhere")
    assert notation.read(text) == model
    assert notation.read("score ~ x", **notation.lost(model, "lme4")) == model
    assert ("median" if quantile == 0.5 else "0.25 quantile") in str(notation.describe(model))
    assert "average" not in str(notation.describe(model))
    with pytest.raises(notation.WriteError, match="quantreg"):
        notation.write(model, "brms", call=True)


def test_a_mean_of_a_generalized_model_without_distribution_is_worked_out() -> None:
    text = notation.explain(quiet(MEANS["overdispersed"][0]), {"x": 2}, markup="plain")
    assert "η_i = β_0 + β_1 x_i = 3.00 − 0.0048 × 2 = 2.99" in text
    assert "μ_i = exp(η_i) = exp(2.99) = 19.83" in text


FORMULAIC = {
    "score ~ C(Machine)*x": "score ~ Machine*x",
    "score ~ Machine + np.log(x)": "score ~ Machine + log(x)",
    "score ~ poly(x, 2) + bs(w, df=4)": "score ~ poly(x, 2) + bs(w, df = 4)",
    "score ~ 0 + Machine:x": "score ~ 0 + Machine:x",
}


@pytest.mark.parametrize("formula", FORMULAIC)
def test_formulas_of_formulaic(formula: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("formulaic")
    pytest.importorskip("statsmodels", minversion="0.15")  # those before know patsy only
    options = pytest.importorskip("statsmodels.formula").options
    monkeypatch.setattr(options, "formula_engine", "formulaic")
    result = smf.ols(formula, D()).fit()
    assert notation.write(notation.read(result), "lme4") == FORMULAIC[formula]


LINKS = [
    ("Gaussian", "Identity", "score", "gaussian", "identity"),
    ("Gaussian", "Log", "score", "gaussian", "log"),
    ("Binomial", "Logit", "high", "binomial", "logit"),
    ("Binomial", "Probit", "high", "binomial", "probit"),
    ("Binomial", "CLogLog", "high", "binomial", "cloglog"),
    ("Binomial", "LogLog", "high", "binomial", "loglog"),
    ("Binomial", "Cauchy", "high", "binomial", "cauchit"),
    ("Poisson", "Log", "n", "poisson", "log"),
    ("Poisson", "Sqrt", "n", "poisson", "sqrt"),
    ("Gamma", "InversePower", "score", "gamma", "inverse"),
    ("Gamma", "Log", "score", "gamma", "log"),
    ("Gamma", "Identity", "score", "gamma", "identity"),
    ("NegativeBinomial", "Log", "n", "negative_binomial", "log"),
]


@pytest.mark.parametrize(("family", "link", "response", "ours", "our_link"), LINKS)
def test_families_and_links_of_a_glm(family: str, link: str, response: str, ours: str, our_link: str) -> None:
    kind = getattr(sm.families, family)(link=getattr(sm.families.links, link)())
    model = notation.read(quiet(lambda: smf.glm(f"{response} ~ x", D(), family=kind).fit()))
    assert (model.family.name, model.family.link) == (ours, our_link)


def removed(result: Any) -> Any:
    result.remove_data()
    return result


def again(result: Any) -> Any:
    return pickle.loads(pickle.dumps(result))


REFUSED: dict[str, tuple[Callable[[], Any], str]] = {
    "sum contrasts": (lambda: smf.ols("score ~ C(Machine, Sum)", D()).fit(), "contrasts"),
    "another basis": (lambda: smf.ols("score ~ te(cr(x, df=3), cr(w, df=3))", D()).fit(), "te"),
    "another meaning": (lambda: smf.ols("score ~ standardize(x)", D()).fit(), "holds other numbers"),
    "quasi of shares": (lambda: smf.glm("n + rest ~ x", D(), family=sm.families.Binomial()).fit(scale="X2"),
                        "quasi"),
    "link": (lambda: smf.glm("score ~ x", D(), family=sm.families.InverseGaussian()).fit(), "InverseSquared"),
    "rows left out": (lambda: smf.mixedlm("score ~ x", D().assign(x=D().x.where(D().index != 3)),
                                          groups=D().Worker, missing="drop").fit(), "dropna"),
    "correlated": (lambda: sm.GLS(D().score, D()[["x"]], sigma=np.eye(54) + 0.1).fit(), "correlated"),
    "nameless groups": (lambda: sm.MixedLM(D().score.to_numpy(), D()[["x"]].to_numpy(),
                                           groups=D().Worker.to_numpy()).fit(), "no column"),
    "posterior of arrays": (lambda: sm.BinomialBayesMixedGLM(
        D().high.to_numpy(), sm.add_constant(D()[["x"]].to_numpy()), np.eye(6)[D().Worker - 1],
        ident=np.zeros(6, int)).fit_map(), "without names"),
    "hazard": (lambda: smf.phreg("score ~ x", D()).fit(), "cloglog on person-period data"),
    "series": (lambda: sm.tsa.ARIMA(D().score, order=(1, 0, 0)).fit(), "lagged column"),
    "seasonal series": (lambda: sm.tsa.SARIMAX(D().score, order=(1, 0, 0)).fit(disp=0), "those before it"),
    "correlated series": (lambda: sm.GLSAR.from_formula("score ~ x", D()).iterative_fit(), "those before it"),
    "mixture": (lambda: sm.ZeroInflatedPoisson(D().n, D()[["x"]]).fit(disp=0), "mixture of two models"),
    "removed data": (lambda: removed(smf.ols("score ~ x", D()).fit()), "data were removed"),
    "removed data of glm": (lambda: removed(smf.glm("n ~ x", D(), family=FAMILIES.Poisson()).fit()),
                            "before remove_data"),
    "nothing": (lambda: 3, "neither a text"),
    "before the fit": (lambda: smf.ols("score ~ x", D()), "the OLS of statsmodels is not fitted"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_refused_by_name(kind: str) -> None:
    fit, words = REFUSED[kind]
    with pytest.raises(notation.NotationError, match=words):
        notation.read(quiet(fit))


@pytest.mark.parametrize("kind", ["factor", "exposure", "nested", "arrays"])
def test_results_that_were_stored_and_loaded(kind: str) -> None:
    result = quiet(KINDS[kind][0])
    loaded = quiet(lambda: again(result))
    assert take_apart(loaded)[0] == take_apart(result)[0]
    assert notation.equation(loaded, "rb") == notation.equation(result, "rb")


def test_variances_are_on_the_scale_of_the_response() -> None:
    result = quiet(lambda: smf.mixedlm("score ~ Machine", D(), groups="Worker").fit())
    _, estimates = take_apart(result)
    variance = estimates[Variance("Worker", INTERCEPT)]
    assert variance.value == pytest.approx(26.487, abs=1e-2)
    assert variance.value == pytest.approx(result.params["Worker Var"] * result.scale)
    assert variance.std_error is None
    assert "scale" in variance.note
    assert estimates[ResidualVariance()].value == pytest.approx(9.996, abs=1e-2)


def test_variances_of_a_posterior_are_squares_of_the_standard_deviations_it_reports() -> None:
    result = quiet(KINDS["posterior"][0])
    model, estimates = take_apart(result)
    assert (model.family.name, model.family.link) == ("binomial", "logit")
    variance = estimates[Variance("Worker", INTERCEPT)]
    shown = result.summary().tables[0].loc["W"]
    assert np.sqrt(variance.value) == pytest.approx(float(shown["SD"]), abs=1e-3)
    assert np.sqrt([variance.low, variance.high]) == pytest.approx(
        [float(shown["SD (LB)"]), float(shown["SD (UB)"])],
        rel=2e-2,  # it takes 2 for 1.96
    )
    assert "posterior median" in variance.note


def test_weights_that_are_all_the_same_are_part_of_the_variance() -> None:
    variance = smf.ols("score ~ x", D()).fit().scale
    for fit in (
        smf.wls("score ~ x", D(), weights=4.0),
        smf.gls("score ~ x", D(), sigma=4.0),
        smf.glm("score ~ x", D(), var_weights=np.full(54, 4.0)),
    ):
        model, estimates = take_apart(fit.fit())
        assert model.weights is None
        assert estimates[ResidualVariance()].value == pytest.approx(variance)


def test_the_weights_of_a_gls_are_one_over_its_variances() -> None:
    model, _ = take_apart(smf.gls("score ~ x", D(), sigma=D().w).fit())
    assert "r_i ~ N(0, σ²/(1/`w`_i))" in notation.write(model, "rb", "plain")


@pytest.mark.parametrize("kind", [("low", "up"), (False, True)])
def test_statsmodels_models_the_first_of_two_categories(kind: tuple[Any, Any]) -> None:
    frame = D().assign(kind=D().high.map(dict(enumerate(kind))))
    result = smf.glm("kind ~ x", frame, family=FAMILIES.Binomial()).fit()
    model, estimates = take_apart(result)
    assert model.categories[0].names == (str(kind[1]), str(kind[0]))
    ours = notation.fit("high ~ x", D(), family="binomial").estimates
    for parameter, estimate in estimates.items():
        assert estimate.value == pytest.approx(-ours[parameter].value)
    assert f"The probability is that of kind = {kind[0]}." in notation.equation(result, "rb", markup="plain")


def test_shares_without_trials_have_a_mean_and_no_distribution() -> None:
    result = smf.glm("share ~ x", D().assign(share=D().n / 40), family=FAMILIES.Binomial()).fit()
    assert notation.read(result).family == Family("quasi", "logit")


def test_predictors_that_determine_one_another_are_said() -> None:
    result = quiet(lambda: smf.ols("score ~ x + w", D()).fit())
    assert "one choice of many" in notation.equation(result, "gh", markup="plain")


def test_the_reference_may_be_another_category() -> None:
    model = notation.read(smf.ols("score ~ C(Machine, Treatment('C'))", D()).fit())
    assert model.categories[0].names == ("C", "A", "B")


def test_thresholds_and_their_sign_give_the_probabilities_of_the_engine() -> None:
    result = quiet(KINDS["ordinal"][0])
    _, estimates = take_apart(result)
    slope = estimates[Coefficient(Term((Variable("x"),)))].value
    thresholds = [estimates[Threshold(k)].value for k in (1, 2, 3)]
    below = 1 / (1 + np.exp(-(np.array(thresholds) - slope * D()["x"].to_numpy()[:, None])))
    expected = result.predict(D()[["x"]]).to_numpy().cumsum(axis=1)[:, :3]
    np.testing.assert_allclose(below, expected, rtol=1e-8)
    assert all(estimates[Threshold(k)].std_error for k in (1, 2, 3))


def test_thresholds_are_named_by_the_categories_they_part() -> None:
    model, estimates = take_apart(quiet(KINDS["ordinal"][0]))
    table = estimates.table()
    assert list(table["term"]) == ["x", "a|b", "b|c", "c|d"]
    assert list(table["effect"]) == ["fixed", "threshold", "threshold", "threshold"]
    again = Estimates.from_table(model, table[["term", "estimate", "std_error"]])
    assert {p: e.value for p, e in again.items()} == {p: e.value for p, e in estimates.items()}
    assert again[Threshold(2)].std_error == estimates[Threshold(2)].std_error


def test_the_standard_error_of_a_threshold_is_that_of_the_model_itself() -> None:
    """θ_2 is the first threshold of the response whose two lowest categories are one."""
    _, estimates = take_apart(quiet(KINDS["ordinal"][0]))
    high = (D()["grade"] >= "c").astype(int)
    logit = quiet(lambda: sm.Logit(high, sm.add_constant(D()[["x"]])).fit(disp=0))
    assert estimates[Threshold(2)].std_error == pytest.approx(logit.bse["const"], rel=0.2)


def test_the_shape_of_a_negative_binomial_by_the_delta_method() -> None:
    result = quiet(lambda: smf.negativebinomial("n ~ x", D()).fit(disp=0))
    shape = take_apart(result)[1][Dispersion()]
    assert shape.value == pytest.approx(1 / result.params["alpha"])
    assert shape.std_error == pytest.approx(result.bse["alpha"] / result.params["alpha"] ** 2)


def test_small_numbers_of_a_concordance_are_shown() -> None:
    table = str(notation.concordance(quiet(MEANS["overdispersed"][0])).to_markdown())
    assert "$-0.0048$" in table
    assert "$3.00$" in table


def test_rows_that_were_left_out() -> None:
    frame = D().copy()
    frame.loc[3, "x"] = float("nan")
    _, estimates = take_apart(smf.ols("score ~ x*Machine", frame).fit())
    assert estimates.observations == 53


def test_multinomial_coefficients_have_a_category() -> None:
    frame = D().assign(k=D()["grade"].cat.codes)
    _, estimates = take_apart(quiet(lambda: smf.mnlogit("k ~ x", frame).fit(disp=0)))
    assert {p.category for p in estimates if isinstance(p, Coefficient)} == {"1", "2", "3"}


WORDS: dict[str, tuple[Callable[[], Any], dict[Any, str]]] = {
    "thresholds": (KINDS["ordinal"][0], {Threshold(1): "a/b", Threshold(3): "c/d"}),
    "categories": (lambda: smf.mnlogit("k ~ x", D().assign(k=D()["grade"].cat.codes)).fit(disp=0),
                   {Coefficient(INTERCEPT, "1"): "Intercept (k=1)",
                    Coefficient(Term((Variable("x"),)), "3"): "x (k=3)"}),
    "posterior": (KINDS["posterior"][0],
                  {Variance("Worker", INTERCEPT): "W", Coefficient(INTERCEPT): "Intercept"}),
}  # fmt: skip


@pytest.mark.parametrize("kind", WORDS)
def test_the_names_of_the_engine(kind: str) -> None:
    fit = as_fit(quiet(WORDS[kind][0]))
    names = names_in_engine(fit)
    assert set(names) == set(fit.estimates)
    assert names | WORDS[kind][1] == names
    errors = {p: e.std_error for p, e in fit.estimates.items() if isinstance(p, Coefficient)}
    covariance = coefficient_covariance(fit)
    assert covariance is not None
    assert {p: covariance[p, p] ** 0.5 for p in errors} == pytest.approx(errors)


# ------------------------------------------------------------------ mixedlm

MIXED = [
    "score ~ Machine*x + (Machine | Worker)",
    "score ~ 0 + Machine + (0 + Machine | Worker)",
    "score ~ x + (x || Worker)",
    "score ~ Machine + (1 | Worker) + (1 | Worker:Machine)",
    "score ~ x + (1 | Worker) + (0 + x | Worker)",
]


@pytest.mark.parametrize("formula", MIXED)
def test_results_of_lmer_are_those_of_our_own_fit(formula: str) -> None:
    mixedlm = pytest.importorskip("mixedlm")
    model, found = take_apart(quiet(lambda: mixedlm.lmer(formula, D())))
    ours = quiet(lambda: notation.fit(formula, D()))
    assert model == ours.model
    assert set(found) == set(ours.estimates)
    for parameter, estimate in ours.estimates.items():
        assert found[parameter].value == pytest.approx(estimate.value, rel=1e-3, abs=1e-4)


def test_results_of_glmer_with_trials() -> None:
    mixedlm = pytest.importorskip("mixedlm")
    frame = D().assign(share=D()["n"] / 60, size=60.0)
    family = mixedlm.families.Binomial()
    result = quiet(lambda: mixedlm.glmer("share ~ x + (1 | Worker)", frame, family=family, weights="size"))
    model, estimates = take_apart(result)
    ours = quiet(lambda: notation.fit("cbind(n, left) ~ x + (1 | Worker)", frame.assign(left=60 - D()["n"])))
    assert model.response.trials is not None
    assert [e.value for e in estimates.values()] == pytest.approx(
        [e.value for e in ours.estimates.values()], rel=1e-6
    )


# ------------------------------------------------------------------ how numbers are shown

SHOWN = [
    ("none", "raudenbush_bryk", "plain", "β_0j = γ_00 + u_0j"),
    ("values", "raudenbush_bryk", "plain", "β_0j = 60.32 + u_0j"),
    ("se", "gelman_hill", "plain", "α_j ~ N(60.32 (2.23), 5.15²)"),
    ("se", "raudenbush_bryk", "latex", r"\underset{(2.23)}{60.32}"),
    ("interval", "raudenbush_bryk", "plain", "β_0j = 60.32 [55.95, 64.69] + u_0j"),
    ("interval", "gelman_hill", "latex", r"\underset{[55.95,\, 64.69]}{60.32}"),
    ("both", "raudenbush_bryk", "plain", "γ_00 = 60.32"),
    ("both", "gelman_hill", "plain", "σ²_α = 5.15²"),
    ("both", "combined", "latex", r"\gamma_{00} &= 60.32"),
]

HATS = [
    ("raudenbush_bryk", "plain", "γ̂_10 = 7.97", "τ̂_00 = 5.15²"),
    ("gelman_hill", "plain", "μ̂_α = 52.36", "σ̂²_α = 5.15²"),
    ("gelman_hill", "latex", r"\hat{\mu}_{\alpha} &= 52.36", r"\hat{\sigma}_{\alpha}^2 &= 5.15^2"),
]


@pytest.mark.parametrize(("to", "markup", "coefficient", "variance"), HATS)
def test_estimates_that_are_listed_may_have_hats(
    to: str, markup: str, coefficient: str, variance: str
) -> None:
    fit = quiet(KINDS["intercepts"][0])
    text = str(notation.equation(fit, to, "both", markup, hats=True))
    assert coefficient in text
    assert variance in text
    plain = str(notation.equation(fit, to, "both", markup))
    assert notation.parse(text).readings[0].estimates == notation.parse(plain).readings[0].estimates


def test_a_fit_that_did_not_converge_says_so() -> None:
    result = quiet(lambda: smf.mixedlm("score ~ x", D(), groups="Worker").fit(maxiter=1, method="powell"))
    assert "The fit did not converge" in notation.equation(result, "rb", markup="plain")
    logit = quiet(lambda: smf.logit("high ~ x + w", D()).fit(disp=0, maxiter=1, method="bfgs"))
    text = notation.equation(logit, "gh", markup="plain")
    assert "The fit did not converge (do not rely on its numbers)." in text
    assert notation.read(text) == notation.read(logit)


def test_a_singular_fit_says_so() -> None:
    frame = D().assign(score=np.arange(54) % 5)
    result = quiet(lambda: smf.mixedlm("score ~ 1", frame, groups="Worker").fit(method="powell"))
    assert "The fit is singular" in notation.equation(result, "rb", markup="plain")


@pytest.mark.parametrize(("mode", "to", "markup", "expected"), SHOWN)
def test_how_numbers_are_shown(mode: str, to: str, markup: str, expected: str) -> None:
    fit = quiet(lambda: smf.mixedlm("score ~ C(Machine, Treatment('B'))", D(), groups="Worker").fit())
    assert expected in notation.equation(fit, to, mode, markup)


def test_numbers_with_standard_errors_read_back() -> None:
    fit = quiet(lambda: smf.mixedlm("score ~ x", D(), groups="Worker").fit())
    values, errors = (
        notation.parse(str(notation.equation(fit, "rb", mode, "plain"))).readings[0].estimates
        for mode in ("values", "se")
    )
    assert values == errors


def test_a_mode_that_nobody_knows() -> None:
    with pytest.raises(notation.UnknownName, match="did you mean 'se'"):
        notation.equation(smf.ols("score ~ x", D()).fit(), "combined", "sd")


# ------------------------------------------------------------------ tidy tables

MODEL = notation.read("math ~ ses*sector + (ses | school)", levels={"school": ["sector"]})
TIDY = [
    ("fixed", None, "(Intercept)", 11.75, 0.23),
    ("fixed", None, "sector:ses", -1.31, 0.22),
    ("ran_pars", "school", "sd__(Intercept)", 2.0, 0.1),
    ("ran_pars", "school", "sd__ses", 0.5, None),
    ("ran_pars", "school", "cor__(Intercept).ses", -0.25, None),
    ("ran_pars", "Residual", "sd__Observation", 6.0, None),
]


def tidy(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["effect", "group", "term", "estimate", "std.error"])


def test_a_tidy_table() -> None:
    ses, sector = Variable("ses"), Variable("sector")
    found = Estimates.from_table(MODEL, tidy(TIDY))
    assert {p: e.value for p, e in found.items()} == {
        Coefficient(INTERCEPT): 11.75,
        Coefficient(Term((ses, sector))): -1.31,
        Variance("school", INTERCEPT): 4.0,
        Variance("school", Term((ses,))): 0.25,
        Covariance("school", frozenset((INTERCEPT, Term((ses,))))): -0.25,
        ResidualVariance(): 36.0,
    }
    assert found[Variance("school", INTERCEPT)].std_error == pytest.approx(0.4)


def named(row: tuple[Any, ...], **names: str) -> tuple[Any, ...]:
    """A row of the table by other names."""
    effect, group, term, *numbers = row
    return (effect, names.get(str(group), group), names.get(term, term), *numbers)


NLME = {"sd__(Intercept)": "sd_(Intercept)", "sd__ses": "sd_ses", "sd__Observation": "sd_Observation"}
ELSEWHERE = [
    {"cor__(Intercept).ses": "cor__ses.(Intercept)"},
    {**NLME, "cor__(Intercept).ses": "cor_ses.(Intercept)", "None": "fixed"},
]


@pytest.mark.parametrize("names", ELSEWHERE)
def test_a_tidy_table_by_other_names(names: dict[str, str]) -> None:
    found = Estimates.from_table(MODEL, tidy([named(row, **names) for row in TIDY]))
    assert dict(found) == dict(Estimates.from_table(MODEL, tidy(TIDY)))


def test_lme4_numbers_the_blocks_of_a_group() -> None:
    apart = notation.read("math ~ ses + (ses || school)", levels={"school": []})
    rows = [
        ("ran_pars", "school", "sd__(Intercept)", 2.0, None),
        ("ran_pars", "school.1", "sd__ses", 0.5, None),
    ]
    found = Estimates.from_table(apart, tidy(rows))
    assert found[Variance("school", Term((Variable("ses"),)))].value == 0.25


def test_a_row_given_twice_is_refused() -> None:
    with pytest.raises(notation.DataError, match="more than one row for sector:ses"):
        Estimates.from_table(MODEL, tidy([*TIDY, ("fixed", None, "ses:sector", 9.9, 0.1)]))


def test_a_row_of_another_component_is_refused() -> None:
    table = tidy([*TIDY, ("fixed", None, "(Intercept)", -0.7, 0.1)])
    table["component"] = ["cond"] * len(TIDY) + ["zi"]
    with pytest.raises(notation.DataError, match=r"no parameter for \(Intercept\) of the component zi"):
        Estimates.from_table(MODEL, table)


STRANGE = [
    ("fixed", None, "sess", 1.0, 0.1),
    ("ran_pars", "student", "sd__(Intercept)", 1.0, None),
    ("ran_pars", "school", "sd__sector", 1.0, None),
    ("ran_pars", "school", "disp__x", 1.0, None),
]


@pytest.mark.parametrize("row", STRANGE)
def test_rows_of_no_parameter_are_refused(row: tuple[Any, ...]) -> None:
    with pytest.raises(notation.DataError, match=row[2].replace("(", r"\(").replace(")", r"\)")):
        Estimates.from_table(MODEL, tidy([*TIDY, row]))


def test_indicators_of_a_table_need_categories() -> None:
    known = notation.read("score ~ Machine + (1 | Worker)", categories={"Machine": ["A", "B", "C"]})
    found = Estimates.from_table(known, tidy([("fixed", None, "MachineB", 7.97, 2.4)]))
    assert list(found) == [Coefficient(Term((Indicator("Machine", "B"),)))]
