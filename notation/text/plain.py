"""Plain text in Unicode or ASCII → tokens: lines that hold equations, prose, or both.

Level 1:
math_ij = β_0j + β_1j ses_ij + r_ij, for students j = 1, …, J
"""

from __future__ import annotations

import re
from itertools import pairwise

from ..patterns import pattern
from .plain_symbols import Scanner
from .plain_words import bracketed_indices, glued_runs, index_letters
from .prose import (
    TRAILING_LABEL,
    TRAILING_REMARK,
    TRAILING_WORDS,
    heading_at,
    headings_inside,
    holds_sentence,
    without_quotations,
)
from .tokens import Token

_RELATION = pattern(r"[=~∼]")
_CLAUSE = pattern(
    r"`(?:[^`\\]|\\.)*`|(?P<open>[(\[{])|(?P<close>[)\]}])"
    r"|(?<![\w`.])(?P<word>where|with|for|and)(?![\w`(\[])",
    re.IGNORECASE,
)
_OPERATOR_FIRST = pattern(r"\s*[+\-−–*×·=~∼)\],/|]")
_RELATION_FIRST = pattern(r"\s*[=~∼]")
_BULLET = pattern(
    r"[ \t]*[-*•][ \t]+(?=[(\[]?[^\W\d][^\n=~+*/]{0,300}?"
    r"(?:[=~∼]|\b(?:and|are|is|may|where|with)\b[^\n=~+*/]{0,300}$))",
    re.MULTILINE,
)
"""The mark of an item in a list, where a statement of its own, or a sentence, stands behind it."""

_COEFFICIENT = pattern(r"[α-ωΑ-Ω]|\w_[\d{]")
_BETWEEN_TERMS = pattern(r"[+*×·]")
_OPERATORS = frozenset(["PLUS", "MINUS", "TIMES", "EQUALS", "TILDE", "COMMA", "SLASH"])
# The number of an equation: (1) before it, (2a) or (3.1) behind its last symbol.
_NUMBER_AHEAD = pattern(r"\s*(?:\(\d+(?:\.\d+)?[a-z]?\)|\d+[.)])[ \t]+(?=[^\W\d][^\n]*[=~∼])")
_NUMBER_BEHIND = pattern(
    r"(?:(?<!\w)[^\W\d]\w*|[)\]}²])[,.;]?[ \t]+(?P<number>\(\d{1,2}(?:\.\d{1,2})?[a-z]?\))[ \t\r.]*$"
)
_BROKEN_SYMBOL = pattern(r"[^\n]*[α-ωΑ-Ω][ \t\r]*\n\s*\d+[a-z]{0,4}\b")


def read_plain(source: str, start: int, end: int) -> list[Token]:
    """The tokens of a stretch of plain text. Raises ReadError."""
    text = source[start:end]
    reader = _Lines(Scanner(source, glued_runs(text), bracketed_indices(text), index_letters(text)), end)
    while start < end:
        stop = reader.line_end(start)
        start = max(reader.line(start, stop), stop) + 1
    return reader.scanner.tokens


