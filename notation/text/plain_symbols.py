"""The characters of plain mathematics → tokens: ``β_0j + β_1j ses_ij``, ``[τ_00 τ_01; τ_10 τ_11]``.

The spelling is that of :mod:`notation.markup.plain`.
"""

from __future__ import annotations

import re
from unicodedata import normalize

from ..errors import ReadError, Span
from ..markup.names import DATA_LETTERS, INDEX_LETTERS, KEYWORDS, reads_as_word, unquote
from ..patterns import pattern
from .alphabet import RAISED, plain_greek, take_accent
from .draft import COVARIANCES, Draft, bracketed_symbol
from .plain_words import Runs, are_indices, dotted_mean, draft_of, glued_name, split_word, without_indices
from .scripts import UnreadableScript, bare_script_end, closing_bracket
from .tokens import Token, sign_token

_LETTER = r"[^\W\d_\u0370-\u03ffᵀ²³¹⁰-⁹₀-ₜᵢ-ᵪⱼ][\u0300-\u036f]*"
_PIECE = pattern(
    r"(?P<space>[^\S\n]+|\n)"
    r"|(?P<quoted>`(?:[^`\\\n]|\\.)*`)"
    r"|(?P<dots>\.\.\.?)"
    r"|(?P<number>\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|\.\d+)"
    r"|(?P<greek>[\u0370-\u03ffϵµ∆][\u0300-\u036f]*)"
    rf"|(?P<word>{_LETTER}(?:{_LETTER}|\d)*(?:\.(?:{_LETTER}|\d)+)*)"
    r"|(?P<raised>[²³¹⁰⁴-⁹⁻ᵀ]+)"
    r"|(?P<prime>['′’])"
    r"|(?P<sign><=|>=|!=|.)",
    re.DOTALL,
)
_RAISED = pattern("[²³¹⁰⁴-⁹⁻ᵀ]+")
_LOWERED = pattern("[₀-₉ₐ-ₜᵢ-ᵥᵦ-ᵪⱼ]+")
_CATEGORY = pattern(r"\[(`(?:[^`\\\n]|\\.)*`|[^\W_]+(?:[ .+-][^\W_]+)*)\]")
_IN_BRACKETS = pattern(r"\[\w+(?:\[\w+\])?(?:\s*,\s*\w+(?:\[\w+\])?)*\]")
_WORDS = pattern(r"\w+")
_EXPONENT = pattern(r"[-−]?\d+(?:\.\d+)?|[T*'′](?!\w)|\((?:\d+|\*)\)")
_DISTRIBUTION = pattern(r"(?:iid\s+)?([A-Za-z]+(?:[- ][A-Za-z]+)*)(?=\s*[({])")
_GLUED_SCRIPT = pattern(r"\d+[a-z]{0,4}(?![^\WA-Z]|\.(?![A-Z]))|[a-z]{1,4}(?![\w.(])|\s*\n\s*\d+[a-z]{0,4}\b")
_FURTHER_DIGITS = pattern(r"([PBG])(\d+(?:,\d+)+)(?=[*\s])")
_LOST = pattern(r"\d+[a-z]{1,4}\b|0\d+\b")
_TYPED = {"~": "∼", "<=": "≤", ">=": "≥", "!=": "≠"}
_ACCENTS = {"mean": "bar", "bar": "bar", "hat": "hat", "tilde": "tilde", "dot": "dot"}

_SPREADS = COVARIANCES | {"μ"}

MAX_MATRIX = 5000
MAX_DEPTH = 30


def read_expression(text: str) -> list[Token]:
    """The tokens of one expression in plain text. Raises ReadError."""
    scanner = Scanner(text, frozenset())
    scanner.scan(0, len(text))
    return scanner.tokens


