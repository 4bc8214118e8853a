"""Numbers in equations: what takes the place of which symbol, and the table of estimates."""

from __future__ import annotations

import numpy as np
import pytest

from notation.equations import (
    Digit,
    Distributed,
    Distribution,
    Equation,
    Equations,
    Index,
    Matrix,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Range,
    Sum,
    Uncertain,
    letter,
    word,
)
from notation.estimates import Estimate, Estimates, fill, rounded, shown, spreads, wald
from notation.expressions import INTERCEPT, Term, Variable
from notation.model import Model, Nested, RandomBlock, Response
from notation.options import make_options
from notation.parameters import Coefficient, Covariance, Parameter, ResidualVariance, Variance

SES = Term((Variable("ses"),))
MODEL = Model(
    Response(Variable("math")),
    (INTERCEPT, SES),
    (RandomBlock("student", (INTERCEPT,)), RandomBlock("school", (SES, INTERCEPT))),
    relations=frozenset({Nested("student", "school")}),
)
BOTH = frozenset((INTERCEPT, SES))
VALUES: dict[Parameter, Estimate] = {
    Coefficient(INTERCEPT): wald(12.637, 0.5),
    Coefficient(SES): Estimate(-1.305),
    Variance("student", INTERCEPT): Estimate(2.25),
    Variance("school", SES): Estimate(0.16),
    Variance("school", INTERCEPT): Estimate(8.61),
    Covariance("school", BOTH): Estimate(-0.001),
    ResidualVariance(): Estimate(39.15),
}
ESTIMATES = Estimates(MODEL, VALUES, {"school": 160}, 7185, "some engine")

ROUNDED: list[tuple[float, int, Node]] = [
    (12.637, 2, Number("12.64")),
    (12.6, 2, Number("12.60")),
    (-1.305, 1, Negative(Number("1.3"))),
    (-0.001, 2, Number("0.00")),
    (-0.4, 0, Number("0")),
    (123456789.0, 1, Number("123456789.0")),
    (1e-7, 2, Number("0.00")),
    (1.5e20, 0, Number("150000000000000000000")),
]


SHOWN: list[tuple[float, dict[str, int], str]] = [
    (0.0012, {}, "0.0012"),
    (0.0012, {"decimals": 4}, "0.0012"),
    (0.00499, {}, "0.0050"),
    (0.005001, {}, "0.01"),
    (0.000996, {}, "0.0010"),
    (1.25e-6, {}, "0.0000013"),
    (3e-12, {}, "0.00"),
    (0.0, {"digits": 3}, "0.00"),
    (123456.7, {"digits": 3}, "123457"),
    (9.996, {"digits": 3}, "10.0"),
    (0.10, {"digits": 3}, "0.100"),
    (1e5, {}, "100000.00"),
]


@pytest.mark.parametrize(("value", "options", "text"), SHOWN)
def test_digits_do_not_hide_a_number(value: float, options: dict[str, int], text: str) -> None:
    assert shown(value, make_options(**options)) == Number(text)


@pytest.mark.parametrize(("value", "decimals", "node"), ROUNDED)
def test_rounding(value: float, decimals: int, node: Node) -> None:
    assert rounded(value, decimals) == node


def quantity(parameter: Parameter) -> Quantity:
    return Quantity(parameter, letter("γ", Digit(0)))


X = word("ses", Index("i"))
SLOPE = quantity(Coefficient(SES))
TAU = quantity(Variance("school", INTERCEPT))

FILLED: list[tuple[Node, dict[str, object], Node]] = [
    (quantity(Coefficient(INTERCEPT)), {}, Number("12.64")),
    (quantity(Coefficient(INTERCEPT)), {"decimals": 0}, Number("13")),
    (TAU, {}, Power(Number("2.93"), Number("2"))),
    (TAU, {"spread": "variance"}, Number("8.61")),
    (quantity(ResidualVariance()), {}, Power(Number("6.26"), Number("2"))),
    (quantity(Covariance("school", BOTH)), {}, Negative(Number("0.0010"))),
    (quantity(Coefficient(INTERCEPT)), {"digits": 3}, Number("12.6")),
    (quantity(Coefficient(INTERCEPT)), {"digits": 1}, Number("13")),
    (SLOPE, {"digits": 5}, Negative(Number("1.3050"))),
    (quantity(Covariance("school", BOTH)), {"digits": 1}, Negative(Number("0.001"))),
    (quantity(Covariance("school", BOTH)), {"decimals": 3}, Negative(Number("0.001"))),
    (quantity(Variance("district", INTERCEPT)), {}, letter("γ", Digit(0))),
    (Sum((X, Product((SLOPE, X)))), {}, Sum((X, Negative(Product((Number("1.30"), X)))))),
    (Negative(SLOPE), {}, Number("1.30")),
    (Matrix(((TAU,),)), {}, Matrix(((Power(Number("2.93"), Number("2")),),))),
]


