"""A walk over the nodes of LaTeX that appends tokens to a :class:`~notation.text.stream.Stream`."""

from __future__ import annotations

from typing import Any

from ..patterns import pattern
from . import macros
from .draft import Draft
from .latex_characters import CharacterWalk
from .latex_words import argument_of, arguments_of, character_of, holds_relation, kind_of, text_of
from .plain_symbols import read_expression
from .prose import INDEPENDENT, level_heading
from .sayings import reading_of
from .tokens import Token

_ROW_OPTION = pattern(r"\*?\[\s*-?[\d.]+\s*[a-z]*\s*\]|\*")
_PLACEMENT = pattern(r"\[[tbc]\]")
_NULL_DELIMITER = pattern(r"\s*\.")
_FONTS = frozenset(["rm", "it", "sf", "tt"])

MAX_MATRICES = 30

_NUMBERED = pattern(r"\d+[a-z]{1,3}")
"""The number of a coefficient, with its indices."""


class Walker(CharacterWalk):
    """A walk over nodes; ``out`` holds the tokens."""

    def __init__(self, source: str, offset: int) -> None:
        super().__init__(source, offset)
        self.lefts: list[int] = []  # how many tokens there were at each \left; -1 for "\left."

    def walk(self, nodes: list[Any]) -> None:
        """Every node in order; a script takes the node behind it as its argument."""
        place = 0
        while place < len(nodes):
            node = nodes[place]
            place += 1
            kind = kind_of(node)
            if kind == "Chars":
                sign = self.chars(node.chars, node.pos)
                while sign:
                    place, sign = self.script_argument(nodes, place, sign)
                continue
            self.skip = None
            if kind == "Macro":
                self.macro(node, nodes[place] if place < len(nodes) else None)
            elif kind == "Group":
                self.group(node)
            elif kind == "Environment":
                self.environment(node)
            elif kind == "Math":
                self.walk(node.nodelist)

    # -- groups and environments

    def group(self, node: Any) -> None:
        """A pair of braces: nothing but its content, unless a power follows."""
        first = len(self.out.tokens)
        self._refuse_lost_underscore(node)
        if _sets_a_word(node.nodelist):
            self.name(text_of(node.nodelist), node)
        else:
            self.walk(node.nodelist)
        self.out.braced = (first, len(self.out.tokens))

    def _refuse_lost_underscore(self, node: Any) -> None:
        """``\\beta{1j}``: behind a letter, a number with indices in braces is what an underscore lacks."""
        out, content = self.out, node.nodelist
        last = out.tokens[-1] if out.tokens else None
        behind = last is not None and last.type == "SYMBOL" and last.end == node.pos + out.offset
        number = content[0].chars if len(content) == 1 and kind_of(content[0]) == "Chars" else ""
        if behind and _NUMBERED.fullmatch(number):
            message = "an underscore is missing in front of this index"
            raise out.error(message, node.pos, node.pos + node.len, f"write _{{{number}}}")

    def environment(self, node: Any) -> None:
        """Rows of statements, or a matrix; rows inside of brackets or of a matrix are a column."""
        name, out = node.environmentname, self.out
        inside = out.opened or out.matrices
        if name in macros.MATRICES or (name in macros.ROWS and inside and not name.endswith("cases")):
            self.matrix(node)
        elif name in macros.ROWS:
            out.emit("BREAK", None, node.pos, node.pos)
            self.skip = _PLACEMENT
            self.walk(node.nodelist)
            out.emit("BREAK", None, node.pos + node.len, node.pos + node.len)
        else:
            raise out.error(
                f"the environment {name} is none of equations", node.pos, node.pos + 8 + len(name)
            )

    def matrix(self, node: Any) -> None:
        """A matrix; or a system of equations that stands in an array."""
        out = self.out
        if len(out.matrices) >= MAX_MATRICES:
            raise out.error("matrices are nested too deeply", node.pos, node.pos + 6)
        first = len(out.tokens)
        opened, out.opened = out.opened, []
        out.matrices.append(node.environmentname in macros.ROWS)
        out.emit("MATRIX_OPEN", None, node.pos, node.pos + 8 + len(node.environmentname))
        self.skip = _PLACEMENT
        self.walk(node.nodelist)
        out.emit("MATRIX_CLOSE", None, node.pos + node.len - 1, node.pos + node.len)
        out.matrices.pop()
        out.opened = opened
        self.system(first)

    def system(self, first: int) -> None:
        """A matrix of equations, from the token ``first`` on, is a system of statements."""
        out = self.out
        inside = out.tokens[first + 1 : -1]
        relations = any(token.type in ("EQUALS", "TILDE") for token in inside)
        if relations and not out.opened and not out.matrices and out.tokens[first].type == "MATRIX_OPEN":
            out.tokens[first:] = [_as_break(t) for t in inside if t.type != "CELL"]

    # -- commands

    def macro(self, node: Any, following: Any) -> None:
        """One command."""
        name, start, end = node.macroname, node.pos, node.pos + 1 + len(node.macroname)
        out = self.out
        if name in macros.LETTERS:
            out.symbol(Draft(macros.LETTERS[name]), start, end)
        elif name in macros.WORDS:
            self.words(node, _is_indexed(following))
        elif name in macros.SIGNS:
            out.sign(macros.SIGNS[name], start, end)
        elif name in ("left", "right"):
            self.delimiter(name, following)
        elif name in macros.DROPPED or name.isspace() or not name:
            pass
        elif name in ("\\", "\\*", "newline", "cr"):
            out.emit("ROW" if out.bare_matrix else "BREAK", None, start, end)
            self.skip = _ROW_OPTION
        else:
            self.rare_macro(node, end)

    def rare_macro(self, node: Any, end: int) -> None:
        """The commands that most equations do without."""
        name, start, out = node.macroname, node.pos, self.out
        if name in macros.ACCENTS:
            self.accent(macros.ACCENTS[name], node)
        elif name in macros.TRANSPARENT or name in macros.BRACES or name in macros.KEPT:
            self.keep(node)
        elif name in ("frac", "dfrac", "tfrac"):
            self.fraction(node, end)
        elif name in macros.FUNCTIONS:
            self.function(node, end)
        elif name in macros.INDEPENDENCES:
            out.emit("TEXT", INDEPENDENT, start, end)
        elif name in macros.GAPS:
            out.emit("LINE", None, start, end)
        elif name == "prime":
            out.prime(start, end)
        elif name == "_":
            out.underscore(start, end)
        elif name in macros.GENERIC:
            message = f"{macros.GENERIC[name]} (\\{name}) describes models in general"
            raise out.error(message, start, end, "write its terms out")
        else:
            raise out.error(f"the command \\{name} is not known", start, end)

    def keep(self, node: Any) -> None:
        """A command whose argument stays, whatever it looks like."""
        first = len(self.out.tokens)
        self.walk(argument_of(node, macros.KEPT.get(node.macroname, ("", 0))[1]))
        self.out.braced = (first, len(self.out.tokens))
        if node.macroname in macros.BRACES:
            self.out.remark = len(self.out.tokens)

    def accent(self, accent: str, node: Any) -> None:
        """An accent over a symbol, or over a name of several words."""
        out, start, end = self.out, node.pos, node.pos + node.len
        first = len(out.tokens)
        self.walk(argument_of(node))
        made = out.tokens[first:]
        if len(made) == 1 and made[0].type == "SYMBOL" and not made[0].value.accent:
            made[0].value.accent = accent
            made[0].start, made[0].end = start + out.offset, end + out.offset
        elif made and all(t.type == "SYMBOL" and t.value.word and t.value.bare for t in made):
            out.tokens[first:] = []
            out.symbol(Draft(" ".join(t.value.base for t in made), True, accent), start, end)
        else:
            raise out.error(f"\\{node.macroname} stands over more than one symbol", start, end)

    def fraction(self, node: Any, end: int) -> None:
        """``\\frac{a}{b}``."""
        self.out.emit("FRACTION", None, node.pos, end)
        for argument in arguments_of(node) or [None]:
            if argument is None:
                raise self.out.error("a fraction lacks its denominator", node.pos, end)
            self.bracketed([argument], argument.pos, argument.pos + argument.len)

    def function(self, node: Any, end: int) -> None:
        """``\\log`` is a name, ``\\sqrt{x}`` a call."""
        self.out.symbol(Draft(node.macroname, True), node.pos, end)
        if node.macroname == "sqrt":
            if not argument_of(node) or arguments_of(node)[0] is not None:
                raise self.out.error("only the square root is known", node.pos, end, "write a power: x^{1/3}")
            self.bracketed(argument_of(node), node.pos + 5, node.pos + node.len)

    def delimiter(self, name: str, following: Any) -> None:
        """\\left and \\right: a "." behind one is no bracket, and then the other's is none either."""
        out = self.out
        empty = kind_of(following) == "Chars" and _NULL_DELIMITER.match(following.chars) is not None
        self.skip = _NULL_DELIMITER if empty else None
        if name == "left":
            self.lefts.append(-1 if empty else len(out.tokens))
        elif self.lefts:
            opening = self.lefts.pop()
            if empty and 0 <= opening < len(out.tokens) and out.tokens[opening].type == "OPEN":
                del out.tokens[opening]
                out.opened.remove(opening)
                self.system(opening)

    # -- names

    def words(self, node: Any, indexed: bool = False) -> None:
        """``\\text{…}`` and its kin: a name, the heading of a level, or prose; with an index, a name."""
        inner = argument_of(node)
        if len(inner) == 1 and getattr(inner[0], "macroname", "") in macros.ACCENTS:
            accent = macros.ACCENTS[inner[0].macroname]
            draft = Draft(text_of(argument_of(inner[0])).strip(), True, accent)
            self.out.symbol(draft, node.pos, node.pos + node.len)
        elif any(kind_of(child) == "Math" and character_of(child) is None for child in inner):
            self.sentence(inner)
        else:
            self.name(text_of(inner), node, indexed)

    def sentence(self, nodes: list[Any]) -> None:
        """Prose with mathematics in it: ``\\text{where $i$ indexes students}``."""
        for node in nodes:
            if kind_of(node) == "Math" and holds_relation(node):
                self.walk(node.nodelist)
            else:
                self.out.emit("TEXT", text_of([node]), node.pos, node.pos + node.len)

    def name(self, text: str, node: Any, indexed: bool = False) -> None:
        """A name or prose, whichever the text is."""
        said, start, end = text.strip(), node.pos, node.pos + node.len
        if not said:
            return
        match reading_of(text, indexed):
            case "heading":
                self.out.emit("HEADING", level_heading(said), start, end)
            case "words":
                self.out.emit("TEXT", text, start, end)
            case "expression":
                offset = self.out.offset
                made = read_expression(said)
                self.out.tokens += [Token(t.type, t.value, start + offset, end + offset) for t in made]
            case "quotation":
                self.out.name(said[1:-1], start, end)
            case _:
                self.out.name(said, start, end)
                self.out.tokens[-1].value.function = getattr(node, "macroname", "") in macros.UPRIGHT


def _sets_a_word(nodes: list[Any]) -> bool:
    """``{\\rm math ach}``: letters in a font of text."""
    if len(nodes) < 2 or getattr(nodes[0], "macroname", "") not in _FONTS:
        return False
    return kind_of(nodes[1]) == "Chars" and len(nodes) == 2 and nodes[1].chars.strip().isalpha()


def _as_break(token: Token) -> Token:
    """The end of a matrix's row, as the end of a statement."""
    return Token("BREAK", None, token.start, token.end) if token.type == "ROW" else token


def _is_indexed(following: Any) -> bool:
    """Whether an index or the category of an indicator stands right behind: ``\\text{and}_{ij}``."""
    return following is not None and kind_of(following) == "Chars" and following.chars[:1] in ("_", "[")
