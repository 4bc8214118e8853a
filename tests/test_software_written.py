"""Models and what is written for each program, as tables; what a program cannot say is refused by name."""

from __future__ import annotations

from typing import Any

import pytest

from notation import read, write
from notation.errors import CannotSay, NeedsMore, WriteError
from notation.software import SOFTWARE

QUIZ = "math ~ week*FRL + Size + FRL:Size + week:Size + (week | schools:students) + (week + FRL | schools)"
QUIZ_FACTS = {"levels": {"students": ["FRL"], "schools": ["Size"]}}
SLOPES = "math ~ ses*sector + meanses + (ses | sch_id)"
SLOPES_FACTS = {"levels": {"sch_id": ["sector", "meanses"]}}
CENTRED = "math ~ I(ses - ave(ses, sch_id))*sector + (I(ses - ave(ses, sch_id)) | sch_id)"
MACHINES = "score ~ Machine + (Machine | Worker)"
MACHINES_FACTS = {"categories": {"Machine": ["A", "B", "C"]}}

WRITTEN: list[tuple[str, str, dict[str, Any], str]] = [
    (
        "stata",
        QUIZ,
        QUIZ_FACTS,
        (
            "mixed math week FRL Size c.week#c.FRL c.FRL#c.Size c.week#c.Size ///\n"
            "    || schools: week FRL, covariance(unstructured) ///\n"
            "    || students: week, covariance(unstructured) mle"
        ),
    ),
    (
        "stata",
        CENTRED,
        {},
        (
            "egen ses_mean_sch_id = mean(ses), by(sch_id)\n"
            "generate ses_c = ses - ses_mean_sch_id\n"
            "mixed math ses_c sector c.ses_c#c.sector || sch_id: ses_c, covariance(unstructured) mle"
        ),
    ),
    (
        "stata",
        MACHINES,
        MACHINES_FACTS,
        (
            'generate Machine_B = Machine == "B" if !missing(Machine)\n'
            'generate Machine_C = Machine == "C" if !missing(Machine)\n'
            "encode Machine, generate(Machine_code)\n"
            "mixed score i.Machine_code || Worker: Machine_B Machine_C, covariance(unstructured) mle"
        ),
    ),
    ("stata", "y ~ x + (x || g)", {}, "mixed y x || g: x, covariance(independent) mle"),
    (
        "stata",
        "y ~ x + z + (x | g) + (0 + z | g)",
        {},
        "mixed y x z || g: x, covariance(unstructured) || g: z, noconstant mle",
    ),
    ("stata", "y ~ 0 + x + (0 + x | g)", {}, "mixed y x, noconstant || g: x, noconstant mle"),
    ("stata", "y ~ x + I(x^2) + log(z)", {}, "generate log_z = ln(z)\nregress y x c.x#c.x log_z"),
    ("stata", "cbind(s, n - s) ~ x + (1 | g)", {}, "melogit s x || g:, binomial(n)"),
    ("stata", "cbind(s, n - s) ~ x", {}, "glm s x, link(logit) family(binomial n)"),
    (
        "stata",
        "n ~ x + offset(log(t)) + (1 | g)",
        {"family": "poisson"},
        "generate log_t = ln(t)\nmepoisson n x || g:, offset(log_t)",
    ),
    (
        "stata",
        "g ~ 1 + (1 | a) + (1 | b) + (1 | a:b)",
        {"nesting": "a x b"},
        "mixed g || _all: R.a || b: || a:, mle",
    ),
    (
        "sas",
        SLOPES,
        SLOPES_FACTS,
        (
            "proc mixed data=d method=reml;\n"
            "  class sch_id;\n"
            "  model math = ses sector meanses ses*sector / solution;\n"
            "  random intercept ses / subject=sch_id type=un;\n"
            "run;"
        ),
    ),
    (
        "sas",
        QUIZ,
        QUIZ_FACTS,
        (
            "proc mixed data=d method=reml;\n"
            "  class schools students;\n"
            "  model math = week FRL Size week*FRL FRL*Size week*Size / solution;\n"
            "  random intercept week FRL / subject=schools type=un;\n"
            "  random intercept week / subject=students(schools) type=un;\n"
            "run;"
        ),
    ),
    (
        "sas",
        "use ~ age + (1 | district)",
        {"family": "binomial"},
        (
            "proc glimmix data=d method=laplace;\n"
            "  class district;\n"
            "  model use(event=last) = age / dist=binary link=logit solution;\n"
            "  random intercept / subject=district;\n"
            "run;"
        ),
    ),
    (
        "sas",
        CENTRED,
        {},
        (
            "proc sql;\n"
            "  create table d_columns as\n"
            "  select *, mean(ses) as ses_mean_sch_id from d group by sch_id;\n"
            "quit;\n"
            "data d_columns;\n"
            "  set d_columns;\n"
            "  ses_c = ses - ses_mean_sch_id;\n"
            "run;\n"
            "proc mixed data=d_columns method=reml;\n"
            "  class sch_id;\n"
            "  model math = ses_c sector ses_c*sector / solution;\n"
            "  random intercept ses_c / subject=sch_id type=un;\n"
            "run;"
        ),
    ),
    (
        "spss",
        SLOPES,
        SLOPES_FACTS,
        (
            "MIXED math WITH ses sector meanses\n"
            "  /METHOD=REML\n"
            "  /FIXED=ses sector meanses ses*sector | SSTYPE(3)\n"
            "  /RANDOM=INTERCEPT ses | SUBJECT(sch_id) COVTYPE(UN)\n"
            "  /PRINT=SOLUTION TESTCOV."
        ),
    ),
    (
        "spss",
        "use ~ age + (1 | district)",
        {"family": "binomial"},
        (
            "VARIABLE LEVEL age (SCALE).\n"
            "VARIABLE LEVEL use district (NOMINAL).\n"
            "GENLINMIXED\n"
            "  /FIELDS TARGET=use\n"
            "  /TARGET_OPTIONS DISTRIBUTION=BINOMIAL LINK=LOGIT REFERENCE=0\n"
            "  /FIXED EFFECTS=age USE_INTERCEPT=TRUE\n"
            "  /RANDOM USE_INTERCEPT=TRUE SUBJECTS=district."
        ),
    ),
    (
        "mplus",
        "achievement ~ ses*sector + (ses | sch_id)",
        {"levels": {"sch_id": ["sector"]}},
        (
            "! achievem is achievement.\n"
            "DATA:\n"
            "  FILE = d.dat;  ! numbers only, the columns in the order of NAMES\n"
            "VARIABLE:\n"
            "  NAMES = achievem ses sector sch_id;\n"
            "  USEVARIABLES = achievem ses sector;\n"
            "  CLUSTER = sch_id;\n"
            "  WITHIN = ses;\n"
            "  BETWEEN = sector;\n"
            "ANALYSIS:\n"
            "  TYPE = TWOLEVEL RANDOM;\n"
            "  ESTIMATOR = ML;\n"
            "MODEL:\n"
            "  %WITHIN%\n"
            "  s1 | achievem ON ses;\n"
            "  %BETWEEN%\n"
            "  achievem ON sector;\n"
            "  s1 ON sector;\n"
            "  achievem WITH s1;"
        ),
    ),
    (
        "hlm",
        SLOPES,
        SLOPES_FACTS,
        (
            "Level-1 Model\n\n    math = B0 + B1*(ses) + r\n\n"
            "Level-2 Model\n\n    B0 = G00 + G01*(sector) + G02*(meanses) + u0\n"
            "    B1 = G10 + G11*(sector) + u1\n\n"
            "where i and j index observations and sch_id"
        ),
    ),
    (
        "nlme",
        SLOPES,
        {},
        'lme(math ~ ses*sector + meanses, random = ~ ses | sch_id, data = d, method = "REML")',
    ),
    (
        "nlme",
        QUIZ,
        {},
        (
            "lme(math ~ week*FRL + FRL*Size + week:Size, "
            'random = list(schools = ~ week + FRL, students = ~ week), data = d, method = "REML")'
        ),
    ),
    ("nlme", "y ~ x + (x || g)", {}, 'lme(y ~ x, random = list(g = pdDiag(~ x)), data = d, method = "REML")'),
    ("nlme", "y ~ x", {}, 'gls(y ~ x, data = d, method = "REML")'),
    ("glmmtmb", SLOPES, {}, SLOPES),
    ("brms", "cbind(s, n - s) ~ x + (1 | g)", {}, "s | trials(n) ~ x + (1 | g)"),
    ("bambi", "math ~ ses + (ses || sch_id)", {}, "math ~ ses + (1|sch_id) + (0 + ses|sch_id)"),
    ("bambi", "cbind(s, n - s) ~ log(x) + (1 | g)", {}, "p(s, n) ~ np.log(x) + (1|g)"),
    ("mixedlm", SLOPES, {}, SLOPES),
    (
        "mixedmodels",
        QUIZ,
        {},
        (
            "math ~ 1 + week * FRL + FRL * Size + week & Size "
            "+ (1 + week + FRL | schools) + (1 + week | schools & students)"
        ),
    ),
    ("mixedmodels", "y ~ x + (x || g)", {}, "y ~ 1 + x + zerocorr(1 + x | g)"),
    ("statsmodels", "y ~ log(x)*z", {}, "y ~ np.log(x)*z"),
    (
        "statsmodels",
        SLOPES,
        {},
        'smf.mixedlm("math ~ ses*sector + meanses", d, groups="sch_id", re_formula="~ses").fit(reml=True)',
    ),
    (
        "statsmodels",
        "y ~ x + (1 | a/b)",
        {},
        'smf.mixedlm("y ~ x", d, groups="a", re_formula="~1", vc_formula={"b": "0 + C(b)"}).fit(reml=True)',
    ),
    (
        "statsmodels",
        "y ~ 1 + (1 | a) + (1 | b)",
        {},
        (
            'smf.mixedlm("y ~ 1", d, groups=np.ones(len(d)), '
            'vc_formula={"a": "0 + C(a)", "b": "0 + C(b)"}).fit(reml=True)'
        ),
    ),
]

