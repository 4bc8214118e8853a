"""From equations to the model, whatever notation they are written in.

The reader does not ask which notation it is given. It substitutes definitions from the response
downward and multiplies out, until every summand is (coefficient or random effect) × (product of
data), and tells the leaves apart by structure: who has an equation, and which indices a coefficient
carries against the response's. Letters decide nothing that structure can.
"""

from __future__ import annotations

from dataclasses import replace

from ..equations import Equations
from ..reading import Reading
from .account import account
from .book import Book, open_book
from .collect import collect
from .names import belongs, normal_form
from .outcome import find_outcomes, read_outcome
from .remarks import Remarks


def understand(page: Equations, source: str = "") -> tuple[Reading, ...]:
    """The models that a page of equations states, most often one.

    ``source`` is the text that the page was read from, for places in findings and errors. Raises
    ReadError where something on the page is not understood: nothing is left out silently.
    """
    form = normal_form(page)
    lookups = belongs(form.statements)

    def book() -> Book:
        return open_book(form, page.legend, lookups, Remarks(source))

    readings: list[Reading] = []
    outcomes = find_outcomes(book())
    for number in outcomes:
        reading = _read(book(), number, outcomes)
        if all(reading.model != other.model for other in readings):
            readings.append(reading)
    return tuple(readings)


def _read(book: Book, number: int, outcomes: list[int]) -> Reading:
    outcome = read_outcome(book, number)
    reading = collect(book, outcome)
    account(book, outcome, outcomes)
    return replace(reading, findings=tuple(book.remarks.found))
