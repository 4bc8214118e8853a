"""Which scripts may stand side by side, and where a comma must keep them apart.

``π_0jk`` needs no comma, ``γ_{1,10}`` does, since ``110`` would be three numbers. Both markups put their
commas at the same places, so that one reader reads both.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby, pairwise

from ..equations import Digit, Dot, Index, Label, Lookup, Script, Symbol, Word
from ..patterns import pattern
from .names import GREEK, reads_as_word

SHORT_MARK = pattern(r"\(\d+\)|[a-z][+-](?:\d+|[a-z])|\*")
"""Marks in a script that stand as they are: ``(2)``, ``t-1``, ``i-s``, ``*``."""

COMMA = Word(",")
"""A comma that the notation itself puts: τ_{00,01}."""

GREEK_NAMES = frozenset(GREEK.values())

Group = tuple[Script, ...]


@lru_cache(maxsize=1024)  # the same few scripts stand on a page many times
def group(scripts: Group, ascii: bool = False) -> tuple[Group, ...]:  # noqa: A002 — the name of the option
    """The scripts in groups that run together; a comma stands between each two groups."""
    groups = _split(scripts)
    if all(_runs_together(part, ascii) for part in groups):
        return tuple(groups)
    return tuple(run for part in groups for run in _apart(part))


def _split(scripts: Group) -> list[Group]:
    """The scripts between the commas that the notation puts."""
    groups: list[list[Script]] = [[]]
    for script in scripts:
        if script == COMMA:
            groups.append([])
        else:
            groups[-1].append(script)
    return [tuple(part) for part in groups if part]


def _apart(scripts: Group) -> list[Group]:
    """Each script by itself, but for neighbouring index letters: ``γ_{1,10,jk}``."""
    groups: list[Group] = []
    for letters, run in groupby(scripts, lambda script: bool(_letter(script))):
        members = tuple(run)
        groups += [members] if letters and not _misreads(members) else [(member,) for member in members]
    return groups


def _runs_together(scripts: Group, ascii: bool) -> bool:  # noqa: A002
    """Whether scripts side by side can still be told apart."""
    if len(scripts) == 1:
        return True
    *inner, last = scripts
    if isinstance(last, Lookup):
        return not isinstance(inner[-1], Index | Label) and _runs_together((*inner, Dot()), ascii)
    letters = tuple(s for s in scripts if _letter(s))
    named = ascii and any(map(_is_greek, scripts))
    if letters and (named or _misreads(letters)):
        return False
    return all(map(_is_single, scripts)) and not (named and _neighbours(scripts))


def _is_single(script: Script) -> bool:
    """Whether a script is one digit, one letter or a dot."""
    match script:
        case Digit(value):
            return value < 10
        case Dot():
            return True
        case _:
            return bool(_letter(script)) or _is_greek(script)


def _letter(script: Script) -> str:
    """The Latin letter that a script is: an index, or a coefficient such as the a of ρ_ab."""
    match script:
        case Index(name) | Label(Symbol(name, (), (), "")) if len(name) == 1 and name not in GREEK:
            return name
        case _:
            return ""


def _is_greek(script: Script) -> bool:
    match script:
        case Label(Symbol(base, (), (), "")):
            return base in GREEK
        case _:
            return False


def _misreads(letters: Group) -> bool:
    """Whether letters in a row are a word, or the name of a Greek letter."""
    run = "".join(map(_letter, letters))
    return reads_as_word(run) or run in GREEK_NAMES


def _neighbours(scripts: Group) -> bool:
    """Whether two Greek letters, which ASCII writes as words, stand side by side."""
    return any(_is_greek(a) and _is_greek(b) for a, b in pairwise(scripts))