CALLS: list[tuple[str, str, dict[str, Any], str]] = [
    ("glmmtmb", "y ~ x + (1 | g)", {}, "glmmTMB(y ~ x + (1 | g), data = d, REML = FALSE)"),
    (
        "glmmtmb",
        "y ~ x + (1 | g)",
        {"family": "beta"},
        'glmmTMB(y ~ x + (1 | g), data = d, family = beta_family(link = "logit"))',
    ),
    (
        "brms",
        "y ~ x + (1 | g)",
        {"family": "cumulative"},
        'brm(y ~ x + (1 | g), data = d, family = cumulative(link = "logit"))',
    ),
    ("bambi", "y ~ x + (1 | g)", {"family": "binomial"}, 'bmb.Model("y ~ x + (1|g)", d, family="bernoulli")'),
    ("mixedlm", "y ~ x + (1 | g)", {}, 'mixedlm.lmer("y ~ x + (1 | g)", d, REML=True)'),
    ("mixedmodels", "y ~ x + (1 | g)", {}, "fit(MixedModel, @formula(y ~ 1 + x + (1 | g)), d; REML = false)"),
    (
        "mixedmodels",
        "y ~ x + (1 | g)",
        {"family": "poisson"},
        "fit(MixedModel, @formula(y ~ 1 + x + (1 | g)), d, Poisson(), LogLink())",
    ),
    (
        "statsmodels",
        "y ~ x",
        {"family": "binomial", "link": "probit"},
        'smf.glm("y ~ x", d, family=sm.families.Binomial(link=sm.families.links.Probit())).fit()',
    ),
]

