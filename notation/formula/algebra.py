"""The laws of formulas: what a sum of products of variables expands to.

    a + b      the terms of a, and those of b
    a - b      the terms of a without those of b
    a : b      each term of a times each term of b
    a * b    = a + b + a:b
    a / b    = a + (all of a):b               b within a
    a %in% b = a:(all of b)
    a ^ n    = a * a * … * a                  n times, that is all products of up to n of its terms

0, 1 and -1 are no terms: they say whether there is an intercept, and the last word counts. A factor
that occurs twice in a product counts once.

Sources: Wilkinson & Rogers (1973); Chambers & Hastie (1992), ch. 2; R's ``?formula``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import prod

from ..expressions import Term, expand_product
from ..facts.bases import BASES, column_choices, with_columns
from ..frozen import frozen
from . import syntax
from .expressions import Source, read_basis, read_expression
from .syntax import Node, without_brackets

MOST_TERMS = 10_000
"""How many terms a formula may expand to: a*b*c*… doubles them with each factor."""

MOST_FACTORS = 30
"""How many factors a product may have."""


@frozen
class Expansion:
    """Terms in order, and what was said about the intercept (None: nothing)."""

    terms: tuple[Term, ...] = ()
    intercept: bool | None = None


def expand(node: Node, source: Source) -> Expansion:
    """What a piece of a formula expands to. Raises ReadError for anything that is no term."""
    match node:
        case syntax.Group(of):
            return expand(of, source)
        case syntax.Number() | syntax.Sign(of=syntax.Number()):
            return Expansion(intercept=_intercept(node, source))
        case syntax.Sign("+", of):
            return expand(of, source)
        case syntax.Sign("-", of):
            return expand_sum([("-", of)], source)
        case syntax.Dot():
            return Expansion(_all_columns(node, source))
        case syntax.Chain(operators=("+" | "-", *_)):
            return expand_sum(signed_summands(node), source)
        case syntax.Chain(operators=("*" | "/" | ":" | "%in%", *_)):
            return _fold(node, source)
        case syntax.Chain(operators=("^",)):
            return _power(node, source)
        case syntax.Call(function) if function in BASES:
            return Expansion((Term((read_basis(node, source),)),))
        case _:
            return Expansion((Term((read_expression(node, source),)),))


def signed_summands(node: Node) -> Iterator[tuple[str, Node]]:
    """The summands of a sum with their signs; anything else is its own only summand."""
    match node:
        case syntax.Chain(operands, ("+" | "-", *_) as operators):
            yield from zip(("+", *operators), operands, strict=True)
        case _:
            yield "+", node


def expand_sum(summands: Iterable[tuple[str, Node]], source: Source) -> Expansion:
    """The expansion of a sum: one term after the other is added or taken away."""
    total = Total()
    for sign, node in summands:
        total.add(sign, expand(node, source))
        check_size(len(total.terms), node, source)
    return total.expansion


class Total:
    """A sum while it is built; terms are kept in a dictionary, so that a step costs what it adds."""

    def __init__(self) -> None:
        self.terms: dict[Term, None] = {}
        self.intercept: bool | None = None

    def add(self, sign: str, step: Expansion) -> None:
        """Add a summand's terms, or take them away."""
        if sign == "+":
            self.terms.update(dict.fromkeys(step.terms))
        else:
            for term in step.terms:
                self.terms.pop(term, None)
        if step.intercept is not None:
            self.intercept = step.intercept == (sign == "+")

    @property
    def expansion(self) -> Expansion:
        """The sum as it is now."""
        return Expansion(tuple(self.terms), self.intercept)


def _intercept(node: Node, source: Source) -> bool:
    match node:
        case syntax.Number(0 | 1 as value):
            return bool(value)
        case syntax.Sign("-", syntax.Number(0 | 1 as value)):
            return not value
        case syntax.Sign("+", syntax.Number(0 | 1 as value)):
            return bool(value)
    message = f"{source.shown(node)} is no term: of the numbers only 0 and 1 have a meaning here"
    raise source.error(
        message, node, f"Write offset(…) for a known part, or I({source.shown(node)}*x) for a multiple."
    )


