"""Matrix forms that say what their matrices hold: X_ij β with X_ij = (1, ses_ij)ᵀ, β = (β_0, β_1).

A product of two vectors that both have an equation is written out, entry by entry; a vector that is
distributed stands for its entries. What is left are scalars, which the reader takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..equations import (
    Digit,
    Distributed,
    Distribution,
    Equation,
    Equations,
    Matrix,
    Negative,
    Node,
    Number,
    Product,
    Script,
    Statement,
    Sum,
    Symbol,
    Transpose,
    Vector,
)

Name = tuple[str, tuple[Script, ...]]
Entries = tuple[Node, ...]


def without_vectors(page: Equations) -> Equations:
    """The page with every product of two vectors written out, where both have an equation."""
    vectors = {
        _name(left): entries for left, entries in map(_definition, page.statements) if entries and left
    }
    used: set[Name] = set()
    statements = tuple(_written_out(s, vectors, used) for s in page.statements)
    kept = [s for s in statements if not _defines(s, used)]
    return replace(page, statements=tuple(_distributed(s, vectors, used) for s in kept))


def _name(symbol: Symbol) -> Name:
    return symbol.base, symbol.below


def _definition(statement: Statement) -> tuple[Symbol | None, Entries]:
    match statement:
        case Equation((Symbol() as left, right)):
            return left, _entries(right)
        case _:
            return None, ()


def _entries(node: Node) -> Entries:
    """The entries of a vector, however it is written; a matrix with several rows and columns has none."""
    match node:
        case Transpose(of):
            return _entries(of)
        case Vector(items):
            return items
        case Matrix((row,)):
            return row
        case Matrix(rows) if all(len(row) == 1 for row in rows):
            return tuple(row[0] for row in rows)
        case _:
            return ()


def _defines(statement: Statement, used: set[Name]) -> bool:
    left, entries = _definition(statement)
    return left is not None and bool(entries) and _name(left) in used


def _written_out(statement: Statement, vectors: dict[Name, Entries], used: set[Name]) -> Statement:
    """The statement with its products of vectors written out; notes which vectors it used."""
    match statement:
        case Equation((*lefts, right)):
            return replace(statement, sides=(*lefts, _expand(right, vectors, used)))
        case Distributed(_, Distribution(arguments=(mean, *spread)) as law):
            changed = replace(law, arguments=(_expand(mean, vectors, used), *spread))
            return replace(statement, distribution=changed)
        case _:
            return statement


def _expand(node: Node, vectors: dict[Name, Entries], used: set[Name]) -> Node:
    match node:
        case Sum(terms):
            return Sum(tuple(_expand(term, vectors, used) for term in terms))
        case Negative(of):
            return Negative(_expand(of, vectors, used))
        case Product((first, second)):
            _number_entries(first, second, vectors)
            a, b = (_written(factor, vectors) for factor in (first, second))
            if len(a) < 2 or len(a) != len(b):
                return node
            used |= {_name(symbol) for symbol in map(_vector, (first, second)) if symbol is not None}
            return Sum(tuple(_times(x, y) for x, y in zip(a, b, strict=True)))
        case _:
            return node


def _number_entries(row: Node, column: Node, vectors: dict[Name, Entries]) -> None:
    """X β where only X names its columns: β is β_0, β_1, …, in their order."""
    entries, symbol = _written(row, vectors), _vector(column)
    if len(entries) < 2 or symbol is None or symbol.word or _name(symbol) in vectors:
        return
    if not any(isinstance(script, Digit) for script in symbol.below):
        made = (replace(symbol, below=(Digit(n), *symbol.below)) for n in range(len(entries)))
        vectors[_name(symbol)] = tuple(made)


def _written(factor: Node, vectors: Mapping[Name, Entries]) -> Entries:
    """The entries of a factor that is a vector, or the letter of one."""
    symbol = _vector(factor)
    return _entries(factor) if symbol is None else vectors.get(_name(symbol), ())


def _vector(node: Node) -> Symbol | None:
    """The letter of a factor that may be a vector, transposed or not."""
    match node:
        case Transpose(Symbol() as symbol) | (Symbol() as symbol):
            return symbol
        case _:
            return None


def _times(x: Node, y: Node) -> Node:
    """One entry times another; 1 is left out."""
    match x:
        case Number("1"):
            return y
        case Product(factors):
            return Product((y, *factors))
        case _:
            return Product((y, x))


def _distributed(statement: Statement, vectors: Mapping[Name, Entries], used: set[Name]) -> Statement:
    match statement:
        case Distributed((Symbol() as left,)) if _name(left) in used:
            return replace(statement, left=(Vector(vectors[_name(left)]),))
        case _:
            return statement
