"""Results of statsmodels, taken apart: which kind of model, its terms, its estimates.

A formula's columns carry patsy's names, which are read; an array's columns are variables by their names.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ..errors import ReadError
from ..estimates import Estimates
from ..expressions import Call, Constant, Expression, Factor, Indicator, Term, Variable
from ..facts.knowledge import Facts
from ..facts.learn import category_names
from ..facts.units import is_numeric
from ..model import GAUSSIAN, Categories, Family, Model, Response
from ..numbers.evaluate import label
from .result_columns import check_columns, counts_from_zero, find_column, parts, read_expression, read_term
from .statsmodels import state
from .statsmodels_estimates import read_estimates, weights_of
from .statsmodels_kinds import KINDS, MEANS, MODULES, REFUSED, is_binary
from .statsmodels_means import is_share

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame

    Array = NDArray[Any]


def results(result: Any, facts: Facts) -> tuple[Model, Estimates]:
    """The model and the estimates of a statsmodels result.

    Raises ReadError, by name, for a kind of model that the equations here do not say.
    """
    fitted: Any = getattr(result, "model", None)
    if fitted is None and hasattr(result, "fit"):
        raise ReadError(f"the {type(result).__name__} of statsmodels is not fitted", mend="Call its fit().")
    kind = type(fitted).__name__
    if kind in MODULES:
        taken: tuple[Model, Estimates]
        taken = import_module(f"{__package__}.{MODULES[kind]}").results(result, facts)
        return taken
    if kind not in {**KINDS, **MEANS}:
        known = f"Read are {', '.join([*KINDS, *MEANS, *MODULES])}."
        reason, mend = REFUSED.get(kind, ("is not read", known))
        raise ReadError(f"{kind} of statsmodels {reason}", mend=mend)
    design = read_design(fitted)
    family, remarks = MEANS[kind](result) if kind in MEANS else (KINDS[kind](fitted), ())
    model = _model(fitted, design, family)
    estimates = dict(read_estimates(result, model, design.terms))
    rows = int(getattr(result, "nobs", len(fitted.exog)))
    remarks += (*_of_first(model), *_of_rank(fitted), *said_of(result))
    return model, Estimates(model, estimates, {}, rows, "statsmodels", remarks)


def said_of(result: Any) -> tuple[str, ...]:
    """The state of a fit in sentences; with a colon one beside ``y ~ …`` would look like a formula."""
    return tuple(_sentence(*words.partition(": ")) for words in state(result))


def _sentence(head: str, _: str, reason: str) -> str:
    return f"{head[0].upper()}{head[1:]}" + (f" ({reason})." if reason else ".")


def _of_first(model: Model) -> tuple[str, ...]:
    """Which category a probability is of, where it is not 1 of 0 and 1."""
    known = model.categories_of(getattr(model.response.expression, "name", ""))
    if known is None or model.family.name != "binomial":
        return ()
    return (f"The probability is that of {known.variable} = {known.names[1]}.",)


def _of_rank(fitted: Any) -> tuple[str, ...]:
    """What has to be said of a fit by a generalized inverse."""
    if (getattr(fitted, "rank", None) or fitted.exog.shape[1]) >= fitted.exog.shape[1]:
        return ()
    said = (
        "Some columns of the predictors determine others, so that their coefficients are one choice of many."
    )
    return (said,)


# ------------------------------------------------------------------ the columns


@dataclass(frozen=True)
class ResultDesign:
    """The data of a fit, row by row as it was fitted, and the term of each fixed column."""

    frame: DataFrame
    terms: tuple[Term, ...]
    from_formula: bool


def read_design(fitted: Any) -> ResultDesign:
    """The terms of the fixed columns, by their names and checked by their numbers."""
    import numpy

    if getattr(fitted, "exog", None) is None:
        raise ReadError(
            "the data were removed from the fit, so that its columns cannot be told",
            mend="Take the equation before remove_data(), or write it from the formula and a table.",
        )
    count = fitted.exog.shape[1]
    names = [str(n) for n in fitted.exog_names[:count]]
    frame = _frame(fitted, names)
    from_formula = getattr(fitted, "formula", None) is not None
    from_zero = counts_from_zero(names)
    terms = tuple(read_term(n, frame.columns, from_zero) for n in names)
    if not from_formula:
        terms = tuple(Term() if (c == 1).all() else t for c, t in zip(fitted.exog.T, terms, strict=True))
    check_columns(terms, names, numpy.asarray(fitted.exog), frame)
    return ResultDesign(frame, terms, from_formula)


def _frame(fitted: Any, names: list[str]) -> DataFrame:
    """The data that a formula was fitted to, without the rows left out; an array's own columns."""
    import pandas

    data = fitted.data
    if getattr(data, "frame", None) is None:
        columns = {n: fitted.exog[:, k] for k, n in enumerate(names)}
        return pandas.DataFrame(columns)
    if len(data.frame) == len(fitted.exog):
        return data.frame.reset_index(drop=True)
    missing = data.missing_row_idx
    return data.frame.drop(data.frame.index[missing]).reset_index(drop=True)


