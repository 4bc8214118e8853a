"""Engines: programs that fit a model to data.

Adding one is a module with ``fit(model, data, reml) -> Fit`` and a line in :data:`ENGINES`.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from ..errors import FitError
from ..names import canonical

if TYPE_CHECKING:
    from pandas import DataFrame

    from ..estimates import Estimates
    from ..model import Model

ENGINES: dict[str, str] = {
    "mixedlm": "linear, binomial and Poisson mixed models as in lme4: slopes, nested and crossed groups",
    "statsmodels": "linear and generalized linear models, and linear mixed ones with one grouping factor",
}
"""The name of each engine, which is also its module's and its distribution's, with what it fits."""


@dataclass(frozen=True)
class Fit:
    """A fitted model: the model, its estimates, and the engine's own ``result`` object.

    ``warnings`` are what the engine had to say: rows left out, a singular fit, no convergence.
    """

    model: Model
    estimates: Estimates
    result: Any
    engine: str
    warnings: tuple[str, ...] = ()

    def table(self) -> DataFrame:
        """The estimates, one row a parameter; see :meth:`notation.estimates.Estimates.table`."""
        return self.estimates.table()


def fit(model: Model, data: DataFrame, engine: str = "auto", reml: bool = True) -> Fit:
    """A model fitted to data; what the data know of the model must have been learned before.

    engine : a name of :data:`ENGINES`; ``auto`` takes mixedlm for mixed models where it is installed,
        statsmodels otherwise.
    reml : restricted maximum likelihood; otherwise maximum likelihood.

    Raises FitError where the engine cannot fit the model, UnknownName for an engine nobody knows.
    """
    name = canonical("engine", engine, {**ENGINES, "auto": ""})
    if name == "auto":
        name = "mixedlm" if model.random and find_spec("mixedlm") else "statsmodels"
    if find_spec(name) is None:
        raise FitError(f"the engine {name} is not installed: pip install {name}")
    # Engines load on demand: statsmodels alone takes a second.
    result: Fit = import_module(f"{__name__}.{name}").fit(model, data, reml)
    return result
