"""Formulas and calls are read as R and Python mean them, and what they do not take is refused by place."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notation.errors import ReadError
from notation.expressions import Basis, Call, Centered, Constant, Factor, Indicator, Mean, Term, Variable
from notation.formula import looks_like_formula, read_formula
from notation.model import Crossed, Family, Model, Nested, RandomBlock, Response
from notation.resources import grammar
from notation.spelling import spell_term

x, y, z = Variable("x"), Variable("y"), Variable("z")


def model(text: str, **known: object) -> Model:
    return read_formula(text, **known).model


def fixed(text: str, **known: object) -> set[str]:
    return {spell_term(t) for t in model(text, **known).fixed} - {"(Intercept)"}


# ------------------------------------------------------------------ the grammar


def test_the_grammar_has_no_conflicts_and_names_every_terminal() -> None:
    pytest.importorskip("interegular")
    from lark import Lark

    parser = Lark(grammar("formula"), parser="lalr", lexer="contextual", strict=True)
    assert not [t.name for t in parser.terminals if t.name.startswith("__ANON")]


# ------------------------------------------------------------------ the algebra

LAWS = {
    "a*b": "a + b + a:b",
    "a*b*c": "a + b + c + a:b + a:c + b:c + a:b:c",
    "a/b": "a + a:b",
    "(a + b)/c": "a + b + a:b:c",
    "a/(b + c)": "a + a:b + a:c",
    "a/b/c": "a + a:b + a:b:c",
    "a %in% b": "a:b",
    "a %in% (b + c)": "a:b:c",
    "(a + b)^2": "a + b + a:b",
    "(a + b)**2": "a + b + a:b",
    "(a + b + c)^2": "a + b + c + a:b + a:c + b:c",
    "(a + b + c)^2 - a:b": "a + b + c + a:c + b:c",
    "a*b - a": "b + a:b",
    "a - (b - a)": "a",
    "(a + b):(c + d)": "a:c + a:d + b:c + b:d",
    "a:a": "a",
    "b:a + a:b": "a:b",
    "(1 + a)*b": "a + b + a:b",
    "(((a)))": "a",
    "a + b # and nothing else": "a + b",
    "a +\n  b": "a + b",
    "a − b": "a",
}


@pytest.mark.parametrize("short", LAWS)
def test_the_laws_of_formulas(short: str) -> None:
    assert set(model(f"y ~ {short}").fixed) == set(model(f"y ~ {LAWS[short]}").fixed)


FORMULAIC = (  # without %in%, by which formulaic means b/a and R a:b
    *("a*b", "a*b*c", "a/b", "(a + b)/c", "a/(b + c)", "(a + b)**2", "(a + b + c)**3", "a*b - a"),
    *("a:b + c", "0 + a*b", "a*b - 1", "(a + b):(c + d)", "(a + b)*(c + d)", "a*(b + c)**2", "a + b/c"),
)


@pytest.mark.parametrize("formula", FORMULAIC)
def test_the_fixed_part_is_what_formulaic_makes_of_it(formula: str) -> None:
    from formulaic import Formula

    found = model(f"y ~ {formula}").fixed
    theirs = {frozenset(str(f) for f in t.factors if str(f) != "1") for t in Formula(formula)}
    assert {frozenset(v for v in t.variables) for t in found} == theirs


INTERCEPTS = {
    "x": True,
    "1": True,
    "0 + x": False,
    "x + 0": False,
    "x - 1": False,
    "-1 + x": False,
    "0 + x + 1": True,
    "x - 0": True,
    "(x - 1)*z": False,
}


@pytest.mark.parametrize("right", INTERCEPTS)
def test_the_last_word_on_the_intercept_counts(right: str) -> None:
    assert (Term() in model(f"y ~ {right}").fixed) == INTERCEPTS[right]


# ------------------------------------------------------------------ expressions

EXPRESSIONS = {
    "log(x)": Call("log", (x,)),
    "np.log(x)": Call("log", (x,)),
    "base::log(x)": Call("log", (x,)),
    "log(x, base = 2)": Call("log", (x, Constant(2))),
    "I(x^2)": Call("^", (x, Constant(2))),
    "I(x**2)": Call("^", (x, Constant(2))),
    "I(x^-1)": Call("^", (x, Constant(-1))),
    "I(x/z)": Call("/", (x, z)),
    "I(x + z + 1)": Call("+", (x, z, Constant(1))),
    "I((x + z) + 1)": Call("+", (Call("+", (x, z)), Constant(1))),
    "I(-x)": Call("-", (x,)),
    "I(x - 14)": Centered(x, Constant(14)),
    "I(x - mean(x))": Centered(x, Mean(x)),
    "scale(x, scale = FALSE)": Centered(x, Mean(x)),
    "I(x - ave(x, g))": Centered(x, Mean(x, "g")),
    "ave(x, g)": Mean(x, "g"),
    "scale(x)": Call("scale", (x,)),
    "factor(x)": Factor("x"),
    "C(x)": Factor("x"),
    'I(x == "B")': Indicator("x", "B"),
    '(x == "B")': Indicator("x", "B"),
    'as.numeric(x == "B")': Indicator("x", "B"),
    "I(x == 2)": Indicator("x", "2"),
    "`my x`": Variable("my x"),
    "`a\\`b`": Variable("a`b"),
    "poly(x, 2)[, 1]": Basis("poly", x, ("2",), 1),
    "sch.id": Variable("sch.id"),
}


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_expressions(text: str) -> None:
    assert model(f"y ~ {text}").fixed[1:] == (Term((EXPRESSIONS[text],)),)


BASES = {
    "poly(x, 2)": {"poly(x, 2)1", "poly(x, 2)2"},
    "poly(x, degree = 2)": {"poly(x, 2)1", "poly(x, 2)2"},
    "poly(x, 2, raw = TRUE)": {"x", "I(x^2)"},
    "ns(x, df = 2)": {"ns(x, df = 2)1", "ns(x, df = 2)2"},
    "splines::bs(x)": {"bs(x)1", "bs(x)2", "bs(x)3"},
    "ns(x, knots = k(3))": {"ns(x, knots = k(3))"},
    "poly(x, 2):z": {"poly(x, 2)1:z", "poly(x, 2)2:z"},
}


@pytest.mark.parametrize("text", BASES)
def test_bases_become_their_columns(text: str) -> None:
    assert fixed(f"y ~ {text}") == BASES[text]


RESPONSES = {
    "log(y)": Response(Call("log", (y,))),
    "cbind(y, n - y)": Response(y, Variable("n")),
    "cbind(y, z)": Response(y, Call("+", (y, z))),
}


@pytest.mark.parametrize("left", RESPONSES)
def test_responses(left: str) -> None:
    assert model(f"{left} ~ x").response == RESPONSES[left]


def test_the_dot_is_every_other_column() -> None:
    assert fixed("log(y) ~ . - z", columns=("x", "y", "z", "a b")) == {"x", "`a b`"}
    with pytest.raises(ReadError, match="not known"):
        read_formula("y ~ .")


def test_offsets() -> None:
    assert model("y ~ x + offset(log(z))").offsets == (Call("log", (z,)),)


# ------------------------------------------------------------------ random effects

BARS = {
    "(x | g)": [("g", {"1", "x"})],
    "(0 + x | g)": [("g", {"x"})],
    "(x - 1 | g)": [("g", {"x"})],
    "(x || g)": [("g", {"1"}), ("g", {"x"})],
    "(x*z || g)": [("g", {"1"}), ("g", {"x"}), ("g", {"z"}), ("g", {"x:z"})],
    "(1 | a/b)": [("a", {"1"}), ("b", {"1"})],
    "(1 | a:b)": [("a:b", {"1"})],
    "(1 | a) + (1 | b)": [("a", {"1"}), ("b", {"1"})],
    "(1 | a) + (1 | b) + (1 | a:b)": [("a", {"1"}), ("b", {"1"}), ("a:b", {"1"})],
    "(1 | factor(g))": [("g", {"1"})],
    "((1 | g))": [("g", {"1"})],
    "(z + (1 | g))": [("g", {"1"})],
}


@pytest.mark.parametrize("text", BARS)
def test_random_effects(text: str) -> None:
    blocks = model(f"y ~ x + {text}").random
    shown = [(b.group, {spell_term(t).replace("(Intercept)", "1") for t in b.terms}) for b in blocks]
    assert shown == BARS[text]


NESTING = {
    "(1 | a/b)": {Nested("b", "a")},
    "(1 | a) + (1 | a:b)": {Nested("b", "a")},
    "(1 | b:a) + (1 | a)": {Nested("b", "a")},
    "(1 | a/b/c)": {Nested("b", "a"), Nested("c", "b"), Nested("c", "a")},
    "(1 | a) + (1 | b)": set(),
    "(1 | a:b)": set(),
    "(1 | a) + (1 | b) + (1 | a:b)": {Nested("a:b", "a"), Nested("a:b", "b")},
}


@pytest.mark.parametrize("text", NESTING)
def test_nesting(text: str) -> None:
    relations = model(f"y ~ {text}").relations
    assert relations == NESTING[text]
    assert not any(isinstance(r, Crossed) for r in relations)


# ------------------------------------------------------------------ categories

FGH = {"f": ("a", "b", "c"), "g": ("u", "v")}
CODINGS = {  # R: colnames(model.matrix(…))
    "f": {"fb", "fc"},
    "0 + f": {"fa", "fb", "fc"},
    "x*f": {"x", "fb", "fc", "x:fb", "x:fc"},
    "x:f": {"x:fa", "x:fb", "x:fc"},
    "0 + x + x:f": {"x", "x:fa", "x:fb", "x:fc"},
    "f:g": {f"f{a}:g{b}" for a in "abc" for b in "uv"},
    "f + f:g": {"fb", "fc", "fa:gv", "fb:gv", "fc:gv"},
    "f*g": {"fb", "fc", "gv", "fb:gv", "fc:gv"},
    "factor(f)": {"fb", "fc"},
    "0 + poly(x, 2):g": {"poly(x, 2)1:gu", "poly(x, 2)2:gu", "poly(x, 2)1:gv", "poly(x, 2)2:gv"},
}


@pytest.mark.parametrize("right", CODINGS)
def test_factors_are_coded_as_r_codes_them(right: str) -> None:
    assert fixed(f"y ~ {right}", categories=FGH) == CODINGS[right]


def test_a_factor_behind_two_bars_is_a_full_block() -> None:
    intercept, machines = model("y ~ f + (f || g)", categories=FGH).random
    assert intercept.terms == (Term(),)
    assert [spell_term(t) for t in machines.terms] == ["fa", "fb", "fc"]


@pytest.mark.parametrize(("names", "numeric"), [("123", True), (["-1", "0.5"], True), ("abc", False)])
def test_what_factor_wraps_is_held_as_numbers_where_it_can_be(names: Sequence[str], numeric: bool) -> None:
    (known,) = model("y ~ factor(f)", categories={"f": tuple(names)}).categories
    assert known.numeric == numeric
    assert known.reference == names[0]


# ------------------------------------------------------------------ calls

CALLS = {
    "lmer(y ~ x + (1 | g), data = d)": Family(),
    "m <- lmer(y ~ x + (1 | g), d, REML = FALSE)": Family(),
    "lme4::glmer(y ~ x + (1 | g), d, binomial)": Family("binomial"),
    'glmer(y ~ x + (1 | g), family = binomial(link = "probit"))': Family("binomial", "probit"),
    "glmer(y ~ x + (1 | g), family = Gamma)": Family("gamma", "inverse"),
    "glmer.nb(y ~ x + (1 | g))": Family("negative_binomial"),
    "glmmTMB(y ~ x + (1 | g), family = beta_family())": Family("beta"),
    'smf.mixedlm("y ~ x", d, groups=d["g"]).fit(reml=True)': Family(),
    'fit = smf.mixedlm("y ~ x", data=d, groups="g")': Family(),
}


@pytest.mark.parametrize("call", CALLS)
def test_calls(call: str) -> None:
    assert looks_like_formula(call)
    intercepts = (RandomBlock("g", (Term(),)),)
    assert model(call) == Model(Response(y), (Term(), Term((x,))), intercepts, family=CALLS[call])


def test_python_says_random_slopes_by_re_formula() -> None:
    for groups in ('"sch_id"', 'd["sch_id"]', "d.sch_id"):
        call = f'smf.mixedlm("math ~ ses", d, groups={groups}, re_formula="~ses")'
        assert model(call) == model("math ~ ses + (ses | sch_id)")


def test_the_caret_stands_under_the_place() -> None:
    with pytest.raises(ReadError) as caught:
        read_formula("数学 ~ `s̄` z")
    # Each Chinese character is as wide as two letters, and the bar stands over its letter.
    assert str(caught.value).splitlines()[1:3] == ["    数学 ~ `s̄` z", "    " + " " * 11 + "^"]


def test_a_proportion_with_weights_is_a_count_of_trials() -> None:
    call = "glm(s/n ~ x, family = binomial, weights = n)"
    assert model(call) == model("cbind(s, n - s) ~ x")


def test_what_does_not_say_which_model_is_reported() -> None:
    findings = read_formula("lmer(y ~ x + (1 | g), d, control = lmerControl())").findings
    assert [f.code for f in findings] == ["fitting-argument"]
    assert [f.code for f in read_formula("y ~ x").findings] == ["assumed-gaussian"]


# ------------------------------------------------------------------ formula or equation

FORMULAS = ["y ~ x", "math ~ ses*sector +\n (ses | g)", "lme(y ~ x, random = ~ 1 | g)", "log(y) ~ exp(x)"]
EQUATIONS = [
    "math_i ~ N(α_j[i], σ²)",
    "y_ij = β_0j + r_ij",
    "y_i ~ Normal(mu_i, sigma)\nmu_i = a + b*x_i",
    r"y_{ij} \sim N(0, 1)",
    "y_i ~ N(a, s), for i = 1, …, n",
    "",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_are_recognised(text: str) -> None:
    assert looks_like_formula(text)


@pytest.mark.parametrize("text", EQUATIONS)
def test_equations_are_no_formulas(text: str) -> None:
    assert not looks_like_formula(text)


# ------------------------------------------------------------------ mistakes

MISTAKES = {  # the text, the stretch that is pointed to, and words of the message
    "y ~ x z": ("z", "expected an operator between x and z"),
    "y ~ x +": ("+", "expected a term after +"),
    "y ~ (1|g": ("(", "the ( is never closed"),
    "y ~ x)": (")", "closes nothing"),
    "y ~ (x]": ("]", "expected ) before ]"),
    "y ~ x | g": ("x | g", "brackets of its own"),
    "y ~ (x | g | h)": ("|", "more than one bar"),
    "y ~ (| g)": ("|", "expected a term after ("),
    "y ~ (x |)": (")", "expected a grouping factor after |"),
    "y ~ (0 | g)": ("0", "no term is left"),
    "y ~ (1 | a + b)": ("a + b", "expected a grouping factor"),
    "y ~ (x | g) + (1 | g)": ("1 | g", "the intercept varies by g in two bars"),
    "y ~ x:(1 | g)": ("1 | g", "brackets of its own"),
    "y ~ x - (1 | g)": ("(1 | g)", "cannot be subtracted"),
    "~ x": ("~ x", "no response"),
    "y ~ x ~ z": ("~", "one ~"),
    "y ~": ("~", "expected a term after ~"),
    "y": ("y", "expected a formula"),
    "y ~ x; z": (";", "has no meaning"),
    "y ~ d$x": ("$", "has no meaning"),
    'y ~ "x': ('"', "never closed"),
    "y ~ 2": ("2", "only 0 and 1"),
    "y ~ x^2": ("x^2", "x itself in a formula"),
    "y ~ (x + z)^0.5": ("0.5", "whole number"),
    "y ~ (1 + x):z": ("(1 + x):z", "take no part"),
    "y ~ s(x)": ("s(x)", "smooth"),
    "y ~ log(x, wrong = 1)": ("wrong = 1", "not known"),
    "y ~ log(x:z)": ("x:z", "does not compute a number"),
    "y ~ log()": ("log()", "no argument"),
    "y ~ C(x, contr.sum)": ("C(x, contr.sum)", "contrasts"),
    "y ~ poly(x, z)": ("z", "several variables"),
    "y ~ poly(x, 2)[, 3]": ("3", "no 3"),
    "y ~ TRUE": ("TRUE", "no variable"),
    "cbind(a, b, c) ~ x": ("cbind(a, b, c)", "successes and the failures"),
    "gam(y ~ x, data = d)": ("gam(y ~ x, data = d)", "gam() are not read"),
    "glmer(y ~ x, family = tweedie)": ("tweedie", "family tweedie"),
    "lmer(y ~ x, contrasts = z)": ("contrasts = z", "not known here"),
    "y ~ x*y + (1 | g)": ("x*y", "among its own predictors"),
    "log(y) ~ log(y)": ("log(y)", "among its own predictors"),
    "brm(y | weights(w) ~ x + (1 | g))": ("weights(w)", "weights() behind a response"),
    "s | cens(c) ~ x": ("cens(c)", "cens() behind a response"),
    "smf.ols('y ~ x +', d)": ("+", "expected a term after +"),
}


@pytest.mark.parametrize("text", MISTAKES)
def test_mistakes_are_pointed_to(text: str) -> None:
    place, words = MISTAKES[text]
    with pytest.raises(ReadError) as caught:
        read_formula(text)
    error = caught.value
    assert words in error.message
    assert error.span is not None
    assert text[error.span.start : error.span.end] == place
    assert error.source == text


def test_most_mistakes_come_with_a_mend_and_none_with_the_words_of_the_grammar() -> None:
    for text in MISTAKES:
        with pytest.raises(ReadError) as caught:
            read_formula(text)
        assert not [t for t in ("NAME", "$END", "Token", "QUOTED", "RIGHT") if t in str(caught.value)]


def test_several_mistakes_are_reported_together() -> None:
    for text in ("y ~ a b + c +", "y ~ x^2 + s(x) + (0 | g)", "y ~ (a + (b"):
        with pytest.raises(ReadError) as caught:
            read_formula(text)
        assert caught.value.others


BOUNDS = {
    "*".join("abcdefghijklmnopqrst"): "terms",
    ":".join(f"x{i}" for i in range(40)): "factors",
    "(" * 1000 + "x" + ")" * 1000: "deep",
    "log(" * 60 + "x" + ")" * 60: "deep",
    f"I({' + '.join('x' * 2000)})": "joins more than",
    "x + " * 50_000 + "x": "longer",
    "poly(x, 30)*poly(a, 30)*poly(b, 30)": "terms",
    "x" + "^2" * 1000: "no meaning here",
    "x" + " +" * 1000: "expected a term",
}


@pytest.mark.parametrize("right", BOUNDS, ids=lambda text: text[:20])
def test_sizes_are_bounded(right: str) -> None:
    with pytest.raises(ReadError, match=BOUNDS[right]):
        read_formula(f"y ~ {right}")


def test_long_sums_and_high_powers_are_no_trouble() -> None:
    assert len(model("y ~ (a + b + c + d + e + f + g + h)^10").fixed) == 2**8
    assert len(model("y ~ " + " + ".join(f"x{i}" for i in range(5000))).fixed) == 5001


@given(st.text("yx1 ~+-*/:^|()[],.`\"'=<%ing&#\\\n\0é", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    looks_like_formula(text)
    with suppress(ReadError):
        read_formula(text)
