"""Where the grammars and templates are, however the program came onto this computer.

They stand beside the package in the repository, since they are no code. A wheel carries them inside
the package. Installed, zipped or run from a bare checkout: one of the two places has them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def folder(kind: str) -> Path | Traversable:
    """The folder of this ``kind``, ``grammars`` or ``templates``."""
    package = Path(__file__).parent
    for place in (package / kind, package.parent / kind):
        if place.is_dir():
            return place
    from importlib.resources import files  # for a zip, and slower than a look into the folders

    zipped = files(__package__)
    inside = zipped / kind
    return inside if inside.is_dir() else zipped.parent / kind  # type: ignore[attr-defined]


def grammar(name: str) -> str:
    """The text of a grammar: ``grammar("formula")`` is the file ``grammars/formula.lark``."""
    return (folder("grammars") / f"{name}.lark").read_text(encoding="utf-8")


def template_folder() -> Path | Traversable:
    """The folder of the Jinja templates; inside a zip it is no path of the file system."""
    return folder("templates")
