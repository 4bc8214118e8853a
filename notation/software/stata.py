"""Stata: ``mixed``, ``melogit``, ``mepoisson``, …; ``regress``, ``logit``, ``glm`` without groups.

    mixed math c.ses##i.sector || sch_id: ses, covariance(unstructured) mle

Random effects are independent unless ``covariance(unstructured)`` is said. Equations behind ``||`` run
from the outermost grouping factor inwards and nest of themselves; a crossed factor is
``_all: R.factor`` ([ME] mixed, "Crossed-effects models"). Random effects take names only, so products
and indicators among them are columns that are generated beforehand. ``mixed`` maximizes the likelihood
unless ``reml`` is said (``mle`` is written to show it); the others integrate by adaptive quadrature.
"""

from __future__ import annotations

import re

from ..expressions import INTERCEPT, Call, Constant, Expression, Factor, Term, Variable
from ..hierarchy import require_relations
from ..model import Categories, Model
from ..options import Options
from .coding import keeps_reference, with_factors
from .columns import Averaged, Coded, Columns, Computed, Language, Numbered, Step
from .grouping import Part, outermost_first, parts, refuse
from .lme4 import columns_of
from .stata_commands import MULTILEVEL, SINGLE_LEVEL

PROGRAM = "Stata"

LOSES: tuple[str, ...] = ("levels", "nesting", "categories")

LANGUAGE = Language(
    program="Stata",
    functions={"log": "ln", "exp": "exp", "sqrt": "sqrt", "abs": "abs", "log10": "log10"},
    power="^",
    name=re.compile(r"[^\W\d]\w{0,31}"),
    naming="letters, digits and underscores, at most 32",
    longest=32,
    reserved=frozenset(
        """
    _all _b _coef _cons _n _pi _pred _rc _se _skip byte double float if in int long strl using with
    """.split()  # noqa: SIM905
    ),
    cased=True,
)

COVARIANCE = {
    "full": "unstructured",
    "independent": "independent",
    "identity": "identity",
    "compound_symmetry": "exchangeable",
}


def write(model: Model, options: Options) -> str:
    """The commands that fit a model in Stata, the columns that they need first.

    Raises CannotSay for what Stata's commands do not fit, NeedsMore where it is not known whether
    two grouping factors are nested or crossed.
    """
    _refuse(model)
    columns = Columns(model, LANGUAGE)
    command, _, family = _command(model).partition(", ")
    line = " ".join([command, columns.response(), *_fixed(model, columns)])
    constant = INTERCEPT in model.fixed or model.family.name == "cumulative"
    if model.random:
        equations = _equations(model, columns)
        line += "" if constant else ", noconstant"
        line = " ".join([line, *equations])
        inside = "," in equations[-1]
    else:
        family = " ".join([*([] if constant else ["noconstant"]), *([family] if family else [])])
        inside = False
    asked = _options(model, columns, command, "reml" if options.reml else "mle")
    ending = " ".join([*([family] if family else []), *asked])
    line += f"{'' if inside else ','} {ending}" if ending else ""
    if len(line) > options.width:
        line = line.replace(" || ", " ///\n    || ")
    return "\n".join([*map(_step, columns.steps), *_encoded(columns), line])


def _refuse(model: Model) -> None:
    if model.weights is not None:
        raise refuse("Stata's mixed", "a weight of the residual variance", "lme4, nlme and SAS can.")
    if model.offsets and _command(model).split()[0] in ("mixed", "regress"):
        raise refuse("Stata's mixed", "an offset", "Subtract it from the response.")
    if model.residual is not None and model.residual.ar1_within:
        mend = "Its residuals(ar 1, t()) needs a time variable; nlme and SAS take the order of the rows."
        raise refuse("Stata", "autocorrelated residuals without a time variable", mend)
    if model.residual is not None and model.residual.by and _command(model) != "mixed":
        raise refuse("Stata's regress", "a residual variance for each category", "nlme's gls can.")
    if any(p.structure == "ar1" for p in parts(model)):
        raise refuse("Stata", "autocorrelated random effects", "SAS can, with type=ar(1).")


def _command(model: Model) -> str:
    table = MULTILEVEL if model.random else SINGLE_LEVEL
    name, link = model.family.name, model.family.link
    if not model.random and model.response.trials is not None:
        return f"glm, link({link})"  # its family names the column of the trials: see _options
    if (name, link) not in table:
        kind = "multilevel" if model.random else "single-level"
        raise refuse("Stata", f"a {kind} {name.replace('_', ' ')} model with the {link} link", "brms can.")
    return table[name, link]


# ------------------------------------------------------------------ fixed part


def _fixed(model: Model, columns: Columns) -> list[str]:
    terms = with_factors(model, model.fixed)
    return [_product(model, t, columns, bare=keeps_reference(t, terms)) for t in terms if t]


