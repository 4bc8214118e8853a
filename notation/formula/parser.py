"""Text → the tree of :mod:`notation.formula.syntax`, by the grammar ``formula.lark``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from ..errors import ReadError
from ..parsers import parser
from . import syntax
from .brackets import check_brackets
from .mistakes import Mistakes

if TYPE_CHECKING:
    from lark import Lark

LONGEST = 100_000
"""The longest formula that is read, in characters: some thousand terms."""


def parse(text: str) -> syntax.Node:
    """The syntax tree of a formula or of a whole call.

    Raises ReadError with every mistake that was found.
    """
    if len(text) > LONGEST:
        raise ReadError(f"the formula is longer than {LONGEST:,} characters", mend="Write it in parts.")
    if not text.strip():
        raise ReadError("the formula is empty", text, mend="Write one such as y ~ x + (x | g).")
    check_brackets(text)
    return _parse(text)


def _parse(text: str) -> syntax.Node:
    from lark.exceptions import UnexpectedInput

    mistakes = Mistakes(text)
    try:
        tree: Any = _formula_grammar().parse(text, on_error=mistakes.note)
    except UnexpectedInput:
        raise mistakes.error() from None
    if mistakes.found:
        raise mistakes.error()
    node: syntax.Node = tree
    return node


@cache
def _formula_grammar() -> Lark:
    from .builder import Builder  # it loads lark

    return parser("formula", lexer="contextual", transformer=Builder())
