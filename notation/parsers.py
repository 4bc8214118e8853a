"""The parsers of the grammars, whose tables are kept from one run to the next.

Making the tables of a grammar takes longer than everything else that a short command does. So they are
kept in the user's own cache folder, where nobody else can put any; where there is no such folder they
are made anew. ``NOTATION_CACHE`` names another folder, or none when it is empty.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .resources import grammar

if TYPE_CHECKING:
    from lark import Lark


def parser(name: str, **options: Any) -> Lark:
    """The LALR parser of ``grammars/NAME.lark``; ``options`` are lark's."""
    from lark import Lark  # some 50 ms, paid by the first text that is read

    return Lark(grammar(name), parser="lalr", cache=_cache_file(name), **options)


def _cache_file(name: str) -> str | bool:
    """The file that keeps the tables; lark makes it anew when the grammar or lark changes."""
    try:
        folder = _cache_folder()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        writable = os.access(folder, os.W_OK)
    except (OSError, RuntimeError):  # no home, or no permission
        return False
    version = ".".join(map(str, sys.version_info[:2]))
    return str(folder / f"{name}-{version}.tables") if writable else False


def _cache_folder() -> Path:
    if (chosen := os.environ.get("NOTATION_CACHE")) is not None:
        return Path(chosen or os.devnull)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "mlm-notation"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "mlm-notation"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mlm-notation"
