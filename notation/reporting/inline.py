"""Words, symbols and blocks in the markups of a write-up: what the templates call filters.

Names may hold any character: each markup has one place that escapes, and everything that is no word of
a template goes through it. A sentence that names symbols carries a mark for each, a character of the
private use area, which the markup replaces once the sentence is escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from ..description.filters import digits as rounded
from ..documents import fence
from ..equations import Equations, Node
from ..markup import latex, plain
from ..markup.latex_scripts import escape
from ..markup.plain import write_node
from ..options import Options

FIRST_MARK = 0xE000
"""The first character of the private use area, of which nobody's names are made."""

WIDTH = 84
"""The width at which equations are broken: that of a page's text."""

PUNCTUATION = frozenset("\\`*_{}[]()<>#+!|~^$&@\"'-")
"""What Markdown, or Quarto, may act on inside a line: a backslash before it makes it a character."""


@dataclass
class Marks:
    """Spells symbols as marks, and remembers which symbol each mark stands for."""

    nodes: dict[Node, str] = field(default_factory=dict)

    def __call__(self, node: Node) -> str:
        """The mark of a symbol."""
        return self.nodes.setdefault(node, chr(FIRST_MARK + len(self.nodes)))

    def replaced(self, sentence: str, show: Callable[[Node], str]) -> str:
        """A sentence with its marks replaced by symbols."""
        symbols = {mark: show(node) for node, mark in self.nodes.items()}
        return "".join(symbols.get(character, character) for character in sentence)


def latex_text(text: str) -> str:
    """A text in LaTeX, with nothing in it that TeX would act on."""
    return escape(text)


def latex_symbol(node: Node) -> str:
    """A symbol in a line of LaTeX."""
    return f"${latex.write_node(node)}$"


def latex_page(page: Equations) -> str:
    """Equations set apart in LaTeX."""
    return f"\\[\n{latex.write(page, Options(width=WIDTH))}\n\\]"


def latex_code(text: str) -> str:
    """Code in LaTeX; a line that would end the environment early cannot stand in code."""
    return f"{{\\footnotesize\n\\begin{{verbatim}}\n{text}\n\\end{{verbatim}}}}"


def markdown_text(text: str) -> str:
    """A text in Markdown, with nothing in it that Markdown would act on."""
    return "".join(f"\\{c}" if c in PUNCTUATION else c for c in text)


def markdown_page(page: Equations) -> str:
    """Equations set apart in Markdown."""
    return f"$$\n{latex.write(page, Options(width=WIDTH))}\n$$"


def markdown_code(text: str) -> str:
    """Code in Markdown."""
    marks = fence(text)
    return f"{marks}\n{text}\n{marks}"


def plain_text(text: str) -> str:
    """A text as it is."""
    return text


def plain_page(page: Equations) -> str:
    """Equations set apart in plain text."""
    return _indented(plain.write(page, Options(width=WIDTH)))


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


@dataclass(frozen=True)
class Markup:
    """How a markup writes a text, a symbol, equations and code, and which letter it has for minus."""

    text: Callable[[str], str]
    symbol: Callable[[Node], str]
    page: Callable[[Equations], str]
    code: Callable[[str], str]
    minus: str


MARKUPS: dict[str, Markup] = {
    "latex": Markup(latex_text, latex_symbol, latex_page, latex_code, "$-$"),
    "markdown": Markup(markdown_text, latex_symbol, markdown_page, markdown_code, "−"),
    "plain": Markup(plain_text, write_node, plain_page, _indented, "−"),
}
"""The markups of a write-up; each has a template of its name, which places headings, lists and tables."""


def filters(markup: Markup, marks: Marks) -> dict[str, Callable[..., Any]]:
    """The filters by which the templates write in a markup."""

    def number(value: float | None, decimals: int = 2) -> str:
        if value is None:
            return ""
        digits = rounded(abs(value), decimals)
        return f"{markup.minus}{digits}" if value < 0 and float(digits) else digits

    def chance(value: float | None) -> str:
        """A p-value as APA prints it."""
        if value is None:
            return ""
        return f"{markup.text('<')} .001" if value < 0.001 else f"{value:.3f}".removeprefix("0")

    return {
        "text": markup.text,
        "math": lambda node: "" if node is None else markup.symbol(node),
        "said": lambda sentence: marks.replaced(markup.text(sentence), markup.symbol),
        "equations": markup.page,
        "code": markup.code,
        "number": number,
        "chance": chance,
        "aligned": aligned,
        "capitalized": lambda words: words[:1].upper() + words[1:],
    }


def aligned(rows: Iterable[list[str]], heads: list[str]) -> str:
    """A table in plain text: columns side by side, a line below the heads."""
    table = [heads, *rows]
    widths = [max(len(row[n]) for row in table) for n in range(len(heads))]
    lines = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in table]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def tidied(text: str) -> str:
    """The text with one empty line at most between others: what is left out leaves no gap."""
    lines: list[str] = []
    for line in text.splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines).rstrip() + "\n"
