"""A page as its audits see it: each equation as its summands, without anything substituted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from ...equations import Apply, Digit, Distributed, Equation, Index, Node, Symbol
from ...errors import ReadError, Span
from ...frozen import frozen
from ..book import Book
from ..entries import is_moment
from ..expansion import Expansion, Summand
from ..names import NONE, Indices, heads, key, spell_symbol
from ..remarks import Remarks
from ..trees import statement_nodes, symbols

Digits = tuple[int, ...]


@frozen
class Line:
    """An equation: its left side, and the summands of its right side as they are written."""

    left: Symbol
    summands: tuple[Summand, ...]
    statement: int
    level: bool

    @property
    def digits(self) -> Digits:
        """The digits of the coefficient that the equation is for."""
        return digits_of(self.left)

    @property
    def coefficients(self) -> Iterator[tuple[Symbol, Summand]]:
        """The symbols of the coefficients and effects, each with its summand."""
        return ((s.leaf.symbol, s) for s in self.summands if s.leaf is not None and s.leaf.symbol is not None)


@dataclass(frozen=True)
class Sheet:
    """The statements of a page that are audited, and the equations among them as lines."""

    book: Book
    used: frozenset[int]
    lines: tuple[Line, ...]

    @property
    def remarks(self) -> Remarks:
        """Where findings are noted."""
        return self.book.remarks

    @cached_property
    def symbols(self) -> tuple[Symbol, ...]:
        """Every symbol of the audited statements: those on left sides, and those used."""
        found: list[Symbol] = []
        for number in sorted(self.used):
            found += lefts(self.book, number)
            found += self.book.right[number]
        return tuple(found)

    @cached_property
    def mentioned(self) -> tuple[Symbol, ...]:
        """Every symbol of the audited statements wherever it stands, in functions on left sides too."""
        nodes = [node for n in sorted(self.used) for node in statement_nodes(self.book.statements[n])]
        return tuple(symbol for node in nodes for symbol in symbols(node))

    @cached_property
    def counters(self) -> Indices:
        """The letters that count the entries of lists and no units: m of the thresholds θ_m."""
        return NONE.union(*(heads(s) for s in self.symbols if key(s) in self.book.lists))

    @cached_property
    def distributed(self) -> tuple[Symbol, ...]:
        """The symbols that stand before a ~."""
        statements = [self.book.statements[n] for n in sorted(self.used)]
        lefts = [node for s in statements if isinstance(s, Distributed) for node in s.left]
        return tuple(symbol for node in lefts for symbol in symbols(node))

    @cached_property
    def spelled(self) -> frozenset[tuple[str, Digits]]:
        """The letters with digits that the page has anywhere."""
        return frozenset((s.base, digits_of(s)) for s in self.symbols)

    @property
    def levels(self) -> Iterator[Line]:
        """The equations of coefficients."""
        return (line for line in self.lines if line.level)

    def is_effect(self, line: Line, summand: Summand) -> bool:
        """Whether a summand varies with the left side, alone, and has no equation of its own."""
        symbol = summand.leaf.symbol if summand.leaf is not None else None
        if symbol is None or summand.data or key(symbol) in self.book.definitions:
            return False
        return bool(heads(symbol)) and (
            self.book.close(symbol) == self.book.close(line.left) or self.book.is_effect(symbol)
        )


def sheet_of(book: Book, used: frozenset[int]) -> Sheet:
    """The sheet of a book; equations that cannot be taken apart are left out."""
    asked = {key(s) for n in used for s in book.right[n]}
    widest = max((heads(s) for n in used for s in lefts(book, n)), key=len, default=NONE)
    lines = [
        Line(d.symbol, summands, d.statement, bool(heads(d.symbol)) and key(d.symbol) in asked)
        for definitions in book.definitions.values()
        for d in definitions
        if d.statement in used and (summands := summands_of(book, d.body, d.statement, widest)) is not None
    ]
    lines += _transformed(book, used)
    return Sheet(book, used, tuple(sorted(lines, key=lambda line: line.statement)))


def _transformed(book: Book, used: frozenset[int]) -> Iterator[Line]:
    """The equation of a response inside of a function, log(y_ij) or logit(p_ij), which defines no symbol."""
    for number in sorted(used):
        match book.statements[number]:
            case Equation((Apply() as left, right)) as statement if not is_moment(statement):
                named = next((s for s in symbols(left) if heads(s)), None)
                summands = None if named is None else summands_of(book, right, number, heads(named))
                if named is not None and summands is not None:
                    yield Line(named, summands, number, level=False)


def summands_of(book: Book, node: Node, statement: int, observation: Indices) -> tuple[Summand, ...] | None:
    """The summands of an expression as they are written; None where it cannot be taken apart."""
    try:
        return tuple(Expansion(book, book.belongs.close(observation)).summands(node, statement))
    except ReadError:
        return None


def lefts(book: Book, number: int) -> list[Symbol]:
    """The symbols that a statement is about: its left side, or the items of a vector there."""
    statement = book.statements[number]
    nodes = statement.left if isinstance(statement, Distributed) else statement.sides[:1]
    found = [node for node in nodes if isinstance(node, Symbol)]
    if isinstance(statement, Equation):
        return found
    return found or [item for joint in book.joints if joint.statement == number for item in joint.items]


def digits_of(symbol: Symbol) -> Digits:
    """The digits of a symbol: 1, 0 of γ_10."""
    return tuple(s.value for s in symbol.below if isinstance(s, Digit))


def plain_indices(symbol: Symbol) -> tuple[str, ...]:
    """The indices of a symbol that are not looked up, in order."""
    return tuple(s.name for s in symbol.below if isinstance(s, Index))


def respelled(source: str, span: Span | None, old: str, new: str) -> str | None:
    """The source with ``old`` replaced within a place, if it stands there exactly once."""
    if span is None or not old or source[span.start : span.end].count(old) != 1:
        return None
    inside = source[span.start : span.end].replace(old, new)
    return source[: span.start] + inside + source[span.end :]


def relabelled(symbol: Symbol, digits: Digits) -> str:
    """A symbol with other digits, in plain characters."""
    others = tuple(s for s in symbol.below if not isinstance(s, Digit))
    return spell_symbol(replace(symbol, below=(*map(Digit, digits), *others)))


def joined(digits: Digits) -> str:
    """Digits as they are written in a script: 10, or 1,10 from ten on."""
    return ("," if any(d > 9 for d in digits) else "").join(map(str, digits))
