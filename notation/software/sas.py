"""SAS: PROC MIXED for Gaussian models, PROC GLIMMIX for the others.

    proc mixed data=d method=reml;
      class sch_id;
      model math = ses sector ses*sector / solution;
      random intercept ses / subject=sch_id type=un;
    run;

Random effects are independent (TYPE=VC) unless ``type=un`` is said. The units of a nested factor are
``subject=students(schools)``. PROC MIXED's default is restricted maximum likelihood, which is stated;
GLIMMIX's is a pseudo-likelihood, in the place of which Laplace's approximation is asked for, as in
lme4 (SAS/STAT User's Guide, "The MIXED Procedure" and "The GLIMMIX Procedure"). The reference of a
CLASS variable is its last category unless ``ref=`` names another.
"""

from __future__ import annotations

import re

from ..expressions import INTERCEPT, Factor, Term
from ..hierarchy import require_relations
from ..model import Model
from ..options import Options
from .coding import with_factors
from .columns import Averaged, Coded, Columns, Computed, Language, Numbered, Step
from .grouping import Part, parts, refuse
from .lme4 import columns_of

PROGRAM = "SAS"

LOSES: tuple[str, ...] = ("levels", "nesting", "categories")

LANGUAGE = Language(
    program="SAS",
    functions={"log": "log", "exp": "exp", "sqrt": "sqrt", "abs": "abs", "log10": "log10", "log2": "log2"},
    power="**",
    name=re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,31}"),
    naming="letters, digits and underscores, at most 32",
    longest=32,
    reserved=frozenset({"intercept"}),
)

DISTRIBUTIONS = {
    "gaussian": "normal",
    "binomial": "binary",
    "poisson": "poisson",
    "negative_binomial": "negbin",
    "gamma": "gamma",
    "beta": "beta",
    "cumulative": "multinomial",
    "multinomial": "multinomial",
}
LINKS = {
    "identity": "identity",
    "logit": "logit",
    "probit": "probit",
    "cloglog": "cloglog",
    "loglog": "loglog",
    "log": "log",
    "inverse": "reciprocal",
    "sqrt": "power(0.5)",
}
CUMULATIVE_LINKS = {"logit": "cumlogit", "probit": "cumprobit", "cloglog": "cumcll", "loglog": "cumloglog"}

TYPES = {"full": "un", "independent": "vc", "identity": "toep(1)", "compound_symmetry": "cs", "ar1": "ar(1)"}
"""TOEP(1) is one variance for all; VC is one for each effect."""


def write(model: Model, options: Options) -> str:
    """The steps that fit a model in SAS, the data step for the columns that it needs first.

    Raises CannotSay for what PROC MIXED and PROC GLIMMIX do not fit, NeedsMore where it is not known
    whether two grouping factors are nested or crossed.
    """
    _refuse(model)
    require_relations(model)
    columns = Columns(model, LANGUAGE)
    fixed = with_factors(model, model.fixed)
    body = [
        _model(model, fixed, columns),
        *(_random(p, columns) for p in parts(model)),
        *_repeated(model, columns),
    ]
    if model.weights is not None:
        body.append(f"weight {columns.name(model.weights)};")
    classes = _classes(model, fixed, columns)
    data = options.data_name
    before = _steps(columns.steps, data)
    lines = [_procedure(model, f"{data}_columns" if before else data, options), *classes, *body]
    return "\n".join([*before, lines[0], *(f"  {line}" for line in lines[1:]), "run;"])


def _is_mixed(model: Model) -> bool:
    return (model.family.name, model.family.link) == ("gaussian", "identity")


def _refuse(model: Model) -> None:
    name, link = model.family.name, model.family.link
    if name == "multinomial" and model.random:
        raise refuse("SAS", "random effects of a multinomial model by category here", "brms can.")
    if link not in (CUMULATIVE_LINKS if name == "cumulative" else LINKS):
        raise refuse("SAS", f"the {link} link", "brms and glmmTMB have others.")
    if model.offsets and _is_mixed(model):
        raise refuse("PROC MIXED", "an offset", "Subtract it from the response.")


def _procedure(model: Model, data: str, options: Options) -> str:
    if _is_mixed(model):
        return f"proc mixed data={data} method={'ml' if options.reml is False else 'reml'};"
    # Without random effects GLIMMIX maximizes the likelihood by itself.
    return f"proc glimmix data={data}{' method=laplace' if model.random else ''};"


def _model(model: Model, fixed: tuple[Term, ...], columns: Columns) -> str:
    effects = [_product(t, columns) for t in fixed if t]
    details = ["solution", *([] if INTERCEPT in model.fixed else ["noint"])]
    if not _is_mixed(model):
        details = [*_distribution(model), *details]
    if model.offsets:
        details.append(f"offset={columns.total(model.offsets)}")
    return " ".join(["model", f"{_response(model, columns)} =", *effects, "/", *details]) + ";"


