"""The ways in which a model is written: each program, and each notation in each markup."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from notation.model import Model
from notation.notations import NOTATIONS
from notation.software import READABLE, SOFTWARE
from notation.verbs import lost, read, write


@dataclass(frozen=True)
class Way:
    """A target of ``write`` with its markup and options."""

    to: str
    markup: str = "latex"
    options: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        chosen = [name if value is True else value for name, value in self.options.items()]
        return " ".join([self.to, self.markup, *chosen]) if self.to in NOTATIONS else self.to

    def write(self, model: Model) -> str:
        """The model, written in this way."""
        return str(write(model, self.to, self.markup, **self.options))

    def read_back(self, model: Model, text: str) -> Model:
        """The model of a text that was written in this way; what the way loses is given."""
        return read(text, **lost(model, self.to))


PROGRAMS = [Way(name) for name in READABLE]
EQUATIONS = [
    Way(name, markup, options)
    for name in NOTATIONS
    for markup, options in (("latex", {}), ("plain", {}), ("plain", {"ascii": True}))
]
EQUATIONS += [Way("gelman_hill", "plain", {"form": form}) for form in ("local", "errors")]
NARROW = (
    "nlme",
    "statsmodels",
    "mixedlm",
    "bambi",
    "stata",
    "hlm",
    "singer_willett",
    "gelman_hill plain local",
)
"""Those that have no words for most of what a model can be, and so refuse most of the time."""
UNREAD = [Way(name) for name in SOFTWARE if name not in READABLE]
"""The programs whose code is written and not read."""
WAYS = [*PROGRAMS, *EQUATIONS]
ON_PAGES = ("raudenbush_bryk", "gelman_hill", "combined")
PAIRED = [w for w in WAYS if not w.options or (w.to in ON_PAGES and "form" not in w.options)]
"""Those between which every ordered pair is tried; ASCII only of the notations on the corpus's pages."""
