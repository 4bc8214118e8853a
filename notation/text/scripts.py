"""Scripts: ``0jk``, ``j[i],k[i]``, ``β_{1j}`` → a tuple of :data:`~notation.equations.Script`.

Both tokenizers spell a script in one small language, that of the plain markup, and this module reads
it: digits and letters run together, names stand in backticks, braces enclose, commas separate.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..equations import Digit, Dot, Index, Label, Lookup, Script, Symbol, Word
from ..markup.names import INDEX_LETTERS, reads_as_word, unquote
from ..patterns import pattern
from .alphabet import GREEK, GREEK_LETTERS, RAISED, plain_greek, take_accent

_PIECE = pattern(
    r"(?P<space>\s+)"
    r"|(?P<digits>\d+(?!:\d|\d))"
    r"|(?P<greek>[\u0370-\u03ffµ][\u0300-\u036f]*)"
    r"|(?P<letters>(?:[^\W\d_\u0370-\u03ff][\u0300-\u036f]*)+(?:\.(?=[^\W\d_]{2}))?)"
    r"|(?P<quoted>`(?:[^`\\]|\\.)*`)"
    r"|(?P<mark>\(\s*[\d*]+\s*\)|\*|′|'|\d+:\d+)"
    r"|(?P<lag>\(\s*[a-z]\s*[+\-−]\s*\d+\s*\))"
    r"|(?P<sign>[+\-−=]|.)",
    re.DOTALL,
)
_LEVEL = pattern(r"\(\d+\)")  # σ²_{u(2)} is the variance of u^(2)
_PAIRED = pattern(r"[^\d,]*\d{2,4}\s*,\s*\d{2,4}[^\d,]*")
_RAISED = "²³¹⁰⁴⁵⁶⁷⁸⁹"


MAX_SCRIPT = 400
MAX_NESTING = 8


class UnreadableScript(ValueError):
    """A script that says nothing this program knows; the message is for a person."""


@lru_cache(maxsize=4096)
def read_scripts(text: str, paired: bool = False) -> tuple[Script, ...]:
    """The scripts that a text spells. Raises UnreadableScript.

    Between commas a number is one number, γ_{1,10}; but the comma of a covariance is ``paired``: it keeps
    the numbers of two effects apart, τ_{00,01}, and is a script of its own.
    """
    if len(text) > MAX_SCRIPT:
        raise UnreadableScript("this index is too long")
    scripts, end = _Reader(text, paired and _PAIRED.fullmatch(text) is not None).scripts(0, "")
    if end < len(text):
        raise UnreadableScript(f"cannot read the index {text!r}")
    return scripts


class _Reader:
    """A recursive descent over one script; every method returns what it read and where that ends."""

    def __init__(self, text: str, paired: bool = False, depth: int = 0) -> None:
        if depth > MAX_NESTING:
            raise UnreadableScript("indices are nested too deeply")
        self.text = text
        self.paired = paired
        self.depth = depth

    def scripts(self, at: int, closing: str) -> tuple[tuple[Script, ...], int]:
        """Scripts up to the ``closing`` character, which is not consumed."""
        found: list[Script] = []
        while at < len(self.text) and self.text[at] != closing:
            if piece := _PIECE.match(self.text, at):
                at = self._read_piece(piece, found)
        return tuple(found), at

    def _read_piece(self, piece: re.Match[str], found: list[Script]) -> int:
        text, end = piece[0], piece.end()
        match piece.lastgroup:
            case "space":
                pass
            case "digits":
                found.extend(self._digits(piece))
            case "greek":
                letter, accent = take_accent(text)
                return self._label(plain_greek(letter), accent, end, found)
            case "letters":
                return self._letters(text, end, found)
            case "quoted":
                return self._named(unquote(text[1:-1]), end, found)
            case "mark":
                found.append(Word(text.replace(" ", "").replace("′", "'")))
            case "lag":
                found.append(Word(re.sub(r"[\s()]", "", text).replace("−", "-")))
            case _:
                return self._sign(text, end, found)
        return end

    def _digits(self, piece: re.Match[str]) -> list[Script]:
        # Between commas a number is one number, γ_{1,10}; else each digit counts, γ_{10}.
        before, after = self.text[: piece.start()].rstrip()[-1:], self.text[piece.end() :].lstrip()[:1]
        if (
            not self.paired
            and "," in (before, after)
            and (piece[0][0] != "0" or len(piece[0]) == 1)
            and len(piece[0]) < 5
        ):
            return [Digit(int(piece[0]))]
        return [Digit(int(d)) for d in piece[0]]

    def _letters(self, text: str, end: int, found: list[Script]) -> int:
        follows = self.text[end : end + 1]
        if text in GREEK:
            return self._label(GREEK[text], "", end, found)
        if level := _LEVEL.match(self.text, end):
            found.append(Label(Symbol(text, above=(Word(level[0]),))))
            return level.end()
        if follows in ("[", "("):
            return self._lookup(text, end, found)
        if follows in ("_", "^") or (follows and follows in _RAISED):
            found.extend(Index(c) for c in text[:-1])
            return self._label(text[-1], "", end, found)
        bare, accent = take_accent(text)
        if accent:
            found.append(Label(Symbol(bare, accent=accent, word=len(bare) > 1)))
        elif len(text) > 1 and (reads_as_word(text) or not text.isascii() or self._is_listed(text)):
            found.append(Word(text))
        else:
            found.extend(Index(c) for c in text)
        return end

    def _is_listed(self, text: str) -> bool:
        """Whether letters between commas are one name, the id of ``t,id``: not all of them are indices."""
        return "," in self.text and not INDEX_LETTERS.issuperset(text)

    def _named(self, name: str, end: int, found: list[Script]) -> int:
        if self.text[end : end + 1] in ("[", "("):
            return self._lookup(name, end, found)
        found.append(Word(name))
        return end

    def _lookup(self, name: str, at: int, found: list[Script]) -> int:
        closing = "]" if self.text[at] == "[" else ")"
        of, end = self._enclosed(at, closing)
        if not of or not all(isinstance(s, Index | Lookup) for s in of):
            raise UnreadableScript(
                f"{name}{self.text[at:end]} does not look up a group: expected an index such as j[i]"
            )
        found.append(Lookup(name, tuple(s for s in of if isinstance(s, Index | Lookup))))
        return end

    def _label(self, base: str, accent: str, at: int, found: list[Script]) -> int:
        """A symbol inside a script, with scripts of its own."""
        below: tuple[Script, ...] = ()
        above: tuple[Script, ...] = ()
        while at < len(self.text) and (self.text[at] in "_^" or self.text[at] in _RAISED):
            sign = self.text[at]
            if sign in _RAISED:
                above, at = (*above, Word(sign.translate(RAISED))), at + 1
                continue
            inner, at = self._attached(at + 1)
            below, above = (below + inner, above) if sign == "_" else (below, above + inner)
        found.append(Label(Symbol(base, below, above, accent)))
        return at

    def _attached(self, at: int) -> tuple[tuple[Script, ...], int]:
        if self.text[at : at + 1] == "{":
            return self._enclosed(at, "}")
        end = bare_script_end(self.text, at)
        return _Reader(self.text[at:end], depth=self.depth + 1).scripts(0, "")[0], end

    def _enclosed(self, at: int, closing: str) -> tuple[tuple[Script, ...], int]:
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise UnreadableScript("indices are nested too deeply")
        inner, end = self.scripts(at + 1, closing)
        self.depth -= 1
        if end >= len(self.text):
            raise UnreadableScript(f"{self.text[at]} is never closed in the index {self.text!r}")
        return inner, end + 1

    def _sign(self, sign: str, end: int, found: list[Script]) -> int:
        match sign:
            case ",":
                found.extend([Word(",")] * self.paired)
            case "." | "·" | "•" | "⋅" | "∙":
                found.append(Dot())
            case "{":
                inner, end = self._enclosed(end - 1, "}")
                found.extend(inner)
            case "(":
                return self._cell(end - 1, found)
            case "[":
                inner, end = self._enclosed(end - 1, "]")
                found.extend(Index(s.text) if isinstance(s, Word) else s for s in inner)
            case "+" | "-" | "−":
                return self._lag(sign, end, found)
            case "=":
                return self._condition(found)
            case _:
                raise UnreadableScript(f"cannot read {sign!r} in the index {self.text!r}")
        return end

    def _cell(self, at: int, found: list[Script]) -> int:
        """``(j,k)``: the indices of a cell of crossed factors."""
        inner, end = self._enclosed(at, ")")
        if not inner or not all(isinstance(s, Index) for s in inner):
            raise UnreadableScript(f"cannot read '(' in the index {self.text!r}")
        found.extend(inner)
        return end

    def _lag(self, sign: str, end: int, found: list[Script]) -> int:
        """``t-1``: the number belongs to the index in front of it."""
        number = re.compile(r"\s*(\d+|[a-z](?![a-z]))").match(self.text, end)
        index = found.pop() if found else None
        if number is None or not isinstance(index, Index):
            raise UnreadableScript(f"cannot read {sign!r} in the index {self.text!r}")
        found.append(Word(f"{index.name}{'+' if sign == '+' else '-'}{number[1]}"))
        return number.end()

    def _condition(self, found: list[Script]) -> int:
        """``group = low``: words about a category, kept as they are."""
        found[:] = [Word(" ".join(self.text.replace("`", "").split()))]
        return len(self.text)


_RUN = pattern(
    r"\.*[\u0370-\u03ff]?"
    r"(?:\d|`(?:[^`\\\n]|\\.)*`|[^\W\d_\u0370-\u03ff²³¹⁰-⁹][\u0300-\u036f]*|[\u0370-\u03ff](?![_²³^])|\.(?=[.a-z]))*"
)
_SENTENCE_END = pattern(r"\.\s+[A-Z][a-z]+\s")
_CHAINED = pattern(r",(?=[A-Za-z]+\[)")


def bare_script_end(text: str, at: int) -> int:
    """Where a script without braces ends: ``0jk``, ``β_1``, ``j[i],k[i]``; ``at`` is its first character."""
    while text[at : at + 1] in GREEK_LETTERS and text[at + 1 : at + 2] == "_":
        at += 2
        if text[at : at + 1] == "{":
            return closing_bracket(text, at)
    begin = at
    while True:
        run = _RUN.match(text, at)
        end = run.end() if run else at
        if text[end : end + 1] == "[" and end > at:
            end = closing_bracket(text, end)
            if chained := _CHAINED.match(text, end):
                at = chained.end()
                continue
        break
    # In a mean over the first and the last index, x̄_.j., the last dot ends no sentence.
    while text[begin : begin + 1] == "." == text[end : end + 1] and not _SENTENCE_END.match(text, end):
        end += 1
    return end


def closing_bracket(text: str, at: int) -> int:
    """Where the bracket that opens at ``at`` has been closed, or its own place if it never is."""
    depth = 0
    for place in range(at, min(len(text), at + MAX_SCRIPT)):
        depth += (text[place] in "[{(") - (text[place] in "]})")
        if depth == 0:
            return place + 1
    return at
