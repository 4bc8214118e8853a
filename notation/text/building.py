# ruff: noqa: D102 - each method is named for the rule whose value it makes
"""What the rules of the grammar make: expressions and statements. Imported only when text is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lark import Transformer
from lark.lexer import Lexer

from ..equations import (
    Apply,
    Blank,
    Column,
    Distributed,
    Distribution,
    Equation,
    Matrix,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Transpose,
    Uncertain,
    Vector,
)
from ..errors import ReadError
from .tokens import Token

MAX_DIVISIONS = 30


class Given(Lexer):
    """Hands the tokens on that were made elsewhere."""

    __future_interface__ = 2  # the input is handed over as it is, a list of tokens

    def __init__(self, conf: Any) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Any]:  # noqa: ARG002
        return iter(lexer_state.text)


class Builder(Transformer[Any, Any]):
    """One method for each rule of ``equations.lark``; children are values, or tokens of signs."""

    def start(self, children: list[Any]) -> Equation | Distributed:
        return children[0]  # type: ignore[no-any-return]

    # -- statements

    def equation(self, children: list[Any]) -> Equation:
        return Equation(tuple(_nodes(children)))

    def distributed(self, children: list[Any]) -> Distributed:
        # What stands behind a bar on the left, y | φ ~ …, says only that φ is known.
        return Distributed(tuple(children[0]), children[-1])

    def distribution(self, children: list[Any]) -> Distribution:
        name, spelling = children[0].value
        given = children[2] or []
        positional = tuple(a for a in given if not isinstance(a, Equation))
        keywords = tuple((_keyword(a.sides[0]), a.sides[1]) for a in given if isinstance(a, Equation))
        if name == "normal" and not positional and (moments := _moments(dict(keywords))):
            return Distribution(name, moments, (), spelling)
        return Distribution(name, positional, keywords, spelling)

    # -- expressions

    def sum(self, children: list[Any]) -> Node:
        terms = tuple(_nodes(children))
        return terms[0] if len(terms) == 1 else Sum(terms)

    def negative(self, children: list[Any]) -> Node:
        return Negative(children[1])

    def product(self, children: list[Any]) -> Node:
        slashes = [child for child in children if _is(child, "SLASH")]
        if len(slashes) > MAX_DIVISIONS:
            raise ReadError("one product is divided too often to be an equation", span=slashes[-1].span)
        factors: list[Node] = []
        sign = ""
        divide = False
        for child in children:
            match child:
                case Token(type="TIMES", value=value):
                    sign = sign or value
                case Token(type="SLASH"):
                    divide = True
                case _ if divide:
                    factors, divide = [Quotient(_product(factors, sign), _value(child))], False
                case _:
                    factors.append(_value(child))
        return _product(factors, sign)

    def power(self, children: list[Any]) -> Node:
        base, *_, exponent = children
        negative = len(children) == 4
        return Power(_value(base), Negative(_value(exponent)) if negative else _value(exponent))

    def transpose(self, children: list[Any]) -> Node:
        return Transpose(_value(children[0]))

    def group(self, children: list[Any]) -> Node:
        members = children[1]
        return members[0] if len(members) == 1 else _rows_or_vector(members)

    def members(self, children: list[Any]) -> list[Node]:
        return [Blank(dots=True) if _is_dots(c) else _value(c) for c in children if not _is(c, "COMMA")]

    def fraction(self, children: list[Any]) -> Node:
        return Quotient(_value(children[2]), _value(children[5]))

    # -- matrices

    def matrix(self, children: list[Any]) -> Node:
        rows = [row for row in children if isinstance(row, list)]
        width = max(map(len, rows))
        rows = [row + [Blank()] * (width - len(row)) for row in rows]
        used = [place for place in range(width) if any(row[place] != Blank() for row in rows)]
        if not used:
            raise ReadError("this matrix is empty", span=children[0].span)
        cells = [row[used[0] : used[-1] + 1] for row in rows]
        if len(cells) == 1 and len(cells[0]) == 1:
            return cells[0][0]  # type: ignore[no-any-return]
        if len(cells[0]) == 1:
            return Vector(tuple(row[0] for row in cells))
        return Matrix(tuple(map(tuple, cells)))

    def row(self, children: list[Any]) -> list[Node]:
        return [c for c in children if not _is(c, "CELL")]

    def cell(self, children: list[Any]) -> Node:
        if not children or children[0] is None:
            return Blank()
        return Blank(dots=True) if _is_dots(children[0]) else _value(children[0])

    # -- functions

    def call(self, children: list[Any]) -> Node:
        given = tuple(children[4]) if len(children) > 4 and children[4] is not None else ()
        return Apply(children[0].value, tuple(children[2]), given)

    def column(self, children: list[Any]) -> Node:
        return Column(children[0], children[1].value)

    def prefixed(self, children: list[Any]) -> Node:
        return Apply(children[0].value, (_value(children[1]),))

    def arguments(self, children: list[Any]) -> list[Node]:
        return [Blank(dots=True) if _is_dots(c) else _value(c) for c in children if not _is(c, "COMMA")]

    def relation(self, children: list[Any]) -> Node:
        left, sign, right = children
        if sign.type == "EQUALS":
            return Equation((_value(left), _value(right)))
        return Apply(sign.value, (_value(left), _value(right)))


def _rows_or_vector(members: list[Node]) -> Node:
    """A vector; where each member is one of the same length, ``[[a, b], [c, d]]``, a matrix of rows."""
    rows = [member.items for member in members if isinstance(member, Vector)]
    if len(rows) == len(members) and len(set(map(len, rows))) == 1:
        return Matrix(tuple(rows))
    return Vector(tuple(members))


def _is(child: Any, kind: str) -> bool:
    return isinstance(child, Token) and child.type == kind


def _is_dots(child: Any) -> bool:
    return _is(child, "DOTS")


def _value(child: Any) -> Any:
    """The expression: a symbol's token carries it."""
    return child.value if isinstance(child, Token) else child


