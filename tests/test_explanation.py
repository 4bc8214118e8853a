"""Worked predictions: what is printed comes to what the engine predicts."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import notation
from notation import NeedsMore, UnknownName, datasets
from notation.engines import Fit
from notation.equations import Number
from notation.errors import DataError, NotationError
from notation.estimates import Estimate, Estimates
from notation.expressions import INTERCEPT
from notation.fits.conditional import group_effects
from notation.fits.engine_words import effects_in_engine
from notation.fits.explanation import explain
from notation.markup import write
from notation.numbers.links import mean_of
from notation.parameter_names import resolve

PENICILLIN = Path(__file__).parent / "data" / "penicillin.csv"
NULL = "math ~ 1 + (1 | sch_id)"
CROSS_LEVEL = "math ~ ses*sector + meanses + (ses | sch_id)"


@cache
def data_of(formula: str) -> pd.DataFrame:
    if "plate" in formula:
        return pd.read_csv(PENICILLIN)
    return datasets.egsingle() if "schoolid" in formula else datasets.hsb()


@cache
def fitted(formula: str) -> Fit:
    return notation.fit(formula, data_of(formula))


def lines(page) -> list[str]:
    return write(page, "plain").splitlines()


def result_of(page) -> float:
    """The number at the end of the last line."""
    last = page.statements[-1].sides[-1]
    return float(last.text) if isinstance(last, Number) else -float(last.of.text)


def test_the_schools_of_the_textbook() -> None:
    """Raudenbush & Bryk's empirical Bayes intercepts."""
    for school, intercept in [(1224, 9.973), (1288, 13.376), (1296, 8.069)]:
        page = explain(fitted(NULL), {"sch_id": school}, datasets.hsb(), decimals=3)
        assert result_of(page) == pytest.approx(intercept, abs=1.1e-3)
    assert lines(page)[0] == "β_0j = γ_00 + u_0j = 12.637 − 4.568 = 8.069"


FITTED = [
    NULL,
    CROSS_LEVEL,
    "math ~ I(ses - ave(ses, sch_id)) + poly(ses, 2) + (I(ses - ave(ses, sch_id)) | sch_id)",
    "math ~ I(ses - mean(ses)) + (ses || sch_id)",
    "math ~ scale(ses)*sector + I((ses - mean(ses))^2) + (1 | sch_id)",
    "math ~ year*female*size + (year | schoolid/childid)",
    "diameter ~ 1 + (1 | plate) + (1 | sample)",
]


@pytest.mark.parametrize("formula", FITTED)
def test_predictions_are_the_engine_s(formula: str) -> None:
    fit, data = fitted(formula), data_of(formula)
    expected = fit.result.fitted()
    for row in (0, 7, 101):
        assert result_of(explain(fit, row, data, decimals=6)) == pytest.approx(expected[row], abs=2e-6)


def test_a_row_of_the_data_is_given_in_three_ways() -> None:
    fit, data = fitted(NULL), data_of(NULL)
    pages = {str(explain(fit, row, data)) for row in (5, np.int64(5), data.iloc[5])}
    assert len(pages) == 1


def test_a_value_is_scaled_by_the_data() -> None:
    fit, data = fitted("math ~ scale(ses) + (1 | sch_id)"), datasets.hsb()
    of_values = explain(fit, {"sch_id": 1224, "ses": data.ses[3]}, data, decimals=6)
    assert result_of(of_values) == pytest.approx(fit.result.fitted()[3], abs=2e-6)


def test_it_is_worked_out_level_by_level() -> None:
    page = explain(fitted("math ~ ses*sector + (ses | sch_id)"), {"ses": 0.5, "sector": 1})
    intercept, slope, outcome, remark = lines(page)
    assert intercept == "β_0j = γ_00 + γ_01 sector_j + u_0j = 11.75 + 2.13 × 1 + 0.00 = 13.88"
    assert slope == "β_1j = γ_10 + γ_11 sector_j + u_1j = 2.96 − 1.31 × 1 + 0.00 = 1.64"
    assert outcome.endswith("_ij = β_0j + β_1j ses_ij = 13.88 + 1.64 × 0.5 = 14.70")
    assert remark == "No unit of sch_id is named: its effects are 0."


def test_the_latex_has_a_hat() -> None:
    text = write(explain(fitted(NULL), {"sch_id": 1224}, datasets.hsb()), "latex")
    assert text == (
        "\\begin{aligned}\n"
        "\\beta_{0j} &= \\gamma_{00} + u_{0j} = 12.64 - 2.66 = 9.97 \\\\\n"
        "\\widehat{\\text{math}}_{ij} &= \\beta_{0j} = 9.97\n"
        "\\end{aligned}"
    )


GENERALIZED = [("binomial", link) for link in ("logit", "probit", "cloglog", "loglog", "cauchit")] + [
    ("poisson", "log"),
    ("poisson", "sqrt"),
    ("poisson", "identity"),
    ("gamma", "inverse"),
    ("gaussian", "log"),
]


@pytest.mark.parametrize(("family", "link"), GENERALIZED)
def test_the_mean_of_generalized_models(family: str, link: str) -> None:
    model = notation.read("y ~ x + (x || g) + offset(log(size))", levels={}, family=family, link=link)
    values = {"(Intercept)": 0.2, "x": 0.3, "Var(g, (Intercept))": 0.1, "Var(g, x)": 0.2}
    values |= {"gaussian": {"Residual": 2}, "gamma": {"Dispersion": 2}}.get(family, {})
    estimates = Estimates(model, {p: Estimate(v) for p, v in resolve(model, values).items()})
    page = explain(SimpleNamespace(model=model, estimates=estimates), {"x": 2, "size": 1.5}, decimals=6)
    predictor = 0.2 + 0.3 * 2 + 0.4054651081
    assert result_of(page) == pytest.approx(float(mean_of(link, predictor)), abs=2e-6)


