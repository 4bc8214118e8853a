"""brms: ``math ~ ses + (ses | sch_id)``, in R.

Its formulas are lme4's; a count of successes is ``y | trials(n)``. ``brm`` draws from the posterior
distribution, under its own weakly informative priors unless others are given (Bürkner 2017).
"""

from __future__ import annotations

from ..model import Model
from ..options import Options
from ..spelling import quote
from .grouping import refuse
from .lme4 import RFormula
from .references import r_data

PROGRAM = "brms"

LOSES: tuple[str, ...] = ("levels", "nesting", "categories", "family", "link")

FAMILIES = {
    "gaussian": "gaussian",
    "binomial": "binomial",
    "poisson": "poisson",
    "negative_binomial": "negbinomial",
    "gamma": "Gamma",
    "beta": "Beta",
    "cumulative": "cumulative",
    "multinomial": "categorical",
}


def write(model: Model, options: Options) -> str:
    """The model as a brms formula, or as a complete command (``options.call``).

    Raises CannotSay for covariance structures and weights that brms does not have.
    """
    _refuse(model)
    right = RFormula(model)
    formula = f"{_response(model, right)} ~ {' + '.join([*right.summands(), *_residual(model)])}"
    if model.residual is not None and model.residual.by:
        formula = f"bf({formula}, sigma ~ 0 + {quote(model.residual.by)})"
    if not options.call:
        return formula
    return f"brm({formula}, data = {r_data(model, options)}, family = {_family(model)})"


def _refuse(model: Model) -> None:
    structured = next((b for b in model.random if b.structure != "full"), None)
    if structured is not None:
        kind = structured.structure.replace("_", " ")
        raise refuse("brms", f"the {kind} structure of the random effects of {structured.group}", "nlme can.")
    if model.weights is not None:
        raise refuse(
            "brms", "a weight of the residual variance", "Its weights() multiply the likelihood; lme4 can."
        )


def _response(model: Model, right: RFormula) -> str:
    y = right.spelled(model.response.expression)
    return y if model.response.trials is None else f"{y} | trials({right.number(model.response.trials)})"


def _residual(model: Model) -> list[str]:
    if model.residual is None or not model.residual.ar1_within:
        return []
    columns = RFormula(model).columns(model.residual.ar1_within)
    # cov = TRUE correlates the residuals; otherwise brms regresses each on the one before.
    return [f"ar(gr = {':'.join(map(quote, columns))}, p = 1, cov = TRUE)"]


def _family(model: Model) -> str:
    binary = model.family.name == "binomial" and model.response.trials is None
    name = "bernoulli" if binary else FAMILIES[model.family.name]
    return f'{name}(link = "{model.family.link}")'
