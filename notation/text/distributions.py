"""Distributions as tokens: how long the name is, and a matrix that stands for the parentheses."""

from __future__ import annotations

from itertools import takewhile

from .tokens import Token


def name_length(tokens: list[Token]) -> int:
    """How many tokens the name of a distribution has: ``half-Cauchy`` has three."""
    return len(list(takewhile(lambda token: token.type in ("SYMBOL", "MINUS"), tokens)))


def big_parentheses(tokens: list[Token]) -> list[Token]:
    """A matrix as the parentheses of a distribution: of its arguments, or with the means in a column."""
    opening, *inside, closing = tokens
    rows = _rows(inside)
    arguments = _one_row(rows[0]) if len(rows) == 1 else _means_and_matrix(rows, opening, closing)
    return [
        Token("OPEN", "(", opening.start, opening.end),
        *arguments,
        Token("CLOSE", ")", closing.start, closing.end),
    ]


def _depth_change(token: Token) -> int:
    return (token.type in ("OPEN", "MATRIX_OPEN")) - (token.type in ("CLOSE", "MATRIX_CLOSE"))


def _rows(tokens: list[Token]) -> list[list[Token]]:
    """The rows of a matrix, without empty ones."""
    rows: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += _depth_change(token)
        if depth == 0 and token.type == "ROW":
            rows.append([])
        else:
            rows[-1].append(token)
    return [row for row in rows if row] or [[]]


def _one_row(row: list[Token]) -> list[Token]:
    """Arguments side by side; & between them says nothing that the comma does not."""
    depth = 0
    kept = []
    for token in row:
        depth += _depth_change(token)
        if depth or token.type != "CELL":
            kept.append(token)
    return kept


def _means_and_matrix(rows: list[list[Token]], opening: Token, closing: Token) -> list[Token]:
    """``0, & τ_00 & τ_01 \\\\ 0, & τ_10 & τ_11``: the means stand in front of the commas."""
    means, cells = [], []
    for row in rows:
        at = next((p for p, t in enumerate(row) if t.type in ("COMMA", "CELL")), len(row) - 1)
        means.append(row[:at])
        rest = row[at + 1 :]
        cells.append(rest[1:] if rest and rest[0].type == "CELL" else rest)
    comma = Token("COMMA", ",", closing.start, closing.end)
    return [*_matrix(means, opening), comma, *_matrix(cells, closing)]


def _matrix(rows: list[list[Token]], where: Token) -> list[Token]:
    made = [Token("MATRIX_OPEN", None, where.start, where.end)]
    for number, row in enumerate(rows):
        made += [Token("ROW", None, where.start, where.end)] * bool(number) + row
    return [*made, Token("MATRIX_CLOSE", None, where.start, where.end)]
