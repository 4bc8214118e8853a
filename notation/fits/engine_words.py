"""What an engine's result says beyond the estimates: its own names, covariances of coefficients, p-values.

Engines name columns and variances in ways of their own. Which name belongs to which parameter is told
by the estimate itself: the numbers are the engine's own, so the right one is equal to the last digit;
where two are equal, nothing is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from math import exp
from typing import Any

from ..engines.result_columns import read_term
from ..estimates import group_label
from ..expressions import Indicator, Term
from ..numbers.evaluate import label
from ..parameters import Coefficient, Parameter
from ..spelling import spell_term

Covariances = dict[tuple[Parameter, Parameter], float]


def names_in_engine(fit: Any) -> dict[Parameter, str]:
    """The engine's name of each parameter, as far as its result tells it.

    ``fit`` is a :class:`notation.engines.Fit`, or anything else with ``estimates`` and a ``result``.
    """
    result = getattr(fit, "result", None)
    values: dict[Parameter, float] = {p: e.value for p, e in fit.estimates.items()}
    fixed = {p: value for p, value in values.items() if isinstance(p, Coefficient)}
    others = {p: value for p, value in values.items() if p not in fixed}
    return {**_matched(fixed, _coefficients(result)), **_matched(others, _spreads(result))}


def _matched(values: Mapping[Any, float], found: dict[str, float]) -> dict[Parameter, str]:
    counts = Counter(found.values())
    by_value = {value: name for name, value in found.items() if counts[value] == 1}
    return {p: by_value[value] for p, value in values.items() if value in by_value}


def coefficient_covariance(fit: Any) -> Covariances | None:
    """The covariances of the fixed coefficients, by pair; None where the result does not give them all."""
    result = getattr(fit, "result", None)
    names = {p: name for p, name in names_in_engine(fit).items() if isinstance(p, Coefficient)}
    matrix = _covariance(result)
    if matrix is None or len(names) < sum(isinstance(p, Coefficient) for p in fit.estimates):
        return None
    places = {name: place for place, name in enumerate(_coefficients(result))}
    rows = {parameter: places[name] for parameter, name in names.items()}
    return {(a, b): float(matrix[m, n]) for a, m in rows.items() for b, n in rows.items()}


def p_values(fit: Any) -> dict[Parameter, float]:
    """The p-values of the fixed coefficients, where the engine gives any: mixedlm, like lme4, does not.

    statsmodels also gives p-values of variances, which rest on standard errors of another scale: they
    are left out.
    """
    result: Any = getattr(fit, "result", None)
    found = dict(result.pvalue()) if _is_pyfixest(result) else _by_name(result, "pvalues")
    names = {p: name for p, name in names_in_engine(fit).items() if isinstance(p, Coefficient)}
    return {p: found[name] for p, name in names.items() if name in found}


def effects_in_engine(fit: Any, group: str) -> dict[str, dict[Term, float]] | None:
    """The effects of one grouping factor by unit and term; None where the result does not give them.

    mixedlm's are its ``ranef()``, of a generalized model conditional modes; statsmodels' ``BayesMixedGLM``
    has posterior means. Units are named by their labels, ``outer:inner``
    where they are nested.
    """
    result: Any = getattr(fit, "result", None)
    if hasattr(result, "vc_mean"):
        return _posterior_effects(result, group)
    # Groups and columns have their own names, or those under which the design hands them to an engine.
    blocks = {f"g{n}" for n, block in enumerate(fit.model.random, 1) if block.group == group}
    names = {group_label(fit.model, group), *(blocks - set(fit.model.group_names))}
    terms = {f"x{n}": term for n, term in enumerate(fit.model.terms, 1)}
    terms |= {spell_term(t): t for t in fit.model.terms}
    terms |= {n: p.term for p, n in names_in_engine(fit).items() if isinstance(p, Coefficient)}
    found: dict[str, dict[Term, float]] = {}
    for structure in getattr(getattr(result, "matrices", None), "random_structures", ()):
        if structure.grouping_factor not in names:
            continue
        if not set(structure.term_names) <= set(terms):
            return None
        modes = result.ranef()[structure.grouping_factor]
        for unit, place in structure.level_map.items():
            effects = found.setdefault(label(unit), {})
            effects |= {terms[t]: float(modes[t][place]) for t in structure.term_names}
    return found or None


def _posterior_effects(result: Any, group: str) -> dict[str, dict[Term, float]]:
    """The posterior mean of each effect, by the column that it multiplies: ``C(Worker)[2]:x``."""
    columns = list(result.model.data.frame.columns)
    found: dict[str, dict[Term, float]] = {}
    for name, mean in zip(result.model.vc_names, result.vc_mean.tolist(), strict=True):
        factors = read_term(str(name), columns).factors
        units = [f for f in factors if isinstance(f, Indicator)]
        if ":".join(f.variable for f in units) == group:
            effects = found.setdefault(":".join(f.category for f in units), {})
            effects[Term(tuple(f for f in factors if f not in units))] = mean
    return found


def _coefficients(result: Any) -> dict[str, float]:
    """The estimates by the engine's names: ``fixef()`` of mixedlm, the parameters of statsmodels."""
    if _is_pyfixest(result):  # its fixef() has the effects of units
        return {str(name): float(value) for name, value in result.coef().items()}
    if callable(fixef := getattr(result, "fixef", None)):
        return {str(name): float(value) for name, value in fixef().items()}
    if hasattr(result, "fe_mean"):  # posterior means
        return dict(zip(map(str, result.model.fep_names), result.fe_mean.tolist(), strict=True))
    return _by_name(result, "fe_params" if hasattr(result, "fe_params") else "params")