REFUSED: list[tuple[str, str, dict[str, Any], str]] = [
    ("statsmodels", QUIZ, {}, "correlated effects of students"),
    ("statsmodels", "y ~ x + (1 | g)", {"family": "poisson"}, "lme4, glmmTMB, mixedlm and bambi can"),
    ("bambi", SLOPES, {}, "brms, lme4 and mixedlm correlate them"),
    ("nlme", "y ~ 1 + (1 | a) + (1 | b)", {"nesting": "a x b"}, "crossed random effects"),
    ("nlme", "y ~ x + (1 | g)", {"family": "binomial"}, "lme4, glmmTMB and brms can"),
    ("mixedlm", "y ~ log(x) + (1 | g)", {}, "columns only, and not log(x)"),
    ("mixedmodels", CENTRED, {}, "Make the column beforehand"),
    ("stata", "y ~ x + (x | a) + (x | b)", {"nesting": "a x b"}, "random slopes of two crossed factors"),
    ("stata", "`hours of sleep` ~ x + (1 | g)", {}, "no name 'hours of sleep'"),
    ("stata", "y ~ poly(x, 2) + (1 | g)", {}, "lme4, nlme, glmmTMB or brms"),
    ("sas", "Y ~ y + (1 | g)", {}, "does not tell y from Y"),
    ("spss", "y ~ x + (1 | g)", {"family": "beta"}, "SAS, glmmTMB and brms can"),
    ("mplus", QUIZ, QUIZ_FACTS, "two levels only"),
    ("hlm", "y ~ x + (x || g)", {"levels": {"g": []}}, "independent random effects"),
    ("hlm", "y ~ 1 + (1 | a) + (1 | b)", {"nesting": "a x b"}, "HLM is written for nested levels"),
    ("hlm", "y ~ x*z + (1 | g)", {"levels": {"g": []}}, "the product x:z of one level"),
    ("hlm", "y ~ I(w - mean(w)) + (1 | g)", {"levels": {"g": ["w"]}}, "mean over the observations"),
    ("glmmtmb", "y ~ x + (1 | g)", {"family": "cumulative"}, "brms can"),
]

