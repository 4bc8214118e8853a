"""The page as a tree: what stands in an equation, free of any markup.

:class:`Equations` is a list of statements with a legend. A statement says that sides are equal
(:class:`Equation`) or how something is distributed (:class:`Distributed`); its sides are small
expression trees. Readers make this tree from characters and writers make characters from it;
nothing in it is LaTeX, and nothing in it knows what a model is.

    math_ij = β_0j + β_1j ses_ij + r_ij

is ``Equation((Symbol("math", …), Sum((Symbol("β", …), Product((…)), Symbol("r", …)))))``.
"""

from __future__ import annotations

from dataclasses import field
from typing import Literal, Union

from .errors import Span
from .frozen import frozen
from .parameters import Parameter

# ------------------------------------------------------------------ scripts: below and above a symbol


@frozen
class Digit:
    """A whole number in a script. ``00`` is two of them; ten and more stand between commas."""

    value: int


@frozen
class Index:
    """A running index: a letter (``j``) or a word (``school``)."""

    name: str


@frozen
class Lookup:
    """A group looked up: ``j[i]`` is the group j of unit i, ``k[j[i]]`` the k of the j of i.

    ``of`` holds one or more indices or lookups: ``i[jk]`` has two.
    """

    name: str
    of: tuple[Index | Lookup, ...]


@frozen
class Dot:
    """An index that a mean was taken over: the first script of x̄_.j."""


@frozen
class Label:
    """A symbol that names another one: the α of γ_0^α, the β_1 of μ_{β_1}."""

    symbol: Symbol


@frozen
class Word:
    """A word or other text in a script that is no index: ``male``, ``(2)``, ``*``, ``t-1``."""

    text: str


Script = Digit | Index | Lookup | Dot | Label | Word


# ------------------------------------------------------------------ expressions


@frozen
class Symbol:
    """A letter or a word with everything that is attached to it.

    ``base`` is the name after unescaping, Greek as the Unicode letter (``β``, never ``beta``).
    ``word`` says that it was set as a word (``\\text{…}``, or several letters); a single letter in
    italics is not a word. A number above a symbol is a :class:`Power`, any other superscript is
    kept in ``above``. ``accent`` is "", "bar", "hat", "tilde", "dot", "star" or "prime".
    ``category`` is that of an indicator: ``Machine[B]_ij`` is 1 where the machine is B.
    """

    base: str
    below: tuple[Script, ...] = ()
    above: tuple[Script, ...] = ()
    accent: str = ""
    word: bool = False
    category: str = ""
    span: Span | None = field(default=None, compare=False, repr=False)


@frozen
class Number:
    """A number without a sign, as it is written: trailing zeros are kept."""

    text: str
    span: Span | None = field(default=None, compare=False, repr=False)


@frozen
class Negative:
    """Minus an expression; a subtraction is a sum with one of these."""

    of: Node


@frozen
class Sum:
    """Two or more summands."""

    terms: tuple[Node, ...]


@frozen
class Product:
    """Two or more factors. ``sign`` is how they are joined: "" (side by side), "×" or "·"."""

    factors: tuple[Node, ...]
    sign: str = field(default="", compare=False)


@frozen
class Quotient:
    """A fraction, or a division by a slash."""

    numerator: Node
    denominator: Node


@frozen
class Power:
    """A power: σ², ``x^2``."""

    base: Node
    exponent: Node


@frozen
class Apply:
    """A named function of arguments: ``log(x)``, ``logit(p)``, ``E(y)``, ``Var(u)``, ``Pr(…)``.

    An argument may be an :class:`Equation` (``Pr(y = 1)``). ``given`` holds what stands behind a
    bar: ``Pr(y = 1 | β)``.
    """

    function: str
    arguments: tuple[Node, ...]
    given: tuple[Node, ...] = ()


@frozen
class Column:
    """One column of a basis expansion: ``poly(x, 2)[1]``. ``number`` counts from 1."""

    of: Apply
    number: int


@frozen
class Vector:
    """A column of expressions, or a tuple ``(u_0j, u_1j)``."""

    items: tuple[Node, ...]


@frozen
class Matrix:
    """Rows of cells; a cell that was left blank is a :class:`Blank`."""

    rows: tuple[tuple[Node, ...], ...]


@frozen
class Blank:
    """An empty cell of a matrix, or dots that stand for cells: nothing is said."""

    dots: bool = False


@frozen
class Transpose:
    """A transposed vector or matrix."""

    of: Node


@frozen
class Quantity:
    """An expression that stands for one parameter of the model.

    Notations put it around the symbol of each unknown; it is the one place where a number may
    take the symbol's place. Readers never make one. ``whole`` is what equals the parameter where the
    symbol is only its root: σ² for σ, and ρσσ for a correlation ρ.
    """

    parameter: Parameter
    symbol: Node
    whole: Node | None = None


@frozen
class Marked:
    """An expression that is pointed out, as what has just been put in the place of ``label``.

    Derivations make these; readers never do.
    """

    of: Node
    label: Node | None = None


