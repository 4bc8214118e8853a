"""What silence means: conventions that a reading applies, each said; and oddities that change nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ..equations import Digit, Distributed, Index, Number, Symbol
from .book import Book, Joint
from .names import Key, key, spell_symbol
from .sorting import Sorted

SCALE_PRIORS = ("exponential", "cauchy", "student_t", "uniform", "inverse_gamma", "gamma", "lognormal")
"""The laws that people give to standard deviations."""


def note_conventions(found: Sorted) -> None:
    """Say which conventions a reading rests on, and what looks odd about its symbols."""
    book = found.book
    if found.residual is not None and not any(_distributes(j, found.residual.key) for j in book.joints):
        book.remarks.info(
            "assumed-gaussian",
            "No distribution of the residual is stated: it is taken as normal with one variance.",
        )
    for joint in book.joints:
        if joint.statement in book.used:
            _note_scale(book, joint)
            if joint.statement != found.outcome.statement:
                _note_unused(found, joint)
    _note_index_order(book)


def _distributes(joint: Joint, name: Key | None) -> bool:
    return any(key(item) == name for item in joint.items)


def _note_scale(book: Book, joint: Joint) -> None:
    """A bare σ may be a standard deviation or a variance; a prior for it may tell."""
    match joint.spread:
        case Symbol() as symbol if (
            len(joint.items) == 1 and not joint.dots and not _is_doubly_numbered(symbol)
        ):
            name = spell_symbol(symbol)
            if key(symbol) in _scales(book):
                text = f"{name} is taken as a standard deviation, as its prior shows."
            else:
                text = f"Whether {name} is a variance or a standard deviation is not stated."
            book.remarks.info(
                "scale", text, "Write the square of a standard deviation, as in N(0, σ²).", symbol.span
            )
        case Number(number):
            text = f"The second argument of N, {number}, is taken as a variance."
            book.remarks.info("scale", text, f"Write {number}² for a standard deviation.", joint.spread.span)


def _is_doubly_numbered(symbol: Symbol) -> bool:
    """Whether a symbol is a cell of a covariance matrix, as τ_00 is."""
    return sum(isinstance(s, Digit) for s in symbol.below) > 1


def _scales(book: Book) -> set[Key]:
    """The symbols that have a prior as standard deviations have."""
    laws = (s for s in book.statements if isinstance(s, Distributed) and s.distribution.name in SCALE_PRIORS)
    return {key(left) for law in laws for left in law.left if isinstance(left, Symbol)}


def _note_unused(found: Sorted, joint: Joint) -> None:
    """A symbol that is distributed with others but stands in no equation."""
    known = {leaf.key for effects in found.random.values() for leaf in effects.values()}
    if found.residual is not None:
        known.add(found.residual.key)
    for item in joint.items:
        if key(item) not in known and key(item) not in found.book.indexed:
            found.book.remarks.warning(
                "unused-effect",
                f"{spell_symbol(item)} has a distribution, but stands in no equation.",
                "Add it to the equation of its coefficient, or leave it out.",
                item.span or found.book.span(joint.statement),
            )


def _note_index_order(book: Book) -> None:
    """The same indices in another order: Y_it beside X_ti."""
    orders: dict[frozenset[str], tuple[str, ...]] = {}
    for symbol in _every(book):
        order = tuple(s.name for s in symbol.below if isinstance(s, Index))
        if len(order) > 1 and orders.setdefault(frozenset(order), order) != order:
            first = "".join(orders[frozenset(order)])
            book.remarks.warning(
                "index-order",
                f"The indices of {spell_symbol(symbol)} stand in another order than elsewhere: {first}.",
                "Keep one order.",
                symbol.span,
            )


def _every(book: Book) -> Iterator[Symbol]:
    for statement, used in zip(book.statements, book.right, strict=True):
        lefts = statement.left if isinstance(statement, Distributed) else statement.sides[:1]
        yield from (left for left in lefts if isinstance(left, Symbol))
        yield from used
