"""Text that notebooks show as mathematics.

>>> from notation import translate
>>> equations = translate("math ~ 1 + (1 | school)", "gelman_hill")  # doctest: +SKIP

is a ``str`` like any other; Jupyter, Quarto, marimo and VS Code typeset it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .documents import fence
from .equations import Equations
from .errors import WriteError
from .markup import write
from .options import DEFAULT, Options


class Rendered(str):
    """What a writer wrote: the text, and how to show it.

    markup : ``"latex"``, ``"plain"``, or ``"code"`` for formulas and programs.
    losses : the names of the arguments that give back what the text does not say.
    equations : the page that was written, if it was one.
    options : the options that it was written with.
    """

    __slots__ = ("equations", "losses", "markup", "options")

    markup: str
    losses: tuple[str, ...]
    equations: Equations | None
    options: Options

    def __new__(
        cls,
        text: str,
        markup: str = "latex",
        losses: tuple[str, ...] = (),
        equations: Equations | None = None,
        options: Options = DEFAULT,
    ) -> Rendered:
        """The text with what belongs to it."""
        rendered = super().__new__(cls, text)
        rendered.markup = markup
        rendered.losses = losses
        rendered.equations = equations
        rendered.options = options
        return rendered

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickles and copies keep what belongs to the text."""
        return type(self), (str(self), self.markup, self.losses, self.equations, self.options)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:  # noqa: ARG002
        """The mathematics for notebooks: Markdown and LaTeX with ``$$``, and plain text.

        There is no HTML, which would be chosen before the others and not be typeset.
        """
        if self.equations is None:
            marks = fence(self)
            return {"text/markdown": f"{marks}\n{self}\n{marks}", "text/plain": str(self)}
        bundle = {"text/plain": self._written(self.equations, "plain")}
        try:
            typeset = f"$$\n{self._written(self.equations, 'latex')}\n$$"
        except WriteError:  # LaTeX cannot set every name; the plain text says it all
            return bundle
        return {"text/markdown": typeset, "text/latex": typeset, **bundle}

    def _written(self, page: Equations, markup: str) -> str:
        if markup == self.markup and not self.options.document:
            return str(self)
        return write(page, markup, replace(self.options, document=False, ascii=False))
