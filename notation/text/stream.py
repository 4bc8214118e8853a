"""Tokens as LaTeX makes them, one behind the other; scripts are attached to the last one."""

from __future__ import annotations

from ..errors import ReadError, Span
from .alphabet import GREEK_LETTERS
from .draft import Draft, bracketed_symbol
from .scripts import UnreadableScript
from .tokens import Token, sign_token

_BRACKETS = {"{": "OPEN", "}": "CLOSE"}


class Stream:
    """The tokens so far. Places are those of the text that pylatexenc was given, ``offset`` in the source."""

    def __init__(self, source: str, offset: int) -> None:
        self.source = source
        self.offset = offset
        self.tokens: list[Token] = []
        self.opened: list[int] = []  # the places in `tokens` of brackets that are still open
        self.matrices: list[bool] = []  # the matrices around: whether & only aligns in them
        self.braced = (-1, -1)  # the tokens of the last {…}: a power behind it is that of all of them
        self.remark = -1  # a script behind this many tokens is a remark at a brace
        self.glue = False  # the next letters continue a name: math\_score

    # -- appending

    @property
    def last(self) -> Token | None:
        """The token that was appended last."""
        return self.tokens[-1] if self.tokens else None

    @property
    def bare_matrix(self) -> bool:
        """Whether cells and rows are those of a matrix: no bracket is open inside of it."""
        return bool(self.matrices) and not self.opened

    def symbol(self, draft: Draft, start: int, end: int) -> None:
        """Appends a symbol."""
        self.glue = False
        self.tokens.append(Token("SYMBOL", draft, start + self.offset, end + self.offset))

    def emit(self, kind: str, value: object, start: int, end: int) -> None:
        """Appends any other token."""
        self.glue = False
        if kind == "OPEN":
            self.opened.append(len(self.tokens))
        elif kind == "CLOSE" and self.opened:
            self.opened.pop()
        self.tokens.append(Token(kind, value, start + self.offset, end + self.offset))

    def sign(self, sign: str, start: int, end: int) -> None:
        """Appends the token of a sign."""
        if sign == ".":
            self.emit("STOP", sign, start, end)
        elif sign in _BRACKETS:
            self.emit(_BRACKETS[sign], sign, start, end)
        elif (token := sign_token(sign, start, end)) is not None:
            self.emit(token.type, token.value, start, end)
        else:
            raise self.error(f"cannot read {sign!r} here", start, end)

    def number(self, digits: str, start: int, end: int) -> None:
        """Appends a number; digits right behind a Greek letter are its index: ``\\beta1``."""
        last = self.last
        greek = last is not None and last.type == "SYMBOL" and last.value.base in GREEK_LETTERS
        if last and greek and last.end == start + self.offset and last.value.bare and digits.isdecimal():
            self._attach(last, "_", digits, start, end)
        else:
            self.emit("NUMBER", digits, start, end)

    def name(self, text: str, start: int, end: int) -> None:
        """Appends a word, or continues one: ``math\\_score``."""
        if self.glue:
            self.continue_name(text, end)
        else:
            self.symbol(Draft(text, word=True), start, end)

    def continue_name(self, text: str, end: int) -> None:
        """Letters that belong to the name before them."""
        last = self.tokens[-1]
        last.value.base += text
        last.value.word = True
        last.end = end + self.offset
        self.glue = False

    def underscore(self, start: int, end: int) -> None:
        r"""``\_`` outside of ``\text``: the name goes on."""
        last = self.last
        if last is None or last.type != "SYMBOL" or last.end != start + self.offset:
            raise self.error("\\_ stands outside of a name", start, end, "put names into \\text{…}")
        self.continue_name("_", end)
        self.glue = True

    def wrap(self, first: int) -> None:
        """Puts brackets around the tokens from ``first`` on."""
        start, end = self.tokens[first].start, self.tokens[-1].end
        self.tokens.insert(first, Token("OPEN", "(", start, start))
        self.tokens.append(Token("CLOSE", ")", end, end))

    # -- attaching

    def prime(self, start: int, end: int) -> None:
        """A prime: part of a symbol, or a transposition."""
        if self.tokens and self.tokens[-1].type == "SYMBOL":
            self._attach(self.tokens[-1], "^", "'", start, end)
        else:
            self.emit("TRANSPOSE", None, start, end)

    def ignores_script(self) -> bool:
        """Whether a script is no part of a symbol: words at a brace, "iid" at a tilde."""
        return self.remark == len(self.tokens) or bool(self.tokens and self.tokens[-1].type == "TILDE")

    def attach(self, sign: str, text: str, start: int, end: int) -> bool:
        """Attaches a script to the symbol before it; False for the exponent of anything else."""
        target = self._target(sign)
        if target is not None:
            self._attach(target, sign, text, start, end)
            return True
        if sign == "^" and self.tokens:
            return False
        mend = "write it behind the symbol, without a bracket between"
        raise self.error("this index belongs to no symbol", start, end, mend)

    def _attach(self, target: Token, sign: str, text: str, start: int, end: int) -> None:
        self.glue = False
        target.end = max(target.end, end + self.offset)
        draft: Draft = target.value
        try:
            (draft.lower if sign == "_" else draft.lift)(text)
        except UnreadableScript as problem:
            raise self.error(str(problem), start, end) from None

    def _target(self, sign: str) -> Token | None:
        """The symbol that a script belongs to, if it belongs to a symbol."""
        last = self.last
        first, stop = self.braced
        if last is None:
            return None
        if sign == "^" and stop == len(self.tokens) and stop - first > 1:
            self.wrap(first)
            return None
        if last.type == "SYMBOL":
            return last
        if last.type == "NUMBER" and sign == "_":
            # equatiomatic labels estimates so: 12.64_{α_{j[i]}}.
            last.type, last.value = "SYMBOL", Draft(last.value)
            return last
        return bracketed_symbol(self.tokens) if sign == "_" else None

    def error(self, message: str, start: int, end: int, mend: str = "") -> ReadError:
        """An error with its place in the source."""
        return ReadError(message, self.source, Span(start + self.offset, end + self.offset), mend)
