"""A source text → blocks: displayed mathematics, inline mathematics, and the prose between."""

from __future__ import annotations

import re
from typing import Literal

from ..errors import ReadError, Span
from ..frozen import frozen
from ..patterns import pattern
from .macros import BLOCKS, MATRICES
from .prose import without_quotations

Kind = Literal["latex", "inline", "prose", "plain"]


@frozen
class Block:
    """A stretch of the source and what it is: ``latex`` and ``inline`` are mathematics in LaTeX,
    ``plain`` is text in which mathematics and prose share the lines.
    """

    kind: Kind
    start: int
    end: int


def _either(names: frozenset[str]) -> str:
    """A pattern of any of some names, the longer ones first."""
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


_OPENERS = pattern(
    r"(?P<escaped>\\\\|\\\$)"
    r"|(?P<fence>^[ \t]*(?:```|~~~)[^\n]*\n)"
    r"|(?P<comment><!--.*?-->)"
    r"|(?P<display>\$\$|\\\[)"
    r"|(?P<documented>\\d?eqn\s*)\{"
    r"|(?P<inline>\$latex\s|\$(?=[^\s\d$),.;:]|\d[^\s$]*[=\\_^]|\d[^\n$]*[^\s$]\$(?!\d))|\\\()"
    r"|\\begin\s*\{(?P<environment>" + _either(BLOCKS) + r")\}",
    re.MULTILINE | re.DOTALL,
)
_CLOSERS = {
    "$$": re.compile(r"\$\$|\\."),
    "\\[": re.compile(r"\\\]|\\."),
    "\\(": re.compile(r"\\\)|\\."),
    "$": re.compile(r"\$|\\.|\n\s*\n"),
}
_MATHEMATICS_FENCE = pattern(r"[ \t]*(?:```|~~~)\s*\{?[.=]?(math|latex|tex)\b", re.IGNORECASE)
_TEXT_FENCE = pattern(r"[ \t]*(?:```|~~~)[ \t]*(?:text|txt|plain)?[ \t]*\r?\n", re.IGNORECASE)
_LATEX = pattern(r"\\[A-Za-z\\]|[_^]\{[^{}\n]*\\|\\_")
_OUTSIDE = pattern(
    r"\\(?P<edge>left|right|begin|end)(?![a-z])(?:\s*\{(?P<name>"
    + _either(BLOCKS | frozenset(MATRICES))
    + r")\})?"
)
_EDGE = pattern(r"(?<!\\)[{}]|\\(?:begin|end)\b")
_BRACE = pattern(r"(?<!\\)[{}]")
_PROSE_LINE = pattern(r"\s*(?=[^\n]*[^\W\d_]{2})[^\\=~^_&{}$+]*\n?")
_COMMENT = pattern(r"[ \t]*(?:#+'?|//+)")
MAX_LINE = 1000
"""A longer line of prose is prose."""

_SUBSCRIPTED = r"(?:\\[A-Za-z]+(?:\{[^{}]*\})?|[^\W_]+)_(?:\{[^{}]*\}|\w+)"
_STATEMENT = pattern(
    rf"(?P<lead>\s*(?:[-*]\s+)?(?:(?:where|with|and)\b,?\s*)?)[(\[]?{_SUBSCRIPTED}[^\n=~]*"
    rf"(?:\\sim\b|[~∼]\s*\w*(?:[Nn]orm|N\b|MVN)|=[^\n]*{_SUBSCRIPTED})"
)
"""A line that begins with a symbol and goes on like an equation or a distribution."""

_NO_WORDS = pattern(
    r"\\(?:text|operatorname|mathrm|mathcal)\s*\{[^{}]*\}|\\[A-Za-z]+|\b(?:i\.?i\.?d|for|and|with|N|MVN|[Nn]ormal)\b"
    rf"|{_SUBSCRIPTED}|[^\W\d_]+(?=\()"
)
"""What may stand in such a line and is no word of a sentence."""

