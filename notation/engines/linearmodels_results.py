"""Results of linearmodels: pooled and random-effects regressions of panels, and effects of units.

A random-effects model of a panel has random intercepts of its entities; the effects of a ``PanelOLS`` are
a coefficient for each unit but the first, whose values linearmodels gives without standard errors. It
keeps the columns of its design and not the data, so that the name of a reference category is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ..errors import ReadError
from ..estimates import Estimate, Estimates
from ..expressions import INTERCEPT, Factor, Term, Variable
from ..facts.knowledge import Facts, apply
from ..facts.learn import category_names, learn
from ..model import Categories, Grouping, Model, RandomBlock, Response
from ..numbers.evaluate import label
from ..parameters import Coefficient, Parameter, ResidualVariance, Variance
from .named_results import gather, indicated, unit_effects
from .result_columns import read_expression, read_term

if TYPE_CHECKING:
    from pandas import DataFrame

READ = ("PooledOLS", "PanelOLS", "RandomEffects", "OLS")
NO_STD_ERROR = "linearmodels gives no standard errors of variances and of effects of units"


def results(result: Any, facts: Facts) -> tuple[Model, Estimates]:
    """The model and the estimates of a fit by linearmodels.

    Raises ReadError for models of means or differences, of instruments or several equations, for weights,
    and for effects of entities and of times at once.
    """
    kind = _kind(result.model)
    frame = _frame(result.model)
    terms = {_term(str(n), result.model.formula, frame): str(n) for n in result.params.index}
    effects = _effects(result, frame) if kind == "PanelOLS" else {}
    if INTERCEPT in terms and effects:
        effects[INTERCEPT] += float(result.params[terms.pop(INTERCEPT)])
    fixed = tuple(dict.fromkeys((*(t for t in effects if not t), *terms, *effects)))
    group = str(frame.columns[0]) if kind == "RandomEffects" else None
    model = Model(
        _response(result.model, frame),
        fixed,
        () if group is None else (RandomBlock(group, (INTERCEPT,)),),
        groupings=() if group is None else (Grouping(group),),
        categories=tuple(_categories(fixed, frame)),
    )
    found = {**_coefficients(result, terms), **_variances(result, group)}
    found |= {Coefficient(t): Estimate(value, note=NO_STD_ERROR) for t, value in effects.items()}
    return gather(_with_levels(apply(model, facts), frame), found, frame, int(result.nobs), "linearmodels")


def _kind(fitted: Any) -> str:
    kind = type(fitted).__name__
    if kind == "IV2SLS" and not fitted.endog.shape[1]:
        kind = "OLS"
    if kind not in READ:
        raise ReadError(f"{kind} of linearmodels is not read", mend=f"Read are {', '.join(READ)}.")
    weights = fitted.weights.dataframe if hasattr(fitted.weights, "dataframe") else fitted.weights.pandas
    if weights.to_numpy().std() > 0:
        raise ReadError("linearmodels does not keep the column of its weights: a weighted fit is not read")
    return kind


def _frame(fitted: Any) -> DataFrame:
    """The panel's index, the response and the columns of the design, as far as linearmodels keeps them."""
    import pandas

    parts = [getattr(part, "dataframe", None) for part in (fitted.dependent, fitted.exog)]
    found = [
        p if p is not None else part.pandas
        for p, part in zip(parts, (fitted.dependent, fitted.exog), strict=True)
    ]
    joined = pandas.concat(found, axis=1)
    return (
        joined.reset_index() if isinstance(joined.index, pandas.MultiIndex) else joined.reset_index(drop=True)
    )


def _term(name: str, formula: str | None, frame: DataFrame) -> Term:
    """The term of a column: by its name in a formula; of arrays a variable, or a constant."""
    if formula is not None:
        return read_term(name, ())
    return INTERCEPT if (frame[name] == 1).all() else Term((Variable(name),))


def _response(fitted: Any, frame: DataFrame) -> Response:
    names = getattr(fitted.dependent, "vars", None) or fitted.dependent.cols
    match read_expression(str(names[0]), frame.columns):
        case Factor(name):
            return Response(Variable(name))
        case expression:
            return Response(expression)


def _categories(terms: Iterable[Term], frame: DataFrame) -> Iterable[Categories]:
    for name, shown in indicated(terms).items():
        names = category_names(frame[name]) if name in frame else ("", *shown)
        yield Categories(name, names)


def _with_levels(model: Model, frame: DataFrame) -> Model:
    """What the columns tell of the levels; without groups there is nothing to tell."""
    if not model.random:
        return model
    missing = [name for name in model.variables if name not in frame]
    if missing:
        raise ReadError(
            f"linearmodels keeps the columns of its design only, and {missing[0]} is none of them",
            mend="Make the column beforehand, under a name of its own.",
        )
    return learn(model, frame)


def _coefficients(result: Any, terms: Mapping[Term, str]) -> dict[Parameter, Estimate]:
    table = result.conf_int().assign(value=result.params, error=result.std_errors).astype(float)
    rows = {Coefficient(term): table.loc[name] for term, name in terms.items()}
    return {p: Estimate(row["value"], row["error"], row["lower"], row["upper"]) for p, row in rows.items()}


def _variances(result: Any, group: str | None) -> dict[Parameter, Estimate]:
    if group is None:
        return {ResidualVariance(): Estimate(float(result.s2), note=NO_STD_ERROR)}
    parts = result.variance_decomposition
    between = Estimate(float(parts["Effects"]), note=NO_STD_ERROR)
    return {
        Variance(group, INTERCEPT): between,
        ResidualVariance(): Estimate(float(parts["Residual"]), note=NO_STD_ERROR),
    }


def _effects(result: Any, frame: DataFrame) -> dict[Term, float]:
    """The effects of a ``PanelOLS``: of entities, or of times, as of the first unit and differences."""
    fitted = result.model
    chosen = [
        n for n, has in zip(frame.columns, (fitted.entity_effects, fitted.time_effects), strict=False) if has
    ]
    if len(chosen) > 1 or fitted.other_effects:
        raise ReadError("PanelOLS of linearmodels with effects of several factors is not read")
    if not chosen:
        return {}
    values = result.estimated_effects.iloc[:, 0].to_numpy()
    by_unit = dict(zip(map(label, frame[chosen[0]]), map(float, values), strict=True))
    return unit_effects(str(chosen[0]), by_unit, category_names(frame[chosen[0]]))
