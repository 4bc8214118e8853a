"""Distributions across levels and groups, which no multilevel model holds: a covariance of u_0j and e_ij."""

from __future__ import annotations

from itertools import combinations

from ..equations import Node
from .book import Book, Joint
from .covariance import cell_of, cells_of
from .names import Indices, Key, key, spell_symbol
from .sorting import Sorted
from .spreads import is_matrix
from .trees import is_zero, span_of


def check_owners(found: Sorted) -> None:
    """Raises ReadError for effects of different groups that are said to covary, as u_0j and e_ij."""
    book = found.book
    owners: dict[tuple[Key | None, Indices], str] = {
        (leaf.key, leaf.indices): group
        for group, effects in found.random.items()
        for leaf in effects.values()
    }
    if found.residual is not None:
        owners[found.residual.key, found.residual.indices] = ""
    for joint in book.joints:
        belong = [owners.get((key(item), book.close(item))) for item in joint.items]
        for (n, one), (m, other) in combinations(enumerate(belong), 2):
            if None not in (one, other) and one != other and not _apart(book, joint, n, m):
                names = " and ".join(spell_symbol(joint.items[place]) for place in (n, m))
                raise book.remarks.refusal(
                    f"{names} belong to different levels or groups and are said to covary: such a covariance "
                    "cannot be held.",
                    "Distribute the effects of each group in a statement of its own.",
                    joint.items[m].span or book.span(joint.statement),
                )


def check_residual(found: Sorted, spread: Node | None) -> None:
    """Raises ReadError for residuals of a whole group with a covariance matrix: e_j ~ N(0, R_j)."""
    residual = found.residual
    if residual is None or spread is None or not is_matrix(spread):
        return
    for joint in found.book.joints:
        item = next((i for i in joint.items if key(i) == residual.key), None)
        if item is not None and found.book.close(item) < found.outcome.indices:
            raise found.book.remarks.refusal(
                f"The residuals have a covariance matrix that is not written: {spell_symbol(item)} is a "
                "vector of them.",
                "Write its contents, as in R = σ² I, or distribute one residual: e_ij ~ N(0, σ²).",
                span_of(joint.spread) if joint.spread is not None else None,
            )


def _apart(book: Book, joint: Joint, n: int, m: int) -> bool:
    cell = cell_of(cells_of(book, joint), n, m)
    return cell is not None and is_zero(cell)
