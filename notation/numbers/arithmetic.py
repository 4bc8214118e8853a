"""Expressions of a page in numbers: what they come to, and how they look with numbers put in.

The value of a formula is computed from the very tree that is printed, so that the two cannot differ.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ..equations import Apply, Negative, Node, Number, Power, Product, Quantity, Quotient, Sum, Symbol, letter
from ..estimates import shown
from ..options import Options
from ..parameters import Parameter

PI = letter("π")

FUNCTIONS: dict[str, Callable[..., float]] = {
    "log": math.log,
    "exp": math.exp,
    "sqrt": math.sqrt,
    "abs": abs,
    "atan": math.atan,
    "invlogit": lambda x: 0.5 * (1 + math.tanh(x / 2)),
    "Φ": lambda x: 0.5 * math.erfc(-x / math.sqrt(2)),
    "invcloglog": lambda x: -math.expm1(-math.exp(x)),
}
"""The functions of formulas, by their names on the page."""


@dataclass(frozen=True)
class Numbers:
    """What the parts of a formula are: estimates by parameter, everything else by its expression.

    ``data`` are values that somebody gave, which are shown as they are; all others are rounded.
    """

    estimates: Mapping[Parameter, Any] = field(default_factory=dict)
    others: Mapping[Node, float] = field(default_factory=dict)
    data: Mapping[Node, float] = field(default_factory=dict)

    def of(self, node: Node) -> float | None:
        """The number of an expression that has one by itself."""
        if node in self.data:
            return self.data[node]
        if node in self.others:
            return self.others[node]
        if isinstance(node, Quantity) and (found := self.estimates.get(node.parameter)) is not None:
            return float(found.value)
        return None

    def __or__(self, others: Mapping[Node, float]) -> Numbers:
        """The same with further expressions known."""
        return Numbers(self.estimates, {**self.others, **others}, self.data)


def compute(node: Node, numbers: Numbers) -> float | None:
    """The value of an expression; None where a part of it has no number."""
    known = numbers.of(node)
    if known is not None:
        return known
    match node:
        case Number(text):
            return float(text)
        case Symbol() if node == PI:
            return math.pi
        case Negative(of):
            return _apply(lambda x: -x, (of,), numbers)
        case Sum(terms):
            return _apply(lambda *parts: math.fsum(parts), terms, numbers)
        case Product(factors):
            return _apply(lambda *parts: math.prod(parts), factors, numbers)
        case Quotient(numerator, denominator):
            return _apply(lambda a, b: a / b, (numerator, denominator), numbers)
        case Power(base, exponent):
            return _apply(lambda a, b: a**b, (base, exponent), numbers)
        case Apply(function, arguments) if function in FUNCTIONS:
            return _apply(FUNCTIONS[function], arguments, numbers)
        case _:
            return None


def _apply(function: Callable[..., float], arguments: tuple[Node, ...], numbers: Numbers) -> float | None:
    found = [compute(a, numbers) for a in arguments]
    known = [x for x in found if x is not None]
    if len(known) < len(found):
        return None
    try:
        return function(*known)
    except (ArithmeticError, ValueError):  # a share of nothing, the logarithm of a negative number
        return None


def put_numbers(node: Node, numbers: Numbers, decimals: int) -> Node:
    """The expression with every part that has a number replaced by it; what has none stays."""
    known = _known(node, numbers, decimals)
    if known is not None:
        return known

    def put(part: Node) -> Node:
        return put_numbers(part, numbers, decimals)

    match node:
        case Quantity(symbol=symbol):
            return symbol
        case Negative(of):
            return minus(put(of))
        case Sum(terms):
            return Sum(tuple(map(put, terms)))
        case Product(factors, sign):
            return _product(tuple(map(put, factors)), sign)
        case Quotient(numerator, denominator):
            return Quotient(put(numerator), put(denominator))
        case Power(base, exponent):
            return Power(put(base), exponent)
        case Apply(function, arguments):
            return Apply(function, tuple(map(put, arguments)))
        case _:
            return node


def _known(node: Node, numbers: Numbers, decimals: int) -> Node | None:
    """The number in the place of an expression that has one by itself."""
    if node in numbers.data:
        return _as_given(numbers.data[node])
    known = numbers.of(node)
    return None if known is None else shown(known, Options(decimals=decimals))


def _as_given(value: float) -> Node:
    """A value of the data: not rounded, without zeros at the end."""
    number = Number(f"{abs(value):.6g}") if abs(value) < 1e6 else Number(f"{abs(value):.0f}")
    return Negative(number) if value < 0 else number


def _product(factors: tuple[Node, ...], sign: str) -> Node:
    """The product, with a sign between its factors where two numbers would stand side by side."""
    numeric = [_is_numeric(f) for f in factors]
    return Product(factors, "×" if any(a and b for a, b in pairwise(numeric)) else sign)


def _is_numeric(node: Node) -> bool:
    match node:
        case Number():
            return True
        case Negative(of) | Power(of, _):
            return _is_numeric(of)
        case _:
            return False


def minus(node: Node) -> Node:
    """Minus an expression; minus a negative one is the expression."""
    return node.of if isinstance(node, Negative) else Negative(node)
