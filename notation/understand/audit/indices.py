"""Indices that do not agree between the sides of an equation."""

from __future__ import annotations

from ...equations import Distributed, Distribution, Dot, Lookup, Symbol
from ..names import Indices, Key, has_lookup, heads, is_greek, key, spell_symbol
from ..trees import symbols
from .laws import SCALES
from .lines import Line, Sheet, lefts, plain_indices


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


def means_of_others(sheet: Sheet) -> None:
    """A mean over the units of one index beside random effects of another: x̄_.j and u_0i."""
    for line in sheet.lines:
        means = [s for x in line.summands for d in x.data for s in symbols(d.node) if Dot() in s.below]
        for symbol, summand in line.coefficients:
            strange = [m for m in means if heads(m).isdisjoint(heads(symbol))]
            alone = not summand.data and heads(symbol) < heads(line.left)
            if strange and alone and heads(symbol):
                sheet.remarks.error(
                    "strange-index",
                    f"{spell_symbol(symbol)} varies by {', '.join(sorted(heads(symbol)))}, but "
                    f"{spell_symbol(strange[0])} is a mean by {', '.join(sorted(heads(strange[0])))}.",
                    "Give both the index of the groups.",
                    symbol.span,
                )


def partial_indices(sheet: Sheet) -> None:
    """Data with some of the indices of its equation, which are not those of any group: ses_i for ses_ij."""
    units = _units(sheet)
    for line in sheet.lines:
        around = frozenset(plain_indices(line.left)) - sheet.counters
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


def trials_of_others(sheet: Sheet) -> None:
    """A number of trials that carries other indices than the response: Binomial(n_j, p_ij)."""
    for number in sorted(sheet.used):
        match sheet.book.statements[number]:
            case Distributed((Symbol() as left, *_), Distribution("binomial", (Symbol() as trials, *_))):
                if heads(trials) != heads(left):
                    sheet.remarks.info(
                        "partial-indices",
                        f"{spell_symbol(trials)} has other indices than {spell_symbol(left)}; it is "
                        "read as the number of trials of each observation.",
                        "Give it the indices of the response.",
                        trials.span,
                    )


def _units(sheet: Sheet) -> set[Indices]:
    """The indices of whatever varies around a mean: each belongs to a grouping factor."""
    defined = {d.indices for ds in sheet.book.definitions.values() for d in ds if d.error or not d.indices}
    return defined | {
        heads(symbol)
        for line in sheet.lines
        for symbol, _ in line.coefficients
        if key(symbol) not in sheet.book.definitions
    }


def lost_indices(sheet: Sheet) -> None:
    """A symbol with other indices in one place than in another: r_ij, and r_j ~ N(0, σ²).

    Two summands, or two symbols with a statement of their own, are two things: u_j + u_ij.
    """
    first: dict[Key, Symbol] = {}
    for symbol in sheet.mentioned:
        known = first.setdefault(key(symbol), symbol)
        if heads(known) < heads(symbol):
            first[key(symbol)] = symbol
    summands = {(key(s), heads(s)) for line in sheet.lines for s, _ in line.coefficients}
    stated = {(key(s), heads(s)) for n in sheet.used for s in lefts(sheet.book, n)}
    for symbol in sheet.mentioned:
        wide = first[key(symbol)]
        both = {(key(s), heads(s)) for s in (symbol, wide)}
        if (
            len(both) > 1
            and key(symbol) not in sheet.book.lists
            and _may_lose(symbol, wide)
            and not both <= summands
            and not both <= stated
        ):
            _note_lost(sheet, symbol, wide)


def two_roles(sheet: Sheet) -> None:
    """A coefficient that has an index elsewhere, but not as the mean of that one: β_0j = β_0 + u_0j."""
    varying = {key(s): s for line in sheet.lines for s, _ in line.coefficients if heads(s)}
    for line in sheet.levels:
        for symbol, _ in line.coefficients:
            other = varying.get(key(symbol))
            if other is not None and not heads(symbol) and key(symbol) != key(line.left):
                sheet.remarks.info(
                    "lost-index",
                    f"{spell_symbol(symbol)} in the equation of {spell_symbol(line.left)} is read as another "
                    f"coefficient than {spell_symbol(other)}.",
                    "Give it another number, or its index.",
                    symbol.span,
                )


def _may_lose(symbol: Symbol, wide: Symbol) -> bool:
    """Whether a symbol is an effect or a mean, and no index of it is looked up."""
    one, other = heads(symbol), heads(wide)
    if not (one < other or len(one) == len(other)):
        return False
    scale = symbol.base in SCALES and symbol.base not in "RSL"
    looked_up = has_lookup(symbol) or (has_lookup(wide) and bool(heads(symbol)))
    return not (symbol.word or symbol.accent or scale or looked_up)


def _note_lost(sheet: Sheet, symbol: Symbol, wide: Symbol) -> None:
    """All indices left out are a habit; one of several left out names other units."""
    if any(f.span == symbol.span and f.code in ("index-drift", "lost-index") for f in sheet.remarks.found):
        return
    if heads(symbol):
        sheet.remarks.warning(
            "index-drift",
            f"{spell_symbol(symbol)} is {spell_symbol(wide)} elsewhere.",
            "Give it the same indices in all places.",
            symbol.span,
        )
    else:
        sheet.remarks.info(
            "lost-index",
            f"{spell_symbol(symbol)} stands without an index here; it is read as {spell_symbol(wide)}.",
            "Give it the same indices in all places.",
            symbol.span,
        )


def silent_response(sheet: Sheet) -> None:
    """A response without an index whose equation has indices."""
    asked = {key(s) for n in sheet.used for s in sheet.book.right[n]}
    for number in sorted(sheet.used):
        statement = sheet.book.statements[number]
        left = statement.left[0] if isinstance(statement, Distributed) else statement.sides[0]
        named = [s for s in symbols(left) if s.word or s is left]
        if not named or any(heads(s) or _is_greek(s) or key(s) in asked for s in named):
            continue
        if any(heads(s) for s in sheet.book.right[number]):
            sheet.remarks.info(
                "lost-index",
                f"{spell_symbol(named[0])} stands without an index; it is read as the response of every "
                "observation.",
                "Give it the indices of the observations.",
                named[0].span,
            )


def _is_greek(symbol: Symbol) -> bool:
    return is_greek(symbol.base) and not symbol.word


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
