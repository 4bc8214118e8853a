"""What both markups must know of a tree: signs, parentheses, and how factors are joined.

A minus belongs to the tree. :func:`signed` lifts it off a summand, so that the sum can print it as
its operator; no writer ever looks at the characters it has printed.
"""

from __future__ import annotations

from enum import IntEnum

from ..equations import (
    Apply,
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
    Quantity,
    Quotient,
    Statement,
    Sum,
    Symbol,
    Transpose,
    Vector,
)


class Rank(IntEnum):
    """How tightly an expression holds together; a looser one inside a tighter takes parentheses."""

    RELATION = 0
    SUM = 1
    SIGNED = 2
    PRODUCT = 3
    POWER = 4
    ATOM = 5


INFIX: dict[str, tuple[str, str]] = {
    "≤": ("<=", r"\le"),
    "≥": (">=", r"\ge"),
    "≠": ("!=", r"\ne"),
    "<": ("<", "<"),
    ">": (">", ">"),
}
"""Functions of two arguments that stand between these: their spelling in ASCII and in LaTeX."""

DISTRIBUTION_NAMES: dict[str, str] = {
    "normal": "N",
    "bernoulli": "Bernoulli",
    "binomial": "Binomial",
    "poisson": "Poisson",
    "negative_binomial": "NegBinomial",
    "gamma": "Gamma",
    "beta": "Beta",
    "categorical": "Categorical",
    "lognormal": "LogNormal",
    "student_t": "Student",
    "cauchy": "Cauchy",
    "exponential": "Exponential",
    "uniform": "Uniform",
    "lkj": "LKJ",
    "inverse_gamma": "InvGamma",
    "inverse_wishart": "InvWishart",
}
"""The spelling of a distribution where its author chose none."""


def distribution_name(distribution: Distribution) -> str:
    """The author's spelling of a distribution's name, or else ours."""
    return distribution.spelling or DISTRIBUTION_NAMES.get(distribution.name, distribution.name)


def bare(node: Node) -> Node:
    """The expression itself: a quantity is written as its symbol."""
    while isinstance(node, Quantity):
        node = node.symbol
    return node


def signed(node: Node) -> tuple[bool, Node]:
    """Whether an expression begins with a minus, and what stands behind that minus.

    A product with a negative first factor is minus the product: a coefficient of −0.5 makes the
    summand ``−0.5 week``.
    """
    match bare(node):
        case Negative(of):
            return True, bare(of)
        case Product((first, *others), sign) if isinstance(bare(first), Negative | Product):
            negative, magnitude = signed(first)
            return negative, Product((magnitude, *others), sign)
        case other:
            return False, other


def rank(node: Node) -> Rank:
    """How tightly an expression holds together."""
    negative, magnitude = signed(node)
    if negative:
        return Rank.SIGNED
    match magnitude:
        case Equation():
            return Rank.RELATION
        case Apply(function, (_, _)) if function in INFIX:
            return Rank.RELATION
        case Sum():
            return Rank.SUM
        case Product() | Quotient():
            return Rank.PRODUCT
        case Power():
            return Rank.POWER
        case _:
            return Rank.ATOM


def needs_sign(left: Node, right: Node) -> bool:
    """Whether two factors side by side would read as something else: a call, or one number."""
    left, right = bare(left), bare(right)
    opens = rank(right) < Rank.PRODUCT or isinstance(right, Vector)
    name = isinstance(left, Symbol) and not (left.below or left.above) and left.base.isascii()
    return isinstance(right, Number) or (opens and name)


def parts_of(statement: Statement) -> tuple[Node, ...]:
    """The expressions of a statement: its sides, or what is distributed and how."""
    match statement:
        case Equation(sides):
            return sides
        case Distributed(left, Distribution(arguments=arguments, keywords=keywords)):
            return (*left, *arguments, *(node for _, node in keywords))


def is_tall(node: Node) -> bool:
    """Whether an expression is higher than a line, so that parentheses must grow with it."""
    match bare(node):
        case Vector() | Matrix() | Quotient():
            return True
        case Sum(parts) | Product(parts) | Equation(parts):
            return any(map(is_tall, parts))
        case Negative(of) | Column(of) | Transpose(of) | Power(of, _):
            return is_tall(of)
        case Apply(_, arguments, given):
            return any(map(is_tall, arguments + given))
        case _:
            return False
