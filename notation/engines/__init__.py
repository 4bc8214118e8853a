"""Engines: programs that fit a model to data.

Adding one is a module with ``fit(model, data, reml) -> Fit`` and a line in :data:`ENGINES`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from ..errors import FitError
from ..names import canonical
from ..reading import Asked

if TYPE_CHECKING:
    from pandas import DataFrame

    from ..estimates import Estimates
    from ..model import Model

ENGINES: dict[str, str] = {
    "mixedlm": "linear, binomial and Poisson mixed models as in lme4: slopes, nested and crossed groups",
    "statsmodels": "linear and generalized linear models, and linear mixed ones with one grouping factor",
}
"""The name of each engine, which is also its module's and its distribution's, with what it fits."""

NOTHING = Asked()


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


def fit(
    model: Model, data: DataFrame, engine: str = "auto", reml: bool | None = None, asked: Asked = NOTHING
) -> Fit:
    """A model fitted to data; what the data know of the model must have been learned before.

    engine : a name of :data:`ENGINES`; ``auto`` takes mixedlm for mixed models where it is installed,
        statsmodels otherwise.
    reml : restricted maximum likelihood, or else maximum likelihood; None does what the call asks for,
        and REML where it asks for nothing.
    asked : what the call that the model was read from asks of its fit.

    Raises FitError where the engine cannot fit the model, or is asked for some of the rows; UnknownName
    for an engine nobody knows.
    """
    estimator, remarks = _heed(asked, reml)
    name = canonical("engine", engine, {**ENGINES, "auto": ""})
    if name == "auto":
        name = "mixedlm" if model.random and find_spec("mixedlm") else "statsmodels"
    if find_spec(name) is None:
        raise FitError(f"the engine {name} is not installed: pip install {name}")
    # Engines load on demand: statsmodels alone takes a second.
    result: Fit = import_module(f"{__name__}.{name}").fit(model, data, estimator)
    return replace(result, warnings=(*remarks, *result.warnings))


def _heed(asked: Asked, reml: bool | None) -> tuple[bool, tuple[str, ...]]:
    """The estimator, and what has to be said of the wishes of a call."""
    if asked.rows:
        raise FitError(
            f"the call asks for some rows only ({', '.join(asked.rows)}), and all of the data would be "
            "fitted: choose the rows beforehand, and leave that out of the call"
        )
    remarks = [f"{text} is not followed" for text in asked.further]
    if reml is None and asked.reml is False:
        remarks.insert(0, "fitted by maximum likelihood, as the call asks")
    return asked.reml is not False if reml is None else reml, tuple(remarks)
