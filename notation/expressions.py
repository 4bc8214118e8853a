"""Expressions of data: what a coefficient or a random effect is multiplied by.

A :class:`Term` is a product of expressions, `ses × sector`; the empty product is the intercept.
Everything here is a value: two expressions are equal when they say the same thing, and a term is
equal to another with the same factors in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from .frozen import frozen


@frozen
class Variable:
    """A variable: a column of the data, by its name after unescaping."""

    name: str


@frozen
class Indicator:
    """1 where the categorical ``variable`` has this ``category``, 0 elsewhere."""

    variable: str
    category: str


@frozen
class Factor:
    """A categorical variable whose categories are not known (yet).

    It stands for all of its indicators at once. Data or ``categories=`` replace it by these.
    """

    variable: str


@frozen
class Constant:
    """A number in an expression, such as the 2 of ``x^2``. Integers and floats compare by value."""

    value: float


@frozen
class Call:
    """A numeric function of expressions: ``log(x)``, ``x^2``, ``x / y``.

    ``function`` is a name in R's spelling, or one of the operators ``+ - * / ^``.
    """

    function: str
    arguments: tuple[Expression, ...]


@frozen
class Basis:
    """One column of a basis expansion: ``poly(x, 2)``'s second, ``ns(x, 3)``'s first.

    ``settings`` are the further arguments as written, ``("2",)`` or ``("df = 3",)``. ``column``
    counts from 1; 0 stands for all columns at once where their number is not known. A basis column
    is never a power of the variable.
    """

    function: str
    of: Expression
    settings: tuple[str, ...]
    column: int


@frozen
class Mean:
    """The mean of an expression: within each group of ``within``, or over everything (None)."""

    of: Expression
    within: str | None = None


@frozen
class Centered:
    """An expression minus a mean or a constant: group-mean, grand-mean or constant centring."""

    of: Expression
    around: Mean | Constant


Expression = Variable | Indicator | Factor | Constant | Call | Basis | Mean | Centered


@dataclass(frozen=True, eq=False)
class Term:
    """A product of factors, compared without their order; no factor at all is the intercept."""

    factors: tuple[Expression, ...] = ()
    key: frozenset[Expression] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "factors", tuple(dict.fromkeys(self.factors)))
        object.__setattr__(self, "key", frozenset(self.factors))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Term) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __mul__(self, other: Term) -> Term:
        """The interaction ``a:b``; a factor that both have counts once, as in R."""
        return Term(self.factors + other.factors)

    def __bool__(self) -> bool:
        """Whether it has any factor, that is, whether it is not the intercept."""
        return bool(self.factors)

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """The names of its variables, each once, in order of appearance."""
        return tuple(dict.fromkeys(name for f in self.factors for name in variables(f)))


INTERCEPT = Term()


def variables(expression: Expression) -> Iterator[str]:
    """The names of the variables in an expression, in order of appearance."""
    match expression:
        case Variable(name) | Indicator(name) | Factor(name):
            yield name
        case Call(_, arguments):
            for argument in arguments:
                yield from variables(argument)
        case Basis(of=of) | Mean(of=of) | Centered(of=of):
            yield from variables(of)


def expand_product(left: Iterable[Term], right: Iterable[Term]) -> tuple[Term, ...]:
    """Every product of a term of ``left`` with one of ``right``, in order."""
    right = tuple(right)
    return tuple(a * b for a in left for b in right)
