"""What a reading of a text knows beyond the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from .equations import Node
from .errors import Span
from .expressions import Term
from .findings import Finding
from .frozen import frozen
from .model import Model
from .parameters import Parameter


@frozen
class Asked:
    """What a call asks of its fit, beside the model that it states: ``lmer(…, REML = FALSE)``.

    ``reml`` says whether restricted maximum likelihood is asked for; None leaves it open. ``rows`` are the
    arguments that choose rows of the data, ``further`` others that change the numbers, as they are written.
    """

    reml: bool | None = None
    rows: tuple[str, ...] = ()
    further: tuple[str, ...] = ()


Effects = Mapping[tuple[str, Term], tuple[Node, Node | None]]
"""Symbols of random effects and of their coefficients, by grouping factor and the term that varies."""


@frozen
class Reading:
    """One model that a text states.

    ``estimates`` are the numbers that stood in the place of parameters; ``symbols`` the author's own
    spelling of each parameter, with its place, ``effects`` that of each random effect with the coefficient in
    whose equation it stands (None in a combined equation); ``span`` the stretch of the source it was read
    from; ``asked`` what a call asks of the fit of its model.
    """

    model: Model
    estimates: Mapping[Parameter, float] = field(default_factory=dict)
    symbols: Mapping[Parameter, Node] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    span: Span | None = None
    asked: Asked = Asked()
    effects: Effects = field(default_factory=dict)


@frozen
class Document:
    """A source text with every model that it states."""

    source: str
    readings: tuple[Reading, ...]
    findings: tuple[Finding, ...] = ()
