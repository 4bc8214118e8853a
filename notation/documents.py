"""Whole documents around a page of equations: templates place the lines, and decide nothing.

``templates/equations.tex`` compiles by itself, ``templates/picture.tex`` is as large as the equations,
``templates/equations.md`` is a Markdown page.
"""

from __future__ import annotations

from typing import Any

from .resources import template_folder


def latex_document(equations: str) -> str:
    """A LaTeX document that holds the equations, in a font encoding that has the letters of their names."""
    return _fill("equations.tex", equations=equations, encoding="T2A" if has_cyrillic(equations) else "T1")


def latex_picture(equations: str) -> str:
    """A LaTeX document whose one page is cut to the size of the equations."""
    return _fill("picture.tex", equations=equations)


def markdown_document(equations: str) -> str:
    """A Markdown page that shows the equations as plain text."""
    return _fill("equations.md", equations=equations, fence=fence(equations))


def fence(text: str) -> str:
    """A fence for a block of code: longer than any row of backticks in the text."""
    longest = run = 0
    for character in text:
        run = run + 1 if character == "`" else 0
        longest = max(longest, run)
    return "`" * max(3, longest + 1)


def _fill(name: str, **values: Any) -> str:
    # Jinja is loaded only here: most equations are written without a document around them.
    from jinja2 import Environment, StrictUndefined

    # The result is LaTeX or Markdown, whose names the markups have escaped; it is no HTML.
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701
    # Read as text, because inside a zip there is no folder that a loader could look into.
    text = (template_folder() / name).read_text(encoding="utf-8")
    return environment.from_string(text).render(**values)


def has_cyrillic(text: str) -> bool:
    """Whether a text has letters that only a Cyrillic font encoding has."""
    return any("\u0400" <= c <= "\u04ff" for c in text)