@frozen
class Uncertain:
    """A number with how sure it is: ``bounds`` holds its standard error, or both ends of an interval.

    Filled-in estimates make these, and readers of ``11.75 (0.23)``.
    """

    of: Node
    bounds: tuple[Node, ...]


Node = Union[
    Symbol,
    Number,
    Negative,
    Sum,
    Product,
    Quotient,
    Power,
    Apply,
    Column,
    Vector,
    Matrix,
    Blank,
    Transpose,
    Quantity,
    Marked,
    Uncertain,
    "Equation",
]
"""Anything that can stand on a side of a statement."""


# ------------------------------------------------------------------ statements


@frozen
class Range:
    """A quantifier: "for students j = 1, …, J". ``group`` may be empty, ``upper`` too."""

    index: str
    group: str = ""
    upper: str = ""


@frozen
class Distribution:
    """A distribution with its arguments; ``name`` is a key of :data:`DISTRIBUTIONS`.

    ``keywords`` are the named arguments of ``Binomial(n = 1, prob = p)``. ``spelling`` is how the
    author wrote the name (``N``, ``Normal``, ``MVNormal``), which does not count in comparisons.
    """

    name: str
    arguments: tuple[Node, ...]
    keywords: tuple[tuple[str, Node], ...] = ()
    spelling: str = field(default="", compare=False)


DISTRIBUTIONS = (
    "normal",
    "bernoulli",
    "binomial",
    "poisson",
    "negative_binomial",
    "gamma",
    "beta",
    "categorical",
    "lognormal",
    "student_t",
    "cauchy",
    "exponential",
    "uniform",
    "lkj",
    "inverse_gamma",
    "inverse_wishart",
    "other",
)
"""The distributions that have a name here; ``normal`` is also the multivariate one."""


@frozen
class Equation:
    """``left = right``, or a chain ``a = b = c``.

    ``ranges`` are the quantifiers that stand behind it. ``level`` is the number of the heading it stood
    under ("Level 2"), 0 where there was none.
    """

    sides: tuple[Node, ...]
    ranges: tuple[Range, ...] = ()
    level: int = field(default=0, compare=False)
    span: Span | None = field(default=None, compare=False, repr=False)


@frozen
class Distributed:
    """``left ~ distribution``; several symbols on the left are each distributed so."""

    left: tuple[Node, ...]
    distribution: Distribution
    ranges: tuple[Range, ...] = ()
    level: int = field(default=0, compare=False)
    span: Span | None = field(default=None, compare=False, repr=False)


Statement = Equation | Distributed


# ------------------------------------------------------------------ the legend and the page


@frozen
class Counts:
    """One entry of a legend: index ``j`` counts ``students``."""

    index: str
    word: str


ClaimKind = Literal["independent", "correlated", "diagonal", "autocorrelated", "unread"]


@frozen
class Claim:
    """What a sentence says of the random part of a model.

    "independent" and "correlated" are said of the ``symbols`` among themselves, or of them and the
    ``others``, or of all random effects (of ``level``, counted from 1) where no symbol is named; "diagonal"
    of a covariance matrix; "autocorrelated" of the residuals ``within`` units; "unread" is what may change
    the model and was not understood. ``text`` is the sentence.
    """

    kind: ClaimKind
    symbols: tuple[Symbol, ...] = ()
    others: tuple[Symbol, ...] = ()
    level: int = 0
    within: str = ""
    text: str = ""
    span: Span | None = field(default=None, compare=False, repr=False)


@frozen
class Legend:
    """What stands beside the equations, in words.

    ``counts`` is "where i, j, and k index time points, students, and schools"; ``nested`` are pairs
    (inner, outer) and ``crossed`` pairs of words, for "a is nested in b", "a and b are crossed";
    ``categories`` are (variable, its categories, whether they are numbers) with the reference
    first; ``centered`` are (variable, group or "" for the grand mean), as HLM prints them;
    ``remarks`` are further sentences that readers do not need, but for :data:`NO_DISTRIBUTION`;
    ``claims`` what they say of the random part.
    """

    counts: tuple[Counts, ...] = ()
    nested: tuple[tuple[str, str], ...] = ()
    crossed: tuple[tuple[str, str], ...] = ()
    categories: tuple[tuple[str, tuple[str, ...], bool], ...] = ()
    centered: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = field(default=(), compare=False)
    claims: tuple[Claim, ...] = field(default=(), compare=False)


NO_DISTRIBUTION = "The distribution of the response is not stated."
"""Says that E(y) = … is all that is claimed: without it, readers assume a distribution."""


@frozen
class Equations:
    """A page: statements in order, and the legend."""

    statements: tuple[Statement, ...]
    legend: Legend = Legend()


def letter(base: str, *below: Script, above: tuple[Script, ...] = ()) -> Symbol:
    """A symbol that is set as a letter: ``letter("γ", Digit(0), Digit(0))``."""
    return Symbol(base, below, above)


def word(name: str, *below: Script, accent: str = "", category: str = "") -> Symbol:
    """A symbol that is set as a word: ``word("math", Index("i"), Index("j"))``."""
    return Symbol(name, below, accent=accent, word=True, category=category)