class _Lines:
    """What the lines of a text are, up to ``end``."""

    def __init__(self, scanner: Scanner, end: int) -> None:
        self.scanner = scanner
        self.source = scanner.source
        self.said = without_quotations(scanner.source)  # what decides whether a line is prose
        self.end = end

    def line_end(self, at: int) -> int:
        """Where a line ends; one that ends in a letter whose digits stand on the next line goes on."""
        start = at
        while (stop := self.source.find("\n", at, self.end)) >= 0:
            if not _BROKEN_SYMBOL.match(self.source, max(start, stop - 40)):
                return stop
            at, start = stop + 1, stop + 1
        return self.end

    def line(self, at: int, stop: int) -> int:
        """One line; returns where the reading stopped, which is behind it if a symbol was broken."""
        label = TRAILING_LABEL.search(self.said, at, stop)
        if label and self.said[at : label.start()].strip() and not self.scanner.depth:
            return max(stop, self.line(at, label.start()))
        remark = TRAILING_REMARK.search(self.said, at, stop)
        if remark and "=" in self.said[at : remark.start()] and not self.scanner.depth:
            return self.before_words(at, remark.start("remark"), stop)
        words = TRAILING_WORDS.search(self.said, at, stop)
        if words and _RELATION.search(self.said, at, words.start()) and not self.scanner.depth:
            return self.before_words(at, words.start("words"), stop)
        number = _NUMBER_BEHIND.search(self.said, at, stop)
        if number and not self.scanner.depth:
            return max(stop, self.line(at, number.start("number")))
        ahead = _NUMBER_AHEAD.match(self.said, at, stop)
        if ahead and not self.scanner.depth:
            at = ahead.end()
        inside = [] if self.scanner.depth else headings_inside(self.said[at:stop])
        for begin, end in pairwise([at, *(at + place for place in inside), stop]):
            stop = max(stop, self.stretch(begin, end))
        return stop

    def before_words(self, at: int, words: int, stop: int) -> int:
        """A line that ends in words, which are prose."""
        end = self.line(at, words)
        self.scanner.emit("TEXT", self.source[words:stop], words, stop)
        self.scanner.emit("BREAK", None, stop, stop)
        return max(stop, end)

    def stretch(self, at: int, stop: int) -> int:
        """A line, or a part of one that begins with a heading."""
        scanner = self.scanner
        if scanner.depth:
            scanner.gap(at, at)
        elif heading := heading_at(self.said[at:stop]):
            scanner.emit("HEADING", heading[0], at, at + heading[1])
            at += heading[1]
        if not scanner.depth and (bullet := _BULLET.match(self.said, at, stop)):
            at = bullet.end()
        text = self.said[at:stop]
        if scanner.depth or (text.strip() and self._is_mathematics(text, stop)):
            stop = max(stop, self.clauses(at, stop))
        elif text.strip():
            scanner.emit("TEXT", self.source[at:stop], at, stop)
        if not scanner.depth:
            scanner.emit("BREAK", None, stop, stop)
        return stop

    def _is_mathematics(self, text: str, stop: int) -> bool:
        """Whether a line says a statement, or a part of one."""
        if _RELATION.search(text) or self._continues(text):
            return True
        terms = _COEFFICIENT.search(text) and _BETWEEN_TERMS.search(text) and not holds_sentence(text)
        return bool(terms) or _RELATION_FIRST.match(self.said, stop, self.end) is not None

    def _continues(self, text: str) -> bool:
        """Whether a line without a relation belongs to the mathematics above it."""
        tokens = self.scanner.tokens
        above = next((t.type for t in reversed(tokens) if t.type not in ("BREAK", "HEADING")), "TEXT")
        return above in _OPERATORS or (above != "TEXT" and _OPERATOR_FIRST.match(text) is not None)

    def clauses(self, at: int, stop: int) -> int:
        """A line of mathematics, with the words in it: "…, for students j = 1, …, J", "where …"."""
        bounds = self._clause_bounds(at, stop)
        for (word, start), (_, end) in zip(bounds, [*bounds[1:], ("", stop)], strict=True):
            if word == "for" or (word and not _RELATION.search(self.said, start, end)):
                self.scanner.emit("TEXT", self.source[start:end], start, end)
                continue
            begin = start + len(word)
            if word:
                self.scanner.emit("TEXT", self.source[start:begin], start, begin)
            self._refuse_sentence(begin, end)
            at = self.scanner.scan(begin, end)
        return at

    def _clause_bounds(self, at: int, stop: int) -> list[tuple[str, int]]:
        """The words that begin clauses, with their places; the first clause has none."""
        bounds = [("", at)]
        depth = self.scanner.depth
        last_relation = max(self.said.rfind(sign, at, stop) for sign in "=~∼")
        for found in _CLAUSE.finditer(self.said, at, stop):
            depth += (found["open"] is not None) - (found["close"] is not None)
            word = (found["word"] or "").lower()
            idle = word == "and" and (bounds[-1][0] == "for" or found.start() > last_relation)
            if word and depth <= 0 and not idle:
                bounds.append((word, found.start()))
        return bounds

    def _refuse_sentence(self, at: int, stop: int) -> None:
        if not self.scanner.depth and holds_sentence(self.said[at:stop]):
            message = "words and mathematics are mixed in this line"
            mend = "put the equation on a line of its own, without a sentence around it"
            raise self.scanner.error(message, at, stop, mend)
