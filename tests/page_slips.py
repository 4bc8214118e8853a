"""Single slips on a page of equations: a term lost, digits swapped, an index or a letter changed.

Each is made in the tree of the page, so that it can be written in every markup. What merely gives a
symbol another name, since the symbol stands nowhere else, is no slip.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from notation.equations import (
    Digit,
    Distributed,
    Dot,
    Equation,
    Equations,
    Index,
    Lookup,
    Negative,
    Power,
    Product,
    Script,
    Statement,
    Sum,
    Symbol,
    Vector,
)
from notation.understand.names import spell_symbol

Slip = tuple[str, Equations]


def slips_of_page(page: Equations) -> Iterator[Slip]:
    """Every page that differs from this one by one slip, each with what was done."""
    for number in range(len(page.statements)):
        if len(page.statements) > 1 and not _is_list(page.statements[number]):
            rest = page.statements[:number] + page.statements[number + 1 :]
            yield f"without statement {number + 1}", replace(page, statements=rest)
    letters = Counter((s.base, s.below, s.above) for s in _symbols(page.statements))
    shared = frozenset(name for name, count in letters.items() if count > 1)
    indices = _running(page)
    if not any(map(_names, _symbols(page.statements[1:]))):
        indices = []  # without its only index the response is still the response
    for number, statement in enumerate(page.statements):
        for what, changed in _changes(statement, lambda node: _slips_of(node, indices, shared)):
            statements = (*page.statements[:number], changed, *page.statements[number + 1 :])
            yield f"statement {number + 1}: {what}", replace(page, statements=statements)


def _is_list(statement: Statement) -> bool:
    """Whether a statement only lists what the legend's categories tell, as θ = (θ_1, θ_2)."""
    return isinstance(statement, Equation) and isinstance(statement.sides[-1], Vector)


def habits(page: Equations) -> Iterator[Slip]:
    """Every page that says the same in another order."""
    distributions = [s for s in page.statements if isinstance(s, Distributed)]
    equations = [s for s in page.statements if isinstance(s, Equation)]
    if equations:
        upside_down = (*equations[:1], *equations[:0:-1], *distributions)
        yield "equations upside down", replace(page, statements=upside_down)
        yield "distributions first", replace(page, statements=(*distributions, *equations))
    yield "sums backwards", replace(page, statements=tuple(map(_backwards, page.statements)))


def _backwards(part: Any) -> Any:
    """A statement with the summands of its sides from behind; sums in functions and brackets stay."""
    match part:
        case Equation(sides):
            return replace(part, sides=tuple(map(_backwards, sides)))
        case Distributed(_, law):
            return replace(part, distribution=replace(law, arguments=tuple(map(_backwards, law.arguments))))
        case Vector(items):
            return Vector(tuple(map(_backwards, items)))
        case Sum(terms) if not any(isinstance(t, Negative) for t in terms):
            return Sum(terms[::-1])
    return part


def _slips_of(node: Any, indices: list[str], shared: frozenset[Any]) -> Iterator[tuple[str, Any]]:
    """The slips that concern one node itself, and not its parts."""
    match node:
        case Sum(terms):
            for n, term in enumerate(terms):
                rest = terms[:n] + terms[n + 1 :]
                yield f"without summand {n + 1}", rest[0] if len(rest) == 1 else Sum(rest)
                if n and not isinstance(term, Negative):
                    yield f"minus summand {n + 1}", Sum((*terms[:n], Negative(term), *terms[n + 1 :]))
        case Product(factors):
            for n in range(len(factors)):
                rest = factors[:n] + factors[n + 1 :]
                yield f"without factor {n + 1}", rest[0] if len(rest) == 1 else replace(node, factors=rest)
        case Power(base, _):
            yield "without exponent", base
        case Symbol():
            yield from _of_symbol(node, indices, shared)


def _of_symbol(symbol: Symbol, indices: list[str], shared: frozenset[Any]) -> Iterator[tuple[str, Symbol]]:
    below = symbol.below
    for n in range(len(below) - 1):
        a, b = below[n], below[n + 1]
        if isinstance(a, Digit) and isinstance(b, Digit) and a != b and not _is_mirrored(symbol):
            changed = _with(symbol, n, b, a)
            yield f"{spell_symbol(changed)} for {spell_symbol(symbol)}", changed
    for n, script in enumerate(below):
        # A mean over the units of j is one within them, whatever they are nested in.
        if isinstance(script, Index | Lookup) and script.name in indices and symbol.accent != "bar":
            yield f"{spell_symbol(symbol)} without index {script.name}", _with(symbol, n)
            for name in indices:
                if name != script.name and name not in _names(symbol):
                    yield (
                        f"{symbol.base} with {name} for {script.name}",
                        _with(symbol, n, replace(script, name=name)),
                    )
    if symbol.accent and Dot() not in below:  # x_.j is a mean without a bar, too
        yield f"{symbol.base} without its {symbol.accent}", replace(symbol, accent="")
    if (symbol.base, symbol.below, symbol.above) in shared:
        yield f"another letter for {symbol.base}", replace(symbol, base="another" if symbol.word else "ω")


def _is_mirrored(symbol: Symbol) -> bool:
    """Whether a symbol is a covariance of two numbers: τ_10 is τ_01."""
    return symbol.base == "τ" and sum(isinstance(s, Digit) for s in symbol.below) == 2


def _with(symbol: Symbol, place: int, *scripts: Script) -> Symbol:
    """A symbol with scripts in the place of as many, or of one by none."""
    end = place + max(1, len(scripts))
    return replace(symbol, below=symbol.below[:place] + scripts + symbol.below[end:])


def _running(page: Equations) -> list[str]:
    """The indices that count units: those of data, and those that are looked up or quantified."""
    found = {r.index for s in page.statements for r in s.ranges}
    for symbol in _symbols(page.statements):
        if symbol.word or any(isinstance(s, Lookup) for s in symbol.below):
            found.update(_names(symbol))
    return sorted(found)


def _names(symbol: Symbol) -> list[str]:
    return [s.name for s in symbol.below if isinstance(s, Index | Lookup)]


# ------------------------------------------------------------------ walking


def _changes(part: Any, change: Callable[[Any], Iterator[tuple[str, Any]]]) -> Iterator[tuple[str, Any]]:
    """Every way to change one node within a part of a page."""
    yield from change(part)
    if isinstance(part, tuple):
        for n, item in enumerate(part):
            for what, new in _changes(item, change):
                yield what, (*part[:n], new, *part[n + 1 :])
    elif is_dataclass(part) and not isinstance(part, Symbol):
        for field in fields(part):
            if field.name not in ("span", "ranges"):
                for what, new in _changes(getattr(part, field.name), change):
                    yield what, replace(part, **{field.name: new})  # type: ignore[type-var]


def _symbols(part: Any) -> Iterator[Symbol]:
    if isinstance(part, Symbol):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from _symbols(item)
    elif is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            if field.name != "span":
                yield from _symbols(getattr(part, field.name))
