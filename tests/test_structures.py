"""Structured covariances, residuals by category and responses of categories, told in words and in numbers."""

from __future__ import annotations

from typing import Any

import pytest

from notation import describe, parse, read, write
from notation.errors import NotYet
from notation.estimates import Estimate, Estimates
from notation.expressions import INTERCEPT
from notation.model import Model
from notation.parameters import Autocorrelation, Covariance, Threshold, Variance, parameters

SCHOOLS: dict[str, Any] = {"levels": {"schools": []}}
SHARED = read("lme(math ~ ses + x, random = list(schools = pdCompSymm(~ ses + x)))", **SCHOOLS)
IDENTITY = read("lme(math ~ ses + x, random = list(schools = pdIdent(~ ses + x)))", **SCHOOLS)
SUCCESSIVE = read(
    "lme(math ~ ses, random = ~ 1 | schools, correlation = corAR1(form = ~ 1 | schools))", **SCHOOLS
)
ORDERED = read("y ~ x", family="cumulative", categories={"y": ["low", "middle", "high"]})
UNORDERED = read("y ~ x", family="multinomial", categories={"y": ["A", "B", "C"]})

SAID = [
    (SHARED, "τ_00 (intercept, ses, x by schools): the one variance of u_0j, u_1j, and u_2j"),
    (SHARED, "τ_01 (intercept, ses, x by schools): the one covariance of any two"),
    (IDENTITY, "the one variance of u_0j, u_1j, and u_2j"),
    (SUCCESSIVE, "ρ_r: the correlation of successive residuals"),
]


@pytest.mark.parametrize(("model", "words"), SAID)
def test_what_is_said_of_a_structure(model: Model, words: str) -> None:
    assert words in describe(model)


def test_coefficients_by_category_are_not_put_into_words() -> None:
    with pytest.raises(NotYet, match="one for each category"):
        describe(UNORDERED)


@pytest.mark.parametrize("model", [SHARED, IDENTITY, SUCCESSIVE, ORDERED, UNORDERED])
def test_numbers_stand_for_every_parameter(model: Model) -> None:
    """Each parameter has a number of its own, and is read back with it where its place tells what it is."""
    given = {p: Estimate(number / 8) for number, p in enumerate(parameters(model), 1)}
    text = str(write(model, "rb", "plain", estimates=Estimates(model, given), spread="variance", decimals=3))
    found = parse(text).readings[0].estimates
    for parameter, estimate in given.items():
        if isinstance(parameter, Autocorrelation | Covariance | Threshold):
            assert f"{estimate.value:.3f}" in text
        if parameter in found:
            assert found[parameter] == pytest.approx(estimate.value), parameter


def test_the_author_s_symbols_of_a_structured_matrix() -> None:
    text = str(write(SHARED, "rb", "plain"))
    symbols = parse(text).readings[0].symbols
    assert [p for p in symbols if isinstance(p, Variance | Covariance)] == [
        Variance("schools", INTERCEPT),
        Covariance("schools", frozenset(SHARED.random[0].terms[:2])),
    ]
