"""Covariance matrices: halves that differ, numbers that no covariance can have, scales that are mixed."""

from __future__ import annotations

from collections.abc import Iterator

from ...equations import Blank, Digit, Matrix, Node, Power, Product, Sum, Symbol, Word
from ..book import Joint
from ..covariance import spread_of
from ..names import spell_symbol
from ..trees import number_of, span_of, symbols
from .lines import Digits, Sheet, digits_of

Cells = tuple[tuple[Node, ...], ...]


def _matrices(sheet: Sheet) -> Iterator[tuple[Joint, Cells]]:
    """The square covariance matrices of the page, with what they belong to."""
    for joint in sheet.book.joints:
        match spread_of(sheet.book, joint) if joint.statement in sheet.used else None:
            case Matrix(rows) if all(len(row) == len(rows) for row in rows):
                yield joint, rows
            case _:
                pass


def unequal_halves(sheet: Sheet) -> None:
    """A cell and its mirror image that do not say the same."""
    for joint, cells in _matrices(sheet):
        for n, row in enumerate(cells):
            for m in range(n):
                a, b = row[m], cells[m][n]
                if not isinstance(a, Blank) and not isinstance(b, Blank) and _differ(a, b):
                    sheet.remarks.error(
                        "not-symmetric",
                        f"The covariance matrix is not symmetric: row {n + 1}, column {m + 1} "
                        f"differs from row {m + 1}, column {n + 1}.",
                        "Write the same covariance in both cells.",
                        span_of(a) or sheet.book.span(joint.statement),
                    )


def _differ(a: Node, b: Node) -> bool:
    """Whether two cells differ by more than the order of their scripts or factors."""
    x, y = number_of(a), number_of(b)
    if x is not None or y is not None:
        return x != y
    return sorted(map(_letters, symbols(a))) != sorted(map(_letters, symbols(b)))


def _letters(symbol: Symbol) -> tuple[str, list[str], list[Digits]]:
    """A symbol as it is in its mirror image too: τ_01 there may be τ_10 here, but not τ_02."""
    others = [s for s in symbol.below if not isinstance(s, Digit) and s != Word(",")]
    return symbol.base, sorted(map(repr, (*others, *symbol.above))), sorted(halves(symbol))


def halves(symbol: Symbol) -> tuple[Digits, ...]:
    """The numbers of both effects whose covariance a symbol names: 0 and 1 of τ_01."""
    digits = digits_of(symbol)
    middle = len(digits) // 2
    return (digits,) if len(digits) % 2 else (digits[:middle], digits[middle:])


def numbered_for_two(sheet: Sheet) -> None:
    """A variance whose number is that of a covariance: τ_20 on the diagonal beside τ_00 and τ_11.

    Some authors number variances as the coefficients are numbered: τ_00, τ_10, τ_20.
    """
    for _, cells in _matrices(sheet):
        diagonal = [s for n, row in enumerate(cells) for s in symbols(row[n]) if len(halves(s)) == 2]
        if len({halves(symbol)[1] for symbol in diagonal}) > 1:
            for symbol in diagonal:
                _note_covariance(sheet, symbol)


def _note_covariance(sheet: Sheet, symbol: Symbol) -> None:
    one, other = halves(symbol)
    if one != other:
        sheet.remarks.warning(
            "odd-label",
            f"{spell_symbol(symbol)} stands on the diagonal, in the place of a variance, but is numbered as "
            "a covariance.",
            "Repeat the number of the random effect, as in τ_00 and τ_11.",
            symbol.span,
        )


def foreign_deviations(sheet: Sheet) -> None:
    """A covariance ρ σ_a σ_b of other standard deviations than those on the diagonal."""
    for _, cells in _matrices(sheet):
        roots = [_root(row[n]) for n, row in enumerate(cells)]
        for n, row in enumerate(cells):
            for m, cell in enumerate(row):
                wanted, factors = {roots[n], roots[m]}, _deviations(cell)
                if n != m and factors and None not in wanted and factors != wanted:
                    _note_foreign(sheet, cell, row[n], cells[m][m])
                    return


def _root(variance: Node) -> Node | None:
    """The standard deviation of a variance that is written as its square."""
    return variance.base if isinstance(variance, Power) and isinstance(variance.base, Symbol) else None


def _deviations(cell: Node) -> set[Node | None]:
    """The standard deviations of a covariance that is written as ρ σ_a σ_b."""
    factors = cell.factors if isinstance(cell, Product) else ()
    bases = [f.base for f in factors if isinstance(f, Symbol)]
    if len(factors) != 3 or len(bases) != 3 or bases.count("ρ") != 1:
        return set()
    return {f for f in factors if isinstance(f, Symbol) and f.base != "ρ"}


