"""Lines: where a long statement is broken.

A statement is a row of chunks, each of which begins with an operator but for the first; a row is
broken only between chunks. Widths are counted in characters of the plain markup, whatever the
markup, so that all of them break at the same places.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

INDENT = 4
"""By how many characters a continuation is indented."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of text that is never broken, with its width in plain characters."""

    text: str
    width: int


def plain_width(text: str) -> int:
    """The number of characters that take a place of their own: marks stand over others."""
    if text.isascii():
        return len(text)
    return sum(not unicodedata.combining(c) for c in text)


def glue(before: Chunk, chunks: list[Chunk], after: Chunk) -> list[Chunk]:
    """The chunks with a text in front of the first and one behind the last."""
    first, *others = chunks
    chunks = [_join(before, first), *others]
    return [*chunks[:-1], _join(chunks[-1], after)]


def break_lines(chunks: Iterable[Chunk], width: int, used: int = 0) -> list[str]:
    """The chunks in lines of at most ``width`` characters, or one line if ``width`` is 0.

    ``used`` is what is taken of the first line already. A chunk that is wider than a line has one
    for itself.
    """
    lines: list[list[str]] = [[]]
    for chunk in chunks:
        if lines[-1] and 0 < width < used + 1 + chunk.width:
            lines.append([])
            used = INDENT
        used += chunk.width + bool(lines[-1])
        lines[-1].append(chunk.text)
    return [" ".join(line) for line in lines]


def _join(a: Chunk, b: Chunk) -> Chunk:
    return Chunk(a.text + b.text, a.width + b.width)
