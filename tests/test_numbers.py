"""Numbers: a model says the same of data before and after it was written as equations and read again.

A model is worked out on data by hand, in numpy: each expression of data as R means it. What the
reader made of the written equations is worked out by the program's own `evaluate`. Random
coefficients are attached to the terms; effects of the groups are drawn once for each group.
"""

from __future__ import annotations

import zlib
from math import prod

import numpy as np
import pytest
from cases import CASES, model_of
from corpus_pages import Case
from pandas import DataFrame
from ways import WAYS, Way

from notation.errors import WriteError
from notation.expressions import (
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
from notation.model import Model
from notation.numbers.evaluate import evaluate
from notation.spelling import spell

ROWS = 60
OPERATIONS = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide, "^": np.power}


def numbers_of(model: Model) -> DataFrame:
    """Data for a model: positive numbers, categories where the model has them, and groups of each factor."""
    random = np.random.default_rng(1)
    columns: dict[str, object] = {}
    for n, group in enumerate(model.group_names):
        for name in group.split(":"):
            columns[name] = [f"{name} {row % (4 + n)}" for row in range(ROWS)]
    for name in model.variables:
        known = model.categories_of(name)
        columns[name] = random.choice(known.names, ROWS) if known else random.uniform(1, 2, ROWS)
    return DataFrame(columns)


def by_hand(expression: Expression, data: DataFrame) -> np.ndarray:
    """An expression on data, in numpy."""
    match expression:
        case Variable(name):
            return data[name].to_numpy(float)
        case Indicator(name, category):
            return (data[name].to_numpy() == category).astype(float)
        case Constant(value):
            return np.full(len(data), float(value))
        case Call("-", (only,)):
            return -by_hand(only, data)
        case Call(function, arguments):
            operation = OPERATIONS.get(function) or getattr(np, function)
            return operation(*(by_hand(a, data) for a in arguments))
        case Mean(of, within):
            return mean(by_hand(of, data), data, within)
        case Centered(of, around):
            return by_hand(of, data) - by_hand(around, data)
    raise AssertionError(expression)


def mean(values: np.ndarray, data: DataFrame, within: str | None) -> np.ndarray:
    """The mean of the group each value is in."""
    if within is None:
        return np.full(len(values), values.mean())
    group = data[within].to_numpy()
    return np.array([values[group == g].mean() for g in group])


def coefficient(*of: object) -> float:
    """A number that belongs to a thing, whatever order things come in."""
    return zlib.crc32(repr(of).encode()) % 2000 / 1000 - 1


def key(term: Term) -> list[str]:
    return sorted(map(spell, term.factors))


def predicted(model: Model, data: DataFrame, values: object) -> np.ndarray:
    """Σ coefficient × term + Σ effect × term + offsets, where ``values`` evaluates an expression."""

    def product(term: Term) -> np.ndarray:
        return prod((np.asarray(values(f, data)) for f in term.factors), start=np.ones(len(data)))

    total = sum((np.asarray(values(o, data)) for o in model.offsets), start=np.zeros(len(data)))
    for term in model.fixed:
        total = total + coefficient(key(term)) * product(term)
    for block in model.random:
        units = data[block.group.split(":")].agg(" ".join, axis=1)
        for term in block.terms:
            effects = np.array([coefficient(block.group, key(term), unit) for unit in units])
            total = total + effects * product(term)
    return total


def has_no_numbers(model: Model) -> bool:
    """A basis is R's, and not worked out by hand; a factor without categories has no numbers."""
    return any(isinstance(f, Basis | Factor) for term in model.terms for f in term.factors)


@pytest.mark.parametrize("way", WAYS, ids=str)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_written_and_read_again_it_predicts_the_same(case: Case, way: Way) -> None:
    model = model_of(case)
    if has_no_numbers(model):
        pytest.skip("it holds a basis, or categories that nobody knows")
    try:
        again = way.read_back(model, way.write(model))
    except WriteError:
        pytest.skip(f"{way} refuses this model")
    data = numbers_of(model)
    np.testing.assert_allclose(predicted(again, data, evaluate), predicted(model, data, by_hand))
