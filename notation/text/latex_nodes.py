"""A walk over the nodes of LaTeX that appends tokens to a :class:`~notation.text.stream.Stream`."""

from __future__ import annotations

import re
from typing import Any
from unicodedata import normalize

from ..patterns import pattern
from . import macros
from .alphabet import RAISED, plain_greek, take_accent
from .draft import Draft
from .latex_words import (
    UnknownCommand,
    argument_of,
    arguments_of,
    character_of,
    holds_relation,
    kind_of,
    script_text,
    text_of,
)
from .plain_symbols import read_expression
from .prose import INDEPENDENT, level_heading
from .sayings import reading_of
from .stream import Stream
from .tokens import Token

_CHARS = pattern(
    r"(?P<space>[\s~`\u00a0\u200b]+)"
    r"|(?P<script>[_^])"
    r"|(?P<greek>[\u0370-\u03ffϵµ∆][\u0300-\u036f]*)"
    r"|(?P<word>(?:[^\W\d_\u0370-\u03ffᵀ²³¹⁰-⁹₀-ₜᵢ-ᵪⱼ][\u0300-\u036f]*)+\d*)"
    r"|(?P<number>\d+(?:\.\d+)?|\.\d+)"
    r"|(?P<dots>\.\.\.?)"
    r"|(?P<raised>[²³¹⁰⁴-⁹⁻ᵀ]+)"
    r"|(?P<lowered>[₀-₉ₐ-ₜᵢ-ᵥᵦ-ᵪⱼ]+)"
    r"|(?P<prime>['’′])"
    r"|(?P<cell>&)"
    r"|(?P<sign>.)",
    re.DOTALL,
)
_ROW_OPTION = pattern(r"\*?\[\s*-?[\d.]+\s*[a-z]*\s*\]|\*")
_PLACEMENT = pattern(r"\[[tbc]\]")
_NULL_DELIMITER = pattern(r"\s*\.")
_NAME_PART = pattern(r"[^\W\d_]{2,}(?:_?[^\W_]+)*(?=$|[^\w({])")
_FONTS = frozenset(["rm", "it", "sf", "tt"])

MAX_MATRICES = 30


