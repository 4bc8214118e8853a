"""Numbers for parameters, and the one place that chooses between a symbol and a number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from itertools import combinations
from math import isfinite, sqrt
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from .equations import (
    Equation,
    Equations,
    Index,
    Legend,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Range,
    Symbol,
    Uncertain,
)
from .errors import Span
from .expressions import Term
from .frozen import frozen
from .model import Model
from .options import Options
from .parameters import (
    Autocorrelation,
    Coefficient,
    Covariance,
    Dispersion,
    Parameter,
    ResidualVariance,
    Threshold,
    Variance,
)

if TYPE_CHECKING:
    from pandas import DataFrame


@frozen
class Estimate:
    """The estimate of one parameter, on the scale of that parameter: of a variance, a variance.

    ``low`` and ``high`` are the ends of its 95 % interval. What an engine does not give is None, and
    ``note`` says why.
    """

    value: float
    std_error: float | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""


def wald(value: float, std_error: float) -> Estimate:
    """An estimate with its 95 % interval by the normal distribution."""
    return Estimate(value, std_error, value - NORMAL_975 * std_error, value + NORMAL_975 * std_error)


NORMAL_975 = 1.959963984540054


def spreads(
    group: str, terms: Sequence[Term], covariance: Any, note: str = ""
) -> list[tuple[Parameter, Estimate]]:
    """The variances and covariances of one block of random effects, from their covariance matrix.

    The rows and columns of the matrix are in the order of ``terms``.
    """

    def estimate(row: int, column: int) -> Estimate:
        return Estimate(float(covariance[row, column]), note=note)

    pairs = combinations(range(len(terms)), 2)
    return [
        *((Variance(group, term), estimate(n, n)) for n, term in enumerate(terms)),
        *((Covariance(group, frozenset((terms[a], terms[b]))), estimate(a, b)) for a, b in pairs),
    ]


@dataclass(frozen=True, eq=False)
class Estimates(Mapping[Parameter, Estimate]):
    """The estimates of a model's parameters, by parameter; immutable.

    ``groups`` are the numbers of units of the grouping factors, ``observations`` the number of rows
    that were used, ``engine`` the name of the program that computed the estimates; ``remarks`` are sentences
    on how they were estimated, which stand beside equations with these numbers.
    """

    model: Model
    by_parameter: Mapping[Parameter, Estimate] = field(repr=False)
    groups: Mapping[str, int] = field(default_factory=dict)
    observations: int | None = None
    engine: str = ""
    remarks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("by_parameter", "groups"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    @classmethod
    def from_table(cls, model: Model, frame: DataFrame) -> Estimates:
        """The estimates of a tidy table, as broom.mixed makes it; see :mod:`notation.fits.tidy`."""
        from .fits.tidy import read_table

        return read_table(model, frame)

    def __getitem__(self, parameter: Parameter) -> Estimate:
        return self.by_parameter[parameter]

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self.by_parameter)

    def __len__(self) -> int:
        return len(self.by_parameter)

    def table(self) -> DataFrame:
        """One row a parameter.

        ``effect`` is fixed, variance, covariance, residual, …; ``group`` the column of the grouping
        factor (``outer:inner`` when nested); ``term`` and, of a covariance, ``term2`` are in R's
        spelling. ``estimate`` of a variance is a variance and ``sd`` its root; ``correlation``
        belongs to a covariance.
        """
        from pandas import DataFrame

        return DataFrame([self._row(p) for p in self], columns=COLUMNS)

    def _row(self, parameter: Parameter) -> dict[str, object]:
        estimate = self[parameter]
        interval = {name: getattr(estimate, name) for name in ("std_error", "low", "high")}
        return {"term": "", "term2": "", "estimate": estimate.value, **interval, **self._place(parameter)}

    def _place(self, parameter: Parameter) -> dict[str, object]:
        """What a row says beside the numbers of its estimate."""
        from .spelling import spell_term

        match parameter:
            case Coefficient(term, category):
                return {"effect": "fixed", "group": category, "term": spell_term(term)}
            case Variance(group, term):
                place = {"effect": "variance", "group": group_label(self.model, group)}
                return {**place, "term": spell_term(term), "sd": self._sd(parameter)}
            case Covariance(group, terms):
                first, second = map(spell_term, self._in_order(group, terms))
                place = {"effect": "covariance", "group": group_label(self.model, group)}
                return {**place, "term": first, "term2": second, "correlation": self._correlation(parameter)}
            case ResidualVariance(category):
                place = {"effect": "residual", "group": "Residual", "term": category}
                return {**place, "sd": self._sd(parameter)}
            case Autocorrelation(group):
                return {"effect": "autocorrelation", "group": group or "Residual"}
            case Threshold(k):
                return {"effect": "threshold", "term": threshold_name(self.model, k)}
            case Dispersion():
                return {"effect": "dispersion"}

    def _sd(self, parameter: Parameter) -> float:
        return sqrt(max(0.0, self[parameter].value))

    def _correlation(self, covariance: Covariance) -> float | None:
        spread = 1.0
        for term in covariance.terms:
            spread *= self._sd(Variance(covariance.group, term))
        return self[covariance].value / spread if spread else None

    def _in_order(self, group: str, terms: frozenset[Term]) -> list[Term]:
        blocks = [b.terms for b in self.model.random if b.group == group and terms <= set(b.terms)]
        return sorted(terms, key=blocks[0].index)


def threshold_name(model: Model, k: int) -> str:
    """The categories that a threshold stands between, as R's ``clm`` and ``polr`` name it: ``low|high``."""
    known = model.categories_of(getattr(model.response.expression, "name", ""))
    return "|".join(known.names[k - 1 : k + 1]) if known else f"{k}|{k + 1}"