_WORD = pattern(r"[^\W\d_]{2,}")
_RELATION = pattern(r"[=~]|\\sim|\n")
_LETTERS = pattern(r"[^\W\d_]{2}")
_FRONT_MATTER = pattern(r"\A---[ \t]*\n.*?\n---[ \t]*\n", re.DOTALL)


def find_blocks(source: str) -> list[Block]:
    """The blocks of a text, in order. Raises ReadError where mathematics is opened and never closed."""
    said = without_quotations(source)  # a backslash or a dollar in backticks belongs to a name
    blocks: list[Block] = []
    front = _FRONT_MATTER.match(source)
    at = done = front.end() if front else 0
    while (opener := _OPENERS.search(said, at)) is not None:
        found = None if _is_inside(source, done, opener) else _block_at(source, opener)
        if found is None:
            at = opener.end()
            continue
        block, at = found
        blocks += _prose_blocks(source, done, opener.start())
        if block is not None:
            blocks += _prose_blocks(source, block.start, block.end) if block.kind == "prose" else [block]
        done = at
    if not any(block.kind in ("latex", "inline") for block in blocks):
        start = front.end() if front else 0
        return _bare_latex(source, start) if _LATEX.search(said) else [Block("plain", start, len(source))]
    return [*blocks, *_prose_blocks(source, done, len(source))]


def without_comment_marks(source: str) -> str:
    """A text of the same length, without the marks of a program's comments where all its lines have them."""
    lines = source.splitlines(keepends=True)
    marked = [_COMMENT.match(line) for line in lines]
    if not any(marked) or not all(mark or not line.strip() for mark, line in zip(marked, lines, strict=True)):
        return source
    return "".join(
        line if mark is None else " " * mark.end() + line[mark.end() :]
        for mark, line in zip(marked, lines, strict=True)
    )


def _prose_blocks(source: str, start: int, end: int) -> list[Block]:
    """Prose between displayed mathematics, and the lines in it that are statements all the same."""
    blocks: list[Block] = []
    at = start
    for line in source[start:end].splitlines(keepends=True):
        stop = at + len(line)
        short = len(line) <= MAX_LINE
        if (
            short
            and (found := _STATEMENT.match(line))
            and not _WORD.search(_NO_WORDS.sub(" ", line[found.end("lead") :]))
        ):
            lead = at + found.end("lead")
            blocks += [Block("prose", at, lead)] if found["lead"].strip() else []
            blocks.append(Block("latex" if _LATEX.search(line) else "plain", lead, stop))
        elif blocks and blocks[-1].kind == "prose":
            blocks[-1] = Block("prose", blocks[-1].start, stop)
        else:
            blocks.append(Block("prose", at, stop))
        at = stop
    return blocks


def _is_inside(source: str, done: int, opener: re.Match[str]) -> bool:
    """Whether an environment stands inside of an array or of brackets that began before it."""
    if opener["environment"] is None:
        return False
    nearby = max(done, opener.start() - 2000)
    depth = 0
    for found in _OUTSIDE.finditer(source, nearby, opener.start()):
        # Other environments, such as document or figure, hold whole equations.
        if found["name"] or found["edge"] in ("left", "right"):
            depth += 1 if found["edge"] in ("begin", "left") else -1
    return depth > 0


def _bare_latex(source: str, at: int) -> list[Block]:
    """LaTeX without any delimiters: lines of prose stand between the lines of mathematics."""
    blocks: list[Block] = []
    depth = 0
    for line in source[at:].splitlines(keepends=True):
        end = at + len(line)
        kind: Kind = "prose" if depth == 0 and _PROSE_LINE.fullmatch(line) else "latex"
        depth += sum(1 if edge[0] in ("{", r"\begin") else -1 for edge in _EDGE.finditer(line))
        if blocks and blocks[-1].kind == kind:
            blocks[-1] = Block(kind, blocks[-1].start, end)
        elif line.strip():
            blocks.append(Block(kind, at, end))
        at = end
    return blocks


