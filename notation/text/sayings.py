"""What a text amid LaTeX's mathematics is: a name, words beside the equations, or an expression.

The writer asks the same: a name that would read as anything else it sets in quotation marks.
"""

from __future__ import annotations

import re

from ..markup.names import CONNECTIVES
from ..patterns import pattern
from .prose import is_prose, level_heading

_TRANSFORMED = pattern(r"(?:log|ln|log10|log2|exp|sqrt)\(.+\)", re.DOTALL)


def reading_of(text: str, indexed: bool = False) -> str:
    """``name``, ``quotation``, ``heading``, ``words``, ``connective`` or ``expression``.

    ``indexed`` says that an index or a category stands right behind, as behind names alone.
    """
    said = text.strip()
    named = indexed and text == said
    if is_quotation(said):
        return "quotation"
    if not named and level_heading(said) is not None:
        return "heading"
    if not named and is_prose(text):
        return "words"
    if _TRANSFORMED.fullmatch(said):
        return "expression"
    return "connective" if said in CONNECTIVES and not named else "name"


def is_quotation(text: str) -> bool:
    """Whether a text stands in TeX's single quotation marks: `` `and' ``."""
    return len(text) > 2 and text[0] == "`" and text[-1] == "'"
