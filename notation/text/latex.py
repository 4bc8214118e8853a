"""LaTeX mathematics → tokens, through the nodes that pylatexenc finds.

Presentation falls away here: sizes, colours, fonts, spacing, labels. What has no meaning that this
program knows is refused with its place, never dropped.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ..errors import ReadError, Span
from . import macros
from .latex_nodes import Walker
from .latex_words import UnknownCommand
from .tokens import Token

if TYPE_CHECKING:
    from pylatexenc.macrospec import LatexContextDb

MAX_DEPTH = 30

_EDGE = re.compile(r"\\(?P<edge>begin|end)\b|\\.|(?P<brace>[{}])", re.DOTALL)


def read_latex(source: str, start: int, end: int) -> list[Token]:
    """The tokens of a stretch of LaTeX mathematics. Raises ReadError."""
    from pylatexenc.latexwalker import LatexWalker, LatexWalkerParseError  # 23 ms that plain text saves

    _check_depth(source, start, end)
    text = source[start:end]
    walker = Walker(source, start)
    try:
        nodes = LatexWalker(text, latex_context=_context(), tolerant_parsing=False).get_latex_nodes()[0]
        walker.walk(nodes)
    except LatexWalkerParseError as error:
        place = start + max(0, min(error.pos or 0, len(text) - 1))
        message = "this LaTeX is broken here: a brace or an environment is not closed"
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


def _check_depth(source: str, start: int, end: int) -> None:
    """Refuses deep nesting: pylatexenc descends into braces and environments by recursion."""
    depth = 0
    for edge in _EDGE.finditer(source, start, end):
        if edge["brace"] == "{" or edge["edge"] == "begin":
            depth += 1
        elif edge["brace"] or edge["edge"]:
            depth -= 1
        if depth > MAX_DEPTH:
            message = "braces are nested too deeply to be an equation"
            raise ReadError(message, source, Span(edge.start(), edge.end()))
