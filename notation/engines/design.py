"""The columns of a model, computed from data, under names that every engine can read.

Engines differ in which functions and names their formulas know. So each term is evaluated here, once,
and an engine is handed plain columns: ``y``, ``x1``, ``x2``, … and ``g1``, ``g2``, … for the blocks of
random effects.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import FitError
from ..expressions import Expression, Indicator, Term
from ..facts.learn import group_sizes, used_columns
from ..model import Model, RandomBlock, Residual
from ..numbers.evaluate import columns_of_group, evaluate, evaluate_term, units
from ..spelling import spell, spell_term
from .diagnosis import check_response

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame, Series

INTERCEPT_COLUMN = "(Intercept)"


@dataclass(frozen=True)
class Block:
    """The columns of one block of random effects; each block has a grouping column of its own."""

    block: RandomBlock
    group: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Design:
    """The response ``y``, and the columns of the fixed and random terms, in one frame.

    ``terms`` gives the term of each column; ``offset``, ``weights`` and ``trials`` are numbers for each
    row, or None; ``groups`` the numbers of units.
    """

    frame: DataFrame
    terms: dict[str, Term]
    fixed: tuple[str, ...]
    blocks: tuple[Block, ...]
    offset: NDArray[Any] | None
    weights: NDArray[Any] | None
    trials: NDArray[Any] | None
    groups: dict[str, int]
    warnings: tuple[str, ...]

    @property
    def response(self) -> NDArray[Any]:
        """The response, one number an observation."""
        values: NDArray[Any] = self.frame["y"].to_numpy(float)
        return values

    @property
    def names(self) -> dict[str, str]:
        """The user's name of each column: of a term in R's spelling, of a grouping factor its own."""
        groups = {b.group: b.block.group for b in self.blocks}
        return {name: spell_term(term) for name, term in self.terms.items()} | groups

    @property
    def matrix(self) -> NDArray[Any]:
        """The fixed columns as a matrix, one row an observation."""
        matrix: NDArray[Any] = self.frame[list(self.fixed)].to_numpy()
        return matrix


def design(model: Model, data: DataFrame) -> Design:
    """The columns of a model, of the rows that have a value in each column it uses.

    Raises FitError for structures that no engine is asked to fit, and where the data do not identify a
    parameter.
    """
    _check_structure(model)
    rows = data[list(used_columns(model, data))].dropna().reset_index(drop=True)
    if rows.empty:
        raise FitError("no row of the data has a value in each column that the model uses")
    names = {t: f"x{n}" if t else INTERCEPT_COLUMN for n, t in enumerate(model.terms, 1)}
    blocks = [Block(b, f"g{n}", tuple(names[t] for t in b.terms)) for n, b in enumerate(model.random, 1)]
    found = Design(
        frame=_frame(model, rows, names, blocks),
        terms={name: term for term, name in names.items()},
        fixed=tuple(names[t] for t in model.fixed),
        blocks=tuple(blocks),
        offset=_sum_of(model.offsets, rows),
        weights=_sum_of((model.weights,), rows) if model.weights else None,
        trials=_sum_of((model.response.trials,), rows) if model.response.trials else None,
        groups=group_sizes(model, rows),
        warnings=_left_out(len(data) - len(rows), len(data)),
    )
    check_response(model, found.response, found.trials)
    _check_rank(found)
    if model.residual is not None:
        _check_blocks(found)
    return found


def _frame(model: Model, rows: DataFrame, names: dict[Term, str], blocks: list[Block]) -> DataFrame:
    import numpy
    import pandas

    with numpy.errstate(all="ignore"):  # what is not finite is refused by name
        response = _finite(evaluate(_response(model), rows), spell(model.response.expression))
        columns = {name: _finite(evaluate_term(t, rows), spell_term(t)) for t, name in names.items()}
    groups = {b.group: _units(b.block.group, model, rows) for b in blocks}
    return pandas.DataFrame({"y": response, **columns, **groups})


def _response(model: Model) -> Expression:
    """The response; of one with two categories, 1 for the second, as R counts successes."""
    expression = model.response.expression
    known = model.categories_of(getattr(expression, "name", ""))
    if known is not None and model.family.name == "binomial" and len(known.names) == 2:
        return Indicator(known.variable, known.names[1])
    return expression


def _units(group: str, model: Model, rows: DataFrame) -> Series:
    factors = (*reversed(model.outer_groups(group)), group)
    columns = dict.fromkeys(c for factor in factors for c in columns_of_group(factor, rows))
    return units(tuple(columns), rows)


def _sum_of(expressions: tuple[Expression, ...], rows: DataFrame) -> NDArray[Any] | None:
    total = None
    for expression in expressions:
        values = _finite(evaluate(expression, rows), spell(expression)).to_numpy()
        total = values if total is None else total + values
    return total


def _left_out(count: int, of: int) -> tuple[str, ...]:
    return (f"{count} of {of} rows lack a value and were left out",) if count else ()


# ------------------------------------------------------------------ what cannot be fitted


def check_family(model: Model, families: Iterable[str], engine: str, instead: str) -> None:
    """Refuse a family that an engine does not fit, and weights where there is no residual."""
    if model.family.name not in families:
        fitted, wanted = (n.replace("_", " ") for n in (", ".join(families), model.family.name))
        raise FitError(f"{engine} fits {fitted} models, and no {wanted} ones; {instead}")
    if model.weights is not None and model.family.name != "gaussian":
        raise FitError(f"weights in a {model.family.name} model are not fitted")


def _check_structure(model: Model) -> None:
    if model.residual not in (None, Residual()):
        raise FitError("only models with one residual variance and independent residuals are fitted so far")
    for block in model.random:
        if block.structure != "full":
            kind = block.structure.replace("_", " ")
            raise FitError(f"the covariance structure {kind} of {block.group} is not fitted so far")


def _finite(values: Series, name: str) -> Series:
    import numpy

    wrong = int((~numpy.isfinite(values)).sum())
    if wrong:
        raise FitError(f"{name} has no finite value in {wrong} of the rows that are fitted")
    return values


def _check_rank(design: Design) -> None:
    """Refuse a fixed column that the columns before it determine, with R's tolerance (``lm``, 1e-7)."""
    import numpy

    lengths = numpy.linalg.norm(design.matrix, axis=0)
    if not len(lengths):
        return
    remaining = numpy.abs(numpy.diag(numpy.linalg.qr(design.matrix, mode="r")))
    lost = [
        name for name, r, length in zip(design.fixed, remaining, lengths, strict=False) if r <= 1e-7 * length
    ]
    if lost or len(design.fixed) > len(design.frame):
        term = spell_term(design.terms[(lost or design.fixed)[-1]])
        raise FitError(f"the coefficient of {term} cannot be estimated: the other terms determine its column")


def _check_blocks(design: Design) -> None:
    """Refuse random effects that the residual cannot be told from, as lme4's checks do."""
    for block in design.blocks:
        count = design.frame[block.group].nunique()
        name = block.block.group
        if count < 2:
            raise FitError(f"{name} has one unit in the data: a variance between units needs more")
        if count * len(block.columns) >= len(design.frame):
            raise FitError(
                f"{name} has {count * len(block.columns)} random effects for {len(design.frame)} rows: "
                "their variances cannot be told from that of the residual"
            )
