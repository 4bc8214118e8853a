"""Distributions by name: how many units there are, and what values variables take."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..errors import DataError, unknown_name

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

DISTRIBUTIONS: dict[str, Callable[..., Any]] = {
    "normal": lambda rng, n, mean=0.0, sd=1.0: rng.normal(mean, sd, n),
    "lognormal": lambda rng, n, mean=0.0, sd=1.0: rng.lognormal(mean, sd, n),
    "uniform": lambda rng, n, low=0.0, high=1.0: rng.uniform(low, high, n),
    "integers": lambda rng, n, low, high: rng.integers(low, high, n, endpoint=True),
    "bernoulli": lambda rng, n, p=0.5: rng.binomial(1, p, n),
    "binomial": lambda rng, n, trials, p: rng.binomial(trials, p, n),
    "poisson": lambda rng, n, mean: rng.poisson(mean, n),
}
"""``n`` values of each distribution; the further arguments are its parameters."""


def is_distribution(given: object) -> bool:
    """Whether this is the name of a distribution with its parameters: ``("poisson", 20)``."""
    return isinstance(given, tuple) and bool(given) and isinstance(given[0], str)


def draw(given: tuple[Any, ...], n: int, rng: Generator) -> NDArray[Any]:
    """``n`` values of a distribution. Raises UnknownName, or DataError for wrong parameters."""
    name, *arguments = given
    if name not in DISTRIBUTIONS:
        raise unknown_name("distribution", name, DISTRIBUTIONS)
    try:
        values: NDArray[Any] = DISTRIBUTIONS[name](rng, n, *arguments)
    except (TypeError, ValueError) as error:
        raise DataError(f"{given!r} is no distribution: {error}") from None
    return values
