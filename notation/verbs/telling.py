"""Models in words: describe, derive, speak, writeup."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..model import Model
from ..names import canonical, load
from ..notations import NOTATIONS, SHORT_NAMES
from ..options import make_options
from ..reading import Reading
from .reading import one_reading

if TYPE_CHECKING:
    from ..engines import Fit
    from ..estimates import Estimates


def describe(
    source: Model | Reading | Fit | str | Path,
    style: str = "full",
    notation: str = "raudenbush_bryk",
    *,
    labels: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
    codebook: Mapping[str, Any] | Path | None = None,
    data: Any = None,
    **facts: Any,
) -> str:
    """A model, a text or a fitted model in plain English; see :func:`notation.description.describe_model`.

    A fitted model is described with its numbers, and so is a text that states them; ``data`` and ``facts``
    are those of :func:`parse`.
    """
    from ..description import describe_model

    if isinstance(source, Model | Reading | str | Path):
        reading = source if isinstance(source, Reading) else one_reading(source, data, facts)
        model, estimates = reading.model, _stated(reading)
    else:
        from ..engines.results import take_apart

        model, estimates = take_apart(source)
    return describe_model(model, style, notation, labels, units, estimates, codebook)


def _stated(reading: Reading) -> Estimates:
    """The numbers that stood in a text, as estimates of which nothing more is known."""
    from ..estimates import Estimate, Estimates

    return Estimates(reading.model, {p: Estimate(value) for p, value in reading.estimates.items()})


def derive(source: Model | str | Path, markup: str = "latex", *, data: Any = None, **facts: Any) -> str:
    """How the level equations become the combined equation and the formula, step by step.

    markup : ``latex``, ``markdown`` or ``plain``.

    Raises WriteError where the model has no level equations or too little is known of it.
    """
    from ..description.derivation import STEP_MARKUPS, derive_steps, write_steps

    model = one_reading(source, data, facts).model
    return write_steps(derive_steps(model), canonical("markup", markup, STEP_MARKUPS))


def speak(source: Model | str | Path, to: str = "gelman_hill", *, data: Any = None, **facts: Any) -> str:
    """The equations of a model aloud, in the notation of this name: for alt text and screen readers."""
    from ..description.speech import speak as say

    model = one_reading(source, data, facts).model
    page = load("notations", "notation", to, NOTATIONS, SHORT_NAMES).write(model, make_options())
    return say(page, {"i": model.observation.name or "observations"})


def writeup(
    fit_or_fits: Any,
    data: Any = None,
    markup: str = "markdown",
    *,
    labels: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
    codebook: Mapping[str, Any] | Path | None = None,
) -> str:
    """What reporting guidelines for multilevel models ask for, filled in from a fit, or from several.

    The arguments are those of :func:`notation.reporting.write_up`, which names the guidelines.
    """
    from ..reporting import write_up

    return write_up(fit_or_fits, data, markup, labels, units, codebook)
