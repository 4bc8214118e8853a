"""Mplus: two-level models, ``TYPE = TWOLEVEL RANDOM``.

    MODEL:
      %WITHIN%
      s1 | math ON ses;
      %BETWEEN%
      math s1 ON sector;
      math WITH s1;

What varies within groups is predicted on WITHIN, what varies between them on BETWEEN: a random slope
is a variable there, with the predictors of its own level equation. The covariance of random effects is 0
unless WITH is said. The default estimator, MLR, has the estimates of maximum likelihood with robust
standard errors; ML is stated (Muthén & Muthén, Mplus User's Guide, chapter 9 and "DEFINE").
"""

from __future__ import annotations

import re
from itertools import combinations

from ..errors import CannotSay, NotYet
from ..expressions import INTERCEPT, Centered, Expression, Mean, Term
from ..hierarchy import hierarchy, split
from ..model import Model, RandomBlock
from ..options import Options
from .columns import Averaged, Coded, Columns, Computed, Language, Numbered, Step
from .grouping import refuse

PROGRAM = "Mplus"

LOSES: tuple[str, ...] = ("nesting", "categories")

LANGUAGE = Language(
    program="Mplus",
    functions={"log": "LOG", "exp": "EXP", "sqrt": "SQRT", "abs": "ABS", "log10": "LOG10"},
    power="**",
    name=re.compile(r"[A-Za-z]\w{0,7}", re.ASCII),
    naming="letters, digits and underscores, at most 8",
    longest=8,
    reserved=frozenset(["on", "with", "by", "at", "all"]),
    abbreviates=True,
)

KINDS = {
    ("gaussian", "identity"): "",
    ("binomial", "logit"): "CATEGORICAL = {};",
    ("binomial", "probit"): "CATEGORICAL = {};",
    ("cumulative", "logit"): "CATEGORICAL = {};",
    ("cumulative", "probit"): "CATEGORICAL = {};",
    ("multinomial", "logit"): "NOMINAL = {};",
    ("poisson", "log"): "COUNT = {};",
    ("negative_binomial", "log"): "COUNT = {} (nb);",
}
"""How a family is declared."""


def write(model: Model, options: Options) -> str:
    """The input file that fits a model in Mplus; names are cut to eight characters, which it says.

    Raises CannotSay for what Mplus has no words for, NotYet for three and more levels, NeedsMore where
    the levels of variables are not known.
    """
    _refuse(model)
    if model.group_names:
        hierarchy(model)  # refuses what has no level equations, with the reason
    columns = _Columns(model, LANGUAGE)
    y = columns.response()
    body = _twolevel(model, y, columns) if model.group_names else _single(model, y, columns)
    variable = _variable(model, y, columns)
    define = [f"  {line}" for step in columns.steps for line in _step(step)]
    kind = " ".join(["TWOLEVEL", *(["RANDOM"] if _slopes(model) else [])]) if model.group_names else "GENERAL"
    link = [f"  LINK = {model.family.link.upper()};"] if model.family.link in ("logit", "probit") else []
    return "\n".join(
        [
            *(f"! {short} is {name}." for name, short in columns.names.items() if short != name),
            "DATA:",
            f"  FILE = {options.data_name}.dat;  ! numbers only, the columns in the order of NAMES",
            "VARIABLE:",
            *(f"  {line}" for line in variable),
            *(["DEFINE:", *define] if define else []),
            "ANALYSIS:",
            f"  TYPE = {kind};",
            "  ESTIMATOR = ML;",
            *link,
            "MODEL:",
            *(f"  {line}" for line in body),
        ]
    )


def _refuse(model: Model) -> None:
    if len(model.group_names) > 1:
        raise NotYet(
            "Mplus is written for two levels only; it has TYPE = THREELEVEL and TYPE = CROSSCLASSIFIED, "
            "which are not written yet. lme4, Stata, SAS and SPSS are."
        )
    family = model.family
    if (family.name, family.link) not in KINDS or model.response.trials is not None:
        what = (
            "counts of several trials"
            if model.response.trials
            else f"{family.name} with the {family.link} link"
        )
        raise refuse("Mplus", what, "glmmTMB and brms can.")
    if family.name == "multinomial" and model.random:
        raise refuse("Mplus", "random slopes of a nominal response by category here", "brms can.")
    if model.offsets or model.weights is not None:
        raise refuse("Mplus", "offsets and weights of the residual", "lme4 can.")
    if model.residual is not None and (model.residual.by or model.residual.ar1_within):
        raise refuse("Mplus's two-level models", "residuals that are not independent and alike", "nlme can.")
    if any(b.structure != "full" for b in model.random):
        raise refuse("Mplus", "a covariance structure of random effects by name", "Stata, SAS and SPSS can.")


# ------------------------------------------------------------------ VARIABLE


