"""From equations to the model, whatever notation they are written in.

The reader does not ask which notation it is given. It substitutes definitions from the response
downward and multiplies out, until every summand is (coefficient or random effect) × (product of
data), and tells the leaves apart by structure: who has an equation, and which indices a coefficient
carries against the response's. Letters decide nothing that structure can.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..equations import Equations
from ..errors import ReadError
from ..reading import Reading
from .account import account, check_indices
from .apart import apart, place_among
from .audit import audit
from .book import Book
from .collect import collect
from .contrasts import joined
from .entries import open_book
from .names import belongs
from .normal import normal_form
from .outcome import find_outcomes
from .remarks import Remarks
from .response import read_outcome
from .values import take_values, with_values

MAX_OUTCOMES = 20
"""So many equations of one response are read as so many models, each of the whole page."""


def understand(page: Equations, source: str = "", *, audited: bool = True) -> tuple[Reading, ...]:
    """The models that a page of equations states, most often one.

    ``source`` is the text that the page was read from, for places in findings and errors; ``audited``
    asks for findings on what is odd, too. Raises
    ReadError where something on the page is not understood: nothing is left out silently.
    """
    readings, mistakes = understand_each(page, source, audited=audited)
    if mistakes:
        raise mistakes[0]
    return readings


def understand_each(
    page: Equations, source: str = "", broken: Sequence[ReadError] = (), *, audited: bool = True
) -> tuple[tuple[Reading, ...], tuple[ReadError, ...]]:
    """The models of a page that can be read, and for each of the others why it cannot.

    ``broken`` are the mistakes of statements that are missing on the page: the model among whose
    statements one of them stands cannot be read.
    """
    parts = apart(page)
    readings: list[Reading] = []
    mistakes: list[ReadError] = []
    for number, part in enumerate(parts):
        own = [m for m in broken if place_among(parts, m.span) == number]
        try:
            readings += [] if own else _understand(part, source, audited)
            mistakes += own
        except ReadError as mistake:
            mistakes.append(mistake)
    each = [r for n, r in enumerate(readings) if not any(_repeats(r, other) for other in readings[:n])]
    return tuple(each), tuple(mistakes)


def _understand(page: Equations, source: str, audited: bool) -> list[Reading]:
    """The models of a page whose statements belong together; one that is repeated says nothing more."""
    form = normal_form(replace(page, statements=tuple(dict.fromkeys(page.statements))))
    statements, values = take_values(form.statements)
    form = replace(form, statements=statements)
    lookups = belongs(form.statements)

    def book() -> Book:
        opened = open_book(form, page.legend, lookups, Remarks(source))
        if form.unindexed:
            opened.remarks.info(
                "no-indices",
                "No symbol carries an index: levels and random effects are told by their letters.",
            )
        return opened

    first = book()
    outcomes = find_outcomes(first)
    if len(outcomes) > MAX_OUTCOMES:
        raise first.remarks.refusal(
            f"The response has {len(outcomes)} equations; no more than {MAX_OUTCOMES} are compared.",
            "Give one equation of the response.",
            first.span(outcomes[MAX_OUTCOMES]),
        )
    books = [first, *(book() for _ in outcomes[1:])]
    readings = [_read(b, number) for b, number in zip(books, outcomes, strict=True)]
    account(books, outcomes)
    for opened in books if audited else ():
        audit(opened, frozenset(opened.used))
    found = [replace(r, findings=tuple(b.remarks.found)) for r, b in zip(readings, books, strict=True)]
    return with_values(joined(found, first.remarks), values, source)


def _read(book: Book, number: int) -> Reading:
    outcome = read_outcome(book, number)
    try:
        reading = collect(book, outcome)
    except ValueError as contradiction:  # the parts of a model say so where they cannot be
        message = f"The equations contradict one another: {contradiction}."
        raise book.remarks.refusal(message, "", book.span(number)) from None
    check_indices(book, outcome)
    return reading


def _repeats(reading: Reading, other: Reading) -> bool:
    """Whether a second statement of the response says the same, as HLM's mixed model does."""
    a, b = reading.model, other.model
    return (a.response, set(a.fixed), set(a.random), a.family) == (
        b.response,
        set(b.fixed),
        set(b.random),
        b.family,
    )