def _nodes(children: list[Any]) -> Iterator[Node]:
    """The expressions among children, without the signs between them."""
    for child in children:
        if not isinstance(child, Token):
            yield child
        elif child.type in ("SYMBOL", "NUMBER"):
            yield child.value


def _product(factors: list[Node], sign: str) -> Node:
    match factors:
        # 11.75 (0.23) ses: the second number is the standard error of the first.
        case [Number() as number, Number(error) as bound, *others] if not sign and "." in error:
            return _product([Uncertain(number, (bound,)), *others], sign)
        # 11.75 [11.29, 12.21] ses: the ends of an interval.
        case [Number() as number, Vector((low, high)), *others] if not sign and _is_number(low, high):
            return _product([Uncertain(number, (low, high)), *others], sign)
    return factors[0] if len(factors) == 1 else Product(tuple(factors), sign)


def _is_number(*nodes: Node) -> bool:
    return all(isinstance(node.of if isinstance(node, Negative) else node, Number) for node in nodes)


def _keyword(node: Node) -> str:
    match node:
        case Symbol(base=base):
            return base
        case Power(Symbol(base=base), Number("2")):
            return f"{base}²"
        case _:
            raise ReadError("the name of an argument is not one word")


def _moments(named: dict[str, Node]) -> tuple[Node, Node] | None:
    """Mean and variance of a normal distribution whose arguments have names: N(μ = 0, σ = 2)."""
    means = [value for name, value in named.items() if name in ("μ", "mu", "mean", "loc")]
    deviations = [value for name, value in named.items() if name in ("σ", "sigma", "sd", "scale")]
    variances = [value for name, value in named.items() if name in ("σ²", "sigma²", "variance", "var")]
    variances += [Power(value, Number("2")) for value in deviations]
    if len(means) != 1 or len(variances) != 1 or len(named) > 2:
        return None
    return means[0], variances[0]
