"""SPSS: MIXED for Gaussian models, GENLINMIXED for the others.

    MIXED math WITH ses sector
      /METHOD=REML
      /FIXED=ses sector ses*sector | SSTYPE(3)
      /RANDOM=INTERCEPT ses | SUBJECT(sch_id) COVTYPE(UN)
      /PRINT=SOLUTION TESTCOV.

Random effects are independent (COVTYPE(VC)) unless COVTYPE(UN) is said. The units of a nested factor
are ``SUBJECT(schools*students)``. MIXED's default is restricted maximum likelihood, which is stated;
GENLINMIXED has a pseudo-likelihood only (IBM SPSS Statistics Command Syntax Reference, "MIXED" and
"GENLINMIXED"). A factor behind BY has its last category as the reference, which cannot be changed:
where the categories are known, the indicators of the others are computed instead.
"""

from __future__ import annotations

import re

from ..expressions import INTERCEPT, Factor, Term
from ..hierarchy import require_relations
from ..model import Model
from ..options import Options
from .columns import Averaged, Coded, Columns, Computed, Language, Numbered, Step
from .grouping import Part, parts, refuse

PROGRAM = "SPSS"

LOSES: tuple[str, ...] = ("levels", "nesting", "categories")

LANGUAGE = Language(
    program="SPSS",
    functions={"log": "LN", "exp": "EXP", "sqrt": "SQRT", "abs": "ABS", "log10": "LG10"},
    power="**",
    name=re.compile(r"[^\W\d_](?:[\w.$#@]{0,62}[\w$#@])?"),
    naming="letters, digits, _ . $ # and @, at most 64, with a letter first",
    longest=64,
    reserved=frozenset(
        """
    all and by eq ge gt le lt ne not or to with within intercept
    """.split()  # noqa: SIM905
    ),
)

DISTRIBUTIONS = {
    "gaussian": "NORMAL",
    "binomial": "BINOMIAL",
    "poisson": "POISSON",
    "negative_binomial": "NEGATIVE_BINOMIAL",
    "gamma": "GAMMA",
    "cumulative": "MULTINOMIAL",
    "multinomial": "MULTINOMIAL",
}
LINKS = {"identity": "IDENTITY", "logit": "LOGIT", "probit": "PROBIT", "cloglog": "CLOGLOG", "log": "LOG"}

TYPES = {"full": "UN", "independent": "VC", "identity": "ID", "compound_symmetry": "CS", "ar1": "AR1"}
LONG_TYPES = {
    "full": "UNSTRUCTURED",
    "independent": "VARIANCE_COMPONENTS",
    "identity": "IDENTITY",
    "compound_symmetry": "COMPOUND_SYMMETRY",
    "ar1": "AR1",
}


def write(model: Model, options: Options) -> str:
    """The commands that fit a model in SPSS to the active data set, the columns that they need first.

    Raises CannotSay for what MIXED and GENLINMIXED do not fit, NeedsMore where it is not known
    whether two grouping factors are nested or crossed.
    """
    _refuse(model)
    require_relations(model)
    columns = Columns(model, LANGUAGE)
    lines = _mixed(model, columns, options) if _is_mixed(model) else _genlinmixed(model, columns)
    steps = [*map(_step, columns.steps), *([] if _is_mixed(model) else _measurement(model, columns))]
    return (
        "\n".join(
            [*steps, *(["EXECUTE."] if columns.steps else []), lines[0], *(f"  {line}" for line in lines[1:])]
        )
        + "."
    )


def _is_mixed(model: Model) -> bool:
    return (model.family.name, model.family.link) == ("gaussian", "identity")


def _refuse(model: Model) -> None:
    name, link = model.family.name, model.family.link
    if name not in DISTRIBUTIONS:
        raise refuse("SPSS", f"the {name} family", "SAS, glmmTMB and brms can.")
    if link not in LINKS:
        raise refuse("SPSS", f"the {link} link", "brms and glmmTMB have others.")
    if name == "multinomial" and model.random:
        raise refuse("SPSS", "random effects of a multinomial model by category here", "brms can.")
    if model.offsets and _is_mixed(model):
        raise refuse("SPSS's MIXED", "an offset", "Subtract it from the response.")
    residual = model.residual
    if residual is not None and (residual.by or residual.ar1_within):
        mend = "Its /REPEATED needs a variable that numbers the rows of a unit; nlme and SAS do without."
        raise refuse("SPSS", "residuals that are not independent and alike", mend)


def _mixed(model: Model, columns: Columns, options: Options) -> list[str]:
    fixed = [_product(t, columns) for t in model.fixed if t]
    details = [*([] if INTERCEPT in model.fixed else ["NOINT"]), "SSTYPE(3)"]
    random = [_random(p, columns) for p in parts(model)]
    weight = [f"/REGWGT={columns.name(model.weights)}"] if model.weights is not None else []
    head = " ".join(["MIXED", columns.response(), *_predictors(model, columns)])
    return [
        head,
        f"/METHOD={'ML' if options.reml is False else 'REML'}",
        f"/FIXED={' '.join([*fixed, '|', *details])}",
        *random,
        *weight,
        "/PRINT=SOLUTION TESTCOV",
    ]


