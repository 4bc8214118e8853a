"""Results of mixedlm's ``lmer`` and ``glmer``, taken apart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..errors import ReadError
from ..estimates import Estimate, Estimates, spreads, wald
from ..expressions import Call, Expression, Factor, Term, Variable, variables
from ..facts.knowledge import Facts, apply
from ..facts.learn import group_sizes, learn
from ..facts.units import is_numeric
from ..formula import read_formula
from ..model import Family, Model, RandomBlock, Response
from ..parameters import Coefficient, Dispersion, Parameter, ResidualVariance
from ..spelling import spell_term
from .mixedlm import NO_STD_ERROR
from .result_columns import find_column, match_columns

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame

    Array = NDArray[Any]

FAMILIES = {
    "Gaussian": "gaussian",
    "Binomial": "binomial",
    "Poisson": "poisson",
    "Gamma": "gamma",
    "NegativeBinomial": "negative_binomial",
}
"""The families by the names of mixedlm's classes."""


def results(result: Any, facts: Facts) -> tuple[Model, Estimates]:
    """The model and the estimates of a ``LmerResult`` or a ``GlmerResult``.

    The formula says the model, the data of the fit its levels and categories; each column of the fit is
    told by its numbers. Raises ReadError for what the model cannot hold.
    """
    if not hasattr(result, "VarCorr") or not hasattr(result, "fixef"):
        raise ReadError(f"a {type(result).__name__} of mixedlm is not read; those of lmer and glmer are")
    matrices = result.matrices
    frame = matrices.frame
    stated = apply(_model(result, frame), facts)
    model = learn(stated, _as_far_as_needed(stated, _with_added(frame, result, stated), facts))
    random, sizes = _random(result, model, frame)
    estimates = dict([*_fixed(result, model, frame), *random, *_remaining(result)])
    if set(sizes) != set(model.group_names):
        sizes = group_sizes(model, frame)
    return model, Estimates(model, estimates, sizes, int(matrices.n_obs), "mixedlm")


FIRST_ROWS = 2000
"""How many rows are looked at where there is nothing to learn, for what contradicts the levels given."""


def _as_far_as_needed(model: Model, frame: DataFrame, facts: Facts) -> DataFrame:
    """The data, or their first rows where levels and nesting were given and all columns are numbers."""
    names = [n for n in model.variables if n in frame]
    known = facts.levels is not None and not model.unrelated and all(is_numeric(frame[n]) for n in names)
    has_factors = any(isinstance(f, Factor) for term in model.terms for f in term.factors)
    return frame.head(FIRST_ROWS) if known and not has_factors else frame


# ------------------------------------------------------------------ the model


def _model(result: Any, frame: DataFrame) -> Model:
    model = read_formula(str(result.formula)).model
    weights, offset = _weights(result, frame), _offset(result, frame)
    offsets = model.offsets or (() if offset is None else (offset,))
    if not (result.isGLMM() if callable(result.isGLMM) else result.isGLMM):
        return replace(model, weights=weights, offsets=offsets)
    family = _family(result.family)
    if weights is not None and family.name != "binomial":
        raise ReadError(f"weights in a {family.name} model are not read")
    response = model.response if weights is None else _of_trials(model.response, weights)
    return replace(model, family=family, residual=None, response=response, offsets=offsets)


def _family(family: Any) -> Family:
    kind = type(family).__name__
    link = type(family.link).__name__.removesuffix("Link").lower()
    try:
        return Family(FAMILIES[kind], link)
    except (KeyError, ValueError):
        raise ReadError(f"a mixedlm model of family {kind} with the link {link} is not read") from None


def _of_trials(response: Response, trials: Expression) -> Response:
    """A share with numbers of trials as weights, as a count of these trials."""
    return Response(Call("*", (response.expression, trials)), trials)


def _weights(result: Any, frame: DataFrame) -> Expression | None:
    values = result.matrices.weights
    return None if values is None or (values == 1).all() else _named(values, frame, "weights")


def _offset(result: Any, frame: DataFrame) -> Expression | None:
    values = result.matrices.offset
    return None if values is None or not values.any() else _named(values, frame, "offset")


def _named(values: Array, frame: DataFrame, otherwise: str) -> Expression:
    return Variable(find_column(values, frame) or otherwise)


