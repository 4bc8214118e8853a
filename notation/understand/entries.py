"""Sorting the statements of a page into a :class:`.Book`."""

from __future__ import annotations

from collections.abc import Iterator

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
    Power,
    Statement,
    Symbol,
    Transpose,
    Vector,
    Word,
)
from .book import Book, Definition, Joint
from .links import EXPECTATIONS, event, linked
from .names import Belongs, heads, key, spell_symbol
from .normal import NormalForm
from .remarks import Remarks
from .spreads import check_spread, is_diagonal, is_matrix
from .stacked import stacked
from .trees import is_zero, number_of, statement_nodes, symbols
from .variances import LAG

SPREADS = ("Var", "var", "V", "Variance")
COVARIANCES = ("Cov", "cov")
CORRELATIONS = ("Cor", "Corr", "cor", "corr")
DEVIATIONS = ("SD", "sd")
MOMENTS = (*SPREADS, *COVARIANCES, *CORRELATIONS, *DEVIATIONS)


def open_book(form: NormalForm, legend: Legend, lookups: Belongs, remarks: Remarks) -> Book:
    """Sort the statements of a page."""
    book = Book(form.statements, legend, form.words, lookups, remarks)
    book.has_priors = any(_is_prior(statement) for statement in form.statements)
    whole = stacked(form.statements)
    for number, statement in enumerate(form.statements):
        used = tuple(right_symbols(statement))
        book.right.append(used)
        book.indexed.update([key(s) for s in used if s.below and heads(s)])
        if number in whole:
            items, spread = whole[number]
            _enter_joint(book, Joint(items, spread, number, bare=True))
        elif isinstance(statement, Equation):
            _enter_equation(book, number, statement)
        else:
            _enter_distribution(book, number, statement)
    for joint in book.joints:
        if joint.spread is not None:
            check_spread(book, joint.statement, joint.spread)
    _join_covariances(book)
    return book


def _enter_equation(book: Book, number: int, equation: Equation) -> None:
    sides = equation.sides
    if is_moment(equation):
        _enter_moment(book, number, equation)
    elif (items := _list(equation)) and isinstance(sides[0], Symbol):
        book.lists[key(sides[0])] = (items, number)
    elif any(isinstance(s, Matrix) for s in sides) or is_diagonal(sides[-1]):
        for symbol in (side for side in sides[:-1] if isinstance(side, Symbol)):
            if book.matrices.setdefault(key(symbol), (sides[-1], number))[0] != sides[-1]:
                raise book.remarks.refusal(
                    f"{spell_symbol(symbol)} is given twice, with other cells.",
                    "Write one matrix for each letter.",
                    symbol.span or book.span(number),
                )
    elif not (_enter_links(book, number, sides) and len(sides) == 2):
        for side in sides[:-1]:
            if isinstance(side, Symbol) and not _is_link_of_event(sides[-1]):
                _define(book, Definition(side, sides[-1], number, error=False))


def _list(equation: Equation) -> tuple[Node, ...]:
    """The entries of θ = (θ_1, θ_2): several for a letter without indices; else none."""
    match equation.sides:
        case (Symbol() as left, right) if not heads(left):
            column = _column(right)
            return column.items if isinstance(column, Vector) and len(column.items) > 1 else ()
        case _:
            return ()


def _enter_links(book: Book, number: int, sides: tuple[Node, ...]) -> bool:
    """Note which mean is linked to what, and whether there is a link at all."""
    found = False
    for side in sides:
        link = linked(side)
        if link is not None and isinstance(link[1], Symbol) and _is_mean(book, link[1]):
            others = [s for s in sides if s is not side]
            book.links.setdefault(key(link[1]), (link[0], others[-1], number))
            found = True
    return found


def _is_link_of_event(node: Node) -> bool:
    """Whether an expression is the link of a probability: η = logit(Pr(y ≤ m)) says nothing else of η."""
    link = linked(node)
    return link is not None and event(link[1]) is not None


def _is_mean(book: Book, symbol: Symbol) -> bool:
    """Whether a symbol can be the mean of a response: a letter, or a word that a distribution names."""
    if not symbol.word:
        return True
    laws = (s.distribution for s in book.statements if isinstance(s, Distributed))
    return any(isinstance(a, Symbol) and key(a) == key(symbol) for law in laws for a in law.arguments)


def is_moment(statement: Statement) -> bool:
    """Whether a statement gives a variance or covariance, or says that a mean is 0."""
    match statement:
        case Equation((Apply(name, _), *_)) if name in MOMENTS:
            return True
        case Equation((*lefts, right)):
            return is_zero(right) and all(isinstance(s, Apply) and s.function in EXPECTATIONS for s in lefts)
        case _:
            return False


def _enter_moment(book: Book, number: int, equation: Equation) -> None:
    """Each side of a chain, as in Var(u_0j) = Var(u_1j) = τ², with what stands at its end."""
    book.used.add(number)
    for side in equation.sides[:-1]:
        _enter_side(book, number, side, equation.sides[-1])


