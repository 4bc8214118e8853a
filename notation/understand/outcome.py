"""The statement that the others serve: the one whose left side no other statement uses."""

from __future__ import annotations

from collections.abc import Iterator

from ..equations import Distributed, Distribution, Equation, Matrix, Symbol, Word
from .book import Book
from .entries import is_moment
from .links import event, linked
from .names import Key, is_greek, key
from .response import FAMILIES, sides
from .trees import is_zero, number_of, symbols


def find_outcomes(book: Book) -> list[int]:
    """The statements whose left side no other statement uses: one for each response, or several for one.

    Raises ReadError where there is none.
    """
    candidates = [n for n in _candidates(book) if not _is_effect(book, n) or _is_named(left_symbol(book, n))]
    if not candidates:
        _refuse_unknown_law(book)
        raise book.remarks.refusal(
            "No equation for an outcome was found.",
            "Write the equation of the response, as in math_ij = β_0j + r_ij.",
        )
    data = [n for n in candidates if _is_data(left_symbol(book, n))]
    laws = [n for n in data or candidates if _is_sampling(book, n)]
    return laws or _largest(book, data or candidates)


def _refuse_unknown_law(book: Book) -> None:
    """Raises ReadError where data have a distribution that no family of responses has."""
    for number, statement in enumerate(book.statements):
        if not isinstance(statement, Distributed) or not _is_data(left_symbol(book, number)):
            continue
        law = statement.distribution
        if law.name not in FAMILIES:
            raise book.remarks.refusal(
                f"A response with the distribution {law.spelling or law.name} has no family here.",
                f"The families are {', '.join(dict.fromkeys(FAMILIES.values()))}.",
                statement.span,
            )


def _candidates(book: Book) -> Iterator[int]:
    users: dict[Key, set[int]] = {}
    for n, used in enumerate(book.right):
        for symbol in used:
            users.setdefault(key(symbol), set()).add(n)
    links = _link_statements(book)
    for n, statement in enumerate(book.statements):
        left = left_symbol(book, n)
        if left is None or is_moment(statement) or n in links:
            continue
        if users.get(key(left), set()) - {n} or not _says_mean(statement):
            continue
        yield n


def _link_statements(book: Book) -> set[int]:
    """Statements that only say how a mean is linked to the predictor, where the mean's law is stated."""
    found = set()
    for name, (_, _, n) in book.links.items():
        laws = (
            used for s, used in zip(book.statements, book.right, strict=True) if isinstance(s, Distributed)
        )
        if any(name == key(symbol) for used in laws for symbol in used):
            found.add(n)
    return found


def _says_mean(statement: object) -> bool:
    """Whether a statement can be that of a response: not a prior, not a matrix, not an effect."""
    match statement:
        case Distributed((_,), Distribution(name, arguments, keywords)):
            values = [*arguments, *(value for _, value in keywords)]
            if name not in FAMILIES or not values:
                return False
            return any(number_of(value) is None for value in values)
        case Equation(sides):
            return len(sides) > 1 and not any(isinstance(side, Matrix) for side in sides)
        case _:
            return False


def _is_named(symbol: Symbol | None) -> bool:
    """Whether a symbol is a word or a y, which no random effect is."""
    return symbol is not None and (symbol.word or symbol.base in ("y", "Y"))


def _is_effect(book: Book, number: int) -> bool:
    """Whether a statement says that something has mean 0, as of random effects."""
    statement = book.statements[number]
    return (
        isinstance(statement, Distributed)
        and bool(statement.distribution.arguments)
        and is_zero(statement.distribution.arguments[0])
    )


def left_symbol(book: Book, number: int) -> Symbol | None:
    """The symbol that a statement is about, inside of a link, a logarithm or a probability."""
    statement = book.statements[number]
    node = sides(statement)[0] if isinstance(statement, Equation) else statement.left[0]
    if (found := event(node)) is not None:
        node = found.variable
    if (link := linked(node)) is not None:
        node = found.variable if (found := event(link[1])) is not None else link[1]
    return node if isinstance(node, Symbol) else next(iter(symbols(node)), None)


def _is_data(symbol: Symbol | None) -> bool:
    return (
        symbol is not None
        and (symbol.word or not is_greek(symbol.base))
        and not _looks_like_coefficient(symbol)
    )


def _looks_like_coefficient(symbol: Symbol) -> bool:
    numbered = any(not isinstance(s, Word) for s in key(symbol).below)
    return numbered and not symbol.word and symbol.base not in "YyXxZz"


def _is_sampling(book: Book, number: int) -> bool:
    return isinstance(book.statements[number], Distributed)


def _largest(book: Book, candidates: list[int]) -> list[int]:
    """The statements of the response whose predictor leads to the most definitions."""
    reach = {n: _reach(book, n) for n in candidates}
    names = {n: key(left) for n in candidates if (left := left_symbol(book, n)) is not None}
    best = max(names, key=lambda n: (reach[n], -n))
    same = [n for n, name in names.items() if name == names[best]]
    return sorted(same, key=lambda n: -reach[n])


def _reach(book: Book, number: int) -> int:
    seen: set[int] = set()
    waiting = [number]
    while waiting:
        for symbol in book.right[waiting.pop()]:
            for definition in book.definitions.get(key(symbol), []):
                if definition.statement not in seen:
                    seen.add(definition.statement)
                    waiting.append(definition.statement)
    return len(seen)
