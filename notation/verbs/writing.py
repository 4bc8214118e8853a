"""From models to texts: write, translate, lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..model import Model
from ..names import canonical, load
from ..notations import NOTATIONS, SHORT_NAMES
from ..options import make_options
from ..software import SOFTWARE
from .reading import read

if TYPE_CHECKING:
    from types import ModuleType

    from ..display import Rendered
    from ..estimates import Estimates


def write(
    model: Model, to: str, markup: str = "latex", estimates: Estimates | None = None, **options: Any
) -> Rendered:
    """A model in a notation (``raudenbush_bryk``, ``gelman_hill``, …) or for a program (``lme4``, …).

    markup : ``latex`` or ``plain``; programs have none.
    estimates : numbers to stand in the place of parameters.
    options : the fields of :class:`notation.options.Options`.

    Raises WriteError where the target cannot say the model or needs to know more, UnknownName for
    names and options that do not exist.
    """
    from ..display import Rendered
    from ..facts.knowledge import lost_facts
    from ..markup import MARKUPS
    from ..markup import write as write_page
    from ..software.grouping import require_distribution

    chosen = make_options(**options)
    module = target(to)
    losses = tuple(lost_facts(model, module.LOSES))
    markup = canonical("markup", markup, MARKUPS)
    if hasattr(module, "PROGRAM"):
        require_distribution(model, module.PROGRAM, "family" in module.LOSES and not chosen.call)
        return Rendered(module.write(model, chosen), markup="code", losses=losses)
    page = module.write(model, chosen)
    if estimates is not None:
        from ..estimates import fill

        page = fill(page, estimates, chosen)
    text = write_page(page, markup, chosen)
    return Rendered(text, markup=markup, losses=losses, equations=page, options=chosen)


def translate(
    source: str | Path,
    to: str,
    markup: str = "latex",
    data: Any = None,
    *,
    which: int | None = None,
    **more: Any,
) -> Rendered:
    """``write(read(source, …), to, …)``: the further arguments are those of both."""
    facts, options = facts_and_options(more)
    return write(read(source, data, which=which, **facts), to, markup, **options)


def lost(model: Model, to: str) -> dict[str, Any]:
    """The keyword arguments that give back what the target cannot carry.

    ``read(write(model, to), **lost(model, to)) == model``: a formula, for example, carries no level
    of a variable, so ``levels`` is among what it loses.
    """
    from ..facts.knowledge import lost_facts

    return lost_facts(model, target(to).LOSES)


def target(to: str) -> ModuleType:
    """The module of a notation or of a program."""
    name = canonical("notation or program", to, {**NOTATIONS, **SOFTWARE}, SHORT_NAMES)
    package = "software" if name in SOFTWARE else "notations"
    return load(package, "notation or program", name, {**NOTATIONS, **SOFTWARE})


def facts_and_options(given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Keyword arguments of :func:`parse`, and those of :func:`write`."""
    names = ("levels", "nesting", "groups", "categories", "centering", "family", "link")
    facts = {k: v for k, v in given.items() if k in names}
    return facts, {k: v for k, v in given.items() if k not in names}
