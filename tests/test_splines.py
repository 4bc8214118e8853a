"""Spline columns against R 4: ``splines::bs`` and ``splines::ns`` of x <- 58:72."""

from __future__ import annotations

import numpy as np
import pytest

from notation.errors import FitError
from notation.expressions import Basis, Variable
from notation.numbers.splines import spline_columns

X = np.arange(58, 73.0)

# The settings, a row from 1, and what R gives in that row.
R: list[tuple[str, tuple[str, ...], int, list[float]]] = [
    ("ns", ("df = 5",), 4, [2.047497e-01, 6.073858e-05, -1.677834e-01, 5.033503e-01, -3.355669e-01]),
    ("ns", ("3", "intercept = TRUE"), 5, [0.223432784562, 0.438125767703, -0.260985691588]),
    ("ns", ("knots = c(60, 65)",), 15, [-0.1516245487365, 0.4115523465700, 0.7400720721660]),
    ("ns", (), 8, [0.4008918628686]),
    ("bs", ("5",), 2, [0.453443877551, 0.0598578717201, 0.00163994169096, 0.0, 0.0]),
    ("bs", ("df = 5L",), 15, [0.0, 0.0, 0.0, 0.0, 1.0]),
]


@pytest.mark.parametrize(("function", "settings", "row", "expected"), R)
def test_columns_are_those_of_r(
    function: str, settings: tuple[str, ...], row: int, expected: list[float]
) -> None:
    found = spline_columns(Basis(function, Variable("x"), settings, 0), X)
    np.testing.assert_allclose(found[row - 1], expected, rtol=1e-6, atol=1e-10)


PATSY = [
    ("bs(x, df=6, degree=2) - 1", ("df = 6", "degree = 2")),
    ("bs(x, knots=[60, 65]) - 1", ("knots = [60, 65]",)),
    ("bs(x, df=5, include_intercept=True) - 1", ("df = 5", "include_intercept = True")),
]


@pytest.mark.parametrize(("formula", "settings"), PATSY)
def test_columns_are_those_of_patsy(formula: str, settings: tuple[str, ...]) -> None:
    patsy = pytest.importorskip("patsy")
    found = spline_columns(Basis("bs", Variable("x"), settings, 0), X)
    np.testing.assert_allclose(found, np.asarray(patsy.dmatrix(formula, {"x": X})), atol=1e-12)


@pytest.mark.parametrize("setting", ["Boundary.knots = c(0, 9)", "knots = quantile(x)", "df = n"])
def test_settings_that_are_not_computed_are_refused(setting: str) -> None:
    with pytest.raises(FitError, match=setting.partition(" ")[0]):
        spline_columns(Basis("ns", Variable("x"), (setting,), 0), X)
