"""What a page of equations says, worked out by SymPy, and what a model says, written down directly.

This is an independent oracle: it shares no code with the reader. It takes the tree that a notation
writes, substitutes every definition into the outcome's equation, and expands. Parameters are known
by the :class:`Quantity` around them, random effects by the variance in the matrix of their
distribution, columns of the data by their names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy
from trees import bare, walk

from notation.equations import (
    Apply,
    Column,
    Distributed,
    Equation,
    Equations,
    Index,
    Lookup,
    Matrix,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Quotient,
    Range,
    Sum,
    Symbol,
    Transpose,
    Vector,
)
from notation.expressions import (
    Basis,
    Call,
    Centered,
    Constant,
    Expression,
    Indicator,
    Mean,
    Term,
    Variable,
)
from notation.model import GAUSSIAN, Model, RandomBlock
from notation.parameters import Coefficient, ResidualVariance, Threshold, Variance


@dataclass(frozen=True)
class Claim:
    """What is claimed of an observation: the response, and the expanded predictor with its residual."""

    response: sympy.Expr
    predictor: sympy.Expr


# ------------------------------------------------------------------ leaves that both sides name alike

RESIDUAL = sympy.Symbol("residual")
THRESHOLD = sympy.Symbol("threshold")


def coefficient(term: Term) -> sympy.Symbol:
    return sympy.Symbol(f"coefficient of {names_of(term)}")


def effect(group: str, term: Term) -> sympy.Symbol:
    return sympy.Symbol(f"effect of {group} on {names_of(term)}")


def effect_of(block: RandomBlock, term: Term) -> sympy.Symbol:
    """Effects that share one variance are told by their place in the block."""
    if block.structure == "full":
        return effect(block.group, term)
    return numbered(effect(block.group, block.terms[0]), block.terms.index(term))


def numbered(symbol: sympy.Symbol, place: int) -> sympy.Symbol:
    return sympy.Symbol(symbol.name + "'" * place)


def names_of(term: Term) -> str:
    return " × ".join(sorted(map(repr, term.factors)))


def column(name: str) -> sympy.Symbol:
    return sympy.Symbol(f"column {name}")


def indicator(name: str, category: str) -> sympy.Symbol:
    return sympy.Symbol(f"column {name} is {category}")


def mean(name: str, group: str) -> sympy.Symbol:
    return sympy.Symbol(f"mean of {name} within {group or 'everything'}")


def call(function: str, *arguments: sympy.Expr) -> sympy.Expr:
    return sympy.Function(function)(*arguments)


# ------------------------------------------------------------------ the claim of a model


def claim_of_model(model: Model) -> Claim:
    """Σ coefficient × term + Σ effect × term + offsets, and the residual where there is one.

    Of an ordinal response it is a threshold, which takes the place of the intercept, less all that.
    """
    ordinal = model.family.name == "cumulative"
    summands = [coefficient(t) * product_of(t) for t in model.fixed if t or not ordinal]
    summands += [effect_of(b, t) * product_of(t) for b in model.random for t in b.terms]
    summands += [of_expression(o) for o in model.offsets]
    if model.family == GAUSSIAN:
        summands.append(RESIDUAL)
    predictor = THRESHOLD - sum(summands) if ordinal else sum(summands)
    return Claim(of_expression(model.response.expression), sympy.expand(predictor))


def product_of(term: Term) -> sympy.Expr:
    return sympy.prod([of_expression(f) for f in term.factors])


def of_expression(expression: Expression) -> sympy.Expr:
    match expression:
        case Variable(name):
            return column(name)
        case Indicator(name, category):
            return indicator(name, category)
        case Constant(value):
            return sympy.nsimplify(value)
        case Mean(Variable(name), within):
            return mean(name, within or "")
        case Centered(of, around):
            return of_expression(of) - of_expression(around)
        case Basis(function, of, settings, number):
            return call(f"{function}, column {number}", of_expression(of), *map(setting, settings))
        case Call(function, arguments):
            return operate(function, [of_expression(a) for a in arguments])
    raise AssertionError(expression)


def operate(function: str, arguments: list[sympy.Expr]) -> sympy.Expr:
    match function, arguments:
        case "+", [left, right]:
            return left + right
        case "-", [left, right]:
            return left - right
        case "-", [only]:
            return -only
        case "*", _:
            return sympy.prod(arguments)
        case "/", [left, right]:
            return left / right
        case "^", [base, exponent]:
            return base**exponent
    return call(function, *arguments)


def setting(text: str) -> sympy.Expr:
    return sympy.Symbol("".join(text.split()))


# ------------------------------------------------------------------ the claim of a page


def claim_of_page(page: Equations) -> Claim:
    """The outcome's equation with every definition of the page put in."""
    return Page(page).claim()


