"""Stata's estimation commands: their names, and where they stand in a text.

This is apart from the reader so that a text can be known as Stata's without loading it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..patterns import pattern

MULTILEVEL: dict[tuple[str, str], str] = {
    ("gaussian", "identity"): "mixed",
    ("binomial", "logit"): "melogit",
    ("binomial", "probit"): "meprobit",
    ("binomial", "cloglog"): "mecloglog",
    ("poisson", "log"): "mepoisson",
    ("negative_binomial", "log"): "menbreg",
    ("cumulative", "logit"): "meologit",
    ("cumulative", "probit"): "meoprobit",
    ("cumulative", "cloglog"): "meglm, family(ordinal) link(cloglog)",
    ("gamma", "log"): "meglm, family(gamma) link(log)",
    ("gaussian", "log"): "meglm, family(gaussian) link(log)",
}
"""The command of a family and link with random effects; what stands behind the comma are its options."""

SINGLE_LEVEL: dict[tuple[str, str], str] = {
    ("gaussian", "identity"): "regress",
    ("binomial", "logit"): "logit",
    ("binomial", "probit"): "probit",
    ("binomial", "cloglog"): "cloglog",
    ("poisson", "log"): "poisson",
    ("negative_binomial", "log"): "nbreg",
    ("cumulative", "logit"): "ologit",
    ("cumulative", "probit"): "oprobit",
    ("multinomial", "logit"): "mlogit",
    ("gamma", "log"): "glm, family(gamma) link(log)",
    ("gamma", "inverse"): "glm, family(gamma) link(power -1)",
    ("gaussian", "log"): "glm, family(gaussian) link(log)",
    ("beta", "logit"): "betareg",
}
"""The same without random effects."""

OTHER_NAMES = ("xtmixed", "reg", "meglm", "glm", "xtmelogit", "xtmepoisson")
"""Older and shorter names of commands, and those whose family is an option."""

_NAMES = {c for c in (*SINGLE_LEVEL.values(), *MULTILEVEL.values(), *OTHER_NAMES) if "," not in c}
ESTIMATES = pattern(rf"(?:{'|'.join(sorted(_NAMES))})\s+[^\W\d]")
"""The beginning of an estimation command."""


def recognises(text: str) -> bool:
    """Whether a text is meant as commands of Stata: one begins with an estimation command and a name."""
    lines = [line for _, line in commands(text)]
    return any(ESTIMATES.match(line) and not re.search(r"~|(?<![=!<>])=(?!=)", line) for line in lines)


def commands(text: str) -> Iterator[tuple[int, str]]:
    """Each command with its place; comments and continued lines are blanks."""
    blank = re.sub(r"///[^\n]*\n|//[^\n]*|^\s*\*[^\n]*", lambda m: " " * len(m[0]), text, flags=re.MULTILINE)
    for match in re.finditer(r"[^\n]+", blank):
        line = match[0]
        lead = len(line) - len(line.lstrip())
        if line.strip():
            yield match.start() + lead, line.strip()
