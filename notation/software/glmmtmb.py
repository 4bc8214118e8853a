"""glmmTMB: ``math ~ ses + (ses | sch_id)``, in R.

Its formulas are lme4's. It maximizes the likelihood unless REML is asked for, which is stated
(Brooks et al. 2017). ``dispformula = ~ sex`` is a residual variance for each category.
"""

from __future__ import annotations

from ..model import Model
from ..options import Options
from ..spelling import quote
from .grouping import refuse
from .lme4 import RFormula
from .references import r_data

PROGRAM = "glmmTMB"

LOSES: tuple[str, ...] = ("levels", "nesting", "categories", "family", "link")

FAMILIES = {
    "gaussian": "gaussian",
    "binomial": "binomial",
    "poisson": "poisson",
    "negative_binomial": "nbinom2",
    "gamma": "Gamma",
    "beta": "beta_family",
}
LINKS = ("identity", "logit", "probit", "cloglog", "log", "inverse", "sqrt")


def write(model: Model, options: Options) -> str:
    """The model as a glmmTMB formula, or as a complete command (``options.call``).

    Raises CannotSay for families, structures and weights that glmmTMB does not have.
    """
    _refuse(model)
    right = RFormula(model)
    formula = f"{right.response()} ~ {' + '.join(right.summands())}"
    if not options.call:
        if model.residual is not None and model.residual.by:
            mend = "The whole command has dispformula (call)."
            raise refuse("A formula of glmmTMB", "a residual variance for each category", mend)
        return formula
    arguments = [formula, f"data = {r_data(model, options)}", *_arguments(model, options)]
    return f"glmmTMB({', '.join(arguments)})"


def _refuse(model: Model) -> None:
    family = model.family
    if family.name not in FAMILIES:
        raise refuse("glmmTMB", f"the {family.name} family", "brms can.")
    if family.link not in LINKS:
        raise refuse("glmmTMB", f"the {family.link} link", "brms can.")
    structured = next((b for b in model.random if b.structure != "full"), None)
    if structured is not None:
        # Its cs() has a variance for each effect, and its ar1() wants a factor of times.
        kind = structured.structure.replace("_", " ")
        raise refuse(
            "glmmTMB", f"the {kind} structure of the random effects of {structured.group}", "nlme can."
        )
    if model.residual is not None and model.residual.ar1_within:
        raise refuse("glmmTMB", "autocorrelated residuals without a factor of times", "nlme and brms can.")
    if model.weights is not None:
        mend = "Its weights multiply the likelihood; lme4 can."
        raise refuse("glmmTMB", "a weight of the residual variance", mend)


def _arguments(model: Model, options: Options) -> list[str]:
    family = model.family
    if (family.name, family.link) != ("gaussian", "identity"):
        return [f'family = {FAMILIES[family.name]}(link = "{family.link}")']
    by = model.residual.by if model.residual else None
    estimator = f"REML = {'TRUE' if options.reml else 'FALSE'}"
    return [*([f"dispformula = ~ {quote(by)}"] if by else []), estimator]
