"""LaTeX mathematics → tokens, through the nodes that pylatexenc finds.

Presentation falls away here: sizes, colours, fonts, spacing, labels. What has no meaning that this
program knows is refused with its place, never dropped.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from ..errors import ReadError, Span
from ..markup.latex_scripts import CHARACTERS
from . import macros
from .alphabet import GREEK_LETTERS, RAISED, SHAPES, take_accent
from .plain import read_expression
from .prose import is_prose, level_heading
from .scripts import COVARIANCES, UnreadableScript, read_scripts
from .tokens import SIGNS, TIMES_SIGNS, Draft, Token

if TYPE_CHECKING:
    from pylatexenc.macrospec import LatexContextDb

MAX_DEPTH = 30

_CHARS = re.compile(
    r"(?P<space>[\s~`\u00a0\u200b]+)"
    r"|(?P<script>[_^])"
    r"|(?P<greek>[\u0370-\u03ffϵµ][\u0300-\u036f]*)"
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
_ROW_OPTION = re.compile(r"\*?\[\s*-?[\d.]+\s*\\?[a-z]*\s*\]|\*")
_PLACEMENT = re.compile(r"\[[tbc]\]")
_NULL_DELIMITER = re.compile(r"\s*\.")
_TRANSFORMED = re.compile(r"(?:log|ln|log10|log2|exp|sqrt)\(.+\)", re.DOTALL)
_GLUED = re.compile(r"[^\W\d_]{2,}(?:_?[^\W_]+)*(?=$|[^\w({])")


def read_latex(source: str, start: int, end: int) -> list[Token]:
    """The tokens of a stretch of LaTeX mathematics. Raises ReadError."""
    from pylatexenc.latexwalker import (
        LatexWalker,
        LatexWalkerParseError,
    )  # 23 ms that plain text need not pay

    _check_depth(source, start, end)
    walker = LatexWalker(source[start:end], latex_context=_context(), tolerant_parsing=False)
    try:
        nodes = walker.get_latex_nodes()[0]
    except LatexWalkerParseError as error:
        place = start + min(error.pos or 0, end - start - 1)
        raise ReadError(
            "this LaTeX is broken here: a brace or an environment is not closed",
            source,
            Span(place, place + 1),
        ) from None
    lexer = _Lexer(source, start)
    lexer.walk(nodes)
    return lexer.tokens


@cache
def _context() -> LatexContextDb:
    """The commands and environments with their arguments, for pylatexenc."""
    from pylatexenc.macrospec import EnvironmentSpec, LatexContextDb, MacroSpec

    arguments = dict.fromkeys(macros.WORDS | macros.TRANSPARENT | macros.BRACES | set(macros.ACCENTS), "{")
    arguments |= macros.DROPPED | {name: args for name, (args, _) in macros.KEPT.items()}
    arguments |= {"operatorname": "*{", "frac": "{{", "dfrac": "{{", "tfrac": "{{", "sqrt": "[{", "tag": "*{"}
    database = LatexContextDb()
    database.add_context_category(
        "equations",
        macros=[MacroSpec(name, args) for name, args in arguments.items()],
        environments=[EnvironmentSpec(name, args) for name, args in (macros.ROWS | macros.MATRICES).items()],
        specials=[],
    )
    database.set_unknown_macro_spec(MacroSpec(""))
    database.set_unknown_environment_spec(EnvironmentSpec(""))
    return database


def _check_depth(source: str, start: int, end: int) -> None:
    # pylatexenc descends into braces and environments by recursion.
    depth = 0
    for match in re.finditer(r"\\.|[{}]|\\begin\b|\\end\b", source[start:end], re.DOTALL):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth > MAX_DEPTH:
            place = start + match.start()
            raise ReadError("braces are nested too deeply to be an equation", source, Span(place, place + 1))
    if source.count("\\begin", start, end) > MAX_DEPTH:
        _check_environments(source, start, end)


def _check_environments(source: str, start: int, end: int) -> None:
    depth = 0
    for match in re.finditer(r"\\(begin|end)\b", source[start:end]):
        depth += 1 if match[1] == "begin" else -1
        if depth > MAX_DEPTH:
            place = start + match.start()
            raise ReadError("environments are nested too deeply", source, Span(place, place + 6))


class _Lexer:
    """A walk over nodes that appends tokens; scripts are attached to the last token."""

    def __init__(self, source: str, offset: int) -> None:
        self.source = source
        self.offset = offset
        self.tokens: list[Token] = []
        self.opened: list[int] = []  # the places in `tokens` of brackets that are still open
        self.lefts: list[int] = []  # where \left stood
        self.matrices = 0
        self.braced = (-1, -1)  # the tokens of the last {…}: a script behind it belongs to all of them
        self.remark_at = -1  # a script behind this many tokens is a remark at a brace
        self.glue = False  # the next letters continue a name: math\_score
        self.skip: re.Pattern[str] | None = None  # what the next characters may begin with, and which is nothing

    # -- nodes

    def walk(self, nodes: list[Any]) -> None:
        """Every node in order; a script takes the node behind it as its argument."""
        place = 0
        while place < len(nodes):
            node = nodes[place]
            place += 1
            kind = type(node).__name__
            if kind == "LatexCharsNode":
                sign = self.chars(node.chars, node.pos)
                while sign:
                    place, sign = self._script_argument(nodes, place, sign)
                continue
            self.skip = None
            if kind == "LatexMacroNode":
                place = self.macro(node, nodes, place)
            elif kind == "LatexGroupNode":
                self.group(node)
            elif kind == "LatexEnvironmentNode":
                self.environment(node)
            elif kind == "LatexMathNode":
                self.walk(node.nodelist)

    def _script_argument(self, nodes: list[Any], place: int, sign: str) -> tuple[int, str]:
        while place < len(nodes) and type(nodes[place]).__name__ == "LatexCommentNode":
            place += 1
        if place == len(nodes):
            raise self.error(
                f"nothing stands behind {sign}", self.end - 1, self.end, "write the index in braces behind it"
            )
        node = nodes[place]
        if type(node).__name__ == "LatexCharsNode":
            text = node.chars.lstrip()
            skipped = len(node.chars) - len(text)
            self.script(sign, text[:1], node.pos, node.pos + skipped + 1)
            return place + 1, self.chars(text[1:], node.pos + skipped + 1)
        self.script_nodes(sign, [node])
        return place + 1, ""

    def group(self, node: Any) -> None:
        """A pair of braces: nothing but its content, unless a script follows."""
        first = len(self.tokens)
        inner = node.nodelist
        if self._is_font_switch(inner):
            self.name(self.text_of(inner), node.pos, node.pos + node.len)
        else:
            self.walk(inner)
        self.braced = (first, len(self.tokens))

    @staticmethod
    def _is_font_switch(nodes: list[Any]) -> bool:
        head = nodes[0] if nodes else None
        return (
            getattr(head, "macroname", "") in ("rm", "it", "sf", "tt")
            and all(type(n).__name__ == "LatexCharsNode" for n in nodes[1:])
            and len(nodes) > 1
            and nodes[1].chars.strip().isalpha()
        )

    def environment(self, node: Any) -> None:
        name = node.environmentname
        if name in macros.MATRICES or (
            name in macros.ROWS and (self.opened or self.matrices) and name not in ("cases", "dcases")
        ):
            self.matrix(node)
        elif name in macros.ROWS:
            self.emit("BREAK", None, node.pos, node.pos)
            self.skip = _PLACEMENT
            self.walk(node.nodelist)
            self.emit("BREAK", None, node.pos + node.len, node.pos + node.len)
        else:
            raise self.error(
                f"the environment {name} is not one of equations", node.pos, node.pos + len(name) + 8
            )

    def matrix(self, node: Any) -> None:
        """A matrix; or a system of equations that stands in an array."""
        if self.matrices >= MAX_DEPTH:
            raise self.error("matrices are nested too deeply", node.pos, node.pos + 6)
        rows_only = node.environmentname in macros.ROWS
        first = len(self.tokens)
        opened, self.opened = self.opened, []
        self.emit("MATRIX_OPEN", rows_only, node.pos, node.pos + len(node.environmentname) + 8)
        self.matrices += 1
        self.skip = _PLACEMENT
        self.walk(node.nodelist)
        self.matrices -= 1
        self.opened = opened
        self.emit("MATRIX_CLOSE", None, node.pos + node.len - 1, node.pos + node.len)
        inside = self.tokens[first + 1 : -1]
        if not self.opened and not self.matrices and any(t.type in ("EQUALS", "TILDE") for t in inside):
            self.tokens[first:] = [_as_row(t) for t in inside if t.type != "CELL"]

    # -- commands

    def macro(self, node: Any, nodes: list[Any], place: int) -> int:
        """One command; returns the place of the next node, since a few commands look ahead."""
        name, start = node.macroname, node.pos
        end = start + node.len
        if name in macros.LETTERS:
            self.symbol(Draft(macros.LETTERS[name]), start, start + 1 + len(name))
        elif name in macros.WORDS:
            self.words(node)
        elif name in ("\\", "\\*", "newline", "cr"):
            self.row(start, end)
            self.skip = _ROW_OPTION
        elif name in macros.SIGNS:
            self.sign(macros.SIGNS[name], start, end)
        elif name in macros.ACCENTS:
            self.accent(macros.ACCENTS[name], node)
        elif name in macros.TRANSPARENT or name in macros.BRACES or name in macros.KEPT:
            self.keep(node)
        elif name in ("frac", "dfrac", "tfrac"):
            self.fraction(node)
        elif name in macros.FUNCTIONS:
            self.function(node)
        elif name in ("left", "right"):
            self.delimiter(name, nodes, place)
        elif name in macros.DROPPED or name.isspace() or not name:
            pass
        elif name == "prime":
            self.prime(start, end)
        elif name == "_":
            self.underscore(start, end)
        elif name in ("%", "#", "&", "$"):
            raise self.error(
                f"\\{name} stands outside of a name",
                start,
                end,
                f"put names into \\text{{…}}, such as \\text{{a\\{name}b}}",
            )
        elif name in macros.GENERIC:
            raise self.error(
                f"{macros.GENERIC[name]} (\\{name}) describes models in general",
                start,
                end,
                "write out its terms",
            )
        else:
            raise self.error(f"the command \\{name} is not known", start, end)
        return place

    def keep(self, node: Any) -> None:
        """A command whose argument stays, whatever it looks like."""
        which = macros.KEPT.get(node.macroname, ("", 0))[1]
        first = len(self.tokens)
        argument = node.nodeargd.argnlist[which]
        if argument is not None:
            self.walk([argument])
        if node.macroname in macros.BRACES:
            self.remark_at = len(self.tokens)
        self.braced = (first, len(self.tokens))

    def accent(self, accent: str, node: Any) -> None:
        first = len(self.tokens)
        self.walk([node.nodeargd.argnlist[-1]])
        made = self.tokens[first:]
        start, end = node.pos, node.pos + node.len
        if made and all(t.type == "SYMBOL" and t.value.word and t.value.bare for t in made):
            name = " ".join(t.value.base for t in made)
            self.tokens[first:] = []
            self.symbol(Draft(name, True, accent), start, end)
        elif len(made) == 1 and made[0].type == "SYMBOL" and not made[0].value.accent:
            made[0].value.accent = accent
            made[0].start, made[0].end = start + self.offset, end + self.offset
        else:
            raise self.error(f"\\{node.macroname} stands over more than one symbol", start, end)

    def fraction(self, node: Any) -> None:
        self.emit("FRACTION", None, node.pos, node.pos + 5)
        for argument in node.nodeargd.argnlist:
            if argument is None:
                raise self.error("a fraction lacks its denominator", node.pos, node.pos + node.len)
            self.bracketed([argument], argument.pos, argument.pos + argument.len)

    def function(self, node: Any) -> None:
        name = node.macroname
        self.symbol(Draft(name, True), node.pos, node.pos + 1 + len(name))
        if name == "sqrt":
            argument = node.nodeargd.argnlist[-1]
            if node.nodeargd.argnlist[0] is not None or argument is None:
                raise self.error(
                    "only the square root is known here",
                    node.pos,
                    node.pos + node.len,
                    "write a power: x^{1/3}",
                )
            self.bracketed([argument], argument.pos, argument.pos + argument.len)

    def delimiter(self, name: str, nodes: list[Any], place: int) -> None:
        """\\left and \\right: a "." behind them is no bracket, and then the other is none either."""
        following = nodes[place] if place < len(nodes) else None
        empty = type(following).__name__ == "LatexCharsNode" and following.chars.lstrip()[:1] == "."
        self.skip = _NULL_DELIMITER if empty else None
        if name == "left":
            self.lefts.append(-1 if empty else len(self.tokens))
        elif self.lefts:
            opening = self.lefts.pop()
            if empty and 0 <= opening < len(self.tokens) and self.tokens[opening].type == "OPEN":
                del self.tokens[opening]
                self.opened = [place for place in self.opened if place != opening]

    def words(self, node: Any) -> None:
        """\\text{…} and its kin: a name, a level, or prose."""
        argument = node.nodeargd.argnlist[-1]
        if argument is None:
            raise self.error(f"\\{node.macroname} has no text", node.pos, node.pos + node.len)
        inner = argument.nodelist if type(argument).__name__ == "LatexGroupNode" else [argument]
        pieces: list[Any] = []
        for child in inner:
            if type(child).__name__ == "LatexMathNode" and child.latex_verbatim() not in CHARACTERS:
                self._say(pieces)
                self.emit("TEXT", "", child.pos, child.pos)
                self.walk(child.nodelist)
                pieces = []
            else:
                pieces.append(child)
        if len(pieces) == 1 and getattr(pieces[0], "macroname", "") in macros.ACCENTS:
            inside = pieces[0].nodeargd.argnlist[-1]
            text, accent = self.text_of([inside]), macros.ACCENTS[pieces[0].macroname]
            self.symbol(Draft(text.strip(), True, accent), node.pos, node.pos + node.len)
        elif pieces:
            self._say(pieces, node)

    def _say(self, pieces: list[Any], node: Any = None) -> None:
        if not pieces:
            return
        start = node.pos if node is not None else pieces[0].pos
        end = node.pos + node.len if node is not None else pieces[-1].pos + pieces[-1].len
        text = self.text_of(pieces)
        if node is None:
            self.emit("TEXT", text, start, end)
        else:
            self.name(text, start, end)

    def name(self, text: str, start: int, end: int) -> None:
        """A name or prose, whichever the text is."""
        stripped = text.strip()
        level = level_heading(stripped)
        if not stripped:
            return
        if level is not None:
            self.emit("HEADING", level, start, end)
        elif is_prose(text):
            self.emit("TEXT", text, start, end)
        elif _TRANSFORMED.fullmatch(stripped):
            self.transformed(stripped, start, end)
        elif self.glue and self.tokens and self.tokens[-1].type == "SYMBOL":
            self._append_name(stripped, end)
        else:
            self.symbol(Draft(stripped, True), start, end)

    def transformed(self, text: str, start: int, end: int) -> None:
        """``\\operatorname{log(days + 1)}``: a function of a variable, all set as one name."""
        for token in read_expression(text):
            self.tokens.append(Token(token.type, token.value, start + self.offset, end + self.offset))

    def text_of(self, nodes: list[Any]) -> str:
        """The characters that a reader of the typeset page sees."""
        found = []
        for node in nodes:
            kind = type(node).__name__
            if kind == "LatexCharsNode":
                found.append(node.chars.replace("~", " "))
            elif kind == "LatexGroupNode":
                found.append(self.text_of(node.nodelist))
            elif kind == "LatexMacroNode":
                found.append(self._text_of_macro(node))
            elif kind == "LatexMathNode":
                # A character that text fonts lack, set as mathematics within a name.
                found.append(CHARACTERS.get(node.latex_verbatim(), ""))
        return "".join(found)

    def _text_of_macro(self, node: Any) -> str:
        name = node.macroname
        if name in macros.TEXT_SIGNS:
            return macros.TEXT_SIGNS[name]
        if name in macros.WORDS or name in macros.TRANSPARENT or name in macros.KEPT:
            return self.text_of([a for a in node.nodeargd.argnlist[-1:] if a is not None])
        if name in macros.LETTERS:
            return macros.LETTERS[name]
        if name in macros.SIGNS:
            return macros.SIGNS[name]
        if name in macros.FUNCTIONS:
            return name
        if name in macros.DROPPED:
            return ""
        raise self.error(f"the command \\{name} is not known in a name", node.pos, node.pos + node.len)

    # -- characters

    def chars(self, text: str, pos: int) -> str:
        """The tokens of characters; returns "_" or "^" if they end with it."""
        skipped = self.skip.match(text) if self.skip else None
        self.skip = None
        at = skipped.end() if skipped else 0
        while at < len(text):
            match = _CHARS.match(text, at)
            assert match is not None  # its last alternative is any character
            kind, piece, start = match.lastgroup, match[0], pos + at
            at = match.end()
            if kind == "script":
                rest = text[at:]
                stripped = rest.lstrip()
                if not stripped:
                    return piece
                at += len(rest) - len(stripped)
                at = self._bare_script(piece, text, at, pos)
            elif kind == "space":
                if "\n" in piece:
                    self.emit("LINE", None, start, start + len(piece))
            else:
                self.piece(kind or "", piece, start)
        return ""

    def piece(self, kind: str, piece: str, start: int) -> None:
        """One token of characters."""
        end = start + len(piece)
        match kind:
            case "greek":
                letter, accent = take_accent(piece)
                self.symbol(Draft(SHAPES.get(letter, letter), accent=accent), start, end)
            case "word":
                self.letters(piece, start, end)
            case "number":
                self.number(piece, start, end)
            case "dots":
                self.emit("DOTS", None, start, end)
            case "raised":
                self.script("^", piece.translate(RAISED), start, end)
            case "lowered":
                from unicodedata import normalize

                self.script("_", normalize("NFKC", piece), start, end)
            case "prime":
                self.prime(start, end)
            case "cell":
                if self.matrices and not self.opened and not self._in_rows():
                    self.emit("CELL", None, start, end)
            case _:
                self.sign(piece, start, end)

    def number(self, piece: str, start: int, end: int) -> None:
        """A number, or the digits that stand right behind a Greek letter: ``\\beta1``."""
        last = self.tokens[-1] if self.tokens else None
        glued = last is not None and last.type == "SYMBOL" and last.end == start + self.offset
        if last and glued and piece.isdecimal() and last.value.bare and last.value.base in GREEK_LETTERS:
            last.value.below = read_scripts(piece)
            last.end = end + self.offset
        else:
            self.emit("NUMBER", piece, start, end)

    def letters(self, piece: str, start: int, end: int) -> None:
        """Letters side by side are a word; one letter is a symbol, with the digits glued to it."""
        if self.glue:
            self._append_name(piece, end)
            return
        word, accent = take_accent(
            piece.rstrip("0123456789") if len(piece.rstrip("0123456789")) == 1 else piece
        )
        if word.lower() == "where":
            self.emit("TEXT", piece, start, end)
            return
        draft = Draft(word, len(word) > 1, accent)
        if len(word) == 1 and piece[-1].isdigit():
            draft.below = read_scripts(piece[1:])
        self.symbol(draft, start, end)

    def _append_name(self, text: str, end: int) -> None:
        self.glue = False
        last = self.tokens[-1]
        last.value.base += text
        last.value.word = True
        last.end = end + self.offset

    def underscore(self, start: int, end: int) -> None:
        r"""``math\_score``: the name goes on."""
        last = self.tokens[-1] if self.tokens else None
        if last is None or last.type != "SYMBOL" or last.end != start + self.offset:
            raise self.error("\\_ stands outside of a name", start, end, "put names into \\text{…}")
        self._append_name("_", end)
        self.glue = True

    def _bare_script(self, sign: str, text: str, at: int, pos: int) -> int:
        """A script without braces takes one character, unless it is plainly a name: ``math_score``."""
        last = self.tokens[-1] if self.tokens else None
        name = _GLUED.match(text, at)
        if sign == "_" and name and last and last.type == "SYMBOL" and last.value.word and last.value.bare:
            self._append_name("_" + name[0], pos + name.end())
            return name.end()
        self.script(sign, text[at], pos + at, pos + at + 1)
        return at + 1

    def sign(self, sign: str, start: int, end: int) -> None:
        if sign == ".":
            self.emit("STOP", None, start, end)
            return
        if sign == "{":
            self.emit("OPEN", sign, start, end)
            return
        if sign == "}":
            self.emit("CLOSE", sign, start, end)
            return
        kind = SIGNS.get(sign)
        if kind is None:
            raise self.error(f"cannot read {sign!r} here", start, end)
        self.emit(kind, TIMES_SIGNS.get(sign, "·") if kind == "TIMES" else sign, start, end)

    def prime(self, start: int, end: int) -> None:
        if self.tokens and self.tokens[-1].type == "SYMBOL":
            self._raise_mark(self.tokens[-1], "'", end)
        else:
            self.emit("TRANSPOSE", None, start, end)

    # -- scripts

    def script_nodes(self, sign: str, nodes: list[Any]) -> None:
        first, last = nodes[0], nodes[-1]
        start, end = first.pos, last.pos + last.len
        if len(nodes) == 1 and type(first).__name__ == "LatexGroupNode":
            nodes = first.nodelist
        if self._drops_script():
            return
        try:
            text = self.script_text(nodes)
        except _NotScript:
            if sign == "_":
                raise self.error("cannot read this index", start, end) from None
            self.exponent(nodes, start, end)
            return
        self.script(sign, text, start, end, nodes)

    def _drops_script(self) -> bool:
        """Whether a script is no part of a symbol: words at a brace, "iid" at a tilde."""
        return self.remark_at == len(self.tokens) or bool(self.tokens and self.tokens[-1].type == "TILDE")

    def script(self, sign: str, text: str, start: int, end: int, nodes: list[Any] | None = None) -> None:
        """Attaches a script to what stands in front of it."""
        if self._drops_script():
            return
        target = self._target(sign)
        if target is None:
            if sign == "^" and self.tokens and nodes is None:
                self._exponent_of_chars(text, start, end)
            elif sign == "^" and self.tokens and nodes is not None:
                self.exponent(nodes, start, end)
            else:
                raise self.error(
                    "this index belongs to no symbol",
                    start,
                    end,
                    "write it behind the symbol, without a bracket between",
                )
            return
        self.glue = False
        draft: Draft = target.value
        target.end = max(target.end, end + self.offset)
        try:
            if sign == "_":
                draft.below += read_scripts(text, draft.base in COVARIANCES)
            else:
                self._raise(target, text, nodes, start, end)
        except UnreadableScript as problem:
            raise self.error(str(problem), start, end) from None

    def _target(self, sign: str) -> Token | None:
        """The symbol that a script belongs to, if it belongs to a symbol."""
        if not self.tokens:
            return None
        last = self.tokens[-1]
        first, stop = self.braced
        if sign == "^" and stop == len(self.tokens) and stop - first > 1:
            self.wrap(first)
            return None
        if last.type == "SYMBOL":
            return last
        if last.type == "NUMBER" and sign == "_":
            last.type, last.value = "SYMBOL", Draft(last.value)
            return last
        if last.type == "CLOSE" and sign == "_":
            return self._bracketed_symbol()
        return None

    def _bracketed_symbol(self) -> Token | None:
        """The symbol inside the last brackets: ``(\\text{ses})_i``, or the interaction ``(\\alpha\\beta)_{jk}``."""
        first = len(self.tokens) - 2
        while first > 0 and self.tokens[first].type == "SYMBOL":
            first -= 1
        inside = self.tokens[first + 1 : -1]
        if self.tokens[first].type != "OPEN" or not inside:
            return None
        if len(inside) > 1:
            if not all(len(t.value.base) == 1 and t.value.bare for t in inside):
                return None
            inside[0].value.base = "".join(t.value.base for t in inside)
            del self.tokens[first + 2 : -1]
        return inside[0]

    def _raise(self, target: Token, text: str, nodes: list[Any] | None, start: int, end: int) -> None:
        draft = target.value
        bare = text.replace(" ", "")
        if re.fullmatch(r"[-−]?\d+(\.\d+)?", bare):
            if draft.power:
                raise self.error("two powers stand at one symbol", start, end)
            draft.power = bare
        elif bare in ("T", "⊤", "`T`", "'", "*"):
            self._raise_mark(target, bare.strip("`"), end)
        elif re.fullmatch(r"[^\W\d_]", bare) and bare.isascii():
            draft.above += read_scripts(bare + "_{}")
        else:
            draft.above += read_scripts(text)

    def _raise_mark(self, target: Token, mark: str, end: int) -> None:
        """A prime, a star or a T: a capital letter alone is a matrix, and then transposed."""
        draft: Draft = target.value
        matrix = len(draft.base) == 1 and draft.base.isupper() and not draft.word
        if mark in ("T", "⊤") or (mark == "'" and matrix and draft.bare):
            draft.transposed = True
        elif draft.accent:
            raise self.error("two accents stand at one symbol", target.start - self.offset, end)
        else:
            draft.accent = "star" if mark == "*" else "prime"
        target.end = end + self.offset

    def exponent(self, nodes: list[Any], start: int, end: int) -> None:
        """An exponent that is an expression."""
        if "".join(getattr(n, "chars", "?") for n in nodes).strip() in ("T", "'") or (len(nodes) == 1 and getattr(nodes[0], "macroname", "") in ("prime", "top", "intercal")):
            self.emit("TRANSPOSE", None, start, end)
        else:
            self.emit("CARET", None, start, start)
            self.bracketed(nodes, start, end)

    def _exponent_of_chars(self, text: str, start: int, end: int) -> None:
        if text in ("T", "'"):
            self.emit("TRANSPOSE", None, start, end)
            return
        self.emit("CARET", None, start, start)
        self.emit("OPEN", "(", start, start)
        self.chars(text, start)
        self.emit("CLOSE", ")", end, end)

    def script_text(self, nodes: list[Any]) -> str:
        """Nodes in the small language of scripts; names in backticks."""
        found = []
        for node in nodes:
            kind = type(node).__name__
            if kind == "LatexCharsNode":
                found.append(node.chars.replace("~", " "))
            elif kind == "LatexGroupNode":
                found.append("{" + self.script_text(node.nodelist) + "}")
            elif kind == "LatexMacroNode":
                found.append(self._script_text_of_macro(node))
        return _braced_scripts("".join(found))

    def _script_text_of_macro(self, node: Any) -> str:
        name = node.macroname
        if name in macros.LETTERS:
            return macros.LETTERS[name]
        if name in macros.WORDS:
            text = self.text_of([node.nodeargd.argnlist[-1]]).strip()
            return (
                text
                if text.isdecimal() or len(text) == 1
                else "`" + text.replace("\\", "\\\\").replace("`", "\\`") + "`"
            )
        if name in ("cdot", "bullet"):
            return "."
        if name in ("prime", "top", "intercal"):
            return "'" if name == "prime" else "⊤"
        if name in ("ast", "star"):
            return "*"
        if name in macros.TRANSPARENT or name in macros.KEPT:
            return self.script_text([node.nodeargd.argnlist[-1]])
        if (
            name in macros.ACCENTS
            and (marked := self.script_text([node.nodeargd.argnlist[-1]]).strip("{}")).isalpha()
        ):
            return "".join(c + _COMBINING[macros.ACCENTS[name]] for c in marked)
        if name in macros.DROPPED or name.isspace():
            return ""
        if name == "_":
            return "_"
        raise _NotScript

    # -- tokens

    def symbol(self, draft: Draft, start: int, end: int) -> None:
        self.glue = False
        self.tokens.append(Token("SYMBOL", draft, start + self.offset, end + self.offset))

    def emit(self, kind: str, value: object, start: int, end: int) -> None:
        self.glue = False
        if kind == "OPEN":
            self.opened.append(len(self.tokens))
        elif kind == "CLOSE" and self.opened:
            self.opened.pop()
        self.tokens.append(Token(kind, value, start + self.offset, end + self.offset))

    def row(self, start: int, end: int) -> None:
        self.emit("ROW" if self.matrices and not self.opened else "BREAK", None, start, end)

    def bracketed(self, nodes: list[Any], start: int, end: int) -> None:
        """The tokens of nodes, between brackets of their own."""
        self.emit("OPEN", "(", start, start)
        self.walk(nodes)
        self.emit("CLOSE", ")", end, end)

    def wrap(self, first: int) -> None:
        """Brackets around the tokens from ``first`` on."""
        start, end = self.tokens[first].start, self.tokens[-1].end
        self.tokens.insert(first, Token("OPEN", "(", start, start))
        self.tokens.append(Token("CLOSE", ")", end, end))

    def _in_rows(self) -> bool:
        """Whether the innermost matrix is an aligned column, in which & only aligns."""
        depth = 0
        for token in reversed(self.tokens):
            depth += (token.type == "MATRIX_CLOSE") - (token.type == "MATRIX_OPEN")
            if depth < 0:
                return bool(token.value)
        return False

    @property
    def end(self) -> int:
        """Where the last token ends, in the text that was given to pylatexenc."""
        return self.tokens[-1].end - self.offset + 1 if self.tokens else 1

    def error(self, message: str, start: int, end: int, mend: str = "") -> ReadError:
        return ReadError(message, self.source, Span(start + self.offset, end + self.offset), mend)


class _NotScript(Exception):
    """A superscript that is an expression of its own."""


_COMBINING = {"bar": "\u0304", "hat": "\u0302", "tilde": "\u0303", "dot": "\u0307"}
_UNBRACED = re.compile(r"([_^])\s*([^\s{])")


def _braced_scripts(text: str) -> str:
    """Script text in which each inner script has braces: LaTeX takes one character without them."""
    return _UNBRACED.sub(r"\1{\2}", text) if "_" in text or "^" in text else text


def _as_row(token: Token) -> Token:
    return Token("BREAK", None, token.start, token.end) if token.type == "ROW" else token
