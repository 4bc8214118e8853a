"""Fits by lme4 in R: pymer4's ``Lmer``, and what rpy2 holds of ``lmer()`` and ``glmer()``.

What R has to say is asked for once, as plain vectors (:func:`describe`); everything else (:func:`read`)
knows nothing of R.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..errors import ReadError
from ..estimates import Estimates
from ..facts.knowledge import Facts, apply
from ..facts.learn import group_sizes, learn
from ..fits.tidy import read_table
from ..formula import read_formula
from ..model import Family, Model

if TYPE_CHECKING:
    from pandas import DataFrame

ASK = """
function(m) {
  call <- getCall(m)
  said <- function(x) if (is.null(x)) "" else paste(deparse(x, width.cutoff = 500L), collapse = " ")
  v <- as.data.frame(lme4::VarCorr(m))
  data <- tryCatch(eval(call$data, environment(formula(m))), error = function(e) NULL)
  if (!is.data.frame(data)) data <- m@frame
  plain <- function(x) if (is.numeric(x)) as.numeric(x) else as.character(x)
  list(
    formula = said(formula(m)), weights = said(call$weights), offset = said(call$offset),
    family = family(m)$family, link = family(m)$link, rows = nobs(m),
    term = names(lme4::fixef(m)), value = unname(lme4::fixef(m)),
    error = unname(sqrt(diag(as.matrix(vcov(m))))),
    group = v$grp, first = v$var1, second = v$var2, variance = v$vcov,
    columns = lapply(data, plain), levels = lapply(Filter(is.factor, data), levels)
  )
}
"""
"""What R is asked of a fit."""

FAMILIES = ("gaussian", "binomial", "poisson")


@dataclass(frozen=True)
class Described:
    """What R says of a fit: its call, its coefficients and variances as columns, and the data."""

    formula: str
    weights: str
    offset: str
    family: str
    link: str
    rows: int
    fixed: DataFrame
    random: DataFrame
    data: DataFrame


def results(result: Any, facts: Facts) -> tuple[Model, Estimates]:
    """The model and the estimates of a fit by lme4.

    Raises ReadError for what is no fit of lme4's, and for families that are not read.
    """
    return read(describe(getattr(result, "model_obj", result)), facts)


def read(said: Described, facts: Facts) -> tuple[Model, Estimates]:
    """The model that R's call states, with its estimates."""
    if said.family not in FAMILIES:
        raise ReadError(f"a {said.family} model of lme4 is not read; {', '.join(FAMILIES)} ones are")
    model = learn(apply(_model(said), facts), said.data)
    found = read_table(model, _tidy(said))
    return model, replace(found, groups=group_sizes(model, said.data), observations=said.rows, engine="lme4")


def _model(said: Described) -> Model:
    given = {"weights": said.weights, "offset": said.offset}
    further = "".join(f", {name} = {text}" for name, text in given.items() if text)
    function = "lmer" if said.family == "gaussian" and said.link == "identity" else "glmer"
    family = "" if function == "lmer" else f", family = {said.family}({said.link})"
    model = read_formula(f"{function}({said.formula}{further}{family})", columns=tuple(said.data)).model
    return replace(model, family=Family(said.family, said.link))


def _tidy(said: Described) -> DataFrame:
    """The estimates as broom.mixed would list them."""
    import pandas

    fixed = said.fixed.assign(group="")
    random = said.random
    kinds = random["second"].map(lambda second: "cov" if second else "var")
    terms = random["first"].where(random["first"] != "", "Observation")
    terms += random["second"].map(lambda second: f".{second}" if second else "")
    groups = [_group(name, said.data) for name in random["group"]]
    random = pandas.DataFrame({"group": groups, "term": kinds + "__" + terms, "estimate": random["variance"]})
    return pandas.concat([fixed, random], ignore_index=True)


def _group(name: str, data: DataFrame) -> str:
    """A grouping factor without the number that R adds to the second block of ``(x || g)``."""
    base, dot, number = name.rpartition(".")
    return base if dot and number.isdecimal() and name not in data else name


# ------------------------------------------------------------------ asking R


def describe(fit: Any) -> Described:
    """What R says of a fit that rpy2 holds. Raises ReadError where it is none of lme4's."""
    if "rclass" not in dir(fit) or not {"lmerMod", "glmerMod", "lmerModLmerTest"} & set(fit.rclass):
        raise ReadError(f"a {type(fit).__name__} of R is not read; fits by lmer() and glmer() are")
    from rpy2.robjects import r  # who has such an object has loaded it

    try:
        said = _named(r(ASK)(fit))
    except RuntimeError as error:
        raise ReadError(f"R could not say what the fit holds: {error}") from error
    return described({name: _plain(value) for name, value in said.items()})


def described(said: Mapping[str, Any]) -> Described:
    """The answer of R, as lists by name, as tables."""
    import pandas

    data = pandas.DataFrame(said["columns"])
    for name, levels in said["levels"].items():
        data[name] = pandas.Categorical(data[name], levels)
    texts = {name: said[name][0] for name in ("formula", "weights", "offset", "family", "link")}
    fixed = {"term": said["term"], "estimate": said["value"], "std.error": said["error"]}
    random = {name: said[name] for name in ("group", "first", "second", "variance")}
    return Described(
        **texts,
        rows=int(said["rows"][0]),
        fixed=pandas.DataFrame(fixed),
        random=pandas.DataFrame(random).fillna(""),
        data=data,
    )


def _named(vector: Any) -> dict[str, Any]:
    return dict(zip(vector.names, vector, strict=True)) if len(vector) else {}


def _plain(value: Any) -> Any:
    """A vector of R as a list, a named list as a dict; what is missing is None, or not a number."""
    if type(value).__name__ == "ListVector":
        return {name: _plain(part) for name, part in _named(value).items()}
    return [None if type(x).__name__ == "NACharacterType" else x for x in value]
