"""Links in numbers: from the linear predictor to the mean of the response.

Source: McCullagh & Nelder (1989), Generalized Linear Models, sections 2.2 and 4.3; ``loglog`` is
−log(−log μ).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray


def mean_of(link: str, predictor: NDArray[Any]) -> NDArray[Any]:
    """The mean whose link is the linear predictor: η = g(μ) solved for μ."""
    import numpy

    with numpy.errstate(over="ignore", divide="ignore"):
        found: NDArray[Any] = _inverses()[link](numpy.asarray(predictor, dtype=float))
    return found


def _inverses() -> dict[str, Callable[..., Any]]:
    import numpy
    from scipy.special import expit, ndtr  # type: ignore[import-untyped]

    return {
        "identity": lambda eta: eta,
        "logit": expit,
        "probit": ndtr,
        "cloglog": lambda eta: -numpy.expm1(-numpy.exp(eta)),
        "loglog": lambda eta: numpy.exp(-numpy.exp(-eta)),
        "cauchit": lambda eta: 0.5 + numpy.arctan(eta) / numpy.pi,
        "log": numpy.exp,
        "inverse": lambda eta: 1 / eta,
        "sqrt": numpy.square,
    }