COLUMNS = [
    "effect",
    "group",
    "term",
    "term2",
    "estimate",
    "std_error",
    "low",
    "high",
    "sd",
    "correlation",
]
"""The columns of the table of estimates."""


def group_label(model: Model, group: str) -> str:
    """How tables name a grouping factor: by its column, ``outer:inner`` when it is nested."""
    if ":" in group:
        return group
    return ":".join((*reversed(model.outer_groups(group)), group))


# ------------------------------------------------------------------ numbers in equations


def fill(page: Equations, estimates: Estimates, options: Options) -> Equations:
    """The equations with numbers in the place of symbols, or beside them, by ``options.numbers``.

    A parameter that has no estimate keeps its symbol. A variance is the square of a standard
    deviation, or the variance itself, by ``options.spread``. The upper limit of a range (``j = 1, …,
    J``) becomes the number of units where it is known.
    """
    if options.numbers == "none":
        return page

    def change(item: object) -> object:
        match item:
            case Quantity(parameter, symbol, whole) if whole is not None and options.numbers != "both":
                return _root(parameter, estimates, options) or symbol
            case Quantity(Threshold(), Symbol(below=(Index(),)) as symbol) if Threshold(2) in estimates:
                return symbol  # θ_m stands for all thresholds, so that no one number can take its place
            case Quantity(parameter, symbol):
                return (
                    symbol if options.numbers == "both" else _number(parameter, estimates, options) or symbol
                )
            case Range(group=group, upper=upper) if upper and group in estimates.groups:
                return replace(item, upper=str(estimates.groups[group]))
            case Product((Negative(first), *others)):  # −1.31 ses is minus a product, in a sum a subtraction
                return Negative(Product((first, *others), item.sign))
            case Negative(Negative(of)):
                return of
            case _:
                return item

    statements = _rebuild(page.statements, change)
    if options.numbers == "both":
        statements += tuple(_values(page, estimates, options))
    remarks = (*page.legend.remarks, *_remarks(estimates, options))
    return Equations(statements, replace(page.legend, remarks=remarks))


REMARKS = {
    "se": "Standard errors stand with their estimates, in parentheses.",
    "interval": "95 % intervals stand with their estimates, in brackets.",
}


def _remarks(estimates: Estimates, options: Options) -> tuple[str, ...]:
    """What has to be said about the numbers, where the legend is printed."""
    if not options.legend:
        return ()
    told = any(_bounds(e, options) for e in estimates.values())
    return (*estimates.remarks, *((REMARKS[options.numbers],) if told else ()))


def _values(page: Equations, estimates: Estimates, options: Options) -> Iterator[Equation]:
    """A statement ``γ_00 = 12.64`` for each parameter of the page, in order of appearance."""
    from .description.glossary import glossary

    for parameter, symbol in glossary(page).parameters.items():
        number = _number(parameter, estimates, options)
        if number is not None:
            yield Equation((_with_hats(symbol) if options.hats else symbol, number))


