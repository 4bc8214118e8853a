"""The tokens of one statement → an Equation or a Distributed, through the grammar.

First the tokens are settled: which name is a function, which a distribution, which bracket holds a
category. Then juxtaposition has one reading, and the grammar no conflict.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from ..equations import Digit, Distributed, Equation, Number, Statement
from ..errors import ReadError, Span
from ..parsers import parser
from .cutting import Cut
from .functions import BASES, FUNCTIONS, INVERSE, PREFIXES, distribution_of
from .draft import Draft
from .tokens import Token

if TYPE_CHECKING:
    from lark import Lark


def parse_statement(cut: Cut, source: str) -> Statement:
    """The statement that the tokens of a cut say. Raises ReadError."""
    from lark.exceptions import UnexpectedToken

    span = Span(cut.tokens[0].start, cut.tokens[-1].end)
    tokens = settle(cut.tokens, source)
    try:
        made: Any = _parser().parse(tokens)  # type: ignore[arg-type]
    except UnexpectedToken as problem:
        raise _explain(problem.token, tokens, source) from None  # type: ignore[arg-type]
    except ReadError as problem:
        raise ReadError(problem.message, source, problem.span or span, problem.mend) from None
    statement: Equation | Distributed = made
    return replace(statement, ranges=cut.ranges, level=cut.level, span=span)


@cache
def _parser() -> Lark:
    from .building import Builder, Given  # which load lark

    return parser("equations", lexer=Given, transformer=Builder())


# ------------------------------------------------------------------ settling


def settle(tokens: list[Token], source: str) -> list[Token]:
    """The tokens as the grammar takes them. Raises ReadError."""
    return _Settling(tokens, source).run()


class _Settling:
    """One pass over the tokens of a statement, with a look at the next ones."""

    def __init__(self, tokens: list[Token], source: str) -> None:
        self.tokens = tokens
        self.source = source
        self.partners = _partners(tokens)
        self.matrices: list[int] = []  # brackets around the current token: 1 for a matrix
        self.bases: set[int] = set()  # the places of brackets that close a basis
        self.made: list[Token] = []

    def run(self) -> list[Token]:
        place = 0
        while place < len(self.tokens):
            place = self.step(place)
        return self.made

    def step(self, place: int) -> int:
        """Settles one token; returns the place of the next one to look at."""
        token = self.tokens[place]
        match token.type:
            case "SYMBOL":
                return self.symbol(token, place)
            case "NUMBER":
                self.put("NUMBER", Number(token.value, token.span), token)
            case "OPEN" | "MATRIX_OPEN":
                self.matrices.append(token.type == "MATRIX_OPEN")
                self.made.append(token)
            case "CLOSE" | "MATRIX_CLOSE":
                return self.close(token, place)
            case "COMMA" | "CELL" | "ROW" if self.matrices and self.matrices[-1]:
                self.separator(token, place)
            case "TILDE":
                self.made.append(token)
                return self.distribution(place + 1)
            case "STOP" | "COLON" | "SEMICOLON" | "MEMBER":
                raise self.error(f"{self.spelled(token)} has no meaning here", token)
            case _:
                self.made.append(token)
        return place + 1

    def put(self, kind: str, value: Any, token: Token) -> None:
        self.made.append(Token(kind, value, token.start, token.end))

    # -- matrices

    def close(self, token: Token, place: int) -> int:
        self.matrices.pop()
        self.made.append(token)
        following = self.tokens[place + 1 : place + 4]
        if (
            place in self.bases
            and [t.type for t in following] == ["OPEN", "NUMBER", "CLOSE"]
            and following[0].value == "["
        ):
            if not following[1].value.isdecimal() or int(following[1].value) == 0:
                raise self.error("columns of a basis are counted from 1", following[1])
            self.put("COLUMN", int(following[1].value), following[1])
            return place + 4
        return place + 1

    def separator(self, token: Token, place: int) -> None:
        """Between cells a comma does what & does, and beside & or at a row's end it does nothing."""
        following = self.tokens[place + 1].type
        if token.type == "ROW" and following == "MATRIX_CLOSE":
            return
        if token.type == "COMMA" and following in ("CELL", "ROW", "MATRIX_CLOSE"):
            return
        self.put("ROW" if token.type == "ROW" else "CELL", None, token)

    # -- symbols

    def symbol(self, token: Token, place: int) -> int:
        draft: Draft = token.value
        following = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        if following is None or following.type != "OPEN":
            if (
                draft.base in PREFIXES
                and not draft.below
                and draft.word
                and following is not None
                and following.type in _FACTORS
            ):
                self.put("PREFIX", self.function(draft, token), token)
            else:
                self.put("SYMBOL", draft.node(token.span), token)
            return place + 1
        if (
            draft.base in FUNCTIONS
            and not draft.category
            and not draft.accent
            and (draft.base == "log" or not draft.below)
        ):
            self.put("CALL", self.function(draft, token), token)
            if draft.base in BASES:
                self.bases.add(self.partners[place + 1])
            return place + 1
        if draft.base == "P" and draft.bare and self.holds(place + 1, ("EQUALS", "BAR", "COMPARISON")):
            self.put("CALL", "Pr", token)
            return place + 1
        if draft.word and draft.bare and following.start == token.end:
            return self.name_before_bracket(draft, token, place)
        self.put("SYMBOL", draft.node(token.span), token)
        return place + 1

    def function(self, draft: Draft, token: Token) -> str:
        """The name of a function: log₁₀ and logit⁻¹ are functions of their own."""
        name = FUNCTIONS[draft.base]
        if draft.below:
            digits = "".join(str(d.value) if isinstance(d, Digit) else "?" for d in draft.below)
            name = {"10": "log10", "2": "log2"}.get(digits, "")
        if draft.power:
            name = INVERSE.get(name, "") if draft.power == "-1" else ""
        if not name or draft.above or draft.transposed:
            raise self.error("this is no function that is known", token)
        return name

    def name_before_bracket(self, draft: Draft, token: Token, place: int) -> int:
        """``Machine[B]`` is an indicator, ``rcs(x, 3)`` a call; ``week(FRL)`` could be anything."""
        opening, close = self.tokens[place + 1], self.partners[place + 1]
        inside = self.tokens[place + 2 : close]
        if opening.value == "[" and len(inside) == 1 and inside[0].type in ("SYMBOL", "NUMBER"):
            self.indicator(draft, token, inside[0], self.tokens[close])
            return close + 1
        if opening.value == "(" and self.holds(place + 1, ("COMMA",)):
            self.put("CALL", draft.base, token)
            return place + 1
        raise ReadError(
            f"{draft.base}(…) could be a function or a product",
            self.source,
            token.span,
            f"write {draft.base} × (…) for a product; known functions are log, exp, sqrt, logit and the like",
        )

    def indicator(self, draft: Draft, token: Token, category: Token, close: Token) -> None:
        inner = category.value if isinstance(category.value, Draft) else Draft(category.value)
        if inner.accent or inner.category or inner.above:
            raise self.error("a category is a plain name", category)
        draft.category, draft.below, draft.power = inner.base, inner.below, inner.power
        span = Span(token.start, max(close.end, category.end))
        self.made.append(Token("SYMBOL", draft.node(span), span.start, span.end))

    def holds(self, opening: int, kinds: tuple[str, ...]) -> bool:
        """Whether a bracket holds a token of some kind, outside of further brackets."""
        depth = 0
        for token in self.tokens[opening : self.partners[opening]]:
            if depth == 1 and token.type in kinds:
                return True
            depth += (token.type in ("OPEN", "MATRIX_OPEN")) - (token.type in ("CLOSE", "MATRIX_CLOSE"))
        return False

    # -- distributions

    def distribution(self, place: int) -> int:
        """The name of a distribution, which is followed by its arguments and by nothing else."""
        first = place
        while place < len(self.tokens) and self.tokens[place].type in ("SYMBOL", "MINUS"):
            place += 1
        names = [
            t
            for t in self.tokens[first:place]
            if t.type == "SYMBOL" and t.value.base.lower() not in ("iid", "ind")
        ]
        if not names:
            raise self.error(
                "a distribution is expected behind ~",
                self.tokens[first - 1],
                "write N(mean, variance) or Bernoulli(p)",
            )
        spelling = "-".join(t.value.base for t in names)
        if place == len(self.tokens) or self.tokens[place].type not in ("OPEN", "MATRIX_OPEN"):
            raise self.error(
                f"the distribution {spelling} lacks its arguments", names[-1], f"write {spelling}(…)"
            )
        where = Token("DISTRIBUTION", (distribution_of(spelling), spelling), names[0].start, names[-1].end)
        self.made.append(where)
        if self.tokens[place].type == "MATRIX_OPEN":
            return self.big_parentheses(place)
        return place

    def big_parentheses(self, place: int) -> int:
        """A matrix as the parentheses of a distribution: of its arguments, or with the mean in its first column."""
        close = self.partners[place]
        if close != len(self.tokens) - 1:
            raise self.error(
                "the distribution's arguments are expected in one pair of brackets", self.tokens[place]
            )
        rows = _rows(self.tokens[place + 1 : close])
        opening, closing = self.tokens[place], self.tokens[close]
        self.tokens[place:] = [
            Token("OPEN", "(", opening.start, opening.end),
            *(_one_row(rows[0]) if len(rows) == 1 else _mean_and_matrix(rows, opening, closing)),
            Token("CLOSE", ")", closing.start, closing.end),
        ]
        self.partners = _partners(self.tokens)
        return place

    # -- errors

    def spelled(self, token: Token) -> str:
        return repr(self.source[token.start : token.end])

    def error(self, message: str, token: Token, mend: str = "") -> ReadError:
        return ReadError(message, self.source, token.span, mend)


