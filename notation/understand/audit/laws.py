"""Distributions of what the equations do not have, and what is stated by = where ~ is meant."""

from __future__ import annotations

from collections.abc import Iterator

from ...equations import Apply, Distributed, Equation, Node, Product, Symbol, Vector
from ...errors import Span
from ..names import Key, heads, key, spell_symbol
from ..trees import number_of, span_of, statement_nodes, symbols
from .lines import Sheet

LAWS = ("N", "Normal", "MVN", "MVNormal", "normal", "Bernoulli", "Binomial", "Poisson")


def lost_priors(sheet: Sheet) -> None:
    """A prior of a coefficient that stands nowhere, or only with an index: γ_00 beside γ_00j."""
    elsewhere = _elsewhere(sheet)
    for number, symbol in _with_priors(sheet):
        own = heads(symbol)
        places = [s for n, s in elsewhere.get(key(symbol), ()) if n != number and own <= heads(s)]
        if places and not heads(symbol) and all(heads(s) for s in places):
            _note(
                sheet,
                symbol,
                f"{spell_symbol(symbol)} has a prior, but stands in the equations as "
                f"{spell_symbol(places[0])}, which varies.",
                "Write the equation of the one in terms of the other.",
            )
        elif not places and symbol.base not in SCALES and _is_known(symbol, elsewhere):
            _note(
                sheet,
                symbol,
                f"{spell_symbol(symbol)} has a prior, but stands in no equation.",
                "Use the same symbol in the equation and in its prior.",
            )


def _with_priors(sheet: Sheet) -> Iterator[tuple[int, Symbol]]:
    for number, statement in enumerate(sheet.book.statements):
        if isinstance(statement, Distributed) and all(
            number_of(argument) is not None for argument in statement.distribution.arguments
        ):
            lefts = [s for s in statement.left if isinstance(s, Symbol) and s.below and not s.word]
            yield from ((number, symbol) for symbol in lefts)


def _is_known(symbol: Symbol, elsewhere: Places) -> bool:
    """Whether the letter is used by the equations, and its index, if it has one, by no other symbol."""
    others = [s for places in elsewhere.values() for _, s in places if s != symbol]
    letters = {s.base for s in others}
    return symbol.base in letters and not any(heads(symbol) & heads(s) for s in others)


Places = dict[Key, list[tuple[int, Symbol]]]

SCALES = "σρτΣΩΨRSL"
"""Letters of variances and correlations, whose matrices need not be written out."""


def _elsewhere(sheet: Sheet) -> Places:
    found: Places = {}
    for number, statement in enumerate(sheet.book.statements):
        for node in statement_nodes(statement):
            for symbol in symbols(node):
                found.setdefault(key(symbol), []).append((number, symbol))
    return found


def _note(sheet: Sheet, symbol: Symbol, message: str, mend: str) -> None:
    sheet.remarks.warning("lost-prior", message, mend, symbol.span)


def scales_used_twice(sheet: Sheet) -> None:
    """One symbol for the spread of two different effects."""
    seen: dict[Node, tuple[str, frozenset[Key]]] = {}
    for joint in sheet.book.joints:
        if joint.spread is None or joint.statement not in sheet.used or not any(symbols(joint.spread)):
            continue
        names = frozenset(map(key, joint.items))
        shown = ", ".join(map(spell_symbol, joint.items))
        other, first = seen.setdefault(joint.spread, (shown, names))
        if not first & names:
            sheet.remarks.warning(
                "scale-twice",
                f"One symbol stands for the variances of {other} and of {shown}.",
                "Give each variance a symbol of its own.",
                span_of(joint.spread) or sheet.book.span(joint.statement),
            )


def equals_for_tilde(sheet: Sheet) -> None:
    """U = Normal(…): a distribution is stated by ~."""
    for number in sorted(sheet.used):
        match sheet.book.statements[number]:
            case Equation((left, Apply(name) | Product((Symbol(name), Vector())))) if name in LAWS:
                sheet.remarks.error(
                    "equals-for-tilde",
                    f"{name} is a distribution, so it is stated by ~ and not by =.",
                    "Write ~ (\\sim) in the place of =.",
                    sheet.book.span(number),
                    _with_tilde(sheet, number, left),
                )


def _with_tilde(sheet: Sheet, number: int, left: Node) -> str | None:
    """The source with the = of a statement replaced, if it has exactly one."""
    place, start = sheet.book.span(number), span_of(left)
    source = sheet.remarks.source
    if place is None or start is None:
        return None
    rest = Span(start.end, place.end)
    if source[rest.start : rest.end].count("=") != 1:
        return None
    sign = "\\sim " if "\\" in source else "~"
    return source[: rest.start] + source[rest.start : rest.end].replace("=", sign) + source[rest.end :]
