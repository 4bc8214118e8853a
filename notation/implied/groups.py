"""Quantities of the groups: the design effect, and the reliability of the groups' coefficients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..equations import Apply, Index, Negative, Node, Number, Product, Quotient, Sum, Symbol, letter, word
from ..errors import CannotSay, NotYet, UnknownName
from ..expressions import INTERCEPT, Term
from ..fits.fitted import Source, as_fit
from ..model import Model, RandomBlock
from ..notations.sampling import is_plain_gaussian
from ..notations.symbols import residual_variance
from ..numbers.arithmetic import Numbers
from ..numbers.evaluate import evaluate_term
from ..numbers.rows import complete_rows, number_of_units
from ..parameters import ResidualVariance, Variance
from ..spelling import spell_term
from .quantity import Implied, require_one_residual, symbols_of
from .values import At
from .variances import icc, only_group

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame

ONE = Number("1")
MEAN_SIZE = Symbol("n", accent="bar")
MEAN_RELIABILITY = Symbol("λ", accent="bar")


def design_effect(fit: Source, group: str | None = None, at: At | None = None) -> Implied:
    """How much larger the variance of a mean is than in a simple random sample: 1 + (n̄ − 1) ICC.

    n̄ is the mean number of observations in a unit. Source: Kish (1965), Survey Sampling, section 5.4;
    Snijders & Bosker (2012), section 3.4. The arguments and errors are those of :func:`icc`; raises
    CannotSay also where the model has several grouping factors, since the formula knows one.
    """
    fit = as_fit(fit)
    chosen = only_group(fit.model, group)
    if len({block.group for block in fit.model.random}) > 1:
        raise CannotSay("The design effect 1 + (n − 1) ICC is defined for one grouping factor.")
    if not is_plain_gaussian(fit.model):
        raise CannotSay("A design effect is that of a mean of the response, not of a latent one.")
    if fit.estimates.observations is None or chosen not in fit.estimates.groups:
        raise CannotSay(f"The number of observations or of units of {chosen} is not known.")
    share = icc(fit, chosen, at)
    known: dict[Node, float] = {MEAN_SIZE: fit.estimates.observations / fit.estimates.groups[chosen]}
    if share.value is not None:
        known[share.symbol] = share.value
    formula = Sum((ONE, Product((Sum((MEAN_SIZE, Negative(ONE))), share.symbol))))
    note = f"the ICC is {share.note}"
    return Implied(f"design effect of {chosen}", word("Deff"), formula, Numbers({}, known), note)


def reliability(fit: Source, data: DataFrame, term: Term = INTERCEPT) -> Implied:
    """The reliability of the groups' own estimates of a coefficient, averaged over the groups.

    The reliability in group j is λ_j = τ_qq/(τ_qq + v_j), v_j the sampling variance of the least-squares
    estimate from the group's own rows, an element of σ²(Z_j′Z_j)⁻¹; for random intercepts alone it is
    σ²/n_j. Groups whose rows do not determine the coefficient are left out.

    Source: Raudenbush & Bryk (2002), ch. 3 and 5, for linear models of two levels. Raises NotYet for
    others, UnknownName for a term that does not vary by the groups.
    """
    fit = as_fit(fit)
    model = fit.model
    block = _only_block(model, term)
    rows = complete_rows(model, data)
    unscaled = _unscaled_variances(model, block, rows)[:, block.terms.index(term)]
    # All structures but the full one have a single variance, which goes by the first term.
    own = term if block.structure == "full" else block.terms[0]
    tau = fit.estimates[Variance(block.group, own)].value
    sampling = fit.estimates[ResidualVariance()].value * unscaled[unscaled > 0]
    formula = Apply("mean", (_of_one_group(model, block, term),))
    left_out = int((unscaled <= 0).sum())
    return Implied(
        f"reliability of {spell_term(term)} by {block.group}, averaged over {len(sampling)} units",
        MEAN_RELIABILITY,
        formula,
        Numbers({}, {formula: float((tau / (tau + sampling)).mean())}),
        f"{left_out} units whose rows do not determine the coefficient are left out" if left_out else "",
    )


def _only_block(model: Model, term: Term) -> RandomBlock:
    require_one_residual(model)
    if not is_plain_gaussian(model) or len(model.random) != 1:
        raise NotYet("Reliabilities are computed for linear models of two levels with one block of effects.")
    block = model.random[0]
    if term not in block.terms:
        names = ", ".join(map(spell_term, block.terms))
        raise UnknownName(f"{spell_term(term)} does not vary by {block.group}; what varies is {names}")
    return block


def _of_one_group(model: Model, block: RandomBlock, term: Term) -> Node:
    symbols, indexing = symbols_of(model)
    tau = symbols.covariance(block.group, term, term)
    index = Index(indexing.letters[block.group])
    if block.terms == (INTERCEPT,):
        sampling: Node = Quotient(residual_variance(), letter("n", index))
    else:
        sampling = letter("v", index)
    return Quotient(tau, Sum((tau, sampling)))


def _unscaled_variances(model: Model, block: RandomBlock, rows: DataFrame) -> NDArray[Any]:
    """The diagonal of (Z_j′Z_j)⁻¹ for each unit; 0 where the matrix has no inverse."""
    import numpy

    columns = numpy.column_stack([evaluate_term(t, rows).to_numpy() for t in block.terms])
    codes = number_of_units(model, block.group, rows)
    size = len(block.terms)
    products = numpy.zeros((int(codes.max()) + 1, size, size))
    numpy.add.at(products, codes, columns[:, :, None] * columns[:, None, :])
    regular = numpy.linalg.matrix_rank(products) == size
    found = numpy.zeros((len(products), size))
    found[regular] = numpy.diagonal(numpy.linalg.inv(products[regular]), axis1=1, axis2=2)
    return found
