"""Plain text in Unicode or ASCII → tokens: ``math_ij = β_0j + β_1j ses_ij + r_ij``.

The spelling is that of :mod:`notation.markup.plain`, and the ways in which people type: HLM's
``MATHij = β0j + β1j*(SESij) + rij``, names of Greek letters, Unicode's small digits and letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from unicodedata import normalize

from ..equations import Script
from ..errors import ReadError, Span
from ..markup.names import DATA_LETTERS, INDEX_LETTERS, KEYWORDS, reads_as_word, unquote
from .alphabet import GREEK, RAISED, plain_greek, take_accent
from .prose import FUNCTION_WORDS, heading_at, heading_inside
from .scripts import COVARIANCES, UnreadableScript, bare_script_end, closing_bracket, read_scripts
from .tokens import SIGNS, TIMES_SIGNS, Draft, Token

_LETTER = r"[^\W\d_\u0370-\u03ffᵀ²³¹⁰-⁹₀-ₜᵢ-ᵪⱼ]"
_PIECE = re.compile(
    r"(?P<space>[ \t\r\f\v\u00a0\u2009\u200b]+)"
    r"|(?P<line>\n)"
    r"|(?P<quoted>`(?:[^`\\\n]|\\.)*`)"
    r"|(?P<dots>\.\.\.?)"
    r"|(?P<number>\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|\.\d+)"
    r"|(?P<greek>[\u0370-\u03ffϵµ∆][\u0300-\u036f]*)"
    rf"|(?P<word>{_LETTER}[\u0300-\u036f]*(?:(?:{_LETTER}|[0-9])[\u0300-\u036f]*)*(?:\.{_LETTER}(?:{_LETTER}|[0-9])*)*)"
    r"|(?P<raised>[²³¹⁰⁴-⁹⁻ᵀ]+)"
    r"|(?P<prime>['′’])"
    r"|(?P<sign>.)",
    re.DOTALL,
)
_RELATION = re.compile(r"[=~∼]")
_CLAUSE = re.compile(r"\b(where|with|for|and)\b", re.IGNORECASE)
_STARTS_OPEN = re.compile(r"\s*[+\-−–*×·=~∼)\],/|]")
_ENDS_OPEN = re.compile(r"[+\-−–*×·=~∼(\[,/|]\s*$")
_RAISED = re.compile("[²³¹⁰⁴-⁹⁻ᵀ]+")
_LOWERED = re.compile("[₀-₉ₐ-ₜᵢ-ᵥᵦ-ᵪⱼ]+")
_CATEGORY = re.compile(r"\[(`(?:[^`\\\n]|\\.)*`|[^\W_]+(?:[ .+-][^\W_]+)*)\]")
_NAMED_GREEK = re.compile(rf"({'|'.join(sorted(GREEK, key=len, reverse=True))})(?:(\d+)([a-z]{{0,4}}))?")
_COEFFICIENT = re.compile(r"([A-Za-z])(\d+)([a-z]{0,4})")
_UPPER_WORD = re.compile(r"([A-Z][A-Z0-9]*)([a-z]{1,4})")
_GLUED_PAIR = re.compile(r"([a-z]\d+)([A-Z]\w*)")
_EXPONENT = re.compile(r"[-−]?\d+(?![.\d])")
_DISTRIBUTION_NAME = re.compile(r"[A-Za-z]+(?:[- ][A-Za-z]+)*(?=\s*[({])")
_LOST = re.compile(r"\d+[a-z]{1,4}\b|0\d+\b")
_ACCENTS = {"mean": "bar", "bar": "bar", "hat": "hat", "tilde": "tilde", "dot": "dot"}
_BROKEN_LINE = re.compile(r"[^\n]*[α-ωΑ-Ω][ \t\r]*\n\s*\d+[a-z]{0,4}\b")
_BROKEN = re.compile(r"\s*\n\s*(\d+[a-z]{0,4})\b")


def read_plain(source: str, start: int, end: int) -> list[Token]:
    """The tokens of a stretch of plain text. Raises ReadError."""
    lexer = _Lexer(source, end, _glued_indices(source[start:end]))
    lexer.lines(start)
    return lexer.tokens


def read_expression(text: str) -> list[Token]:
    """The tokens of one expression, without any prose."""
    lexer = _Lexer(text, len(text), frozenset())
    lexer.mathematics(0, len(text))
    return lexer.tokens


def _glued_indices(text: str) -> frozenset[str]:
    """The runs of index letters in a text that glues them to names, as HLM does: {"ij", "j"}."""
    if "_" in text:
        return frozenset()
    glued = re.findall(r"(?:[α-ωΑ-Ω]|\b[A-Za-z])\d+([a-z]{1,4})\b", text)
    runs = {run for run in glued if INDEX_LETTERS.issuperset(run)}
    for _, run in _UPPER_WORD.findall(text):
        if any(set(short) <= set(run) for short in runs) and INDEX_LETTERS.issuperset(run):
            runs.add(run)
    return frozenset(runs)


@dataclass
class _Lexer:
    """A scan over lines, and within a line over characters."""

    source: str
    end: int
    glued: frozenset[str]
    tokens: list[Token] = field(default_factory=list)
    matrices: list[tuple[int, bool]] = field(default_factory=list)  # bracket depth, cells by spaces
    depth: int = 0

    # -- lines and clauses

    def lines(self, at: int) -> None:
        """Every line: a heading, prose, or mathematics with clauses."""
        while at < self.end:
            stop = self._line_end(at)
            at = max(self.line(at, stop), stop) + 1

    def _line_end(self, at: int) -> int:
        """Where a line ends; one that ends in a letter whose digits stand on the next line goes on."""
        while True:
            stop = self.source.find("\n", at, self.end)
            if stop < 0:
                return self.end
            if not _BROKEN_LINE.match(self.source, max(self.source.rfind("\n", 0, stop) + 1, stop - 40)):
                return stop
            at = stop + 1

    def line(self, at: int, stop: int) -> int:
        """One line; returns where the reading stopped, which is behind it if a symbol was broken."""
        if not self.depth and (heading := heading_at(self.source[at:stop])):
            self.emit("HEADING", heading[0], at, at + heading[1])
            at += heading[1]
        if not self.depth and (inner := heading_inside(self.source[at:stop])):
            self.line(at, at + inner)
            return self.line(at + inner, stop)
        text = self.source[at:stop]
        if not text.strip():
            self.emit("BREAK", None, stop, stop)
            return stop
        if self._continues(text) or _RELATION.search(text):
            self._maybe_cell(at, at)
            at = self.clauses(at, stop)
        else:
            self.emit("TEXT", text, at, stop)
        if not self.depth:
            self.emit("BREAK", None, max(at, stop), max(at, stop))
        return max(at, stop)

    def _continues(self, text: str) -> bool:
        """Whether a line without a relation belongs to the mathematics above it."""
        above = next((t for t in reversed(self.tokens) if t.type not in ("BREAK", "HEADING")), None)
        if self.depth:
            return True
        if above is None or above.type == "TEXT":
            return False
        return bool(_STARTS_OPEN.match(text)) or above.type in (
            "PLUS",
            "MINUS",
            "TIMES",
            "EQUALS",
            "TILDE",
            "COMMA",
            "SLASH",
        )

    def clauses(self, at: int, stop: int) -> int:
        """A line of mathematics, with the words in it: "…, for students j = 1, …, J", "where …"."""
        bounds = self._clause_bounds(at, stop)
        for first, (word, start) in enumerate(bounds):
            end = bounds[first + 1][1] if first + 1 < len(bounds) else stop
            text = self.source[start:end]
            if word == "for" or not (_RELATION.search(text) or not word):
                self.emit("TEXT", text, start, end)
                continue
            if word:
                self.emit("TEXT", self.source[start : start + len(word)], start, start + len(word))
                start += len(word)
            at = self.mathematics(start, end)
        return at

    def _clause_bounds(self, at: int, stop: int) -> list[tuple[str, int]]:
        bounds = [("", at)]
        for found in _CLAUSE.finditer(self.source, at, stop):
            word, start = found[1].lower(), found.start()
            if self._inside(at, start):
                continue
            if word == "and" and (bounds[-1][0] == "for" or not _RELATION.search(self.source[start:stop])):
                continue
            bounds.append((word, start))
        return bounds

    def _inside(self, at: int, place: int) -> bool:
        """Whether a word of this line stands inside of brackets, backticks or a longer name."""
        before = self.source[at:place]
        opened = self.depth + sum(before.count(c) for c in "([{") - sum(before.count(c) for c in ")]}")
        return (
            opened > 0
            or before.count("`") % 2 == 1
            or before[-1:] in ("_", ".")
            or self.source[place:].partition(" ")[0].find("_") > 0
        )

    # -- characters

    def mathematics(self, at: int, stop: int) -> int:
        """The tokens of a stretch of mathematics; returns where it ended."""
        self._refuse_sentences(at, stop)
        while at < stop:
            piece = _PIECE.match(self.source, at)
            assert piece is not None  # its last alternative is any character
            at = self.piece(piece)
        return at

    def _refuse_sentences(self, at: int, stop: int) -> None:
        if self.depth:
            return
        words = re.findall(r"(?<![\w`.])[a-z]{2,}(?![\w`(\[])", self.source[at:stop])
        if FUNCTION_WORDS.intersection(words):
            raise self.error(
                "words and mathematics are mixed in this line",
                at,
                stop,
                "put the equation on a line of its own, without a sentence around it",
            )

    def piece(self, piece: re.Match[str]) -> int:
        """One token; returns where the next one begins."""
        kind, text, at, end = piece.lastgroup, piece[0], piece.start(), piece.end()
        if kind == "space":
            self._maybe_cell(at, end)
            return end
        if kind == "greek":
            letter, accent = take_accent(text)
            return self.glued_scripts(Draft(plain_greek(letter), accent=accent), at, end)
        if kind == "word":
            return self.word(text, at, end)
        if kind == "quoted":
            return self.attach(Draft(unquote(text[1:-1]), True), at, end)
        if kind == "number":
            return self.number(text, at, end)
        if kind == "dots":
            self.emit("DOTS", None, at, end)
        elif kind == "raised":
            self._raise_last(text, at, end)
        elif kind == "prime":
            self.emit("TRANSPOSE", None, at, end)
        elif kind == "sign":
            self.sign(text, at, end)
        return end

    def number(self, text: str, at: int, end: int) -> int:
        lost = _LOST.match(self.source, at)
        if lost and (text.startswith("0") or INDEX_LETTERS.issuperset(lost[0].lstrip("0123456789"))):
            raise self.error(
                f"a coefficient's letter is missing in front of {lost[0]}",
                at,
                lost.end(),
                "the text seems to have lost its Greek letters: write β_0j, γ_00",
            )
        if self.source[end : end + 1] == "_":
            return self.attach(Draft(text), at, end)
        self.emit("NUMBER", text, at, end)
        return end

    def sign(self, sign: str, at: int, end: int) -> None:
        kind = "TILDE" if sign == "~" else SIGNS.get(sign)
        if sign == "[" and (how := self._matrix_at(at)) is not None:
            self.matrices.append((self.depth, how))
            self.emit("MATRIX_OPEN", False, at, end)
        elif sign == "]" and self.matrices and self.matrices[-1][0] == self.depth - 1:
            self.matrices.pop()
            self.emit("MATRIX_CLOSE", None, at, end)
        elif sign in ",;" and self.matrices and self.matrices[-1][0] == self.depth - 1:
            self.emit("ROW" if sign == ";" else "CELL", None, at, end)
        elif sign in "{}":
            self.emit("OPEN" if sign == "{" else "CLOSE", sign, at, end)
        elif sign == ".":
            self.emit("STOP", None, at, end)
        elif sign == "^":
            self.emit("CARET", None, at, end)
        elif kind is None:
            raise self.error(f"cannot read {sign!r} here", at, end)
        else:
            self.emit(kind, TIMES_SIGNS.get(sign, "·") if kind == "TIMES" else sign, at, end)

    # -- symbols

    def word(self, text: str, at: int, end: int) -> int:
        """Letters and digits: a Greek letter by name, a coefficient, a name, a function."""
        last = self.tokens[-1].type if self.tokens else ""
        if last == "TILDE" and (name := _DISTRIBUTION_NAME.match(self.source, at)):
            self.tokens.append(
                Token("SYMBOL", Draft(name[0].removeprefix("iid ").strip(), True), at, name.end())
            )
            return name.end()
        word, accent = take_accent(text)
        if (
            word in _ACCENTS
            and self.source[end : end + 1] == "("
            and (inner := self._accented(_ACCENTS[word], at, end))
        ):
            return inner
        named = _NAMED_GREEK.fullmatch(word)
        if named and INDEX_LETTERS.issuperset(named[3] or ""):
            draft = Draft(GREEK[named[1]], accent=accent)
            draft.below = read_scripts(named[2] + named[3]) if named[2] else ()
            return self.attach(draft, at, end)
        glued = _COEFFICIENT.fullmatch(word)
        if glued and INDEX_LETTERS.issuperset(glued[3]) and not (glued[1] in DATA_LETTERS and not glued[3]):
            draft = Draft(glued[1], accent=accent)
            draft.below = read_scripts(glued[2] + glued[3])
            return self.attach(draft, at, end)
        if self.glued and (pair := _GLUED_PAIR.fullmatch(word)):
            self.word(pair[1], at, at + pair.end(1))
            return self.word(pair[2], at + pair.end(1), end)
        base, run = self._glued_word(word)
        draft = Draft(base, len(base) > 1 or base in DATA_LETTERS, accent)
        draft.below = read_scripts(run)
        return self.attach(draft, at, end)

    def _glued_word(self, word: str) -> tuple[str, str]:
        """``MATHij`` and ``rij`` in a text that glues its indices."""
        for run in self.glued:
            base = word.removesuffix(run)
            if base != word and base and (base.isupper() or len(base) == 1):
                longest = max((r for r in self.glued if word.endswith(r)), key=len)
                shorter = word.removesuffix(longest)
                return (shorter, longest) if shorter else (base, run)
        return word, ""

    def _accented(self, accent: str, at: int, end: int) -> int | None:
        """``mean(ses)_.j``: an accent written as a call around one symbol."""
        piece = _PIECE.match(self.source, end + 1)
        if piece is None or piece.lastgroup not in ("word", "greek", "quoted"):
            return None
        count = len(self.tokens)
        stop = self.piece(piece)
        made = self.tokens[count:]
        del self.tokens[count:]
        if self.source[stop : stop + 1] != ")" or len(made) != 1 or made[0].value.accent:
            return None
        made[0].value.accent = accent
        return self.attach(made[0].value, at, stop + 1)

    def glued_scripts(self, draft: Draft, at: int, end: int) -> int:
        """``β0j`` and ``β`` with its digits on the next line."""
        run = re.compile(r"\d+[a-z]{0,4}(?![\w.(])|\d+(?=\()|[a-z]{1,4}(?![\w.])").match(self.source, end)
        if run and INDEX_LETTERS.issuperset(run[0].lstrip("0123456789")):
            draft.below = read_scripts(run[0])
            return self.attach(draft, at, run.end())
        coming = re.compile(r"\d+[a-z]{1,4}(?=\()").match(self.source, end)
        if coming and INDEX_LETTERS.issuperset(coming[0].lstrip("0123456789")):
            draft.below = read_scripts(coming[0])
            return self.attach(draft, at, coming.end())
        broken = _BROKEN.match(self.source, end)
        if broken and not self.source[end : end + 1].isalnum() and broken.end() <= self.end:
            draft.below = read_scripts(broken[1])
            return self.attach(draft, at, broken.end())
        return self.attach(draft, at, end)

    def attach(self, draft: Draft, at: int, end: int) -> int:
        """Everything that is attached to a symbol: category, accents, scripts, powers."""
        if category := self._category(draft, end):
            name = category[1]
            draft.category = unquote(name[1:-1]) if name[0] == "`" else name
            end = category.end()
        while True:
            more = self._attach_one(draft, end)
            if more == end:
                break
            end = more
        self.tokens.append(Token("SYMBOL", draft, at, end))
        return end

    def _category(self, draft: Draft, end: int) -> re.Match[str] | None:
        data = draft.word or draft.base in DATA_LETTERS
        if not data or draft.category or self.source[end : end + 1] != "[" or draft.base in KEYWORDS:
            return None
        return _CATEGORY.match(self.source, end)

    def _attach_one(self, draft: Draft, end: int) -> int:
        sign = self.source[end : end + 1]
        if sign == "_":
            return self.subscript(draft, end)
        if sign == "^":
            return self.superscript(draft, end)
        if raised := _RAISED.match(self.source, end):
            return self._power(draft, raised[0].translate(RAISED), end, raised.end())
        if lowered := _LOWERED.match(self.source, end):
            draft.below += self._scripts(normalize("NFKC", lowered[0]), end, lowered.end())
            return lowered.end()
        if sign and sign in "'′’":
            return self._mark(draft, "'", end, end + 1)
        return end

    def subscript(self, draft: Draft, at: int) -> int:
        """``_0jk`` or ``_{1,10}``; behind a name that holds underscores, only the indices at its end."""
        if self.source[at + 1 : at + 2] == "{":
            end = closing_bracket(self.source, at + 1)
            draft.below += self._scripts(self.source[at + 2 : end - 1], at + 1, end, draft.base in COVARIANCES)
            return end
        end = bare_script_end(self.source, at + 1)
        text = self.source[at + 1 : end]
        if self._is_name_part(draft, text, end):
            draft.base += "_" + text
            draft.word = True
            return end
        if not text:
            raise self.error("nothing stands behind _", at, at + 1, "write the index behind it: ses_ij")
        draft.below += self._scripts(text, at + 1, end)
        return end

    def _is_name_part(self, draft: Draft, text: str, end: int) -> bool:
        if (
            draft.below
            or draft.accent
            or "[" in text
            or not text.replace(".", "a").isalnum()
            or not text.isascii()
        ):
            return False
        goes_on = self.source[end : end + 1] == "_" and len(text) > 1
        if not draft.word:
            return goes_on and reads_as_word(text) and draft.base.isascii()
        return (
            goes_on
            or text.isdecimal()
            or text[:1].isupper()
            or reads_as_word(text)
            or not INDEX_LETTERS.issuperset(text.lstrip("0123456789."))
        )

    def superscript(self, draft: Draft, at: int) -> int:
        """``^2``, ``^α``, ``^{(2)}``, ``^T``; an expression is left to the grammar."""
        start, brace = at + 1, self.source[at + 1 : at + 2] == "{"
        if brace:
            end = closing_bracket(self.source, start)
            text = self.source[start + 1 : end - 1]
        elif number := _EXPONENT.match(self.source, start):
            return self._power(draft, number[0], at, number.end())
        elif mark := re.compile(r"[T*'′](?![\w])|\((?:\d+|\*)\)").match(self.source, start):
            end, text = mark.end(), mark[0]
        else:
            end = bare_script_end(self.source, start)
            text = self.source[start:end]
        if not text or (text[0].isdecimal() and not text.isdecimal()):
            return at  # the grammar reads an exponent such as ^0.5 or ^(x + 1)
        if text.isdecimal():
            return self._power(draft, text, at, end)
        if text in ("T", "*", "'", "′"):
            return self._mark(draft, text, at, end)
        draft.above += self._scripts(text + "_{}" if len(text) == 1 and text.isascii() else text, at, end)
        return end

    def _scripts(self, text: str, at: int, end: int, paired: bool = False) -> tuple[Script, ...]:
        try:
            return read_scripts(text, paired)
        except UnreadableScript as problem:
            raise self.error(str(problem), at, end) from None

    def _power(self, draft: Draft, text: str, at: int, end: int) -> int:
        if text == "T":
            return self._mark(draft, "T", at, end)
        if draft.power:
            raise self.error("two powers stand at one symbol", at, end)
        draft.power = text
        return end

    def _mark(self, draft: Draft, mark: str, at: int, end: int) -> int:
        matrix = len(draft.base) == 1 and draft.base.isupper() and not draft.word and not draft.below
        if mark == "T" or (mark in "'′" and matrix):
            draft.transposed = True
        elif draft.accent:
            raise self.error("two accents stand at one symbol", at, end)
        else:
            draft.accent = "star" if mark == "*" else "prime"
        return end

    def _raise_last(self, text: str, at: int, end: int) -> None:
        """A small raised number behind a bracket or a number."""
        text = text.translate(RAISED)
        if text == "T":
            self.emit("TRANSPOSE", None, at, end)
            return
        self.emit("CARET", None, at, at)
        self.emit("NUMBER", text, at, end)

    # -- matrices

    def _matrix_at(self, at: int) -> bool | None:
        """Whether a matrix begins here, and if so whether spaces separate its cells."""
        depth, rows, commas, operators = 0, False, False, False
        for place in range(at, min(self.end, at + 5000)):
            sign = self.source[place]
            depth += (sign in "[({") - (sign in "])}")
            if depth == 0:
                break
            if depth == 1:
                rows |= sign == ";"
                commas |= sign == ","
                operators |= (
                    sign in "+-−*×·"
                    and self.source[place - 1].isspace()
                    and self.source[place + 1 : place + 2].isspace()
                )
        return not (commas or operators) if rows else None

    def _maybe_cell(self, at: int, end: int) -> None:
        """A space between two cells."""
        if not self.matrices or self.matrices[-1][0] != self.depth - 1 or not self.matrices[-1][1]:
            return
        if self.tokens[-1].type in ("MATRIX_OPEN", "ROW", "CELL") or self.source[end : end + 1] in (
            "]",
            ";",
            "\n",
            "",
        ):
            return
        self.emit("CELL", None, at, end)

    # -- tokens

    def emit(self, kind: str, value: object, start: int, end: int) -> None:
        if kind in ("OPEN", "MATRIX_OPEN"):
            self.depth += 1
        elif kind in ("CLOSE", "MATRIX_CLOSE"):
            self.depth = max(0, self.depth - 1)
        self.tokens.append(Token(kind, value, start, end))

    def error(self, message: str, start: int, end: int, mend: str = "") -> ReadError:
        return ReadError(message, self.source, Span(start, end), mend)
