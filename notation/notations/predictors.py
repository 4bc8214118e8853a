"""Data on the page: expressions and terms as nodes, each variable with the indices of its level."""

from __future__ import annotations

from collections.abc import Sequence

from ..equations import (
    Apply,
    Column,
    Equation,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    word,
)
from ..errors import CannotSay, NeedsMore, NotYet
from ..expressions import Basis, Call, Centered, Constant, Expression, Factor, Indicator, Mean, Term, Variable
from ..model import OBSERVATION, Level, Model
from ..spelling import spell
from .indexing import Indexing


def show(model: Model, expression: Expression, indexing: Indexing) -> Node:
    """An expression of data as it stands on the page."""
    match expression:
        case Variable(name):
            return word(name, *indexing.at(_level(model, name)))
        case Indicator(name, category):
            return word(name, *indexing.at(_level(model, name)), category=category)
        case Call(function, arguments):
            return _call(function, [show(model, a, indexing) for a in arguments])
        case Centered(of, around):
            return Sum((show(model, of, indexing), _minus(show(model, around, indexing))))
        case Constant(value):
            return signed(value)
        case Mean():
            return _mean(model, expression, indexing)
        case Basis(of=of):
            return _basis(expression, show(model, of, indexing))
        case Factor(name):
            raise NeedsMore(f"The categories of {name} are not known. Give data or categories=.")


def show_term(model: Model, term: Term, indexing: Indexing) -> list[Node]:
    """The factors of a term as they stand on the page; none for the intercept.

    Raises CannotSay for a factor that would melt into its term: a coefficient times I(x * z) is
    written as one times x:z, and minus a variable turns the sign of its coefficient.
    """
    for factor in term.factors:
        match factor:
            case Call("*", _) | Call("-", (_,)):
                raise CannotSay(
                    f"In an equation, a coefficient times {spell(factor)} cannot be told from a product of "
                    "several factors. Write it as an interaction, x:z, or make it a variable of its own."
                )
    return [show(model, factor, indexing) for factor in term.factors]


def require_no_weights(model: Model) -> None:
    """Raises CannotSay for weights in a model that has no residual variance to divide."""
    if model.weights is not None and model.family.name != "gaussian":
        raise CannotSay("Weights of a model without a residual variance have no place in its equations.")


def multiply(*factors: Node) -> Node:
    """A product, or the one factor it has."""
    return factors[0] if len(factors) == 1 else Product(factors)


def add(terms: Sequence[Node]) -> Node:
    """A sum; the one summand it has; or 0."""
    if not terms:
        return Number("0")
    return terms[0] if len(terms) == 1 else Sum(tuple(terms))


def signed(value: float) -> Node:
    """A number with its sign."""
    text = repr(abs(value))
    return Negative(Number(text.removesuffix(".0"))) if value < 0 else Number(text.removesuffix(".0"))


def _minus(node: Node) -> Node:
    """Minus something; minus a negative number is the number."""
    return node.of if isinstance(node, Negative) else Negative(node)


def _basis(basis: Basis, of: Node) -> Node:
    if not basis.column:
        raise NeedsMore(f"How many columns {spell(basis)} has is not known without data.")
    return Column(Apply(basis.function, (of, *(_setting(s) for s in basis.settings))), basis.column)


def _call(function: str, arguments: list[Node]) -> Node:
    match function, arguments:
        case "+", [left, right]:
            return Sum((left, right))
        case "-", [left, right]:
            return Sum((left, Negative(right)))
        case "-", [only]:
            return Negative(only)
        case "*", [*factors]:
            return Product(tuple(factors), "×")
        case "/", [numerator, denominator]:
            return Quotient(numerator, denominator)
        case "^", [base, exponent]:
            return Power(base, exponent)
        case _:
            return Apply(function, tuple(arguments))


def _level(model: Model, name: str) -> Level:
    """The level of a variable; what is no predictor stands on the left: it varies by observation."""
    return model.level_of(name) if name in model.variables else OBSERVATION


def _mean(model: Model, mean: Mean, indexing: Indexing) -> Symbol:
    match mean.of:
        case Variable(name):
            return word(name, *indexing.mean(_level(model, name), mean.within), accent="bar")
        case _:
            raise NotYet(
                f"The mean of {spell(mean.of)} has no symbol here yet; make it a variable of its own."
            )


def _setting(text: str) -> Node:
    """A further argument of a basis: a number, ``name = value``, or anything else as a word."""
    name, equals, value = text.partition("=")
    if equals:
        return Equation((word(name.strip()), _setting(value.strip())))
    try:
        float(text)
    except ValueError:
        return word(text)
    return Number(text)
