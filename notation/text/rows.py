"""Tokens of a page → rows: where the author ended them, joined where the mathematics goes on.

A row goes on over its end while a bracket is open, behind an operator, and in front of one.
"""

from __future__ import annotations

from ..errors import ReadError
from ..markup.names import CONNECTIVES
from .tokens import Token

Row = list[Token]

OPENING = frozenset(["OPEN", "MATRIX_OPEN"])
CLOSING = frozenset(["CLOSE", "MATRIX_CLOSE"])
RELATIONS = frozenset(["EQUALS", "TILDE"])
OPERATORS = RELATIONS | {"PLUS", "MINUS", "TIMES", "SLASH"}

MAX_DEPTH = 30

_WORDS = frozenset(["TEXT", "HEADING"])


def rows_of(tokens: list[Token], source: str) -> list[Row]:
    """The rows of a page; a heading is a row of its own.

    Raises ReadError for brackets that do not match.
    """
    joined: list[Row] = []
    complete = False  # whether the last row has its relation
    waits = False  # whether words stand behind an operator at the last row's end
    for row in _author_rows(tokens, source):
        if joined and row[0].type == "TEXT" and joined[-1][-1].type in OPERATORS:
            joined.insert(len(joined) - 1, row)
            waits = True
        elif has_relation(row) and joined and (waits or (complete and _dangles(joined[-1], row))):
            joined.append(row)
            complete, waits = True, False
        elif joined and _goes_on(joined[-1][-1].type, row[0].type, complete):
            # Many authors repeat the operator at which they broke a row.
            repeated = joined[-1][-1].type == row[0].type and row[0].type in ("PLUS", "EQUALS")
            joined[-1] += row[repeated:]
            complete = complete or has_relation(row)
        else:
            joined.append(row)
            complete = has_relation(row)
    return joined


def _dangles(last: Row, row: Row) -> bool:
    """Whether an operator at a row's end has nothing behind it: the next row is a statement of its own."""
    return last[-1].type in OPERATORS - RELATIONS and row[0].type not in OPERATORS


def strip(row: Row) -> Row:
    """A row without line ends at its edges, and without the punctuation behind it."""
    first, last = 0, len(row)
    while first < last and row[first].type == "LINE":
        first += 1
    while last > first and row[last - 1].type in ("LINE", "STOP", "SEMICOLON"):
        last -= 1
    return _without_number(row[first:last])


def _without_number(row: Row) -> Row:
    """A row without the number that an author set behind its equation: … + r_ij  (1.2)."""
    ending = [token.type for token in row[-4:]]
    numbered = len(row) > 4 and ending == ["LINE", "OPEN", "NUMBER", "CLOSE"]
    return row[:-4] if numbered and row[-5].type not in OPERATORS else row


def with_depth(row: Row) -> list[tuple[int, Token]]:
    """Each token with the number of brackets around it; brackets count as inside."""
    found = []
    depth = 0
    for token in row:
        depth += token.type in OPENING
        found.append((depth, token))
        depth -= token.type in CLOSING
    return found


def has_relation(row: Row) -> bool:
    """Whether = or ~ stands in a row, outside of brackets."""
    return any(depth == 0 and token.type in RELATIONS for depth, token in with_depth(row))


def _author_rows(tokens: list[Token], source: str) -> list[Row]:
    rows: list[Row] = [[]]
    opened: list[Token] = []
    for place, token in enumerate(tokens):
        if not opened and (_joins(tokens, place, source) or _is_remark(tokens, place, rows[-1], source)):
            token.type, token.value = "TEXT", token.value.base
        if token.type in _WORDS and opened:
            raise ReadError(
                f"{_spelled(opened[-1])} is not closed before these words", source, opened[-1].span
            )
        if token.type == "HEADING" and _is_trailing(tokens, place, rows[-1], source):
            token.type, token.value = "TEXT", source[token.start : token.end]
        if token.type == "HEADING":
            rows += [[token], []]
        elif token.type == "BREAK":
            if not opened:
                rows.append([])
        elif not (_is_empty(token) or (opened and token.type == "LINE")):
            _balance(token, opened, source)
            rows[-1].append(token)
    if opened:
        raise ReadError(f"{_spelled(opened[-1])} is never closed", source, opened[-1].span)
    return [row for row in map(strip, rows) if row]


def _joins(tokens: list[Token], place: int, source: str) -> bool:
    """Whether ``\\text{and}`` joins statements: beside an operator, or quoted, it is a name."""
    token = tokens[place]
    if token.type != "SYMBOL" or token.value.base not in CONNECTIVES or not token.value.bare:
        return False
    before = tokens[place - 1].type if place else ""
    behind = tokens[place + 1].type if place + 1 < len(tokens) else ""
    category = behind == "OPEN" and tokens[place + 1].start == token.end
    quoted = "`" in source[token.start : token.end]
    named = quoted or category or behind in OPERATORS or before in OPERATORS - RELATIONS
    # In mathematics the letters of "for" behind a comma, and before an index, are a quantifier's.
    bare = token.value.base == "for" and before in CLOSING | {"COMMA"} and behind in ("SYMBOL", "DOTS")
    return (source[token.start] == "\\" or bare) and not named


def _is_trailing(tokens: list[Token], place: int, row: Row, source: str) -> bool:
    """Whether a label in LaTeX stands behind its equation: ``… + e_{ij} && \\text{Level 1} \\\\``."""
    last = place + 1 == len(tokens) or tokens[place + 1].type == "BREAK"
    return last and has_relation(row) and source[tokens[place].start] == "\\"


def _is_remark(tokens: list[Token], place: int, row: Row, source: str) -> bool:
    """Whether words stand behind a statement: ``β \\sim N(0, 1) & \\text{prior for the slope}``.

    They do behind a distribution, where nothing else can stand, and in a column of their own.
    """
    token = tokens[place]
    if token.type != "SYMBOL" or not token.value.bare or source[token.start] != "\\":
        return False
    if not _ends_row(tokens, place) or not has_relation(row) or row[-1].type in OPERATORS:
        return False
    drawn = row[-1].type == "CLOSE" and any(t.type == "TILDE" for t in row)
    return drawn or "&&" in "".join(source[row[-1].end : token.start].split())


def _ends_row(tokens: list[Token], place: int) -> bool:
    """Whether nothing stands behind a token in the author's row."""
    place += 1
    while place < len(tokens) and tokens[place].type == "LINE":
        place += 1
    return place == len(tokens) or tokens[place].type == "BREAK"


def _is_empty(token: Token) -> bool:
    return token.type == "TEXT" and not token.value.strip()


def _balance(token: Token, opened: list[Token], source: str) -> None:
    """Keeps account of the brackets that are open."""
    if token.type in OPENING:
        opened.append(token)
        if len(opened) > MAX_DEPTH:
            raise ReadError("brackets are nested too deeply to be an equation", source, token.span)
    elif token.type in CLOSING:
        if not opened or (opened[-1].type == "OPEN") != (token.type == "CLOSE"):
            raise ReadError(f"{_spelled(token)} closes a bracket that was never opened", source, token.span)
        opened.pop()


def _spelled(token: Token) -> str:
    return str(token.value or "this matrix")


def _goes_on(last: str, first: str, complete: bool) -> bool:
    """Whether a row that ends in one token goes on in the next row, which begins with another."""
    if last in _WORDS or first in _WORDS:
        return False
    if last in OPERATORS or first in OPERATORS or first == "COMMA":
        return True
    return last == "COMMA" and not complete
