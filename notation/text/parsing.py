"""The tokens of one statement → an Equation or a Distributed, through the grammar."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from ..equations import Statement
from ..errors import ReadError, Span
from ..parsers import parser
from .cutting import Cut
from .settling import settle
from .tokens import Token

if TYPE_CHECKING:
    from lark import Lark


def parse_statement(cut: Cut, source: str, variables: frozenset[str] = frozenset()) -> Statement:
    """The statement that the tokens of a cut say; ``variables`` are words that are no functions.

    Raises ReadError.
    """
    from lark.exceptions import UnexpectedToken

    span = Span(cut.tokens[0].start, cut.tokens[-1].end)
    tokens = settle(cut.tokens, source, variables)
    try:
        statement: Any = _parser().parse(tokens)
    except UnexpectedToken as problem:
        raise _explain(problem.token, tokens, source) from None
    except ReadError as problem:
        raise ReadError(problem.message, source, problem.span or span, problem.mend) from None
    parsed: Statement = replace(statement, ranges=cut.ranges, level=cut.level, span=span)
    return parsed


@cache
def _parser() -> Lark:
    from .building import Builder, Given  # which load lark

    return parser("equations", lexer=Given, transformer=Builder())


# ------------------------------------------------------------------ what is wrong

_EXPECTING = frozenset(
    ["PLUS", "MINUS", "TIMES", "SLASH", "EQUALS", "OPEN", "COMMA", "CARET", "BAR", "PREFIX", "COMPARISON"]
)
"""Behind these an expression must follow."""

_EXPECTED: dict[str, str] = {
    "EQUALS": "the right side of the equation is",
    "OPEN": "an expression is",
    "COMMA": "another expression is",
    "CARET": "an exponent is",
}
_BEGINNINGS: dict[str, str] = {
    "EQUALS": "a left side is expected before =",
    "TILDE": "a left side is expected before ~",
    "COMMA": "a statement cannot begin with a comma",
    "CLOSE": "a bracket is closed that was never opened",
}
_APART = "put each statement on a line of its own"


def _explain(token: Any, tokens: list[Token], source: str) -> ReadError:
    """What a statistician would say is wrong at the token that did not fit."""
    at_end = token.type == "$END"
    place = len(tokens) if at_end else next(p for p, t in enumerate(tokens) if t is token)
    before = tokens[place - 1] if place else None
    if token.type == "DOTS":
        return ReadError(
            "dots stand for terms that are not written", source, token.span, "write the terms out"
        )
    if before is None:
        message = _BEGINNINGS.get(token.type, "a statement cannot begin like this")
        return ReadError(message, source, token.span)
    if before.type in _EXPECTING:
        expected = _EXPECTED.get(before.type, "a coefficient, a variable or a random effect is")
        said = source[before.start : before.end]
        return ReadError(f"{expected} expected behind {said}", source, before.span if at_end else token.span)
    if at_end:
        return ReadError("the statement is not complete: there is no = or ~", source, before.span)
    return ReadError(
        _misplaced(token), source, token.span, _APART if token.type in ("TILDE", "COMMA") else ""
    )


def _misplaced(token: Token) -> str:
    match token.type:
        case "TILDE":
            return "a second ~ in one statement"
        case "COMMA":
            return "a comma has no meaning here"
        case "BAR":
            return "a bar has no meaning here: absolute values are not known"
        case "COMPARISON":
            return "a comparison has no meaning here"
        case _:
            return "this cannot follow what stands before it"
