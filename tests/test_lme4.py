"""What is written for lme4 is brief, means the same to R, and reads back to the same model."""

from __future__ import annotations

from dataclasses import replace

import pytest

from notation.errors import CannotSay
from notation.expressions import INTERCEPT, Indicator, Term, Variable
from notation.facts.knowledge import Facts, apply, lost_facts
from notation.formula import read_formula
from notation.model import Categories, Family, Grouping, Model, Nested, RandomBlock, Residual, Response
from notation.options import Options
from notation.software import brms, glmmtmb, lme4, nlme
from notation.software.lme4 import LOSES, write

MACHINES = {"Machine": ("A", "B", "C"), "grade": ("1", "2", "3")}

WRITTEN = {
    "math ~ 1 + (1 | sch_id)": "math ~ 1 + (1 | sch_id)",
    "math ~ ses*meanses + ses*sector + (ses | sch_id)": "math ~ ses*meanses + ses*sector + (ses | sch_id)",
    "math ~ week*FRL + Size + FRL:Size + week:Size + (week | a:b) + (week + FRL | a)": (
        "math ~ week*FRL + FRL*Size + week:Size + (week | a:b) + (week + FRL | a)"
    ),
    "y ~ a + b + c + a:b + a:c + b:c + a:b:c": "y ~ a*b*c",
    "y ~ a*b*c*d*e": "y ~ a*b*c*d*e",
    "y ~ a:b + a": "y ~ a + a:b",
    "y ~ 0 + x": "y ~ 0 + x",
    "y ~ 0 + (0 + x | g)": "y ~ 0 + (0 + x | g)",
    "y ~ (1 | a/b/c)": "y ~ 1 + (1 | a) + (1 | a:b) + (1 | a:b:c)",
    "y ~ (1 | a) + (1 | b) + (1 | a:b)": "y ~ 1 + (1 | a) + (1 | b) + (1 | a:b)",
    "y ~ x + (1 | g) + (0 + x | g)": "y ~ x + (x || g)",
    "y ~ (0 + x || g)": "y ~ 1 + (0 + x | g)",
    "y ~ x + z + (1 | g) + (0 + x + z | g)": "y ~ x + z + (1 | g) + (0 + x + z | g)",
    "y ~ poly(x, 2)*z": "y ~ poly(x, 2)*z",
    "y ~ poly(x, 2)[, 2]": "y ~ poly(x, 2)[, 2]",
    "y ~ I(x^2) + log(x + 1) + I((x + z)/2)": "y ~ I(x^2) + log(x + 1) + I((x + z) / 2)",
    "y ~ I(x - ave(x, g)) + (1 | g)": "y ~ I(x - ave(x, g)) + (1 | g)",
    "y ~ scale(x, scale = FALSE)": "y ~ I(x - mean(x))",
    "cbind(s, n - s) ~ x + offset(log(t))": "cbind(s, n - s) ~ x + offset(log(t))",
    "cbind(s, f) ~ x": "cbind(s, f) ~ x",
    "`my y` ~ `100%` + (1 | `a b`)": "`my y` ~ `100%` + (1 | `a b`)",
}

CODED = {
    "y ~ Machine + (Machine | W)": "y ~ Machine + (Machine | W)",
    "y ~ 0 + Machine + (0 + Machine | W)": "y ~ 0 + Machine + (0 + Machine | W)",
    "y ~ x*factor(Machine)": "y ~ x*Machine",  # text needs no factor(), numbers do
    "y ~ x*factor(grade)": "y ~ x*factor(grade)",
    "y ~ Machine + (Machine || W)": "y ~ Machine + (1 | W) + (0 + Machine | W)",
    'y ~ I(Machine == "B")': 'y ~ I(Machine == "B")',
    # Where R would make two columns of a truth value, a number is written.
    'y ~ 0 + I(Machine == "B")': 'y ~ 0 + as.numeric(Machine == "B")',
    'y ~ x:I(Machine == "B")': 'y ~ x:as.numeric(Machine == "B")',
}


@pytest.mark.parametrize("formula", WRITTEN)
def test_formulas(formula: str) -> None:
    model = read_formula(formula).model
    assert write(model) == WRITTEN[formula]
    assert _read_back(write(model), model) == model


@pytest.mark.parametrize("formula", CODED)
def test_categories_are_put_together_where_r_takes_them_apart(formula: str) -> None:
    model = read_formula(formula, categories=MACHINES).model
    assert write(model) == CODED[formula]
    assert _read_back(write(model), model) == model


def _read_back(text: str, model: Model) -> Model:
    return apply(read_formula(text).model, Facts(**lost_facts(model, LOSES)))


