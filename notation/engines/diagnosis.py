"""What is wrong with a fit before it is made, and what has to be said of it afterwards.

A number that no data determine is the worst thing an equation can hold. So responses that a family cannot
have are refused, and fits that are perfect, separated or on a boundary are named.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..errors import FitError
from ..model import Model
from ..patterns import pattern
from ..spelling import spell

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

ZERO = 1e-12
"""A residual variance below this share of the response's variance is rounding."""

CERTAIN = 1e-6
"""A fitted probability nearer than this to 0 or 1 is that of an event which does not, or always, occur."""

DETERMINED = (
    "the residual variance is zero: the model gives every value of the response exactly, so that its other "
    "variances and its standard errors mean nothing"
)
SEPARATED = (
    "fitted probabilities of 0 or 1 occur: some term or unit separates the responses, and its coefficient or "
    "variance has no finite estimate"
)
SINGULAR = "the fit is singular: a variance is zero, or a correlation is one"
NOT_CONVERGED = "the fit did not converge: do not rely on its numbers"


def check_response(model: Model, values: Array, trials: Array | None) -> None:
    """Refuse values that the family cannot have, and a response that does not vary. Raises FitError."""
    name = spell(model.response.expression)
    words = _IMPOSSIBLE.get(model.family.name)
    wrong = _impossible(model.family.name, values, trials)
    if words is not None and wrong is not None and wrong.any():
        raise FitError(
            f"{name} is {values[wrong.argmax()]:g} in a row, and a {_said(model)} response is {words}"
        )
    if _says_nothing(model.family.name, values, trials):
        raise FitError(f"{name} is {values[0]:g} in every row that is fitted: there is nothing to explain")


_IMPOSSIBLE = {
    "binomial": "0 or 1; a count of several trials needs their number: cbind(s, n - s) ~ …",
    "poisson": "a whole number of at least 0",
    "negative_binomial": "a whole number of at least 0",
    "gamma": "greater than 0",
    "beta": "between 0 and 1",
}


def _says_nothing(family: str, values: Array, trials: Array | None) -> bool:
    """Whether a response is all failures, all successes, no counts at all, or one number."""
    match family:
        case "gaussian":
            return bool((values == values[0]).all())
        case "binomial":
            return not values.any() or bool((values == (1 if trials is None else trials)).all())
        case "poisson" | "negative_binomial":
            return not values.any()
        case _:
            return False


def _said(model: Model) -> str:
    return model.family.name.replace("_", " ")


def _impossible(family: str, values: Array, trials: Array | None) -> Array | None:
    found: Array
    match family:
        case "binomial" if trials is None:
            found = (values != 0) & (values != 1)
        case "binomial":
            found = (values < 0) | (values > trials)
        case "poisson" | "negative_binomial":
            found = (values < 0) | (values % 1 != 0)
        case "gamma":
            found = values <= 0
        case "beta":
            found = (values <= 0) | (values >= 1)
        case _:
            return None
    return found


def remarks(
    model: Model, response: Array, residual: float | None = None, means: Array | None = None
) -> Iterator[str]:
    """What has to be said of a fit: that it is perfect, or that it separates the responses.

    residual : the residual variance of a linear model.
    means : the fitted probabilities of a binomial one.
    """
    if residual is not None and residual <= ZERO * response.var():
        yield DETERMINED
    if means is not None and model.family.name == "binomial" and min(means.min(), 1 - means.max()) < CERTAIN:
        yield SEPARATED


_COLUMN = pattern(r"\b[xg]\d+\b")


def in_the_users_words(message: str, names: dict[str, str]) -> str:
    """A message of an engine with the user's names in the place of those of the design: x2, g1."""
    return _COLUMN.sub(lambda found: names.get(found[0], found[0]), message)
