"""What can be read of a text that was refused: the statements that are whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..equations import Equations, Statement
from ..errors import ReadError

if TYPE_CHECKING:
    from ..text.cutting import Cut


def readable_page(source: str) -> Equations | None:
    """The statements of a text that can be read by themselves; None where there are none."""
    # The reader of texts is heavy, and only a text that was refused needs it here.
    from ..text import tokens_of
    from ..text.cutting import cut
    from ..text.legend import read_legend
    from ..text.settling import variables_of

    try:
        tokens = tokens_of(source)
        page = cut(tokens, source)
    except ReadError:
        return None
    statements = tuple(_readable(page.cuts, source, variables_of(tokens)))
    return Equations(statements, read_legend(text for text, _ in page.prose)) if statements else None


def _readable(cuts: Sequence[Cut], source: str, variables: frozenset[str]) -> Iterator[Statement]:
    from ..text.parsing import parse_statement

    for piece in cuts:
        try:
            yield parse_statement(piece, source, variables)
        except ReadError:
            continue