COMMANDS = {
    "y ~ x": ("gaussian", "lm(y ~ x, data = d)"),
    "y ~ x + (1 | g)": ("gaussian", "lmer(y ~ x + (1 | g), data = d)"),
    "y ~ z + (1 | g)": ("binomial", "glmer(y ~ z + (1 | g), data = d, family = binomial)"),
    "y ~ z": ("gamma", 'glm(y ~ z, data = d, family = Gamma(link = "log"))'),
    "y ~ 1": ("negative_binomial", "MASS::glm.nb(y ~ 1, data = d)"),
    "y ~ 1 + (1 | g)": ("negative_binomial", "glmer.nb(y ~ 1 + (1 | g), data = d)"),
}


@pytest.mark.parametrize("formula", COMMANDS)
def test_commands(formula: str) -> None:
    family, command = COMMANDS[formula]
    model = apply(read_formula(formula).model, Facts(family=family))
    assert write(model, Options(call=True)) == command
    assert read_formula(command).model == model


REFERENCES = {
    ("kind", ("a", "b")): "d",
    ("kind", ("b", "a", "c")): 'within(d, kind <- factor(kind, levels = c("b", "a", "c")))',
    ("kind", ("B", "a")): 'within(d, kind <- factor(kind, levels = c("B", "a")))',
    ("a kind", ("b", "a")): 'within(d, `a kind` <- factor(`a kind`, levels = c("b", "a")))',
}


@pytest.mark.parametrize("variable", REFERENCES)
def test_commands_have_the_reference_of_the_model(variable: tuple[str, tuple[str, ...]]) -> None:
    name, categories = variable
    model = read_formula(f"y ~ `{name}` + x + (1 | g)", categories={name: categories}).model
    data = REFERENCES[variable]
    for module in (lme4, nlme, glmmtmb, brms):
        command = module.write(model, Options(call=True))
        assert f"data = {data}, " in command or f"data = {data})" in command
        assert read_formula(command, categories={name: categories}).model == model


def test_the_reference_of_numbers_is_a_number() -> None:
    indicators = tuple(Term((Indicator("grade", n),)) for n in ("0", "1"))
    model = replace(
        read_formula("y ~ x + (1 | g)").model,
        fixed=(INTERCEPT, *indicators),
        categories=(Categories("grade", ("2", "0", "1"), numeric=True),),
    )
    assert "within(d, grade <- factor(grade, levels = c(2, 0, 1)))" in lme4.write(model, Options(call=True))


def test_weights_stand_in_the_command() -> None:
    command = "lm(y ~ x, data = d, weights = w)"
    model = read_formula(command).model
    assert write(model, Options(call=True)) == command
    with pytest.raises(CannotSay, match="weights"):
        write(model)


X = Term((Variable("x"),))


def _model(structure: str = "full", **more: object) -> Model:
    return Model(
        Response(Variable("y")), (INTERCEPT, X), (RandomBlock("g", (INTERCEPT, X), structure),), **more
    )


REFUSED = {
    "AR": (
        replace(_model(), random=(RandomBlock("g", (INTERCEPT, X, Term((Variable("z"),))), "ar1"),)),
        False,
    ),
    "compound symmetry": (_model("compound_symmetry"), False),
    "identity": (_model("identity"), False),
    "successive residuals": (_model(residual=Residual(ar1_within="g")), False),
    "a variance for each sex": (_model(residual=Residual(by="sex")), False),
    "no beta family": (_model(family=Family("beta")), True),
    "no cumulative family": (_model(family=Family("cumulative")), True),
    "no multinomial family": (_model(family=Family("multinomial")), True),
    "no probit link": (_model(family=Family("poisson", "probit")), True),
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_lme4_cannot_say_is_refused_by_name(words: str) -> None:
    model, call = REFUSED[words]
    with pytest.raises(CannotSay, match=words):
        write(model, Options(call=call))


def test_a_nested_factor_is_written_with_the_factors_around_it() -> None:
    model = Model(
        Response(Variable("y")),
        (INTERCEPT,),
        (RandomBlock("pupils", (INTERCEPT,)),),
        relations=frozenset({Nested("pupils", "classes"), Nested("classes", "schools")}),
        groupings=(Grouping("classes"), Grouping("schools")),
    )
    assert write(model) == "y ~ 1 + (1 | schools:classes:pupils)"
    assert _read_back(write(model), model) == model


def test_an_indicator_without_known_categories_stands_alone() -> None:
    model = Model(Response(Variable("y")), (INTERCEPT, Term((Indicator("f", 'a "b"'),))))
    assert write(model) == 'y ~ I(f == "a \\"b\\"")'
    assert read_formula(write(model)).model == model


def test_numeric_categories_stand_without_quotation_marks() -> None:
    model = Model(
        Response(Variable("y")),
        (INTERCEPT, Term((Indicator("grade", "2"),))),
        categories=(Categories("grade", ("1", "2", "3"), numeric=True),),
    )
    assert write(model) == "y ~ I(grade == 2)"
    assert _read_back(write(model), model) == model
