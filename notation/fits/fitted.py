"""Fits of every origin: this program's own, and results that somebody else's code computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from ..estimates import Estimates
from ..model import Model


class Source(Protocol):
    """What can be explained and derived from: a fit, or anything else with a model and estimates."""

    @property
    def model(self) -> Model:
        """The model."""
        ...

    @property
    def estimates(self) -> Estimates:
        """Its estimates."""
        ...


@dataclass(frozen=True)
class Taken:
    """A result of an engine, taken apart: the model, the estimates, and the result itself."""

    model: Model
    estimates: Estimates
    result: Any


def as_fit(source: Any) -> Source:
    """A fit as it is, and an engine's own result taken apart.

    Raises UnknownName for an object of an unknown kind, ReadError for a result whose model cannot be
    held.
    """
    if isinstance(getattr(source, "model", None), Model):
        known: Source = source
        return known
    from ..engines.results import take_apart

    model, estimates = take_apart(source)
    return Taken(model, estimates, source)
