"""How a fit came about: engine, version, estimator, convergence, log-likelihood.

What an engine's result tells is asked of the result itself, whoever fitted it.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from .content import Estimation


def estimation(fit: Any) -> Estimation:
    """How the estimates of a fit were computed; ``fit`` is anything with ``estimates`` and a ``result``."""
    result, engine = getattr(fit, "result", None), fit.estimates.engine
    read = _mixedlm if hasattr(result, "VarCorr") else _statsmodels
    found: Estimation = read(result, engine, _version(engine), getattr(fit, "warnings", ()))
    return found


def _version(engine: str) -> str:
    try:
        return version(engine) if engine else ""
    except PackageNotFoundError:  # estimates of a table, say
        return ""


def _mixedlm(result: Any, engine: str, number: str, messages: tuple[str, ...]) -> Estimation:
    if result.isGLMM():
        method = "laplace" if result.nAGQ == 1 else "quadrature"
    else:
        method = "reml" if result.isREML() else "ml"
    converged, singular = bool(result.converged), bool(result.isSingular())
    return Estimation(engine, number, method, converged, singular, float(result.logLik()), messages)


def _statsmodels(result: Any, engine: str, number: str, messages: tuple[str, ...]) -> Estimation:
    likelihood = getattr(result, "llf", None)
    converged = getattr(result, "converged", getattr(result, "mle_retvals", {}).get("converged"))
    return Estimation(
        engine,
        number,
        _method(result),
        None if converged is None else bool(converged),
        None,
        None if likelihood is None else float(likelihood),
        messages,
    )


def _method(result: Any) -> str:
    if hasattr(result, "cov_re"):
        return "reml" if result.reml else "ml"
    if hasattr(result, "ssr"):
        return "least squares"
    return "ml" if hasattr(result, "llf") else ""
