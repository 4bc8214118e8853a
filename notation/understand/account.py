"""Everything on a page is accounted for: what a reading does not rest on is said, or refused."""

from __future__ import annotations

from ..equations import Distributed, Equation, Index, Matrix, Node, Number, Power, Symbol
from .book import Book
from .entries import is_moment
from .names import anova_letters, heads, is_greek, key, spell_symbol
from .response import Outcome
from .trees import is_zero, symbols


def account(books: list[Book], outcomes: list[int]) -> None:
    """Say what became of the statements that no model rests on; there is one book for each outcome.

    Raises ReadError for an equation that nothing uses.
    """
    used = set(outcomes).union(*(book.used for book in books))
    for number, statement in enumerate(books[0].statements):
        if number in used or is_moment(statement):
            continue
        for book in books:
            if isinstance(statement, Distributed):
                _unused_distribution(book, statement)
            else:
                _unused_equation(book, number, statement)


def check_indices(book: Book, outcome: Outcome) -> None:
    """Every index on the right of an equation stands on its left, or follows from one that does.

    Raises ReadError where one does not.
    """
    anova = anova_letters(symbol for used in book.right for symbol in used)
    for number in sorted(book.used):
        statement = book.statements[number]
        if isinstance(statement, Equation) and not is_moment(statement):
            _check_equation(book, outcome, number, statement, anova)


def _unused_distribution(book: Book, statement: Distributed) -> None:
    lefts = [s for node in statement.left for s in symbols(node)]
    names = ", ".join(map(spell_symbol, lefts))
    if not any(heads(s) for s in lefts) or statement.distribution.name != "normal":
        book.remarks.info(
            "prior",
            f"The distribution of {names} is a prior: it is set aside, and is no part of the model.",
            span=statement.span,
        )
        return
    if any(key(s) in book.indexed for s in lefts):
        book.remarks.add(
            "warning" if _says_more(book, statement, lefts) else "info",
            "stated-twice",
            f"The distribution of {names} is stated elsewhere already; this one is set aside.",
            "State it once.",
            statement.span,
        )
        return
    book.remarks.warning(
        "unknown-symbol",
        f"{names} {'has' if len(lefts) == 1 else 'have'} a distribution, but "
        f"{'stands' if len(lefts) == 1 else 'stand'} in no equation.",
        "Use the same symbol in the equation and in its distribution.",
        statement.span,
    )


def _says_more(book: Book, statement: Distributed, lefts: list[Symbol]) -> bool:
    """Whether a distribution that is set aside has another variance, or other zeros, than what is read."""
    spread = next(iter(statement.distribution.arguments[1:2]), None)
    if len(lefts) > 1:
        cells = [cell for row in spread.rows for cell in row] if isinstance(spread, Matrix) else []
        return not isinstance(spread, Symbol) and (not cells or any(map(is_zero, cells)))
    names = set(map(key, lefts))
    single = [j for j in book.joints if j.statement in book.used and set(map(key, j.items)) == names]
    return any(joint.spread != spread for joint in single)


def _unused_equation(book: Book, number: int, statement: Equation) -> None:
    left = statement.sides[0]
    if number in {n for _, n in book.matrices.values()}:
        if isinstance(left, Symbol) and any(key(left) == key(s) for used in book.right for s in used):
            return
        book.remarks.warning(
            "unread-statement",
            "This matrix is no part of the model that was read: no distribution uses it.",
            "Say what it is the covariance of, as in (u_0j, u_1j) ~ N(0, T).",
            statement.span,
        )
        return
    if _is_spread(book, left):
        return
    name = spell_symbol(left) if isinstance(left, Symbol) else "the left side"
    if _is_count(statement):
        book.remarks.info("aside", f"No equation of the model uses {name}.", span=statement.span)
        return
    if _is_aside(statement) and _restricts(statement):
        book.remarks.warning(
            "unread-statement",
            "An equation between variances of the model is no part of the model that was read.",
            "Use one symbol for variances that are equal.",
            statement.span,
        )
        return
    if _is_aside(statement):
        book.remarks.info(
            "aside", f"{name} is a function of variances: it is no part of the model.", span=statement.span
        )
        return
    place = (left.span if isinstance(left, Symbol) else None) or statement.span
    if isinstance(left, Symbol) and _is_defined_elsewhere(book, number, left):
        raise book.remarks.refusal(
            f"There is another equation for {name} already.", "Leave one of them out, or rename one.", place
        )
    raise book.remarks.refusal(
        f"There is an equation for {name}, but the equation of the outcome does not lead to it.",
        "Use it in an equation that leads to the outcome, or leave its equation out.",
        place,
    )


def _is_defined_elsewhere(book: Book, number: int, left: Symbol) -> bool:
    found = book.definitions.get(key(left), [])
    return any(d.statement != number and d.indices == heads(left) and not d.error for d in found)


def _is_aside(statement: Equation) -> bool:
    """Whether a statement only computes with variances, as ρ = τ_00/(τ_00 + σ²) does."""
    every = [s for side in statement.sides for s in symbols(side)]
    right = [s for side in statement.sides[1:] for s in symbols(side)]
    return bool(right) and not any(map(heads, every)) and all(s.base in "στωψρ" for s in right)


def _is_count(statement: Equation) -> bool:
    """Whether a statement gives a letter without indices a number, as n = 30, and restricts no variance."""
    match statement.sides:
        case (Symbol(base, (), ()), Number()):
            return base not in "στωψρΣΩΨΤT"
        case _:
            return False


def _restricts(statement: Equation) -> bool:
    """Whether both sides of an equation are variances: σ_1² = σ_2²."""
    sides = [side.base if isinstance(side, Power) else side for side in statement.sides]
    return all(isinstance(side, Symbol) for side in sides) and isinstance(statement.sides[0], Power)


def _is_spread(book: Book, left: Node) -> bool:
    """Whether a symbol stands in a variance or covariance somewhere, and so describes no mean."""
    if not isinstance(left, Symbol):
        return False
    spreads = [j.spread for j in book.joints if j.spread is not None]
    spreads += [m for m, _ in book.matrices.values()]
    return any(key(s) == key(left) for spread in spreads for s in symbols(spread))


def _check_equation(
    book: Book, outcome: Outcome, number: int, statement: Equation, anova: frozenset[str]
) -> None:
    lefts = [s for node in statement.sides[:-1] for s in symbols(node)]
    left = frozenset().union(*(book.close(s) for s in lefts))
    if number in (outcome.statement, outcome.predicted) or (not left and _is_mean(statement.sides[0])):
        left |= outcome.indices
    for symbol in symbols(statement.sides[-1]):
        plain = frozenset(s.name for s in symbol.below if isinstance(s, Index))
        if (strange := plain - left - {outcome.category}) and symbol.base not in anova:
            _refuse_index(book, symbol, statement, sorted(strange))


def _is_mean(left: Node) -> bool:
    """μ and the like may go without an index."""
    return isinstance(left, Symbol) and is_greek(left.base) and not left.below


def _refuse_index(book: Book, symbol: Symbol, statement: Equation, strange: list[str]) -> None:
    left = statement.sides[0]
    name = spell_symbol(left) if isinstance(left, Symbol) else "the left side"
    raise book.remarks.refusal(
        f"{spell_symbol(symbol)} carries the index {', '.join(strange)}, but {name} does not.",
        "Every index on the right of an equation must stand on its left, or be looked up as in j[i].",
        symbol.span or statement.span,
    )
