"""Expressions on data: each expression with the numbers that R gives."""

from __future__ import annotations

import pandas as pd
import pytest

from notation.errors import DataError, FitError, NotationError, UnknownName
from notation.expressions import (
    INTERCEPT,
    Basis,
    Call,
    Centered,
    Constant,
    Expression,
    Factor,
    Indicator,
    Mean,
    Term,
    Variable,
)
from notation.numbers.evaluate import evaluate, evaluate_term, label, units

DATA = pd.DataFrame(
    {
        "x": [1.0, 2.0, 4.0, 5.0],
        "n": [1, 2, 3, 4],
        "g": ["a", "a", "b", "b"],
        "grade": [1.0, 2.0, 2.0, float("nan")],
        "flag": [True, False, True, True],
    }
)
X, N = Variable("x"), Variable("n")

EXPRESSIONS: list[tuple[Expression, list[float]]] = [
    (X, [1, 2, 4, 5]),
    (Variable("flag"), [1, 0, 1, 1]),
    (Constant(3), [3, 3, 3, 3]),
    (Indicator("g", "b"), [0, 0, 1, 1]),
    (Call("^", (X, Constant(2))), [1, 4, 16, 25]),
    (Call("/", (X, N)), [1, 1, 4 / 3, 1.25]),
    (Call("-", (X,)), [-1, -2, -4, -5]),
    (Call("-", (X, N)), [0, 0, 1, 1]),
    (Call("log2", (X,)), [0, 1, 2, 2.321928]),
    (Call("log", (X, Constant(2))), [0, 1, 2, 2.321928]),
    (Call("sqrt", (Call("+", (X, Constant(-1))),)), [0, 1, 3**0.5, 2]),
    (Mean(X), [3, 3, 3, 3]),
    (Mean(X, "g"), [1.5, 1.5, 4.5, 4.5]),
    (Centered(X, Mean(X)), [-2, -1, 1, 2]),
    (Centered(X, Mean(X, "g")), [-0.5, 0.5, -0.5, 0.5]),
    (Centered(X, Constant(2)), [-1, 0, 2, 3]),
    (Call("scale", (X,)), [-1.0954451, -0.5477226, 0.5477226, 1.0954451]),
    # poly(c(1, 2, 4, 5), 2) in R 4.2
    (Basis("poly", X, ("2",), 1), [-0.6324555, -0.3162278, 0.3162278, 0.6324555]),
    (Basis("poly", X, ("degree = 2",), 2), [0.5, -0.5, -0.5, 0.5]),
]


@pytest.mark.parametrize(("expression", "values"), EXPRESSIONS)
def test_values(expression: Expression, values: list[float]) -> None:
    assert evaluate(expression, DATA).tolist() == pytest.approx(values, abs=1e-6)


def test_a_missing_category_is_no_category() -> None:
    assert evaluate(Indicator("grade", "2"), DATA).tolist()[:3] == [0, 1, 1]
    assert evaluate(Indicator("grade", "2"), DATA).isna().tolist() == [False, False, False, True]


def test_a_term_is_the_product_of_its_factors() -> None:
    assert evaluate_term(INTERCEPT, DATA).tolist() == [1, 1, 1, 1]
    assert evaluate_term(Term((X, Indicator("g", "b"))), DATA).tolist() == [0, 0, 4, 5]


def test_two_columns_make_a_unit_of_each_combination() -> None:
    assert units(("g", "n"), DATA).tolist() == ["a:1", "a:2", "b:3", "b:4"]


@pytest.mark.parametrize(("value", "text"), [(2.0, "2"), (2, "2"), (0.5, "0.5"), ("b", "b")])
def test_labels_of_categories(value: object, text: str) -> None:
    assert label(value) == text


REFUSED: list[tuple[Expression, type[NotationError], str]] = [
    (Variable("y"), UnknownName, "unknown column 'y'"),
    (Variable("g"), DataError, "factor\\(g\\)"),
    (Call("lgo", (X,)), UnknownName, "did you mean 'log'"),
    (Factor("g"), FitError, "categories of g"),
    (Basis("cr", X, ("3",), 1), FitError, "cr\\(\\)"),
    (Basis("ns", X, ("3",), 4), FitError, "3 columns"),
    (Basis("poly", X, ("4",), 1), DataError, "degree 4"),
    (Mean(X, "h"), UnknownName, "'h'"),
]


@pytest.mark.parametrize(("expression", "kind", "words"), REFUSED)
def test_what_has_no_value_is_refused(expression: Expression, kind: type[NotationError], words: str) -> None:
    with pytest.raises(kind, match=words):
        evaluate(expression, DATA)