def _with_added(frame: DataFrame, result: Any, model: Model) -> DataFrame:
    """The data of the fit, with the weights and the offset, which need not be columns of it."""
    added = {"weights": result.matrices.weights, "offset": result.matrices.offset}
    trials = model.response.trials
    used = {*model.variables, *(variables(trials) if trials is not None else ())}
    needed = {n: v for n, v in added.items() if n in used and n not in frame}
    return frame.assign(**needed) if needed else frame


# ------------------------------------------------------------------ the estimates

Pairs = list[tuple[Parameter, Estimate]]


def _fixed(result: Any, model: Model, frame: DataFrame) -> Pairs:
    import numpy

    matrix = result.matrices.X
    matrix = matrix.toarray() if hasattr(matrix, "toarray") else numpy.asarray(matrix)
    terms = match_columns(model.fixed, list(result.fixef()), matrix, frame)
    errors = result.vcov().diagonal() ** 0.5
    found = zip(terms, result.fixef().values(), errors, strict=True)
    return [(Coefficient(term), wald(float(value), float(error))) for term, value, error in found]


def _random(result: Any, model: Model, frame: DataFrame) -> tuple[Pairs, dict[str, int]]:
    """The variances and covariances, and the numbers of units of their groups."""
    found: Pairs = []
    sizes: dict[str, int] = {}
    left, start = list(model.random), 0
    structures = result.matrices.random_structures
    for structure, group in zip(structures, result.VarCorr().groups.values(), strict=True):
        stop = start + structure.n_levels * structure.n_terms
        blocks = _blocks(left, structure, model)
        terms = _named_terms([t for b in blocks for t in b.terms], structure.term_names)
        if terms is None:
            columns = _columns_of_terms(result.matrices.Z[:, start:stop], structure.n_terms)
            terms = match_columns([t for b in blocks for t in b.terms], structure.term_names, columns, frame)
        found += [pair for b in blocks for pair in _of_block(b, terms, group.cov)]
        sizes |= {b.group: int(structure.n_levels) for b in blocks}
        left = [b for b in left if b not in blocks]
        start = stop
    return found, sizes


def _named_terms(terms: list[Term], names: list[str]) -> list[Term] | None:
    """The terms by their names, where these are names of plain columns, which nobody spells in two ways."""
    plain = {spell_term(t): t for t in terms if all(isinstance(f, Variable) for f in t.factors)}
    if len(plain) < len(terms) or set(plain) != set(names):
        return None
    return [plain[name] for name in names]


def _columns_of_terms(spread: Any, count: int) -> Array:
    """The column of each term from the sparse ones of its units, which stand unit by unit."""
    import numpy

    sums = [numpy.asarray(spread[:, k::count].sum(axis=1)).ravel() for k in range(count)]
    return numpy.column_stack(sums)


def _blocks(left: list[RandomBlock], structure: Any, model: Model) -> list[RandomBlock]:
    """The blocks that one structure of mixedlm holds: one, or one for each independent effect."""
    if getattr(structure, "cov_type", "us") not in ("us", "diag"):
        raise ReadError(f"the covariance structure {structure.cov_type} of mixedlm is not read")
    columns = set(structure.grouping_factor.split(":"))
    here = [b for b in left if _columns(b.group, model) == columns]
    count = 0
    for number, block in enumerate(here, 1):
        count += len(block.terms)
        if count >= structure.n_terms:
            return here[:number]
    raise ReadError(f"the random effects of {structure.grouping_factor} are not those of the formula")


def _columns(group: str, model: Model) -> set[str]:
    """The columns of a grouping factor, with those of the factors it is nested in by the formula."""
    return {c for name in (group, *model.outer_groups(group)) for c in name.split(":")}


def _of_block(block: RandomBlock, terms: list[Term], covariance: Array) -> Pairs:
    places = [terms.index(t) for t in block.terms]
    return spreads(block.group, block.terms, covariance[places][:, places], NO_STD_ERROR)


def _remaining(result: Any) -> Pairs:
    if not (result.isGLMM() if callable(result.isGLMM) else result.isGLMM):
        return [(ResidualVariance(), Estimate(float(result.VarCorr().residual), note=NO_STD_ERROR))]
    match type(result.family).__name__:
        case "Gaussian":
            return [(ResidualVariance(), Estimate(float(result.sigma()) ** 2, note=NO_STD_ERROR))]
        case "Gamma":
            return [(Dispersion(), Estimate(1 / float(result.sigma()) ** 2, note=NO_STD_ERROR))]
        case "NegativeBinomial":
            return [(Dispersion(), Estimate(float(result.family.theta), note="θ is the one of the family"))]
        case _:
            return []