class Page:
    """A page with its definitions, each a SymPy expression of symbols that may be defined in turn."""

    def __init__(self, page: Equations) -> None:
        self.statements = page.statements
        ranges = [node for node in walk(page.statements) if isinstance(node, Range)]
        self.groups = {r.index: r.group for r in ranges} | {c.index: c.word for c in page.legend.counts}
        self.groups |= {group: group for group in self.groups.values()}  # looked up by their names
        self.vectors = dict(self._vectors())
        self.definitions = dict(self._definitions())

    def claim(self) -> Claim:
        first = self.statements[0]
        match first:
            case Equation((Symbol() as predictor, Apply(_, (Apply("Pr", (Apply("≤", (left, _)),)),)))):
                return Claim(self.expression(left), self._substituted(self.unknown(predictor)))
            case Equation((Apply("log", (Quotient(Apply("Pr", (Equation((left, _)),))),)), _)):
                predictors = {self._substituted(self.expression(s.sides[1])) for s in self.statements}
                (only,) = predictors  # every category has the same predictor
                return Claim(self.expression(left), only)
            case Equation((Apply("E" | "quantile", (left, *_)), mean)):
                linked = isinstance(mean, Symbol) and mean.base == "μ"
                predictor = self._link_of((mean,)) if linked else mean
                return Claim(self.expression(left), self._substituted(self.expression(predictor or mean)))
            case Equation((left, right)):
                return Claim(self.expression(left), self._substituted(self.expression(right)))
            case Distributed((left,), distribution):
                centre, *_ = distribution.arguments
                link = self._link_of(distribution.arguments)
                if link is not None and not (distribution.name == "normal" and self._is_defined(centre)):
                    return Claim(self.expression(left), self._substituted(self.expression(link)))
                return Claim(self.expression(left), self._substituted(self.expression(centre) + RESIDUAL))
        raise AssertionError(first)

    def _is_defined(self, mean: Node) -> bool:
        """Whether the mean itself stands on the left of an equation: μ_i = …, without a link."""
        return any(isinstance(s, Equation) and s.sides[0] == mean for s in self.statements)

    def _link_of(self, arguments: tuple[Node, ...]) -> Node | None:
        """The side of an equation whose other side holds the mean of the response; None without one."""
        means = [a for a in arguments if isinstance(a, Symbol) and not a.word]
        for statement in self.statements:
            match statement:
                case Equation((left, right)) if any(m in walk(left) for m in means):
                    return right
                case Equation((left, right)) if any(m in walk(right) for m in means):
                    return left
        return None

    def _substituted(self, expression: sympy.Expr) -> sympy.Expr:
        for _ in range(len(self.definitions) + 1):
            known = {s: self.definitions[s] for s in expression.free_symbols if s in self.definitions}
            if not known:
                return sympy.expand(expression)
            expression = expression.xreplace(known)
        raise AssertionError("the definitions go round in a circle")

    # -- definitions

    def _definitions(self) -> Iterator[tuple[sympy.Symbol, sympy.Expr]]:
        for statement in self.statements:
            match statement:
                case Equation((_, Matrix() | Vector() | Transpose() | Apply("diag", _))):
                    continue  # the contents of a vector or of a matrix of (co)variances or correlations
                case Equation((Symbol(word=False) as left, right)):
                    yield self.unknown(left), self.expression(right)
                case Distributed((left,), distribution) if distribution.name == "normal":
                    yield from self._distributed(left, *distribution.arguments)

    def _vectors(self) -> Iterator[tuple[Symbol, tuple[Node, ...]]]:
        """The entries of each vector that has an equation."""
        for statement in self.statements:
            match statement:
                case Equation((Symbol() as name, Vector(items) | Transpose(Vector(items)))):
                    yield name, items

    def _distributed(
        self, left: Node, centre: Node, spread: Node
    ) -> Iterator[tuple[sympy.Symbol, sympy.Expr]]:
        """Each random quantity is its mean plus the effect whose variance stands on the diagonal."""
        left = Vector(self.vectors[left]) if isinstance(left, Symbol) and left in self.vectors else left
        lefts = left.items if isinstance(left, Vector) else (left,)
        centres = centre.items if isinstance(centre, Vector) else (centre,) * len(lefts)
        diagonal = self._diagonal(spread)
        for place, (one, middle, cell) in enumerate(zip(lefts, centres, diagonal, strict=True)):
            if isinstance(one, Symbol) and not one.word:
                deviation = self._deviation(cell)
                if deviation != RESIDUAL:
                    deviation = numbered(deviation, diagonal[:place].count(cell))
                yield self.unknown(one), self.expression(middle) + deviation

    def _diagonal(self, spread: Node) -> list[Node]:
        """The diagonal of a covariance matrix; of S R S, the standard deviations in S = diag(…)."""
        match spread:
            case Matrix(rows):
                return [row[n] for n, row in enumerate(rows)]
            case Symbol() as matrix if (rows := self._matrix(matrix)) is not None:
                return self._diagonal(rows)
            case Product((scales, _, _)):
                equations = (s for s in self.statements if isinstance(s, Equation) and s.sides[0] == scales)
                return list(next(equations).sides[1].arguments)
        return [spread]

    def _matrix(self, name: Symbol) -> Matrix | None:
        """The covariance matrix of this name."""
        for statement in self.statements:
            match statement:
                case Equation((left, Matrix() as matrix)) if left == name:
                    return matrix
        return None

    def _deviation(self, cell: Node) -> sympy.Expr:
        match [node.parameter for node in walk(cell) if isinstance(node, Quantity)]:
            case [Variance(group, term)]:
                return effect(group, term)
            case [ResidualVariance(), *_]:  # several, where categories have their own
                return RESIDUAL
        raise AssertionError(cell)

    def unknown(self, symbol: Symbol) -> sympy.Symbol:
        """A letter that is defined on the page, whatever index it carries there."""
        return sympy.Symbol(f"unknown {bare(symbol)}")

    # -- expressions

    def expression(self, node: Node) -> sympy.Expr:
        match node:
            case Quantity(Coefficient(term)):
                return coefficient(term)
            case Quantity(Threshold()) | Symbol("θ", (Index(),)):
                return THRESHOLD
            case Symbol(word=True):
                return self._data(node)
            case Symbol():
                return self.unknown(node)
            case Number(text):
                return sympy.nsimplify(text)
            case Negative() | Sum() | Product() | Quotient() | Power():
                return self._arithmetic(node)
            case Apply("offset", (argument,)):
                return self.expression(argument)
            case Apply(function, arguments):
                return call(function, *map(self.expression, arguments))
            case Column(Apply(function, (of, *settings)), number):
                shown = map(self._setting, settings)
                return call(f"{function}, column {number}", self.expression(of), *shown)
        raise AssertionError(node)

    def _arithmetic(self, node: Node) -> sympy.Expr:
        match node:
            case Negative(of):
                return -self.expression(of)
            case Sum(terms):
                return sum(map(self.expression, terms))
            case Product((Transpose(Symbol() as row), Symbol() as column)):
                pairs = zip(self.vectors[row], self.vectors[column], strict=True)
                return sum(self.expression(a) * self.expression(b) for a, b in pairs)
            case Product(factors):
                return sympy.prod(list(map(self.expression, factors)))
            case Quotient(numerator, denominator):
                return self.expression(numerator) / self.expression(denominator)
            case Power(base, exponent):
                return self.expression(base) ** self.expression(exponent)
        raise AssertionError(node)

    def _data(self, symbol: Symbol) -> sympy.Symbol:
        if symbol.category:
            return indicator(symbol.base, symbol.category)
        if symbol.accent != "bar":
            return column(symbol.base)
        within = [s.name for s in symbol.below if isinstance(s, Index | Lookup)]
        return mean(symbol.base, self.groups[within[0]] if within else "")

    def _setting(self, node: Node) -> sympy.Expr:
        match node:
            case Number(text) | Symbol(text):
                return setting(text)
            case Equation((Symbol(name), Number(text) | Symbol(text))):
                return setting(f"{name}={text}")
        raise AssertionError(node)
