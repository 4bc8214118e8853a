"""mixedlm: linear and generalized linear mixed models by lme4's methods (Bates et al. 2015).

It takes correlated slopes, nested and crossed factors, offsets and weights.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..errors import FitError
from ..estimates import Estimate, Estimates, spreads, wald
from ..model import Family, Model
from ..parameters import Coefficient, Parameter, ResidualVariance
from . import Fit
from .design import INTERCEPT_COLUMN, Block, Design, check_family, design

if TYPE_CHECKING:
    from pandas import DataFrame

FAMILIES = {"gaussian": "Gaussian", "binomial": "Binomial", "poisson": "Poisson"}
"""The families that are fitted, with the classes of mixedlm."""

NO_STD_ERROR = "mixedlm gives no standard errors of variances"


def fit(model: Model, data: DataFrame, reml: bool) -> Fit:
    """The model fitted by ``lmer`` or ``glmer``; ``result`` is their object, with the design's columns.

    Raises FitError where the model has no random effects or the fit fails.
    """
    if not model.random:
        raise FitError("mixedlm fits mixed models, and this one has no random effects: use statsmodels")
    check_family(model, FAMILIES, "mixedlm", "glmmTMB in R can")
    columns = design(model, data)
    result, said = _run(lambda: _lmer(columns, reml) if is_linear(model) else _glmer(columns, model))
    estimates = Estimates(
        model, dict(_estimates(columns, result)), columns.groups, len(columns.frame), "mixedlm"
    )
    return Fit(model, estimates, result, "mixedlm", (*columns.warnings, *said, *_state(result)))


def formula(columns: Design) -> str:
    """The model in lme4's syntax, in terms of the design's columns."""
    random = [f"({_sum(b.columns)} | {b.group})" for b in columns.blocks]
    return " + ".join((f"y ~ {_sum(columns.fixed)}", *random))


def _sum(names: tuple[str, ...]) -> str:
    intercept = "1" if INTERCEPT_COLUMN in names else "0"
    return " + ".join((intercept, *(n for n in names if n != INTERCEPT_COLUMN)))


def is_linear(model: Model) -> bool:
    """Whether the response is its predictor plus a normal residual."""
    return model.family == Family()


def _run(fit_it: Callable[[], Any]) -> tuple[Any, list[str]]:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            result = fit_it()
        except (ValueError, RuntimeError, ArithmeticError) as error:
            raise FitError(f"mixedlm could not fit the model: {error}") from error
    return result, [str(w.message) for w in said if issubclass(w.category, UserWarning)]


# The design's own check of the rank stands: mixedlm's drops columns for being large.
CHECKS: dict[str, Any] = {"check_rankX": "ignore", "check_singular": False}


def _lmer(columns: Design, reml: bool) -> Any:
    import mixedlm

    return mixedlm.lmer(
        formula(columns),
        columns.frame,
        REML=reml,
        weights=columns.weights,
        offset=columns.offset,
        control=mixedlm.lmerControl(**CHECKS),
    )


def _glmer(columns: Design, model: Model) -> Any:
    """The fit by Laplace's approximation; a count of several trials is handed over as a share of them."""
    import mixedlm
    from mixedlm import families

    frame, link = columns.frame, f"{model.family.link.title()}Link"
    if model.family.name not in FAMILIES or not hasattr(families, link):
        raise FitError(f"mixedlm has no link {model.family.link}")
    if columns.trials is not None:
        frame = frame.assign(y=frame["y"] / columns.trials)
    return mixedlm.glmer(
        formula(columns),
        frame,
        family=getattr(families, FAMILIES[model.family.name])(link=getattr(families, link)()),
        weights=columns.trials,
        offset=columns.offset,
        control=mixedlm.glmerControl(**CHECKS),
    )


def _state(result: Any) -> list[str]:
    said = [] if result.converged else ["the fit did not converge: do not rely on its numbers"]
    if result.isSingular():
        said.append("the fit is singular: a variance is zero, or a correlation is one")
    return said


def _estimates(columns: Design, result: Any) -> list[tuple[Parameter, Estimate]]:
    errors = result.vcov().diagonal() ** 0.5
    fixed = [
        (Coefficient(columns.terms[name]), wald(float(value), float(error)))
        for (name, value), error in zip(result.fixef().items(), errors, strict=True)
    ]
    found = result.VarCorr()
    random = [pair for b in columns.blocks for pair in _of_block(b, columns, found.groups[b.group])]
    if result.isGLMM():
        return [*fixed, *random]
    residual = Estimate(float(found.residual), note=NO_STD_ERROR)
    return [*fixed, *random, (ResidualVariance(), residual)]


def _of_block(block: Block, columns: Design, found: Any) -> list[tuple[Parameter, Estimate]]:
    # By term, since the engine's order of the terms need not be the model's.
    terms = [columns.terms[name] for name in found.term_names]
    return spreads(block.block.group, terms, found.cov, NO_STD_ERROR)
