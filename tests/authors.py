"""Multilevel models as data, written in LaTeX in the manner of many authors.

A model is a list of lines; a line is a left side and its terms; a term is a product of symbols. An
:class:`Author` is a set of habits: environment, fonts, brackets, sign of products, order of terms,
letters, indices, spacing. None of them changes what a model claims.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random


@dataclass(frozen=True)
class Sign:
    """A symbol: a letter with digits and indices, or a word with indices."""

    base: str
    digits: str = ""
    indices: str = ""

    @property
    def is_word(self) -> bool:
        return len(self.base) > 1


Term = tuple[Sign, ...]
Line = tuple[Sign, tuple[Term, ...]]
Lines = tuple[Line, ...]


def sign(text: str) -> Sign:
    """``β:0:j`` or ``math::ij``."""
    return Sign(*text.split(":"))


def line(left: str, right: str) -> Line:
    """Terms are parted by +, their factors by blanks."""
    return sign(left), tuple(tuple(map(sign, term.split())) for term in right.split("+"))


GREEK = {"β": r"\beta", "γ": r"\gamma", "π": r"\pi", "ε": r"\varepsilon", "δ": r"\delta", "ζ": r"\zeta",
         "η": r"\eta", "α": r"\alpha", "ν": r"\nu", "θ": r"\theta"}  # fmt: skip

ENVIRONMENTS = {
    "aligned": ("$$\n\\begin{aligned}\n", "\\\\\n", "\n\\end{aligned}\n$$", "&="),
    "align*": ("\\begin{align*}\n", "\\\\[2pt]\n", "\n\\end{align*}", "& ="),
    "split": ("\\begin{equation}\n\\begin{split}\n", "\\\\\n", "\n\\end{split}\n\\end{equation}", "=&"),
    "gather": ("\\begin{gather}\n", "\\\\\n", "\n\\end{gather}", "="),
    "eqnarray": ("\\begin{eqnarray}\n", "\\nonumber\\\\\n", "\n\\end{eqnarray}", "&=&"),
    "dollars": ("$$", "$$\n\n$$", "$$", "="),
    "brackets": ("\\[ ", " \\]\n\\[ ", " \\]", "="),
    "levels": ("Level 1:\n$$", "$$\nLevel 2:\n$$", "$$", "="),
}
"""How equations are put on a page: before, between and behind them, and the sign of equality."""


@dataclass(frozen=True)
class Author:
    """The habits of one author; the seed decides wherever an author is not consistent."""

    environment: str = "aligned"
    font: str = r"\text"
    product: str = " "
    bracket: bool = False
    space: str = " "
    big: bool = False
    factored: bool = False
    shuffled: bool = False
    indices: dict[str, str] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    seed: int = 0

    def write(self, lines: Lines) -> str:
        """The page of a model."""
        random = Random(self.seed)
        before, between, behind, equal = ENVIRONMENTS[self.environment]
        shown = (
            combined(lines)
            if self.factored
            else [(left, [(None, t) for t in terms]) for left, terms in lines]
        )
        rows = [f"{self.sign(left)} {equal} {self.right(terms, random)}" for left, terms in shown]
        return before + between.join(rows) + behind

    def right(self, terms: Sequence[Part], random: Random) -> str:
        order = list(terms)
        if self.shuffled:
            random.shuffle(order)
        return f"{self.space}+ ".join(self.part(part) for part in order)

    def part(self, part: Part) -> str:
        inner, factors = part
        if inner is None:
            return self.term(factors)
        opened, closed = (r"\left[", r"\right]") if self.big else ("(", ")")
        sums = " + ".join(map(self.term, inner))
        return opened + sums + closed + "".join(self.product + self.predictor(f) for f in factors)

    def term(self, term: Term) -> str:
        return self.product.join(self.predictor(s) if n else self.sign(s) for n, s in enumerate(term))

    def predictor(self, factor: Sign) -> str:
        return f"({self.sign(factor)})" if self.bracket else self.sign(factor)

    def sign(self, symbol: Sign) -> str:
        base = self.letters.get(symbol.base, symbol.base)
        shown = f"{self.font}{{{base}}}" if symbol.is_word else GREEK.get(base, base)
        below = symbol.digits + "".join(self.indices.get(i, i) for i in symbol.indices)
        return f"{shown}_{{{below}}}" if below else shown


Part = tuple[tuple[Term, ...] | None, Term]
"""A term, or the terms of an equation in brackets times the predictors of its coefficient."""


def combined(lines: Lines) -> list[tuple[Sign, list[Part]]]:
    """The first equation with the others put into it in brackets, factored as they are."""
    (left, terms), *others = lines
    known = dict(others)
    parts: list[Part] = []
    for first, *rest in terms:
        if first in known:
            parts.append((tuple(t for term in known[first] for t in opened(term, known)), tuple(rest)))
        else:
            parts.append((None, (first, *rest)))
    return [(left, parts)]


def opened(term: Term, known: dict[Sign, tuple[Term, ...]]) -> list[Term]:
    """A term with the equation of its coefficient in its place, multiplied out."""
    first, *rest = term
    return [(*inner, *rest) for inner in known[first]] if first in known else [term]


TWO = (
    line("math::ij", "β:0:j + β:1:j ses::ij + ε::ij"),
    line("β:0:j", "γ:00: + γ:01: sector::j + u:0:j"),
    line("β:1:j", "γ:10: + γ:11: sector::j + u:1:j"),
)
INTERCEPT = (
    line("score::ij", "β:0:j + β:1: age::ij + ε::ij"),
    line("β:0:j", "γ:00: + γ:01: size::j + γ:02: urban::j + u:0:j"),
)
THREE = (
    line("score::ijk", "π:0:jk + π:1:jk week::ijk + ε::ijk"),
    line("π:0:jk", "β:00:k + β:01:k poor::jk + r:0:jk"),
    line("π:1:jk", "β:10:k + r:1:jk"),
    line("β:00:k", "γ:000: + γ:001: size::k + u:00:k"),
    line("β:01:k", "γ:010: + u:01:k"),
    line("β:10:k", "γ:100: + γ:101: size::k + u:10:k"),
)
MODELS = {"two levels": TWO, "random intercept": INTERCEPT, "three levels": THREE}
