"""Text → Equations, for LaTeX, Unicode and ASCII alike.

    text → blocks → tokens → statements → grammar → Equations

Each stage is a module: :mod:`.blocks` finds the mathematics, :mod:`.latex` and :mod:`.plain` make
tokens of it, :mod:`.cutting` makes statements of the tokens, :mod:`.parsing` reads each statement by
the grammar, :mod:`.legend` reads the words beside them. Behind the tokens nothing knows a markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..equations import Equations, Statement
from ..errors import ReadError
from .blocks import Block, find_blocks, without_comment_marks
from .claims import read_claims
from .cutting import Page, cut
from .legend import read_legend
from .parsing import parse_statement
from .plain import read_plain
from .prose import heading_at
from .settling import variables_of
from .tokens import Token

MAX_LENGTH = 200_000


def read_equations(source: str) -> list[Equations]:
    """The pages of equations that a text holds; usually one.

    Raises ReadError, with the place, for mathematics that cannot be read; several mistakes are
    collected in its ``others``. Prose falls away, but for the sentences of the legend.
    """
    page, mistakes = read_page(source)
    if mistakes:
        raise together(mistakes)
    return [page]


def together(mistakes: Sequence[ReadError]) -> ReadError:
    """Several mistakes as one error, with the others beside the first."""
    first, *others = mistakes
    first.others = tuple(others)
    return first


def read_page(source: str) -> tuple[Equations, tuple[ReadError, ...]]:
    """The statements of a text that can be read, and what is wrong with the others.

    Raises ReadError where no statements can be told apart.
    """
    if len(source) > MAX_LENGTH:
        raise ReadError(f"the text is longer than {MAX_LENGTH:,} characters: give the equations alone")
    source = without_comment_marks(source)
    tokens = tokens_of(source)
    page = cut(tokens, source)
    if not page.cuts:
        raise ReadError(
            "there is no equation in this text", source, None, "an equation looks like math_ij = β_0j + e_ij"
        )
    statements, mistakes = _statements(page, source, variables_of(tokens))
    legend = replace(read_legend(text for text, _ in page.prose), claims=read_claims(page.prose, source))
    return Equations(tuple(statements), legend), tuple(mistakes)


def tokens_of(source: str) -> list[Token]:
    """The tokens of all blocks, one after the other."""
    tokens: list[Token] = []
    for block in find_blocks(source):
        tokens += _tokens_of_block(block, source)
    return tokens


def _tokens_of_block(block: Block, source: str) -> list[Token]:
    match block.kind:
        case "plain":
            return read_plain(source, block.start, block.end)
        case "prose":
            return _prose(source, block.start, block.end)
        case "inline":
            from .latex import read_latex

            return read_latex(source, block.start, block.end)
        case _:
            return _display(source, block.start, block.end)


def _display(source: str, start: int, end: int) -> list[Token]:
    from .latex import read_latex

    return [
        Token("BREAK", None, start, start),
        *read_latex(source, start, end),
        Token("BREAK", None, end, end),
    ]


def _prose(source: str, start: int, end: int) -> list[Token]:
    """The lines of prose; each may announce a level."""
    tokens: list[Token] = []
    at = start
    for line in source[start:end].splitlines(keepends=True):
        stop = at + len(line)
        if heading := heading_at(line.strip("\r\n")):
            tokens.append(Token("HEADING", heading[0], at, at + heading[1]))
        elif line.strip():
            tokens.append(Token("TEXT", line, at, stop))
        if line.endswith("\n"):
            tokens.append(Token("BREAK", None, stop, stop))
        at = stop
    return tokens


def _statements(
    page: Page, source: str, variables: frozenset[str]
) -> tuple[list[Statement], list[ReadError]]:
    """Every statement that can be read, and the mistakes of the others."""
    statements: list[Statement] = []
    mistakes: list[ReadError] = []
    for piece in page.cuts:
        try:
            statements.append(parse_statement(piece, source, variables))
        except ReadError as mistake:
            mistakes.append(mistake)
    return statements, mistakes
