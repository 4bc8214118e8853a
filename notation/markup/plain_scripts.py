"""Symbols of plain text: a base with its accent, exponent, subscripts and superscripts.

The spelling rules are those of :mod:`notation.markup.plain`.
"""

from __future__ import annotations

from ..equations import Digit, Dot, Index, Label, Lookup, Script, Symbol, Word
from ..frozen import frozen
from .names import GREEK, is_plain_word, quote, reads_as_word, spell_category, spell_name
from .scripts import SHORT_MARK, group

COMBINING = {"bar": "\u0304", "hat": "\u0302", "tilde": "\u0303", "dot": "\u0307"}
"""The marks over a letter."""

CALLS = {"bar": "mean", "hat": "hat", "tilde": "tilde", "dot": "dot"}
"""How the marks are spelled where they cannot stand over a letter."""


@frozen
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
    superscripts = (*symbol.above, *_star(symbol))
    below = _attach("_", symbol.below, signs, braces=bool(superscripts))
    above = _attach("^", superscripts, signs)
    return base + below + above + exponent if signs.ascii else base + exponent + below + above


def spell_scripts(scripts: tuple[Script, ...], signs: Signs) -> str:
    """Scripts in a row, with commas where they would run into one another."""
    groups = group(scripts, signs.ascii)
    return ",".join("".join(spell_script(s, signs) for s in part) for part in groups)


def spell_script(script: Script, signs: Signs) -> str:
    """One script, without what is around it."""
    match script:
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
    # A letter with an accent of its own would read as another letter.
    letters = symbol.base.isalpha() and (symbol.base.isascii() or not symbol.word)
    return letters and (not symbol.word or is_plain_word(symbol.base))


def _star(symbol: Symbol) -> tuple[Script, ...]:
    return (Word("*"),) if symbol.accent == "star" else ()


def _attach(mark: str, scripts: tuple[Script, ...], signs: Signs, braces: bool = False) -> str:
    """Scripts below or above; ``braces`` also around a letter that may have superscripts of its own."""
    if not scripts:
        return ""
    text = spell_scripts(scripts, signs)
    # A dot behind a letter would be a full stop.
    stopped = isinstance(scripts[-1], Dot) and not isinstance(scripts[0], Dot)
    closed = stopped or (braces and isinstance(scripts[-1], Label))
    bare = len(group(scripts, signs.ascii)) == 1 and not closed and not any(map(_needs_braces, scripts))
    return mark + (text if bare else f"{{{text}}}")


def _needs_braces(script: Script) -> bool:
    match script:
        case Word(text):
            return bool(SHORT_MARK.fullmatch(text)) and text != "*"
        case Label(symbol):
            return bool(symbol.below or symbol.above or symbol.accent)
        case _:
            return False


def _spell_word(text: str) -> str:
    return text if (len(text) == 1 and text.isalpha()) or reads_as_word(text) else quote(text)
