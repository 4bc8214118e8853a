"""Our own tokens: what both tokenizers make, and all that the later stages see.

A symbol with all its scripts is one token with a value, so the grammar never sees a subscript.
"""

from __future__ import annotations

from typing import Any

from ..equations import Negative, Node, Number, Power, Script, Symbol, Transpose
from ..errors import Span

OPENING = {"(": ")", "[": "]", "{": "}"}
SIGNS = {
    "+": "PLUS", "-": "MINUS", "−": "MINUS", "–": "MINUS",
    "*": "TIMES", "×": "TIMES", "·": "TIMES", "⋅": "TIMES", "∗": "TIMES", "∙": "TIMES", "/": "SLASH", "÷": "SLASH",
    "=": "EQUALS", "∼": "TILDE", "≤": "COMPARISON", "≥": "COMPARISON", "<": "COMPARISON", ">": "COMPARISON",
    "(": "OPEN", "[": "OPEN", ")": "CLOSE", "]": "CLOSE",
    ",": "COMMA", ";": "SEMICOLON", ":": "COLON", "|": "BAR", "∣": "BAR", "…": "DOTS", "⋯": "DOTS", "⋮": "DOTS", "⋱": "DOTS",
    "^": "CARET", "∈": "MEMBER",
}  # fmt: skip
"""The type of the token that each sign makes, in every markup."""

TIMES_SIGNS = {"*": "×", "×": "×", "∗": "×"}
"""How a multiplication sign is kept in a product; every other one is a dot."""


class Token:
    """A token with its type, its value, and its place in the source.

    Types are the terminals of the grammar, and a few that never reach it: ``BREAK`` (a row ends),
    ``LINE`` (the source's line ends, which need not mean anything), ``TEXT`` (words that are no
    mathematics) and ``HEADING`` ("Level 2"; its value is the number).
    """

    __slots__ = ("end", "start", "type", "value")

    # Lark copies these from the last token to its own end-of-input token.
    line = column = end_line = end_column = start_pos = end_pos = None

    def __init__(self, type: str, value: Any, start: int, end: int) -> None:
        self.type = type
        self.value = value
        self.start = start
        self.end = end

    @property
    def span(self) -> Span:
        """Its place in the source."""
        return Span(self.start, self.end)

    def __repr__(self) -> str:
        return f"{self.type}({self.value!r})"


class Draft:
    """A symbol that is still collecting its scripts; :meth:`node` is the finished one."""

    __slots__ = ("above", "accent", "base", "below", "category", "power", "transposed", "word")

    def __init__(self, base: str, word: bool = False, accent: str = "") -> None:
        self.base = base
        self.word = word
        self.accent = accent
        self.below: tuple[Script, ...] = ()
        self.above: tuple[Script, ...] = ()
        self.power = ""
        self.transposed = False
        self.category = ""

    @property
    def bare(self) -> bool:
        """Whether nothing is attached to it."""
        return not (self.below or self.above or self.power or self.accent or self.category or self.transposed)

    def symbol(self, span: Span | None = None) -> Symbol:
        """The symbol without its power."""
        return Symbol(self.base, self.below, self.above, self.accent, self.word, self.category, span)

    def node(self, span: Span | None = None) -> Node:
        """The symbol, in a power where a number stood above it."""
        node: Node = self.symbol(span)
        if self.power:
            number: Node = Number(self.power.lstrip("-−"))
            node = Power(node, Negative(number) if self.power[0] in "-−" else number)
        return Transpose(node) if self.transposed else node
