"""What the summands of an outcome must not be: matrices, products of names, residuals that multiply."""

from __future__ import annotations

from ..equations import Product, Symbol
from ..expressions import INTERCEPT, Term
from .expansion import COLUMNS, is_matrix
from .names import RESIDUAL_LETTERS, is_greek, key, spell_symbol
from .sorting import Sorted


def check_summands(found: Sorted) -> None:
    """Raises ReadError for what has a form that could be read, and means something else."""
    _check_change(found)
    _check_predictors(found)
    _check_matrices(found)
    _check_numbers(found)
    _check_residual_alone(found)


def _check_change(found: Sorted) -> None:
    """Δ y_ij is no product: a Greek letter has no values in the data."""
    match found.outcome.response:
        case Product(factors):
            for factor in factors:
                if isinstance(factor, Symbol) and is_greek(factor.base) and not factor.word:
                    raise found.book.remarks.refusal(
                        f"The response is a product with {factor.base}, which is no variable.",
                        "Write the response as one name, as in \\text{change}_{ij}.",
                        factor.span,
                    )


def _check_predictors(found: Sorted) -> None:
    """A random effect is no predictor: it has no values that a coefficient could multiply."""
    random = {leaf.key for effects in found.random.values() for leaf in effects.values()}
    for sighting in found.data.sightings:
        if key(sighting.symbol) in random:
            raise found.book.remarks.refusal(
                f"{spell_symbol(sighting.symbol)} is a random effect, and stands here as a predictor.",
                "Put a variable in its place; regressions on random effects cannot be held.",
                sighting.symbol.span,
            )


def _check_residual_alone(found: Sorted) -> None:
    """x_ij e_ij where no residual stands: the residual was meant, and multiplies nothing."""
    if found.residual is not None or found.outcome.residual or found.outcome.family.name != "gaussian":
        return
    for sighting in found.data.sightings:
        symbol = sighting.symbol
        if symbol.base in RESIDUAL_LETTERS and not symbol.word and sighting.indices == found.outcome.indices:
            raise found.book.remarks.refusal(
                f"{spell_symbol(symbol)} looks like the residual, but multiplies a coefficient.",
                "Add it: y_ij = … + e_ij; a variable of that name is written as a word.",
                symbol.span,
            )


def _check_matrices(found: Sorted) -> None:
    """X_i β with a capital and no intercept is a matrix form: its predictors are not written."""
    if INTERCEPT in found.terms:
        return
    for sighting in found.data.sightings:
        symbol = sighting.symbol
        if is_matrix(symbol) and not symbol.word:
            raise found.book.remarks.refusal(
                f"{spell_symbol(symbol)} seems to be a matrix of predictors: which ones, is not written.",
                COLUMNS,
                symbol.span,
            )


def _check_numbers(found: Sorted) -> None:
    """A number among letters is no estimate: it fixes a coefficient, which is another model."""
    given = [leaf for leaf in found.fixed.values() if leaf.number is not None]
    estimated = [leaf for term, leaf in found.fixed.items() if not is_threshold(found, term)]
    if given and any(leaf.number is None for leaf in estimated):
        raise found.book.remarks.refusal(
            f"One coefficient is the number {given[0].number:g}, while others are letters: a coefficient "
            "that is fixed to a number is not estimated.",
            "Write offset(x_ij) for a variable that is added as it is, or letters, or numbers, for all "
            "coefficients.",
            found.span(given[0]),
        )


def is_threshold(found: Sorted, term: Term) -> bool:
    """Whether a coefficient is θ_m, which stands for the thresholds that are listed elsewhere."""
    return found.outcome.family.name == "cumulative" and not term
