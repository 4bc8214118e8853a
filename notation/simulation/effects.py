"""Random effects: drawn for each unit from the covariance matrix of their block."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..errors import DataError
from ..model import Model
from ..numbers.covariances import block_covariance
from ..numbers.evaluate import evaluate_term
from ..numbers.rows import number_of_units
from ..parameters import Parameter

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray
    from pandas import DataFrame

TOLERANCE = 1e-8
"""How far below zero an eigenvalue may be, relative to the largest: rounding, not a contradiction."""


def random_part(
    model: Model, rows: DataFrame, values: Mapping[Parameter, float], rng: Generator
) -> NDArray[Any]:
    """The sum of all random effects times their terms, for each row."""
    import numpy

    total = numpy.zeros(len(rows))
    for block in model.random:
        root = square_root(block_covariance(block, values), block.group)
        codes = number_of_units(model, block.group, rows)
        drawn = rng.standard_normal((int(codes.max()) + 1, len(block.terms))) @ root.T
        columns = numpy.column_stack([evaluate_term(t, rows).to_numpy() for t in block.terms])
        total += (columns * drawn[codes]).sum(axis=1)
    return total


def square_root(covariance: NDArray[Any], group: str) -> NDArray[Any]:
    """A matrix R with RR′ the covariance matrix, which may be singular.

    Raises DataError for a matrix that is no covariance matrix: no variables vary together so.
    """
    import numpy

    eigenvalues, vectors = numpy.linalg.eigh(covariance)
    if eigenvalues[0] < -TOLERANCE * max(eigenvalues[-1], 1e-300):
        raise DataError(
            f"the covariance matrix of the random effects of {group} is not positive definite (its smallest "
            f"eigenvalue is {eigenvalues[0]:.3g}): a covariance is too large for its variances"
        )
    root: NDArray[Any] = vectors * numpy.sqrt(numpy.clip(eigenvalues, 0, None))
    return root
