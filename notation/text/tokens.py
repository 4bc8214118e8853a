"""Our own tokens: what both tokenizers make, and all that the later stages see.

A symbol with all its scripts is one token with a value, so the grammar never sees a subscript.
"""

from __future__ import annotations

from typing import Any

from ..errors import Span

SIGNS: dict[str, str] = {
    **dict.fromkeys("+", "PLUS"),
    **dict.fromkeys("-−–", "MINUS"),
    **dict.fromkeys("*×·⋅∗∙", "TIMES"),
    **dict.fromkeys("/÷", "SLASH"),
    **dict.fromkeys("=≡≔", "EQUALS"),
    **dict.fromkeys("∼", "TILDE"),
    **dict.fromkeys("≤≥<>≠", "COMPARISON"),
    **dict.fromkeys("([", "OPEN"),
    **dict.fromkeys(")]", "CLOSE"),
    **dict.fromkeys("|∣", "BAR"),
    **dict.fromkeys("…⋯⋮⋱", "DOTS"),
    ",": "COMMA",
    ";": "SEMICOLON",
    ":": "COLON",
    "^": "CARET",
    "∈": "MEMBER",
}
"""The type of the token that each sign makes, in every markup."""

CROSSES = frozenset("*×∗")
"""Multiplication signs that are kept as a cross; every other one is a dot."""


class Token:
    """A token with its type, its value, and its place in the source.

    Types are the terminals of the grammar, and a few that never reach it: ``BREAK`` (a row ends),
    ``LINE`` (the source's line ends, which need not mean anything), ``TEXT`` (words that are no
    mathematics) and ``HEADING`` ("Level 2"; its value is the number).
    """

    __slots__ = ("end", "start", "type", "value")

    # Lark copies these from the last token to its own end-of-input token.
    line = column = end_line = end_column = start_pos = end_pos = None

    def __init__(self, kind: str, value: Any, start: int, end: int) -> None:
        self.type = kind
        self.value = value
        self.start = start
        self.end = end

    @property
    def span(self) -> Span:
        """Its place in the source."""
        return Span(self.start, self.end)

    def __repr__(self) -> str:
        return f"{self.type}({self.value!r})"


def sign_token(sign: str, start: int, end: int) -> Token | None:
    """The token of a sign, or None for a character that is none."""
    kind = SIGNS.get(sign)
    if kind is None:
        return None
    return Token(kind, ("×" if sign in CROSSES else "·") if kind == "TIMES" else sign, start, end)
