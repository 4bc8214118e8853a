"""The further notations: what their pages look like, what they refuse, and their numbers."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from notation import parse, read, write
from notation.errors import CannotSay, NeedsMore, ReadError, WriteError
from notation.estimates import Estimate, Estimates
from notation.expressions import INTERCEPT
from notation.model import Model
from notation.parameters import Covariance, Variance, parameters

EXAMPLES = Path(__file__).parent.parent / "examples"

SLOPES = read("y ~ x + (x | g)", levels={"g": []})
NESTED = read("y ~ 1 + (1 | a) + (1 | b)", levels={"a": []}, nesting=["a < b"])
CROSSED = read("y ~ 1 + (1 | a) + (1 | b)", levels={"a": []}, nesting=["a x b"])
COUNTS = read("y ~ x + (1 | g)", levels={"g": []}, family="poisson")
SCHOOLS = read("math ~ ses + (ses | schools)", levels={"schools": []})
ORDERED = read(
    "y ~ x + (1 | g)", levels={"g": []}, family="cumulative", categories={"y": ["low", "middle", "high"]}
)
UNKNOWN = read("y ~ x + (x | g)")
CENTERED = read("y ~ I(x - ave(x, g)) + (1 | g)", levels={"g": []})

LINES = [
    ("singer_willett", SLOPES, "π_1i = γ_10 + ζ_1i"),
    ("singer_willett", SLOPES, "(ζ_0i, ζ_1i) ~ N((0, 0), [σ²_0 σ_01; σ_01 σ²_1])"),
    ("hox", SLOPES, "(u_0j, u_1j) ~ N((0, 0), [σ²_{u_0} σ_{u_01}; σ_{u_01} σ²_{u_1}])"),
    ("hox", NESTED, "y_ijk = γ_000 + v_00k + u_0jk + e_ijk"),
    ("snijders_bosker", NESTED, "y_ijk = γ_000 + V_00k + U_0jk + R_ijk"),
    ("snijders_bosker", SLOPES, "(U_0j, U_1j) ~ N((0, 0), [τ²_0 τ_01; τ_01 τ²_1])"),
    ("goldstein", SLOPES, "β_0ij = β_0 + u_0j + e_0ij"),
    ("goldstein", NESTED, "β_0ijk = β_0 + v_0k + u_0jk + e_0ijk"),
    ("goldstein", COUNTS, "β_0j = β_0 + u_0j"),
    ("goldstein", CROSSED, "y_i = β_0 + u_0j[i]^{(2)} + u_0k[i]^{(3)} + e_0i"),
    ("mcelreath", SLOPES, "y_i ~ Normal(μ_i, σ)"),
    ("mcelreath", SLOPES, "S_α = diag(σ_α, σ_β)"),
    ("mcelreath", SCHOOLS, "μ_i = α_schools[i] + β_schools[i] ses_i"),
    ("raudenbush_bryk", ORDERED, "η_mij = θ_m − β_0j − β_1j x_ij"),
    ("gelman_hill", ORDERED, "θ = (θ_1, θ_2)"),
    ("mcelreath", CROSSED, "δ_k ~ Normal(0, σ_δ), for b k = 1, …, K"),
    ("laird_ware", SLOPES, "b_j = (b_0j, b_1j)′"),
    ("laird_ware", NESTED, "y_ijk = β_0 + b_0jk + c_0k + ε_ijk"),
    ("additive", NESTED, "y_i ~ N(β_0 + α_j[i] + δ_k[j[i]], σ²)"),
    ("singer_willett", CENTERED, "y_ij = π_0i + π_1i (x_ij − x̄_{i.}) + ε_ij"),
    ("additive", UNKNOWN, "y_i ~ N(β_0 + β_1 x + α_0j[i] + α_1j[i] x, σ²)"),
]


@pytest.mark.parametrize(("notation", "model", "line"), LINES)
def test_a_line_of_a_page(notation: str, model: Model, line: str) -> None:
    assert line in write(model, notation, "plain").splitlines()


FORMS = [
    ("local", SLOPES, "y_ij ~ N(α_j + β_j x_ij, σ²)"),
    ("errors", SLOPES, "y_i ~ N(β_0 + β_1 x_i + α_0j[i] + α_1j[i] x_i, σ²)"),
]


@pytest.mark.parametrize(("form", "model", "line"), FORMS)
def test_gelman_and_hills_ways_of_writing_one_model(form: str, model: Model, line: str) -> None:
    text = str(write(model, "gelman_hill", "plain", form=form))
    assert line in text.splitlines()
    assert read(text) == model


def test_a_regression_with_indicators_of_the_groups_is_written_and_not_read() -> None:
    text = str(write(SLOPES, "gelman_hill", "plain", form="indicators", width=0))
    assert "+ α_01 g[1]_i + … + α_0J g[J]_i + α_11 g[1]_i x_i + … + α_1J g[J]_i x_i" in text.replace("`", "")
    with pytest.raises(ReadError, match="dots stand for terms"):
        read(text)


def test_local_regressions_are_those_of_one_grouping_factor() -> None:
    with pytest.raises(CannotSay, match="one grouping factor"):
        write(NESTED, "gelman_hill", form="local")


REFUSED = [
    ("singer_willett", NESTED, CannotSay, "two levels"),
    ("singer_willett", UNKNOWN, NeedsMore, "level of x is not known"),
    ("mcelreath", UNKNOWN, NeedsMore, "level of x is not known"),
    ("goldstein", UNKNOWN, NeedsMore, "level of x is not known"),
]


@pytest.mark.parametrize(("notation", "model", "error", "words"), REFUSED)
def test_what_cannot_be_said_is_refused(
    notation: str, model: Model, error: type[WriteError], words: str
) -> None:
    with pytest.raises(error, match=words):
        write(model, notation)


def numbers_of(model: Model) -> Estimates:
    """4 for every parameter but the covariance, 2: the correlation is a half."""
    return Estimates(
        model, {p: Estimate(2.0 if isinstance(p, Covariance) else 4.0) for p in parameters(model)}
    )


def test_numbers_in_mcelreaths_notation_are_standard_deviations_and_correlations() -> None:
    text = write(SLOPES, "mcelreath", "plain", estimates=numbers_of(SLOPES))
    assert "y_i ~ Normal(μ_i, 2.00)" in text
    assert "S_α = diag(2.00, 2.00)" in text
    assert "R_α = [1 0.50; 0.50 1]" in text


def test_standard_deviations_read_back_as_variances() -> None:
    model = read("y ~ 1 + (1 | g)", levels={"g": []})
    text = str(write(model, "mcelreath", "plain", estimates=numbers_of(model)))
    assert parse(text).readings[0].estimates[Variance("g", INTERCEPT)] == 4.0


def test_vectors_whose_lengths_differ_are_refused() -> None:
    with pytest.raises(Exception, match="Two coefficients are multiplied"):
        read("y_ij = X_ij β + u_j + e_ij\nX_ij = (1, x_ij)\nβ = (β_0, β_1, β_2)")


def test_the_page_with_every_notation_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(EXAMPLES / "notations.py"))
    assert capsys.readouterr().out == (EXAMPLES / "notations.md").read_text(encoding="utf-8")
