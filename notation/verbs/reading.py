"""From texts, data and fitted results to models: parse, read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ReadError
from ..findings import Finding
from ..model import Model
from ..reading import Document, Reading

if TYPE_CHECKING:
    from ..facts.knowledge import Facts

UNREADABLE = "unreadable-model"
"""The code of the finding on one of several models that cannot be read."""

Levels = Mapping[str, Sequence[str]]


def parse(
    source: Any,
    data: Any = None,
    *,
    levels: Levels | None = None,
    nesting: Sequence[str] | None = None,
    groups: Mapping[str, str] | None = None,
    categories: Mapping[str, Sequence[str]] | None = None,
    centering: Mapping[str, str | None] | None = None,
    family: str | None = None,
    link: str | None = None,
    audited: bool = True,
) -> Document:
    """Every model that a text states, with findings and with the numbers found in its equations.

    source : a text (str), or a file (Path): a formula, a call, or equations in any notation, as
        LaTeX, Unicode or ASCII. Anything else is the result of a fit, as
        :func:`equation` takes it: its data tell what else is to be known, but for ``levels`` and ``nesting``.
    data : a DataFrame; it tells the levels of the variables, the nesting of the groups and the
        categories of the factors.
    levels : the variables that are constant within a grouping factor, by grouping factor; every
        variable that is not listed then varies between the observations.
    nesting : ``"students < schools"`` (nested), ``"schools x districts"`` (crossed).
    groups : what an index or a word of the text stands for in the data, ``{"j": "sch_id"}``.
    categories : the categories of a factor, the reference first.
    centering : what a variable is centred around: a grouping factor, or "grand".
    family, link : the distribution of the response, where the text does not say it.
    audited : whether what is odd about the text is looked for, and not only what is wrong.

    Raises ReadError where the text cannot be read, DataError where data and text contradict each
    other, UnknownName for names that neither knows.
    """
    from ..facts.knowledge import Facts, apply

    if not isinstance(source, str | Path):
        return _of_result(source, Facts(levels=levels, nesting=nesting))
    text = _text(source)
    facts = Facts(
        levels=levels,
        nesting=nesting,
        groups=groups,
        categories=categories,
        centering=centering,
        family=family,
        link=link,
    )
    found, unread = _readings(text, categories, data, audited)
    readings = [_with_model(r, apply(r.model, facts)) for r in found]
    if data is not None:
        from ..facts.learn import learn

        readings = [_with_model(r, learn(r.model, data)) for r in readings]
    return Document(text, tuple(readings), unread)


def read(source: Any, data: Any = None, *, which: int | None = None, **facts: Any) -> Model:
    """The one model that a text, or the result of a fit, states; the arguments are those of :func:`parse`.

    which : the number of the model, from 1, where the text states several.

    Raises ReadError also where there are several models and ``which`` does not choose.
    """
    return choose(parse(source, data, **facts, audited=False), which).model


def choose(document: Document, which: int | None) -> Reading:
    """The one reading of a document, or the one with this number, from 1. Raises ReadError."""
    readings = document.readings
    if which is not None:
        if not 1 <= which <= len(readings):
            raise ReadError(
                f"the text states {len(readings)} model(s); there is no number {which}", document.source
            )
        return readings[which - 1]
    unread = [f for f in document.findings if f.code == UNREADABLE]
    if len(readings) == 1 and not unread:
        return readings[0]
    listed = [f"  {n}: {_one_line(r.model)}" for n, r in enumerate(readings, 1)]
    listed += [f"  not readable, line {f.line}: {f.message}" for f in unread]
    message = f"the text states {len(readings) + len(unread)} models:\n" + "\n".join(listed)
    raise ReadError(message, document.source, mend="Choose one with which=.")


def one_reading(
    source: Model | str | Path, data: Any = None, facts: Mapping[str, Any] | None = None
) -> Reading:
    """The one reading of a text; a model is its own reading."""
    if isinstance(source, Model):
        return Reading(source)
    return choose(parse(source, data, **(facts or {})), None)


def _text(source: str | Path) -> str:
    text = source if isinstance(source, str) else source.read_text(encoding="utf-8")
    return text.removeprefix("\ufeff")  # the mark that some editors put in front of a file


def _of_result(result: Any, facts: Facts) -> Document:
    from ..engines.results import take_apart

    model, estimates = take_apart(result, facts)
    return Document("", (Reading(model, {p: e.value for p, e in estimates.items()}),))


def _readings(
    text: str, categories: Mapping[str, Sequence[str]] | None, data: Any, audited: bool
) -> tuple[tuple[Reading, ...], tuple[Finding, ...]]:
    """The readings of a text, with a finding for each model beside them that cannot be read."""
    from ..formula import looks_like_formula, read_formula

    if looks_like_formula(text):
        columns = None if data is None else tuple(map(str, data.columns))
        return (read_formula(text, categories=categories or {}, columns=columns),), ()
    from ..software.stata_commands import recognises

    if recognises(text):
        from ..software.stata_reader import read as read_stata

        return (read_stata(text),), ()
    from ..text import read_page, together
    from ..understand import understand_each

    page, broken = read_page(text)
    readings, mistakes = understand_each(page, text, broken, audited=audited)
    if not readings:
        raise together(mistakes)
    return readings, tuple(map(_unreadable, mistakes))


def _unreadable(mistake: ReadError) -> Finding:
    """That one of several models cannot be read."""
    return Finding(
        UNREADABLE, "error", mistake.message, mistake.mend, mistake.line, mistake.column, mistake.span
    )


def _with_model(reading: Reading, model: Model) -> Reading:
    return replace(reading, model=model)


def _one_line(model: Model) -> str:
    from ..options import make_options
    from ..software.lme4 import write

    return write(model, make_options())
