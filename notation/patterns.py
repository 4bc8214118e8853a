"""Regular expressions that are compiled when they are first used.

Most texts need a few of them only, and compiling all takes a noticeable part of the command's start.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    # For type checkers a pattern is a compiled one.
    from re import compile as pattern

    __all__ = ["pattern"]
else:

    class pattern:  # noqa: N801 (it stands for re.compile)
        """What ``re.compile`` gives, later."""

        def __init__(self, text: str, flags: int = 0) -> None:
            self.arguments = text, flags

        def __getattr__(self, name: str) -> Any:
            compiled = re.compile(*self.arguments)
            for method in ("match", "fullmatch", "search", "finditer", "findall", "split", "sub"):
                setattr(self, method, getattr(compiled, method))
            return getattr(compiled, name)