def _response(model: Model, columns: Columns) -> str:
    if model.response.trials is not None:
        return f"{columns.name(model.response.expression)}/{columns.name(model.response.trials)}"
    name = columns.response()
    match model.family.name:
        case "binomial":
            return f"{name}(event=last)"  # SAS models the probability of the first category otherwise
        case "cumulative":
            return f"{name}(descending)"  # so that a coefficient above 0 means higher categories
    return name


def _distribution(model: Model) -> list[str]:
    name, link = model.family.name, model.family.link
    if name == "cumulative":
        return ["dist=multinomial", f"link={CUMULATIVE_LINKS[link]}"]
    if name == "multinomial":
        return ["dist=multinomial", "link=glogit"]
    binomial = name == "binomial" and model.response.trials is not None
    return [f"dist={'binomial' if binomial else DISTRIBUTIONS[name]}", f"link={LINKS[link]}"]


def _product(term: Term, columns: Columns) -> str:
    return "*".join(
        columns.check(f.variable) if isinstance(f, Factor) else columns.name(f) for f in term.factors
    )


def _classes(model: Model, fixed: tuple[Term, ...], columns: Columns) -> list[str]:
    factors = dict.fromkeys(f.variable for t in fixed for f in t.factors if isinstance(f, Factor))
    units = dict.fromkeys(c for b in model.random for c in columns_of(b.group, model))
    residual = model.residual
    if residual is not None:
        within = columns_of(residual.ar1_within, model) if residual.ar1_within else ()
        units.update(dict.fromkeys([*within, *([residual.by] if residual.by else [])]))
    named = [
        *(_class(model, f, columns) for f in factors),
        *(columns.check(u) for u in units if u not in factors),
    ]
    return [f"class {' '.join(named)};"] if named else []


def _class(model: Model, name: str, columns: Columns) -> str:
    known = model.categories_of(name)
    return columns.check(name) + (f"(ref={_quoted(known.reference)})" if known else "")


def _random(part: Part, columns: Columns) -> str:
    effects = [*(["intercept"] if part.intercept else []), *(_product(t, columns) for t in part.slopes)]
    kind = f" type={TYPES[part.structure]}" if len(part.terms) > 1 else ""
    return f"random {' '.join(effects)} / subject={_subject(part.group, columns)}{kind};"


def _subject(group: str, columns: Columns) -> str:
    """``students(schools)``, ``essays*raters``: the units of a factor by its own and the outer columns."""
    names = columns.unit(group)
    own = [c for c in group.split(":") if c in names]
    outer = [c for c in names if c not in own]
    return "*".join(own) + (f"({' '.join(outer)})" if outer else "")


def _repeated(model: Model, columns: Columns) -> list[str]:
    residual = model.residual
    if residual is None or not (residual.by or residual.ar1_within):
        return []
    details = []
    if residual.ar1_within:
        details += [f"subject={_subject(residual.ar1_within, columns)}", "type=ar(1)"]
    if residual.by:
        details.append(f"group={columns.check(residual.by)}")
    return [f"repeated / {' '.join(details)};"]


# ------------------------------------------------------------------ columns


def _steps(steps: list[Step], data: str) -> list[str]:
    """The steps that make the columns; neighbouring data steps are one."""
    new = f"{data}_columns"
    found: list[str] = []
    for step in steps:
        source = new if found else data
        match step:
            case Averaged():
                found += ["proc sql;", f"  create table {new} as", f"  {_average(step, source)};", "quit;"]
            case _ if found and found[-1] == "run;":
                found[-1:] = [f"  {_computed(step)}", "run;"]
            case _:
                found += [f"data {new};", f"  set {source};", f"  {_computed(step)}", "run;"]
    return found


def _average(step: Averaged, source: str) -> str:
    """SQL puts the mean of a group beside each of its rows."""
    query = f"select *, mean({step.of}) as {step.name} from {source}"  # noqa: S608 -- SAS runs it, on names that were checked
    return f"{query} group by {', '.join(step.within)}" if step.within else query


def _computed(step: Step) -> str:
    match step:
        case Computed(name, value):
            return f"{name} = {value};"
        case Coded(name, of, category, numeric):
            literal = category if numeric else _quoted(category)
            return f"if not missing({of}) then {name} = ({of} = {literal});"
        case Numbered(name, of):
            return f"{name} = catx('-', {', '.join(of)});"
        case Averaged():
            raise AssertionError("means are made by SQL")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
