"""nlme, in R: ``lme(math ~ ses, random = ~ ses | sch_id, data = d, method = "REML")``.

Nested factors are a list, the outermost first; correlated effects are the default (``pdSymm``),
``pdDiag`` makes them independent, ``pdIdent`` and ``pdCompSymm`` give them one variance, ``pdBlocked``
joins blocks. Without random effects the function is ``gls``. Its default, restricted maximum
likelihood, is stated. It has Gaussian models only, and no crossed effects worth the name
(Pinheiro & Bates 2000, chapters 4 and 5).
"""

from __future__ import annotations

from itertools import pairwise

from ..errors import CannotSay
from ..expressions import Call, Constant
from ..hierarchy import require_relations
from ..model import Model
from ..options import Options
from ..spelling import quote
from .grouping import Part, outermost_first, parts, refuse
from .lme4 import RFormula
from .references import r_data

PROGRAM = "nlme"

LOSES: tuple[str, ...] = ("levels", "nesting", "categories")

CLASSES = {
    "full": "pdSymm",
    "independent": "pdDiag",
    "identity": "pdIdent",
    "compound_symmetry": "pdCompSymm",
}


def write(model: Model, options: Options) -> str:
    """The command that fits a model with nlme.

    Raises CannotSay for crossed factors and families other than the Gaussian, NeedsMore where it is not
    known whether two grouping factors are nested or crossed.
    """
    _refuse(model)
    right = RFormula(model)
    fixed = f"{right.response()} ~ {right.matrix(model.fixed)}"
    method = "ML" if options.reml is False else "REML"
    details = [f"data = {r_data(model, options)}", *_residual(model, right), f'method = "{method}"']
    if not model.random:
        return f"gls({', '.join([fixed, *details])})"
    return f"lme({', '.join([fixed, f'random = {_random(model, right)}', *details])})"


def _refuse(model: Model) -> None:
    if (model.family.name, model.family.link) != ("gaussian", "identity"):
        raise refuse("nlme", f"{model.family.name} models", "lme4, glmmTMB and brms can.")
    if model.offsets:
        raise refuse("nlme", "an offset", "Subtract it from the response, or use lme4.")
    require_relations(model)
    groups = outermost_first(model)
    for outer, inner in pairwise(groups):
        if not model.is_nested(inner, outer):
            mend = "lme4, glmmTMB, mixedlm and MixedModels.jl can."
            raise refuse("nlme", f"crossed random effects ({outer} and {inner})", mend)
    for group in groups:
        if ":" in group:
            raise CannotSay(f"nlme takes one column for each grouping factor: make one of {group}.")
    if any(p.structure == "ar1" for p in parts(model)):
        raise refuse("nlme", "autocorrelated random effects", "SAS and SPSS can, with type AR(1).")


def _random(model: Model, right: RFormula) -> str:
    groups = outermost_first(model)
    stated = {g: [p for p in parts(model) if p.group == g] for g in groups}
    only = stated[groups[0]]
    if len(groups) == 1 and len(only) == 1 and only[0].structure == "full":
        return f"~ {right.matrix(only[0].terms)} | {quote(groups[0])}"
    return f"list({', '.join(f'{quote(g)} = {_blocks(stated[g], right)}' for g in groups)})"


def _blocks(stated: list[Part], right: RFormula) -> str:
    if len(stated) == 1:
        part = stated[0]
        return f"~ {right.matrix(part.terms)}" if part.structure == "full" else _block(part, right)
    return f"pdBlocked(list({', '.join(_block(p, right) for p in stated)}))"


def _block(part: Part, right: RFormula) -> str:
    return f"{CLASSES[part.structure]}(~ {right.matrix(part.terms)})"


def _units(model: Model, within: str, right: RFormula) -> tuple[str, ...]:
    """The columns of the units within which residuals are correlated: those of the random effects, or finer.

    Raises CannotSay for units between those of the random effects, which lme does not take.
    """
    groups = outermost_first(model)
    if within in groups:
        return tuple(groups[: groups.index(within) + 1])
    between = next((g for g in groups if not model.is_nested(within, g)), None)
    if between is not None:
        raise refuse(
            "nlme", f"residuals that are correlated within {within}, beside effects of {between}", "brms can."
        )
    return right.columns(within)


def _residual(model: Model, right: RFormula) -> list[str]:
    found = []
    residual = model.residual
    if residual is not None and residual.ar1_within:
        units = "/".join(map(quote, _units(model, residual.ar1_within, right)))
        found.append(f"correlation = corAR1(form = ~ 1 | {units})")
    variances = []
    if residual is not None and residual.by:
        variances.append(f"varIdent(form = ~ 1 | {quote(residual.by)})")
    if model.weights is not None:
        # nlme wants what the variance is proportional to, which is one over the weight.
        variances.append(f"varFixed(~ {right.spelled(Call('/', (Constant(1), model.weights)))})")
    if variances:
        whole = variances[0] if len(variances) == 1 else f"varComb({', '.join(variances)})"
        found.append(f"weights = {whole}")
    return found