@pytest.mark.parametrize(("node", "options", "expected"), FILLED)
def test_fill(node: Node, options: dict[str, object], expected: Node) -> None:
    page = Equations((Equation((X, node)), Distributed((X,), Distribution("normal", (node, X)))))
    filled = fill(page, ESTIMATES, make_options(**options))
    assert filled.statements[0] == Equation((X, expected))
    assert filled.statements[1] == Distributed((X,), Distribution("normal", (expected, X)))


BESIDE: list[tuple[Estimate, dict[str, object], tuple[str, ...]]] = [
    (wald(0.061082, 0.00064832), {"numbers": "se"}, ("0.06108", "0.00065")),
    (wald(12.637, 0.2444), {"numbers": "se"}, ("12.64", "0.24")),
    (wald(0.061082, 0.00064832), {"numbers": "interval"}, ("0.0611", "0.0598", "0.0624")),
    (Estimate(0.061082, low=0.0001, high=0.12), {"numbers": "interval"}, ("0.06", "0.00010", "0.12")),
    (wald(0.061082, 0.00064832), {"numbers": "se", "digits": 2}, ("0.061", "0.00065")),
    (wald(0.061082, 0.00064832), {"numbers": "se", "decimals": 3}, ("0.061", "0.001")),
    (Estimate(0.061082), {"numbers": "se"}, ("0.06",)),
]


@pytest.mark.parametrize(("estimate", "options", "texts"), BESIDE)
def test_an_estimate_is_as_exact_as_its_error(
    estimate: Estimate, options: dict[str, object], texts: tuple[str, ...]
) -> None:
    found = Estimates(MODEL, {Coefficient(SES): estimate}, {}, 100, "some engine")
    value, *errors = map(Number, texts)
    expected = Uncertain(value, tuple(errors)) if errors else value
    filled = fill(Equations((Equation((X, SLOPE)),)), found, make_options(**options))
    assert filled.statements[0] == Equation((X, expected))


def test_ranges_end_at_the_number_of_units() -> None:
    ranges = (Range("j", "school", "J"), Range("k", "district", "K"), Range("i", "school"))
    page = Equations((Equation((X, X), ranges),))
    filled = fill(page, ESTIMATES, make_options()).statements[0]
    assert filled.ranges == (Range("j", "school", "160"), Range("k", "district", "K"), Range("i", "school"))


def test_what_is_not_a_number_keeps_its_symbol() -> None:
    estimates = Estimates(MODEL, {Coefficient(SES): Estimate(float("nan"))})
    page = Equations((Equation((X, SLOPE)),))
    assert fill(page, estimates, make_options()).statements == (Equation((X, SLOPE.symbol)),)


def test_table() -> None:
    table = ESTIMATES.table().astype(object).fillna("")
    columns = ["effect", "group", "term", "term2", "estimate", "sd", "correlation"]
    assert table[columns].values.tolist() == [
        ["fixed", "", "(Intercept)", "", 12.637, "", ""],
        ["fixed", "", "ses", "", -1.305, "", ""],
        ["variance", "school:student", "(Intercept)", "", 2.25, 1.5, ""],
        ["variance", "school", "ses", "", 0.16, 0.4, ""],
        ["variance", "school", "(Intercept)", "", 8.61, pytest.approx(2.934280), ""],
        ["covariance", "school", "ses", "(Intercept)", -0.001, "", pytest.approx(-0.000852, abs=1e-6)],
        ["residual", "Residual", "", "", 39.15, pytest.approx(6.256996), ""],
    ]
    assert table.loc[0, ["std_error", "low", "high"]].tolist() == pytest.approx([0.5, 11.657018, 13.616982])


def test_estimates_cannot_be_changed() -> None:
    values = dict(VALUES)
    estimates = Estimates(MODEL, values)
    values.clear()
    assert len(estimates) == len(VALUES)
    with pytest.raises(TypeError):
        estimates.by_parameter[ResidualVariance()] = Estimate(1.0)  # type: ignore[index]


def test_a_covariance_matrix_by_term() -> None:
    found = dict(spreads("g", (SES, INTERCEPT), np.array([[1.0, 2.0], [2.0, 3.0]])))
    assert found[Variance("g", SES)].value == 1
    assert found[Covariance("g", BOTH)].value == 2
    assert found[Variance("g", INTERCEPT)].value == 3
