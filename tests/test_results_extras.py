"""Results of engines that are not installed here, from frozen ones; ``make test-extras`` takes live ones."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from extras.frozen import FOLDER, machines, thaw

import notation
from notation import implied
from notation.engines import lme4_results, results
from notation.engines.results import take_apart
from notation.estimates import Estimates
from notation.expressions import INTERCEPT, Call, Indicator, Term, Variable
from notation.facts.knowledge import Facts
from notation.fits.fitted import Taken
from notation.model import Model
from notation.parameters import Coefficient, Covariance, ResidualVariance, Variance

smf = pytest.importorskip("statsmodels.formula.api")

X = Term((Variable("x"),))
DAYS = Term((Variable("Days"),))


def taken(name: str) -> tuple[Model, Estimates]:
    """A frozen result, taken apart; what R said is read as such."""
    if name.startswith("lme4"):
        said = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        return lme4_results.read(lme4_results.described(said), Facts())
    result = thaw(name)
    return take_apart(tuple(result) if isinstance(result, list) else result)


FORMULAS = [
    ("pyfixest_absorbed", "lm(score ~ x + Machine + factor(Worker), data = d)"),
    ("pyfixest_weighted", "lm(score ~ Machine*x, data = d, weights = x)"),
    ("pyfixest_probit", 'glm(high ~ log(x), data = d, family = binomial(link = "probit"))'),
    ("linearmodels_random", "lmer(score ~ x + (1 | Worker), data = d)"),
    ("linearmodels_effects", "lm(score ~ Machine + Worker, data = d)"),
    ("bambi", "lmer(score ~ Machine + log(x) + (x || Worker), data = d)"),
    ("lme4_sleepstudy", "lmer(Reaction ~ Days + (Days | Subject), data = d)"),
    ("lme4_cbpp",
     "glmer(cbind(incidence, size - incidence) ~ period + (1 | herd), data = d, family = binomial)"),
    ("lme4_pastes", "lmer(strength ~ 1 + (1 | batch) + (1 | batch:cask), data = d)"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "call"), FORMULAS)
def test_the_model_of_a_result(name: str, call: str) -> None:
    model, estimates = taken(name)
    assert notation.write(model, "lme4", call=True) == call
    assert set(estimates) == set(notation.parameters.parameters(model))


LEAST_SQUARES = [
    ("pyfixest_absorbed", "score ~ x + C(Machine) + C(Worker)", False),
    ("pyfixest_weighted", "score ~ C(Machine) * x", True),
    ("linearmodels_effects", "score ~ C(Machine) + C(Worker)", False),
]


@pytest.mark.parametrize(("name", "formula", "weighted"), LEAST_SQUARES)
def test_absorbed_effects_are_those_of_least_squares(name: str, formula: str, weighted: bool) -> None:
    data = machines()
    fitted = smf.wls(formula, data, weights=data["x"] if weighted else 1.0).fit()
    expected, found = take_apart(fitted)[1], taken(name)[1]
    assert {str(p) for p in found} == {str(p) for p in expected}
    values = {str(p): e.value for p, e in expected.items()}
    assert {str(p): e.value for p, e in found.items()} == pytest.approx(values, rel=1e-6)


@pytest.mark.parametrize("name", ["pyfixest_absorbed", "linearmodels_effects"])
def test_absorbed_effects_have_no_standard_errors_and_say_so(name: str) -> None:
    model, estimates = taken(name)
    worker = Coefficient(Term((Indicator("Worker", "2"),)))
    assert worker.term in model.fixed
    assert estimates[worker].std_error is None
    assert "no standard errors" in estimates[worker].note


def test_lme4_in_r_gives_what_mixedlm_gives() -> None:
    pytest.importorskip("mixedlm")
    frame = pd.read_csv(FOLDER.parent / "sleepstudy.csv", dtype={"Subject": str})
    mine = notation.fit("Reaction ~ Days + (Days | Subject)", frame).estimates
    _, estimates = taken("lme4_sleepstudy")
    assert estimates.groups == {"Subject": 18}
    assert estimates.observations == 180
    for parameter, estimate in mine.items():
        assert estimates[parameter].value == pytest.approx(estimate.value, rel=1e-3)
    covariance = Covariance("Subject", frozenset((INTERCEPT, DAYS)))
    assert estimates[covariance].value == pytest.approx(9.604409, abs=1e-5)


def test_variances_of_random_effects_in_panels() -> None:
    _, estimates = taken("linearmodels_random")
    parts = thaw("linearmodels_random").variance_decomposition
    assert estimates[Variance("Worker", INTERCEPT)].value == parts["Effects"]
    assert estimates[ResidualVariance()].value == parts["Residual"]


def test_bambi_summarizes_its_posterior() -> None:
    model, posterior = thaw("bambi")
    _, means = take_apart((model, posterior))
    _, medians = take_apart((model, posterior, "median"))
    draws = {name: np.asarray(values) for name, values in posterior.posterior.items()}
    log_x = Coefficient(Term((Call("log", (Variable("x"),)),)))
    assert means[log_x].value == pytest.approx(draws["np.log(x)"].mean())
    assert means[log_x].std_error == pytest.approx(draws["np.log(x)"].std(ddof=1))
    assert means[log_x].low == pytest.approx(np.quantile(draws["np.log(x)"], 0.025))
    assert medians[log_x].value == pytest.approx(np.median(draws["np.log(x)"]))
    machine = Coefficient(Term((Indicator("Machine", "C"),)))
    assert means[machine].value == pytest.approx(draws["Machine"][..., 1].mean())
    slope = Variance("Worker", X)
    assert means[slope].value == pytest.approx((draws["x|Worker_sigma"] ** 2).mean())
    assert medians[slope].value == pytest.approx(np.median(draws["x|Worker_sigma"] ** 2))
    assert means[ResidualVariance()].value == pytest.approx((draws["sigma"] ** 2).mean())
    assert not [p for p in means if isinstance(p, Covariance)]


def test_a_result_becomes_an_equation() -> None:
    text = notation.equation(tuple(thaw("bambi")), "rb", markup="plain", legend=False)
    assert "u_4j ~ N(0, " in text
    text = notation.equation(thaw("linearmodels_random"), "gh", markup="plain", legend=False)
    assert text.startswith("score_i ~ N(α_j[i] ")


NAMES = [
    ("pyfixest_weighted", 6, 6),
    ("pyfixest_absorbed", 1, 1),
    ("linearmodels_random", 2, 2),
    ("lme4_pastes", 0, 0),
]


@pytest.mark.parametrize(("name", "named", "p_values"), NAMES)
def test_the_concordance_of_a_result(name: str, named: int, p_values: int) -> None:
    if name.startswith("lme4"):
        model, estimates = taken(name)
        frame = notation.concordance(Taken(model, estimates, None)).frame()
    else:
        frame = notation.concordance(thaw(name)).frame()
    coefficients = frame[frame["std_error"].notna()]
    assert coefficients["engine"].notna().sum() == named
    assert frame["p"].notna().sum() == p_values


def test_simple_slopes_of_a_result_have_its_standard_errors() -> None:
    result = thaw("pyfixest_weighted")
    slope = implied.simple_slope(result, "x", {"Machine": "A"})
    assert slope.value == pytest.approx(result.coef()["x"])
    assert slope.std_error == pytest.approx(result.se()["x"])


def changed(name: str, **attributes: Any) -> Any:
    result = thaw(name)
    of = result[0] if isinstance(result, list) else result
    for attribute, value in attributes.items():
        setattr(of, attribute, value)
    return tuple(result) if isinstance(result, list) else result


def kind(package: str, name: str) -> Any:
    return type(name, (), {"__module__": package})


REFUSED = [
    (lambda: changed("bambi")[0], "does not keep its posterior"),
    (lambda: (*thaw("bambi"), "mode"), "does not keep its posterior"),
    (lambda: changed("bambi", family=type("F", (), {"name": "t"})), "a t model of bambi is not read"),
    (
        lambda: (thaw("bambi")[0], type("I", (), {"posterior": {}})()),
        "the posterior of bambi has no Intercept",
    ),
    (kind("pyfixest.estimation", "FixestMulti"), "a FixestMulti of pyfixest is not read"),
    (lambda: changed("pyfixest_absorbed", _is_iv=True), "without instruments"),
    (lambda: changed("pyfixest_absorbed", _fixef="Worker^Machine"), "Worker^Machine"),
    (lambda: changed("pyfixest_weighted", _weights_type="fweights"), "no precisions"),
    (lambda: changed("linearmodels_random", model=kind("linearmodels", "BetweenOLS")()), "BetweenOLS"),
    (kind("rpy2.robjects.vectors", "ListVector"), "fits by lmer() and glmer() are"),
]


@pytest.mark.parametrize(("make", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_what_is_refused_by_name(make: Any, words: str) -> None:
    with pytest.raises(notation.ReadError) as caught:
        take_apart(make())
    assert words in str(caught.value)


def test_every_reader_is_in_the_table() -> None:
    assert set(results.TAKERS) == {
        "mixedlm", "statsmodels", "bambi", "pymer4", "rpy2", "pyfixest", "linearmodels",
    }  # fmt: skip