def _with_hats(node: Any) -> Any:
    """A symbol, or its square, as estimated; a product, as ρσσ, is no estimate of its own."""
    match node:
        case Symbol():
            return replace(node, accent="hat")
        case Power(base, exponent):
            return Power(_with_hats(base), exponent)
        case _:
            return node


def _number(parameter: Parameter, estimates: Estimates, options: Options) -> Node | None:
    estimate = estimates.get(parameter)
    if estimate is None or not isfinite(estimate.value):
        return None
    options = _as_exact_as_its_error(estimate, options)
    bounds = _bounds(estimate, options)
    is_spread = isinstance(parameter, Variance | ResidualVariance) and estimate.value >= 0
    # The errors of a variance are not those of its root: with them, the variance itself is shown.
    if is_spread and options.spread == "sd" and not bounds:
        return Power(shown(sqrt(estimate.value), options), Number("2"))
    match shown(estimate.value, options):
        case number if not bounds:
            return number
        case Negative(of):  # the minus joins the sum that the number stands in
            return Negative(Uncertain(of, bounds))
        case number:
            return Uncertain(number, bounds)


def _root(parameter: Parameter, estimates: Estimates, options: Options) -> Node | None:
    """The standard deviation of a variance, or the correlation of a covariance, as far as it is known."""
    parts = [parameter]
    if isinstance(parameter, Covariance):
        parts += [Variance(parameter.group, term) for term in parameter.terms]
    values = [estimates[p].value for p in parts if p in estimates.by_parameter]
    if len(values) < len(parts) or not all(map(isfinite, values)):
        return None
    match values:
        case [variance]:
            return shown(sqrt(max(0.0, variance)), options)
        case [covariance, a, b] if a > 0 and b > 0:
            return shown(covariance / sqrt(a * b), options)
        case _:
            return None


def _bounds(estimate: Estimate, options: Options) -> tuple[Node, ...]:
    """The standard error, or the ends of the interval, as far as they are asked for and known."""
    asked = {"se": (estimate.std_error,), "interval": (estimate.low, estimate.high)}
    found = [x for x in asked.get(options.numbers, ()) if x is not None and isfinite(x)]
    complete = len(found) == len(asked.get(options.numbers, ()))
    return tuple(shown(x, options) for x in found) if complete else ()


def _as_exact_as_its_error(estimate: Estimate, options: Options) -> Options:
    """The options with the digits that the error beside the number needs: 0.06108 (0.00065)."""
    match options.numbers, estimate:
        case "se", Estimate(std_error=float(error)) if isfinite(error):
            return replace(options, decimals=_decimals(error, options))
        case "interval", Estimate(low=float(low), high=float(high)) if isfinite(high - low):
            return replace(options, decimals=_decimals((high - low) / 2, options))
        case _:
            return options


def shown(value: float, options: Options) -> Node:
    """A number with the digits that are asked for; what they would hide gets two significant ones."""
    if options.digits:
        return rounded(value, _behind_point(abs(value), options.digits))
    return rounded(value, _decimals(value, options))


def _decimals(value: float, options: Options) -> int:
    size = abs(value)
    hidden = size > SMALLEST and not float(f"{size:.{options.decimals}f}")
    return _behind_point(size, 2) if hidden else options.decimals


SMALLEST = 1e-10
"""What is smaller is the noise of computing, as of a variance at zero, and is shown as zero."""


def _behind_point(size: float, digits: int) -> int:
    """How many digits stand behind the point of a number with so many significant ones."""
    exponent = int(f"{size:.{digits - 1}e}".partition("e")[2])
    return max(0, digits - 1 - exponent)


def rounded(value: float, decimals: int) -> Node:
    """A number with so many digits behind the point: zeros are kept, zero has no sign."""
    number = Number(f"{abs(value):.{decimals}f}")
    return Negative(number) if value < 0 and float(number.text) else number


def _rebuild(item: Any, change: Callable[[object], object]) -> Any:
    """The tree with each of its parts changed, the parts of a part first."""
    match item:
        case tuple():
            return tuple(_rebuild(part, change) for part in item)
        case Quantity():
            return change(item)
        case Symbol() | Number() | Span() | Legend():
            return item
        case _ if is_dataclass(item) and not isinstance(item, type):
            parts = {f.name: _rebuild(getattr(item, f.name), change) for f in fields(item)}
            return change(replace(item, **parts))
        case _:
            return item
