"""Symbols of plain text: a base with its accent, exponent, subscripts and superscripts.

The spelling rules are those of :mod:`notation.markup.plain`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..equations import Digit, Dot, Index, Label, Lookup, Script, Symbol, Word
from .names import GREEK, is_plain_word, quote, reads_as_word, spell_category, spell_name

COMBINING = {"bar": "\u0304", "hat": "\u0302", "tilde": "\u0303", "dot": "\u0307"}
"""The marks over a letter."""

CALLS = {"bar": "mean", "hat": "hat", "tilde": "tilde", "dot": "dot"}
"""How the marks are spelled where they cannot stand over a letter."""

SHORT_MARK = re.compile(r"\(\d+\)|[a-z][+-]\d+|\*")
"""Marks in a script that stand as they are: ``(2)``, ``t-1``, ``*``."""


@dataclass(frozen=True, slots=True)
class Signs:
    """The characters in which Unicode and ASCII differ."""

    ascii: bool
    minus: str
    dots: str
    prime: str
    transposed: str
    joins: dict[str, str]


UNICODE = Signs(False, "−", "…", "′", "ᵀ", {"": " ", "×": " × ", "·": " · "})
ASCII = Signs(True, "-", "...", "'", "^T", {"": " ", "×": "*", "·": "*"})


def spell_symbol(symbol: Symbol, signs: Signs, exponent: str = "") -> str:
    """A symbol with all its scripts; in Unicode an ``exponent`` stands behind its base, in ASCII last."""
    base = _base(symbol, signs)
    below = _attached("_", symbol.below, signs)
    above = _attached("^", (*symbol.above, *_star(symbol)), signs)
    return base + below + above + exponent if signs.ascii else base + exponent + below + above


def spell_scripts(parts: tuple[Script, ...], signs: Signs) -> str:
    """Scripts in a row, with commas between them where they would run into one another."""
    if _runs_together(parts, signs):
        return "".join(spell_script(part, signs) for part in parts)
    return ",".join(spell_script(part, signs) for part in parts)


def spell_script(part: Script, signs: Signs) -> str:
    """One script, without what is around it."""
    match part:
        case Digit(value):
            return str(value)
        case Dot():
            return "."
        case Index(name):
            return _spell_word(name)
        case Word(text):
            return text if SHORT_MARK.fullmatch(text) else _spell_word(text)
        case Label(symbol):
            return spell_symbol(symbol, signs)
        case Lookup(name, of):
            return f"{_spell_word(name)}[{spell_scripts(of, signs)}]"


def _base(symbol: Symbol, signs: Signs) -> str:
    name = spell_name(symbol.base) if symbol.word else letter_name(symbol.base, signs)
    if symbol.category:
        name += f"[{spell_category(symbol.category)}]"
    match symbol.accent:
        case "" | "star":
            return name
        case "prime":
            return name + signs.prime
        case accent if signs.ascii or symbol.category or not _takes_marks(symbol):
            return f"{CALLS[accent]}({name})"
        case accent:
            return "".join(c + COMBINING[accent] for c in symbol.base)


def letter_name(base: str, signs: Signs) -> str:
    """A letter: Greek by name in ASCII."""
    return GREEK.get(base, base) if signs.ascii else base


def _takes_marks(symbol: Symbol) -> bool:
    return symbol.base.isalpha() and (not symbol.word or is_plain_word(symbol.base))


def _star(symbol: Symbol) -> tuple[Script, ...]:
    return (Word("*"),) if symbol.accent == "star" else ()


def _attached(mark: str, parts: tuple[Script, ...], signs: Signs) -> str:
    if not parts:
        return ""
    text = spell_scripts(parts, signs)
    bare = _runs_together(parts, signs) and not any(map(_needs_braces, parts))
    return mark + (text if bare else f"{{{text}}}")


def _needs_braces(part: Script) -> bool:
    match part:
        case Word(text):
            return bool(SHORT_MARK.fullmatch(text)) and text != "*"
        case Label(symbol):
            return bool(symbol.below or symbol.above)
        case _:
            return False


def _runs_together(parts: tuple[Script, ...], signs: Signs) -> bool:
    """Whether scripts can stand side by side and still be told apart."""
    if len(parts) == 1:
        return True
    letters = "".join(p.name if isinstance(p, Index) else " " for p in parts)
    if any(map(reads_as_word, letters.split())):
        return False
    return all(_is_short(p, signs) for p in parts[:-1]) and _is_short(parts[-1], signs, last=parts[-2])


def _is_short(part: Script, signs: Signs, last: Script | None = None) -> bool:
    """Whether a script is one character that cannot merge with its neighbours.

    A lookup may stand at the end, behind ``last``, if no letter in front would become part of it.
    """
    match part:
        case Digit(value):
            return value < 10
        case Dot():
            return True
        case Index(name):
            return len(name) == 1
        case Label(Symbol(base, (), (), "")):
            return len(letter_name(base, signs)) == 1
        case Lookup(name, _):
            return len(name) == 1 and isinstance(last, Digit)
        case _:
            return False


def _spell_word(text: str) -> str:
    return text if len(text) == 1 and text.isalpha() or reads_as_word(text) else quote(text)
