"""Random effects in the wrong place: copied from another equation, twice in one, with a strange index."""

from __future__ import annotations

from ...equations import Symbol
from ..names import Key, heads, key, spell_symbol
from .lines import Line, Sheet, digits_of, joined, relabelled, respelled


def copied_effects(sheet: Sheet) -> None:
    """The random effect of one coefficient in the equation of another: β_1j = γ_10 + … + u_0j."""
    seen: dict[Key, list[tuple[Line, Symbol]]] = {}
    for line in sheet.levels:
        for symbol, summand in line.coefficients:
            if sheet.is_effect(line, summand):
                seen.setdefault(key(symbol), []).append((line, symbol))
    for places in seen.values():
        owner = next((line for line, symbol in places if line.digits == digits_of(symbol)), places[0][0])
        for line, symbol in places:
            if line.left != owner.left:
                _note_copied(sheet, owner, line, symbol)


def _note_copied(sheet: Sheet, owner: Line, line: Line, symbol: Symbol) -> None:
    name = spell_symbol(symbol)
    numbered = bool(line.digits) and len(digits_of(symbol)) == len(line.digits)
    own = {digits_of(s) for s, summand in line.coefficients if sheet.is_effect(line, summand)}
    mended = None
    if numbered and line.digits not in own:
        mended = respelled(sheet.remarks.source, symbol.span, joined(digits_of(symbol)), joined(line.digits))
    sheet.remarks.error(
        "copied-effect",
        f"{name} is the random effect of {spell_symbol(owner.left)}, but stands in the equation of "
        f"{spell_symbol(line.left)} too.",
        f"Write {relabelled(symbol, line.digits)} there." if mended else "Leave it out there.",
        symbol.span,
        mended,
    )


def crowded_effects(sheet: Sheet) -> None:
    """Two random effects of the same units in one equation, neither of them multiplied by a predictor."""
    for line in sheet.lines:
        bare: dict[frozenset[str], Symbol] = {}
        for symbol, summand in line.coefficients:
            if summand.data or not heads(symbol) or key(symbol) in sheet.book.definitions:
                continue
            first = bare.setdefault(heads(symbol), symbol)
            if first is not symbol:
                sheet.remarks.error(
                    "effects-without-predictor",
                    f"{spell_symbol(first)} and {spell_symbol(symbol)} both stand alone in the equation of "
                    f"{spell_symbol(line.left)}.",
                    "Multiply one of them by its predictor, or leave it out.",
                    symbol.span,
                )


def drifted_indices(sheet: Sheet) -> None:
    """An effect whose indices differ between equations and distribution."""
    used = {key(s): s for line in sheet.lines for s, _ in line.coefficients if heads(s)}
    for symbol in sheet.distributed:
        other = used.get(key(symbol))
        if other is not None and heads(symbol) != heads(other) and len(heads(symbol)) == len(heads(other)):
            sheet.remarks.error(
                "index-drift",
                f"{spell_symbol(other)} of the equations is {spell_symbol(symbol)} in its distribution.",
                "Give it the same indices in both places.",
                symbol.span,
            )
