"""A model in plain words: what each parameter is, where it holds, and what is not in the model.

The facts are found here, as values; the sentences stand in the templates of a language,
``templates/describe/en``, and the words of names in a module of it. Nothing is said that the model does
not say: no cause, no significance, and of an assumption only that it is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from ..equations import Equations, Node
from ..errors import NotYet, unknown_name
from ..model import Model
from ..names import load
from ..notations import NOTATIONS, SHORT_NAMES
from ..options import DEFAULT
from ..resources import template_folder
from .codebook import NO_CODEBOOK, Codebook, read_codebook
from .entries import Facts, spelled
from .meanings import meanings
from .outline import outline
from .wording import Wording

if TYPE_CHECKING:
    from jinja2 import Environment

    from ..estimates import Estimates

__all__ = ["STYLES", "describe_model", "explain_symbols", "facts_of", "words"]

STYLES: dict[str, str] = {
    "full": "every parameter, the fixed coefficients first",
    "by-level": "every parameter, level by level",
    "short": "one paragraph, as for a Method section",
}
"""The styles of a description, each a template of this name."""

LANGUAGES: dict[str, str] = {"en": "english"}
"""The languages of a description: the folder of their templates, and the module of their words."""


def describe_model(
    model: Model,
    style: str = "full",
    notation: str = "raudenbush_bryk",
    labels: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
    estimates: Estimates | None = None,
    codebook: Codebook | Mapping[str, Any] | Path | None = None,
    language: str = "en",
) -> str:
    """A model in plain words.

    style : ``"full"``, ``"by-level"`` or ``"short"``.
    notation : the notation whose symbols stand beside the words.
    labels : what variables and grouping factors are called in the sentences,
        ``{"FRL": "free or reduced lunch", "sch_id": "school"}``.
    units : one unit of a variable, ``{"size": "100 students"}``.
    estimates : numbers that are said with each parameter.
    codebook : labels, units and categories of the data's variables, a file or a mapping; see
        :mod:`notation.description.codebook`. ``labels`` and ``units`` come before it.
    language : a name of :data:`LANGUAGES`.

    Raises UnknownName for a style, notation or variable that does not exist, NeedsMore where the notation
    needs to know more of the model, such as the levels of its variables, NotYet where it has no symbols
    for a part of the model, DataError for a codebook that is none.
    """
    name = style.replace("_", "-")
    if name not in STYLES:
        raise unknown_name("style", style, STYLES)
    if model.family.name == "multinomial":
        raise NotYet("Multinomial coefficients, one for each category, are not put into words yet.")
    book = words(model, labels, units, codebook)
    facts = facts_of(model, notation, book, language=language)
    template = _templates(language).get_template(f"{name}.j2")
    text = template.render(outline=outline(facts), estimates=estimates or {})
    return _without_gaps(text)


def facts_of(
    model: Model,
    notation: str = "raudenbush_bryk",
    book: Codebook = NO_CODEBOOK,
    spell: Callable[[Node], str] = spelled,
    language: str = "en",
) -> Facts:
    """The facts of a description, for templates and for tests; ``spell`` is how symbols stand in them."""
    if model.family.name == "multinomial":
        raise NotYet("Models of unordered categories (multinomial) are not put into words yet.")
    module = load("notations", "notation", notation, NOTATIONS, SHORT_NAMES)

    def write(model: Model) -> Equations:
        page: Equations = module.write(model, DEFAULT)
        return page

    return Facts(Wording(model, book, _words(language)), write(model), write, spell)


def words(
    model: Model,
    labels: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
    codebook: Codebook | Mapping[str, Any] | Path | None = None,
) -> Codebook:
    """Everything that was said about what things are called, as one codebook.

    Raises UnknownName for a label or a unit of what the model does not have; a codebook may know more.
    """
    for name in {**(labels or {}), **(units or {})}:
        known = _names(model)
        if name not in known:
            raise unknown_name("variable", name, known)
    return read_codebook(codebook).with_words(labels or {}, units or {})


def explain_symbols(facts: Facts, pages: Iterable[Equations]) -> list[tuple[Node, str]]:
    """Each symbol of some pages of equations, in order of appearance, with what it stands for."""
    module: Any = _templates("en").get_template("meanings.j2").make_module({"outline": outline(facts)})
    return [(m.symbol, str(module.meaning(m)).strip()) for m in meanings(facts, pages)]


def _names(model: Model) -> list[str]:
    from ..comparing.shape import names_of

    variables = [name.text for name in names_of(model) if name.kind == "variable"]
    return [*variables, *model.group_names]


def _without_gaps(text: str) -> str:
    """The text with one empty line at most between others: a sentence that is left out leaves no gap."""
    paragraphs: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip():
            paragraphs[-1].append(line.strip())
        elif paragraphs[-1]:
            paragraphs.append([])
    return "\n\n".join("\n".join(lines) for lines in paragraphs if lines) + "\n"


def _words(language: str) -> ModuleType:
    if language not in LANGUAGES:
        raise unknown_name("language", language, LANGUAGES)
    return import_module(f"{__name__}.{LANGUAGES[language]}")


@cache
def _templates(language: str) -> Environment:
    # Jinja is loaded only where something is described; templates are read as text, for zips have no folder.
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    from .filters import FILTERS

    def source(name: str) -> str:
        return (template_folder() / "describe" / language / name).read_text(encoding="utf-8")

    # Plain text is no HTML: nothing needs to be escaped.
    environment = Environment(  # noqa: S701
        loader=FunctionLoader(source), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(FILTERS)
    return environment
