"""What a write-up holds, as values: the templates place them, and decide nothing.

Names are as in the data, symbols are nodes of equations, numbers are numbers; the markup escapes,
typesets and rounds them.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..description.outline import Outline
from ..equations import Equations, Node
from ..model import Model


@dataclass(frozen=True)
class Sizes:
    """How many of ``what`` there are in a unit: the smallest number, the mean and the largest."""

    what: str
    smallest: int
    mean: float
    largest: int


@dataclass(frozen=True)
class Units:
    """The units of a level: their word, the level's number (0 without an order), how many, how large."""

    name: str
    number: int
    count: int | None
    sizes: tuple[Sizes, ...] = ()


@dataclass(frozen=True)
class Sample:
    """The units of all levels, the observations first; ``rows`` are those of the data, also incomplete."""

    units: tuple[Units, ...]
    rows: int | None = None

    @property
    def incomplete(self) -> int:
        """The number of rows that lack a value, and were left out."""
        used = self.units[0].count
        return self.rows - used if self.rows is not None and used is not None else 0


@dataclass(frozen=True)
class Summary:
    """Descriptive statistics of a number, over the units of its level."""

    count: int
    mean: float
    sd: float | None
    low: float
    high: float


@dataclass(frozen=True)
class Form:
    """How a variable enters the model: ``kind`` names the words, ``detail`` is a place or an expression.

    "itself", "indicators", "factor" (of unknown categories), "group mean" and "grand mean" (centred), "value"
    (centred at a number), "mean" (its mean in a group), "overall", "function", "offset", "weight", "trials".
    """

    kind: str
    detail: str = ""


@dataclass(frozen=True)
class Described:
    """A variable of the model: how it is called, at which level it varies, how it enters, its statistics.

    ``codes`` say what numbers mean; ``counts`` are the categories with the number of units in each, the
    reference first.
    """

    name: str
    label: str
    outcome: bool
    units: str
    unit: str = ""
    forms: tuple[Form, ...] = ()
    reference: str = ""
    codes: tuple[tuple[str, str], ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    summary: Summary | None = None


@dataclass(frozen=True)
class Factor:
    """A factor of a term: a variable's label, the form in which it stands, its category."""

    label: str
    form: Form
    category: str = ""


@dataclass(frozen=True)
class Ratio:
    """The exponential of a coefficient, with the ends of its interval."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Fixed:
    """A row of the table of fixed coefficients and thresholds; the intercept is a term without factors.

    ``category`` is the outcome's, in a multinomial model; ``threshold`` the number of a threshold.
    """

    symbol: Node | None
    term: tuple[Factor, ...]
    value: float
    std_error: float | None
    low: float | None
    high: float | None
    ratio: Ratio | None = None
    p: float | None = None
    category: str = ""
    threshold: int = 0


@dataclass(frozen=True)
class Spread:
    """A row of the table of variances and covariances; ``root`` is the SD, or the correlation.

    ``kind`` is "variance", "covariance", "residual", "autocorrelation" or "dispersion"; a residual
    variance may be that of one ``category``.
    """

    symbol: Node | None
    kind: str
    units: str
    terms: tuple[tuple[Factor, ...], ...]
    value: float
    root: float | None = None
    category: str = ""


@dataclass(frozen=True)
class Block:
    """A set of random effects: their units, their structure, how many variances and covariances."""

    units: str
    terms: tuple[tuple[Factor, ...], ...]
    structure: str


@dataclass(frozen=True)
class Estimation:
    """How the numbers came about.

    ``method`` is "reml", "ml", "laplace", "quadrature", "least squares" or "" where it is not told;
    ``converged`` and ``singular`` are None where the engine does not say.
    """

    engine: str
    version: str
    method: str
    converged: bool | None = None
    singular: bool | None = None
    log_likelihood: float | None = None
    messages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Share:
    """A quantity that the model implies: what it is called, its equation, what is to be said of it.

    ``zero`` says that it is the one where the variables of random slopes are zero.
    """

    kind: str
    equation: Equations
    group: str = ""
    note: str = ""
    model: int = 0
    zero: bool = False


@dataclass(frozen=True)
class Ratios:
    """A likelihood-ratio test of a model against an earlier one, whose ``number`` it has."""

    number: int
    statistic: float
    df: int
    p: float
    boundary: bool


@dataclass(frozen=True)
class Step:
    """A model of the sequence, with what is compared."""

    number: int
    formula: str
    method: str
    parameters: int
    minus_twice: float | None
    aic: float | None
    bic: float | None
    test: Ratios | None = None


@dataclass(frozen=True)
class Sequence:
    """The models in their order; what forbids to compare some of their numbers is said by name.

    ``reml`` says that REML fits have different fixed parts; ``rows`` and ``responses`` that the models
    were not fitted to the same observations, or response.
    """

    steps: tuple[Step, ...]
    reml: bool = False
    rows: bool = False
    responses: bool = False


@dataclass(frozen=True)
class Code:
    """Code of a ``language`` that fits the model again, or why there is none."""

    language: str
    text: str
    refused: str = ""


@dataclass(frozen=True)
class Explained:
    """A symbol with the sentence that explains it."""

    symbol: Node
    sentence: str


@dataclass(frozen=True)
class Shown:
    """The equations of the model, by level where it has levels and combined, and every symbol explained."""

    levels: Equations | None
    combined: Equations
    symbols: tuple[Explained, ...]
    indices: tuple[tuple[Node, str], ...] = ()


@dataclass(frozen=True)
class Report:
    """Everything that a write-up says."""

    model: Model
    outline: Outline
    sample: Sample
    variables: tuple[Described, ...]
    shown: Shown
    blocks: tuple[Block, ...]
    estimation: Estimation
    fixed: tuple[Fixed, ...]
    spreads: tuple[Spread, ...]
    shares: tuple[Share, ...]
    sequence: Sequence
    code: tuple[Code, ...]
    described: bool
    version: str