def _note_foreign(sheet: Sheet, cell: Node, one: Node, other: Node) -> None:
    of = " and ".join(spell_symbol(f) for f in symbols(cell) if f.base != "ρ")
    diagonal = " and ".join(spell_symbol(s) for node in (one, other) for s in symbols(node))
    sheet.remarks.warning(
        "foreign-deviation",
        f"A covariance is the product of {of}, but the variances of its row and column are those of "
        f"{diagonal}.",
        "Write the same standard deviations in both places.",
        span_of(cell),
    )


def impossible_covariances(sheet: Sheet) -> None:
    """Numbers that are no covariance matrix, or no variance."""
    for joint, cells in _matrices(sheet):
        values = [[number_of(_cell(cells, n, m)) for m in range(len(cells))] for n in range(len(cells))]
        known = [[v for v in row if v is not None] for row in values]
        if all(len(row) == len(cells) for row in known) and not _is_positive(known):
            sheet.remarks.error(
                "not-positive-definite",
                "No random effects can have this covariance matrix: it is not positive definite.",
                "No covariance exceeds the product of both standard deviations; is one a correlation?",
                sheet.book.span(joint.statement),
            )


def _cell(cells: Cells, n: int, m: int) -> Node:
    return cells[m][n] if isinstance(cells[n][m], Blank) else cells[n][m]


def _is_positive(values: list[list[float]]) -> bool:
    """Whether a symmetric matrix is positive semidefinite, by the pivots of its elimination."""
    rest = [row[:] for row in values]
    for n, pivot_row in enumerate(rest):
        pivot = pivot_row[n]
        if pivot < 0 or (pivot == 0 and any(pivot_row[n:])):
            return False
        for row in rest[n + 1 :] if pivot else []:
            share = row[n] / pivot
            row[n:] = [a - share * b for a, b in zip(row[n:], pivot_row[n:], strict=True)]
    return True


def single_variances(sheet: Sheet) -> None:
    """One numbered variance for several effects that vary jointly: (u_0j, u_1j) ~ N(0, τ_00)."""
    for joint in sheet.book.joints:
        spread = spread_of(sheet.book, joint) if joint.statement in sheet.used else None
        if len(joint.items) > 1 and isinstance(spread, Symbol) and digits_of(spread):
            sheet.remarks.warning(
                "single-variance",
                f"{spell_symbol(spread)} is numbered as one variance, but {len(joint.items)} effects that "
                "vary jointly need a covariance matrix; it is read as the name of one.",
                "Write the matrix, or a letter for it, as in N(0, Σ).",
                spread.span,
            )


def mixed_scales(sheet: Sheet) -> None:
    """A correlation in the cell of a covariance; variances beside standard deviations."""
    for _, cells in _matrices(sheet):
        diagonal = [row[n] for n, row in enumerate(cells)]
        apart = [cell for n, row in enumerate(cells) for cell in row[n + 1 :]]
        apart += [cell for n, row in enumerate(cells) for cell in row[:n]]
        if all(number_of(cell) == 1 for cell in diagonal):
            continue  # a matrix of correlations
        _note_correlations(sheet, apart)
        _note_deviations(sheet, diagonal)
    for joint in sheet.book.joints:
        if joint.statement in sheet.used and isinstance(joint.spread, Sum):
            parts = [f for t in joint.spread.terms for f in (t.factors if isinstance(t, Product) else (t,))]
            _note_deviations(sheet, parts)


def _note_correlations(sheet: Sheet, cells: list[Node]) -> None:
    rho = next((c for c in cells if isinstance(c, Symbol) and c.base == "ρ"), None)
    if rho is not None:
        sheet.remarks.warning(
            "correlation-in-covariance",
            f"{spell_symbol(rho)} stands in the place of a covariance, though ρ is a correlation.",
            "Write the covariance: the correlation times both standard deviations.",
            rho.span,
        )


def _note_deviations(sheet: Sheet, diagonal: list[Node]) -> None:
    squared = [cell for cell in diagonal if isinstance(cell, Power)]
    bare = [c for c in diagonal if isinstance(c, Symbol) and _is_deviation(c)]
    if squared and bare:
        sheet.remarks.warning(
            "mixed-scales",
            f"{spell_symbol(bare[0])} is no square, unlike other variances beside it.",
            "Write the square of each standard deviation.",
            bare[0].span,
        )


def _is_deviation(symbol: Symbol) -> bool:
    return symbol.base in "στ" and sum(isinstance(s, Digit) for s in symbol.below) < 2
