"""The printed equation predicts: written with all digits, read again, evaluated on the data with the
engine's group effects, it gives the engine's own fitted values.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import notation
from notation import datasets
from notation.engines import Fit
from notation.expressions import Indicator
from notation.numbers.evaluate import evaluate, evaluate_term
from notation.numbers.links import mean_of
from notation.parameters import Coefficient, Threshold
from notation.reading import Reading

pytest.importorskip("mixedlm")
sm = pytest.importorskip("statsmodels.api")
smf = pytest.importorskip("statsmodels.formula.api")

stats = pytest.importorskip("scipy.stats")
ORDERED = pytest.importorskip("statsmodels.miscmodels.ordinal_model").OrderedModel

DATA = Path(__file__).parent / "data"

MODELS: list[tuple[str, str, dict[str, str]]] = [
    ("hsb", "math ~ 1 + (1 | sch_id)", {}),
    ("hsb", "math ~ ses*sector + meanses + (ses | sch_id)", {}),
    ("hsb", "math ~ I(ses - ave(ses, sch_id))*sector + (I(ses - ave(ses, sch_id)) | sch_id)", {}),
    ("hsb", "math ~ ses + I(ses^2) + (ses || sch_id)", {}),
    ("hsb", "math ~ ses + offset(meanses) + (1 | sch_id)", {}),
    ("hsb", "high ~ ses + sector + (1 | sch_id)", {"family": "binomial"}),
    ("machines", "score ~ Machine + (Machine | Worker)", {}),
    ("penicillin", "diameter ~ 1 + (1 | plate) + (1 | sample)", {}),
    ("pastes", "strength ~ 1 + (1 | batch/cask)", {}),
    ("sleepstudy", "Reaction ~ Days + (Days | Subject)", {}),
    ("egsingle", "math ~ year*black + year*lowinc + (year | childid) + (year | schoolid)", {}),
    ("machines", "score ~ Machine", {}),
    ("sleepstudy", "Reaction ~ log(Days + 1)", {"family": "gamma"}),
    ("hsb", "high ~ ses*sector", {"family": "binomial", "link": "cloglog"}),
    ("sleepstudy", "Days ~ Reaction", {"family": "poisson"}),
    ("hsb", "math ~ ns(ses, 3) + poly(meanses, 2) + (1 | sch_id)", {}),
]

WAYS = [
    (to, markup) for to in ("raudenbush_bryk", "gelman_hill", "combined") for markup in ("plain", "latex")
]


@cache
def data(name: str) -> pd.DataFrame:
    if name in datasets.DATASETS:
        frame = datasets.DATASETS[name]()
        return frame.assign(high=(frame["math"] > 13).astype(int)) if name == "hsb" else frame
    return pd.read_csv(DATA / f"{name}.csv")


@cache
def fitted(number: int) -> Fit:
    name, formula, facts = MODELS[number]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return notation.fit(formula, data(name), **facts)


def read_again(fit: Fit, to: str, markup: str, frame: pd.DataFrame) -> Reading:
    """What the written equation says; the data tell categories and nesting."""
    text = str(notation.equation(fit, to, "values", markup, decimals=15))
    return notation.parse(text, frame).readings[0]


def linear_predictor(fit: Fit, reading: Reading, frame: pd.DataFrame) -> np.ndarray:
    """Σ coefficient × term + Σ effect × term + offsets, the numbers of the fixed part as they were read."""
    total = sum((evaluate(o, frame).to_numpy() for o in reading.model.offsets), start=np.zeros(len(frame)))
    for term in reading.model.fixed:
        total = total + reading.estimates[Coefficient(term)] * evaluate_term(term, frame).to_numpy()
    for number, block in enumerate(fit.model.random, 1):
        again = next(b for b in reading.model.random if b == block)
        for term in block.terms:
            assert term in again.terms
            total = total + effects(fit, number, term) * evaluate_term(term, frame).to_numpy()
    return total


def effects(fit: Fit, number: int, term: Any) -> np.ndarray:
    """The engine's effect of the unit of each row."""
    structure = fit.result.matrices.random_structures[number - 1]
    names = {t: f"x{n}" if t else "(Intercept)" for n, t in enumerate(fit.model.terms, 1)}
    values = np.asarray(fit.result.ranef()[f"g{number}"][names[term]])
    units = fit.result.matrices.frame[f"g{number}"]
    return values[[structure.level_map[u] for u in units]]


def expected(fit: Fit) -> np.ndarray:
    """The engine's own fitted values, on the scale of the response."""
    found = fit.result.fitted() if hasattr(fit.result, "fitted") else fit.result.fittedvalues
    return np.asarray(found)


@pytest.mark.parametrize(("to", "markup"), WAYS)
@pytest.mark.parametrize("number", range(len(MODELS)), ids=[f"{m[0]}: {m[1]}" for m in MODELS])
def test_the_printed_equation_predicts(number: int, to: str, markup: str) -> None:
    fit, frame = fitted(number), data(MODELS[number][0])
    reading = read_again(fit, to, markup, frame)
    mean = mean_of(reading.model.family.link, linear_predictor(fit, reading, frame))
    np.testing.assert_allclose(mean, expected(fit), rtol=1e-8, atol=1e-8)


