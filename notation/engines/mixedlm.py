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
from .diagnosis import NOT_CONVERGED, SINGULAR, in_the_users_words, remarks

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
    result, said = _run(columns, lambda: _lmer(columns, reml) if is_linear(model) else _glmer(columns, model))
    found = dict(_estimates(columns, result))
    estimates = Estimates(model, found, columns.groups, len(columns.frame), "mixedlm")
    said = [in_the_users_words(message, columns.names) for message in said]
    return Fit(
        model, estimates, result, "mixedlm", (*columns.warnings, *said, *_state(model, columns, result))
    )


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


def _run(columns: Design, fit_it: Callable[[], Any]) -> tuple[Any, list[str]]:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            result = fit_it()
        except (ValueError, RuntimeError, ArithmeticError) as error:
            words = in_the_users_words(str(error), columns.names)
            raise FitError(f"mixedlm could not fit the model: {words}") from error
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


def _state(model: Model, columns: Design, result: Any) -> list[str]:
    said = [] if result.converged else [NOT_CONVERGED]
    if result.isSingular():
        said.append(SINGULAR)
    if is_linear(model):
        return [*said, *remarks(model, columns.response, residual=float(result.VarCorr().residual))]
    said += _units_alike(columns) if model.family.name == "binomial" else []
    return [*said, *remarks(model, columns.response, means=result.fitted())]


def _units_alike(columns: Design) -> list[str]:
    """The grouping factors whose units each have one response only: their variance grows without end."""
    share = columns.response if columns.trials is None else columns.response / columns.trials
    frame = columns.frame.assign(y=share)
    alike = [b.block.group for b in columns.blocks if (frame.groupby(b.group)["y"].nunique() == 1).all()]
    return [
        f"the response does not vary within the units of {g}: their variance has no estimate" for g in alike
    ]


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
