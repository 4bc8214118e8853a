"""Expressions and symbols aloud: an index names its unit, and a lookup whose unit it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from ..equations import (
    Apply,
    Blank,
    Column,
    Digit,
    Dot,
    Equation,
    Index,
    Label,
    Lookup,
    Marked,
    Matrix,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Quotient,
    Script,
    Sum,
    Symbol,
    Transpose,
    Uncertain,
    Vector,
    Word,
)
from ..markup.names import GREEK
from .english import singular
from .filters import listed

POWERS = {"2": "squared", "3": "cubed"}

RELATIONS = {
    "≤": "is at most",
    "<": "is less than",
    "≥": "is at least",
    ">": "is greater than",
    "≠": "is not",
}


@dataclass(frozen=True)
class Voice:
    """Speaks the parts of a page whose indices count certain ``units``.

    The units are in the order in which indices are said, those of the observations first; ``crossed`` are
    pairs of indices neither of which counts parts of the other's units.
    """

    units: Mapping[str, str]
    crossed: frozenset[frozenset[str]] = field(default_factory=frozenset)

    # -- expressions

    def node(self, node: Node) -> str:
        """An expression in words."""
        match node:
            case Symbol():
                return self.symbol(node)
            case Number(text):
                return text
            case Quantity(symbol=of) | Marked(of):
                return self.node(of)
            case Negative(of):
                return f"minus {self.factor(of)}"
            case Sum((first, *others)):
                return " ".join([self.node(first), *map(self.summand, others)])
            case Product(factors):
                return " times ".join(map(self.factor, factors))
            case Quotient(numerator, denominator):
                return f"{self.factor(numerator)} over {self.factor(denominator)}"
            case Equation(sides):
                return " equals ".join(map(self.node, sides))
            case Power() | Apply() | Column():
                return self.function(node)
            case _:
                return self.array(node)

    def function(self, node: Power | Apply | Column) -> str:
        """A power, a function of arguments, or a column of one."""
        match node:
            case Power(base, Number(text)) if text in POWERS:
                return self.squared(base, POWERS[text])
            case Power(base, exponent):
                return f"{self.factor(base)} to the power of {self.factor(exponent)}"
            case Column(of, number):
                return f"column {number} of {self.node(of)}"
            case Apply(function, (left, right)) if function in RELATIONS:
                return f"{self.node(left)} {RELATIONS[function]} {self.node(right)}"
            case Apply("quantile", (of, share)):
                return f"the {self.node(share)} quantile of {self.factor(of)}"
            case Apply(function, arguments, given):
                behind = f" given {listed(map(self.node, given))}" if given else ""
                return f"{_function(function)} {listed(map(self.factor, arguments))}{behind}"

    def array(self, node: Node) -> str:
        """A vector, a matrix or a part of one."""
        match node:
            case Vector(items):
                return f"the vector of {listed(map(self.node, items))}"
            case Matrix(rows):
                return "the matrix with the rows " + "; ".join(listed(map(self.node, row)) for row in rows)
            case Transpose(of):
                return f"{self.node(of)} transposed"
            case Blank():
                return "blank"
            case Uncertain(of, (error,)):
                return f"{self.node(of)} with standard error {self.node(error)}"
            case Uncertain(of, bounds):
                return f"{self.node(of)} with interval {listed(map(self.node, bounds))}"
            case _:
                raise TypeError(f"no expression: {node!r}")

    def summand(self, node: Node) -> str:
        """A further summand, with its sign."""
        return self.node(node) if isinstance(node, Negative) else f"plus {self.node(node)}"

    def factor(self, node: Node) -> str:
        """An expression where another one would run into a sum."""
        inner = node.of if isinstance(node, Marked) else node
        match inner:
            case Sum((first, Negative(other))):
                return f"the difference {self.node(first)} minus {self.factor(other)}, end of difference,"
            case Sum():
                return f"the sum {self.node(inner)}, end of sum,"
            case _:
                return self.node(inner)

    # -- symbols

    def squared(self, base: Node, power: str) -> str:
        """A power: of a symbol, before what it belongs to is said: "sigma squared for alpha"."""
        if isinstance(base, Symbol):
            return " ".join(filter(None, [self.name(base), power, self.belonging(base)]))
        return f"{self.factor(base)} {power}"

    def symbol(self, symbol: Symbol) -> str:
        """A symbol with its scripts."""
        return " ".join(filter(None, [self.name(symbol), self.belonging(symbol)]))

    def name(self, symbol: Symbol) -> str:
        """A symbol's letter or word with its accent and its numbers."""
        base = _letter(symbol.base)
        if symbol.category:
            base = f"the indicator of {base} {symbol.category}"
        accents = {"": "", "bar": "the mean of ", "hat": "the estimate of "}
        said = accents.get(symbol.accent, "") + base
        said += "" if symbol.accent in accents else f" {symbol.accent}"
        return " ".join([said, *self.numbers(symbol)])

    def numbers(self, symbol: Symbol) -> list[str]:
        """The numbers below a symbol: of what they count, if that stands before them, by a comma "by"."""
        scripts = [s for s in symbol.below if isinstance(s, Digit | Label) or s == Word(",")]
        if not any(isinstance(s, Digit) for s in scripts):
            return []
        said = [f"of {self.script(s)}" if isinstance(s, Label) else self.script(s) or "by" for s in scripts]
        # A label behind the numbers names what they belong to, and is said with it.
        return said if isinstance(scripts[0], Label) else [w for w in said if not w.startswith("of ")]

    def belonging(self, symbol: Symbol) -> str:
        """What a symbol belongs to: coefficients and words in its scripts, then the units of its indices."""
        below = [s for s in symbol.below if isinstance(s, Label | Word)]
        if below and symbol.below[0] == below[0] and any(isinstance(s, Digit) for s in symbol.below):
            below = []  # said with the numbers: tau of pi 0 0
        others = [self.script(s) for s in (*below, *symbol.above) if isinstance(s, Label | Word)]
        said = ["of " + " and ".join(o for o in others if o)] if any(others) else []
        indices = [s for s in (*symbol.below, *symbol.above) if isinstance(s, Index | Lookup)]
        return " ".join([*said, *self.indices(indices)])

    def indices(self, indices: Iterable[Index | Lookup]) -> list[str]:
        """Indices with their units: "for student i in school j"; letters without units come before them."""
        letters = list(self.units)
        indices = tuple(indices)
        bare = [self.script(i) for i in indices if isinstance(i, Index) and i.name not in letters]
        known = [i for i in indices if isinstance(i, Lookup) or i.name in letters]
        if not known:
            return bare
        ordered = sorted(known, key=lambda i: letters.index(i.name) if i.name in letters else -1)
        said = f"for {self.script(ordered[0])}"
        for before, index in pairwise(ordered):
            both = frozenset((before.name, index.name)) in self.crossed
            said += f"{' and' if both else ' in'} {self.script(index)}"
        return [*bare, said]

    def script(self, script: Script) -> str:
        """One script in words."""
        match script:
            case Index(name):
                return f"{self.units[name]} {name}" if name in self.units else name
            case Lookup(name, of):
                # McElreath looks groups up by words, which may be plural: "classes[i]" is the class of i.
                unit = self.units.get(name) or (singular(name) if len(name) > 1 else name)
                return f"the {unit} of {' and '.join(map(self.script, of))}"
            case Label(symbol):
                return self.symbol(symbol)
            case Word(text):
                number = text[1:-1]
                return "" if text == "," else f"classification {number}" if text == f"({number})" else text
            case Digit(value):
                return str(value)
            case Dot():
                return ""


def _letter(base: str) -> str:
    """The name of a Greek letter; other letters and words as they are."""
    return GREEK.get(base, base)


def _function(name: str) -> str:
    special = {
        "E": "the expectation of",
        "Var": "the variance of",
        "Pr": "the probability that",
        "offset": "the offset",
        "diag": "the diagonal matrix of",
    }
    return special.get(name, f"the {name} of")
