"""Derivations, a = b = c: what a step loses, adds, or multiplies by something else.

A step may put the equation of a coefficient in its place: then every summand of that equation carries
the data of the coefficient, and nothing that varies below it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ...equations import Equation, Node, Symbol
from ...errors import Span
from ..expansion import Leaf, Summand
from ..links import event, linked
from ..names import Indices, Key, heads, key, spell_symbol
from ..trees import span_of, symbols
from .lines import Sheet, summands_of

Data = frozenset[Node]
Step = dict[tuple[Key, Indices, Data], Summand]


def wrong_steps(sheet: Sheet) -> None:
    """Say of each derivation where a step does not follow from the one before."""
    for number in sorted(sheet.used):
        statement = sheet.book.statements[number]
        if isinstance(statement, Equation) and len(statement.sides) > 2:
            _check_chain(sheet, number, statement)


def _check_chain(sheet: Sheet, number: int, statement: Equation) -> None:
    left, *steps = statement.sides
    if any(linked(side) or event(side) for side in statement.sides):
        return
    observation = frozenset().union(*(heads(s) for s in symbols(left)))
    for count, (before, after) in enumerate(pairwise(steps), 2):
        a, b = (summands_of(sheet.book, side, number, observation) for side in (before, after))
        if a is None or len(a) < 2:
            return
        wrong = "it cannot be taken apart" if b is None else next(_mistakes(sheet, a, b, statement), "")
        if wrong:
            place = span_of(after) or sheet.book.span(number)
            _note(sheet, count, wrong, place)
            if b is None:
                return


def _note(sheet: Sheet, count: int, wrong: str, place: Span | None) -> None:
    sheet.remarks.error(
        "wrong-step",
        f"Step {count} of the derivation does not follow from the one before: {wrong}.",
        "Mend the step; the last one is what is read.",
        place,
    )


def _mistakes(
    sheet: Sheet, before: tuple[Summand, ...], after: tuple[Summand, ...], chain: Equation
) -> Iterator[str]:
    if any(_abbreviates(summand, chain) for summand in (*before, *after)):
        return  # whatever it stands for may be put in its place
    for summand in after:
        if summand.leaf is None:
            yield f"{_show(summand)} has no coefficient"
    a, b = _step(before), _step(after)
    gone = [s for name, s in a.items() if name not in b]
    new = [s for name, s in b.items() if name not in a]
    for summand in new:
        parents = [s for s in gone if _may_come_from(sheet, summand, s)]
        if not parents:
            yield f"{_show(summand)} is new"
    for summand in gone:
        if not any(_data(s) >= _data(summand) and _is_other(s, summand) for s in new):
            yield f"{_show(summand)} is lost"


def _abbreviates(summand: Summand, chain: Equation) -> bool:
    """Whether a summand is a name of its own for a part of the sum, as in y_ij = fixed_ij + u_j + e_ij."""
    names = {s.base for d in summand.data for s in symbols(d.node)} if summand.leaf is None else set()
    return any(sum(s.base == name for side in chain.sides for s in symbols(side)) == 1 for name in names)


def _step(summands: tuple[Summand, ...]) -> Step:
    return {
        (key(s.leaf.symbol), heads(s.leaf.symbol), _data(s)): s
        for s in summands
        if s.leaf is not None and s.leaf.symbol is not None
    }


def _data(summand: Summand) -> Data:
    return frozenset(d.node for d in summand.data)


def _is_other(a: Summand, b: Summand) -> bool:
    """Whether two summands have different coefficients: one may then come from the other's equation."""
    return _symbol(a) != _symbol(b)


def _symbol(summand: Summand) -> Symbol | None:
    return summand.leaf.symbol if isinstance(summand.leaf, Leaf) else None


def _may_come_from(sheet: Sheet, new: Summand, old: Summand) -> bool:
    """Whether a summand can stem from the equation of the coefficient of another."""
    symbol, parent = _symbol(new), _symbol(old)
    if symbol is None or parent is None or not _is_other(new, old) or not _data(new) >= _data(old):
        return False
    around = sheet.book.close(parent)
    if not around:  # a mean, or a coefficient that has lost its index, may stand for anything
        return bool(old.data) or not heads(symbol)
    added = [s for node in _data(new) - _data(old) for s in symbols(node)]
    return all(sheet.book.close(s) <= around for s in (symbol, *added))


def _show(summand: Summand) -> str:
    nodes = ([] if _symbol(summand) is None else [_symbol(summand)]) + [d.node for d in summand.data]
    return " ".join(spell_symbol(s) for node in nodes if node is not None for s in symbols(node)) or "a term"
