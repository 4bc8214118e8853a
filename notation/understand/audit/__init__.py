"""What looks wrong about a page of equations, told apart by kind.

Understanding a page refuses what has no meaning, and takes whatever has one. The audits look at what it
cannot see: at labels, at the steps of a derivation, at the cells of a matrix. ODDITIES concern every page;
MISTAKES explain why a page was refused.
"""

from __future__ import annotations

from collections.abc import Callable

from ...equations import Equations
from ...errors import ReadError
from ...findings import Finding
from ..apart import apart
from ..book import Book
from ..entries import open_book
from ..names import belongs
from ..normal import normal_form
from ..remarks import Remarks
from .effects import (
    copied_effects,
    crowded_effects,
    drifted_indices,
    silent_effects,
    subtracted_effects,
)
from .indices import (
    lacking_indices,
    lost_indices,
    means_of_others,
    mixed_indices,
    partial_indices,
    silent_response,
    strange_indices,
    trials_of_others,
    two_roles,
)
from .labels import digit_counts, missing_underscores, out_of_run, transposed_digits
from .laws import equals_for_tilde, lost_priors, scales_used_twice
from .legend import contradicted_legend, too_few_indices, unexplained_indices
from .lines import Sheet, sheet_of
from .spreads import (
    foreign_deviations,
    impossible_covariances,
    mixed_scales,
    numbered_for_two,
    single_variances,
    unequal_halves,
)
from .steps import wrong_steps
from .uses import (
    coefficients_for_two_terms,
    coefficients_used_twice,
    generic_coefficients,
    missing_equations,
    repeated_summands,
    undefined_coefficients,
)

Audit = Callable[[Sheet], None]

ODDITIES: tuple[Audit, ...] = (
    wrong_steps,
    transposed_digits,
    digit_counts,
    out_of_run,
    missing_underscores,
    coefficients_used_twice,
    repeated_summands,
    missing_equations,
    mixed_indices,
    partial_indices,
    lost_indices,
    two_roles,
    trials_of_others,
    silent_response,
    subtracted_effects,
    silent_effects,
    lost_priors,
    scales_used_twice,
    impossible_covariances,
    unequal_halves,
    numbered_for_two,
    foreign_deviations,
    single_variances,
    mixed_scales,
    contradicted_legend,
    unexplained_indices,
    too_few_indices,
)

MISTAKES: tuple[Audit, ...] = (
    equals_for_tilde,
    copied_effects,
    crowded_effects,
    drifted_indices,
    strange_indices,
    lacking_indices,
    means_of_others,
    generic_coefficients,
    undefined_coefficients,
    coefficients_for_two_terms,
)


def audit(book: Book, used: frozenset[int]) -> None:
    """Note what is odd about the statements that a reading rests on."""
    sheet = sheet_of(book, used)
    for look in ODDITIES:
        look(sheet)


def audit_refused(page: Equations, source: str) -> tuple[Finding, ...]:
    """The findings on a page that could not be understood: its mistakes, and what is odd about it."""
    return tuple(finding for part in apart(page) for finding in _audit_part(part, source))


def _audit_part(page: Equations, source: str) -> tuple[Finding, ...]:
    form = normal_form(page)
    remarks = Remarks(source)
    try:
        book = open_book(form, page.legend, belongs(form.statements), remarks)
    except ReadError:
        return ()
    sheet = sheet_of(book, frozenset(range(len(book.statements))))
    for look in (*MISTAKES, *ODDITIES):
        look(sheet)
    return tuple(remarks.found)
