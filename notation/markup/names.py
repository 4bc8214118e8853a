"""Names in plain text: which may stand bare, and how the others are quoted.

A name that is no plain word, or that would read as something else, stands in backticks:
`` `sch_mean`_ij``. Inside them a backslash escapes, as in R: ``\\\\`` is a backslash, ``\\``` a
backtick, ``\\n``, ``\\r``, ``\\t`` what they are everywhere, and ``\\u0007`` any other character that
would break or hide in a line. :func:`quote` and :func:`unquote` are each other's inverse.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ..patterns import pattern

GREEK: dict[str, str] = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ζ": "zeta",
    "η": "eta",
    "θ": "theta",
    "ι": "iota",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "ν": "nu",
    "ξ": "xi",
    "ο": "omicron",
    "π": "pi",
    "ρ": "rho",
    "σ": "sigma",
    "τ": "tau",
    "υ": "upsilon",
    "φ": "phi",
    "χ": "chi",
    "ψ": "psi",
    "ω": "omega",
    "Γ": "Gamma",
    "Δ": "Delta",
    "Θ": "Theta",
    "Λ": "Lambda",
    "Ξ": "Xi",
    "Π": "Pi",
    "Σ": "Sigma",
    "Υ": "Upsilon",
    "Φ": "Phi",
    "Ψ": "Psi",
    "Ω": "Omega",
}
"""Greek letters with their names in ASCII, which are also LaTeX's commands but for ε and ο."""

DATA_LETTERS = frozenset("xyzXYZ")
"""Single letters that everybody reads as data; any other could be a coefficient, an effect or an index."""

INDEX_LETTERS = frozenset("ghijklmnpqrst")
"""Letters that serve as running indices: a run of these in a script is no word."""

KEYWORDS = frozenset(
    """
    for where and index indexes is are has nested crossed centered level iid
    mean bar hat tilde dot star prime
    log ln exp sqrt abs min max diag logit probit cloglog cauchit loglog inverse poly ns bs offset
    var cov cor corr sd pr prob
    normal mvn mvnormal bernoulli binomial poisson negbinomial gamma beta categorical multinomial lognormal
    student cauchy exponential uniform lkj wishart
    """.split()  # noqa: SIM905 — a table that is read by people
)
"""Words that mean something to a reader of equations, in lower case."""

CONNECTIVES = frozenset(["where", "for", "with", "and"])
"""Words that join statements when they stand alone, and could be names."""

_WORD = pattern(r"[^\W\d_][^\W_]*(?:\.[^\W_]+)*")
_COEFFICIENT = pattern(rf"({'|'.join(GREEK.values())}|[a-z])(\d+[a-z]{{0,4}})?", re.IGNORECASE)
_LEVEL = pattern(r"(?:level|lv)\d", re.IGNORECASE)
_PHRASE = pattern(r"[^\W_](?:[\w.:/-]*\w)?(?: [^\W_](?:[\w.:/-]*\w)?)*")
_CATEGORY = pattern(r"[^\W_]+(?:[ .+-][^\W_]+)*")
_ESCAPES = {"\\": "\\\\", "`": "\\`", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNESCAPES = {"n": "\n", "r": "\r", "t": "\t"}
_ESCAPED = pattern(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_ACCENTS = {"\u0304", "\u0302", "\u0303", "\u0307"}


def spell_name(name: str) -> str:
    """The name of a variable, in backticks unless it can stand bare."""
    return name if is_plain_word(name) else quote(name)


def spell_function(name: str) -> str:
    """The name of a function, in backticks unless it is made of letters, digits and inner dots."""
    return name if _WORD.fullmatch(name) else quote(name)


def spell_phrase(text: str) -> str:
    """Words of a legend (``time points``, ``sch_id``), in backticks unless they can stand bare."""
    words = text.lower().split(" ")
    said = KEYWORDS & set(words) or _LEVEL.match(text) or any(map(_begins_with_connective, words))
    return text if _PHRASE.fullmatch(text) and not said and _is_settled(text) else quote(text)


def spell_category(text: str) -> str:
    """A category inside brackets, in backticks unless it can stand bare."""
    bare = _CATEGORY.fullmatch(text) and " " not in text and not _LEVEL.match(text) and _is_settled(text)
    return text if bare else quote(text)


@lru_cache(maxsize=1024)  # the same few names stand on a page many times
def is_plain_word(name: str) -> bool:
    """Whether a name can stand bare: letters, digits and inner dots, with no other meaning."""
    if not _WORD.fullmatch(name) or not _is_settled(name) or name.lower() in KEYWORDS:
        return False
    if _begins_with_connective(name):
        return False
    data = name[0] in DATA_LETTERS and (len(name) == 1 or name[1:].isdecimal())
    return data or not (_COEFFICIENT.fullmatch(name) or _LEVEL.match(name))


def _begins_with_connective(name: str) -> bool:
    """Whether the first of the words between dots joins statements, as in and.2."""
    return name.partition(".")[0].lower() in CONNECTIVES


def reads_as_word(text: str) -> bool:
    """Whether a run of letters in a script is a word: three or more, and not all of them indices."""
    letters = len(text) > 2 and text.isascii() and text.isalpha()
    return letters and not INDEX_LETTERS.issuperset(text) and not _COEFFICIENT.fullmatch(text)


def quote(name: str) -> str:
    """The name in backticks, on one line whatever it holds."""
    # Sentences of a legend are read whatever their spaces, so a second space is spelled out.
    return "`" + "".join(map(_escape, name)).replace("  ", " \\u0020") + "`"


def unquote(text: str) -> str:
    """The name that stands inside backticks, without these: the inverse of :func:`quote`."""
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)) if m[1] else _UNESCAPES.get(m[2], m[2]), text)


def _escape(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    # Control characters, and the separators at which texts are cut into lines.
    hidden = unicodedata.category(character) in ("Cc", "Zl", "Zp", "Cs")
    return f"\\u{ord(character):04x}" if hidden else character


def _is_settled(text: str) -> bool:
    """Whether no character of a text is Greek, a superscript in disguise, or an accent."""
    if text.isascii():
        return True
    settled = unicodedata.normalize("NFKC", text) == text
    return settled and not any(map(_is_greek, text)) and not _reads_as_accent(text)


def _is_greek(character: str) -> bool:
    return "\u0370" <= character <= "\u03ff"


def _reads_as_accent(text: str) -> bool:
    """Whether every letter carries one and the same mark, as in the mean of a variable."""
    marks = [unicodedata.normalize("NFD", c)[1:] for c in text]
    return marks[0] in _ACCENTS and set(marks) == {marks[0]}
