"""Letters, accents and names that both markups spell in their own way."""

from __future__ import annotations

from unicodedata import normalize

from ..markup.names import GREEK as NAMES
from ..patterns import pattern

GREEK: dict[str, str] = {
    **{name: letter for letter, name in NAMES.items()},
    "varepsilon": "ε",
    "vartheta": "θ",
    "varkappa": "κ",
    "varpi": "π",
    "varrho": "ρ",
    "varsigma": "σ",
    "varphi": "φ",
}
"""Greek by name. The two shapes of a letter (ε and ϵ) are one: authors mix them for one symbol."""

SHAPES = {"ϵ": "ε", "ϑ": "θ", "ϕ": "φ", "ϱ": "ρ", "ϖ": "π", "ς": "σ", "ϰ": "κ", "µ": "μ", "∑": "Σ", "∆": "Δ"}
"""Other shapes of Greek letters, as they come out of keyboards and PDF files."""

GREEK_LETTERS = frozenset(GREEK.values()) | frozenset(SHAPES)

MARKS = {"\u0304": "bar", "\u0305": "bar", "\u0302": "hat", "\u0303": "tilde", "\u0307": "dot"}
"""Combining marks that are accents of mathematics; others belong to the letters of a name."""

COMBINING = {"bar": "\u0304", "hat": "\u0302", "tilde": "\u0303", "dot": "\u0307"}
"""The mark of each accent."""

RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺⁽⁾ᵀ", "0123456789-+()T")

_MARKED = pattern("[^\u0300-\u036f]([" + "".join(MARKS) + "])")


def plain_greek(letter: str) -> str:
    """The letter in its usual shape."""
    return SHAPES.get(letter, letter)


def take_accent(word: str) -> tuple[str, str]:
    """A word without the accent that its letters carry, and the accent's name.

    s̄ēs̄ is ``ses`` with a bar, and s̄ēs too: no language has the letter s̄, so its bar is mathematics.
    "señor" is a name, since only one of its letters has the mark, and "ñ" is a letter.
    """
    if word.isascii():
        return word, ""
    decomposed = normalize("NFD", word)
    marks = _MARKED.findall(decomposed)
    if len(set(marks)) != 1:
        return word, ""
    mark = marks[0]
    bare = decomposed.replace(mark, "")
    everywhere = len(decomposed) == 2 * len(bare)
    mathematical = mark in normalize("NFC", word) and 2 * len(marks) > sum(map(str.isalpha, bare))
    if everywhere or (mathematical and decomposed[1] == mark):
        return normalize("NFC", bare), MARKS[mark]
    return word, ""
