"""Brackets are checked before anything else: what is wrong with them is said best by itself."""

from __future__ import annotations

import re

from ..errors import ReadError, Span
from ..patterns import pattern

DEEPEST = 50
"""How deep brackets may be nested. Only brackets nest in a formula, so this bounds every tree."""

_PIECES = pattern(
    r"""(?P<skip>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|\#[^\n]*)|(?P<open>[(\[{])|(?P<close>[)\]}])
    |(?P<quote>["'`])""",
    re.VERBOSE | re.DOTALL,
)

_PARTNER = {"(": ")", "[": "]", "{": "}"}


def check_brackets(text: str) -> None:
    """Raise ReadError where brackets or quotation marks do not close, or nest too deep."""
    opened: list[tuple[str, int]] = []
    for match in _PIECES.finditer(text):
        place = Span(*match.span())
        if match["quote"]:
            raise ReadError(f"the {match['quote']} is never closed", text, place, "Add its partner.")
        if match["open"]:
            opened.append((match["open"], match.start()))
        if match["close"]:
            _close(text, opened, match["close"], place)
        if len(opened) > DEEPEST:
            raise ReadError(f"brackets are nested more than {DEEPEST} deep", text, place, "Write it flatter.")
    if opened:
        raise ReadError(*_never_closed(text, *opened[0]), others=_others(text, opened[1:]))


def _close(text: str, opened: list[tuple[str, int]], bracket: str, place: Span) -> None:
    if not opened:
        raise ReadError(
            f"the {bracket} closes nothing", text, place, "Remove it, or open a bracket before it."
        )
    expected = _PARTNER[opened.pop()[0]]
    if bracket != expected:
        raise ReadError(f"expected {expected} before {bracket}", text, place, f"Write {expected} here.")


def _never_closed(text: str, bracket: str, start: int) -> tuple[str, str, Span, str]:
    return (
        f"the {bracket} is never closed",
        text,
        Span(start, start + 1),
        f"Add the missing {_PARTNER[bracket]}.",
    )


def _others(text: str, opened: list[tuple[str, int]]) -> tuple[ReadError, ...]:
    return tuple(ReadError(*_never_closed(text, *each)) for each in opened)


def top_level(text: str, character: str) -> list[int]:
    """Where a character stands outside of all brackets, quotation marks, backticks and comments."""
    found, depth, end = [], 0, 0
    for match in [*_PIECES.finditer(text), None]:
        start = match.start() if match else len(text)
        if depth == 0:
            found += [i for i in range(end, start) if text[i] == character]
        if match:
            depth = max(0, depth + bool(match["open"]) - bool(match["close"]))
            end = match.end()
    return found


def without_names(text: str) -> str:
    """The text without what stands in quotation marks, in backticks or in comments."""
    return _PIECES.sub(lambda match: "" if match["skip"] else match[0], text)