NEEDS: list[tuple[str, str]] = [
    *((name, "y ~ 1 + (1 | a) + (1 | b)") for name in ("stata", "sas", "spss", "nlme")),
    *((name, "y ~ x + (1 | g)") for name in ("mplus", "hlm")),
]


@pytest.mark.parametrize(("program", "formula", "facts", "text"), WRITTEN)
def test_written(program: str, formula: str, facts: dict[str, Any], text: str) -> None:
    assert str(write(read(formula, **facts), program)) == text


@pytest.mark.parametrize(("program", "formula", "facts", "text"), CALLS)
def test_called(program: str, formula: str, facts: dict[str, Any], text: str) -> None:
    assert str(write(read(formula, **facts), program, call=True)) == text


@pytest.mark.parametrize(("program", "formula", "facts", "reason"), REFUSED)
def test_refused(program: str, formula: str, facts: dict[str, Any], reason: str) -> None:
    with pytest.raises(WriteError) as refusal:
        write(read(formula, **facts), program)
    assert reason in str(refusal.value)


@pytest.mark.parametrize(("program", "formula"), NEEDS)
def test_what_is_not_known_is_asked_for(program: str, formula: str) -> None:
    with pytest.raises(NeedsMore):
        write(read(formula), program)


@pytest.mark.parametrize("program", [name for name in SOFTWARE if name not in ("hlm", "mplus")])
def test_the_data_have_a_name(program: str) -> None:
    text = str(write(read("y ~ x + (1 | g)"), program, call=True, data_name="pupils"))
    assert ("pupils" in text) == (program not in ("stata", "spss"))


def test_refusals_name_the_program() -> None:
    with pytest.raises(CannotSay, match=r"^Stata cannot say"):
        write(read("y ~ x + (1 | g)", family="beta"), "stata")


ESTIMATORS = [
    ("lme4", "REML = FALSE", "data = d)"),
    ("nlme", 'method = "ML"', 'method = "REML"'),
    ("glmmtmb", "REML = FALSE", "REML = TRUE"),
    ("mixedlm", "REML=False", "REML=True"),
    ("statsmodels", "reml=False", "reml=True"),
    ("mixedmodels", "REML = false", "REML = true"),
    ("stata", "mle", "reml"),
    ("sas", "method=ml", "method=reml"),
    ("spss", "/METHOD=ML", "/METHOD=REML"),
]


@pytest.mark.parametrize(("program", "ml", "reml"), ESTIMATORS)
def test_the_estimator_that_is_asked_for(program: str, ml: str, reml: str) -> None:
    model = read("y ~ x + (1 | g)", levels={"g": []})
    assert ml in write(model, program, call=True, reml=False)
    assert reml in write(model, program, call=True, reml=True)
