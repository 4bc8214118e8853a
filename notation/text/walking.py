"""pylatexenc's walk over LaTeX, with a short way for the indices of symbols.

Imported only when LaTeX is read: plain text does without pylatexenc.
"""

from __future__ import annotations

from typing import Any

from pylatexenc.latexwalker import LatexCharsNode, LatexGroupNode, LatexWalker, LatexWalkerParseError

from ..patterns import pattern

__all__ = ["IndexWalker", "LatexWalkerParseError"]

_INDICES = pattern(r"\{([^\\{}$%&#~\s]+)\}")
"""Braces around characters without any command, as in β_{0jk}: half of all braces of level equations."""


class IndexWalker(LatexWalker):  # type: ignore[misc]  # pylatexenc publishes no types
    """A walker that takes ``{0jk}`` as one piece; the nodes are those that pylatexenc itself makes."""

    def get_latex_braced_group(self, pos: int, brace_type: str = "{", parsing_state: Any = None) -> Any:
        """The node of a pair of braces, its place and its length."""
        found = _INDICES.match(self.s, pos) if brace_type == "{" else None
        if found is None:
            return super().get_latex_braced_group(pos, brace_type, parsing_state)
        length = found.end() - pos
        inner = self.make_node(
            LatexCharsNode, parsing_state=parsing_state, chars=found[1], pos=pos + 1, len=length - 2
        )
        group = self.make_node(
            LatexGroupNode,
            parsing_state=parsing_state,
            nodelist=[inner],
            delimiters=("{", "}"),
            pos=pos,
            len=length,
        )
        return group, pos, length
