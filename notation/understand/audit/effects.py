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


def subtracted_effects(sheet: Sheet) -> None:
    """A random effect behind a minus sign, which its symmetric distribution makes a plus."""
    for line in sheet.lines:
        for symbol, summand in line.coefficients:
            if summand.negative and heads(symbol) and key(symbol) not in sheet.book.definitions:
                sheet.remarks.info(
                    "subtracted-effect",
                    f"{spell_symbol(symbol)} is subtracted; it is read as added, which turns the signs of "
                    "its covariances.",
                    "Add it.",
                    symbol.span,
                )


def silent_effects(sheet: Sheet) -> None:
    """Random effects without a distribution, where not all distributions are left out."""
    if not sheet.book.joints and any(f.code in SAID_ALREADY for f in sheet.remarks.found):
        return
    means = {f.span for f in sheet.remarks.found if f.code == "varying-coefficient"}
    found = {
        key(symbol): symbol
        for line in sheet.lines
        for symbol, _ in line.coefficients
        if symbol.span not in means and _is_silent(sheet, line, symbol)
    }
    if found:
        names = [spell_symbol(symbol) for symbol in found.values()]
        first = next(iter(found.values()))
        sheet.remarks.info(
            "assumed-normal",
            f"No distribution is stated of {', '.join(names)}: normal with mean 0 is assumed.",
            f"State it, as in {names[0]} ~ N(0, τ²).",
            first.span,
        )


SAID_ALREADY = ("assumed-gaussian", "missing-residual", "prediction")
"""The findings that tell of a page without any distribution."""


def _is_silent(sheet: Sheet, line: Line, symbol: Symbol) -> bool:
    varies = bool(heads(symbol)) and (line.level or not _is_residual(line, symbol))
    return varies and not sheet.book.is_defined(symbol) and key(symbol) not in sheet.book.lists


def _is_residual(line: Line, symbol: Symbol) -> bool:
    """Whether an effect varies with every index of the response."""
    return heads(symbol) >= heads(line.left)


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
