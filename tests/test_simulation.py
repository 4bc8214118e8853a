"""Simulated data: their moments are those of the model, and what cannot be drawn is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import notation
from notation import DataError, NeedsMore, NotYet, UnknownName
from notation.errors import NotationError
from notation.estimates import Estimate
from notation.expressions import INTERCEPT, Call, Term, Variable
from notation.model import LINKS, Categories, Family, Model, RandomBlock, Residual, Response
from notation.numbers.links import mean_of
from notation.parameters import (
    Autocorrelation,
    Coefficient,
    Covariance,
    Dispersion,
    ResidualVariance,
    Threshold,
    Variance,
)
from notation.simulation import simulate

QUIZ = Path(__file__).parent.parent / "examples" / "quiz.txt"
N = 200_000
NULL = "y ~ 1 + (1 | g)"
NULL_VALUES = {"(Intercept)": 0.0, "Var(g, (Intercept))": 1.0, "Residual": 1.0}


def single(family: str = "gaussian", link: str = "", **parts: object) -> Model:
    """A model without groups; y by an intercept."""
    return Model(Response(Variable("y")), (INTERCEPT,), family=Family(family, link), **parts)


# ------------------------------------------------------------------ families: mean and variance

FAMILIES = [
    ("gaussian", "identity", 2.0, {"Residual": 9.0}, 2.0, 9.0),
    ("gaussian", "log", 1.0, {"SD(Residual)": 0.5}, np.e, 0.25),
    ("binomial", "logit", 0.4, {}, 0.598688, 0.240261),
    ("binomial", "probit", 0.4, {}, 0.655422, 0.225844),
    ("binomial", "cloglog", -0.5, {}, 0.454761, 0.247953),
    ("binomial", "loglog", -0.5, {}, 0.192296, 0.155318),
    ("binomial", "cauchit", 1.0, {}, 0.75, 0.1875),
    ("binomial", "log", -1.0, {}, 0.367879, 0.232544),
    ("binomial", "identity", 0.3, {}, 0.3, 0.21),
    ("poisson", "log", 1.2, {}, 3.320117, 3.320117),
    ("poisson", "sqrt", 2.0, {}, 4.0, 4.0),
    ("poisson", "identity", 4.0, {}, 4.0, 4.0),
    ("negative_binomial", "log", 1.0, {"Dispersion": 2.0}, np.e, np.e + np.e**2 / 2),
    ("gamma", "log", 1.0, {"Dispersion": 4.0}, np.e, np.e**2 / 4),
    ("gamma", "inverse", 0.5, {"Dispersion": 2.0}, 2.0, 2.0),
    ("beta", "logit", 0.0, {"Dispersion": 4.0}, 0.5, 0.05),
]


@pytest.mark.parametrize(("family", "link", "intercept", "further", "mean", "variance"), FAMILIES)
def test_families(family, link, intercept, further, mean, variance) -> None:
    data = simulate(single(family, link), {"(Intercept)": intercept, **further}, N, seed=1)
    assert data["y"].mean() == pytest.approx(mean, abs=5 * (variance / N) ** 0.5)
    assert data["y"].var() == pytest.approx(variance, rel=0.03)


def test_every_link_has_an_inverse() -> None:
    for link in LINKS:
        assert np.isfinite(mean_of(link, np.array([0.5]))).all()


def test_trials() -> None:
    model = replace(single("binomial"), response=Response(Variable("y"), Variable("n")))
    data = simulate(model, {"(Intercept)": 0.0}, N, 2, {"n": ("integers", 1, 9)})
    assert (data["y"] <= data["n"]).all()
    assert (data["y"] / data["n"]).mean() == pytest.approx(0.5, abs=0.01)
    both = replace(model, response=Response(Variable("y"), Call("+", (Variable("y"), Variable("no")))))
    data = simulate(both, {"(Intercept)": 0.0}, N, 2, {"no": [10] * N})
    assert (data["y"] + data["no"] == 10).all()
    assert list(data.columns) == ["y", "no"]


def test_thresholds_and_categories() -> None:
    model = single("cumulative")
    data = simulate(model, {"Threshold(1)": -1.0, "Threshold(2)": 0.5}, N, seed=3)
    shares = data["y"].value_counts(normalize=True)
    expected = mean_of("logit", np.array([-1.0, 0.5]))
    assert [shares[1], shares[1] + shares[2]] == pytest.approx(list(expected), abs=0.006)
    named = replace(model, categories=(Categories("y", ("low", "mid", "high")),))
    data = simulate(named, {Threshold(1): -1.0, Threshold(2): 0.5}, 50, seed=3)
    assert list(data["y"].cat.categories) == ["low", "mid", "high"]
    x = Term((Variable("x"),))
    slope = replace(named, fixed=(INTERCEPT, x))
    data = simulate(slope, {"Threshold(1)": -1, "Threshold(2)": 0.5, "x": 3}, 500, seed=3)
    assert np.corrcoef(data["y"].cat.codes, data["x"])[0, 1] > 0.5  # a larger η, a higher category


def test_multinomial() -> None:
    model = replace(single("multinomial"), categories=(Categories("y", ("a", "b", "c")),))
    data = simulate(model, {"b: (Intercept)": np.log(2), "c: (Intercept)": np.log(3)}, N, seed=4)
    shares = data["y"].value_counts(normalize=True)
    assert [shares["a"], shares["b"], shares["c"]] == pytest.approx([1 / 6, 2 / 6, 3 / 6], abs=0.006)


def test_transformed_response() -> None:
    model = replace(single(), response=Response(Call("log", (Variable("y"),))))
    data = simulate(model, {"(Intercept)": 1.0, "Residual": 0.25}, N, seed=5)
    assert np.log(data["y"]).mean() == pytest.approx(1.0, abs=0.01)


# ------------------------------------------------------------------ residuals


def test_weights_divide_the_residual_variance() -> None:
    model = single(weights=Variable("w"))
    data = simulate(model, {"(Intercept)": 0, "Residual": 4}, N, 6, {"w": [1, 4] * (N // 2)})
    spread = data.groupby("w")["y"].var()
    assert list(spread) == pytest.approx([4.0, 1.0], rel=0.03)


def test_a_residual_variance_for_each_category() -> None:
    by_kind = (Categories("kind", ("a", "b")),)
    terms = notation.read("y ~ kind", categories={"kind": ["a", "b"]}).fixed
    model = single(categories=by_kind, residual=Residual(by="kind"))
    model = replace(model, fixed=terms, categories=by_kind)
    values = {"(Intercept)": 0, "kindb": 0, "Residual(a)": 1, "SD(Residual, b)": 3}
    spread = simulate(model, values, N, seed=7).groupby("kind", observed=True)["y"].var()
    assert list(spread) == pytest.approx([1.0, 9.0], rel=0.03)


def test_autocorrelated_residuals() -> None:
    model = replace(notation.read(NULL), residual=Residual(ar1_within="g"))
    values = {**NULL_VALUES, "Var(g, (Intercept))": 0.0, Autocorrelation(): 0.6}
    y = simulate(model, values, {"g": 4000, "observations": 5}, 8)["y"].to_numpy().reshape(-1, 5)
    found = np.corrcoef(y.T)
    assert [found[0, 1], found[2, 3], found[0, 2]] == pytest.approx([0.6, 0.6, 0.36], abs=0.05)
    assert y.var() == pytest.approx(1.0, rel=0.05)


# ------------------------------------------------------------------ random effects

X = Term((Variable("x"),))
Z = Term((Variable("z"),))
SD_1 = Variance("g", INTERCEPT)
STRUCTURES = [
    (
        "full",
        {SD_1: 4, Variance("g", X): 1, Variance("g", Z): 9}
        | {
            Covariance("g", frozenset(p)): c
            for p, c in [((INTERCEPT, X), 1), ((INTERCEPT, Z), -3), ((X, Z), 0)]
        },
        [[4, 1, -3], [1, 1, 0], [-3, 0, 9]],
    ),
    ("identity", {SD_1: 4}, [[4, 0, 0], [0, 4, 0], [0, 0, 4]]),
    (
        "compound_symmetry",
        {SD_1: 4, Covariance("g", frozenset((INTERCEPT, X))): 1},
        [[4, 1, 1], [1, 4, 1], [1, 1, 4]],
    ),
    ("ar1", {SD_1: 4, Autocorrelation("g"): 0.5}, [[4, 2, 1], [2, 4, 2], [1, 2, 4]]),
]


@pytest.mark.parametrize(("structure", "values", "expected"), STRUCTURES)
def test_structures(structure, values, expected) -> None:
    """Three rows a unit show its three effects, one by one."""
    block = RandomBlock("g", (INTERCEPT, X, Z), structure)
    levels = (("x", notation.OBSERVATION), ("z", notation.OBSERVATION))
    model = Model(Response(Variable("y")), (INTERCEPT,), (block,), levels=levels)
    given = {Coefficient(INTERCEPT): 0.0, ResidualVariance(): 0.0, **values}
    shown = {"x": [0, 1, 0], "z": [0, 0, 1]}
    data = simulate(model, given, {"g": 50_000, "observations": 3}, 9, shown)
    effects = data["y"].to_numpy(copy=True).reshape(-1, 3)
    effects[:, 1:] -= effects[:, :1]
    assert np.cov(effects.T) == pytest.approx(np.array(expected), abs=0.15)


def test_singular_matrices_are_drawn_from() -> None:
    model = notation.read("y ~ x + (x | g)", levels={})
    values = {"(Intercept)": 0, "x": 0, "SD(g, (Intercept))": 1, "SD(g, x)": 2, "Residual": 0}
    data = simulate(
        model, {**values, "Cor(g, x, (Intercept))": 1}, {"g": 9, "observations": 2}, 1, {"x": [0, 1]}
    )
    y = data["y"].to_numpy().reshape(-1, 2)
    assert y[:, 1] == pytest.approx(3 * y[:, 0])


# ------------------------------------------------------------------ groups

GROUPS = [
    (NULL, {"g": 3, "observations": 4}, {"g": 3}, 12),
    (NULL, {"g": 3, "observations": [1, 0, 5]}, {"g": 2}, 6),
    (NULL, {"g": 3, "observations": (2, 2)}, {"g": 3}, 6),
    (NULL, {"g": 3, "observations": lambda rng: rng.integers(7, 8)}, {"g": 3}, 21),
    ("y ~ 1 + (1 | a/b)", {"a": 3, "b": 4, "observations": 2}, {"a": 3, "b": 12}, 24),
    ("y ~ 1 + (1 | a/b)", {"a": 3, "b": [1, 2, 3], "observations": 2}, {"a": 3, "b": 6}, 12),
    ("y ~ 1 + (1 | a) + (1 | b)", {"a": 3, "b": 4, "observations": 2}, {"a": 3, "b": 4}, 24),
    ("y ~ 1 + (1 | a) + (1 | b) + (1 | a:b)", {"a": 3, "b": 4, "observations": 2}, {"a": 3, "b": 4}, 24),
    ("y ~ 1 + (1 | a:b)", {"a": 3, "b": 4, "observations": 1}, {"a": 3, "b": 4}, 12),
]


@pytest.mark.parametrize(("formula", "sizes", "units", "rows"), GROUPS)
def test_groups(formula, sizes, units, rows) -> None:
    crossed = ["a x b"] if "(1 | b)" in formula else None
    model = notation.read(formula, nesting=crossed)
    values = dict.fromkeys(notation.parameters.parameters(model), 1.0)
    data = simulate(model, values, sizes, seed=1)
    assert len(data) == rows
    assert {name: data[name].nunique() for name in units} == units


def test_a_factor_crossed_with_a_nested_one_meets_every_unit() -> None:
    model = notation.read(
        "y ~ 1 + (1 | school/student) + (1 | item)", nesting=["school x item", "student x item"]
    )
    values = dict.fromkeys(notation.parameters.parameters(model), 1.0)
    data = simulate(model, values, {"school": 2, "student": 3, "item": 5, "observations": 1}, 1)
    assert len(data) == 30
    assert (data.groupby("student")["school"].nunique() == 1).all()
    assert (data.groupby("student")["item"].nunique() == 5).all()


def test_categories_are_the_units_of_a_factor_that_is_also_a_variable() -> None:
    model = notation.read(
        "score ~ Machine + (1 | Worker) + (1 | Worker:Machine)",
        categories={"Machine": ["A", "B", "C"]},
        levels={"Machine": ["Machine"]},
    )
    values = dict.fromkeys(notation.parameters.parameters(model), 1.0)
    data = simulate(model, values, {"Worker": 4, "observations": 2}, 1)
    assert len(data) == 24
    assert (data.groupby("Worker")["Machine"].nunique() == 3).all()


def test_poisson_sizes_vary() -> None:
    data = simulate(notation.read(NULL), NULL_VALUES, {"g": 500, "observations": ("poisson", 20)}, 1)
    sizes = data.groupby("g").size()
    assert sizes.mean() == pytest.approx(20, abs=1)
    assert sizes.var() == pytest.approx(20, rel=0.25)


# ------------------------------------------------------------------ predictors


def test_variables_are_constant_at_their_level() -> None:
    model = notation.read(QUIZ)
    values = dict.fromkeys(notation.parameters.parameters(model), 0.0)
    sizes = {"schools": 5, "students": 4, "time points": 3}
    data = simulate(model, values, sizes, 1, {"week": range(3), "FRL": ("bernoulli", 0.5)})
    assert (data.groupby("schools")["Size"].nunique() == 1).all()
    assert (data.groupby("students")["FRL"].nunique() == 1).all()
    assert list(data["week"][:6]) == [0, 1, 2, 0, 1, 2]
    assert set(data["FRL"]) == {0, 1}
    assert notation.read("math ~ week*FRL*Size + (1 | schools) + (week | students)", data).levels == (
        ("week", notation.OBSERVATION),
        ("FRL", "students"),
        ("Size", "schools"),
    )


def test_values_are_given_by_unit_by_row_or_by_a_function() -> None:
    model = notation.read("y ~ x + w + (1 | g)", levels={"g": ["w"]})
    values = {**NULL_VALUES, "x": 0, "w": 0}
    sizes = {"g": 3, "observations": 2}
    data = simulate(model, values, sizes, 1, {"w": [7, 8, 9], "x": range(6)})
    assert list(data["w"]) == [7, 7, 8, 8, 9, 9]
    assert list(data["x"]) == [0, 1, 2, 3, 4, 5]
    data = simulate(model, values, sizes, 1, {"w": lambda rng, units: 10 * units["g"] + rng.integers(1)})
    assert list(data["w"]) == [10, 10, 20, 20, 30, 30]


def test_categories_are_drawn_and_centring_is_computed() -> None:
    model = notation.read(
        "y ~ f + I(x - ave(x, g)) + ave(x, g) + (1 | g)", categories={"f": ["a", "b", "c"]}, levels={}
    )
    values = {**NULL_VALUES, "fb": 100, "fc": 200, "I(x - ave(x, g))": 0, "ave(x, g)": 0}
    data = simulate(model, values, {"g": 20, "observations": 20}, 1)
    assert list(data["f"].cat.categories) == ["a", "b", "c"]
    assert (data["y"] / 100).round().astype(int).tolist() == data["f"].cat.codes.tolist()


def test_the_same_seed_gives_the_same_data() -> None:
    def drawn(seed: int) -> pd.DataFrame:
        return simulate(notation.read(NULL), NULL_VALUES, {"g": 5, "observations": (1, 9)}, seed)

    pd.testing.assert_frame_equal(drawn(1), drawn(1))
    assert not drawn(1).equals(drawn(2))


def test_other_predictors_leave_groups_and_effects_as_they_are() -> None:
    model = notation.read("y ~ x + (1 | g)", levels={})
    values, sizes = {**NULL_VALUES, "x": 0.0}, {"g": 5, "observations": (1, 9)}
    one = simulate(model, values, sizes, 1)
    two = simulate(model, values, sizes, 1, {"x": ("uniform", 0, 1)})
    pd.testing.assert_frame_equal(one[["g", "y"]], two[["g", "y"]])


# ------------------------------------------------------------------ the verb


def test_estimates_and_texts_are_taken() -> None:
    data = simulate(notation.read(NULL), NULL_VALUES, {"g": 30, "observations": 9}, 1)
    fit = notation.fit(NULL, data)
    again = notation.simulate(fit.model, fit.estimates, {"g": 30, "observations": 9}, 1)
    assert len(again) == 270
    text = "math_ij = b_0j + r_ij; b_0j = 12.6 + u_0j; r_ij ~ N(0, 39.1); u_0j ~ N(0, 8.6)"
    drawn = notation.simulate(text, None, {"j": 100, "observations": 50}, 1)
    assert drawn["math"].mean() == pytest.approx(12.6, abs=1)
    assert drawn["math"].var() == pytest.approx(47.7, rel=0.1)
    assert simulate(
        notation.read(NULL), {k: Estimate(v) for k, v in NULL_VALUES.items()}, {"g": 2, "observations": 2}, 1
    ).shape == (4, 2)


# ------------------------------------------------------------------ refusals

SIZES = {"g": 3, "observations": 4}
SLOPES = "y ~ x + (x | g)"
SLOPE_VALUES = {**NULL_VALUES, "x": 1, "Var(g, x)": 1, "Cov(g, (Intercept), x)": 0.5}


def without(name: str) -> dict[str, float]:
    return {k: v for k, v in SLOPE_VALUES.items() if k != name}


REFUSED = [
    (SLOPES, without("x"), SIZES, {}, NeedsMore, "A value is missing for x."),
    (SLOPES, without("Cov(g, (Intercept), x)"), SIZES, {}, NeedsMore, "Cov(g, (Intercept), x)"),
    (SLOPES, {**SLOPE_VALUES, "xx": 1}, SIZES, {}, UnknownName, "unknown parameter 'xx'; did you mean 'x'"),
    (SLOPES, {**SLOPE_VALUES, "SD(g, x)": 1}, SIZES, {}, DataError, "Var(g, x) is given twice"),
    (SLOPES, {**SLOPE_VALUES, "Cov(g, (Intercept), x)": 2}, SIZES, {}, DataError, "not positive definite"),
    (SLOPES, {**SLOPE_VALUES, "Var(g, x)": -1}, SIZES, {}, DataError, "a variance is not negative"),
    (SLOPES, {**SLOPE_VALUES, "x": float("nan")}, SIZES, {}, DataError, "finite"),
    (SLOPES, {**SLOPE_VALUES, "x": "two"}, SIZES, {}, DataError, "no number"),
    (SLOPES, SLOPE_VALUES, {"g": 3}, {}, NeedsMore, "The number of observations is missing"),
    (SLOPES, SLOPE_VALUES, {**SIZES, "h": 3}, {}, UnknownName, "unknown grouping factor 'h'"),
    (SLOPES, SLOPE_VALUES, {"g": 3, "observations": [1, 2]}, {}, DataError, "one for each of 3 is needed"),
    (SLOPES, SLOPE_VALUES, {"g": 3, "observations": 2.5}, {}, DataError, "whole numbers"),
    (SLOPES, SLOPE_VALUES, {"g": 3, "observations": ("poison", 5)}, {}, UnknownName, "'poisson'"),
    (SLOPES, SLOPE_VALUES, {"g": 3, "observations": 0}, {}, DataError, "no observation"),
    (SLOPES, SLOPE_VALUES, SIZES, {"x": [1, 2, 3]}, DataError, "12 are needed"),
    (SLOPES, SLOPE_VALUES, SIZES, {"x": ("normal", 0, -1)}, DataError, "no distribution"),
    (SLOPES, SLOPE_VALUES, SIZES, {"y": [1]}, UnknownName, "unknown predictor 'y'"),
    (
        "y ~ log(x) + (1 | g)",
        {**NULL_VALUES, "log(x)": 1},
        SIZES,
        {},
        DataError,
        "log(x) has no finite value",
    ),
]


@pytest.mark.parametrize(("formula", "values", "sizes", "predictors", "kind", "words"), REFUSED)
def test_refusals(formula, values, sizes, predictors, kind: type[NotationError], words: str) -> None:
    with pytest.raises(kind) as caught:
        simulate(notation.read(formula, levels={}), values, sizes, 1, predictors)
    assert words in str(caught.value)


def test_what_is_not_known_is_asked_for() -> None:
    with pytest.raises(NeedsMore, match="level of x"):
        simulate(notation.read("y ~ x + (1 | g)"), {**NULL_VALUES, "x": 1}, SIZES, 1)
    with pytest.raises(NeedsMore, match="nested or crossed"):
        simulate(notation.read("y ~ 1 + (1 | a) + (1 | b)"), {}, {"a": 2}, 1)
    with pytest.raises(NeedsMore, match="categories of f"):
        simulate(notation.read("y ~ factor(f)"), {}, 5, 1)


MODELS_REFUSED = [
    (single("poisson", "identity"), {"(Intercept)": -1}, DataError, "a mean above 0"),
    (single("binomial", "log"), {"(Intercept)": 1}, DataError, "a probability"),
    (single("gamma"), {"(Intercept)": 1, "Dispersion": 0}, DataError, "must be positive"),
    (single("cumulative"), {"Threshold(1)": 1, "Threshold(2)": 0}, DataError, "must increase"),
    (single("multinomial"), {"(Intercept)": 1}, NeedsMore, "categories of y"),
    (single(weights=Variable("w")), {"(Intercept)": 1, "Residual": 1}, NeedsMore, "w is a weight"),
    (
        replace(single(), response=Response(Call("exp", (Variable("y"),)))),
        {"(Intercept)": 1, "Residual": 1},
        NotYet,
        "make it a variable",
    ),
    (
        replace(single("binomial"), response=Response(Variable("y"), Variable("n"))),
        {"(Intercept)": 1},
        NeedsMore,
        "number of trials",
    ),
]


@pytest.mark.parametrize(("model", "values", "kind", "words"), MODELS_REFUSED)
def test_models_refused(model: Model, values: dict, kind: type[NotationError], words: str) -> None:
    with pytest.raises(kind, match=words):
        simulate(model, values, 10, 1)


def test_weights_must_be_positive() -> None:
    with pytest.raises(DataError, match="must be positive"):
        simulate(single(weights=Variable("w")), {"(Intercept)": 1, "Residual": 1}, 2, 1, {"w": [0, 1]})


def test_dispersion_is_a_parameter_too() -> None:
    data = simulate(single("beta"), {Coefficient(INTERCEPT): 0, Dispersion(): 10}, 10, 1)
    assert data["y"].between(0, 1).all()
