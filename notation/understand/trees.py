"""Walking through and rewriting the trees of a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..equations import (
    Apply,
    Blank,
    Column,
    Distribution,
    Equation,
    Marked,
    Matrix,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Quotient,
    Statement,
    Sum,
    Symbol,
    Transpose,
    Uncertain,
    Vector,
)
from ..errors import Span


def children(node: Node) -> tuple[Node, ...]:  # noqa: C901 - one case for each kind of node
    """The parts of an expression; a symbol and a number have none."""
    match node:
        case Sum(terms):
            return terms
        case Product(factors):
            return factors
        case Negative(of) | Transpose(of):
            return (of,)
        case Quotient(a, b) | Power(a, b):
            return (a, b)
        case Apply(_, arguments, given):
            return (*arguments, *given)
        case Column(of):
            return (of,)
        case Vector(items):
            return items
        case Matrix(rows):
            return tuple(cell for row in rows for cell in row)
        case Quantity(_, symbol):
            return (symbol,)
        case Marked(of) | Uncertain(of):
            return (of,)
        case Equation(sides):
            return sides
        case _:
            return ()


def symbols(node: Node) -> list[Symbol]:
    """Every symbol of an expression, in order of appearance."""
    if isinstance(node, Symbol):
        return [node]
    found: list[Symbol] = []
    stack: list[Node] = [node]
    while stack:
        part = stack.pop()
        if isinstance(part, Symbol):
            found.append(part)
        else:
            stack.extend(children(part)[::-1])
    return found


def rewrite(node: Node, change: Callable[[Symbol], Node]) -> Node:  # noqa: C901, PLR0912 - one case for each kind
    """The same expression with every symbol changed, and without marks of quantities."""

    def go(part: Node) -> Node:
        return rewrite(part, change)

    match node:
        case Symbol():
            return change(node)
        case Number() | Blank():
            return node
        case Negative(of):
            return Negative(go(of))
        case Sum(terms):
            return Sum(tuple(map(go, terms)))
        case Product(factors, sign):
            return Product(tuple(map(go, factors)), sign)
        case Quotient(a, b):
            return Quotient(go(a), go(b))
        case Power(a, b):
            return Power(go(a), go(b))
        case Apply(function, arguments, given):
            return Apply(function, tuple(map(go, arguments)), tuple(map(go, given)))
        case Column(of, number):
            inner = go(of)
            return Column(inner, number) if isinstance(inner, Apply) else node
        case Vector(items):
            return Vector(tuple(map(go, items)))
        case Matrix(rows):
            return Matrix(tuple(tuple(map(go, row)) for row in rows))
        case Transpose(of):
            return Transpose(go(of))
        case Quantity(_, symbol) | Marked(symbol) | Uncertain(symbol):
            return go(symbol)
        case Equation(sides):
            return replace(node, sides=tuple(map(go, sides)))


def rewrite_statement(statement: Statement, change: Callable[[Symbol], Node]) -> Statement:
    """The same statement with every symbol changed, and without marks of quantities."""

    def go(part: Node) -> Node:
        return rewrite(part, change)

    if isinstance(statement, Equation):
        return replace(statement, sides=tuple(map(go, statement.sides)))
    law = statement.distribution
    keywords = tuple((name, go(value)) for name, value in law.keywords)
    changed = Distribution(law.name, tuple(map(go, law.arguments)), keywords, law.spelling)
    return replace(statement, left=tuple(map(go, statement.left)), distribution=changed)


def statement_nodes(statement: Statement) -> tuple[Node, ...]:
    """The expressions of a statement, the left side first."""
    if isinstance(statement, Equation):
        return statement.sides
    law = statement.distribution
    return (*statement.left, *law.arguments, *(value for _, value in law.keywords))


def span_of(node: Node) -> Span | None:
    """The stretch of the source that an expression was read from, as far as its symbols tell."""
    spans = [s.span for s in symbols(node) if s.span]
    if not spans:
        return getattr(node, "span", None)
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def is_zero(node: Node) -> bool:
    """Whether an expression is 0, or a vector of zeros."""
    match node:
        case Number(text):
            return not float(text)
        case Vector(items):
            return all(is_zero(i) or isinstance(i, Blank) for i in items)
        case Matrix(rows):
            return all(is_zero(c) for row in rows for c in row)
        case Transpose(of) | Negative(of):
            return is_zero(of)
        case _:
            return False


def number_of(node: Node) -> float | None:
    """The value of an expression that is a number, such as 2.93 or 2.93²."""
    match node:
        case Number(text):
            return float(text)
        case Negative(of):
            return None if (value := number_of(of)) is None else -value
        case Power(base, exponent) | Quotient(base, exponent):
            a, b = number_of(base), number_of(exponent)
            if a is None or b is None:
                return None
            try:
                return float(a**b) if isinstance(node, Power) else a / b
            except (ArithmeticError, TypeError):
                return None
        case Product(factors):
            value = 1.0
            for factor in factors:
                if (part := number_of(factor)) is None:
                    return None
                value *= part
            return value
        case _:
            return None
