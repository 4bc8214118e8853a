"""Symbols and text of LaTeX, in the commands that KaTeX, MathJax and pdfLaTeX share.

Whatever a name holds, it is text inside ``\\text{…}``: every character that TeX gives a meaning is escaped,
so that nothing in a name is ever executed.
"""

from __future__ import annotations

import re
import unicodedata

from ..equations import Digit, Dot, Index, Label, Lookup, Script, Symbol, Word
from ..errors import CannotSay
from ..patterns import pattern
from .names import CONNECTIVES, GREEK
from .scripts import SHORT_MARK, group

TEXT: dict[str, str] = {
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    # The others are set as mathematics: MathJax knows no \textbackslash, pdfLaTeX's first encoding has no
    # bare < > | in text, and neither KaTeX's nor pdfLaTeX's text fonts have Greek letters or signs.
    "\\": r"\(\backslash\)",
    "~": r"\(\sim\)",
    "^": r"\(\hat{}\)",
    **{sign: f"\\({sign}\\)" for sign in "<>|"},
    **{letter: f"\\(\\{name}\\)" for letter, name in GREEK.items() if letter != "ο"},
    **{raised: f"\\(^{number}\\)" for number, raised in enumerate("¹²³", start=1)},
    "×": r"\(\times\)",
    "·": r"\(\cdot\)",
    "±": r"\(\pm\)",
    "≤": r"\(\le\)",
    "≥": r"\(\ge\)",
    "≠": r"\(\ne\)",
    "−": r"\(-\)",
    "…": r"\(\dots\)",
}
"""What stands in text for each character that TeX, or one of its fonts, has no plain character for."""

CHARACTERS: dict[str, str] = {
    spelled.removeprefix(r"\(").removesuffix(r"\)"): character
    for character, spelled in TEXT.items()
    if spelled.startswith(r"\(")
}
"""The characters that are set as mathematics inside a text, by their mathematics: for readers."""

LIGATURES = pattern(r"([-`',<>?!](?=[-`',<>]))")
"""Pairs that TeX's fonts draw as one character (``--`` as a dash): an empty group keeps them apart."""

LETTERS: dict[str, str] = {
    **{letter: f"\\{name}" for letter, name in GREEK.items()},
    "ε": r"\varepsilon",
    "ο": "o",
    "ϵ": r"\epsilon",
    "ϕ": r"\varphi",
    "ϑ": r"\vartheta",
    "ς": r"\varsigma",
    "ϱ": r"\varrho",
    "ϖ": r"\varpi",
    "ℓ": r"\ell",
}
"""The commands of letters outside of ASCII."""

ACCENTS: dict[str, tuple[str, str]] = {
    "bar": (r"\bar", r"\overline"),
    "hat": (r"\hat", r"\widehat"),
    "tilde": (r"\tilde", r"\widetilde"),
    "dot": (r"\dot", r"\dot"),
}
"""The command of each accent over a letter, and over a word."""


def escape(text: str) -> str:
    """A text with nothing in it that TeX would act on, for use inside ``\\text{…}``.

    Raises CannotSay for control characters.
    """
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp"):
            raise CannotSay(
                f"the name {text!r} holds a control character (U+{ord(character):04X}), which LaTeX cannot "
                "set; rename it, or write the equations in plain text"
            )
    pieces = LIGATURES.sub("\\1\n", text)
    return "".join("{}" if c == "\n" else TEXT.get(c, c) for c in pieces)


def set_text(text: str) -> str:
    """A name set upright, with every space that it holds: ``\\text{…}``.

    Raises CannotSay for a name with nothing to be seen, and as :func:`escape` does.
    """
    if not text.strip():
        raise CannotSay(f"a name that is {text!r} cannot be seen in LaTeX; give it a name")
    return f"\\text{{{_keep_spaces(escape(text))}}}"


def set_name(name: str, indexed: bool = False) -> str:
    """A name as :func:`set_text` sets it; in quotation marks where it would read as something else.

    ``indexed`` says that an index stands right behind it. Raises CannotSay.
    """
    if not name.strip() or (name.isalpha() and name not in CONNECTIVES):
        return set_text(name)
    # The reader is asked only where there is a doubt, and loaded only then.
    from ..text.sayings import reading_of

    settled = name == name.strip() and reading_of(name, indexed) == "name"
    return set_text(name if settled else f"`{name}'")


def spell_symbol(symbol: Symbol) -> str:
    """A symbol with its accent and all its scripts."""
    above = [_script(part) for part in symbol.above]
    above += {"star": ["*"], "prime": [r"\prime"]}.get(symbol.accent, [])
    return _base(symbol) + attach("_", spell_scripts(symbol.below)) + attach("^", _in_a_row(above))


def spell_scripts(scripts: tuple[Script, ...]) -> str:
    """Scripts in a row, with commas where they would run into one another."""
    return ",".join(_in_a_row([_script(s) for s in part]) for part in group(scripts))


def _base(symbol: Symbol) -> str:
    letter = not symbol.word and len(symbol.base) == 1
    indexed = bool(symbol.below or symbol.category) and not symbol.accent
    name = spell_letter(symbol.base) if letter else set_name(symbol.base, indexed)
    if symbol.accent in ACCENTS:
        name = f"{ACCENTS[symbol.accent][not letter]}{{{name}}}"
    return f"{name}[{set_name(symbol.category)}]" if symbol.category else name


def spell_letter(letter: str) -> str:
    """A single letter in italics, or its command; a single digit."""
    if letter.isascii() and letter.isalnum():
        return letter
    return LETTERS.get(letter) or set_text(letter)


def spell_name(name: str) -> str:
    """An index or a bound: a letter or a number as mathematics, a word upright."""
    return spell_letter(name) if len(name) == 1 else name if name.isdecimal() else set_text(name)


def _script(script: Script) -> str:
    match script:
        case Digit(value):
            return str(value)
        case Dot():
            return r"\cdot"
        case Index(name):
            return spell_name(name)
        case Word(text):
            return text if SHORT_MARK.fullmatch(text) else set_text(text)
        case Label(symbol):
            return spell_symbol(symbol)
        case Lookup(name, of):
            return f"{spell_name(name)}[{spell_scripts(of)}]"


def attach(mark: str, scripts: str) -> str:
    """Scripts below (``_``) or above (``^``), in braces unless they are one character."""
    if not scripts:
        return ""
    return mark + (scripts if len(scripts) == 1 else f"{{{scripts}}}")


def _in_a_row(parts: list[str]) -> str:
    """Scripts side by side; a command needs a space to end it."""
    ended = [f"{part} " if part.startswith("\\") and part[-1].isalpha() else part for part in parts[:-1]]
    return "".join([*ended, *parts[-1:]])


def _keep_spaces(text: str) -> str:
    """Spaces that TeX would drop or merge as ``\\ ``: at the ends, and behind another space."""
    inner = re.sub(r"(?<= ) ", r"\\ ", text)
    if inner.startswith(" "):
        inner = "\\" + inner
    return inner[:-1] + r"\ " if inner.endswith(" ") and not inner.endswith(r"\ ") else inner