class Scanner:
    """A scan over characters; ``runs`` are the index letters that the text glues to names.

    ``bracketed`` are the indices that the text writes in brackets, ``letters`` those of its indices.
    """

    def __init__(
        self, source: str, runs: Runs, bracketed: Runs = frozenset(), letters: Runs = INDEX_LETTERS
    ) -> None:
        self.source = source
        self.runs = runs
        self.bracketed = bracketed
        self.letters = letters
        self.tokens: list[Token] = []
        self.depth = 0
        self.matrices: list[tuple[int, bool]] = []  # the depth of each, and whether spaces part its cells

    def scan(self, at: int, stop: int) -> int:
        """The tokens of a stretch of mathematics; returns where the last one ended."""
        while at < stop and (piece := _PIECE.match(self.source, at)) is not None:
            at = self.piece(piece)
        return at

    def piece(self, piece: re.Match[str]) -> int:
        """One token; returns where the next one begins."""
        text, at, end = piece[0], piece.start(), piece.end()
        match piece.lastgroup:
            case "space":
                self.gap(at, end)
            case "greek":
                letter, accent = take_accent(text)
                return self.greek(Draft(plain_greek(letter), accent=accent), at, end)
            case "word":
                return self.word(text, at, end)
            case "quoted":
                return self.quoted(unquote(text[1:-1]), at, end)
            case "number":
                return self.number(text, at, end)
            case "dots":
                self.emit("DOTS", "…", at, end)
            case "prime":
                self.emit("TRANSPOSE", None, at, end)
            case "raised":
                self.raised(text.translate(RAISED), at, end)
            case _:
                return self.sign(text, at, end)
        return end

    # -- numbers and signs

    def number(self, text: str, at: int, end: int) -> int:
        """A number; one that could only be an index means that letters were lost."""
        lost = _LOST.match(self.source, at)
        if lost and (text[0] == "0" or are_indices(lost[0])):
            message = f"a coefficient's letter is missing in front of {lost[0]}"
            mend = "the text seems to have lost its Greek letters: write β_0j, γ_00"
            raise self.error(message, at, lost.end(), mend)
        if self.source[end : end + 1] == "_":
            return self.attach(Draft(text), at, end)
        self.emit("NUMBER", text, at, end)
        return end

    def raised(self, text: str, at: int, end: int) -> None:
        """A small raised number behind a bracket or a number."""
        if text == "T":
            self.emit("TRANSPOSE", None, at, end)
        else:
            self.emit("CARET", None, at, at)
            self.emit("NUMBER", text, at, end)

    def sign(self, sign: str, at: int, end: int) -> int:
        """Any other character; brackets, commas and semicolons may be those of a matrix."""
        if sign == "_":
            symbol = bracketed_symbol(self.tokens)
            if symbol is None:
                mend = "write it behind the symbol, without a bracket between"
                raise self.error("this index belongs to no symbol", at, end, mend)
            return self.subscript(symbol.value, at)
        if sign == "[" and (spaced := self.matrix_at(at)) is not None:
            self.matrices.append((self.depth, spaced))
            self.emit("MATRIX_OPEN", None, at, end)
        elif sign == "]" and self.in_matrix:
            self.matrices.pop()
            self.emit("MATRIX_CLOSE", None, at, end)
        elif sign in ",;" and self.in_matrix:
            self.emit("ROW" if sign == ";" else "CELL", None, at, end)
        elif sign in "{}":
            self.emit("OPEN" if sign == "{" else "CLOSE", sign, at, end)
        elif sign == ".":
            glued = self.tokens and self.tokens[-1].end == at and self.source[end : end + 1].isalpha()
            self.emit(*(("TIMES", "·") if glued else ("STOP", sign)), at, end)
        elif (token := sign_token(_TYPED.get(sign, sign), at, end)) is not None:
            self.emit(token.type, token.value, at, end)
        else:
            raise self.error(f"cannot read {sign!r} here", at, end)
        return end

    # -- matrices

    @property
    def in_matrix(self) -> bool:
        """Whether the innermost bracket is that of a matrix."""
        return bool(self.matrices) and self.matrices[-1][0] == self.depth - 1

    def matrix_at(self, at: int) -> bool | None:
        """Whether spaces part the cells of the matrix that begins here; None if none begins."""
        depth, rows, parted = 0, False, False
        for place in range(at, min(len(self.source), at + MAX_MATRIX)):
            sign = self.source[place]
            depth += (sign in "[({") - (sign in "])}")
            if depth == 0:
                break
            if depth == 1:
                rows |= sign == ";"
                around = self.source[place - 1] + self.source[place + 1 : place + 2]
                parted |= sign == "," or (sign in "+-−*×·" and around.isspace())
        return not parted if rows else None

    def gap(self, at: int, end: int) -> None:
        """White space, which may part two cells."""
        if not self.in_matrix or not self.matrices[-1][1]:
            return
        begins = self.tokens[-1].type in ("MATRIX_OPEN", "ROW", "CELL")
        if not begins and self.source[end : end + 1] not in ("]", ";", ""):
            self.emit("CELL", None, at, end)

    # -- symbols

    def greek(self, draft: Draft, at: int, end: int) -> int:
        """A Greek letter, with the indices that may be glued to it: ``β0j``, also over a line's end."""
        glued = _GLUED_SCRIPT.match(self.source, end)
        if glued and are_indices(glued[0].strip()):
            draft.lower(glued[0].strip())
            end = glued.end()
        return self.attach(draft, at, end)

    def quoted(self, name: str, at: int, end: int) -> int:
        """A name in backticks."""
        if not name:
            raise self.error("a name is empty", at, end)
        draft = Draft(name, True)
        draft.function = True
        return self.attach(draft, at, end)

    def word(self, text: str, at: int, end: int) -> int:
        """Letters and digits: a distribution behind ~, an accent written as a call, or a symbol."""
        behind_tilde = bool(self.tokens) and self.tokens[-1].type == "TILDE"
        if behind_tilde and (name := _DISTRIBUTION.match(self.source, at)):
            self.emit("SYMBOL", Draft(name[1], True), at, name.end())
            return name.end()
        if text in _ACCENTS and self.source[end : end + 1] == "(":
            accented = self.accented(_ACCENTS[text], at, end)
            if accented is not None:
                return accented
        if more := _FURTHER_DIGITS.match(self.source, at):  # G1,10 as HLM's text has no subscripts
            return self.attach(Draft(more[1], below=more[2]), at, more.end())
        if text in self.runs and self.source[at - 1] == ")" and (symbol := bracketed_symbol(self.tokens)):
            symbol.value.lower(text)
            return end
        if mean := dotted_mean(text, self.runs, self.source):
            return self.attach(mean, at, end)
        first, second = split_word(text, self.runs)
        if second:
            self.attach(draft_of(first, self.runs), at, at + len(first))
            return self.attach(draft_of(second, self.runs), at + len(first), end)
        return self.attach(draft_of(text, self.runs), at, end)

    def accented(self, accent: str, at: int, end: int) -> int | None:
        """``mean(ses)_.j``: an accent over one symbol."""
        piece = _PIECE.match(self.source, end + 1)
        if piece is None or piece.lastgroup not in ("word", "greek", "quoted") or piece[0] in _ACCENTS:
            return None
        count = len(self.tokens)
        stop = self.piece(piece)
        made = self.tokens[count:]
        del self.tokens[count:]
        if self.source[stop : stop + 1] != ")" or len(made) != 1 or made[0].value.accent:
            return None
        made[0].value.accent = accent
        return self.attach(made[0].value, at, stop + 1)

    def attach(self, draft: Draft, at: int, end: int) -> int:
        """Everything that is attached to a symbol: category, accents, scripts, powers."""
        if self.bracketed and (indices := _IN_BRACKETS.match(self.source, end)) and self._indexes(indices[0]):
            draft.lower(indices[0][1:-1])
            end = indices.end()
        elif category := self._category(draft, end):
            name = category[1]
            draft.category = unquote(name[1:-1]) if name[0] == "`" else name
            end = category.end()
        before = -1
        while end != before:
            before = end
            try:
                end = self._attach_one(draft, end)
            except UnreadableScript as problem:
                raise self.error(str(problem), before, before + 1) from None
        self.tokens.append(Token("SYMBOL", draft, at, end))
        return end

    def _category(self, draft: Draft, end: int) -> re.Match[str] | None:
        data = draft.word or draft.base in DATA_LETTERS
        if not data or draft.category or (draft.base in KEYWORDS and not draft.function):
            return None
        return _CATEGORY.match(self.source, end)

    def _indexes(self, brackets: str) -> bool:
        """Whether brackets hold an index: ``[i]``, ``[school[i]]``, ``[1]`` in a text that writes such."""
        return all(word.isdecimal() or word in self.bracketed for word in _WORDS.findall(brackets))

    def _attach_one(self, draft: Draft, end: int) -> int:
        sign = self.source[end : end + 1]
        if sign == "_":
            return self.subscript(draft, end)
        if sign == "^":
            return self.superscript(draft, end)
        if raised := _RAISED.match(self.source, end):
            draft.lift(raised[0].translate(RAISED))
            return raised.end()
        if lowered := _LOWERED.match(self.source, end):
            draft.lower(normalize("NFKC", lowered[0]))
            return lowered.end()
        if sign and sign in "'′’":
            draft.mark("'")
            return end + 1
        return end

    def subscript(self, draft: Draft, at: int) -> int:
        """``_0jk`` or ``_{1,10}``; a name may hold underscores, and then only its end is an index."""
        if self.source[at + 1 : at + 2] == "{":
            text, end = self._braced(at + 1)
        else:
            end = bare_script_end(self.source, at + 1)
            text = self.source[at + 1 : end]
            if _continues_name(draft, text, self.source[end : end + 1] == "_", self.letters):
                name, run = without_indices(text, self.runs)
                draft.base += "_" + name
                draft.word = True
                if run:
                    draft.lower(run)
                return end
            if self.source[end : end + 1] == "_" and (length := glued_name(text)):
                text, end = text[:length], at + 1 + length
        if text == "pi" and draft.base not in _SPREADS:
            text = "p i"  # person p, item i; only σ_pi and the like mean the Greek letter
        if not text.strip():
            raise self.error("nothing stands behind _", at, at + 1, "write the index behind it: ses_ij")
        draft.lower(text)
        return end

    def superscript(self, draft: Draft, at: int) -> int:
        """``^2``, ``^α``, ``^{(2)}``, ``^T``; an expression is left to the grammar."""
        start = at + 1
        if self.source[start : start + 1] == "{":
            text, end = self._braced(start)
        elif found := _EXPONENT.match(self.source, start):
            text, end = found[0], found.end()
        else:
            end = bare_script_end(self.source, start)
            text = self.source[start:end]
        if not text:
            return at
        draft.lift(text)
        return end

    def _braced(self, at: int) -> tuple[str, int]:
        end = closing_bracket(self.source, at)
        if end == at:
            raise self.error("{ is never closed", at, at + 1)
        return self.source[at + 1 : end - 1], end

    # -- tokens

    def emit(self, kind: str, value: object, start: int, end: int) -> None:
        """Appends a token."""
        if kind in ("OPEN", "MATRIX_OPEN"):
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise self.error("brackets are nested too deeply to be an equation", start, end)
        elif kind in ("CLOSE", "MATRIX_CLOSE"):
            self.depth = max(0, self.depth - 1)
        self.tokens.append(Token(kind, value, start, end))

    def error(self, message: str, start: int, end: int, mend: str = "") -> ReadError:
        """An error with its place."""
        return ReadError(message, self.source, Span(start, end), mend)


def _continues_name(draft: Draft, text: str, goes_on: bool, indices: Runs) -> bool:
    """Whether what stands behind an underscore belongs to the name: ``sch_id``, ``age_14_ij``."""
    if draft.below or draft.accent or not text.isascii() or not text.replace(".", "a").isalnum():
        return False
    if len(draft.base) == 1:
        return goes_on and reads_as_word(text) and draft.base.isascii()
    letters = text.lstrip("0123456789.")
    return goes_on or text.isdecimal() or reads_as_word(text) or not indices.issuperset(letters)
