"""From equations to the model, whatever notation they are written in.

The reader does not ask which notation it is given. It substitutes definitions from the response
downward and multiplies out, until every summand is (coefficient or random effect) × (product of
data), and tells the leaves apart by structure: who has an equation, and which indices a coefficient
carries against the response's. Letters decide nothing that structure can.
"""

from __future__ import annotations

from ..equations import Equations
from ..errors import ReadError
from ..reading import Reading
from .book import open_book
from .collect import collect
from .names import belongs, normal_form
from .outcome import find_outcomes, read_outcome
from .remarks import Remarks


def understand(page: Equations, source: str = "") -> tuple[Reading, ...]:
    """The models that a page of equations states, most often one.

    ``source`` is the text that the page was read from, for places in findings and errors. Raises
    ReadError where something on the page is not understood: nothing is left out silently.
    """
    statements = normal_form(page)
    found = belongs(statements)
    first = open_book(statements, page.legend, found, Remarks(source))
    readings: list[Reading] = []
    for number in find_outcomes(first):
        book = open_book(statements, page.legend, found, Remarks(source))
        reading = collect(book, read_outcome(book, number))
        if all(reading.model != other.model for other in readings):
            readings.append(reading)
    return tuple(readings)


__all__ = ["ReadError", "understand"]