# ------------------------------------------------------------------ the model


def _model(fitted: Any, design: ResultDesign, family: Family) -> Model:
    weights = _weights(fitted, design.frame)
    fixed = design.terms
    if family.name == "cumulative":
        fixed = (Term(), *fixed)  # as in a formula: the thresholds take the intercept's place
    response = read_response(fitted, design.frame, family)
    if weights is not None and family.name == "binomial" and is_share(fitted):
        response, weights = Response(Call("*", (response.expression, weights)), weights), None
    if weights is not None and family.name != "gaussian":
        raise ReadError(f"weights in a {family.name} model have no place in its equations")
    return Model(
        response,
        fixed,
        family=family,
        offsets=tuple(_offsets(fitted, design.frame)),
        weights=weights,
        categories=(
            *read_categories(design.terms, fitted.exog_names, design.frame),
            *_response_categories(fitted, response),
        ),
    )


def read_response(fitted: Any, frame: DataFrame, family: Family = GAUSSIAN) -> Response:
    """The response by the left side of the formula, or the name of the array."""
    formula, names = getattr(fitted, "formula", None), fitted.endog_names
    left = str(formula).partition("~")[0].strip() if formula is not None else names
    if family.name == "binomial" and not isinstance(left, str):
        left = " + ".join(left)
    if family.name == "binomial" and isinstance(names, list) and len(names) == 2 and "+" in left:
        successes, failures = (read_expression(n.strip(), frame.columns) for n in left.split("+"))
        return Response(successes, Call("+", (successes, failures)))
    if formula is None:
        return Response(Variable(str(names)))
    match read_expression(left, frame.columns):
        case Factor(name):
            return Response(Variable(name))
        case expression:
            return Response(expression)


def _response_categories(fitted: Any, response: Response) -> list[Categories]:
    names = getattr(fitted, "labels", None)
    if isinstance(fitted.endog_names, list) and response.trials is None:
        # A GLM models the probability of the first category, and not of the second as R does.
        names = [part.rpartition("[")[2].removesuffix("]") for part in reversed(fitted.endog_names)]
    if names is None and (mapped := getattr(fitted, "_ynames_map", None)) is not None:
        names = None if is_binary(fitted) else [mapped[k] for k in sorted(mapped)]
    if names is None or not isinstance(response.expression, Variable):
        return []
    return [Categories(response.expression.name, tuple(map(label, names)))]


def read_categories(terms: tuple[Term, ...], names: list[str], frame: DataFrame) -> list[Categories]:
    """The categories of each categorical variable, the reference first: patsy's is the first in order."""
    shown: dict[str, set[str]] = {}
    for term, name in zip(terms, names, strict=False):  # behind the columns come further parameters
        for factor, part in zip(term.factors, parts(name), strict=False):
            if isinstance(factor, Indicator):
                found = shown.setdefault(factor.variable, set())
                if "[T." in part:
                    found.add(factor.category)
    return [_categories(variable, contrasted, frame) for variable, contrasted in shown.items()]


def _categories(variable: str, contrasted: set[str], frame: DataFrame) -> Categories:
    names = category_names(frame[variable])
    references = [n for n in names if n not in contrasted]
    if contrasted and len(references) != 1:
        raise ReadError(f"the reference category of {variable} is not one of its categories")
    ordered = (references[0], *(n for n in names if n in contrasted)) if contrasted else names
    return Categories(variable, ordered, is_numeric(frame[variable]))


def _weights(fitted: Any, frame: DataFrame) -> Expression | None:
    """The w of the residual variance σ²/w; of a GLS with the variances σ²v it is 1/v."""
    found = weights_of(fitted)
    if found is None or (found == found[0]).all():
        return None
    if type(fitted).__name__ == "GLS":
        return Call("/", (Constant(1), Variable(find_column(fitted.sigma, frame) or "sigma")))
    return Variable(find_column(found, frame) or "weights")


def _offsets(fitted: Any, frame: DataFrame) -> list[Expression]:
    """The offset, and the logarithm of the exposure, as the columns that hold them."""
    import numpy

    found: list[Expression] = []
    offset, exposure = getattr(fitted, "offset", None), getattr(fitted, "exposure", None)
    if offset is not None and numpy.any(offset):
        found.append(Variable(find_column(offset, frame) or "offset"))
    if exposure is not None and numpy.any(exposure):  # statsmodels keeps its logarithm
        name = next((n for n in frame.columns if _is_log_of(exposure, frame[n])), "exposure")
        found.append(Call("log", (Variable(str(name)),)))
    return found


def _is_log_of(values: Array, column: Any) -> bool:
    import numpy

    return column.dtype.kind in "iuf" and bool(numpy.allclose(numpy.exp(values), column, rtol=1e-12))
