"""LaTeX mathematics → tokens, through the nodes that pylatexenc finds.

Presentation falls away here: sizes, colours, fonts, spacing, labels. What has no meaning that this
program knows is refused with its place, never dropped.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ..errors import ReadError, Span
from ..patterns import pattern
from . import macros
from .latex_nodes import Walker
from .latex_words import UnknownCommand
from .tokens import Token

if TYPE_CHECKING:
    from pylatexenc.macrospec import LatexContextDb

MAX_DEPTH = 30

_EDGE = pattern(r"\\(?P<edge>begin|end)\b|\\.|(?P<brace>[{}])", re.DOTALL)

_MARKDOWN = pattern(r"\(\\#[\w:.-]+\)|(?<![a-z])\{#[\w:.-]+\}|<!--.*?-->", re.DOTALL)
"""What Markdown's dialects put among equations: (\\#eq:one), {#eq-one}, comments."""


def read_latex(source: str, start: int, end: int) -> list[Token]:
    """The tokens of a stretch of LaTeX mathematics. Raises ReadError."""
    from .walking import IndexWalker, LatexWalkerParseError  # 23 ms that plain text saves

    _check_nesting(source, start, end)
    text = _MARKDOWN.sub(lambda said: " " * len(said[0]), source[start:end])
    walker = Walker(source, start)
    try:
        nodes = IndexWalker(text, latex_context=_context(), tolerant_parsing=False).get_latex_nodes()[0]
        walker.walk(nodes)
    except LatexWalkerParseError as error:
        place = start + max(0, min(error.pos or 0, len(text) - 1))
        message = "this LaTeX is broken here: a command lacks its argument, or an environment its end"
        raise ReadError(message, source, Span(place, place + 1)) from None
    except UnknownCommand as problem:
        place = start + problem.node.pos
        span = Span(place, place + problem.node.len)
        raise ReadError(f"the command \\{problem} is not known in a name", source, span) from None
    return walker.out.tokens


@cache
def _context() -> LatexContextDb:
    """The commands and environments with their arguments, for pylatexenc."""
    from pylatexenc.macrospec import EnvironmentSpec, LatexContextDb, MacroSpec

    one = macros.WORDS | macros.TRANSPARENT | macros.BRACES | set(macros.ACCENTS)
    arguments = {
        **dict.fromkeys(one, "{"),
        **macros.DROPPED,
        **{name: spec for name, (spec, _) in macros.KEPT.items()},
        **dict.fromkeys(["operatorname", "tag"], "*{"),
        **dict.fromkeys(["frac", "dfrac", "tfrac"], "{{"),
        "sqrt": "[{",
    }
    database = LatexContextDb()
    database.add_context_category(
        "equations",
        macros=[MacroSpec(name, spec) for name, spec in arguments.items()],
        environments=[EnvironmentSpec(*pair) for pair in (macros.ROWS | macros.MATRICES).items()],
        specials=[],
    )
    database.set_unknown_macro_spec(MacroSpec(""))
    database.set_unknown_environment_spec(EnvironmentSpec(""))
    return database


def _check_nesting(source: str, start: int, end: int) -> None:
    """Refuses deep nesting, since pylatexenc descends by recursion, and braces that are never closed."""
    opened: list[re.Match[str]] = []
    for edge in _EDGE.finditer(source, start, end):
        said = edge["brace"] or edge["edge"] or ""
        if said in ("{", "begin"):
            opened.append(edge)
        elif said and not opened:
            message = f"{edge[0]} closes what was never opened"
            raise ReadError(message, source, Span(edge.start(), edge.end()))
        elif said:
            opened.pop()
        if len(opened) > MAX_DEPTH:
            message = "braces are nested too deeply to be an equation"
            raise ReadError(message, source, Span(edge.start(), edge.end()))
    if opened:
        edge = opened[-1]
        raise ReadError(f"{edge[0]} is never closed", source, Span(edge.start(), edge.end()))