def _enter_side(book: Book, number: int, side: Node, spread: Node) -> None:
    match side:
        case Apply(name, (Symbol() as symbol,)) if name in (*SPREADS, *COVARIANCES):
            _enter_joint(book, Joint((symbol,), spread, number, bare=True))
        case Apply(name, (Symbol() as symbol,)) if name in DEVIATIONS:
            _enter_joint(book, Joint((symbol,), Power(spread, Number("2")), number, bare=True))
        case Apply(name, (Vector(items),)) if name in (*SPREADS, *COVARIANCES):
            found = tuple(i for i in items if isinstance(i, Symbol))
            _enter_joint(book, Joint(found, spread, number, bare=True))
        case Apply(name, (Symbol() as a, Symbol() as b)) if _relates_units(name, a, b, spread):
            raise book.remarks.refusal(
                f"{spell_symbol(a)} and {spell_symbol(b)} are said to be related: effects of different units "
                "are independent, but for residuals that follow an AR(1) process.",
                "Write Cor(r_ij, r_{i-s,j}) = ρ^s for such residuals.",
                book.span(number),
            )
        case Apply(name, (Symbol() as a, Symbol() as b)) if name in COVARIANCES:
            book.covariances.append((a, b, spread))
        case Apply(name, (Symbol() as a, Symbol() as b)) if name in CORRELATIONS:
            if _is_lagged(a) or _is_lagged(b):
                book.correlations.append((a, b, spread, number))
            else:  # a correlation says that there is a covariance, and not which
                book.covariances.append((a, b, spread if is_zero(spread) else Blank()))
        case Apply(name) if name not in EXPECTATIONS:
            book.remarks.warning(
                "unread-statement",
                "This statement about a variance or covariance is no part of the model that was read.",
                "Write it for single symbols, as in Var(u_0j) = τ_00 and Cov(u_0j, u_1j) = τ_01.",
                book.span(number),
            )


def _is_lagged(symbol: Symbol) -> bool:
    """Whether a symbol is that of an observation some steps on: r_{i-s,j}."""
    return any(isinstance(s, Word) and LAG.fullmatch(s.text) for s in symbol.below)


def _relates_units(name: str, a: Symbol, b: Symbol, value: Node) -> bool:
    """Whether a covariance is that of two units, e_ij and e_kj; lags have a meaning of their own."""
    numbers = [[s for s in symbol.below if isinstance(s, Digit)] for symbol in (a, b)]
    lagged = name in CORRELATIONS and (_is_lagged(a) or _is_lagged(b))
    return a != b and a.base == b.base and numbers[0] == numbers[1] and not lagged and not is_zero(value)


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
            part = parts[n]
            return Blank() if part is None or part.spread is None else part.spread
        return pairs.get(frozenset((key(items[n]), key(items[m]))), zero)

    size = range(len(items))
    matrix = Matrix(tuple(tuple(cell(n, m) for m in size) for n in size))
    book.joints = [j for j in book.joints if all(j is not part for part in parts)]
    merged = [part.statement for part in parts if part is not None]
    book.used.update(merged)
    _enter_joint(book, Joint(items, matrix, min(merged, default=0), bare=True))


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
    for left in _lefts(statement, spread):
        match _column(left):
            case Symbol() as symbol:
                _enter_one(book, number, symbol, mean, spread, law.name)
            case Vector(items) if law.name == "normal":
                _enter_vector(book, number, items, _column(mean), spread)
            case Vector(items):
                found = [i for i in items if isinstance(i, Symbol) and heads(i)]
                book.laws.update({key(symbol): (law.name, number) for symbol in found})
            case _:
                pass  # a transformed response is no definition


def _lefts(statement: Distributed, spread: Node | None) -> tuple[Node, ...]:
    """What a distribution is about; a list with a covariance matrix is one vector: u_0j, u_1j ~ N(0, Σ)."""
    lefts = statement.left
    listed = len(lefts) > 1 and all(isinstance(left, Symbol) and heads(left) for left in lefts)
    matrix = isinstance(spread, Matrix) or (spread is not None and is_matrix(spread))
    return (Vector(lefts),) if listed and matrix else lefts


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


def _is_prior(statement: Statement) -> bool:
    """Whether a statement is a prior with numbers, as Bayesian specifications have them."""
    if not isinstance(statement, Distributed) or any(heads(s) for n in statement.left for s in symbols(n)):
        return False
    return all(number_of(argument) is not None for argument in statement.distribution.arguments)


def _is_fixed_prior(mean: Node, spread: Node | None) -> bool:
    """Whether a coefficient that varies by an index has nothing to learn its spread from."""
    return number_of(mean) is not None and spread is not None and number_of(spread) is not None


def _enter_one(book: Book, number: int, symbol: Symbol, mean: Node, spread: Node | None, law: str) -> None:
    if law == "normal" and heads(symbol) and book.has_priors and _is_fixed_prior(mean, spread):
        book.categorical.add(key(symbol))
        book.distributed.setdefault(key(symbol), [])
        book.used.add(number)
        return
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
