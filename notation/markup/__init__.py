"""Markups: the characters in which a page of equations is written.

Adding one is a module with ``write(page, options) -> str`` and a line in :data:`MARKUPS`.
"""

from __future__ import annotations

from importlib import import_module

from ..equations import Equations
from ..errors import unknown_name
from ..options import DEFAULT, Options

MARKUPS: dict[str, str] = {
    "latex": "LaTeX that KaTeX, MathJax and pdfLaTeX accept",
    "plain": "plain text in Unicode, or in ASCII on request",
}
"""The name of each markup, which is also its module's, with what it is."""


def write(page: Equations, markup: str, options: Options = DEFAULT) -> str:
    """A page in the markup of this name. Raises UnknownName, with the nearest name."""
    if markup not in MARKUPS:
        raise unknown_name("markup", markup, MARKUPS)
    # Modules are loaded on demand, so that each costs only those who use it.
    text: str = import_module(f"{__name__}.{markup}").write(page, options)
    return text