_FACTORS = frozenset({"SYMBOL", "NUMBER", "FRACTION"})


def _partners(tokens: list[Token]) -> dict[int, int]:
    """For each opening bracket the place of the one that closes it."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    for place, token in enumerate(tokens):
        if token.type in ("OPEN", "MATRIX_OPEN"):
            opened.append(place)
        elif token.type in ("CLOSE", "MATRIX_CLOSE"):
            partners[opened.pop()] = place
    return partners


def _rows(tokens: list[Token]) -> list[list[Token]]:
    """The rows of a matrix, without empty ones."""
    rows: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.type in ("OPEN", "MATRIX_OPEN")) - (token.type in ("CLOSE", "MATRIX_CLOSE"))
        if depth == 0 and token.type == "ROW":
            rows.append([])
        else:
            rows[-1].append(token)
    return [row for row in rows if row]


def _one_row(row: list[Token]) -> list[Token]:
    """Arguments side by side; & between them says nothing that the comma does not."""
    depth = 0
    kept = []
    for token in row:
        depth += (token.type in ("OPEN", "MATRIX_OPEN")) - (token.type in ("CLOSE", "MATRIX_CLOSE"))
        if depth or token.type != "CELL":
            kept.append(token)
    return kept


def _mean_and_matrix(rows: list[list[Token]], opening: Token, closing: Token) -> list[Token]:
    """``0, & τ_00 & τ_01 \\ 0, & τ_10 & τ_11``: the mean stands in front of the commas."""
    means, cells = [], []
    for row in rows:
        at = next((p for p, t in enumerate(row) if t.type in ("COMMA", "CELL")), len(row) - 1)
        means.append(row[:at])
        rest = row[at + 1 :]
        cells.append(rest[1:] if rest and rest[0].type == "CELL" else rest)
    return [
        *_matrix(means, opening),
        Token("COMMA", ",", closing.start, closing.end),
        *_matrix(cells, closing),
    ]


def _matrix(rows: list[list[Token]], where: Token) -> list[Token]:
    made = [Token("MATRIX_OPEN", False, where.start, where.end)]
    for number, row in enumerate(rows):
        made += [Token("ROW", None, where.start, where.end)] * bool(number) + row
    return [*made, Token("MATRIX_CLOSE", None, where.start, where.end)]


# ------------------------------------------------------------------ what is wrong

_SAID = {
    "PLUS": "+", "MINUS": "−", "TIMES": "a multiplication sign", "SLASH": "/", "EQUALS": "=", "TILDE": "~", "COMMA": "a comma",
    "OPEN": "an opening bracket", "CALL": "a function", "FRACTION": "a fraction", "MATRIX_OPEN": "a matrix", "BAR": "a bar",
}  # fmt: skip
_NEEDS_TERM = frozenset(
    ["PLUS", "MINUS", "TIMES", "SLASH", "EQUALS", "OPEN", "COMMA", "CARET", "BAR", "PREFIX", "COMPARISON"]
)


def _explain(token: Any, tokens: list[Token], source: str) -> ReadError:
    """What a statistician would say is wrong at the token that did not fit."""
    at_end = token.type == "$END"
    place = len(tokens) if at_end else next(p for p, t in enumerate(tokens) if t is token)
    before = tokens[place - 1] if place else None
    span = before.span if at_end and before else token.span
    if before is not None and before.type in _NEEDS_TERM:
        what = {"EQUALS": "the right side of the equation", "OPEN": "an expression"}.get(
            before.type, "a coefficient, a variable or a random effect"
        )
        return ReadError(
            f"{what} is expected behind {source[before.start : before.end] or _SAID.get(before.type, 'this')!r}",
            source,
            span,
        )
    if at_end:
        return ReadError("the statement is not complete: there is no = or ~", source, span)
    if before is None:
        return ReadError(f"a statement cannot begin with {_SAID.get(token.type, 'this')}", source, span)
    if token.type == "TILDE":
        return ReadError(
            "a second ~ in one statement", source, span, "put each statement on a line of its own"
        )
    if token.type in ("COMMA", "BAR"):
        return ReadError(
            f"{_SAID[token.type]} has no meaning here",
            source,
            span,
            "put each statement on a line of its own",
        )
    return ReadError("this cannot follow what stands before it", source, span)
