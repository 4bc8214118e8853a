"""The statements of a page, sorted by what they do.

An equation for a symbol, and ``a ~ N(m, v)`` for one that carries an index, say what the symbol
stands for: they are definitions. A normal distribution with mean 0 says that its symbols are random
effects; several together vary jointly. A distribution of a symbol without index is a prior.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..equations import (
    Apply,
    Blank,
    Digit,
    Distributed,
    Equation,
    Legend,
    Matrix,
    Node,
    Number,
    Range,
    Statement,
    Symbol,
    Transpose,
    Vector,
)
from ..errors import Span
from .links import EXPECTATIONS, linked
from .names import Belongs, Indices, Key, heads, key, spell_symbol
from .normal import NormalForm
from .remarks import Remarks
from .trees import is_zero, statement_nodes, symbols

SPREADS = ("Var", "var", "V", "Variance")
COVARIANCES = ("Cov", "cov")
MOMENTS = (*SPREADS, *COVARIANCES, "Cor", "Corr", "cor", "corr", "SD", "sd")


@dataclass(frozen=True, slots=True)
class Definition:
    """What a symbol stands for: ``body``, plus an error of its own where it has a distribution."""

    symbol: Symbol
    body: Node
    statement: int
    error: bool

    @property
    def indices(self) -> Indices:
        """The indices on the left."""
        return heads(self.symbol)


@dataclass(frozen=True, slots=True)
class Joint:
    """Symbols that one statement distributes together, with what it says of their covariance.

    ``dots`` says that the list of symbols was cut short by dots. ``bare`` that the mean is 0, so that
    they are random effects and not coefficients.
    """

    items: tuple[Symbol, ...]
    spread: Node | None
    statement: int
    bare: bool
    dots: bool = False


@dataclass
class Book:
    """The statements of one page with what was found in them.

    ``matrices`` are covariance matrices that have an equation of their own, ``laws`` distributions other
    than the normal of symbols that carry an index; ``used`` the statements that a reading rests on; ``right`` the
    symbols that each statement uses, ``indexed`` those used with an index.
    """

    statements: tuple[Statement, ...]
    legend: Legend
    words: Mapping[str, str]
    belongs: Belongs
    remarks: Remarks
    definitions: dict[Key, list[Definition]] = field(default_factory=dict)
    links: dict[Key, tuple[str, Node, int]] = field(default_factory=dict)
    joints: list[Joint] = field(default_factory=list)
    covariances: list[tuple[Symbol, Symbol, Node]] = field(default_factory=list)
    distributed: dict[Key, list[Symbol]] = field(default_factory=dict)
    matrices: dict[Key, tuple[Node, int]] = field(default_factory=dict)
    laws: dict[Key, tuple[str, int]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    indexed: set[Key] = field(default_factory=set)
    right: list[tuple[Symbol, ...]] = field(default_factory=list)

    def span(self, statement: int) -> Span | None:
        """The place of a statement in the source."""
        return self.statements[statement].span

    @property
    def ranges(self) -> Iterator[Range]:
        """The quantifiers of all statements."""
        return (r for s in self.statements for r in s.ranges)

    def close(self, symbol: Symbol) -> Indices:
        """The indices that a symbol carries, with all that follow from them."""
        return self.belongs.close(heads(symbol))

    def find(self, symbol: Symbol) -> list[Definition]:
        """What a symbol stands for; several definitions mean their sum.

        The exact set of indices first; α_{j[i],k[i]} may be the sum of α_j and α_k. A superscript that
        only the use has is set aside.
        """
        name = key(symbol)
        for candidates in (self.definitions.get(name), self.definitions.get(name.bare)):
            if candidates and (found := _matching(heads(symbol), candidates)):
                self.used.update(d.statement for d in found)
                return found
        candidates = self.definitions.get(name, [])
        self._check_lost_index(symbol, candidates)
        return self._indexed_elsewhere(symbol, candidates)

    def _indexed_elsewhere(self, symbol: Symbol, candidates: list[Definition]) -> list[Definition]:
        """β_1 where only β_1j has an equation and nothing uses β_1j: it has lost its index."""
        if heads(symbol) or not candidates or key(symbol) in self.indexed:
            return []
        found = candidates[0]
        self.used.add(found.statement)
        self.remarks.warning(
            "lost-index",
            f"{spell_symbol(symbol)} is read as {spell_symbol(found.symbol)}, which has an equation.",
            "Give it its index.",
            symbol.span,
        )
        return [found]

    def _check_lost_index(self, symbol: Symbol, candidates: list[Definition]) -> None:
        """An equation for the same letter and digits with other indices was surely meant for this one."""
        wanted = heads(symbol)
        for found in candidates:
            drifted = found.indices and not found.error and len(found.indices) == len(wanted)
            if wanted and (not found.indices or drifted):
                raise self.remarks.refusal(
                    f"{spell_symbol(symbol)} is used with other indices than in its own equation, "
                    f"where it is {spell_symbol(found.symbol)}.",
                    "Give it the same indices in both places.",
                    found.symbol.span or self.span(found.statement),
                )

    def is_defined(self, symbol: Symbol) -> bool:
        """Whether a symbol has an equation or a distribution of its own."""
        name = key(symbol)
        return (
            name in self.distributed
            or name in self.definitions
            or (bool(name.above) and (name.bare in self.definitions or name.bare in self.distributed))
        )

    def is_effect(self, symbol: Symbol) -> bool:
        """Whether a statement says that a symbol varies with mean 0."""
        return key(symbol) not in self.definitions and any(matches(j, symbol) for j in self.joints)


def matches(joint: Joint, symbol: Symbol) -> bool:
    """Whether a statement distributes a symbol, whatever the letters of its indices."""
    name = key(symbol)
    if any(key(item) == name for item in joint.items):
        return True
    return joint.dots and any(
        item.base == symbol.base and heads(item) == heads(symbol) for item in joint.items
    )


def _matching(wanted: Indices, candidates: list[Definition]) -> list[Definition]:
    if exact := [d for d in candidates if d.indices == wanted]:
        return exact[:1]
    parts = [d for d in candidates if d.indices and d.indices < wanted]
    if len(parts) > 1 and frozenset().union(*(d.indices for d in parts)) == wanted:
        return parts
    return []


def open_book(form: NormalForm, legend: Legend, lookups: Belongs, remarks: Remarks) -> Book:
    """Sort the statements of a page."""
    book = Book(form.statements, legend, form.words, lookups, remarks)
    for number, statement in enumerate(form.statements):
        used = tuple(right_symbols(statement))
        book.right.append(used)
        book.indexed.update([key(s) for s in used if s.below and heads(s)])
        if isinstance(statement, Equation):
            _enter_equation(book, number, statement)
        else:
            _enter_distribution(book, number, statement)
    _join_covariances(book)
    return book


def _enter_equation(book: Book, number: int, equation: Equation) -> None:
    sides = equation.sides
    if is_moment(equation):
        _enter_moment(book, number, equation)
        return
    for side in sides:
        if (link := linked(side)) is not None and isinstance(link[1], Symbol):
            others = [s for s in sides if s is not side]
            book.links.setdefault(key(link[1]), (link[0], others[-1], number))
            if len(sides) == 2:
                return
    if any(isinstance(s, Matrix) for s in sides) or is_diagonal(sides[-1]):
        for side in sides[:-1]:
            if isinstance(side, Symbol):
                book.matrices[key(side)] = (sides[-1], number)
    elif len(sides) > 1:
        for side in sides[:-1]:
            if isinstance(side, Symbol):
                _define(book, Definition(side, sides[-1], number, error=False))


def is_diagonal(node: Node) -> bool:
    """Whether an expression is a diagonal matrix, diag(…)."""
    return isinstance(node, Apply) and node.function == "diag"


def is_moment(statement: Statement) -> bool:
    """Whether a statement gives a variance or covariance, or says that a mean is 0."""
    match statement:
        case Equation((Apply(name, _), *_)) if name in MOMENTS:
            return True
        case Equation((Apply(name, _), right)) if name in EXPECTATIONS:
            return is_zero(right)
        case _:
            return False


def _enter_moment(book: Book, number: int, equation: Equation) -> None:
    book.used.add(number)
    match equation.sides:
        case (Apply(name, (Symbol() as symbol,)), *_, spread) if name in SPREADS:
            _enter_joint(book, Joint((symbol,), spread, number, bare=True))
        case (Apply(name, (Vector(items),)), *_, spread) if name in SPREADS:
            found = tuple(i for i in items if isinstance(i, Symbol))
            _enter_joint(book, Joint(found, spread, number, bare=True))
        case (Apply(name, (Symbol() as a, Symbol() as b)), *_, spread) if name in COVARIANCES:
            book.covariances.append((a, b, spread))


def _join_covariances(book: Book) -> None:
    """Effects of which a covariance is stated vary jointly: Var(u_0), Var(u_1) and Cov(u_0, u_1)."""
    stated = [(a, b, spread) for a, b, spread in book.covariances if not is_zero(spread)]
    if not stated:
        return
    pairs = {frozenset((key(a), key(b))): spread for a, b, spread in stated}
    items = tuple({key(s): s for a, b, _ in stated for s in (a, b)}.values())
    alone = {key(j.items[0]): j for j in book.joints if len(j.items) == 1}
    parts = [alone.get(key(item)) for item in items]
    zero: Node = Number("0")

    def cell(n: int, m: int) -> Node:
        if n == m:
            return (parts[n] and parts[n].spread) or Blank()
        return pairs.get(frozenset((key(items[n]), key(items[m]))), zero)

    size = range(len(items))
    matrix = Matrix(tuple(tuple(cell(n, m) for m in size) for n in size))
    book.joints = [j for j in book.joints if all(j is not part for part in parts)]
    _enter_joint(book, Joint(items, matrix, 0, bare=True))


def _define(book: Book, definition: Definition) -> None:
    book.definitions.setdefault(key(definition.symbol), []).append(definition)


def _enter_joint(book: Book, joint: Joint) -> None:
    book.joints.append(joint)
    for item in joint.items:
        book.distributed.setdefault(key(item), []).append(item)


def _enter_distribution(book: Book, number: int, statement: Distributed) -> None:
    law = statement.distribution
    spread = law.arguments[1] if len(law.arguments) > 1 else None
    mean = law.arguments[0] if law.arguments else Number("0")
    for left in statement.left:
        match _column(left):
            case Symbol() as symbol:
                _enter_one(book, number, symbol, mean, spread, law.name)
            case Vector(items) if law.name == "normal":
                _enter_vector(book, number, items, _column(mean), spread)
            case _:
                pass  # a transformed response is no definition


def _column(node: Node) -> Node:
    """A transposed vector or a matrix of one column, as a vector."""
    match node:
        case Transpose(of):
            return _column(of)
        case Matrix(rows) if all(len(row) == 1 for row in rows):
            return Vector(tuple(row[0] for row in rows))
        case Matrix((row,)):
            return Vector(row)
        case _:
            return node


def _enter_one(book: Book, number: int, symbol: Symbol, mean: Node, spread: Node | None, law: str) -> None:
    if law != "normal" or not heads(symbol):
        book.distributed.setdefault(key(symbol), [])
        if law != "normal" and heads(symbol):
            book.laws[key(symbol)] = (law, number)
        return
    _enter_joint(book, Joint((symbol,), spread, number, bare=is_zero(mean)))
    if not is_zero(mean):
        _define(book, Definition(symbol, mean, number, error=True))


def _enter_vector(book: Book, number: int, items: tuple[Node, ...], mean: Node, spread: Node | None) -> None:
    found = tuple(i for i in items if isinstance(i, Symbol))
    dots = len(found) < len(items)
    if any(not isinstance(i, Symbol | Blank) for i in items):
        raise book.remarks.refusal(
            "Only symbols can be distributed jointly.",
            "Write a vector of symbols before ~.",
            book.span(number),
        )
    bare = is_zero(mean)
    _enter_joint(book, Joint(found, spread, number, bare, dots))
    if not bare and any(heads(s) for s in found):
        for symbol, part in zip(found, _parts(book, number, mean, len(found)), strict=True):
            if is_zero(part):
                continue
            _define(book, Definition(symbol, part, number, error=True))


def _parts(book: Book, number: int, mean: Node, size: int) -> tuple[Node, ...]:
    """The means of the components of a vector; of a mean M that is a letter, M_0, M_1, …"""
    match mean:
        case Vector(items) if len(items) == size:
            return items
        case Symbol():
            return tuple(Symbol(mean.base, (Digit(n), *mean.below), span=mean.span) for n in range(size))
        case _:
            raise book.remarks.refusal(
                f"A vector of {size} symbols needs a mean of {size} expressions.",
                "Write one mean for each symbol.",
                book.span(number),
            )


def right_symbols(statement: Statement) -> Iterator[Symbol]:
    """The symbols that a statement uses: those on its right side, or in the arguments of its distribution."""
    first = 1 if isinstance(statement, Equation) else len(statement.left)
    for node in statement_nodes(statement)[first:]:
        yield from symbols(node)
    if isinstance(statement, Equation) and (len(statement.sides) == 2) and linked(statement.sides[1]):
        yield from symbols(statement.sides[0])
