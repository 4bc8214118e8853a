"""Results of statsmodels' ``MixedLM``, taken apart.

Its ``params`` hold variances divided by the scale; ``cov_re``, ``vcomp`` and ``scale`` are the variances
themselves. The errors that it gives for them are on yet another scale, and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import ReadError
from ..estimates import Estimate, Estimates, spreads, wald
from ..expressions import INTERCEPT, Indicator, Term
from ..facts.knowledge import Facts, apply
from ..facts.learn import group_sizes, learn
from ..model import Categories, Grouping, Model, Nested, RandomBlock
from ..parameters import Coefficient, Parameter, ResidualVariance, Variance
from .result_columns import check_columns, find_column, read_term
from .statsmodels import NO_STD_ERROR
from .statsmodels_results import ResultDesign, read_categories, read_design, read_response, said_of

if TYPE_CHECKING:
    from pandas import DataFrame

Pairs = list[tuple[Parameter, Estimate]]

ONE_GROUP = "one group of all rows"


def results(result: Any, facts: Facts) -> tuple[Model, Estimates]:
    """The model and the estimates of a ``MixedLMResults``.

    Raises ReadError where the grouping factor is no column of the data, and for patterns of the
    covariance matrix that the model does not hold.
    """
    fitted = result.model
    design = read_design(fitted)
    group, frame = _group(fitted, design)
    parts = [*_correlated(result, group, frame), *_components(result, group, frame)]
    model = Model(
        read_response(fitted, frame),
        design.terms,
        tuple(p.block for p in parts),
        groupings=() if group == ONE_GROUP else (Grouping(group),),
        relations=frozenset(Nested(p.block.group, group) for p in parts if _is_inner(p, group)),
        categories=tuple(_categories(fitted, design, parts)),
    )
    model = learn(apply(model, facts), _with_response(frame, fitted))
    pairs = [*_fixed(result, design.terms), *(pair for p in parts for pair in p.estimates)]
    pairs.append((ResidualVariance(), Estimate(float(result.scale), note=NO_STD_ERROR)))
    sizes = group_sizes(model, frame)
    return model, Estimates(model, dict(pairs), sizes, len(frame), "statsmodels", said_of(result))


@dataclass(frozen=True)
class Part:
    """A block of random effects with its estimates."""

    block: RandomBlock
    estimates: Pairs


def _fixed(result: Any, terms: tuple[Term, ...]) -> Pairs:
    import numpy

    values, errors = numpy.asarray(result.fe_params), numpy.asarray(result.bse_fe)
    return [
        (Coefficient(t), wald(float(b), float(se))) for t, b, se in zip(terms, values, errors, strict=True)
    ]


def _categories(fitted: Any, design: ResultDesign, parts: list[Part]) -> list[Categories]:
    """The categories by the fixed columns, or else by those of the random effects."""
    names = [str(n) for n in fitted.exog_names[: len(design.terms)]]
    terms = design.terms
    if parts and fitted.k_re:
        block = tuple(t for p in parts for t in p.block.terms)[: fitted.k_re]
        terms, names = (*terms, *block), [*names, *map(str, fitted.data.exog_re_names)]
    return read_categories(terms, names, design.frame)


def _is_inner(part: Part, group: str) -> bool:
    """Whether a block is of units within the groups: a factor of ``vc_formula``."""
    return group not in (part.block.group, ONE_GROUP)


# ------------------------------------------------------------------ the grouping factor


def _group(fitted: Any, design: ResultDesign) -> tuple[str, DataFrame]:
    """The name of the grouping factor, ONE_GROUP where there is but one unit, and data that hold it."""
    import numpy

    frame, groups = design.frame, numpy.asarray(fitted.groups)
    if not fitted.k_re and (groups == groups[0]).all():  # how crossed factors are fitted
        return ONE_GROUP, frame
    named = [str(n) for n in getattr(fitted.data, "exog_re_names", [])]
    of_effect = next((n for n in named if n in frame and (frame[n].to_numpy() == groups).all()), None)
    name = of_effect or find_column(groups, frame)
    if name is None and not design.from_formula:
        name = getattr(fitted.groups, "name", None) or getattr(fitted, "_group_name", None)
        frame = frame if name is None else frame.assign(**{str(name): groups})
    if design.from_formula and name is None and (name := _name_of_intercept(fitted)) is not None:
        frame = frame.assign(
            **{name: groups}
        )  # rows with missing values were left out, and columns with them
    if name is None:
        raise ReadError(
            "the groups of the fit are no column of its data, so that they have no name",
            mend='Fit with groups="column", or with a named Series of groups; where values are missing, '
            "leave their rows out beforehand: data.dropna(subset=[…]).",
        )
    return str(name), frame


def _name_of_intercept(fitted: Any) -> str | None:
    """The name of the groups that the random intercept carries, where they were a column."""
    import numpy

    names = [str(n) for n in getattr(fitted.data, "exog_re_names", [])]
    ones = (numpy.asarray(fitted.exog_re) == 1).all(axis=0) if fitted.k_re else ()
    return next((n for n, one in zip(names, ones, strict=False) if one and n not in UNNAMED), None)


UNNAMED = ("Group", "Intercept")
"""What statsmodels calls random intercepts of groups without a name."""


def _with_response(frame: DataFrame, fitted: Any) -> DataFrame:
    """The data with the response, which is not among the columns of arrays."""
    name = fitted.endog_names
    return frame if name in frame or not isinstance(name, str) else frame.assign(**{name: fitted.endog})


# ------------------------------------------------------------------ correlated effects


def _correlated(result: Any, group: str, frame: DataFrame) -> Iterator[Part]:
    """The block of ``re_formula``; independent where its covariances were held at zero."""
    import numpy

    fitted = result.model
    if not fitted.k_re:
        return
    columns = numpy.asarray(fitted.exog_re)
    names = [str(n) for n in fitted.data.exog_re_names]
    # The random intercept carries the name of the group.
    ones = [(column == 1).all() for column in columns.T]
    terms = tuple(
        INTERCEPT if one else read_term(n, frame.columns) for n, one in zip(names, ones, strict=True)
    )
    check_columns(terms, names, columns, frame)
    covariance = numpy.asarray(result.cov_re)
    if _is_diagonal(result):
        for place, term in enumerate(terms):
            yield _independent(group, term, float(covariance[place, place]))
        return
    yield Part(RandomBlock(group, terms), spreads(group, terms, covariance, NO_STD_ERROR))


def _is_diagonal(result: Any) -> bool:
    import numpy

    free = getattr(result, "freepat", None)
    pattern = getattr(free, "cov_re", None)
    if pattern is None or len(pattern) < 2:
        return False
    beside = numpy.asarray(pattern)[~numpy.eye(len(pattern), dtype=bool)]
    if (beside != 0).all():
        return False
    if (beside == 0).all():
        return True
    raise ReadError("a covariance matrix with some covariances held at zero is not read")


def _independent(group: str, term: Term, variance: float) -> Part:
    block = RandomBlock(group, (term,))
    return Part(block, [(Variance(group, term), Estimate(variance, note=NO_STD_ERROR))])


# ------------------------------------------------------------------ variance components


def _components(result: Any, group: str, frame: DataFrame) -> Iterator[Part]:
    """The blocks of ``vc_formula``: each a factor within the groups, or a slope by group."""
    components = getattr(result.model, "exog_vc", None)
    if not components or not components.names:
        return
    for name, colnames, variance in zip(components.names, components.colnames, result.vcomp, strict=True):
        columns = list(dict.fromkeys(column for part in colnames for column in part))
        terms = [read_term(column, frame.columns) for column in columns]
        yield component(name, terms, group, float(variance))


def component(name: str, terms: list[Term], group: str, variance: float) -> Part:
    """The block of one variance component, of a factor, of several together (``a:b``), or of a slope."""
    parts = {_cut(term) for term in terms}
    if len(parts) == 1:
        variables, rest = parts.pop()
        if variables:
            return _independent(":".join(variables), rest, variance)
        if group != ONE_GROUP:
            return _independent(group, rest, variance)
    raise ReadError(f"the variance component {name} is neither a factor nor one slope: it is not read")


def _cut(term: Term) -> tuple[tuple[str, ...], Term]:
    """The variables whose categories a term indicates, and the rest of it."""
    indicated = tuple(f.variable for f in term.factors if isinstance(f, Indicator))
    return indicated, Term(tuple(f for f in term.factors if not isinstance(f, Indicator)))
