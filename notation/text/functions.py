"""Names that are functions or distributions: whatever else stands before a bracket is a factor."""

from __future__ import annotations

from .macros import names

_SAME = names(
    "log log10 log2 log1p exp expm1 sqrt abs sin cos tan asin acos atan sinh cosh tanh floor "
    "ceiling round sign min max sum logit probit cloglog cauchit loglog expit invlogit logistic "
    "inverse poly ns bs scale diag rank factor I mean sd lag ave offset odds E Var Cov Cor SD Pr "
    "det Φ"
)
FUNCTIONS: dict[str, str] = {
    **{name: name for name in _SAME},
    **dict.fromkeys(["Log", "ln", "Ln", "LN", "LOG"], "log"),
    **dict.fromkeys(["inv_logit", "inv.logit", "plogis"], "invlogit"),
    **dict.fromkeys(["var", "VAR", "V"], "Var"),
    **dict.fromkeys(["cov", "COV"], "Cov"),
    **dict.fromkeys(["cor", "Corr", "corr"], "Cor"),
    **dict.fromkeys(["Prob", "prob", "PROB"], "Pr"),
    "Exp": "exp",
    **dict.fromkeys(["Logit", "LOGIT", "qlogis"], "logit"),
    "Probit": "probit",
}
"""Functions by every spelling, with the name under which the tree knows them."""

INVERSE: dict[str, str] = {
    "logit": "invlogit",
    "Φ": "probit",
    "probit": "Φ",
    "log": "exp",
    "cloglog": "invcloglog",
}
"""What f⁻¹ is for a function f."""

LOGARITHMS: dict[str, str] = {"10": "log10", "2": "log2"}
"""Logarithms by their base."""

PREFIXES = names("log exp sqrt logit probit cloglog log10 log2")
"""Functions whose brackets may be left out: ``\\log \\lambda``."""

SQUARE = PREFIXES | names("E Var Cov Cor SD Pr Φ invlogit expit")
"""Functions whose arguments may stand in square brackets; behind other names these hold a category."""

MOMENTS = names("Var var VAR Cov cov COV Cor cor Corr corr")
"""Functions of a vector, which may stand before it without brackets."""

BASES = names("poly ns bs")
"""Functions that make several columns; ``poly(x, 2)[1]`` is one of these."""

DISTRIBUTIONS: dict[str, str] = {
    spelling: name
    for name, spellings in {
        "normal": "n normal gaussian mvn mvnormal multinormal multivariatenormal nid mvnorm norm",
        "bernoulli": "bernoulli bern ber",
        "binomial": "binomial bin binom b",
        "poisson": "poisson pois poi",
        "negative_binomial": "negativebinomial negbinomial negbin nb nbinom gammapoisson",
        "gamma": "gamma ga",
        "beta": "beta",
        "categorical": "categorical multinomial cat orderedlogit orderedlogistic ordered",
        "lognormal": "lognormal lognorm",
        "student_t": "student studentt t halfstudent halfstudentt halft",
        "cauchy": "cauchy halfcauchy",
        "exponential": "exponential exp expo",
        "uniform": "uniform unif u",
        "lkj": "lkj lkjcorr lkjcov lkjcholesky",
        "inverse_gamma": "invgamma inversegamma ig",
        "inverse_wishart": "invwishart inversewishart iw",
    }.items()
    for spelling in spellings.split()
}
"""Distributions by every spelling, in lower case and without anything but letters."""


def distribution_of(spelling: str) -> str:
    """The name of a distribution in the tree; "other" for one that is not known."""
    return DISTRIBUTIONS.get("".join(filter(str.isalpha, spelling.lower())), "other")
