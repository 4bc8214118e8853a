"""A page of equations aloud, for alt text and screen readers.

    math_i ~ N(α_j[i], σ²)
    math i is normally distributed with mean alpha for the school of i, and variance sigma squared.

Readers of LaTeX say "tilde" for the distribution sign and "choose" for a vector of two rows. Here each
symbol says what it is: an index names its unit, and a lookup whose unit it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..equations import (
    Apply,
    Blank,
    Column,
    Digit,
    Distributed,
    Distribution,
    Dot,
    Equation,
    Equations,
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
    Range,
    Script,
    Statement,
    Sum,
    Symbol,
    Transpose,
    Uncertain,
    Vector,
    Word,
)
from ..markup.names import GREEK
from .english import plural, singular
from .filters import listed

POWERS = {"2": "squared", "3": "cubed"}

DISTRIBUTIONS: dict[str, tuple[str, ...]] = {
    "bernoulli": ("probability",),
    "binomial": ("number of trials", "probability"),
    "poisson": ("mean",),
    "negative_binomial": ("mean", "shape"),
    "gamma": ("mean", "shape"),
    "beta": ("mean", "precision"),
    "exponential": ("rate",),
    "uniform": ("lowest value", "highest value"),
    "cauchy": ("location", "scale"),
    "lognormal": ("mean of the logarithm", "standard deviation of the logarithm"),
}
"""What the arguments of a distribution are called, in their order."""

PROPER = {"bernoulli": "Bernoulli", "poisson": "Poisson", "cauchy": "Cauchy", "student_t": "Student t"}
"""Distributions that are called after people, and written so."""

RELATIONS = {
    "≤": "is at most",
    "<": "is less than",
    "≥": "is at least",
    ">": "is greater than",
    "≠": "is not",
}


def speak(page: Equations, units: Mapping[str, str] | None = None) -> str:
    """A page in spoken words, a sentence for each statement and for the legend, each on its own line.

    units : what indices count that the page says nothing of, ``{"i": "students"}``.
    """
    voice = _Voice({**{index: singular(word) for index, word in (units or {}).items()}, **_units(page)})
    sentences = [voice.statement(s) for s in page.statements]
    if page.legend.counts:
        letters = listed(c.index for c in page.legend.counts)
        sentences.append(f"The indices {letters} count {listed(c.word for c in page.legend.counts)}")
    for variable, categories, _ in page.legend.categories:
        sentences.append(
            f"{variable} has the categories {listed(categories)}; {categories[0]} is the reference"
        )
    return "\n".join(f"{sentence}." for sentence in sentences) + "\n"


def _units(page: Equations) -> dict[str, str]:
    """What each index letter counts, in the singular."""
    ranges = {r.index: r.group for s in page.statements for r in s.ranges if r.group}
    counts = {c.index: c.word for c in page.legend.counts}
    return {index: singular(word) for index, word in {**ranges, **counts}.items()}


@dataclass(frozen=True)
class _Voice:
    """Speaks the parts of a page whose indices count certain ``units``."""

    units: dict[str, str]

    # -- statements

    def statement(self, statement: Statement) -> str:
        """A statement as a sentence without its full stop."""
        match statement:
            case Equation(sides):
                said = " equals ".join(map(self.node, sides))
            case Distributed(left, distribution):
                names = left[0].items if isinstance(left[0], Vector) else left
                said = f"{listed(map(self.node, names))} {self.distribution(left, distribution)}"
        return said + "".join(f", {self.range(r)}" for r in statement.ranges)

    def range(self, range_: Range) -> str:
        """A quantifier: "for schools j from 1 to J"."""
        group = f"{plural(range_.group)} " if range_.group else ""
        return f"for {group}{range_.index}" + (f" from 1 to {range_.upper}" if range_.upper else "")

    def distribution(self, left: tuple[Node, ...], distribution: Distribution) -> str:
        """The verb and the arguments of a distribution."""
        several = len(left) > 1
        match distribution:
            case Distribution("normal", (Vector(means), Matrix() as matrix)):
                each = "; ".join(map(self.node, means))
                return f"are jointly normally distributed, with means {each}; {self.covariance(matrix)}"
            case Distribution("normal", (mean, Matrix() as matrix)):
                return f"is normally distributed with mean {self.node(mean)}; {self.covariance(matrix)}"
            case Distribution("normal", (mean, variance)):
                verb = "are each" if several else "is"
                spread = f"and variance {self.node(variance)}"
                return f"{verb} normally distributed with mean {self.node(mean)}, {spread}"
        names = DISTRIBUTIONS.get(distribution.name, ())
        arguments = [self.node(a) for a in distribution.arguments]
        said = [f"{n} {a}" for n, a in zip(names, arguments, strict=False)] + arguments[len(names) :]
        said += [f"{name} {self.node(value)}" for name, value in distribution.keywords]
        name = PROPER.get(distribution.name, distribution.name.replace("_", " "))
        name = distribution.spelling if name == "other" else name
        return f"{'have' if several else 'has'} a {name} distribution with {listed(said)}"

    def covariance(self, matrix: Matrix) -> str:
        """A covariance matrix: its variances, and the covariances above them."""
        rows = matrix.rows
        variances = listed(self.node(row[n]) for n, row in enumerate(rows))
        pairs = [self.node(cell) for n, row in enumerate(rows) for cell in row[n + 1 :]]
        word = "covariance" if len(pairs) == 1 else "covariances, row by row,"
        return f"with variances {variances}; and with {word} {listed(pairs)}"

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
        numbers = [str(s.value) for s in symbol.below if isinstance(s, Digit)]
        return " ".join([said, *numbers])

    def belonging(self, symbol: Symbol) -> str:
        """What a symbol belongs to: coefficients and words in its scripts, then the units of its indices."""
        others = [self.script(s) for s in (*symbol.below, *symbol.above) if isinstance(s, Label | Word)]
        said = ["of " + " and ".join(o for o in others if o)] if any(others) else []
        indices = [s for s in (*symbol.below, *symbol.above) if isinstance(s, Index | Lookup)]
        return " ".join([*said, *self.indices(indices)])

    def indices(self, indices: Iterable[Index | Lookup]) -> list[str]:
        """Indices with their units: "for student i in school j"; without units only the letters."""
        indices = tuple(indices)
        if not indices:
            return []
        if all(isinstance(i, Index) and i.name not in self.units for i in indices):
            return [self.script(i) for i in indices]
        return ["for " + " in ".join(map(self.script, indices))]

    def script(self, script: Script) -> str:
        """One script in words."""
        match script:
            case Index(name):
                return f"{self.units[name]} {name}" if name in self.units else name
            case Lookup(name, of):
                return f"the {self.units.get(name, name)} of {' and '.join(map(self.script, of))}"
            case Label(symbol):
                return self.symbol(symbol)
            case Word(text):
                return "" if text == "," else text
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
    }
    return special.get(name, f"the {name} of")