def _predictors(model: Model, columns: Columns) -> list[str]:
    """BY for the factors, WITH for everything else."""
    factors = [f for t in model.terms for f in t.factors]
    by = dict.fromkeys(columns.check(f.variable) for f in factors if isinstance(f, Factor))
    covariates = dict.fromkeys(columns.name(f) for f in factors if not isinstance(f, Factor))
    return [*(["BY", *by] if by else []), *(["WITH", *covariates] if covariates else [])]


def _product(term: Term, columns: Columns) -> str:
    return "*".join(
        columns.check(f.variable) if isinstance(f, Factor) else columns.name(f) for f in term.factors
    )


def _random(part: Part, columns: Columns) -> str:
    effects = [*(["INTERCEPT"] if part.intercept else []), *(_product(t, columns) for t in part.slopes)]
    kind = f" COVTYPE({TYPES[part.structure]})" if len(part.terms) > 1 else ""
    return f"/RANDOM={' '.join(effects)} | SUBJECT({'*'.join(columns.unit(part.group))}){kind}"


# ------------------------------------------------------------------ GENLINMIXED


def _genlinmixed(model: Model, columns: Columns) -> list[str]:
    name, link = model.family.name, LINKS[model.family.link]
    trials = f" TRIALS=FIELD({columns.name(model.response.trials)})" if model.response.trials else ""
    offset = f" OFFSET=FIELD({columns.total(model.offsets)})" if model.offsets else ""
    weight = f" ANALYSIS_WEIGHT={columns.name(model.weights)}" if model.weights is not None else ""
    return [
        "GENLINMIXED",
        f"/FIELDS TARGET={columns.response()}{trials}{weight}{offset}",
        f"/TARGET_OPTIONS DISTRIBUTION={DISTRIBUTIONS[name]} LINK={link}{_reference(model)}",
        f"/FIXED {_effects(model.fixed, columns)}",
        *(f"/RANDOM {_random_details(p, columns)}" for p in parts(model)),
    ]


def _measurement(model: Model, columns: Columns) -> list[str]:
    """GENLINMIXED tells factors, units and covariates apart by their measurement level."""
    kinds = {"binomial": "NOMINAL", "multinomial": "NOMINAL", "cumulative": "ORDINAL"}
    kind = "SCALE" if model.response.trials else kinds.get(model.family.name, "SCALE")
    levels = {columns.response(): kind}
    for factor in (f for t in model.terms for f in t.factors):
        match factor:
            case Factor(name):
                levels[columns.check(name)] = "NOMINAL"
            case _:
                levels[columns.name(factor)] = "SCALE"
    levels.update({unit: "NOMINAL" for b in model.random for unit in columns.unit(b.group)})
    by_kind = {
        k: [name for name, level in levels.items() if level == k] for k in ("SCALE", "NOMINAL", "ORDINAL")
    }
    return [f"VARIABLE LEVEL {' '.join(names)} ({k})." for k, names in by_kind.items() if names]


def _reference(model: Model) -> str:
    """SPSS models the first of two categories against the last unless the reference is named."""
    binary = model.family.name == "binomial" and model.response.trials is None
    return " REFERENCE=0" if binary else ""


def _effects(terms: tuple[Term, ...], columns: Columns) -> str:
    products = [_product(t, columns) for t in terms if t]
    intercept = f"USE_INTERCEPT={'TRUE' if INTERCEPT in terms else 'FALSE'}"
    return " ".join([*(["EFFECTS=" + " ".join(products)] if products else []), intercept])


def _random_details(part: Part, columns: Columns) -> str:
    units = "*".join(columns.unit(part.group))
    kind = f" COVARIANCE_TYPE={LONG_TYPES[part.structure]}" if len(part.terms) > 1 else ""
    return f"{_effects(part.terms, columns)} SUBJECTS={units}{kind}"


# ------------------------------------------------------------------ columns


def _step(step: Step) -> str:
    match step:
        case Computed(name, value):
            return f"COMPUTE {name} = {value}."
        case Averaged(name, of, within):
            by = f" /BREAK={' '.join(within)}" if within else ""
            return f"AGGREGATE /OUTFILE=* MODE=ADDVARIABLES{by} /{name}=MEAN({of})."
        case Coded(name, of, category, numeric):
            literal = category if numeric else "'" + category.replace("'", "''") + "'"
            return f"COMPUTE {name} = ({of} = {literal})."
        case Numbered():
            raise AssertionError("SUBJECT takes several columns")