def _is_pyfixest(result: Any) -> bool:
    return hasattr(result, "_coefnames")


def _by_name(result: Any, numbers: str) -> dict[str, float]:
    """Numbers of a statsmodels result by name; of a multinomial one a column a category, as it shows them."""
    found: Any = getattr(result, numbers, None)
    if not hasattr(found, "index"):
        return {}
    if found.ndim == 1:
        return {str(name): float(value) for name, value in found.items()}
    outcome, known = result.model.endog_names, getattr(result.model, "_ynames_map", {})
    return {
        f"{name} ({outcome}={known.get(place + 1, place + 1)})": float(value)
        for place, column in enumerate(found.columns)
        for name, value in found[column].items()
    }


def _spreads(result: Any) -> dict[str, float]:
    """Variances and covariances by the engine's names: mixedlm's ``VarCorr()``, statsmodels' ``cov_re``."""
    found: dict[str, float] = {}
    if hasattr(result, "vcp_mean"):  # logarithms of standard deviations
        names = map(str, result.model.vcp_names)
        return {name: exp(2 * mean) for name, mean in zip(names, result.vcp_mean.tolist(), strict=True)}
    fitted: Any = getattr(result, "model", None)
    if hasattr(fitted, "transform_threshold_params"):
        steps = result.params[fitted.exog.shape[1] :]  # those behind the first are logarithms of steps
        values = fitted.transform_threshold_params(result.params.to_numpy())[1:-1]
        return dict(zip(map(str, steps.index), values.tolist(), strict=True))
    if hasattr(result, "VarCorr"):
        variances = result.VarCorr()
        for group, block in variances.groups.items():
            found |= _cells(block.cov, [f"{group}: {name}" for name in block.term_names], ", ")
        residual = getattr(variances, "residual", None)  # a generalized model has none
        return found if residual is None else found | {"Residual": float(residual)}
    matrix: Any = getattr(result, "cov_re", None)
    if hasattr(matrix, "index"):
        found |= _cells(matrix.to_numpy(), [str(name) for name in matrix.index], " x ")
    return found | (
        {"scale": float(result.scale)} if isinstance(getattr(result, "scale", None), float) else {}
    )


def _cells(matrix: Any, names: list[str], between: str) -> dict[str, float]:
    found = {f"{name} Var" if between == " x " else name: float(matrix[n, n]) for n, name in enumerate(names)}
    for (m, a), (n, b) in combinations(enumerate(names), 2):
        short = b.partition(": ")[2] or b
        found[f"{a}{between}{short}{' Cov' if between == ' x ' else ''}"] = float(matrix[m, n])
    return found


def _covariance(result: Any) -> Any:
    import numpy

    if _is_pyfixest(result):
        return numpy.asarray(result._vcov)
    give = getattr(result, "vcov", getattr(result, "cov_params", None))
    if give is None:
        return None
    found = numpy.asarray(give())
    return numpy.diag(found) if found.ndim == 1 else found  # a mean-field posterior has variances only
