"""What nodes of LaTeX say: the characters of a name, and scripts in the language of :mod:`.scripts`."""

from __future__ import annotations

from typing import Any

from ..markup.latex_scripts import CHARACTERS
from ..patterns import pattern
from . import macros
from .alphabet import COMBINING


class UnknownCommand(ValueError):
    """A command that is no part of a name or of an index; ``node`` is its node."""

    def __init__(self, node: Any) -> None:
        super().__init__(node.macroname)
        self.node = node


def kind_of(node: Any) -> str:
    """The kind of a node: Chars, Group, Macro, Environment, Math, Comment."""
    return type(node).__name__[5:-4]


def argument_of(node: Any, place: int = -1) -> list[Any]:
    """The nodes of an argument of a command, without its braces; none where there is nothing behind it."""
    arguments = arguments_of(node)
    if not arguments or arguments[place] is None:
        return []
    argument = arguments[place]
    return list(argument.nodelist) if kind_of(argument) == "Group" else [argument]


def arguments_of(node: Any) -> list[Any]:
    """The arguments of a command; pylatexenc gives none at all to one that stands as another's argument."""
    return [] if node.nodeargd is None else list(node.nodeargd.argnlist)


def text_of(nodes: list[Any]) -> str:
    """The characters that a reader of the typeset page sees. Raises UnknownCommand."""
    return "".join(map(_text_of, nodes))


def character_of(node: Any) -> str | None:
    """The character that text fonts lack, where mathematics within a name says no more: ``\\(\\sigma\\)``."""
    return CHARACTERS.get("".join(child.latex_verbatim() for child in node.nodelist))


def holds_relation(node: Any) -> bool:
    """Whether mathematics within words is an equation, and not only the name of something."""
    said = node.latex_verbatim()
    return "=" in said or "\\sim" in said


def _text_of(node: Any) -> str:
    match kind_of(node):
        case "Chars":
            return str(node.chars.replace("~", " "))
        case "Math" if (character := character_of(node)) is not None:
            return character
        case "Group" | "Math":
            return text_of(node.nodelist)
        case "Macro":
            return _text_of_macro(node)
        case _:
            return ""


def _text_of_macro(node: Any) -> str:
    name = node.macroname
    for table in (macros.TEXT_SIGNS, macros.LETTERS, macros.SIGNS):
        if name in table:
            return str(table[name])
    if name in macros.WORDS or name in macros.TRANSPARENT or name in macros.KEPT:
        return text_of(argument_of(node))
    if name in macros.FUNCTIONS:
        return str(name)
    if name in macros.DROPPED:
        return ""
    raise UnknownCommand(node)


_UNBRACED = pattern(r"([_^])\s*([^\s{])")


_PI = pattern(r"(?<![A-Za-z])pi(?![A-Za-z])")
_INDICES = pattern(r"\d*[ijkt]{1,4}")


def script_text(nodes: list[Any]) -> str:
    """Nodes in the language of scripts, names in backticks. Raises UnknownCommand."""
    text = "".join(map(_script_text, nodes))
    # LaTeX takes one character as a script where there are no braces.
    return _UNBRACED.sub(r"\1{\2}", text) if "_" in text or "^" in text else text


def _script_text(node: Any) -> str:
    match kind_of(node):
        case "Chars":
            # Two letters are two indices: the Greek letter would be a command.
            return str(_PI.sub("p i", node.chars.replace("~", " ")))
        case "Group":
            return "{" + script_text(node.nodelist) + "}"
        case "Macro":
            return _script_text_of_macro(node)
        case _:
            return ""


_MARKS = {
    "cdot": ".",
    "bullet": ".",
    "prime": "'",
    "top": "⊤",
    "intercal": "⊤",
    "ast": "*",
    "star": "*",
    "_": "_",
}


def _script_text_of_macro(node: Any) -> str:
    name = node.macroname
    if name in macros.LETTERS:
        return macros.LETTERS[name]
    if name in _MARKS:
        return _MARKS[name]
    if name in macros.WORDS:
        text = text_of(argument_of(node)).strip()
        plain = text.isdecimal() or len(text) == 1 or _INDICES.fullmatch(text)
        return text if plain else "`" + text.replace("\\", "\\\\").replace("`", "\\`") + "`"
    if name in macros.TRANSPARENT or name in macros.KEPT:
        return script_text(argument_of(node))
    if name in macros.ACCENTS and (marked := script_text(argument_of(node)).strip("{}")).isalpha():
        return "".join(letter + COMBINING[macros.ACCENTS[name]] for letter in marked)
    if name in macros.DROPPED or name in macros.GAPS or name.isspace():
        return ""
    raise UnknownCommand(node)
