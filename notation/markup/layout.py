"""Lines: where a long statement is broken.

A statement is a row of chunks, each of which but the first begins with an operator, or stands behind
a comma in a list. A row is broken only between chunks, and rather outside of brackets than inside.
Widths are counted in characters of the plain markup, whatever the markup.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..frozen import frozen

INDENT = 4
"""By how many characters a continuation is indented."""


@frozen
class Chunk:
    """A stretch of text that is never broken.

    ``width`` is its width in plain characters, ``depth`` in how many brackets its beginning stands.
    """

    text: str
    width: int
    depth: int = 0


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


def enclose(opening: Chunk, items: Sequence[list[Chunk]], closing: Chunk) -> list[Chunk]:
    """Items in brackets, with commas.

    A line may be broken within an item, and in front of an item that has such places itself; a small
    item stays with what is before it.
    """
    row = [opening]
    for place, (first, *others) in enumerate(items):
        separator = Chunk(",", 1) if others else Chunk(", ", 2)
        if place:
            row[-1] = _join(row[-1], separator)
        if place and others:
            row.append(first)
        else:
            row[-1] = _join(row[-1], first)
        row += (replace(chunk, depth=chunk.depth + 1) for chunk in others)
    return [*row[:-1], _join(row[-1], closing)]


def break_lines(chunks: Iterable[Chunk], width: int, used: int = 0) -> list[str]:
    """The chunks in lines of at most ``width`` characters, or one line if ``width`` is 0.

    ``used`` is what is taken of the first line already. A chunk that is wider than a line stands on
    one by itself.
    """
    lines: list[str] = []
    line: list[Chunk] = []
    for chunk in chunks:
        line.append(chunk)
        while width and len(line) > 1 and used + _width(line) > width:
            place = _best_place(line)
            lines.append(_text(line[:place]))
            line, used = line[place:], INDENT
    return [*lines, _text(line)]


def _best_place(line: Sequence[Chunk]) -> int:
    """The last place outside of most brackets: the number of chunks in front of it."""
    return min(range(1, len(line)), key=lambda place: (line[place].depth, -place))


def _width(line: Sequence[Chunk]) -> int:
    return sum(chunk.width + 1 for chunk in line) - 1


def _text(line: Sequence[Chunk]) -> str:
    return " ".join(chunk.text for chunk in line)


def _join(a: Chunk, b: Chunk) -> Chunk:
    return Chunk(a.text + b.text, a.width + b.width, a.depth)