class Walker:
    """A walk over nodes; ``out`` holds the tokens."""

    def __init__(self, source: str, offset: int) -> None:
        self.out = Stream(source, offset)
        self.lefts: list[int] = []  # how many tokens there were at each \left; -1 for "\left."
        self.skip: re.Pattern[str] | None = None  # what the next characters may begin with, to no effect

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
                    place, sign = self._script_argument(nodes, place, sign)
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
        if _sets_a_word(node.nodelist):
            self.name(text_of(node.nodelist), node)
        else:
            self.walk(node.nodelist)
        self.out.braced = (first, len(self.out.tokens))

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

    # -- characters

    def chars(self, text: str, pos: int) -> str:
        """The tokens of characters; returns "_" or "^" if they end with it."""
        skipped = self.skip.match(text) if self.skip else None
        self.skip = None
        at = skipped.end() if skipped else 0
        while (piece := _CHARS.match(text, at)) is not None:
            kind, at = piece.lastgroup, piece.end()
            if kind == "script":
                while text[at : at + 1].isspace():
                    at += 1
                if at == len(text):
                    return piece[0]
                at = self._bare_script(piece[0], text, at, pos)
            elif kind == "space":
                lines = piece[0].count("\n")
                if lines or piece[0].count("~") > 1:  # several ~ are a wide space
                    self.out.emit("BREAK" if lines > 1 else "LINE", None, pos + piece.start(), pos + at)
            else:
                self.piece(kind or "", piece[0], pos + piece.start())
        return ""

    def piece(self, kind: str, piece: str, start: int) -> None:
        """One token of characters."""
        out, end = self.out, start + len(piece)
        match kind:
            case "greek":
                letter, accent = take_accent(piece)
                out.symbol(Draft(plain_greek(letter), accent=accent), start, end)
            case "word":
                self.letters(piece, start, end)
            case "number":
                out.number(piece, start, end)
            case "dots":
                out.emit("DOTS", "…", start, end)
            case "raised":
                self.script("^", piece.translate(RAISED), start, end)
            case "lowered":
                self.script("_", normalize("NFKC", piece), start, end)
            case "prime":
                out.prime(start, end)
            case "cell":
                if out.bare_matrix and not out.matrices[-1]:
                    out.emit("CELL", None, start, end)
            case _:
                out.sign(piece, start, end)

    def letters(self, piece: str, start: int, end: int) -> None:
        """Letters side by side are a word; one letter is a symbol, with the digits glued to it."""
        letters = piece.rstrip("0123456789")
        if self.out.glue:
            self.out.continue_name(piece, end)
        elif piece.lower() == "where":
            self.out.emit("TEXT", piece, start, end)
        elif len(letters) == 1:
            self.out.symbol(Draft(letters, below=piece[1:]), start, end)
        else:
            word, accent = take_accent(piece)
            self.out.symbol(Draft(word, len(word) > 1, accent), start, end)

    # -- scripts

    def _script_argument(self, nodes: list[Any], place: int, sign: str) -> tuple[int, str]:
        while place < len(nodes) and kind_of(nodes[place]) == "Comment":
            place += 1
        if place == len(nodes):
            end = self.out.tokens[-1].end - self.out.offset if self.out.tokens else 0
            raise self.out.error(f"nothing stands behind {sign}", end, end + 1, "write the index in braces")
        node = nodes[place]
        if kind_of(node) == "Chars":
            text = node.chars.lstrip()
            at = node.pos + len(node.chars) - len(text)
            self.script(sign, text[:1], at, at + 1)
            return place + 1, self.chars(text[1:], at + 1)
        self.script_of_node(sign, node)
        return place + 1, ""

    def _bare_script(self, sign: str, text: str, at: int, pos: int) -> int:
        """A script without braces takes one character, unless it is plainly a name: ``math_score``."""
        last = self.out.last
        name = _NAME_PART.match(text, at)
        if sign == "_" and name and last and last.type == "SYMBOL" and last.value.word and last.value.bare:
            self.out.continue_name("_" + name[0], pos + name.end())
            return name.end()
        self.script(sign, text[at], pos + at, pos + at + 1)
        return at + 1

    def script_of_node(self, sign: str, node: Any) -> None:
        """A script in braces, or a command."""
        if self.out.ignores_script():
            return
        start, end = node.pos, node.pos + node.len
        nodes = list(node.nodelist) if kind_of(node) == "Group" else [node]
        try:
            text = script_text(nodes)
        except UnknownCommand:
            if sign == "_":
                raise
            text = ""  # a superscript that is an expression
        if not (text and self.out.attach(sign, text, start, end)):
            self.exponent(text, nodes, start, end)

    def script(self, sign: str, text: str, start: int, end: int) -> None:
        """A script of characters."""
        if not self.out.ignores_script() and not self.out.attach(sign, text, start, end):
            self.exponent(text, None, start, end)

    def exponent(self, text: str, nodes: list[Any] | None, start: int, end: int) -> None:
        """What is raised behind a bracket, a number or a fraction."""
        if text.strip() in ("T", "'", "⊤"):
            self.out.emit("TRANSPOSE", None, start, end)
            return
        self.out.emit("CARET", None, start, start)
        if nodes is not None:
            self.bracketed(nodes, start, end)
        else:
            self.out.emit("OPEN", "(", start, start)
            self.chars(text, start)
            self.out.emit("CLOSE", ")", end, end)

    def bracketed(self, nodes: list[Any], start: int, end: int) -> None:
        """The tokens of nodes, between brackets of their own."""
        self.out.emit("OPEN", "(", start, start)
        self.walk(nodes)
        self.out.emit("CLOSE", ")", end, end)


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
