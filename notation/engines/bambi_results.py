"""Results of bambi: the pair of a ``Model`` and what its ``fit()`` returned.

The estimate of a parameter is its posterior mean, the standard error the posterior standard deviation,
and the interval lies between the quantiles of 2.5 % and 97.5 %; a variance is summarized as a variance.
A third part of the pair, ``"median"``, takes medians in place of means. The effects of one group are
independent in bambi, ``(x | g)`` included, so that there are no covariances.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..errors import ReadError
from ..estimates import Estimate, Estimates
from ..expressions import INTERCEPT, Expression, Factor, Indicator, Term, Variable
from ..facts.knowledge import Facts, apply
from ..facts.learn import learn
from ..facts.units import is_numeric
from ..formula import read_formula
from ..model import Model, RandomBlock
from ..numbers.evaluate import label
from ..parameters import Coefficient, Dispersion, Parameter, ResidualVariance, Variance
from .named_results import gather
from .result_columns import read_expression

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame

    Array = NDArray[Any]
    Draws = tuple[str, str, Array]

SHAPES = {"negativebinomial": "alpha", "gamma": "alpha", "beta": "kappa"}
"""The further parameter of a family, by its name in bambi."""

FAMILIES = ("gaussian", "bernoulli", "binomial", "poisson", *SHAPES)
SUMMARIES = ("mean", "median")


def results(result: Any, facts: Facts) -> tuple[Model, Estimates]:
    """The model and the estimates of a fit by bambi.

    result : ``(model, model.fit())``, or ``(model, model.fit(), "median")``.

    Raises ReadError for a model without its posterior, and for families that are not read.
    """
    match result:
        case (fitted, posterior):
            summary = "mean"
        case (fitted, posterior, str(summary)) if summary in SUMMARIES:
            pass
        case _:
            raise ReadError("a model of bambi does not keep its posterior", mend="Give (model, model.fit()).")
    frame = fitted.data.reset_index(drop=True)
    model = learn(apply(_model(fitted), facts), frame)
    draws = getattr(posterior, "posterior", posterior)
    found = {p: _estimate(values, summary) for p, values in _draws(fitted, model, draws, frame)}
    # Each column of a group's effects is independent of the others, the indicators of a factor, too.
    blocks = (RandomBlock(p.group, (p.term,)) for p in found if isinstance(p, Variance))
    return gather(replace(model, random=tuple(blocks)), found, frame, len(frame), "bambi")


def _model(fitted: Any) -> Model:
    family = str(fitted.family.name)
    if family not in FAMILIES or fitted.formula.additionals:
        what = f"a {family} model" if family not in FAMILIES else "a model of several parameters"
        raise ReadError(f"{what} of bambi is not read; {', '.join(FAMILIES)} ones of the mean alone are")
    quoted = str(fitted.formula.main).replace("\\", "\\\\").replace(chr(34), "\\" + chr(34))
    call = f'bmb.Model("{quoted}", d, family="{family}", link="{fitted.family.link[_parent(fitted)].name}")'
    return read_formula(call, columns=tuple(map(str, fitted.data.columns))).model


def _parent(fitted: Any) -> str:
    """The parameter that the formula is of: mu, or p of a binomial."""
    return str(fitted.family.likelihood.parent)


def _estimate(draws: Array, summary: str) -> Estimate:
    import numpy

    low, high = map(float, numpy.quantile(draws, (0.025, 0.975)))
    center = float(numpy.mean(draws) if summary == "mean" else numpy.median(draws))
    return Estimate(center, float(numpy.std(draws, ddof=1)), low, high, f"posterior {summary}")


def _draws(fitted: Any, model: Model, posterior: Any, frame: DataFrame) -> Iterator[tuple[Parameter, Array]]:
    """The draws of each parameter: of the variances, the squares of the standard deviations' ones."""
    component = fitted.components[_parent(fitted)]
    if component.intercept_term is not None:
        yield Coefficient(INTERCEPT), _values(posterior, "Intercept")
    for name in component.common_terms:
        for term, values in _columns(posterior, str(name), str(name), frame):
            yield Coefficient(term), values
    for name in component.group_specific_terms:
        slope, _, group = str(name).partition("|")
        factor = _grouping(group, model)
        for term, values in _columns(posterior, f"{name}_sigma", slope, frame):
            yield Variance(factor, term), values**2
    family = str(fitted.family.name)
    if family == "gaussian":
        yield ResidualVariance(), _values(posterior, "sigma", fitted) ** 2
    elif family in SHAPES:
        yield Dispersion(), _values(posterior, SHAPES[family], fitted)


def _values(posterior: Any, name: str, fitted: Any = None) -> Array:
    """All draws of a number; older versions call it by the response, ``y_sigma``."""
    import numpy

    if name not in posterior and fitted is not None:
        name = f"{fitted.response_component.term.name}_{name}"
    if name not in posterior:
        raise ReadError(f"the posterior of bambi has no {name}", mend="Give the fit of this very model.")
    return numpy.asarray(posterior[name]).ravel()


def _columns(posterior: Any, name: str, spelled: str, frame: DataFrame) -> Iterator[tuple[Term, Array]]:
    """The columns of a term with their draws: one, or one for each combination of categories."""
    import numpy

    _values(posterior, name)
    variable = posterior[name]
    further = [str(d) for d in variable.dims if d not in ("chain", "draw")]
    if not further:
        yield _term(spelled, "", frame), numpy.asarray(variable).ravel()
        return
    places = numpy.asarray(variable).reshape(-1, variable.shape[-1])
    for place, categories in enumerate(numpy.asarray(variable.coords[further[-1]])):
        yield _term(spelled, label(categories), frame), places[:, place]


def _term(name: str, categories: str, frame: DataFrame) -> Term:
    """The term of a column: ``s:Machine`` with ``lo, B`` is slo:MachineB."""
    if name == "1":
        return INTERCEPT
    left = [c.strip() for c in categories.split(",")] if categories else []
    factors = []
    for part in name.split(":"):
        variable = _categorical(read_expression(part, frame.columns), frame)
        if variable is None or not left:
            factors.append(read_expression(part, frame.columns))
        else:
            factors.append(Indicator(variable, left.pop(0)))
    return Term(tuple(factors))


def _categorical(expression: Expression, frame: DataFrame) -> str | None:
    match expression:
        case Factor(name):
            return name
        case Variable(name) if not is_numeric(frame[name]):
            return name
        case _:
            return None


def _grouping(group: str, model: Model) -> str:
    """The grouping factor of bambi's ``a:b``, by the columns that it has."""
    columns = set(group.split(":"))
    for block in model.random:
        known = {c for n in (block.group, *model.outer_groups(block.group)) for c in n.split(":")}
        if known == columns:
            return block.group
    return group
