"""Everything that can go wrong, as one tree.

NotationError
├── ReadError        a text could not be read, or can be read in two ways
├── WriteError       a model could not be written
│   ├── NeedsMore    something is unknown that the target needs: it says what, and how to give it
│   ├── CannotSay    the target has no words for a part of the model, and never will
│   └── NotYet       the target could say it, but this program does not write it yet
├── UnknownName      a notation, markup, program, engine, option, column or data set nobody knows
├── DataError        the data contradict what was said about them
└── FitError         an engine could not fit the model
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from .frozen import frozen


@frozen
class Span:
    """A stretch of a source text: characters ``start`` (included) to ``end`` (excluded), from 0."""

    start: int
    end: int

    def __or__(self, other: Span | None) -> Span:
        """The smallest stretch that covers both."""
        if other is None:
            return self
        return Span(min(self.start, other.start), max(self.end, other.end))


class NotationError(Exception):
    """The root of the tree: catch this to catch everything the program refuses."""


class ReadError(NotationError):
    """A text could not be read, or can be read in two ways.

    ``message`` says what was expected, in a statistician's words; ``mend`` what to write instead;
    ``source`` is the whole text and ``span`` the place in it; ``line`` and ``column`` count from 1.
    ``others`` holds further errors that were found in the same source.
    """

    def __init__(
        self,
        message: str,
        source: str = "",
        span: Span | None = None,
        mend: str = "",
        others: tuple[ReadError, ...] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.source = source
        self.span = span
        self.mend = mend
        self.others = others

    @property
    def line(self) -> int | None:
        """The line of the place, from 1; None where the whole text is meant."""
        return None if self.span is None else self.source.count("\n", 0, self.span.start) + 1

    @property
    def column(self) -> int | None:
        """The column of the place, from 1; None where the whole text is meant."""
        if self.span is None:
            return None
        return self.span.start - self.source.rfind("\n", 0, self.span.start)

    def __str__(self) -> str:
        parts = [self.message]
        if self.span is not None and self.source:
            parts[0] = f"line {self.line}, column {self.column}: {self.message}"
            parts.append(caret(self.source, self.span))
        if self.mend:
            parts.append(self.mend)
        return "\n".join(parts + [str(other) for other in self.others])


class WriteError(NotationError):
    """A model could not be written in the notation or program that was asked for."""


class NeedsMore(WriteError):
    """The target needs something that is not known; the message says what and how to give it."""


class CannotSay(WriteError):
    """The target has no words for a part of the model."""


class NotYet(WriteError):
    """The target could say it, but this program does not write it yet."""


class UnknownName(NotationError):
    """A name that nobody knows; the message offers the nearest ones."""


class DataError(NotationError):
    """The data contradict what was said about them, or lack what is needed."""


class FitError(NotationError):
    """An engine could not fit the model."""


def unknown_name(kind: str, name: str, known: Iterable[str]) -> UnknownName:
    """The error for a ``name`` that is not among the ``known`` names of this ``kind``."""
    known = list(known)
    near = get_close_matches(name.lower(), known, n=1, cutoff=0.5)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    return UnknownName(f"unknown {kind} {name!r}{hint} (known: {', '.join(sorted(known))})")


def caret(source: str, span: Span) -> str:
    """The line of ``source`` in which ``span`` begins, with carets under the place."""
    begin = source.rfind("\n", 0, span.start) + 1
    end = source.find("\n", begin)
    line = source[begin : end if end >= 0 else len(source)].replace("\t", " ").rstrip("\r")
    width = max(1, min(span.end, begin + len(line)) - span.start)
    offset = span.start - begin
    if len(line) > 110:  # a long line is cut to the stretch around the place
        cut = max(0, offset - 50)
        line, offset = line[cut : cut + 110], offset - cut
        width = min(width, 110 - offset)
    before, place = line[:offset], line[offset : offset + width]
    return f"    {line}\n    {' ' * columns_of(before)}{'^' * max(1, columns_of(place))}"


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes: none for the bar of s̄, two for a Chinese character."""
    if text.isascii():
        return len(text)
    import unicodedata  # only a text outside of ASCII needs it

    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.category(c) == "Mn" for c in text)
