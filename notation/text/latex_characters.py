"""Characters amid the nodes of LaTeX, and the scripts behind symbols, as tokens."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import Any
from unicodedata import normalize

from ..patterns import pattern
from .alphabet import RAISED, plain_greek, take_accent
from .draft import Draft
from .latex_words import UnknownCommand, kind_of, script_text
from .stream import Stream

_CHARS = pattern(
    r"(?P<space>[\s~`\u00a0\u200b]+)"
    r"|(?P<script>[_^])"
    r"|(?P<greek>[\u0370-\u03ffϵµ∆][\u0300-\u036f]*)"
    r"|(?P<word>(?:[^\W\d_\u0370-\u03ffᵀ²³¹⁰-⁹₀-ₜᵢ-ᵪⱼ][\u0300-\u036f]*)+\d*)"
    r"|(?P<number>\d+(?:\.\d+)?|\.\d+)"
    r"|(?P<dots>\.\.\.?)"
    r"|(?P<raised>[²³¹⁰⁴-⁹⁻ᵀ]+)"
    r"|(?P<lowered>[₀-₉ₐ-ₜᵢ-ᵥᵦ-ᵪⱼ]+)"
    r"|(?P<prime>['’′])"
    r"|(?P<cell>&)"
    r"|(?P<sign>.)",
    re.DOTALL,
)
_TYPED_DISTRIBUTION = pattern(r"(?:N|[Nn]ormal|[Pp]oisson|[Bb]ernoulli|[Bb]inomial|MVN)\s*\(")
"""A distribution behind which a bare ~ cannot be the space that it is in LaTeX."""
_NAME_PART = pattern(r"[^\W\d_]{2,}(?:_?[^\W_]+)*(?=$|[^\w({])")


class CharacterWalk(ABC):
    """Appends the tokens of characters and scripts to ``out``; commands are for :meth:`walk`.

    ``skip`` is what the next characters may begin with, to no effect.
    """

    def __init__(self, source: str, offset: int) -> None:
        self.out = Stream(source, offset)
        self.skip: re.Pattern[str] | None = None

    @abstractmethod
    def walk(self, nodes: list[Any]) -> None:
        """The tokens of nodes of every kind."""

    # -- characters

    def chars(self, text: str, pos: int) -> str:
        """The tokens of characters; returns "_" or "^" if they end with it."""
        skipped = self.skip.match(text) if self.skip else None
        self.skip = None
        at = skipped.end() if skipped else 0
        while (piece := _CHARS.match(text, at)) is not None:
            kind, at = piece.lastgroup, piece.end()
            if kind == "script":
                while text[at : at + 1].isspace():
                    at += 1
                if at == len(text):
                    return piece[0]
                at = self._bare_script(piece[0], text, at, pos)
            elif kind == "space":
                lines = piece[0].count("\n")
                if piece[0].strip(" ") == "~" != piece[0] and _TYPED_DISTRIBUTION.match(text, at):
                    self.out.emit("TILDE", "~", pos + piece.start(), pos + at)
                elif lines or piece[0].count("~") > 1:  # several ~ are a wide space
                    self.out.emit("BREAK" if lines > 1 else "LINE", None, pos + piece.start(), pos + at)
            else:
                self.piece(kind or "", piece[0], pos + piece.start())
        return ""

    def piece(self, kind: str, piece: str, start: int) -> None:
        """One token of characters."""
        out, end = self.out, start + len(piece)
        match kind:
            case "greek":
                letter, accent = take_accent(piece)
                out.symbol(Draft(plain_greek(letter), accent=accent), start, end)
            case "word":
                self.letters(piece, start, end)
            case "number":
                out.number(piece, start, end)
            case "dots":
                out.emit("DOTS", "…", start, end)
            case "raised":
                self.script("^", piece.translate(RAISED), start, end)
            case "lowered":
                self.script("_", normalize("NFKC", piece), start, end)
            case "prime":
                out.prime(start, end)
            case "cell":
                if out.bare_matrix and not out.matrices[-1]:
                    out.emit("CELL", None, start, end)
            case _:
                out.sign(piece, start, end)

    def letters(self, piece: str, start: int, end: int) -> None:
        """Letters side by side are a word; one letter is a symbol, with the digits glued to it."""
        letters = piece.rstrip("0123456789")
        if self.out.glue:
            self.out.continue_name(piece, end)
        elif piece.lower() == "where":
            self.out.emit("TEXT", piece, start, end)
        elif len(letters) == 1:
            self.out.symbol(Draft(letters, below=piece[1:]), start, end)
        else:
            word, accent = take_accent(piece)
            self.out.symbol(Draft(word, len(word) > 1, accent), start, end)

    # -- scripts

    def script_argument(self, nodes: list[Any], place: int, sign: str) -> tuple[int, str]:
        """The script that a sign opens at a place; returns the place behind it, and a further sign."""
        while place < len(nodes) and kind_of(nodes[place]) == "Comment":
            place += 1
        if place == len(nodes):
            end = self.out.tokens[-1].end - self.out.offset if self.out.tokens else 0
            raise self.out.error(f"nothing stands behind {sign}", end, end + 1, "write the index in braces")
        node = nodes[place]
        if kind_of(node) == "Chars":
            text = node.chars.lstrip()
            at = node.pos + len(node.chars) - len(text)
            self.script(sign, text[:1], at, at + 1)
            return place + 1, self.chars(text[1:], at + 1)
        self.script_of_node(sign, node)
        return place + 1, ""

    def _bare_script(self, sign: str, text: str, at: int, pos: int) -> int:
        """A script without braces takes one character, unless it is plainly a name: ``math_score``."""
        last = self.out.last
        name = _NAME_PART.match(text, at)
        if sign == "_" and name and last and last.type == "SYMBOL" and last.value.word and last.value.bare:
            self.out.continue_name("_" + name[0], pos + name.end())
            return name.end()
        self.script(sign, text[at], pos + at, pos + at + 1)
        return at + 1

    def script_of_node(self, sign: str, node: Any) -> None:
        """A script in braces, or a command."""
        if self.out.ignores_script():
            return
        start, end = node.pos, node.pos + node.len
        nodes = list(node.nodelist) if kind_of(node) == "Group" else [node]
        try:
            text = script_text(nodes)
        except UnknownCommand:
            if sign == "_":
                raise
            text = ""  # a superscript that is an expression
        if not (text and self.out.attach(sign, text, start, end)):
            self.exponent(text, nodes, start, end)

    def script(self, sign: str, text: str, start: int, end: int) -> None:
        """A script of characters."""
        if not self.out.ignores_script() and not self.out.attach(sign, text, start, end):
            self.exponent(text, None, start, end)

    def exponent(self, text: str, nodes: list[Any] | None, start: int, end: int) -> None:
        """What is raised behind a bracket, a number or a fraction."""
        if text.strip() in ("T", "'", "⊤"):
            self.out.emit("TRANSPOSE", None, start, end)
            return
        self.out.emit("CARET", None, start, start)
        if nodes is not None:
            self.bracketed(nodes, start, end)
        else:
            self.out.emit("OPEN", "(", start, start)
            self.chars(text, start)
            self.out.emit("CLOSE", ")", end, end)

    def bracketed(self, nodes: list[Any], start: int, end: int) -> None:
        """The tokens of nodes, between brackets of their own."""
        self.out.emit("OPEN", "(", start, start)
        self.walk(nodes)
        self.out.emit("CLOSE", ")", end, end)
