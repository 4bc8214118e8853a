"""One letter for a vector of effects: u_j ~ N(0, T) is about u_0j and u_1j, e ~ N(0, σ² I) about all e_ij."""

from __future__ import annotations

from dataclasses import replace

from ..equations import Apply, Digit, Distributed, Equation, Node, Statement, Symbol
from .names import Key, heads, key
from .trees import is_zero, number_of, statement_nodes, symbols


def stacked(statements: tuple[Statement, ...]) -> dict[int, tuple[tuple[Symbol, ...], Node]]:
    """By the number of a statement, the effects that the letter on its left stands for, and their spread."""
    letters = {n: letter for n, s in enumerate(statements) if (letter := _letter(s)) is not None}
    if not letters:
        return {}
    used, defined = _symbols(statements)
    found = {}
    for number, (left, spread) in letters.items():
        if heads(left) and key(left) in used:
            continue
        members = [s for s in used.values() if _belongs(s, left) and key(s) not in defined]
        if members and len({heads(s) for s in members}) == 1:
            found[number] = tuple(sorted(members, key=_numbers)), spread
    return found


def _letter(statement: Statement) -> tuple[Symbol, Node] | None:
    """The letter that a normal distribution with mean 0 is about; numbers as variances are a prior's."""
    match statement:
        case Distributed((Symbol() as left,), law) if law.name == "normal" and len(law.arguments) > 1:
            mean, spread = law.arguments[:2]
            return (left, spread) if _is_plain(left, spread) and is_zero(mean) else None
        case Equation((Apply("Var" | "Cov", (Symbol() as left,)), spread)) if _is_plain(left, spread):
            return left, spread
        case _:
            return None


def _is_plain(left: Symbol, spread: Node) -> bool:
    numbered = any(isinstance(s, Digit) for s in left.below)
    return not left.word and not numbered and number_of(spread) is None


def _symbols(statements: tuple[Statement, ...]) -> tuple[dict[Key, Symbol], set[Key]]:
    """The symbols with an index that equations use, and those that have an equation or distribution."""
    used: dict[Key, Symbol] = {}
    defined: set[Key] = set()
    for statement in statements:
        nodes: tuple[Node, ...] = statement_nodes(statement)
        if _letter(statement) is None:
            defined.update(key(s) for s in symbols(nodes[0]))
        if isinstance(statement, Equation):
            for symbol in (s for node in nodes[1:] for s in symbols(node) if heads(s)):
                used.setdefault(key(symbol), replace(symbol))
    return used, defined


def _belongs(symbol: Symbol, left: Symbol) -> bool:
    same = symbol.base == left.base and not symbol.word and symbol.above == left.above
    return same and (not heads(left) or heads(left) == heads(symbol))


def _numbers(symbol: Symbol) -> tuple[int, ...]:
    return tuple(s.value for s in symbol.below if isinstance(s, Digit))
