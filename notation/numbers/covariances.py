"""Covariance matrices in numbers, from the parameters of a block of random effects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..model import RandomBlock
from ..parameters import Autocorrelation, Covariance, Parameter, Variance

if TYPE_CHECKING:
    from numpy.typing import NDArray


def block_covariance(block: RandomBlock, values: Mapping[Parameter, float]) -> NDArray[Any]:
    """The covariance matrix of one block, its rows and columns in the order of the block's terms."""
    import numpy

    size, group, terms = len(block.terms), block.group, block.terms
    first = values[Variance(group, terms[0])]
    match block.structure:
        case "full":
            matrix = numpy.diag([values[Variance(group, t)] for t in terms]).astype(float)
            for row in range(size):
                for column in range(row):
                    value = values[Covariance(group, frozenset((terms[row], terms[column])))]
                    matrix[row, column] = matrix[column, row] = value
        case "identity":
            matrix = first * numpy.eye(size)
        case "compound_symmetry":
            shared = values[Covariance(group, frozenset(terms[:2]))]
            matrix = shared + (first - shared) * numpy.eye(size)
        case "ar1":
            distance = numpy.abs(numpy.subtract.outer(numpy.arange(size), numpy.arange(size)))
            matrix = first * values[Autocorrelation(group)] ** distance
    return matrix
