"""What is wrong with a text, what is odd, and which conventions its reading rests on.

Whatever stands in a text, checking it raises nothing: what cannot be read is a finding too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import DataError, NotationError, ReadError, UnknownName
from ..findings import Finding
from ..reading import Document
from ..verbs import compare, parse

KINDS: dict[type[NotationError], str] = {
    ReadError: "unreadable",
    DataError: "data-contradict",
    UnknownName: "unknown-name",
}
"""The code of the finding that an error becomes."""

FROM_DATA = ("data-contradict", "unknown-name")
"""The codes of what data contradict; such data tell nothing of what differs."""

ORDER = ("error", "warning", "info")


def check_source(
    source: str | Path, data: Any = None, against: Any = None, **facts: Any
) -> tuple[Finding, ...]:
    """The findings on a text, the gravest first and then in the order of the text.

    ``against`` is a formula, another text, a model or a fit that the text is to agree with: each difference
    is a finding of severity "error". ``data`` and ``facts`` are those of ``parse``.
    """
    try:
        document, found = _read(source, data, facts)
    except NotationError as error:
        found = _without_repeats(list(_from_error(error)), list(_audit(error)))
        return tuple(sorted(dict.fromkeys(found), key=_gravity))
    found += [*document.findings, *(f for reading in document.readings for f in reading.findings)]
    if data is not None:
        found += _on_data(document, data)
    if against is not None:
        fitting = not any(f.code in FROM_DATA for f in found)
        found += _differences(document, against, data if fitting else None, facts)
    return tuple(sorted(dict.fromkeys(found), key=_gravity))


def mend_source(source: str, **facts: Any) -> str:
    """The text with every mend that is mechanical and without alternative; a choice is left to the author.

    Each mend is put in by itself and the text is checked again, since one mend may settle another finding.
    """
    seen = {source}
    while mended := next((f.fixed for f in check_source(source, **facts) if f.fixed), None):
        if mended in seen:
            break
        seen.add(mended)
        source = mended
    return source


def _read(source: str | Path, data: Any, facts: dict[str, Any]) -> tuple[Document, list[Finding]]:
    """What a text states by itself, and what is wrong with the facts that were given about it.

    Raises ReadError where the text cannot be read.
    """
    try:
        return parse(source, **facts), []
    except ReadError:
        if data is None:
            raise
        return parse(source, data, **facts), []  # only the data tell what a . stands for
    except NotationError as error:
        return parse(source), list(_from_error(error))


def _on_data(document: Document, data: Any) -> Iterator[Finding]:
    # Data are rarely at hand, and judging by them loads numpy.
    from .data import findings_on_data
    from .places import Places

    places = Places(document.source)
    for reading in document.readings:
        yield from findings_on_data(reading.model, data, places)


def _gravity(finding: Finding) -> tuple[int, int]:
    return ORDER.index(finding.severity), finding.span.start if finding.span else 0


def _from_error(error: NotationError) -> Iterator[Finding]:
    """An error and those that were found beside it, as findings."""
    code = next((code for kind, code in KINDS.items() if isinstance(error, kind)), "refused")
    if not isinstance(error, ReadError):
        yield Finding(code, "error", str(error))
        return
    message, mend = _sentence(error.message, error.source), _sentence(error.mend, "")
    yield Finding(code, "error", message, mend, error.line, error.column, error.span)
    for other in error.others:
        yield from _from_error(other)


def _sentence(text: str, source: str) -> str:
    """A text with a capital and a full stop; a word of the source at its beginning stays as it is."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    if first.isalpha() and not re.search(rf"(?<!\w){first}(?!\w)", source):
        text = text[0].upper() + text[1:]
    return text if not text or text.endswith((".", "?", "!", "…")) else f"{text}."


def _without_repeats(refused: list[Finding], audited: list[Finding]) -> list[Finding]:
    """What audits say of a place is more exact than why it was refused."""
    places = {f.span for f in audited if f.severity == "error"}
    return [f for f in refused if f.span is None or f.span not in places] + audited


def _audit(error: NotationError) -> Iterator[Finding]:
    """What the equations of a refused text tell about their mistakes, as far as they can be read."""
    from ..understand.audit import audit_refused
    from .readable import readable_page

    if not isinstance(error, ReadError) or not error.source:
        return
    page = readable_page(error.source)
    if page is not None:
        yield from audit_refused(page, error.source)


def _differences(document: Document, against: Any, data: Any, facts: dict[str, Any]) -> Iterator[Finding]:
    """What a text says and the other does not, and the reverse."""
    from ..understand.trees import span_of
    from .places import Places

    try:
        comparison = compare(document.source, against, data, **facts)
    except NotationError as error:
        yield from _from_error(error)
        return
    symbols = {} if len(document.readings) != 1 else document.readings[0].symbols
    mend = "A is this text, and B what it is checked against: correct one of them."
    for difference in comparison.differences:
        symbol = None if difference.about is None else symbols.get(difference.about)
        place = None if symbol is None else span_of(symbol)
        yield Places(document.source).finding("differs", "error", str(difference), mend, place)
