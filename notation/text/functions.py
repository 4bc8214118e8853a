"""Names that are functions or distributions: whatever else stands before a bracket is a factor."""

from __future__ import annotations

FUNCTIONS = {
    **{name: name for name in ["log", "log10", "log2", "log1p", "exp", "expm1", "sqrt", "abs", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "floor", "ceiling", "round", "sign", "min", "max", "sum", "logit", "probit", "cloglog", "cauchit", "loglog", "expit", "invlogit", "logistic", "inverse", "poly", "ns", "bs", "scale", "diag", "rank", "factor", "I", "mean", "sd", "lag", "ave", "offset", "odds"]},
    "Log": "log", "ln": "log", "Ln": "log", "LN": "log", "LOG": "log", "Exp": "exp",
    "inv_logit": "invlogit", "inv.logit": "invlogit", "plogis": "invlogit", "qlogis": "logit",
    "E": "E", "Var": "Var", "var": "Var", "VAR": "Var", "V": "Var", "Cov": "Cov", "cov": "Cov", "COV": "Cov",
    "Cor": "Cor", "cor": "Cor", "Corr": "Cor", "corr": "Cor", "SD": "SD", "Pr": "Pr", "Prob": "Pr", "prob": "Pr", "PROB": "Pr", "det": "det",
    "Φ": "Φ",
}  # fmt: skip
"""Functions by every spelling, with the name under which the tree knows them."""

INVERSE = {
    "logit": "invlogit",
    "Φ": "probit",
    "log": "exp",
    "probit": "Φ",
    "cloglog": "invcloglog",
    "g": "g^-1",
}
"""What f⁻¹ is for a function f."""

PREFIXES = frozenset({"log", "exp", "sqrt", "logit", "probit", "cloglog", "log10", "log2"})
"""Functions whose brackets may be left out: ``\\log \\lambda``."""

BASES = frozenset({"poly", "ns", "bs"})
"""Functions that make several columns; ``poly(x, 2)[1]`` is one of these."""

DISTRIBUTIONS = {
    **dict.fromkeys(["n", "normal", "gaussian", "mvn", "mvnormal", "multinormal", "multivariatenormal", "nid", "mvnorm", "norm", "multinormalcholesky"], "normal"),
    **dict.fromkeys(["bernoulli", "bern", "ber"], "bernoulli"),
    **dict.fromkeys(["binomial", "bin", "binom", "b"], "binomial"),
    **dict.fromkeys(["poisson", "pois", "poi"], "poisson"),
    **dict.fromkeys(["negativebinomial", "negbinomial", "negbin", "nb", "nbinom", "gammapoisson"], "negative_binomial"),
    **dict.fromkeys(["gamma", "ga"], "gamma"),
    "beta": "beta",
    **dict.fromkeys(["categorical", "multinomial", "cat", "orderedlogit", "orderedlogistic", "ordered"], "categorical"),
    **dict.fromkeys(["lognormal", "lognorm"], "lognormal"),
    **dict.fromkeys(["student", "studentt", "t", "halfstudent", "halfstudentt", "halft"], "student_t"),
    **dict.fromkeys(["cauchy", "halfcauchy"], "cauchy"),
    **dict.fromkeys(["exponential", "exp", "expo"], "exponential"),
    **dict.fromkeys(["uniform", "unif", "u"], "uniform"),
    **dict.fromkeys(["lkj", "lkjcorr", "lkjcov", "lkjcholesky"], "lkj"),
    **dict.fromkeys(["invgamma", "inversegamma", "ig"], "inverse_gamma"),
    **dict.fromkeys(["invwishart", "inversewishart", "iw"], "inverse_wishart"),
}  # fmt: skip
"""Distributions by every spelling, in lower case and without anything but letters."""


def distribution_of(spelling: str) -> str:
    """The name of a distribution in the tree; "other" for one that is not known."""
    letters = "".join(c for c in spelling.lower() if c.isalpha())
    return DISTRIBUTIONS.get(letters, "other")
