"""Pages with numbers say them again when they are read: beside the symbols, with errors, with intervals."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import notation
from notation.engines import Fit
from notation.notations import NOTATIONS
from notation.parameters import Coefficient, ResidualVariance, Variance

SLEEP = pd.read_csv(Path(__file__).parent / "data" / "sleepstudy.csv", dtype={"Subject": str})
FORMULAS = ("Reaction ~ Days + (1 | Subject)", "Reaction ~ Days + (Days | Subject)")


@cache
def fitted(formula: str) -> Fit:
    return notation.fit(formula, SLEEP)


@pytest.mark.parametrize("markup", ["plain", "latex"])
@pytest.mark.parametrize("numbers", ["values", "se", "interval", "both"])
@pytest.mark.parametrize("to", NOTATIONS)
@pytest.mark.parametrize("formula", FORMULAS)
def test_numbers_are_read_back(formula: str, to: str, numbers: str, markup: str) -> None:
    fit = fitted(formula)
    text = str(notation.equation(fit, to, estimates=numbers, markup=markup, decimals=6))
    (reading,) = notation.parse(text).readings
    assert reading.model == fit.model
    expected = {p: e.value for p, e in fit.estimates.items()}
    assert reading.estimates == pytest.approx(expected, rel=1e-4, abs=1e-4)


STATED = [
    ("y_ij = β_0j + r_ij\nβ_0j = γ_00 + u_0j\nr_ij ~ N(0, σ²)\nu_0j ~ N(0, τ²)\nγ_00 = 12.6\nσ = 6\nτ² = 8.5",
     12.6, 36, 8.5),
    ("y_ij = β_0j + r_ij\nβ_0j = γ_00 + u_0j\nr_ij ~ N(0, σ²)\nu_0j ~ N(0, τ²)\nγ̂_00 = −12.6\nσ² = 6²\nτ = 3",
     -12.6, 36, 9),
]  # fmt: skip


@pytest.mark.parametrize(("text", "mean", "residual", "between"), STATED)
def test_values_beside_the_symbols(text: str, mean: float, residual: float, between: float) -> None:
    (reading,) = notation.parse(text).readings
    found = {type(p): value for p, value in reading.estimates.items()}
    expected = {Coefficient: mean, ResidualVariance: residual, Variance: between}
    assert found == pytest.approx(expected)


NO_VALUES = [
    ("y_ij = β_0j + β_1j x_ij + r_ij\nβ_0j = γ_00 + u_0j\nβ_1j = 2.5", "fixed to a number"),
]


def test_the_number_of_anything_else_is_said_to_be_no_part() -> None:
    found = notation.parse("y_ij = β_0j + r_ij\nβ_0j = γ_00 + u_0j\nδ = 3.2").readings[0]
    assert not found.estimates
    assert "No equation of the model uses δ." in [f.message for f in found.findings]


@pytest.mark.parametrize(("text", "words"), NO_VALUES)
def test_numbers_of_anything_else_are_refused(text: str, words: str) -> None:
    with pytest.raises(notation.ReadError) as caught:
        notation.parse(text)
    assert words in str(caught.value)