def _all_columns(node: Node, source: Source) -> tuple[Term, ...]:
    if source.columns is None:
        raise source.error(
            "the columns that . stands for are not known", node, "Give the data, or name them."
        )
    return tuple(
        Term((read_expression(syntax.Name(c, node.span, quoted=True), source),)) for c in source.columns
    )


# ------------------------------------------------------------------ products


def _fold(node: syntax.Chain, source: Source) -> Expansion:
    whole = expand(node.operands[0], source)
    for operator, operand in zip(node.operators, node.operands[1:], strict=True):
        right = expand(operand, source)
        if operator != "*" and (whole.intercept, right.intercept) != (None, None):
            message = f"0 and 1 take no part in {operator}"
            raise source.error(message, node, "Say what is meant of the intercept between + signs.")
        for side in (whole, right):
            if not side.terms and side.intercept is None:
                raise source.error(
                    "nothing is left that could be multiplied", node, "Write the terms that are meant."
                )
        check_size(len(whole.terms) * len(right.terms), node, source)
        whole = _PRODUCTS[operator](whole, right)
        if any(len(t.factors) > MOST_FACTORS for t in whole.terms):
            raise source.error(f"a product has more than {MOST_FACTORS} factors", node, "Write it in parts.")
    return whole


def _interaction(a: Expansion, b: Expansion) -> Expansion:
    return Expansion(_distinct(expand_product(a.terms, b.terms)))


def _star(a: Expansion, b: Expansion) -> Expansion:
    """``a*b = a + b + a:b``."""
    terms = _distinct((*a.terms, *b.terms, *expand_product(a.terms, b.terms)))
    return Expansion(terms, a.intercept if b.intercept is None else b.intercept)


def _within(a: Expansion, b: Expansion) -> Expansion:
    """``a/b = a + (all of a):b``."""
    return Expansion(_distinct((*a.terms, *expand_product([_together(a)], b.terms))))


def _in(a: Expansion, b: Expansion) -> Expansion:
    """``a %in% b = a:(all of b)``."""
    return Expansion(_distinct(expand_product(a.terms, [_together(b)])))


_PRODUCTS = {":": _interaction, "*": _star, "/": _within, "%in%": _in}


def _together(a: Expansion) -> Term:
    return Term(tuple(f for t in a.terms for f in t.factors))


def _distinct(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(terms))


def _power(node: syntax.Chain, source: Source) -> Expansion:
    base, exponent = node.operands
    power = without_brackets(exponent)
    if not isinstance(power, syntax.Number) or power.value not in range(2, 11):
        mend = "For a power of a variable write I(x^2)."
        raise source.error("a power of terms is a whole number from 2 to 10", exponent, mend)
    once = expand(base, source)
    if not isinstance(without_brackets(base), syntax.Chain):
        shown = source.shown(node)
        raise source.error(f"{shown} is {source.shown(base)} itself in a formula", node, f"Write I({shown}).")
    whole = once.terms
    for _ in range(int(power.value) - 1):
        check_size(len(whole) * len(once.terms), node, source)
        whole = _distinct(expand_product(whole, once.terms))  # a:a is a, so that a stays in a^2
    return Expansion(whole, once.intercept)


def check_size(count: int, node: Node, source: Source) -> None:
    """Raise ReadError where a formula expands to too many terms."""
    if count > MOST_TERMS:
        raise source.error(
            f"this makes more than {MOST_TERMS:,} terms", node, "Name the terms that are meant."
        )


# ------------------------------------------------------------------ after the algebra


def in_order(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Terms as R orders them: main effects, then interactions of two, of three, …"""
    return tuple(sorted(terms, key=lambda term: len(term.factors)))


def columns_of(terms: Iterable[Term], node: Node, source: Source) -> tuple[Term, ...]:
    """The terms with each basis replaced by its columns. Raises ReadError where these are too many."""
    terms = tuple(terms)
    check_size(sum(prod(map(len, column_choices(t))) for t in terms), node, source)
    return with_columns(terms)
