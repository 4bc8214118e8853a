"""What a page says of the residuals beside one variance: a variance for each category, autocorrelation."""

from __future__ import annotations

from dataclasses import replace

from ..equations import Index, Label, Node, Number, Power, Symbol, Word
from ..errors import ReadError
from ..expressions import Indicator
from ..frozen import frozen
from ..model import Categories, Nested, Residual
from ..parameters import Autocorrelation, Parameter, ResidualVariance
from .book import Book
from .groups import Groups
from .names import Indices, key
from .said import residual_of
from .sorting import Sorted
from .variances import LAG, by_category, unweighted


@frozen
class Residuals:
    """The residual of a model, the categories of what its variances differ by, and the author's symbols."""

    residual: Residual | None
    categories: tuple[Categories, ...] = ()
    symbols: tuple[tuple[Parameter, Node], ...] = ()


def residuals_of(found: Sorted, spread: Node | None) -> Residuals:
    """What ``spread``, the variance of the residual, and correlations of residuals say.

    Raises ReadError for correlations that are no AR(1) process.
    """
    correlation = _autocorrelation(found)
    within, rho = correlation or (None, None)
    if within is None and (said := residual_of(found.book, found.groups, found.residual)) is not None:
        within = said.ar1_within
    symbols: list[tuple[Parameter, Node]] = [] if rho is None else [(Autocorrelation(), rho)]
    parts = by_category(unweighted(spread))
    if not parts:
        own = unweighted(spread)
        symbols += [] if own is None else [(ResidualVariance(), own)]
        return Residuals(Residual(ar1_within=within) if within else None, symbols=tuple(symbols))
    indicators = [found.data.read(symbol, found.outcome.statement) for _, symbol in parts]
    shown = [i for i in indicators if isinstance(i, Indicator)]
    symbols += [
        (ResidualVariance(i.category), variance) for i, (variance, _) in zip(shown, parts, strict=True)
    ]
    by = shown[0].variable
    known = Categories(by, tuple(i.category for i in shown))
    return Residuals(Residual(by, within), (known,), tuple(symbols))


# ------------------------------------------------------------------ autocorrelation


def _autocorrelation(found: Sorted) -> tuple[str, Node] | None:
    """The grouping factor within which residuals are correlated, and the correlation of successive ones."""
    residual = found.residual
    if residual is None or residual.symbol is None:
        return None
    for a, b, correlation, statement in found.book.correlations:
        if residual.key not in (key(a), key(b)):
            continue
        lagged = b if key(a) == residual.key else a
        steps = _steps(lagged, residual.symbol)
        rho = None if steps is None else _root(correlation, steps)
        group = _series(found.groups, found.book.close(lagged))
        if rho is None or group is None:
            raise _no_process(found.book, statement)
        return group, rho
    return None


def _series(groups: Groups, indices: Indices) -> str | None:
    """The grouping factor whose units these indices tell, with those of the factors it is nested in."""
    units = dict(groups.units)
    for relation in groups.relations:
        if isinstance(relation, Nested) and {relation.inner, relation.outer} <= units.keys():
            units[relation.inner] |= groups.units[relation.outer]
    return next((name for name, found in units.items() if found == indices), None)


def _steps(lagged: Symbol, residual: Symbol) -> str | None:
    """S of r_{i-s,j}, where it is r_ij but for the lag; else none."""
    below = list(lagged.below)
    for place, script in enumerate(below):
        match script:
            case Word(text) if lag := LAG.fullmatch(text):
                below[place] = Index(lag["index"])
                return lag["steps"] if replace(lagged, below=tuple(below)) == residual else None
    return None


def _root(correlation: Node, steps: str) -> Node | None:
    """ρ of ρ^s at s steps; at one step the correlation itself."""
    match correlation:
        case Symbol(above=(Index(name) | Word(name) | Label(Symbol(name)),)) if name == steps:
            return replace(correlation, above=())
        case Power(rho, Symbol(name, ())) if name == steps:
            return rho
        case Symbol(above=()) | Number() if steps == "1":
            return correlation
        case _:
            return None


def _no_process(book: Book, statement: int) -> ReadError:
    return book.remarks.refusal(
        "These correlations of residuals are not those of an AR(1) process.",
        "Write Cor(r_ij, r_{i-s,j}) = ρ^s; other correlations of residuals cannot be held.",
        book.span(statement),
    )