def _product(model: Model, term: Term, columns: Columns, bare: bool) -> str:
    """A term with factor-variable operators: ``c.ses#i.sector``."""
    pieces = [p for f in term.factors for p in _operands(model, f, columns, bare)]
    if len(pieces) == 1 and pieces[0].startswith("c."):
        return pieces[0][2:]
    return "#".join(pieces)


def _operands(model: Model, factor: Expression, columns: Columns, bare: bool) -> list[str]:
    match factor:
        case Factor(name):
            return [f"{_base(model.categories_of(name), bare)}.{_coded_name(model, name, columns)}"]
        case Call("^", (Variable(name), Constant(value))) if value in (2, 3, 4):
            return [f"c.{columns.check(name)}"] * int(value)
    return [f"c.{columns.name(factor)}"]


def _base(known: Categories | None, bare: bool) -> str:
    """The operator of a categorical variable; its base is the lowest value unless another is named."""
    if bare:
        return "ibn"
    if known is None or known.reference == _in_order(known)[0]:
        return "i"
    return f"ib{known.reference if known.numeric else _in_order(known).index(known.reference) + 1}"


def _in_order(known: Categories) -> list[str]:
    return sorted(known.names, key=float) if known.numeric else sorted(known.names)


def _coded_name(model: Model, name: str, columns: Columns) -> str:
    known = model.categories_of(name)
    return columns.check(name) if known is None or known.numeric else columns.encoded(name)


def _encoded(columns: Columns) -> list[str]:
    """Factor variables are numbers in Stata; ``encode`` numbers text in alphabetical order."""
    return [f"encode {name}, generate({new})" for name, new in columns.codes.items()]


# ------------------------------------------------------------------ random part


def _equations(model: Model, columns: Columns) -> list[str]:
    require_relations(model)
    nested = _chain(model)
    crossed = [p for p in parts(model) if p.group not in nested]
    inner = [p for p in parts(model) if p.group in nested]
    return [
        f"|| {e}" for e in [*(_crossed(model, p, columns) for p in crossed), *_levels(model, inner, columns)]
    ]


def _chain(model: Model) -> list[str]:
    """The grouping factors that Stata nests by itself, those with slopes among them if possible."""
    innermost_first = outermost_first(model)[::-1]
    with_slopes = {p.group for p in parts(model) if p.slopes}
    chain: list[str] = []
    for group in sorted(innermost_first, key=lambda g: g not in with_slopes):
        if all(model.is_nested(group, other) or model.is_nested(other, group) for other in chain):
            chain.append(group)
    return chain


def _crossed(model: Model, part: Part, columns: Columns) -> str:
    if part.slopes:
        mend = f"The slope by {part.group} needs lme4, mixedlm or MixedModels.jl."
        raise refuse("Stata", "random slopes of two crossed factors", mend)
    return f"_all: R.{columns.numbered(columns_of(part.group, model))}"


def _levels(model: Model, stated: list[Part], columns: Columns) -> list[str]:
    """The nested equations; each level is named by the columns that no level around it has."""
    found, outer = [], set[str]()
    for part in stated:
        own = columns_of(part.group, model)
        names = tuple(c for c in own if c not in outer) or own
        found.append(_equation(f"{columns.numbered(names)}:", part, columns))
        outer |= {c for p in stated if p.group != part.group for c in own}
    return found


def _equation(level: str, part: Part, columns: Columns) -> str:
    head = " ".join([level, *(columns.product(t) for t in part.slopes)])
    details = [] if part.intercept else ["noconstant"]
    if len(part.terms) > 1:
        details.append(f"covariance({COVARIANCE[part.structure]})")
    return f"{head}, {' '.join(details)}" if details else head


def _options(model: Model, columns: Columns, command: str, estimator: str) -> list[str]:
    found = [f"offset({columns.total(model.offsets)})"] if model.offsets else []
    if model.response.trials is not None:
        trials = columns.name(model.response.trials)
        found.append(f"binomial({trials})" if model.random else f"family(binomial {trials})")
    if model.residual is not None and model.residual.by:
        found.append(f"residuals(independent, by({columns.check(model.residual.by)}))")
    return [*found, estimator] if command == "mixed" else found


# ------------------------------------------------------------------ columns


def _step(step: Step) -> str:
    match step:
        case Computed(name, value):
            return f"generate {name} = {value}"
        case Averaged(name, of, within):
            by = f", by({' '.join(within)})" if within else ""
            return f"egen {name} = mean({of}){by}"
        case Coded(name, of, category, numeric):
            literal = category if numeric else _quoted(category)
            return f"generate {name} = {of} == {literal} if !missing({of})"
        case Numbered(name, columns):
            return f"egen {name} = group({' '.join(columns)})"


def _quoted(text: str) -> str:
    """A text in quotation marks; one that holds such needs Stata's compound ones."""
    return f'`"{text}"\'' if '"' in text else f'"{text}"'
