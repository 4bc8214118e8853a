"""Walks over a page of equations, for tests that must not share code with the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from notation.equations import Counts, Index, Lookup, Quantity, Range, Script, Symbol, Word


def walk(item: Any) -> Iterator[Any]:
    """An object and everything in it, depth first; inside a tuple, each of its items."""
    yield item
    if isinstance(item, tuple):
        parts: list[Any] = list(item)
    elif is_dataclass(item) and not isinstance(item, type):
        parts = [getattr(item, f.name) for f in fields(item)]
    else:
        return
    for part in parts:
        yield from walk(part)


def quantities(item: Any) -> list[Quantity]:
    """Every place where a parameter stands."""
    return [node for node in walk(item) if isinstance(node, Quantity)]


def letters(item: Any) -> list[Symbol]:
    """Every symbol that is a letter and not a column of the data, labels of other symbols left out."""
    if isinstance(item, Symbol):
        return [] if item.word else [item]
    if isinstance(item, tuple):
        return [symbol for part in item for symbol in letters(part)]
    if is_dataclass(item) and not isinstance(item, type | Quantity):
        return letters(tuple(getattr(item, f.name) for f in fields(item)))
    return letters(item.symbol) if isinstance(item, Quantity) else []


def indices(item: Any) -> set[str]:
    """The running indices of an object that stand on their own, outside of any lookup."""
    if isinstance(item, Lookup):
        return set().union(*(indices(inner) for inner in item.of))
    if isinstance(item, Index):
        return {item.name}
    if isinstance(item, tuple):
        return set().union(*(indices(part) for part in item)) if item else set()
    if is_dataclass(item) and not isinstance(item, type):
        return indices(tuple(getattr(item, f.name) for f in fields(item)))
    return set()


def carried(symbol: Symbol) -> frozenset[str]:
    """The groups whose unit a symbol depends on: those of its indices and of its lookups."""
    return frozenset(s.name for s in symbol.below if isinstance(s, Index | Lookup))


def bare(symbol: Symbol) -> Symbol:
    """A symbol without indices and lookups: what tells one coefficient from another."""
    below: tuple[Script, ...] = tuple(s for s in symbol.below if not isinstance(s, Index | Lookup))
    return Symbol(symbol.base, below, symbol.above, symbol.accent, symbol.word, symbol.category)


def rename(
    item: Any, indices: Mapping[str, str] | None = None, bases: Mapping[str, str] | None = None
) -> Any:
    """The same page with other index letters, or with other letters for its coefficients and effects."""
    index, base = indices or {}, bases or {}
    if isinstance(item, tuple):
        return tuple(rename(part, index, base) for part in item)
    if isinstance(item, Quantity):
        return Quantity(item.parameter, rename(item.symbol, index, base))
    if not is_dataclass(item) or isinstance(item, type):
        return item
    changed = {f.name: rename(getattr(item, f.name), index, base) for f in fields(item)}
    match item:
        case Index(name) | Lookup(name=name):
            changed["name"] = index.get(name, name)
        case Word(text) if text[1:2] == "-" and text[0] in index:  # a lag: i-s
            changed["text"] = index[text[0]] + text[1:]
        case Counts(letter) | Range(letter):
            changed["index"] = index.get(letter, letter)
        case Symbol(word=False):
            changed["base"] = base.get(item.base, item.base)
    return type(item)(**changed)
