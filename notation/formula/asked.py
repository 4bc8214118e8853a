"""What the arguments of a call ask of its fit: the estimator, the rows, and other ways to other numbers."""

from __future__ import annotations

from collections.abc import Mapping

from ..reading import Asked
from . import syntax
from .expressions import Source
from .syntax import Node

_BY_MAXIMUM_LIKELIHOOD = ("glmmTMB",)
"""Functions that fit by maximum likelihood unless told otherwise; the others are by REML."""

_USUAL = {
    "na.action": ("na.omit", "na.exclude"),
    "missing": ("drop",),
    "nAGQ": ("1", "1L"),
    "threshold": ("flexible",),
}
"""Arguments that change the numbers, unless they have one of these values."""


def read_asked(function: str, named: Mapping[str, syntax.Argument], source: Source) -> Asked:
    """What a call asks of its fit; ``named`` are its arguments by name."""
    rows = [named[name] for name in ("subset", "data") if name in named and _chooses(name, named[name].value)]
    further = [
        argument
        for name, argument in named.items()
        if name in _USUAL and _text(argument.value, source) not in _USUAL[name]
    ]
    return Asked(_reml(function, named, source), *(tuple(map(source.shown, a)) for a in (rows, further)))


def _chooses(name: str, value: Node) -> bool:
    """Whether an argument chooses rows: any subset, and ``d[d$x == 1, ]`` or ``subset(d, …)`` as data."""
    if name == "subset":
        return not (isinstance(value, syntax.Name) and value.text in ("NULL", "None"))
    if isinstance(value, syntax.Call):
        return value.function.rpartition(".")[2] in ("subset", "filter", "query", "head", "slice", "sample")
    return isinstance(value, syntax.Column)


def _reml(function: str, named: Mapping[str, syntax.Argument], source: Source) -> bool | None:
    if "REML" in named:
        return _text(named["REML"].value, source) in ("TRUE", "T", "True")
    if function in ("lme", "gls") and "method" in named:
        return _text(named["method"].value, source) != "ML"
    return False if function in _BY_MAXIMUM_LIKELIHOOD else None


def _text(value: Node, source: Source) -> str:
    return value.text if isinstance(value, syntax.Text) else source.shown(value)
