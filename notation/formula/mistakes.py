"""What is wrong with a formula that the grammar does not take, in a statistician's words.

The parser is helped over each mistake, so that the mistakes behind it are found as well: between two
terms without an operator it is given a ``+``, and where a term is missing it is given one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import ReadError, Span

if TYPE_CHECKING:
    from lark import Token
    from lark.parsers.lalr_interactive_parser import InteractiveParser

MOST = 20
"""How many mistakes are reported of one text."""

_STARTS_A_TERM = ("NAME", "QUOTED_NAME", "NUMBER", "STRING", "LEFT", "DOT", "METHOD")


class Mistakes:
    """The mistakes of one text, gathered while it is parsed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[ReadError] = []
        self.end: int | None = None  # of what the parser stumbled over last

    def error(self) -> ReadError:
        """All mistakes as one error: the first, with the others behind it."""
        return joined(self.found)

    def note(self, unexpected: Any) -> bool:
        """Note a mistake and help the parser over it; whether the parser can go on."""
        from lark.exceptions import UnexpectedToken

        if isinstance(unexpected, UnexpectedToken):
            self._note_token(unexpected)
        else:
            self._note_character(unexpected.pos_in_stream)
        at_end = isinstance(unexpected, UnexpectedToken) and unexpected.token.type == "$END"
        return not at_end and len(self.found) < MOST

    def _note_character(self, place: int) -> None:
        character = self.text[place]
        mend = "Put backticks around a name that holds it." if character.isprintable() else "Remove it."
        if character == "$":
            mend = "Write the name of the column alone, and the data as data = d."
        self._add(f"{character!r} has no meaning in a formula", Span(place, place + 1), mend)

    def _note_token(self, unexpected: Any) -> None:
        token, parser = unexpected.token, unexpected.interactive_parser
        before = _place_before(parser)
        if "NAME" in (unexpected.accepts or ()):
            self._note_missing_term(before, token)
            _help(parser, "NAME", token)
        else:
            self._note_missing_operator(before, token)
            _help(parser, "PLUS", token)

    def _note_missing_term(self, before: Span | None, token: Token) -> None:
        sign = self._shown(before)
        what, mend = _EXPECTED.get(sign, (f"a term after {sign}", f"Write one, or remove the {sign}."))
        if token.type == "$END":
            self._add(f"expected {what}", before, mend)
        else:
            self._add(f"expected {what}, found {token}", _span(token), mend)

    def _note_missing_operator(self, before: Span | None, token: Token) -> None:
        place = _span(token)
        if token.type == "TILDE":
            self._add("a formula has one ~", place, "Write several models one by one.")
        elif token.type in ("BAR", "DOUBLE_BAR"):
            mend = "Write each as (x | g); an interaction of grouping factors is (x | a:b)."
            self._add(f"there is more than one bar here: found {token}", place, mend)
        elif token.type in _STARTS_A_TERM:
            a, b = self._shown(before), str(token)
            mend = f"Write {a} + {b}, {a}:{b} or {a}*{b}; put backticks around a name with a blank."
            if "(" in b or ")" in a or len(a) > 30:
                mend = "Write +, : or * there."
            self._add(f"expected an operator between {a} and {b}", place, mend)
        else:
            self._add(f"{self._shown(place)} has no meaning here", place, "Remove it, or write brackets.")

    def _shown(self, place: Span | None) -> str:
        return "" if place is None else " ".join(self.text[place.start : place.end].split())

    def _add(self, message: str, span: Span | None, mend: str) -> None:
        """Note a mistake, unless it follows from the one that was found right before it."""
        if span is None or self.end is None or self.text[self.end : span.start].strip():
            self.found.append(ReadError(message, self.text, span, mend))
        self.end = None if span is None else span.end


_EXPECTED = {
    "": ("a response before ~", "Write y ~ x."),
    "~": ("a term after ~", "Write y ~ 1 for a model without predictors."),
    "|": ("a grouping factor after |", "Write (x | g)."),
    "||": ("a grouping factor after ||", "Write (x || g)."),
    "(": ("a term after (", "Write one, or remove the bracket."),
    ",": ("an argument after ,", "Write one, or remove the comma."),
}
"""What is expected behind something, and what to write."""


def joined(mistakes: list[ReadError]) -> ReadError:
    """Several mistakes of one source as one error: the first, with the others behind it."""
    first, *others = mistakes
    return ReadError(first.message, first.source, first.span, first.mend, (*first.others, *others))


def _help(parser: InteractiveParser, missing: str, token: Token) -> None:
    """Give the parser what is missing, and then the token that it did not expect."""
    from lark import Token as NewToken
    from lark.exceptions import UnexpectedToken

    if token.type == "$END":
        return
    try:
        parser.feed_token(NewToken.new_borrow_pos(missing, "+" if missing == "PLUS" else "x", token))
        parser.feed_token(token)
    except UnexpectedToken:
        return  # The token is passed over: it has been reported.


def _place_before(parser: InteractiveParser) -> Span | None:
    """The place of what the parser has read last."""
    stack: list[Any] = parser.parser_state.value_stack
    if not stack:
        return None
    last = stack[-1]
    return _span(last) if hasattr(last, "start_pos") else getattr(last, "span", None)


def _span(token: Token) -> Span:
    return Span(token.start_pos or 0, token.end_pos or 0)
