"""What a symbol is called and which indices it carries, taken apart.

A symbol's :class:`Key` is its letter with digits and labels, ``β_1`` of ``β_1j``. Its indices are a
set of letters. A lookup tells that one index follows from another: in ``j[i]`` the unit i belongs to
one j, so whatever carries i may vary with j as well. Closing a set of indices under these makes Gelman &
Hill's indices the same as Raudenbush & Bryk's: ``y_i`` with ``k[j[i]]`` is at {i, j, k}.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from ..equations import Digit, Dot, Equations, Index, Label, Lookup, Script, Statement, Symbol, Word
from .trees import rewrite_statement, statement_nodes, symbols

Indices = frozenset[str]
"""The letters (or words) of the indices that something carries."""

NONE: Indices = frozenset()


@dataclass(frozen=True, slots=True)
class Key:
    """A symbol without its indices: letter, digits and labels below, labels above, accent."""

    base: str
    below: tuple[Script, ...] = ()
    above: tuple[Script, ...] = ()
    accent: str = ""

    @property
    def bare(self) -> Key:
        """The key without what stands above: γ_1 for γ_1^α."""
        return replace(self, above=())


def key(symbol: Symbol) -> Key:
    """The name of a symbol. A hat says "estimated", which names nothing else."""
    above = tuple(_unindexed(s) for s in symbol.above if not isinstance(s, Index | Lookup | Dot))
    return Key(symbol.base, names_below(symbol), above, "" if symbol.accent == "hat" else symbol.accent)


def names_below(symbol: Symbol) -> tuple[Script, ...]:
    """The scripts below a symbol that are part of its name: digits, labels and words."""
    return tuple(_unindexed(s) for s in symbol.below if not isinstance(s, Index | Lookup | Dot))


def _unindexed(script: Script) -> Script:
    """A label without the indices of the symbol it names: μ_{α_j} is μ_α."""
    if not isinstance(script, Label):
        return script
    return Label(Symbol(script.symbol.base, names_below(script.symbol)))


def heads(symbol: Symbol) -> Indices:
    """The indices that a symbol carries; of a lookup ``k[j[i]]``, the group k."""
    return frozenset(_heads(symbol.below))


def _heads(scripts: Iterable[Script]) -> Iterator[str]:
    for script in scripts:
        match script:
            case Index(name) | Lookup(name):
                yield name


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


@dataclass(frozen=True, slots=True)
class NormalForm:
    """The statements of a page in one spelling, and the words that lookups have for index letters."""

    statements: tuple[Statement, ...]
    words: Mapping[str, str]


def normal_form(page: Equations) -> NormalForm:
    """Words that index become indices, and the group of α_school[i] the j of its statement for α_j."""
    words = _index_words(page)
    statements = tuple(rewrite_statement(s, lambda symbol: _with_indices(symbol, words)) for s in page.statements)
    letters = _letters_of_lookups(statements)
    if letters:
        statements = tuple(rewrite_statement(s, lambda symbol: _renamed(symbol, letters)) for s in statements)
    return NormalForm(statements, {letter: word for word, letter in letters.items() if len(word) > 1})


def _with_indices(symbol: Symbol, words: set[str]) -> Symbol:
    if not any(isinstance(s, Word) and s.text in words for s in symbol.below):
        return symbol
    return replace(
        symbol, below=tuple(Index(s.text) if isinstance(s, Word) and s.text in words else s for s in symbol.below)
    )


def _letters_of_lookups(statements: Iterable[Statement]) -> dict[str, str]:
    """The index letter of each lookup word, where α_school[i] is distributed as α_j."""
    every = [s for statement in statements for node in statement_nodes(statement) for s in symbols(node)]
    plain = {name for s in every for name in _plain_indices(s.below)}
    running: dict[Key, set[str]] = {}
    for symbol in every:
        if symbol.below and isinstance(symbol.below[-1], Index) and len(heads(symbol)) == 1:
            running.setdefault(key(symbol), set()).update(heads(symbol))
    found: dict[str, str] = {}
    for symbol in every:
        match symbol.below[-1:]:
            case (Lookup(name),) if name not in plain and len(heads(symbol)) == 1:
                letters = running.get(key(symbol), set())
                if len(letters) == 1:
                    found.setdefault(name, next(iter(letters)))
    taken = {s.name for symbol in every for s in symbol.below if isinstance(s, Lookup)}
    return {word: letter for word, letter in found.items() if letter not in taken}


def _plain_indices(scripts: Iterable[Script]) -> Iterator[str]:
    for script in scripts:
        match script:
            case Index(name):
                yield name
            case Lookup(_, of):
                yield from _plain_indices(of)


def _renamed(symbol: Symbol, letters: Mapping[str, str]) -> Symbol:
    if not has_lookup(symbol):
        return symbol
    return replace(symbol, below=tuple(_renamed_script(s, letters) for s in symbol.below))


def _renamed_script(script: Script, letters: Mapping[str, str]) -> Script:
    match script:
        case Lookup(name, of):
            inner = tuple(_renamed_script(s, letters) for s in of)
            return Lookup(letters.get(name, name), inner)  # type: ignore[arg-type]
        case _:
            return script


def _index_words(page: Equations) -> set[str]:
    """Words that stand as indices somewhere: in a range, a legend, a lookup, or beside an index letter."""
    found = {r.index for s in page.statements for r in s.ranges} | {c.index for c in page.legend.counts}
    for statement in page.statements:
        for node in statement_nodes(statement):
            for symbol in symbols(node):
                found |= _looked_up(symbol.below)
    return found


def _looked_up(scripts: Iterable[Script]) -> set[str]:
    found: set[str] = set()
    for script in scripts:
        if isinstance(script, Lookup):
            found |= {script.name, *(s.name for s in script.of if isinstance(s, Index))} | _looked_up(script.of)
    return found


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
