"""A page in one spelling: words that index are indices, and a group has one letter everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..equations import (
    Digit,
    Equation,
    Equations,
    Index,
    Label,
    Lookup,
    Node,
    Script,
    Statement,
    Sum,
    Symbol,
    Word,
)
from ..frozen import frozen
from ..markup.names import INDEX_LETTERS
from .deviations import without_deviations
from .names import Key, has_lookup, heads, key
from .nesting import without_nested
from .standardized import without_scales
from .trees import rewrite_statement, statement_nodes, symbols
from .unindexed import is_unindexed, with_indices
from .vectors import without_vectors


@frozen
class NormalForm:
    """The statements of a page in one spelling, and the words that lookups have for index letters."""

    statements: tuple[Statement, ...]
    words: Mapping[str, str]
    unindexed: bool = False


def normal_form(page: Equations) -> NormalForm:
    """Words that index become indices, and the group of α_school[i] the j of its statement for α_j."""
    page = without_scales(without_vectors(without_deviations(page)))
    page = replace(page, statements=tuple(_with_cells(_turned(s)) for s in page.statements))
    page = _with_runs(page)
    words = _index_words(page)
    statements = tuple(
        [rewrite_statement(s, lambda symbol: _with_indices(symbol, words)) for s in page.statements]
    )
    coefficients = _coefficient_letters(_every_symbol(statements), page)
    if coefficients:
        statements = tuple(
            [rewrite_statement(s, lambda symbol: _labelled(symbol, coefficients)) for s in statements]
        )
    statements = without_nested(statements)
    every = _every_symbol(statements)
    if not any(heads(symbol) for symbol in every) and is_unindexed(statements):
        return NormalForm(with_indices(statements), {}, unindexed=True)
    letters = _letters_of_lookups(every)
    if letters:
        statements = tuple(
            [rewrite_statement(s, lambda symbol: _renamed(symbol, letters)) for s in statements]
        )
    return NormalForm(statements, {letter: word for word, letter in letters.items() if len(word) > 1})


def _with_runs(page: Equations) -> Equations:
    """The ict of y_ict as three indices, where c is an index elsewhere; alone it would be a word."""
    scripts = [s for symbol in _every_symbol(page.statements) for s in symbol.below]
    words = {s.text for s in scripts if isinstance(s, Word) and len(s.text) in (3, 4) and s.text.islower()}
    if not words:
        return page
    known = {s.name for s in scripts if isinstance(s, Index)}
    runs = {w for w in words if set(w) <= known | INDEX_LETTERS and known.intersection(w) - INDEX_LETTERS}
    if not runs:
        return page

    def split(symbol: Symbol) -> Symbol:
        parts = [
            [Index(letter) for letter in s.text] if isinstance(s, Word) and s.text in runs else [s]
            for s in symbol.below
        ]
        return replace(symbol, below=tuple(s for part in parts for s in part))

    return replace(page, statements=tuple(rewrite_statement(s, split) for s in page.statements))


def _turned(statement: Statement) -> Statement:
    """An equation with its response behind: β_0 + β_1 x_ij + e_ij = y_ij."""
    match statement:
        case Equation((Sum() as sum_, Symbol() as response)) if response.word or response.base in "yY":
            return replace(statement, sides=(response, sum_))
        case _:
            return statement


def _with_cells(statement: Statement) -> Statement:
    """(AB)_ij beside A_i and B_j is their interaction, and no word."""
    match statement:
        case Equation((*lefts, Sum(terms))):
            letters = {t.base for t in terms if isinstance(t, Symbol) and heads(t)}
            cells = (_as_cell(term, letters) for term in terms)
            return replace(statement, sides=(*lefts, Sum(tuple(cells))))
        case _:
            return statement


def _as_cell(term: Node, letters: set[str]) -> Node:
    match term:
        case Symbol(base, word=True) if 1 < len(base) < 4 and set(base) <= letters:
            return replace(term, word=False)
        case _:
            return term


def _with_indices(symbol: Symbol, words: set[str]) -> Symbol:
    if not words or not symbol.below:
        return symbol
    below = tuple(Index(s.text) if isinstance(s, Word) and s.text in words else s for s in symbol.below)
    return replace(symbol, below=_joined(below, words))


def _joined(below: tuple[Script, ...], words: set[str]) -> tuple[Script, ...]:
    """Letters side by side that spell an index of the page: the id of x_{id}, where it stands in y_{t,id}."""
    letters = "".join(s.name for s in below if isinstance(s, Index) and len(s.name) == 1)
    if letters not in words or len(letters) < 2:
        return below
    return (*(s for s in below if not isinstance(s, Index)), Index(letters))


def _every_symbol(statements: Iterable[Statement]) -> list[Symbol]:
    return [s for statement in statements for node in statement_nodes(statement) for s in symbols(node)]


def _coefficient_letters(every: Sequence[Symbol], page: Equations) -> set[str]:
    """Latin letters that carry an index and are none: the a of μ_a and σ_a, where a_k is a coefficient."""
    found = {name for s in every if not s.word for name in _all_indices(s)}
    candidates = found & {s.base for s in every if not s.word and s.below}
    elsewhere = {name for s in every if s.base not in HYPERPARAMETERS for name in _all_indices(s)}
    lefts = {name for s in page.statements for left in symbols(statement_nodes(s)[0]) for name in heads(left)}
    # A capital that no left side carries is no index: the W of γ_W, the slope within groups.
    labels = (found - INDEX_LETTERS - elsewhere) | {name for name in found - lefts if name.isupper()}
    if not candidates:
        return labels
    carriers: dict[str, set[str]] = {}
    for s in every:
        for name in heads(s):
            carriers.setdefault(name, set()).add(s.base)
    indices = _index_words(page) | {name for s in every if s.word for name in heads(s)}
    indices |= {s.base for s in every if s.base in heads(s)}  # the time t of t_ti is no coefficient
    indices |= {name for name, bases in carriers.items() if len(bases) > 2} - candidates
    indexed = {s.base for s in every if not s.word and heads(s) & indices}
    return labels | candidates & indexed - indices


HYPERPARAMETERS = "μστωψρΣΩ"
"""Letters of means and spreads: the a of μ_a and σ_a, which nothing else carries, is the name of one."""


def _all_indices(symbol: Symbol) -> Iterator[str]:
    yield from (s.name for s in (*symbol.below, *symbol.above) if isinstance(s, Index))


def _labelled(symbol: Symbol, letters: set[str]) -> Symbol:
    """A symbol whose scripts name coefficients: σ_a is the σ of a."""

    def label(script: Script) -> Script:
        named = isinstance(script, Index) and script.name in letters
        return Label(Symbol(script.name)) if named else script  # type: ignore[union-attr]

    if not letters.intersection(_all_indices(symbol)):
        return symbol
    return replace(symbol, below=tuple(map(label, symbol.below)), above=tuple(map(label, symbol.above)))


def _letters_of_lookups(every: Sequence[Symbol]) -> dict[str, str]:
    """The index letter of each lookup word, where α_school[i] is distributed as α_j."""
    if not any(has_lookup(symbol) for symbol in every):
        return {}
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
    """Words that index: in a range, a legend or a lookup, or on a left side and two other symbols."""
    found = {r.index for s in page.statements for r in s.ranges} | {c.index for c in page.legend.counts}
    carriers: dict[str, set[Key]] = {}
    lefts: set[str] = set()
    for statement in page.statements:
        nodes = statement_nodes(statement)
        lefts |= {s.text for symbol in symbols(nodes[0]) for s in symbol.below if isinstance(s, Word)}
        for symbol in (s for node in nodes for s in symbols(node)):
            found |= _looked_up(symbol.below)
            for script in symbol.below:
                if isinstance(script, Word):
                    carriers.setdefault(script.text, set()).add(Key(symbol.base, tuple(_digits(symbol))))
    return found | {word for word in lefts if len(carriers[word]) > 2}


def _digits(symbol: Symbol) -> list[Script]:
    return [s for s in symbol.below if isinstance(s, Digit)]


def _looked_up(scripts: Iterable[Script]) -> set[str]:
    found: set[str] = set()
    for script in scripts:
        if isinstance(script, Lookup):
            found |= {script.name, *(s.name for s in script.of if isinstance(s, Index))} | _looked_up(
                script.of
            )
    return found
