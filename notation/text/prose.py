"""Words beside the mathematics: which text is prose, and which is the heading of a level."""

from __future__ import annotations

import re

NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "i": 1, "ii": 2, "iii": 3}

HEADING = re.compile(
    r"[\s\-*#>]*(?:\d+[.)]\s*)?(?:level|lvl|lv|l)(?P<gap>[\s\-–]*)(?P<number>\d|one|two|three|four|five|i{1,3})\b"
    r"(?:[\s\-–]*(?:model|equations?|units?))?\s*(?:\([^()]*\))?(?:\s+[-–—][^=~:]*)?\s*(?P<colon>:)?[\s*]*",
    re.IGNORECASE,
)
"""``Level 1:``, ``Level-2 Model``, ``Lv-1``, ``- Level One (timepoint within plant):``."""

_MIXED = re.compile(
    r"[\s\-*#>]*(?:mixed|combined|composite|reduced[ -]form|full)\s+(?:model|equation)\s*:?[\s*]*$",
    re.IGNORECASE,
)

FUNCTION_WORDS = frozenset(
    ["the", "an", "is", "are", "of", "this", "that", "these", "those", "we", "was", "were", "be", "been", "by", "as", "to", "which", "it", "has", "have", "each", "all", "our", "there", "here", "model", "from", "can", "will", "not", "also", "at", "on", "so", "if", "then", "their", "its", "let", "denotes", "denote", "represents", "represent", "represented", "where", "following", "following:", "assume", "assumed", "assuming"]
)
"""Words that stand in sentences and not in equations."""

_OPENERS = frozenset(
    ["where", "for", "with", "and", "if", "when", "or", "so", "then", "such", "since", "let", "thus", "hence", "iid", "i.i.d.", "i.i.d", "ind", "indep", "from"]
)


def level_heading(text: str) -> int | None:
    """The number of the level that a whole text announces; 0 for the combined model; None for no heading."""
    found = HEADING.fullmatch(text)
    if found and (
        found["gap"] or found["colon"] or not text.lstrip().lower().startswith("l" + found["number"].lower())
    ):
        return _number(found)
    return 0 if _MIXED.fullmatch(text) else None


def _number(found: re.Match[str]) -> int:
    number = found["number"].lower()
    return int(number) if number.isdecimal() else NUMBERS[number]


_INSIDE = re.compile(r"(?<![\w`])(?:level|lv)[\s\-–]*\d\b(?!\s*[=~_(\[])", re.IGNORECASE)


def heading_inside(line: str) -> int | None:
    """Where in a line of equations the next level is announced, in a text that lost its line ends."""
    found = _INSIDE.search(line)
    return found.start() if found and found.start() > 0 and ("=" in line or "~" in line) else None


def heading_at(line: str) -> tuple[int, int] | None:
    """The number and the length of a heading with which a line begins."""
    if (number := level_heading(line)) is not None:
        return number, len(line)
    found = HEADING.match(line)
    announced = found and (found["colon"] or "model" in found[0].lower())
    if found and announced and found["gap"]:
        return _number(found), found.end()
    return None


def is_prose(text: str) -> bool:
    """Whether the words of a ``\\text{…}`` are prose and not a name."""
    stripped = text.strip()
    if not stripped or not any(c.isalnum() for c in stripped):
        return True
    if stripped[0] in ",.;:" or stripped[-1] in ",;:" or " = " in stripped:
        return True
    words = stripped.lower().split()
    return (
        (words[0] in _OPENERS
        and (len(words) > 1 or text != stripped or words[0] != "for"))
        or (len(words) > 3
        and bool(FUNCTION_WORDS & set(words)))
        or (len(words) > 1 and words[-1] in ("index", "indexes", "and", "is", "are", "the"))
    )