def test_indicators_come_from_the_page() -> None:
    fit = fitted(6)
    reading = read_again(fit, "raudenbush_bryk", "latex", data("machines"))
    assert any(isinstance(f, Indicator) for t in reading.model.fixed for f in t.factors)


# ------------------------------------------------------------------ results of somebody else's code


@cache
def machines() -> pd.DataFrame:
    frame = data("machines")
    frame["x"] = np.arange(len(frame)) % 7 + 1.0
    frame["high"] = (frame["score"] > 58).astype(int)
    frame["count"] = np.round(frame["score"] - 40).astype(int)
    return frame.assign(left=40 - frame["count"] // 2, scale=frame["x"] + 1)


def from_zero(model: Any) -> Any:
    """The posterior by variational Bayes from a start that is not random."""
    count = model.k_fep + model.k_vcp + model.k_vc
    return model.fit_vb(mean=np.zeros(count), sd=np.full(count, 0.5))


D = machines
FAMILIES = sm.families
RESULTS: dict[str, Callable[[], Any]] = {
    "ols": lambda: smf.ols("score ~ C(Machine)*x + np.log(x) + I(x**2)", D()).fit(),
    "wls": lambda: smf.wls("np.log(score) ~ x", D(), weights=D()["scale"]).fit(),
    "gls": lambda: smf.gls("score ~ x", D(), sigma=D()["scale"]).fit(),
    "splines": lambda: smf.ols("score ~ bs(x, df=4)*scale", D()).fit(),
    "knots": lambda: smf.poisson("count ~ bs(np.log(x), knots=[.5, 1.2], degree=2)", D()).fit(disp=0),
    "quantile": lambda: smf.quantreg("score ~ x + C(Machine)", D()).fit(q=0.25),
    "rlm": lambda: smf.rlm("score ~ C(Machine, Treatment('B'))", D()).fit(),
    "logit": lambda: smf.logit("high ~ x + C(Machine)", D()).fit(disp=0),
    "two categories": lambda: smf.mnlogit("high ~ x", D()).fit(disp=0),
    "probit": lambda: smf.probit("high ~ x", D()).fit(disp=0),
    "poisson": lambda: smf.poisson("count ~ x", D(), exposure=D()["scale"]).fit(disp=0),
    "negative binomial": lambda: smf.negativebinomial("count ~ x", D()).fit(disp=0),
    "gamma": lambda: smf.glm("score ~ x", D(), family=FAMILIES.Gamma()).fit(),
    "gaussian log": lambda: smf.glm("score ~ x", D(), family=FAMILIES.Gaussian(FAMILIES.links.Log())).fit(),
    "cauchit": lambda: smf.glm("high ~ x", D(), family=FAMILIES.Binomial(FAMILIES.links.Cauchy())).fit(),
    "loglog": lambda: smf.glm("high ~ x", D(), family=FAMILIES.Binomial(FAMILIES.links.LogLog())).fit(),
    "sqrt": lambda: smf.glm("count ~ x", D(), family=FAMILIES.Poisson(FAMILIES.links.Sqrt())).fit(),
    "tweedie": lambda: smf.glm("score ~ x", D(), family=FAMILIES.Tweedie(var_power=1.5)).fit(),
    "quasi": lambda: smf.glm("count ~ x", D(), family=FAMILIES.Poisson()).fit(scale="X2"),
    "gee": lambda: smf.gee("high ~ x + np.sqrt(scale)", "Worker", D(), family=FAMILIES.Binomial(),
                           cov_struct=sm.cov_struct.Exchangeable()).fit(),
    "arrays": lambda: sm.OLS(D()["score"], sm.add_constant(D()[["x", "scale"]])).fit(),
    "bayes": lambda: from_zero(sm.BinomialBayesMixedGLM.from_formula(
        "high ~ x + C(Machine)", {"W": "0 + C(Worker)", "S": "0 + C(Worker):x"}, D())),
    "mixed": lambda: smf.mixedlm("score ~ x*Machine", D(), groups="Worker", re_formula="~x").fit(),
}  # fmt: skip


@cache
def result(kind: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return RESULTS[kind]()


def without_effects(fitted: Any) -> np.ndarray:
    """The engine's own means where all effects are zero."""
    exog = fitted.model.exog
    if type(fitted.model).__name__ == "MNLogit":
        return np.asarray(fitted.predict())[:, 1]
    found = fitted.model.predict(fitted.fe_params, exog) if hasattr(fitted, "fe_params") else fitted.predict()
    return np.asarray(found)


@pytest.mark.parametrize(("to", "markup"), WAYS)
@pytest.mark.parametrize("kind", RESULTS)
def test_the_equation_of_a_result_predicts(kind: str, to: str, markup: str) -> None:
    frame = D()
    text = str(notation.equation(result(kind), to, "values", markup, decimals=15))
    reading = notation.parse(text, frame).readings[0]
    total = sum((evaluate(o, frame).to_numpy() for o in reading.model.offsets), start=np.zeros(len(frame)))
    for term in reading.model.fixed:
        total = total + reading.estimates[Coefficient(term)] * evaluate_term(term, frame).to_numpy()
    mean = mean_of(reading.model.family.link, total)
    np.testing.assert_allclose(mean, without_effects(result(kind)), rtol=1e-8)


ORDINAL: dict[str, Callable[[], Any]] = {
    "logit": lambda: ORDERED.from_formula("grade ~ x + I(x**2)*Machine", graded(), distr="logit"),
    "probit": lambda: ORDERED.from_formula("grade ~ x + C(Worker)", graded(), distr="probit"),
    "arrays": lambda: ORDERED(graded()["code"], graded()[["x"]], distr="logit"),
    "cloglog": lambda: ORDERED(graded()["grade"], graded()[["x"]], distr=stats.gumbel_l),
    "loglog": lambda: ORDERED(graded()["grade"], graded()[["x"]], distr=stats.gumbel_r),
    "cauchit": lambda: ORDERED(graded()["grade"], graded()[["x"]], distr=stats.cauchy),
    "two categories": lambda: ORDERED(graded()["high"], graded()[["x"]], distr="logit"),
}


def graded() -> pd.DataFrame:
    grade = pd.cut(D()["score"], 4, labels=["a", "b", "c", "d"], ordered=True)
    return D().assign(grade=grade, code=grade.cat.codes)


@cache
def ordered(kind: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ORDINAL[kind]().fit(method="bfgs", disp=0, maxiter=500)


def thresholds_of(reading: Reading) -> list[Threshold]:
    return sorted((p for p in reading.estimates if isinstance(p, Threshold)), key=lambda p: p.k)


BAYESIAN = {"W": "0 + C(Worker)", "S": "0 + C(Worker):x", "M": "0 + C(Worker):C(Machine)"}


@pytest.mark.parametrize("row", [0, 17, 53])
def test_the_worked_prediction_of_a_posterior_is_that_of_the_engine(row: int) -> None:
    fitted = from_zero(sm.PoissonBayesMixedGLM.from_formula("count ~ x", BAYESIAN, D()))
    linear = fitted.model.exog @ fitted.fe_mean + fitted.model.exog_vc @ fitted.vc_mean
    page = notation.explain(fitted, row, D(), markup="plain", decimals=6)
    assert f" = {np.exp(linear[row]):.6f}" in str(page)


@pytest.mark.parametrize(("to", "markup"), WAYS)
@pytest.mark.parametrize("kind", ORDINAL)
def test_the_equation_of_an_ordinal_result_predicts_its_categories(kind: str, to: str, markup: str) -> None:
    frame = graded()
    text = str(notation.equation(ordered(kind), to, "values", markup, decimals=15))
    reading = notation.parse(text, frame).readings[0]
    slopes = [p for p in reading.estimates if isinstance(p, Coefficient)]
    eta = sum(reading.estimates[p] * evaluate_term(p.term, frame).to_numpy() for p in slopes)
    thresholds = [reading.estimates[p] for p in thresholds_of(reading)]
    below = [mean_of(reading.model.family.link, threshold - eta) for threshold in thresholds]
    probabilities = np.diff(np.column_stack([np.zeros(len(frame)), *below, np.ones(len(frame))]))
    np.testing.assert_allclose(probabilities, np.asarray(ordered(kind).predict()), rtol=1e-8, atol=1e-12)


NOMINAL: dict[str, Callable[[], Any]] = {
    "numbers": lambda: smf.mnlogit("code ~ x + np.log(scale)", graded()).fit(disp=0),
    "names": lambda: sm.MNLogit(graded()["grade"].astype(str), sm.add_constant(graded()[["x"]])).fit(disp=0),
}


@pytest.mark.parametrize(("to", "markup"), WAYS)
@pytest.mark.parametrize("kind", NOMINAL)
def test_the_equations_of_a_multinomial_result_predict_its_categories(
    kind: str, to: str, markup: str
) -> None:
    frame, fitted = graded(), NOMINAL[kind]()
    text = str(notation.equation(fitted, to, "values", markup, decimals=15))
    reading = notation.parse(text, frame).readings[0]
    found = {p: value for p, value in reading.estimates.items() if isinstance(p, Coefficient)}
    odds = [
        np.exp(
            sum(
                v * evaluate_term(p.term, frame).to_numpy()
                for p, v in found.items()
                if p.category == category
            )
        )
        for category in dict.fromkeys(p.category for p in found)
    ]
    shares = np.column_stack([np.ones(len(frame)), *odds])
    shares /= shares.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(shares, np.asarray(fitted.predict()), rtol=1e-8)
