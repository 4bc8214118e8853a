"""What the second argument of a normal distribution says beyond one variance.

``σ² I`` is one variance for all; ``σ² V`` is not, with a matrix V that is known or differs by group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..equations import Apply, Distributed, Node, Power, Product, Sum, Symbol, Transpose
from .book import Book
from .names import has_lookup, heads, spell_symbol
from .trees import span_of, symbols
from .variances import by_category

CONSTANT = "Write one symbol or one number for the variance."


def check_spread(book: Book, number: int, spread: Node) -> None:
    """Raises ReadError for a variance that is a function of something; warns of one with an index."""
    match spread:
        case Sum() | Apply() if not is_diagonal(spread) and not by_category(spread):
            raise book.remarks.refusal(
                "This variance depends on something: a model is held with variances that are constants.",
                CONSTANT,
                book.span(number),
            )
        case Symbol() as symbol if _varies(book, number, symbol):
            book.remarks.warning(
                "indexed-variance",
                f"{spell_symbol(symbol)} has an index, as if each unit had a variance of its own: it is read "
                "as one variance.",
                "Leave the index out, if one variance is meant.",
                symbol.span or book.span(number),
            )
        case Power(base):
            check_spread(book, number, base)
        case Product() if _is_scalar(book, number):
            _check_product(book, number, list(_factors(spread)))
        case _:
            pass


def is_diagonal(node: Node) -> bool:
    """Whether an expression is a diagonal matrix, diag(…)."""
    return isinstance(node, Apply) and node.function == "diag"


def is_matrix(node: Node) -> bool:
    """Whether a factor is a capital letter, as matrices are, and not the identity."""
    return isinstance(node, Symbol) and not node.word and node.base.isupper() and node.base != "I"


def _varies(book: Book, number: int, symbol: Symbol) -> bool:
    """Whether a symbol carries an index of what the statement is about, or looks one up."""
    return has_lookup(symbol) or any(heads(symbol) & heads(left) for left in _left_symbols(book, number))


def _is_scalar(book: Book, number: int) -> bool:
    """Whether a statement is about one effect or each of several; of a vector the spread is a matrix."""
    return all(len(joint.items) == 1 for joint in book.joints if joint.statement == number)


def _check_product(book: Book, number: int, factors: list[Node]) -> None:
    for factor in factors:
        letters = [s for s in symbols(factor) if s.base != "I"]
        if is_matrix(factor) or any(_varies(book, number, s) for s in letters):
            raise book.remarks.refusal(
                f"{spell_symbol(letters[0])} makes this variance differ between the units, or correlates "
                "them: a model is held with one variance.",
                f"{CONSTANT} For known weights write σ²/w_ij.",
                span_of(factor) or book.span(number),
            )


def _factors(node: Node) -> Iterator[Node]:
    match node:
        case Product(factors):
            for factor in factors:
                yield from _factors(factor)
        case Transpose(of):
            yield from _factors(of)
        case _:
            yield node


def _left_symbols(book: Book, number: int) -> Iterable[Symbol]:
    """The symbols that a statement is about: the y of σ_y is the name of one, j an index of one."""
    statement = book.statements[number]
    lefts = statement.left if isinstance(statement, Distributed) else statement.sides[:1]
    return (symbol for left in lefts for symbol in symbols(left))