def _variable(model: Model, y: str, columns: _Columns) -> list[str]:
    new = [s.name for s in columns.steps]
    predictors = [columns.names[v] for v in model.variables] + new
    used = [n for n in dict.fromkeys([y, *predictors]) if n in columns.used]
    lines = [f"NAMES = {' '.join(columns.names.values())};", f"USEVARIABLES = {' '.join(used)};"]
    if declared := KINDS[model.family.name, model.family.link]:
        lines.append(declared.format(y))
    if not model.group_names:
        return lines
    lines.append(f"CLUSTER = {columns.numbered(tuple(model.group_names[0].split(':')))};")
    for kind, names in (("WITHIN", columns.within), ("BETWEEN", columns.between)):
        if names:
            lines.append(f"{kind} = {' '.join(dict.fromkeys(names))};")
    return lines


class _Columns(Columns):
    """Columns that know on which level they are used."""

    def __init__(self, model: Model, language: Language) -> None:
        super().__init__(model, language)
        self.within: list[str] = []
        self.between: list[str] = []
        self.centred: dict[str, str] = {}

    @property
    def used(self) -> set[str]:
        """The columns of the model itself, without those that others are computed from."""
        return {self.response(), *self.within, *self.between}

    def low(self, term: Term) -> str:
        """The column of a term that varies within groups."""
        self.within.append(self.product(term))
        return self.within[-1]

    def high(self, term: Term) -> str:
        """The column of a term that is constant within groups."""
        self.between.append(self.product(term))
        return self.between[-1]

    def name(self, expression: Expression) -> str:
        match expression:
            case Centered(of, Mean(same, within)) if of == same and expression not in self._made:
                new = self._new(expression, f"{self.name(of)}_c")
                self.steps.append(Computed(new, self.name(of), ()))
                self.steps.append(Averaged(new, new, (within,) if within else ()))
                return new
            case Mean(_, None):
                raise CannotSay("Mplus has no mean over everything as a variable. Compute it beforehand.")
        return super().name(expression)


# ------------------------------------------------------------------ MODEL


def _single(model: Model, y: str, columns: _Columns) -> list[str]:
    predictors = [columns.low(t) for t in model.fixed if t]
    return [f"{y} ON {' '.join(predictors)};"] * bool(predictors) + _without_intercept(model, y)


def _slopes(model: Model) -> list[Term]:
    return [t for b in model.random for t in b.terms if t]


def _twolevel(model: Model, y: str, columns: _Columns) -> list[str]:
    slopes = {term: f"s{n}" for n, term in enumerate(_slopes(model), 1)}
    within = [f"{name} | {y} ON {columns.low(term)};" for term, name in slopes.items()]
    between: dict[str, list[str]] = {y: [], **{name: [] for name in slopes.values()}}
    fixed: list[str] = []
    for term in model.fixed:
        low, high = split(model, term, model.group_names)
        if not low or low in slopes:
            between[slopes[low] if low else y] += [columns.high(high)] if high else []
        else:
            fixed.append(columns.low(term))
    within += [f"{y} ON {' '.join(fixed)};"] * bool(fixed)
    regressions = [f"{name} ON {' '.join(names)};" for name, names in between.items() if names]
    effects = {INTERCEPT: y, **slopes}
    constraints = _without_intercept(model, y) + [
        f"[{s}@0];" for t, s in slopes.items() if t not in model.fixed
    ]
    constraints += [f"{y}@0;"] * (not any(INTERCEPT in b.terms for b in model.random))
    above = [*regressions, *_covariances(model, effects), *constraints]
    # A response without predictors is part of the model once its variance is named.
    named = [f"{y};"]
    below = within or (named if model.family.name == "gaussian" else [])
    return ["%WITHIN%", *below, "%BETWEEN%", *(above or named)]


def _covariances(model: Model, effects: dict[Term, str]) -> list[str]:
    """Each pair of a block WITH one another; pairs of different blocks are 0, which is said."""
    blocks: dict[Term, RandomBlock] = {t: b for b in model.random for t in b.terms}
    pairs = combinations([t for t in effects if t in blocks], 2)
    return [f"{effects[a]} WITH {effects[b]}{'' if blocks[a] == blocks[b] else '@0'};" for a, b in pairs]


def _without_intercept(model: Model, y: str) -> list[str]:
    if INTERCEPT in model.fixed or model.family.name == "cumulative":
        return []
    return [f"[{y}$1@0];" if model.family.name == "binomial" else f"[{y}@0];"]


# ------------------------------------------------------------------ DEFINE


def _step(step: Step) -> list[str]:
    match step:
        case Computed(name, value):
            return [f"{name} = {value};"]
        case Averaged(name, of, within) if name == of:
            return [f"CENTER {name} ({'GROUPMEAN' if within else 'GRANDMEAN'});"]
        case Averaged(name, of):
            return [f"{name} = CLUSTER_MEAN({of});"]
        case Coded(name, of, category, numeric):
            if not numeric:
                raise CannotSay(f"Mplus reads numbers only: give the categories of {of} as numbers.")
            return [f"{name} = 0;", f"IF ({of} EQ {category}) THEN {name} = 1;"]
        case Numbered(name, of):
            raise CannotSay(
                f"Mplus has one CLUSTER variable: number the combinations of {' and '.join(of)} ({name})."
            )
