"""Words beside the mathematics: which text is prose, and which is the heading of a level."""

from __future__ import annotations

import re

from ..patterns import pattern
from .macros import names

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "i": 1, "ii": 2, "iii": 3}

_HEADING = pattern(
    r"[\s\-*#>]*(?:\d+[.)]\s*)?"
    r"(?P<word>level|lvl|lv|l)(?P<gap>[\s\-–]*)(?P<number>\d|one|two|three|four|five|i{1,3})\b"
    r"(?:[\s\-–]*(?P<model>model|equations?|units?))?"
    r"\s*(?:\([^()]*\))?(?:\s+[-–—][^=~:]*)?(?:(?:\s+[a-z]+){0,3}\s*(?P<colon>:))?[\s*]*",
    re.IGNORECASE,
)
"""``Level 1:``, ``Level-2 Model``, ``Lv-1``, ``- Level One (timepoint within plant):``."""

_MIXED = pattern(
    r"[\s\-*#>]*(?:mixed|combined|composite|reduced[ -]form|full)\s+(?:model|equation)\s*:?[\s*]*",
    re.IGNORECASE,
)
_INSIDE = pattern(r"(?<![\w`])(?:level|lv)[\s\-–]*\d\b(?!\s*[=~_(\[])", re.IGNORECASE)

_FUNCTION_WORDS = names(
    "the an is are of this that these those we was were be been by as to which it has have each all "
    "our there here model from can will not also at on so if then their its let denotes denote "
    "represents represent represented following assume assumed assuming"
)
"""Words that stand in sentences and not in equations."""

_CONNECTIVES = names(
    "where for with and if when or so then such since let thus hence iid i.i.d. ind indep from"
)

_JOINING = frozenset(
    ["for", "with", "if", "when", "or", "from", "only", "in", "per", "within", "between", "among", "across"]
)
"""Words that join others, which names of few words lack."""

_SUPPOSITION = pattern(
    r"\b(?:if|unless|null|hypothes\w+|tests?|tested|testing|suppose|would|could|whether|when)\b",
    re.IGNORECASE,
)

TRAILING_LABEL = pattern(r"\(\s*(?:level|lvl|lv)[\s\-–]*\d[^()=~\n]*\)[ \t]*[.,;]?[ \t\r]*$", re.IGNORECASE)
"""The label of a level behind its equation: ``… + e_ij   (level 1)``."""

TRAILING_WORDS = pattern(
    r"[)\]][ \t]+(?P<words>(?:(?:are|is|all|both)[ \t]+)?(?:mutually[ \t]+|jointly[ \t]+)?"
    r"(?:independent|uncorrelated|correlated|truncated)\b[^=~\n]{0,200})$",
    re.IGNORECASE | re.MULTILINE,
)
"""What is said of a distribution behind it: ``u_0j ~ N(0, τ²) independent of e_ij``."""

TRAILING_REMARK = pattern(
    r"(?<![\w.])(?:[a-zA-Zεζηνυ][\w{},]*)"
    r"(?P<remark>[ \t]{2,}\([^()=~+*/\d\n]{2,}\)|[ \t]+#[ \t][^\n]*)[ \t\r]*$"
)
"""What an author says of a random effect, far behind it: ``… + u_0j   (schools)``; and comments."""

INDEPENDENT = " is independent of "
"""What the sign ⊥ says."""

_QUOTED = pattern(
    r"`\s*(?P<mathematics>\$[^`\n]*\$|\\\([^`\n]*\\\)|\\\[[^`\n]*\\\]|\\begin\{[^`\n]*\\end\{[^`\n]*\})\s*`"
    r"|`(?:[^`\\\n]|\\.)*`"
)
_WORDS = pattern(r"`(?:[^`\\]|\\.)*`|(?<![\w.])(?!(?<=[(\[])[a-z]+[)\]])[a-z]{2,}(?![\w(\[])")
"""Words; one that stands alone in brackets is a name: ``mean(the)``."""


def level_heading(text: str) -> int | None:
    """The level that a whole text announces; 0 for the combined model; None if it is no heading.

    ``L1`` alone could be a name: it needs a colon, a hyphen, or the word model.
    """
    found = _HEADING.fullmatch(text)
    glued = found and not found["gap"] and (found["word"].lower() == "l" or found["number"].isalpha())
    if found and not (glued and not found["colon"] and not found["model"]):
        return _number(found)
    return 0 if _MIXED.fullmatch(text) else None


def heading_at(line: str) -> tuple[int, int] | None:
    """The level that the beginning of a line announces, and where the heading ends."""
    if (number := level_heading(line)) is not None:
        return number, len(line)
    found = _HEADING.match(line)
    if found and found["gap"] and (found["colon"] or found["model"]):
        return _number(found), found.end()
    return None


def headings_inside(line: str) -> list[int]:
    """Where in a line of equations further levels are announced, in a text that lost its line ends."""
    if "=" not in line and "~" not in line:
        return []
    return [found.start() for found in _INSIDE.finditer(line, 1)]


def _number(found: re.Match[str]) -> int:
    number = found["number"].lower()
    return int(number) if number.isdecimal() else _NUMBERS[number]


def is_prose(text: str) -> bool:
    """Whether the words of a ``\\text{…}`` are prose and not a name."""
    said = text.strip()
    if not said.strip(",.;:()"):
        return True
    if said[0] == "(" and said[-1] == ")" and _is_remark(said[1:-1]):
        return True
    if said[0] in ",.;:" or said[-1] in ",;:":
        return True
    first, *others = said.lower().split()
    if first in _CONNECTIVES and (others or text != said):
        return True
    if len(others) > 2 and not _FUNCTION_WORDS.isdisjoint([first, *others]):
        return True
    return bool(others) and others[-1] in ("index", "indexes", "and", "is", "are", "the")


def is_supposition(words: str) -> bool:
    """Whether a sentence only supposes what it says: "under the null hypothesis γ_10 = 0"."""
    return _SUPPOSITION.search(words) is not None


def _is_remark(said: str) -> bool:
    """Whether words in brackets are the label of a level, or more than a name: (only for girls)."""
    words = said.lower().split()
    return level_heading(said) is not None or (
        len(words) > 1 and (words[0] in _JOINING or (len(words) > 2 and not _JOINING.isdisjoint(words)))
    )


def without_quotations(text: str) -> str:
    """A text of the same length, in which names in backticks say nothing.

    Mathematics with its delimiters, ``\\(…\\)``, is no name: some programs want it in backticks.
    """
    return _QUOTED.sub(_silenced, text) if "`" in text else text


def _silenced(found: re.Match[str]) -> str:
    return found[0] if found["mathematics"] else "`" + "_" * (len(found[0]) - 2) + "`"


def holds_sentence(text: str) -> bool:
    """Whether words that only sentences have stand in a line of plain text."""
    return not _FUNCTION_WORDS.isdisjoint(_WORDS.findall(text))
