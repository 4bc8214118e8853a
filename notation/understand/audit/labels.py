"""Labels that contradict the place of a coefficient: γ_01 in the equation of β_1j, u_10k in that of β_01k.

Raudenbush & Bryk number the coefficients of the equation of β_q as γ_q0, γ_q1, …, and its random effect
u_q. Symbols that are labelled otherwise are still symbols, so these are warnings.
"""

from __future__ import annotations

from collections import Counter
from itertools import permutations

from ...equations import Script, Symbol
from ...patterns import pattern
from ..expansion import Summand
from ..names import heads, spell_symbol
from .lines import Digits, Line, Sheet, digits_of, joined, relabelled, respelled


def transposed_digits(sheet: Sheet) -> None:
    """Digits in another order than the equation they stand in."""
    for line in sheet.levels:
        if not line.digits:
            continue
        for symbol, summand in line.coefficients:
            wanted = _wanted(sheet, line, symbol, summand)
            if wanted is not None:
                _note(sheet, line, symbol, wanted)


def _wanted(sheet: Sheet, line: Line, symbol: Symbol, summand: Summand) -> Digits | None:
    """The digits that a symbol should have in its equation, if they are its own in another order."""
    own = digits_of(symbol)
    if sheet.is_effect(line, summand):
        if len(own) == len(line.digits) and own != line.digits and sorted(own) == sorted(line.digits):
            return line.digits
        return None
    if len(own) != len(line.digits) + 1 or own[:-1] == line.digits:
        return None
    fitting = {p for p in permutations(own) if p[:-1] == line.digits}
    free = [p for p in fitting if (symbol.base, p) not in sheet.spelled]
    return free[0] if len(free) == 1 else None


def _note(sheet: Sheet, line: Line, symbol: Symbol, wanted: Digits) -> None:
    name, left = spell_symbol(symbol), spell_symbol(line.left)
    taken = (symbol.base, wanted) in sheet.spelled
    source = sheet.remarks.source
    sheet.remarks.warning(
        "odd-label",
        f"{name} stands in the equation of {left}, whose number is {joined(line.digits)}: "
        "its digits seem to be transposed.",
        f"Write {relabelled(symbol, wanted)}.",
        symbol.span,
        None if taken else respelled(source, symbol.span, joined(digits_of(symbol)), joined(wanted)),
    )


def out_of_run(sheet: Sheet) -> None:
    """A number that fills the gap in those of its equation once its digits are turned: β_11, β_21."""
    for line in sheet.lines:
        rows: dict[tuple[str, tuple[Script, ...]], list[Symbol]] = {}
        for symbol, _ in line.coefficients:
            if digits_of(symbol):
                rows.setdefault((symbol.base, symbol.above), []).append(symbol)
        for symbols in rows.values():
            for symbol in _suspects(symbols) if len(symbols) > LONG_ENOUGH else ():
                others = [_as_number(digits_of(s)) for s in symbols if s is not symbol]
                _check_run(sheet, symbol, line, others)


def _suspects(symbols: list[Symbol]) -> list[Symbol]:
    """The symbols that can be out of a run: its ends, and a number that stands twice."""
    counted = Counter(_as_number(digits_of(s)) for s in symbols)
    ends = (min(counted), max(counted))
    odd = [s for s in symbols if (n := _as_number(digits_of(s))) in ends or counted[n] > 1]
    return odd if len(odd) <= LONG_ENOUGH + 1 else []


LONG_ENOUGH = 3
"""As many numbers tell no run yet: γ_00, γ_01, γ_10 are numbered otherwise."""


def _check_run(sheet: Sheet, symbol: Symbol, line: Line, others: list[int]) -> None:
    gap = set(range(min(others), min(others) + len(others) + 1)) - set(others)
    turned = {p for p in permutations(digits_of(symbol)) if _as_number(p) in gap}
    if len(gap) == 1 and len(turned) == 1 and digits_of(symbol) not in turned:
        (wanted,) = turned
        sheet.remarks.warning(
            "odd-label",
            f"{spell_symbol(symbol)} is not in the order of the other coefficients of "
            f"{spell_symbol(line.left)}: its digits seem to be transposed.",
            f"Write {relabelled(symbol, wanted)}.",
            symbol.span,
        )


def _as_number(digits: Digits) -> int:
    return int("".join(map(str, digits)))


_WITHOUT_UNDERSCORE = pattern(r"\\[a-zA-Z]+(?=\d)")
"""A LaTeX letter with digits directly behind it, as in \\beta1."""


def missing_underscores(sheet: Sheet) -> None:
    """A LaTeX letter and its number without the underscore between them, which are set side by side."""
    source = sheet.remarks.source
    for symbol in sheet.symbols:
        place = symbol.span
        found = None if place is None else _WITHOUT_UNDERSCORE.match(source, place.start)
        if found and digits_of(symbol) and not symbol.word:
            digits = joined(digits_of(symbol))
            sheet.remarks.warning(
                "no-underscore",
                f"{symbol.base}{digits} is set as a product of {symbol.base} and {digits}; it is read as "
                f"{spell_symbol(symbol)}.",
                "Write an underscore between them.",
                place,
                f"{source[: found.end()]}_{source[found.end() :]}" if len(digits) == 1 else None,
            )


def digit_counts(sheet: Sheet) -> None:
    """A coefficient with more or fewer digits than its equation and the others of its letter ask for."""
    rows = [
        (line, symbol, summand)
        for line in sheet.levels
        for symbol, summand in line.coefficients
        if line.digits and digits_of(symbol) and not symbol.above and not heads(symbol) >= heads(line.left)
    ]
    fitting = {symbol.base: 0 for _, symbol, _ in rows}
    for line, symbol, _ in rows:
        fitting[symbol.base] += len(digits_of(symbol)) == len(line.digits) + 1
    for line, symbol, summand in rows:
        if len(digits_of(symbol)) == len(line.digits) + 1:
            continue
        many, fit = sum(other.base == symbol.base for _, other, _ in rows), fitting[symbol.base]
        if 1 < fit > many - fit or (fit and _has_spare_zeros(symbol, line)):
            _note_count(sheet, line, symbol, summand)


def _has_spare_zeros(symbol: Symbol, line: Line) -> bool:
    """Whether the number of an intercept ends in zeros too many: γ_1000 in the equation of β_10k."""
    number, spare = digits_of(symbol)[: len(line.digits)], digits_of(symbol)[len(line.digits) :]
    return number == line.digits and len(spare) > 1 and not any(spare)


def _note_count(sheet: Sheet, line: Line, symbol: Symbol, summand: Summand) -> None:
    size = len(line.digits) + 1
    wanted = (*line.digits, 0)
    intercept = not summand.data and (symbol.base, wanted) not in sheet.spelled
    sheet.remarks.warning(
        "digit-count",
        f"{spell_symbol(symbol)} has {len(digits_of(symbol))} digits; in the equation of "
        f"{spell_symbol(line.left)} {size} are expected.",
        f"Write {relabelled(symbol, wanted)}." if intercept else f"Write it with {size} digits.",
        symbol.span,
        respelled(sheet.remarks.source, symbol.span, joined(digits_of(symbol)), joined(wanted))
        if intercept
        else None,
    )
