"""Random effects given the data: empirical Bayes effects of linear mixed models, and the like.

They are computed from the estimates and the data, by the equations that lme4 solves (Bates, Mächler,
Bolker & Walker 2015, section 3; Henderson 1950), and so do not depend on the engine:

    u = Λb,  (Λ′Z′WZΛ + I) b = Λ′Z′W(y − Xβ),  ΛΛ′σ² the covariance matrix of u

R&B call them empirical Bayes residuals, u*. Under REML, R&B's posterior variances include the
uncertainty of γ; these effects are the same under both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import NotYet
from ..estimates import Estimates
from ..expressions import Term
from ..model import Model, Residual
from ..notations.sampling import is_plain_gaussian
from ..numbers.covariances import block_covariance
from ..numbers.evaluate import evaluate, evaluate_term, label
from ..numbers.rows import complete_rows, labels_of_units, number_of_units
from ..parameters import Coefficient, ResidualVariance
from ..simulation.effects import square_root

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame

    Array = NDArray[Any]

Effects = Mapping[str, Mapping[Term, float]]
"""The effects of one grouping factor: by unit, as text, then by term."""


def group_effects(model: Model, estimates: Estimates, data: DataFrame) -> dict[str, Effects]:
    """The empirical Bayes effects of every unit, by grouping factor.

    Raises NotYet for a model that is not linear, or whose residuals are not independent.
    """
    if not is_linear(model):
        raise NotYet(
            "Effects of groups are computed for linear models with independent residuals only. Without the "
            "names of groups, predictions are those at effects of 0."
        )
    rows = complete_rows(model, data)
    parts = _parts(model, estimates, rows)
    solved = _solve(parts, _weights(model, rows), _remainder(model, estimates, rows))
    found: dict[str, dict[str, dict[Term, float]]] = {}
    start = 0
    for part in parts:
        size = len(part.labels) * len(part.terms)
        effects = solved[start : start + size].reshape(len(part.labels), -1) @ part.root.T
        start += size
        here = found.setdefault(part.group, {name: {} for name in part.labels})
        for name, values in zip(part.labels, effects, strict=True):
            here[name].update(zip(part.terms, map(float, values), strict=True))
    return dict(found)


def coefficient_covariance_matrix(model: Model, estimates: Estimates, data: DataFrame) -> Array:
    """The covariance matrix of the fixed coefficients, in the order of the model's terms.

    It is (X′V⁻¹X)⁻¹ at the estimated variances, as lme4's ``vcov``; raises NotYet as
    :func:`group_effects` does.
    """
    import numpy

    if not is_linear(model):
        raise NotYet("Covariances of coefficients are computed for linear models with independent residuals.")
    rows = complete_rows(model, data)
    weights = _weights(model, rows) * numpy.ones(len(rows))
    columns = numpy.column_stack([evaluate_term(t, rows).to_numpy() for t in model.fixed])
    information = columns.T @ (weights[:, None] * columns)
    if model.random:
        spread, system = _system(_parts(model, estimates, rows), weights)
        cross = spread.T @ (weights[:, None] * columns)
        information = information - cross.T @ _spsolve(system, cross)
    covariance: Array = estimates[ResidualVariance()].value * numpy.linalg.inv(information)
    return covariance


def is_linear(model: Model) -> bool:
    """Whether a model is linear with independent residuals of one variance, weights aside."""
    return is_plain_gaussian(model) and model.residual == Residual()


@dataclass(frozen=True)
class _Part:
    """One block: the unit of each row, the columns of its terms, and Λ of one unit."""

    group: str
    terms: tuple[Term, ...]
    labels: tuple[str, ...]
    codes: Array
    columns: Array
    root: Array


def _parts(model: Model, estimates: Estimates, rows: DataFrame) -> list[_Part]:
    import numpy

    values = {p: e.value for p, e in estimates.items()}
    sigma = values[ResidualVariance()] ** 0.5
    found = []
    for block in model.random:
        codes = number_of_units(model, block.group, rows)
        _, first = numpy.unique(codes, return_index=True)
        names = labels_of_units(model, block.group, rows).iloc[first]
        columns = numpy.column_stack([evaluate_term(t, rows).to_numpy() for t in block.terms])
        root = square_root(block_covariance(block, values), block.group) / sigma
        found.append(_Part(block.group, block.terms, tuple(map(label, names)), codes, columns, root))
    return found


def _remainder(model: Model, estimates: Estimates, rows: DataFrame) -> Array:
    """Y − Xβ, the offsets taken off."""
    rest: Array = evaluate(model.response.expression, rows).to_numpy()
    for offset in model.offsets:
        rest = rest - evaluate(offset, rows).to_numpy()
    for term in model.fixed:
        rest = rest - estimates[Coefficient(term)].value * evaluate_term(term, rows).to_numpy()
    return rest


def _weights(model: Model, rows: DataFrame) -> Array | float:
    return 1.0 if model.weights is None else evaluate(model.weights, rows).to_numpy()


def _solve(parts: list[_Part], weights: Array | float, rest: Array) -> Array:
    """b, by a sparse system: one unknown for each effect of each unit."""
    import numpy

    spread, system = _system(parts, weights * numpy.ones(len(rest)))
    return _spsolve(system, spread.T @ (weights * rest))


def _system(parts: list[_Part], weights: Array) -> tuple[Any, Any]:
    """ZΛ, and Λ′Z′WZΛ + I."""
    from scipy.sparse import eye_array, hstack  # type: ignore[import-untyped]

    spread = hstack([_design(part) for part in parts], format="csr")
    return spread, (spread.T * weights) @ spread + eye_array(spread.shape[1])


def _spsolve(system: Any, right: Array) -> Array:
    from scipy.sparse import csc_array
    from scipy.sparse.linalg import splu  # type: ignore[import-untyped]

    solved: Array = splu(csc_array(system)).solve(right)
    return solved


def _design(part: _Part) -> Any:
    """ZΛ of one block, with a column for each effect of each unit."""
    import numpy
    from scipy.sparse import csr_array

    size = len(part.terms)
    rows = numpy.repeat(numpy.arange(len(part.codes)), size)
    columns = (part.codes[:, None] * size + numpy.arange(size)).ravel()
    shape = len(part.codes), len(part.labels) * size
    return csr_array(((part.columns @ part.root).ravel(), (rows, columns)), shape=shape)
