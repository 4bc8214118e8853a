"""Results of engines that somebody else fitted: which module takes which one apart.

A result is recognised by the package its class comes from, so that no engine is loaded to ask. Adding
an engine is a module with ``results(result, facts) -> (Model, Estimates)`` and a line in :data:`TAKERS`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ..errors import UnknownName
from ..facts.knowledge import Facts
from . import Fit

if TYPE_CHECKING:
    from ..estimates import Estimates
    from ..model import Model

TAKERS = {
    "mixedlm": "mixedlm_results",
    "statsmodels": "statsmodels_results",
    "bambi": "bambi_results",
    "pymer4": "lme4_results",
    "rpy2": "lme4_results",
    "pyfixest": "pyfixest_results",
    "linearmodels": "linearmodels_results",
}
"""The package of a result's class, and the module that takes it apart."""


def take_apart(result: Any, facts: Facts | None = None) -> tuple[Model, Estimates]:
    """The model of a fitted result, and the estimates that its engine computed.

    result : a :class:`notation.engines.Fit`, or the result object of an engine of :data:`TAKERS`; of
        bambi a pair, the model and what its ``fit()`` returned.
    facts : levels and nesting that the data of the fit do not show.

    Raises UnknownName for an object of an unknown kind, ReadError for a result whose model cannot be
    held, or whose columns are not what their names say.
    """
    if isinstance(result, Fit):
        return result.model, result.estimates
    of = result[0] if isinstance(result, tuple) and result else result
    packages = (cls.__module__.partition(".")[0] for cls in type(of).__mro__)
    taker = next((TAKERS[p] for p in packages if p in TAKERS), None)
    if taker is None:
        raise UnknownName(
            f"the {type(result).__name__} is neither a text (str), a file (Path) nor the result of a fit by "
            f"{', '.join(TAKERS)}"
        )
    taken: tuple[Model, Estimates] = import_module(f"{__package__}.{taker}").results(result, facts or Facts())
    return taken
