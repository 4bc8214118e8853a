"""Which symbol stands for what on a page that a notation has written.

Writers put a :class:`~notation.equations.Quantity` around the symbol of each parameter. The rest
follows from where the symbols stand: a vector whose covariance matrix has a variance of a random effect
in its k-th place holds that effect in its k-th place, and the left side of a level equation is
the coefficient whose fixed part is its summand without a predictor.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..equations import (
    Apply,
    Column,
    Distributed,
    Distribution,
    Equation,
    Equations,
    Marked,
    Matrix,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Quotient,
    Sum,
    Symbol,
    Transpose,
    Uncertain,
    Vector,
)
from ..expressions import Term, variables
from ..parameters import Coefficient, Parameter, ResidualVariance, Variance

Effect = tuple[str, Term]
"""A random effect: the grouping factor, and the term whose coefficient varies."""


@dataclass(frozen=True)
class Glossary:
    """The symbols of a page.

    ``parameters`` has each parameter's symbol; ``effects`` each random effect's (in Gelman & Hill's
    notation the varying coefficient's); ``varying`` the left side of each level equation, by
    its level and the term whose coefficient it is; ``residual`` the residual's symbol, if it has one.
    """

    parameters: Mapping[Parameter, Node] = field(default_factory=dict)
    effects: Mapping[Effect, Node] = field(default_factory=dict)
    varying: Mapping[tuple[int, Term], Node] = field(default_factory=dict)
    residual: Node | None = None


def glossary(page: Equations) -> Glossary:
    """What the symbols of a page stand for; the page must come from a notation writer."""
    parameters: dict[Parameter, Node] = {}
    for statement in page.statements:
        for node in _walk_statement(statement):
            if isinstance(node, Quantity):
                parameters.setdefault(node.parameter, node.whole or node.symbol)
    defined = {s.sides[0]: s.sides[-1] for s in page.statements if isinstance(s, Equation)}
    effects = {effect: node for s in page.statements for effect, node in _effects(s, defined)}
    return Glossary(parameters, effects, _varying(page, effects), _residual(page))


def walk(node: Node) -> Iterator[Node]:
    """A node and everything in it, but for the symbols in scripts."""
    yield node
    for part in parts(node):
        yield from walk(part)


def parts(node: Node) -> tuple[Node, ...]:
    """The nodes that a node is made of."""
    match node:
        case Quantity(symbol=of) | Negative(of) | Transpose(of) | Column(of) | Marked(of) | Uncertain(of):
            return (of,)
        case Sum(items) | Product(items) | Vector(items) | Equation(items):
            return items
        case Quotient(a, b) | Power(a, b):
            return (a, b)
        case Apply(_, arguments, given):
            return arguments + given
        case Matrix(rows):
            return tuple(cell for row in rows for cell in row)
        case _:
            return ()


def _walk_statement(statement: Equation | Distributed) -> Iterator[Node]:
    nodes = (
        statement.sides
        if isinstance(statement, Equation)
        else (
            *statement.left,
            *statement.distribution.arguments,
            *(n for _, n in statement.distribution.keywords),
        )
    )
    for node in nodes:
        yield from walk(node)


# ------------------------------------------------------------------ random effects


def _effects(
    statement: Equation | Distributed, defined: Mapping[Node, Node]
) -> Iterator[tuple[Effect, Node]]:
    """The random effects that a statement distributes, each with its symbol.

    ``defined`` are the vectors and matrices that have equations of their own.
    """
    match statement:
        case Distributed(left, Distribution("normal", (_, spread))):
            items = _items(left, defined)
            cells = _variances(spread, defined) or (spread,) * len(items)
        case _:
            return
    for symbol, cell in zip(items, cells, strict=False):
        match cell:
            case Quantity(Variance(group, term)):
                yield (group, term), symbol


def _items(left: tuple[Node, ...], defined: Mapping[Node, Node]) -> tuple[Node, ...]:
    """What is distributed, one by one: the parts of a vector, also of one that is defined elsewhere."""
    match defined.get(left[0], left[0]):
        case Vector(items) | Transpose(Vector(items)):
            return items
        case _:
            return left


def _variances(spread: Node, defined: Mapping[Node, Node]) -> tuple[Node, ...]:
    """The diagonal of a covariance matrix, or of the standard deviations in S R S; nothing for a number."""
    match defined.get(spread, spread):
        case Matrix(rows):
            return tuple(row[n] for n, row in enumerate(rows))
        case Apply("diag", cells):
            return cells
        case Product((first, *_)) if first in defined:
            return _variances(first, defined)
        case _:
            return ()


def _residual(page: Equations) -> Node | None:
    """What is distributed around 0 with the residual's variance."""
    for statement in page.statements:
        match statement:
            case Distributed((symbol,), Distribution("normal", (Number("0"), spread))):
                found = [n for n in walk(spread) if isinstance(n, Quantity)]
                if any(isinstance(n.parameter, ResidualVariance) for n in found):
                    return symbol
    return None


# ------------------------------------------------------------------ varying coefficients


def _varying(page: Equations, effects: Mapping[Effect, Node]) -> dict[tuple[int, Term], Node]:
    """The left side of each level equation, found from the highest level downward."""
    found: dict[tuple[int, Term], Node] = {}
    meaning: dict[Node, Term] = {symbol: term for (_, term), symbol in effects.items()}
    equations = [s for s in page.statements if isinstance(s, Equation) and s.level > 1]
    for equation in sorted(equations, key=lambda e: -e.level):
        left, right = equation.sides[0], equation.sides[-1]
        term = _coefficient_of(right, meaning)
        if term is not None:
            meaning[left] = term
            found[equation.level, term] = left
    return found


def _coefficient_of(right: Node, meaning: Mapping[Node, Term]) -> Term | None:
    """The term whose coefficient an expression is: what its first summand multiplies elsewhere."""
    summands = right.terms if isinstance(right, Sum) else (right,)
    for summand in summands:
        factors = summand.factors if isinstance(summand, Product) else (summand,)
        term = _term_of(factors[0], meaning)
        if term is not None:
            shown = {name for f in factors[1:] for name in _data(f)}
            return Term(tuple(f for f in term.factors if not set(variables(f)) & shown))
    return None


def _term_of(node: Node, meaning: Mapping[Node, Term]) -> Term | None:
    match node:
        case Quantity(Coefficient(term)):
            return term
        case _:
            return meaning.get(node)


def _data(node: Node) -> Iterator[str]:
    """The names of the variables in an expression."""
    for part in walk(node):
        if isinstance(part, Symbol) and part.word:
            yield part.base