def _block_at(source: str, opener: re.Match[str]) -> tuple[Block | None, int] | None:
    """The block that begins here and where it ends; no block for what is skipped; None for nothing."""
    match opener.lastgroup:
        case "escaped":
            return None
        case "comment":
            return None, opener.end()
        case "fence":
            return _fenced(source, opener)
        case "documented":
            return _documented(source, opener)
        case "environment":
            return _environment(source, opener)
        case kind:
            found = _delimited(source, opener, "latex" if kind == "display" else "inline")
            return _named_in_passing(source, opener, found) if kind == "display" else found


def _named_in_passing(
    source: str, opener: re.Match[str], found: tuple[Block | None, int] | None
) -> tuple[Block | None, int] | None:
    """A symbol that is displayed within a line of prose, "- $$ W_j $$ is a predictor", is inline."""
    if found is None or (block := found[0]) is None or _RELATION.search(source, block.start, block.end):
        return found
    line_start = source.rfind("\n", 0, opener.start()) + 1
    line_end = source.find("\n", found[1])
    around = source[line_start : opener.start()] + source[found[1] : line_end if line_end >= 0 else None]
    return (Block("inline", block.start, block.end), found[1]) if _LETTERS.search(around) else found


def _fenced(source: str, opener: re.Match[str]) -> tuple[Block | None, int]:
    """Code between fences is skipped; a fence of mathematics is a block."""
    fence = opener[0].lstrip()[:3]
    closing = re.compile(rf"^[ \t]*{fence}[ \t]*$", re.MULTILINE).search(source, opener.end())
    start, end = opener.end(), closing.start() if closing else len(source)
    block = Block("latex", start, end) if _MATHEMATICS_FENCE.match(opener[0]) else None
    if _TEXT_FENCE.fullmatch(opener[0]):
        block = Block("prose", start, end)  # mathematics in plain text, or nothing of the kind
    return block, closing.end() if closing else len(source)


def _documented(source: str, opener: re.Match[str]) -> tuple[Block, int]:
    """``\\deqn{…}``, and ``\\eqn{…}`` within a line, as R's documentation has them."""
    depth = 0
    for edge in _BRACE.finditer(source, opener.end() - 1):
        depth += 1 if edge[0] == "{" else -1
        if depth == 0:
            kind: Kind = "latex" if opener["documented"].startswith(r"\d") else "inline"
            return Block(kind, opener.end(), edge.start()), edge.end()
    raise ReadError(f"{opener[0]} is never closed", source, Span(opener.start(), opener.end()))


def _environment(source: str, opener: re.Match[str]) -> tuple[Block, int]:
    """A whole environment, with its \\begin and \\end, so that pylatexenc sees its arguments."""
    name = re.escape(opener["environment"])
    depth = 0
    for edge in re.compile(rf"\\(begin|end)\s*\{{{name}\}}").finditer(source, opener.start()):
        depth += 1 if edge[1] == "begin" else -1
        if depth == 0:
            return Block("latex", opener.start(), edge.end()), edge.end()
    raise ReadError(
        f"the environment {opener['environment']} is never closed",
        source,
        Span(opener.start(), opener.end()),
        f"write \\end{{{opener['environment']}}} behind its last row",
    )


def _delimited(source: str, opener: re.Match[str], kind: Kind) -> tuple[Block, int] | None:
    mark = opener[0].removesuffix("latex" + opener[0][-1])  # WordPress writes $latex …$
    for closer in _CLOSERS[mark].finditer(source, opener.end()):
        if closer[0] not in ("$", "$$", "\\]", "\\)") and closer[0].strip():
            continue
        if mark == "$" and closer[0] != "$":
            return None
        return Block(kind, opener.end(), closer.start()), closer.end()
    if mark == "$":
        return None
    raise ReadError(f"{mark} is never closed", source, Span(opener.start(), opener.end()))
