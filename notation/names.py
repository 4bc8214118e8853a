"""Names that people type: of notations, programs, markups and engines, and the module of each."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import ModuleType

from .errors import unknown_name


def canonical(kind: str, name: str, known: Mapping[str, str], short: Mapping[str, str] | None = None) -> str:
    """The name as the tables have it: case does not matter, ``-`` is ``_``, short names are resolved.

    Raises UnknownName, with the nearest name, where there is none.
    """
    plain = name.strip().lower().replace("-", "_").replace(" ", "_")
    plain = (short or {}).get(plain, plain)
    if plain not in known:
        raise unknown_name(kind, name, known)
    return plain


def load(
    package: str, kind: str, name: str, known: Mapping[str, str], short: Mapping[str, str] | None = None
) -> ModuleType:
    """The module of a name in a table, ``notation.PACKAGE.NAME``; it is imported only now."""
    return import_module(f"notation.{package}.{canonical(kind, name, known, short)}")
