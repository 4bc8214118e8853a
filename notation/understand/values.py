"""Values that are stated beside the symbols: γ_00 = 12.64 says how large γ_00 was found to be.

Such a statement is no equation of the model. It is taken from the page before the model is read, and its
number is given to the parameter afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

from ..equations import Equation, Node, Number, Power, Product, Statement, Symbol
from ..errors import ReadError
from ..frozen import frozen
from ..parameters import Parameter
from ..reading import Reading
from .names import Key, heads, key, spell_symbol
from .trees import number_of, rewrite, statement_nodes, symbols

SETTINGS = (Number("0"), Number("1"))
"""What is 0 or 1 is set, and not estimated: a mean of effects, the variance of a latent variable."""


@frozen
class Value:
    """A statement that gives a number to a symbol, to its square, or to a product of symbols."""

    of: Node
    number: float
    statement: Equation

    @property
    def names(self) -> frozenset[Key]:
        """The names of the symbols that it gives the value of."""
        return frozenset(map(key, symbols(self.of)))


def take_values(statements: tuple[Statement, ...]) -> tuple[tuple[Statement, ...], tuple[Value, ...]]:
    """The statements of the model, and the values of symbols that stand among these."""
    stated = [value for s in statements if (value := _value(s)) is not None]
    if not stated:
        return statements, ()
    theirs = {id(value.statement) for value in stated}
    others = (s for s in statements if id(s) not in theirs)
    used = {key(symbol) for s in others for node in statement_nodes(s) for symbol in symbols(node)}
    values = tuple(value for value in stated if value.names <= used)
    taken = {id(value.statement) for value in values}
    return tuple(s for s in statements if id(s) not in taken), values


def _value(statement: Statement) -> Value | None:
    match statement:
        case Equation((Symbol() | Power(Symbol(), Number("2")) as left, right)):
            pass
        case Equation((Product(factors) as left, right)) if all(isinstance(f, Symbol) for f in factors):
            pass
        case _:
            return None
    number = number_of(right)
    if number is None or right in SETTINGS or any(map(heads, symbols(left))):
        return None
    return Value(left, number, statement)


def with_values(readings: Sequence[Reading], values: Sequence[Value], source: str) -> list[Reading]:
    """The readings with the numbers of their parameters. Raises ReadError for values of anything else."""
    named = {key(s) for r in readings for node in r.symbols.values() for s in symbols(node)}
    for value in values:
        if not value.names <= named:
            names = ", ".join(map(spell_symbol, symbols(value.of)))
            message = f"There is a value for {names}, which is no parameter of the model."
            raise ReadError(message, source, value.statement.span, "Leave it out.")
    return [replace(r, estimates={**r.estimates, **_estimates(r, values)}) for r in readings]


def _estimates(reading: Reading, values: Sequence[Value]) -> dict[Parameter, float]:
    """The parameters whose own expression has a value, or whose symbols have: σ = 6 gives σ²."""
    roots = {key(v.of): v.number for v in values if isinstance(v.of, Symbol)}
    roots |= {key(of): sqrt(v.number) for v in values if (of := _squared(v)) is not None}

    def number(symbol: Symbol) -> Node:
        root = roots.get(key(symbol))
        return symbol if root is None else Number(repr(root))

    found: dict[Parameter, float] = {}
    for parameter, node in reading.symbols.items():
        own = next((v.number for v in values if v.of == node), None)
        worked_out = number_of(rewrite(node, number)) if own is None else own
        if worked_out is not None:
            found[parameter] = worked_out
    return found


def _squared(value: Value) -> Symbol | None:
    match value.of:
        case Power(Symbol() as symbol) if value.number >= 0:
            return symbol
        case _:
            return None
