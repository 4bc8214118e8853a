"""What a run of letters and digits is in plain text: a Greek letter by name, a coefficient, a word.

Some texts glue indices to names, as HLM does: ``MATHij = β0j + rij``. Which runs are indices there, the
text itself tells by its coefficients.
"""

from __future__ import annotations

import re

from ..markup.names import DATA_LETTERS, INDEX_LETTERS
from ..patterns import pattern
from .alphabet import GREEK, take_accent
from .draft import Draft

Runs = frozenset[str]
"""The runs of index letters that a text glues to names: ``{"ij", "j"}``."""

_GREEK_NAMES = "|".join(sorted(GREEK, key=len, reverse=True))
_NAMED_GREEK = pattern(rf"({_GREEK_NAMES})((?:\d+[a-z]{{0,4}})?)")
_COEFFICIENT = pattern(r"([A-Za-z])(\d+[a-z]{0,4})")
_GLUED = pattern(r"(?:[α-ωΑ-Ω]|\b[A-Za-z])\d+([a-z]{1,4})\b")
_GLUED_GREEK = pattern(r"[α-ωΑ-Ω]\d+([a-z]{1,4})\b")
_UPPER = pattern(r"[A-Z][A-Z0-9]*([a-z]{1,4})\b")
# An underscore within a name, as in READ05_M, is no subscript.
_SUBSCRIPT = pattern(r"(?:[α-ωΑ-Ω]|\b[A-Za-z])_")
# A name looked up or indexed in brackets, as programs write them; α_k[j[i]] has scripts instead.
_NUMBERED = pattern(r"(?:[α-ωΑ-Ω]|\b[A-Za-z])_\d+([a-z]{1,3})\b")
_NAMED_SCRIPT = pattern(r"(\d+(?:[ijk]{0,3}(?=[xyzXYZ]$))?)(?![ijk][^\W\d]|[ijk]$)[^\W\d]\w*")
_LOOKED_UP = pattern(r"(?<!\w)[^\W\d_][^\W_]*\[([^\W\d_]\w*)\[([a-z])\]")
_BEHIND_BRACKET = pattern(r"\)([a-z]{1,4})\b")
_DOTTED = pattern(r"(\w+)\.([a-z]{1,3})")
_LEFT = pattern(
    r"(?:^|;)\s*[^\W\d_][^\W_]*\[([a-z](?:\s*,\s*[a-z])*|[ghijklt]{2,3})\]\s*(?:[~∼]|=(?!=))", re.MULTILINE
)
_PAIR = pattern(r"([a-z]\d+[a-z]{0,3}|[A-Z][a-z]{1,3})([A-Z]\w*)")
_RESIDUAL = pattern(r"(?<!\w)[a-zα-ω]([a-z]{2,4})\b")


def glued_runs(text: str) -> Runs:
    """The runs of index letters that a text glues to names.

    Where it also writes subscripts, only Greek letters tell.
    """
    glued = _GLUED if not _SUBSCRIPT.search(text) else _GLUED_GREEK
    runs = {run for run in glued.findall(text) if are_indices(run)}
    for run in (*_UPPER.findall(text), *_BEHIND_BRACKET.findall(text), *_RESIDUAL.findall(text)):
        if are_indices(run) and any(set(known) <= set(run) for known in runs):
            runs.add(run)
    return frozenset(runs)


def bracketed_indices(text: str) -> Runs:
    """The indices that a text writes in brackets, as programs do: ``y[i] ~ …``, ``a[school[i]]``."""
    looked_up = {name for pair in _LOOKED_UP.findall(text) for name in pair}
    runs = _LEFT.findall(text)
    return frozenset(
        looked_up.union(*(re.split(r"\s*,\s*", run) for run in runs), *map(list, runs)) - {",", " "}
    )


def dotted_mean(word: str, runs: Runs, source: str) -> Draft | None:
    """``SES.j``, the mean of ``SESij`` or ``SES_ij`` in the groups j; None for a name with a dot in it."""
    found = _DOTTED.fullmatch(word)
    if found is None or not are_indices(found[2]):
        return None
    name, index = found[1], found[2]
    indexed = rf"\b{re.escape(name)}(?:_\{{?)?[a-z]*{index}\b"
    if not (index in runs or f"{name}_" in source) or not re.search(indexed, source):
        return None
    return Draft(name, True, "bar", f".{index}")


def index_letters(text: str) -> Runs:
    """The letters that index: the usual ones, and those behind the digits of coefficients, c of ``β_0c``."""
    return INDEX_LETTERS.union(*_NUMBERED.findall(text))


def glued_name(script: str) -> int:
    """Where a name begins that is glued to the script of its coefficient, ``γ_10ses_ij``; 0 for nowhere.

    In ``β_1joy_ij`` the j could be an index: it is not told.
    """
    found = _NAMED_SCRIPT.fullmatch(script)
    return found.end(1) if found else 0


def are_indices(script: str) -> bool:
    """Whether a script is digits and index letters only."""
    return INDEX_LETTERS.issuperset(script.lstrip("0123456789"))


def split_word(text: str, runs: Runs) -> tuple[str, str]:
    """``b1X1ij`` is a coefficient and a variable, ``WjXij`` a product; any other run is one word."""
    pair = _PAIR.fullmatch(text) if runs else None
    glued = pair and (pair[1][1:] in runs if pair[1][0].isupper() else are_indices(pair[1][1:]))
    return (pair[1], pair[2]) if pair and glued else (text, "")


def draft_of(text: str, runs: Runs) -> Draft:
    """The symbol that a run of letters and digits stands for."""
    word, accent = take_accent(text)
    if (named := _NAMED_GREEK.fullmatch(word)) and are_indices(named[2]):
        return Draft(GREEK[named[1]], accent=accent, below=named[2])
    coefficient = _COEFFICIENT.fullmatch(word)
    if coefficient and are_indices(coefficient[2]) and not _names_data(coefficient):
        return Draft(coefficient[1], accent=accent, below=coefficient[2])
    base, run = without_indices(word, runs)
    is_name = len(base) > 1 or base in DATA_LETTERS or not (base.isascii() or base in GREEK.values())
    return Draft(base, is_name, accent, run)


def _names_data(coefficient: re.Match[str]) -> bool:
    """``x1`` is a variable's name, ``b1`` a coefficient."""
    return coefficient[1] in DATA_LETTERS and coefficient[2].isdecimal()


def without_indices(word: str, runs: Runs) -> tuple[str, str]:
    """``MATHij``, ``Weightij`` and ``rij`` without the indices glued to them; no word ends in a j."""
    for run in sorted(runs, key=len, reverse=True):
        base = word.removesuffix(run)
        if base != word and (base.isupper() or len(base) == 1 or (len(run) > 1 and "j" in run)):
            return base, run
    return word, ""
