"""Indices that do not agree between the sides of an equation."""

from __future__ import annotations

from ...equations import Lookup, Symbol
from ..expansion import is_greek
from ..names import heads, spell_symbol
from ..trees import symbols
from .lines import Line, Sheet, plain_indices


def strange_indices(sheet: Sheet) -> None:
    """An index in the equation of a coefficient that its left side lacks: a_j = α_0 + u_i."""
    for line in sheet.levels:
        left = heads(line.left)
        for symbol in sheet.book.right[line.statement]:
            strange = [name for name in plain_indices(symbol) if name not in left]
            if strange and heads(symbol) and not _mentions(symbol, line):
                sheet.remarks.error(
                    "strange-index",
                    f"{spell_symbol(symbol)} carries the index {', '.join(strange)}, but "
                    f"{spell_symbol(line.left)} does not.",
                    "The equation of a coefficient has the indices of the coefficient only.",
                    symbol.span,
                )


def _mentions(symbol: Symbol, line: Line) -> bool:
    """Whether a symbol is the coefficient itself, as in a chain."""
    return symbol.base == line.left.base and len(heads(symbol)) > len(heads(line.left))


def lacking_indices(sheet: Sheet) -> None:
    """A response with fewer indices than the coefficients of its equation: read_ij = π_0jk + … + e_ijk."""
    for line in sheet.lines:
        left = frozenset(plain_indices(line.left))
        if line.level or not left or is_greek(line.left.base):
            continue
        wide = [s for s, _ in line.coefficients if not left >= frozenset(plain_indices(s))]
        full = [s for s in wide if frozenset(plain_indices(s)) > left]
        if full:
            lost = sorted(frozenset(plain_indices(full[0])) - left)
            sheet.remarks.error(
                "response-lacks-index",
                f"{spell_symbol(line.left)} lacks the index {', '.join(lost)}, which "
                f"{', '.join(dict.fromkeys(map(spell_symbol, wide)))} in its equation carry.",
                "Give the response all indices of its equation, or the equation only those of the response.",
                line.left.span,
            )


def partial_indices(sheet: Sheet) -> None:
    """Data with some of the indices of its equation, which are not those of any group: ses_i for ses_ij."""
    units = {heads(d.symbol) for ds in sheet.book.definitions.values() for d in ds}
    units |= {heads(symbol) for line in sheet.lines for symbol, _ in line.coefficients}
    for line in sheet.lines:
        around = frozenset(plain_indices(line.left))
        data = [s for summand in line.summands for d in summand.data for s in symbols(d.node)]
        for symbol in data:
            if (
                symbol.accent != "bar"
                and heads(symbol) < around
                and heads(symbol)
                and heads(symbol) not in units
            ):
                sheet.remarks.info(
                    "partial-indices",
                    f"{spell_symbol(symbol)} lacks the index {', '.join(sorted(around - heads(symbol)))} of "
                    f"{spell_symbol(line.left)}; no units are told by its own.",
                    "Give it the indices of the units between which it varies.",
                    symbol.span,
                )


def mixed_indices(sheet: Sheet) -> None:
    """A group that is looked up from the observation, j[i], beside a response that carries both."""
    looked = {s.name: s for symbol in sheet.symbols for s in symbol.below if isinstance(s, Lookup)}
    for line in sheet.lines:
        both = [name for name in plain_indices(line.left) if name in looked]
        inner = [name for name in both if looked[name].of and _of(looked[name]) & heads(line.left)]
        if inner and not line.level:
            sheet.remarks.warning(
                "mixed-indices",
                f"{spell_symbol(line.left)} carries {inner[0]}, which is looked up elsewhere: "
                f"{inner[0]}[{', '.join(_of(looked[inner[0]]))}].",
                "Write either both indices everywhere, or the looked up group.",
                line.left.span,
            )


def _of(lookup: Lookup) -> frozenset[str]:
    return heads(Symbol("", lookup.of))
