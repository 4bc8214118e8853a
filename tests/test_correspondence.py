"""The concordance: each parameter's names side by side, in tables that other programs take."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import notation
from notation import datasets
from notation.engines import Fit
from notation.fits.correspondence import concordance
from notation.parameters import parameters

QUIZ = Path(__file__).parent.parent / "examples" / "quiz.txt"
CROSS_LEVEL = "math ~ ses*sector + (ses | sch_id)"


@cache
def fitted(formula: str) -> Fit:
    return notation.fit(formula, datasets.hsb())


def test_the_quiz() -> None:
    frame = concordance(notation.read(QUIZ)).frame()
    assert list(frame.columns) == ["raudenbush_bryk", "gelman_hill", "term"]
    assert frame.to_numpy().tolist()[:8] == [
        ["γ_000", "γ_0^a", "(Intercept)"],
        ["γ_001", "γ_1^a", "Size"],
        ["γ_010", "γ_0^b", "FRL"],
        ["γ_011", "γ_1^b", "FRL:Size"],
        ["γ_100", "γ_0^c", "week"],
        ["γ_101", "γ_1^c", "week:Size"],
        ["γ_110", "d", "week:FRL"],
        ["τ_{β00,00}", "σ²_a", "(Intercept) | schools"],
    ]
    assert frame.loc["Cov(schools:students, (Intercept), week)", "gelman_hill"] == "ρ_αβ σ_α σ_β"
    assert len(frame) == 17
    assert frame["raudenbush_bryk"].is_unique
    assert frame["gelman_hill"].is_unique


def test_a_fit_has_its_estimates_beside() -> None:
    fit = fitted(CROSS_LEVEL)
    frame = concordance(fit).frame()
    assert list(frame["estimate"]) == [fit.estimates[p].value for p in parameters(fit.model)]
    assert frame["std_error"].notna().sum() == 4
    assert frame["p"].isna().all()  # mixedlm, like lme4, gives none
    assert list(frame["engine"][:4]) == ["(Intercept)", "ses", "sector", "ses:sector"]


def test_p_values_are_the_engine_s() -> None:
    fit = fitted("math ~ ses*sector")
    frame = concordance(fit).frame()
    assert list(frame["p"][:4]) == pytest.approx(list(fit.result.pvalues))
    assert "< .001" in str(concordance(fit))


def test_a_result_of_mixedlm_keeps_its_names() -> None:
    mixedlm = pytest.importorskip("mixedlm")
    result = mixedlm.lmer(CROSS_LEVEL, datasets.hsb())
    names = list(concordance(result).frame()["engine"])
    assert names[:4] == ["(Intercept)", "ses", "sector", "ses:sector"]
    assert names[4:] == ["sch_id: (Intercept)", "sch_id: ses", "sch_id: (Intercept), ses", "Residual"]


def test_a_result_of_glmer_has_no_residual() -> None:
    mixedlm = pytest.importorskip("mixedlm")
    from mixedlm.families import Poisson

    data = datasets.hsb().assign(count=lambda d: (d.math.clip(0) // 5).astype(int)).head(1000)
    frame = concordance(mixedlm.glmer("count ~ ses + (1 | sch_id)", data, family=Poisson())).frame()
    assert list(frame["engine"]) == ["(Intercept)", "ses", "sch_id: (Intercept)"]


def test_a_result_of_statsmodels_keeps_its_names() -> None:
    from statsmodels.formula.api import mixedlm

    result = mixedlm("math ~ ses*C(sector)", datasets.hsb(), groups="sch_id").fit()
    frame = concordance(result).frame()
    assert list(frame.loc[["(Intercept)", "sector1", "ses:sector1"], "engine"]) == [
        "Intercept",
        "C(sector)[T.1]",
        "ses:C(sector)[T.1]",
    ]
    assert frame.loc["Residual", "engine"] == "scale"
    assert frame.loc["ses", "p"] == pytest.approx(result.pvalues["ses"])
    # Its p-values of variances rest on standard errors of another scale.
    assert frame["p"].notna().sum() == 4
    assert frame["std_error"].notna().sum() == 4


def test_tables_for_papers() -> None:
    table = notation.concordance(fitted(CROSS_LEVEL))
    row = r"$\gamma_{11}$ & $\gamma_1^{\beta}$ & \texttt{ses:sector} & \texttt{ses:sector} & $-1.31$ & $0.22$"
    assert row in table.to_latex()
    assert r"Raudenbush \& Bryk & Gelman \& Hill & Formula" in table.to_latex()
    assert (
        r"| $\tau_{11}$ | $\sigma_{\beta}^2$ | `ses \| sch_id` | `sch_id: ses` | $0.08$ |  |  |  |"
        in table.to_markdown()
    )
    assert "<td>−1.31</td>" in table.to_html()
    assert table.to_html() == table._repr_html_()


def test_what_a_notation_cannot_say_is_said() -> None:
    table = concordance(notation.read("y ~ x + (1 | a) + (1 | b)"))
    assert (table.frame()["raudenbush_bryk"] == "").all()
    assert "nested or crossed" in table.missing["raudenbush_bryk"]


def test_names_that_only_the_engine_was_given_are_not_shown() -> None:
    table = notation.concordance(
        notation.fit("math ~ log(size)*ses + (ses | sch_id)", datasets.hsb())
    ).frame()
    shown = set(table["engine"])
    assert {"(Intercept)", "log(size)", "log(size):ses", "sch_id: (Intercept), ses", "Residual"} <= shown
