"""A symbol that is still collecting what is attached to it."""

from __future__ import annotations

from ..equations import Negative, Node, Number, Power, Script, Symbol, Transpose
from ..errors import Span
from ..patterns import pattern
from .scripts import UnreadableScript, read_scripts
from .tokens import Token

COVARIANCES = frozenset("τσωρψTΣΩΨΤ")
"""Letters of variances and covariances: in their indices a comma parts two effects."""

_NUMBER = pattern(r"[-−]?\d+(?:\.\d+)?")


class Draft:
    """The base of a symbol and, one after the other, its scripts; :meth:`node` is what comes of it.

    Its methods raise UnreadableScript.
    """

    __slots__ = ("above", "accent", "base", "below", "category", "function", "power", "transposed", "word")

    def __init__(self, base: str, word: bool = False, accent: str = "", below: str = "") -> None:
        self.base = base
        self.word = word
        self.accent = accent
        self.below: tuple[Script, ...] = read_scripts(below) if below else ()
        self.above: tuple[Script, ...] = ()
        self.power = ""
        self.transposed = False
        self.category = ""
        self.function = False  # whether it was set as functions are: upright, or in backticks

    @property
    def bare(self) -> bool:
        """Whether nothing is attached to it."""
        attached = self.below or self.above or self.power or self.accent or self.category
        return not (attached or self.transposed)

    def lower(self, text: str) -> None:
        """Attaches a subscript."""
        self.below += read_scripts(text, self.base in COVARIANCES)

    def lift(self, text: str) -> None:
        """Attaches a superscript: a power, a mark, or the name of another symbol."""
        said = text.replace(" ", "")
        if _NUMBER.fullmatch(said):
            if self.power:
                raise UnreadableScript("two powers stand at one symbol")
            self.power = said
        elif said in ("T", "⊤", "`T`", "'", "′", "*"):
            self.mark(said.strip("`"))
        elif len(said) == 1 and said.isalpha() and said.isascii():
            # γ_0^a belongs to the coefficient a: above a symbol a letter is no index.
            self.above += read_scripts(said + "_{}")
        else:
            self.above += read_scripts(text)

    def mark(self, mark: str) -> None:
        """Attaches a prime, a star or a T: a capital letter alone is a matrix, and then transposed."""
        matrix = len(self.base) == 1 and self.base.isupper() and self.bare
        if mark in ("T", "⊤") or (mark in ("'", "′") and matrix):
            self.transposed = True
        elif self.accent:
            raise UnreadableScript("two accents stand at one symbol")
        else:
            self.accent = "star" if mark == "*" else "prime"

    def node(self, span: Span | None = None) -> Node:
        """The symbol, in a power where a number stood above it."""
        node: Node = Symbol(self.base, self.below, self.above, self.accent, self.word, self.category, span)
        if self.power:
            number = Number(self.power.lstrip("-−"))
            node = Power(node, Negative(number) if self.power[0] in "-−" else number)
        return Transpose(node) if self.transposed else node


def bracketed_symbol(tokens: list[Token]) -> Token | None:
    """The symbol in the last brackets: ``(ses)_i``, or the interaction ``(αβ)_jk``, which is one symbol."""
    if not tokens or tokens[-1].type != "CLOSE":
        return None
    first = len(tokens) - 2
    if tokens[first].type == "NUMBER":
        tokens[first].type, tokens[first].value = "SYMBOL", Draft(tokens[first].value)
    while first > 0 and tokens[first].type == "SYMBOL":
        first -= 1
    inside = tokens[first + 1 : -1]
    if tokens[first].type != "OPEN" or not inside:
        return None
    if len(inside) > 1:
        if not all(len(token.value.base) == 1 and token.value.bare for token in inside):
            return None
        inside[0].value.base = "".join(token.value.base for token in inside)
        del tokens[first + 2 : -1]
    return inside[0]
