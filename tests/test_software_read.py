"""What users of nlme, brms, bambi, statsmodels and Stata write, and the lme4 formula of the same model."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from notation import lost, read, write
from notation.errors import ReadError
from notation.expressions import Term, Variable
from notation.model import RandomBlock, Residual

SAME: list[tuple[str, str, dict[str, Any]]] = [
    # nlme
    ("lme(math ~ ses, random = ~ ses | sch_id, data = d, method = 'ML')", "math ~ ses + (ses | sch_id)", {}),
    ("lme(y ~ x, d, ~ 1 | a/b)", "y ~ x + (1 | a/b)", {}),
    ("lme(y ~ x, random = list(a = ~ x, b = pdDiag(~ x)))", "y ~ x + (x | a) + (x || a:b)", {}),
    (
        "lme(y ~ x, random = list(g = pdBlocked(list(pdSymm(~ 0 + x + z), pdSymm(~ 1)))))",
        "y ~ x + (0 + x + z | g) + (1 | g)",
        {},
    ),
    ("gls(y ~ x, weights = varFixed(~ I(1 / w)))", "lm(y ~ x, weights = w)", {}),
    # brms
    (
        "brm(y ~ x + (x || g), data = d, family = bernoulli(link = 'probit'))",
        "y ~ x + (x || g)",
        {"family": "binomial", "link": "probit"},
    ),
    ("s | trials(n) ~ x + (1 | g)", "cbind(s, n - s) ~ x + (1 | g)", {}),
    ("brm(y ~ x + (1 | g), family = cumulative())", "y ~ x + (1 | g)", {"family": "cumulative"}),
    # bambi
    ('bmb.Model("y ~ x + (x|g)", d)', "y ~ x + (x || g)", {}),
    ('bmb.Model("p(s, n) ~ x + (1|g)", d, family="binomial")', "cbind(s, n - s) ~ x + (1 | g)", {}),
    ('bmb.Model("y ~ x", d, family="negativebinomial")', "y ~ x", {"family": "negative_binomial"}),
    # statsmodels and mixedlm
    (
        (
            'smf.mixedlm("math ~ year", d, groups="a", re_formula="~1", '
            'vc_formula={"b": "0 + C(b)", "x": "0 + C(b):year"}).fit()'
        ),
        "math ~ year + (1 | a) + (year || a:b)",
        {},
    ),
    (
        'smf.mixedlm("y ~ x", d, groups=np.ones(len(d)), vc_formula={"s": "0 + C(s)", "t": "0 + C(t)"})',
        "y ~ x + (1 | s) + (1 | t)",
        {},
    ),
    ("smf.ols(\"y ~ I(x - x.groupby(g).transform('mean'))\", d).fit()", "y ~ I(x - ave(x, g))", {}),
    ('smf.glm("s + I(n - s) ~ x", d, family=sm.families.Binomial())', "cbind(s, n - s) ~ x", {}),
    (
        'smf.glm("n ~ Q(\\"a b\\")", d, offset=np.log(d["t"]), family=sm.families.Poisson())',
        "n ~ `a b` + offset(log(t))",
        {"family": "poisson"},
    ),
    ('mixedlm.lmer("y ~ x + (x | g)", d, REML=True)', "y ~ x + (x | g)", {}),
    ("smf.ols(\"y ~ I(math - math.groupby(g).transform('mean'))\", d)", "y ~ I(math - ave(math, g))", {}),
    # Stata
    ("mixed math c.ses##c.sector || sch_id: ses, cov(un) reml", "math ~ ses*sector + (ses | sch_id)", {}),
    (
        "* a note\nmixed y x i.f ///\n  || school: x, cov(unstructured) /// \n  || student:, mle",
        "y ~ x + factor(f) + (x | school) + (1 | school:student)",
        {},
    ),
    ("mixed y x || g: x", "y ~ x + (x || g)", {}),
    # glmmTMB
    ("glmmTMB(y ~ x + diag(x | g), data = d)", "y ~ x + (x || g)", {}),
    ("glmmTMB(y ~ x + us(x | g), data = d)", "y ~ x + (x | g)", {}),
    ("mixed y x || g: x, nocons", "y ~ x + (0 + x | g)", {}),
    ("mixed d || _all: R.plate || sample:", "d ~ 1 + (1 | plate) + (1 | sample)", {}),
    (
        "melogit use age i.urban || district:, intpoints(7)",
        "use ~ age + factor(urban) + (1 | district)",
        {"family": "binomial"},
    ),
    ("mepoisson n x, exposure(t) || g:", "n ~ x + offset(log(t)) + (1 | g)", {"family": "poisson"}),
    ("meglm y x || g:, family(gamma) link(log)", "y ~ x + (1 | g)", {"family": "gamma"}),
    ("glm s x, family(binomial n) link(probit)", "cbind(s, n - s) ~ x", {"link": "probit"}),
    (
        "egen m = mean(x), by(g)\ngen c = x - m\nmixed y c || g: c, cov(un)",
        "y ~ I(x - ave(x, g)) + (I(x - ave(x, g)) | g)",
        {},
    ),
    ("regress y c.x#c.x x", "y ~ I(x^2) + x", {}),
]


@pytest.mark.parametrize(("text", "formula", "facts"), SAME, ids=[row[0] for row in SAME])
def test_reads_as(text: str, formula: str, facts: dict[str, Any]) -> None:
    assert read(text) == read(formula, **facts)


def test_structures_and_residuals() -> None:
    found = read("lme(y ~ x, random = list(g = pdIdent(~ x)), weights = varIdent(form = ~ 1 | sex))")
    plain = read("y ~ x + (x | g)")
    block = RandomBlock("g", (Term(), Term((Variable("x"),))), "identity")
    assert found == replace(plain, random=(block,), residual=Residual(by="sex"))
    found = read("mixed y x || g: x, cov(exchangeable) residuals(independent, by(sex))")
    assert found == replace(
        plain, random=(replace(block, structure="compound_symmetry"),), residual=Residual(by="sex")
    )
    found = read("brm(bf(y ~ x + (x | g) + ar(gr = g, p = 1, cov = TRUE), sigma ~ 0 + sex), data = d)")
    assert found == replace(plain, residual=Residual("sex", "g"))


THREE = {"nesting": ["students < schools < districts"]}
SUCCESSIVE = [
    ("y ~ x + (1 | students) + (1 | schools)", "students", ("nlme", "brms")),
    ("y ~ x + (1 | students) + (1 | schools)", "schools", ("nlme", "brms")),
    ("y ~ x + (1 | schools)", "students", ("nlme", "brms")),
    ("y ~ x + (1 | students)", "students", ("nlme", "brms")),
    ("y ~ x + (1 | students) + (1 | districts)", "students", ("nlme", "brms")),
    ("y ~ x + (1 | students) + (1 | districts)", "schools", ("brms",)),
    ("y ~ x", "students", ("nlme", "brms")),
]


@pytest.mark.parametrize(("formula", "within", "programs"), SUCCESSIVE)
def test_successive_residuals_within_nested_groups(
    formula: str, within: str, programs: tuple[str, ...]
) -> None:
    model = replace(read(formula, **THREE), residual=Residual(ar1_within=within))
    for program in programs:
        assert read(str(write(model, program)), **lost(model, program)) == model, program


REFUSED = {
    "lme(y ~ x, random = ~ x)": ("~ x", "no grouping factor"),
    "lme(y ~ x, random = list(g = pdFoo(~ x)))": ("pdFoo(~ x)", "not read"),
    "lme(y ~ x, random = ~ 1 | g, correlation = corSymm(form = ~ 1 | g))": ("corSymm", "not read"),
    'smf.mixedlm("y ~ x", d, groups="g", vc_formula={"g": "C(g)"})': ("C(g)", "several terms"),
    'bmb.Model("y ~ C(f) + (C(f)|g)", d)': ("C(f)|g", "categories of a factor"),
    "glmmTMB(y ~ x + cs(x | g))": ("cs(x | g)", "structure cs()"),
    "glmmTMB(y ~ f + diag(factor(f) | g))": ("factor(f) | g", "categories of a factor"),
    "mixed y x || g: x, cov(toeplitz)": ("cov", "toeplitz"),
    "mixed y x if z==1 || g:": ("if", "expected a predictor"),
    "mixed y x || g x": ("g", "a colon"),
    "mixed y x || g:, foo(3)": ("foo", "foo is not known"),
    "mixed y 2.g || h:": ("2.g", "not read"),
    "summarize y\nmixed y x || g:": ("summarize y", "this command is not read"),
    "mixed y x || g:\nmixed y || g:": ("mixed y || g:", "second estimation command"),
}


@pytest.mark.parametrize("text", REFUSED)
def test_refused_at_its_place(text: str) -> None:
    place, message = REFUSED[text]
    with pytest.raises(ReadError) as refusal:
        read(text)
    error = refusal.value
    assert message in error.message
    assert error.span is not None
    assert text[error.span.start : error.span.end].startswith(place)
