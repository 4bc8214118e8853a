"""A page of equations aloud, for alt text and screen readers.

    math_i ~ N(α_j[i], σ²)
    math for student i is normally distributed with mean alpha for the school of student i, and variance
    sigma squared.

Readers of LaTeX say "tilde" for the distribution sign and "choose" for a vector of two rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..equations import (
    Distributed,
    Distribution,
    Equation,
    Equations,
    Legend,
    Matrix,
    Node,
    Number,
    Product,
    Quantity,
    Range,
    Statement,
    Symbol,
    Vector,
)
from .english import plural, singular
from .filters import listed
from .voice import Voice

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


def speak(page: Equations, units: Mapping[str, str] | None = None) -> str:
    """A page in spoken words, a sentence for each statement and for the legend, each on its own line.

    units : what indices count that the page says nothing of, ``{"i": "students"}``.
    """
    voice = Voice({**_given(page, units or {}), **_units(page)}, _crossed(page))
    sentences = [_statement(voice, s) for s in page.statements]
    sentences += _legend(page.legend)
    return "\n".join(f"{sentence}." for sentence in sentences) + "\n"


# ------------------------------------------------------------------ legends


def _given(page: Equations, units: Mapping[str, str]) -> dict[str, str]:
    """The units of indices that the page does not tell, in the singular."""
    told = _units(page)
    return {index: singular(word) for index, word in units.items() if index not in told}


def _units(page: Equations) -> dict[str, str]:
    """What each index letter counts, in the singular; the observations first."""
    return {index: singular(word) for index, word in _words(page).items()}


def _words(page: Equations) -> dict[str, str]:
    counts = {c.index: c.word for c in page.legend.counts}
    ranges = {r.index: r.group for s in page.statements for r in s.ranges if r.group}
    return {**counts, **{index: group for index, group in ranges.items() if index not in counts}}


def _crossed(page: Equations) -> frozenset[frozenset[str]]:
    """Pairs of indices whose groups are crossed."""
    letters = {word: index for index, word in _words(page).items()}
    pairs = page.legend.crossed
    return frozenset(frozenset((letters[a], letters[b])) for a, b in pairs if a in letters and b in letters)


def _legend(legend: Legend) -> Iterator[str]:
    """The words below a page, as sentences without their full stops."""
    if legend.counts:
        several = len(legend.counts) > 1
        letters = listed(c.index for c in legend.counts)
        words = listed(plural(c.word) for c in legend.counts)
        yield f"The {'indices' if several else 'index'} {letters} {'count' if several else 'counts'} {words}"
    for inner, outer in legend.nested:
        yield f"{_capital(plural(inner))} are nested in {plural(outer)}"
    for a, b in legend.crossed:
        yield f"{_capital(plural(a))} and {plural(b)} are crossed: neither is nested in the other"
    for variable, categories, _ in legend.categories:
        yield f"{variable} has the categories {listed(categories)}; {categories[0]} is the reference"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


# ------------------------------------------------------------------ statements


def _statement(voice: Voice, statement: Statement) -> str:
    """A statement as a sentence without its full stop."""
    match statement:
        case Equation(sides):
            said = " equals ".join(map(voice.node, sides))
        case Distributed(left, distribution):
            names = left[0].items if isinstance(left[0], Vector) else left
            said = f"{listed(map(voice.node, names))} {_distribution(voice, left, distribution)}"
    return said + "".join(f", {_range(r)}" for r in statement.ranges)


def _range(range_: Range) -> str:
    """A quantifier: "for schools j from 1 to J"."""
    group = f"{plural(range_.group)} " if range_.group else ""
    return f"for {group}{range_.index}" + (f" from 1 to {range_.upper}" if range_.upper else "")


def _distribution(voice: Voice, left: tuple[Node, ...], distribution: Distribution) -> str:
    """The verb and the arguments of a distribution."""
    match distribution:
        case Distribution("normal", (mean, spread)):
            return _normal(voice, left, mean, spread)
    names = DISTRIBUTIONS.get(distribution.name, ())
    arguments = [voice.node(a) for a in distribution.arguments]
    said = [f"{n} {a}" for n, a in zip(names, arguments, strict=False)] + arguments[len(names) :]
    said += [f"{name} {voice.node(value)}" for name, value in distribution.keywords]
    name = PROPER.get(distribution.name, distribution.name.replace("_", " "))
    name = distribution.spelling if name == "other" else name
    return f"{'have' if len(left) > 1 else 'has'} a {name} distribution with {listed(said)}"


def _normal(voice: Voice, left: tuple[Node, ...], mean: Node, spread: Node) -> str:
    """A normal distribution, of one variable, of several alike, or of several together."""
    if isinstance(mean, Vector) or isinstance(left[0], Vector):
        return f"are jointly normally distributed, {_means(voice, mean)}; {_spread(voice, spread)}"
    verb = "are each" if len(left) > 1 else "is"
    said = _spread(voice, spread)
    said = f"; {said}" if isinstance(spread, Matrix) else f", and {said.removeprefix('with ')}"
    return f"{verb} normally distributed with mean {voice.node(mean)}{said}"


def _means(voice: Voice, mean: Node) -> str:
    match mean:
        case Vector(items) if len(set(items)) == 1 and isinstance(items[0], Number):
            return f"each with mean {items[0].text}"
        case Vector(items):
            return f"with means {'; '.join(map(voice.node, items))}"
        case _:
            return f"each with mean {voice.node(mean)}"


def _spread(voice: Voice, spread: Node) -> str:
    """A variance, a standard deviation or a covariance matrix, behind "with"."""
    match spread:
        case Matrix():
            return _covariance(voice, spread)
        case Quantity(whole=whole) if whole is not None:  # the symbol is that of the root
            return f"with standard deviation {voice.node(spread)}"
        case _ if _is_matrix(spread):
            return f"with covariance matrix {voice.node(spread)}"
        case _:
            return f"with variance {voice.node(spread)}"


def _is_matrix(node: Node) -> bool:
    """Whether a symbol, or one in a product, is a capital: the letters of matrices."""
    match node:
        case Symbol(base):
            return len(base) == 1 and base.isupper()
        case Product(factors):
            return any(map(_is_matrix, factors))
        case _:
            return False


def _covariance(voice: Voice, matrix: Matrix) -> str:
    """A covariance matrix: its variances, and the covariances above them."""
    rows = matrix.rows
    variances = listed(voice.node(row[n]) for n, row in enumerate(rows))
    pairs = [voice.node(cell) for n, row in enumerate(rows) for cell in row[n + 1 :]]
    word = "covariance" if len(pairs) == 1 else "covariances, row by row,"
    return f"with variances {variances}; and with {word} {listed(pairs)}"
