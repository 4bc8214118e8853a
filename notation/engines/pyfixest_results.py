"""Results of pyfixest's ``feols``, ``feglm`` and ``fepois``: regressions with absorbed effects of units.

An effect that is absorbed (``y ~ x | firm``) is a coefficient for each unit but the first, as
``y ~ x + factor(firm)`` has them; pyfixest gives their values (``fixef()``) and no standard errors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..errors import ReadError
from ..estimates import Estimate, Estimates
from ..expressions import INTERCEPT, Expression, Factor, Term, Variable
from ..facts.knowledge import Facts, apply
from ..facts.learn import category_names, learn
from ..model import FAMILIES_WITH_RESIDUAL, GAUSSIAN, Family, Model, Response
from ..numbers.evaluate import label
from ..parameters import Coefficient, Parameter, ResidualVariance
from .named_results import categories_of, gather, unit_effects
from .result_columns import read_expression, read_term

if TYPE_CHECKING:
    from pandas import DataFrame

FAMILIES: dict[str, Family] = {
    "feols": GAUSSIAN,
    "fepois": Family("poisson"),
    "feglm-gaussian": GAUSSIAN,
    "feglm-logit": Family("binomial"),
    "feglm-probit": Family("binomial", "probit"),
}
"""The families by the names of pyfixest's methods."""

ABSORBED = "pyfixest gives no standard errors of absorbed effects"


def results(result: Any, facts: Facts) -> tuple[Model, Estimates]:
    """The model and the estimates of a fit by pyfixest.

    Raises ReadError for several fits in one, for instruments, and for absorbed slopes and interactions.
    """
    family = FAMILIES.get(getattr(result, "_method", ""))
    if family is None or not hasattr(result, "_coefnames") or result._is_iv:
        kind = type(result).__name__
        raise ReadError(f"a {kind} of pyfixest is not read; single fits without instruments are")
    frame, absorbed = result._data, _absorbed(result)
    names = map(str, result._coefnames)
    coefficients = {read_term(_spelling(name, frame), frame.columns): name for name in names}
    terms = (*([INTERCEPT] if absorbed else []), *coefficients, *(t for t in absorbed if t != INTERCEPT))
    model = Model(
        _response(result, frame),
        terms,
        family=family,
        offsets=tuple(Variable(n) for n in [result._offset_name] if n),
        weights=_weights(result, family),
        categories=categories_of(terms, frame),
    )
    found = _coefficients(result, coefficients)
    found |= {Coefficient(term): estimate for term, estimate in absorbed.items()}
    if family.name in FAMILIES_WITH_RESIDUAL:
        # Its mean square error divides by the rows; the residual variance by the degrees of freedom.
        freedom = int(result._N) - len(terms)
        found[ResidualVariance()] = Estimate(float(result._rmse) ** 2 * int(result._N) / freedom)
    return gather(learn(apply(model, facts), frame), found, frame, int(result._N), "pyfixest")


def _response(result: Any, frame: DataFrame) -> Response:
    match read_expression(str(result._depvar), frame.columns):
        case Factor(name):
            return Response(Variable(name))
        case expression:
            return Response(expression)


def _spelling(name: str, frame: DataFrame) -> str:
    """The name of a column as patsy would have it: ``i(Machine, x)`` makes ``Machine::B:x``."""
    head, mark, rest = name.partition("::")
    if not mark:
        return name
    variable = head.rpartition(":")[2]
    known = category_names(frame[variable]) if variable in frame else ()
    fitting = [c for c in known if f"{rest}:".startswith(f"{c}:")]
    if not fitting:
        raise ReadError(f"the column {name} of pyfixest is not read: {variable} has no such category")
    category = max(fitting, key=len)
    return f"{head}[T.{category}]{_spelling(rest[len(category) :], frame)}"


def _weights(result: Any, family: Family) -> Expression | None:
    if not result._has_weights:
        return None
    if family != GAUSSIAN or result._weights_type != "aweights":
        raise ReadError("weights of pyfixest that are no precisions have no place in the equations")
    return Variable(str(result._weights_name))


def _coefficients(result: Any, coefficients: Mapping[Term, str]) -> dict[Parameter, Estimate]:
    values, errors, intervals = result.coef(), result.se(), result.confint()
    kind = str(result._vcov_type_detail)
    note = "" if kind == "iid" else f"standard errors of the kind {kind}"
    found: dict[Parameter, Estimate] = {}
    for term, name in coefficients.items():
        low, high = map(float, intervals.loc[name])
        found[Coefficient(term)] = Estimate(float(values[name]), float(errors[name]), low, high, note)
    return found


def _absorbed(result: Any) -> dict[Term, Estimate]:
    """The absorbed effects, as an intercept and differences from the first unit of each factor."""
    if not result._has_fixef:
        return {}
    names = [part.strip() for part in str(result._fixef).split("+")]
    strange = [n for n in names if n not in result._data]
    if strange:
        raise ReadError(
            f"the absorbed effect {strange[0]} of pyfixest is no column of the data, and is not read"
        )
    found: Counter[Term] = Counter()  # the parts of the intercept add up
    for name, values in zip(names, result.fixef().values(), strict=True):
        effects = {label(unit): float(value) for unit, value in values.items()}
        found.update(unit_effects(name, effects, category_names(result._data[name])))
    return {term: Estimate(value, note=ABSORBED) for term, value in found.items()}