REFUSED = [
    (CROSS_LEVEL, {"ses": 1, "sector": 1}, False, NeedsMore, "The value of meanses is missing"),
    (CROSS_LEVEL, {"ses": 1, "sector": 1, "meanses": 0, "sch_id": 1224}, False, NeedsMore, "give data="),
    (
        CROSS_LEVEL,
        {"ses": 1, "sector": 1, "meanses": 0, "sch_id": 1},
        True,
        UnknownName,
        "have no sch_id '1'",
    ),
    (NULL, 7185, True, DataError, "none at place 7185"),
    (NULL, 0, False, NeedsMore, "give the data"),
    (NULL, "sch_id = 1224", True, DataError, "not 'sch_id = 1224'"),
    ("math ~ I(ses - mean(ses)) + (1 | sch_id)", {"ses": 1}, False, NeedsMore, "I(ses - mean(ses))"),
    ("math ~ scale(ses) + (1 | sch_id)", {"ses": 1}, False, NeedsMore, "scale(ses)"),
]


@pytest.mark.parametrize(("formula", "row", "with_data", "kind", "words"), REFUSED)
def test_refusals(formula: str, row, with_data: bool, kind: type[NotationError], words: str) -> None:
    with pytest.raises(kind) as caught:
        explain(fitted(formula), row, data_of(formula) if with_data else None)
    assert words in str(caught.value)


def test_effects_do_not_depend_on_the_engine() -> None:
    fit = fitted("math ~ ses + (ses | sch_id)")
    effects = group_effects(fit.model, fit.estimates, datasets.hsb())["sch_id"]
    block = fit.result.ranef()["g1"]
    first = [unit[INTERCEPT] for unit in effects.values()]
    assert sorted(first) == pytest.approx(sorted(block["(Intercept)"]), abs=1e-6)
    assert len(effects) == 160


@pytest.mark.parametrize("formula", [f for f in FITTED if "poly" not in f])
def test_effects_are_those_of_the_engine_s_result(formula: str) -> None:
    fit = fitted(formula)
    computed = group_effects(fit.model, fit.estimates, data_of(formula))
    for group, units in computed.items():
        found = effects_in_engine(fit, group)
        assert found is not None
        assert found.keys() == units.keys()
        for unit, effects in units.items():
            assert found[unit] == pytest.approx(effects, abs=1e-5)


def test_weights_enter_the_effects() -> None:
    text = "lmer(y ~ x + (1 | g), weights = w)"
    truth = {"(Intercept)": 1, "x": 1, "Var(g, (Intercept))": 1, "Residual": 4}
    model = notation.read(text, levels={})
    data = notation.simulate(model, truth, {"g": 20, "observations": 6}, 1, {"w": ("integers", 1, 5)})
    fit = notation.fit(model, data)
    found = group_effects(fit.model, fit.estimates, data)["g"]
    own = fit.result.ranef()["g1"]["(Intercept)"]
    assert sorted(u[INTERCEPT] for u in found.values()) == pytest.approx(sorted(own), abs=1e-6)


LME4_EFFECTS = [
    (CROSS_LEVEL, "sch_id", "1224", 0.049194339, -0.0043228164),
    (CROSS_LEVEL, "sch_id", "1288", 0.368630308, 0.0361139236),
    (CROSS_LEVEL, "sch_id", "1296", -1.619726816, -0.1533551060),
    ("math ~ year + female + (year | schoolid/childid)", "schoolid", "2020", 0.573278487, 0.19061182),
    (
        "math ~ year + female + (year | schoolid/childid)",
        "childid",
        "3440:101480302",
        0.049068902,
        -0.010663189,
    ),
]
"""What ``ranef`` of lme4 1.1-31 prints (optimizer bobyqa)."""


@pytest.mark.parametrize(("formula", "group", "unit", "intercept", "slope"), LME4_EFFECTS)
def test_effects_are_lme4_s(formula: str, group: str, unit: str, intercept: float, slope: float) -> None:
    fit = fitted(formula)
    found = group_effects(fit.model, fit.estimates, data_of(formula))[group][unit]
    assert list(found.values()) == pytest.approx([intercept, slope], abs=2e-5)


def test_generalized_models_use_the_engine_s_conditional_modes() -> None:
    mixedlm = pytest.importorskip("mixedlm")
    from mixedlm.families import Binomial

    model = notation.read("y ~ x + (x | g)", levels={}, family="binomial")
    truth = {
        "(Intercept)": 0,
        "x": 1,
        "Var(g, (Intercept))": 1,
        "Var(g, x)": 0.5,
        "Cor(g, x, (Intercept))": 0.2,
    }
    data = notation.simulate(model, truth, {"g": 30, "observations": 20}, 1)
    result = mixedlm.glmer("y ~ x + (x | g)", data, family=Binomial())
    for row in (0, 77, 599):
        page = explain(result, row, data, decimals=6)
        assert result_of(page) == pytest.approx(result.fitted()[row], abs=2e-6)
    with pytest.raises(UnknownName, match="no g '31'"):
        explain(result, {"x": 1, "g": 31})
