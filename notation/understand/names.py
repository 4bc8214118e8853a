"""What a symbol is called and which indices it carries, taken apart.

A symbol's :class:`Key` is its letter with digits and labels, ``β_1`` of ``β_1j``. Its indices are a
set of letters. A lookup tells that one index follows from another: in ``j[i]`` the unit i belongs to
one j, so whatever carries i may vary with j as well. Closing a set of indices under these makes Gelman &
Hill's indices the same as Raudenbush & Bryk's: ``y_i`` with ``k[j[i]]`` is at {i, j, k}.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..equations import Digit, Dot, Index, Label, Lookup, Script, Statement, Symbol, Word
from ..frozen import frozen
from .trees import statement_nodes, symbols

Indices = frozenset[str]
"""The letters (or words) of the indices that something carries."""

NONE: Indices = frozenset()

RESIDUAL_LETTERS = ("e", "E", "ε")
"""Letters that everybody reads as the residual of the observations."""


@frozen
class Key:
    """A symbol without its indices: letter, digits and labels below, labels above, accent."""

    base: str
    below: tuple[Script, ...] = ()
    above: tuple[Script, ...] = ()
    accent: str = ""
    word: bool = False

    @property
    def bare(self) -> Key:
        """The key without what stands above: γ_1 for γ_1^α."""
        return Key(self.base, self.below, (), self.accent, self.word) if self.above else self


def key(symbol: Symbol) -> Key:
    """The name of a symbol. A hat says "estimated", which names nothing else."""
    above = tuple([_unindexed(s) for s in symbol.above if type(s) not in INDICES]) if symbol.above else ()
    accent = "" if symbol.accent == "hat" else symbol.accent
    # A single letter that is set as a word is a column of that name, and not the letter.
    return Key(symbol.base, names_below(symbol), above, accent, symbol.word and len(symbol.base) == 1)


def names_below(symbol: Symbol) -> tuple[Script, ...]:
    """The scripts below a symbol that are part of its name: digits, labels and words."""
    return tuple([_unindexed(s) for s in symbol.below if type(s) not in INDICES])


INDICES = (Index, Lookup, Dot)


def _unindexed(script: Script) -> Script:
    """A label without the indices of the symbol it names: μ_{α_j} is μ_α."""
    if type(script) is not Label:
        return script
    return Label(Symbol(script.symbol.base, names_below(script.symbol)))


def heads(symbol: Symbol) -> Indices:
    """The indices that a symbol carries; of a lookup ``k[j[i]]``, the group k."""
    return frozenset([s.name for s in symbol.below if isinstance(s, Index | Lookup)])


def _heads(scripts: Iterable[Script]) -> Iterator[str]:
    return (s.name for s in scripts if isinstance(s, Index | Lookup))


def has_lookup(symbol: Symbol) -> bool:
    """Whether a symbol looks a group up."""
    return any(isinstance(s, Lookup) for s in symbol.below)


def starts(symbol: Symbol) -> Indices:
    """The indices at which the scripts of a symbol begin: i of ``k[j[i]]``, j of ``j``."""
    return frozenset(_starts(symbol.below))


def _starts(scripts: Iterable[Script]) -> Iterator[str]:
    for script in scripts:
        match script:
            case Index(name):
                yield name
            case Lookup(_, of):
                yield from _starts(of)


@dataclass
class Belongs:
    """Which index follows from which others, as the lookups of a page tell."""

    rules: set[tuple[Indices, str]] = field(default_factory=set)
    known: dict[Indices, Indices] = field(default_factory=dict)

    def close(self, indices: Indices) -> Indices:
        """The indices with all that follow from them."""
        if not self.rules:
            return indices
        if indices not in self.known:
            self.known[indices] = self._close(indices)
        return self.known[indices]

    def _close(self, indices: Indices) -> Indices:
        closed = set(indices)
        while more := {group for of, group in self.rules if of <= closed} - closed:
            closed |= more
        return frozenset(closed)

    def learn(self, scripts: Iterable[Script]) -> None:
        """Take the lookups among some scripts as facts."""
        for script in scripts:
            match script:
                case Lookup(name, of):
                    self.rules.add((frozenset(_heads(of)), name))
                    self.learn(of)
                case Label(symbol):
                    self.learn(symbol.below)


def belongs(statements: Iterable[Statement]) -> Belongs:
    """What the lookups of some statements tell."""
    found = Belongs()
    for statement in statements:
        for node in statement_nodes(statement):
            for symbol in symbols(node):
                found.learn(symbol.below)
                found.learn(symbol.above)
    return found


def is_greek(letter: str) -> bool:
    """Whether a letter is Greek."""
    return len(letter) == 1 and ("Ͱ" <= letter <= "Ͽ" or "ἀ" <= letter <= "῿")


def anova_letters(symbols: Iterable[Symbol]) -> frozenset[str]:
    """The letters of effects as an analysis of variance writes them: (αβ)_jk, and α and β with it."""
    products = {s.base for s in symbols if len(s.base) > 1 and not s.word and s.base.isalpha()}
    return frozenset(products | {letter for base in products for letter in base})


def spell_symbol(symbol: Symbol) -> str:
    """A symbol in plain characters, for messages: ``β_1j``, ``α_j[i]``."""
    below = _spell(symbol.below)
    above = "" if not symbol.above else f"^{_spell(symbol.above)}"
    return f"{symbol.base}{above}{f'_{below}' if below else ''}"


def _spell(scripts: Iterable[Script]) -> str:
    parts = [_spell_script(s) for s in scripts]
    return ("" if all(len(p) == 1 for p in parts) else ",").join(parts) if len(parts) > 1 else "".join(parts)


def _spell_script(script: Script) -> str:
    match script:
        case Digit(value):
            return str(value)
        case Index(name) | Word(name):
            return name
        case Lookup(name, of):
            return f"{name}[{''.join(map(_spell_script, of))}]"
        case Label(symbol):
            return spell_symbol(symbol)
        case Dot():
            return "."
