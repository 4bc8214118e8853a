"""Coefficients used without an equation that they should have, twice, or in a generic form."""

from __future__ import annotations

from collections.abc import Iterator

from ...equations import Label, Node, Symbol
from ..book import Definition
from ..names import Key, heads, key, spell_symbol
from .lines import Line, Sheet, digits_of


def coefficients_used_twice(sheet: Sheet) -> None:
    """One coefficient in the equations of two others: it is read as two."""
    seen: dict[Key, tuple[Line, Symbol]] = {}
    for line in sheet.levels:
        for symbol, _ in line.coefficients:
            labelled = any(isinstance(s, Label) for s in symbol.below)
            if heads(symbol) or symbol.above or labelled or sheet.book.is_defined(symbol):
                continue
            first, _ = seen.setdefault(key(symbol), (line, symbol))
            if first is not line and first.left != line.left:
                sheet.remarks.warning(
                    "coefficient-twice",
                    f"{spell_symbol(symbol)} stands in the equations of {spell_symbol(first.left)} and of "
                    f"{spell_symbol(line.left)}, which makes two coefficients equal; they are read "
                    "as two that may differ, which is another model.",
                    "Give each of them a symbol of its own: coefficients that are equal cannot be held.",
                    symbol.span,
                )


def repeated_summands(sheet: Sheet) -> None:
    """A summand that stands twice in one equation, as in … + u_0j + e_ij + u_0j."""
    for line in sheet.lines:
        seen: set[tuple[Symbol, tuple[Node, ...]]] = set()
        for symbol, summand in line.coefficients:
            whole = (symbol, tuple(d.node for d in summand.data))
            if whole in seen:
                sheet.remarks.warning(
                    "summand-twice",
                    f"{spell_symbol(symbol)} stands twice in the equation of {spell_symbol(line.left)}, with "
                    "the same predictors; it is read once.",
                    "Leave one of them out, or give it the predictor or the number that is meant.",
                    symbol.span,
                )
            seen.add(whole)


def coefficients_for_two_terms(sheet: Sheet) -> None:
    """One coefficient before two terms of one equation: β (x − x̄) + β x̄."""
    for line in sheet.lines:
        seen: dict[Key, Symbol] = {}
        for symbol, summand in line.coefficients:
            if not heads(symbol) and not sheet.book.is_defined(symbol) and summand.data:
                first = seen.setdefault(key(symbol), symbol)
                if first is not symbol:
                    sheet.remarks.warning(
                        "coefficient-twice",
                        f"One coefficient, {spell_symbol(symbol)}, multiplies two terms.",
                        "Give each term a coefficient of its own.",
                        symbol.span,
                    )


def missing_equations(sheet: Sheet) -> None:
    """A coefficient that varies but has no equation, beside others of its letter that have one."""
    known = {(d.symbol.base, d.indices) for d in _definitions(sheet)}
    for line in sheet.lines:
        for symbol, _ in line.coefficients:
            siblings = (symbol.base, heads(symbol)) in known and heads(symbol)
            if siblings and not sheet.book.is_defined(symbol):
                sheet.remarks.warning(
                    "no-equation",
                    f"{spell_symbol(symbol)} has no equation, unlike other coefficients of its letter.",
                    "Add its equation.",
                    symbol.span,
                )


def undefined_coefficients(sheet: Sheet) -> None:
    """A coefficient without equation, while an equation of the same letter is for one that nothing uses."""
    asked = {(key(s), heads(s)) for n in sheet.used for s in sheet.book.right[n]}
    idle = [d for d in _definitions(sheet) if (key(d.symbol), d.indices) not in asked and digits_or_index(d)]
    for line in sheet.lines:
        for symbol, _ in line.coefficients:
            if not heads(symbol) or sheet.book.is_defined(symbol):
                continue
            meant = [d for d in idle if d.symbol.base == symbol.base and d.symbol != line.left]
            if meant:
                sheet.remarks.error(
                    "undefined",
                    f"{spell_symbol(symbol)} is used but has no equation, while "
                    f"{', '.join(spell_symbol(d.symbol) for d in meant)} "
                    f"{'has one and is' if len(meant) == 1 else 'have one and are'} not used.",
                    "Write the same symbol in both places.",
                    symbol.span,
                )


def digits_or_index(definition: Definition) -> bool:
    """Whether an equation is for a coefficient, and not for a response."""
    symbol = definition.symbol
    return not symbol.word and bool(digits_of(symbol) or symbol.base not in "yY") and bool(heads(symbol))


def generic_coefficients(sheet: Sheet) -> None:
    """An equation for all coefficients of a letter at once, π_pjk, where π_0jk and π_1jk are used."""
    used = [s for n in sheet.used for s in sheet.book.right[n] if digits_of(s)]
    for definition in _definitions(sheet):
        symbol = definition.symbol
        named = [s for s in used if s.base == symbol.base and heads(s) < heads(symbol)]
        if named and not digits_of(symbol):
            sheet.remarks.error(
                "generic-equation",
                f"{spell_symbol(symbol)} stands for all of "
                f"{', '.join(dict.fromkeys(map(spell_symbol, named)))} at once.",
                "Write an equation for each of them.",
                symbol.span,
            )


def _definitions(sheet: Sheet) -> Iterator[Definition]:
    for definitions in sheet.book.definitions.values():
        yield from (d for d in definitions if d.statement in sheet.used)
