"""Which random effects of a grouping factor are correlated, and what stands for their covariances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..equations import Apply, Blank, Matrix, Node, Number, Power, Product, Symbol
from ..errors import ReadError
from ..expressions import Term
from ..model import RandomBlock, Structure
from ..parameters import Autocorrelation, Covariance, Parameter, Variance, block_parameters
from .book import Book, Joint, matches
from .expansion import Leaf
from .names import heads, key, spell_symbol
from .said import Said, is_diagonal_by_words, is_said_zero, said_of
from .trees import is_zero, number_of, span_of, symbols

Effects = Mapping[Term, Leaf]
"""The random effects of one grouping factor by the term they multiply."""


@dataclass
class Blocks:
    """The blocks of one grouping factor, with the author's symbol of each parameter."""

    blocks: list[RandomBlock] = field(default_factory=list)
    symbols: dict[Parameter, Node] = field(default_factory=dict)


def blocks_of(book: Book, group: str, effects: Effects, level: int = 0) -> Blocks:
    """The random effects of a grouping factor in blocks of correlated ones; ``level`` is 2 for the lowest.

    A matrix or a sentence says which covariances are zero. Effects that no statement distributes together
    with others: independent if each has a distribution of its own, correlated if nothing is said (R&B's
    default). Raises ReadError for covariances that no model can hold.
    """
    found = Blocks()
    said = said_of(book, effects, level)
    joint_of = {term: _joint(book, leaf) for term, leaf in effects.items()}
    silent = tuple(term for term, joint in joint_of.items() if joint is None)
    for joint in book.joints:
        members = [t for t, j in joint_of.items() if j is joint]
        if members:
            _add_joint(book, found, group, joint, members, effects, said)
    parts = _uncorrelated_parts(book, group, silent, effects, said)
    found.blocks += [RandomBlock(group, part) for part in parts]
    if any(len(part) > 1 for part in parts) and not said.linked:
        _note_full(book, group)
    found.blocks = _linked(found.blocks, effects, said)
    _join_equal(found, joint_of)
    if len(found.blocks) > 1:
        _note_independent(book, group, joint_of)
    return found


def _join_equal(found: Blocks, joint_of: Mapping[Term, Joint | None]) -> None:
    """Independent effects whose variances are one symbol share one variance: u_0j and u_1j ~ N(0, τ²)."""
    equal: dict[Node, list[Term]] = {}
    for block in found.blocks:
        joint = joint_of[block.terms[0]]
        if len(block.terms) > 1 or joint is None or joint.spread is None or len(joint.items) > 1:
            continue
        if number_of(joint.spread) is None and not any(heads(s) for s in symbols(joint.spread)):
            equal.setdefault(joint.spread, []).append(block.terms[0])
    for terms in equal.values():
        if len(terms) > 1:
            group = found.blocks[0].group
            others = [b for b in found.blocks if b.terms[0] not in terms]
            found.blocks = [*others, RandomBlock(group, tuple(terms), "identity")]


def _linked(blocks: list[RandomBlock], effects: Effects, said: Said) -> list[RandomBlock]:
    """Blocks of single effects that are said to be correlated, joined into one."""
    joined: list[RandomBlock] = []
    for block in blocks:
        term = block.terms[0]
        place = next(
            (
                n
                for n, other in enumerate(joined)
                if len(block.terms) == 1 and any(said.links(effects[term], effects[t]) for t in other.terms)
            ),
            None,
        )
        if place is None:
            joined.append(block)
        else:
            joined[place] = RandomBlock(block.group, (*joined[place].terms, term))
    return joined


def _uncorrelated_parts(
    book: Book, group: str, terms: tuple[Term, ...], effects: Effects, said: Said
) -> list[tuple[Term, ...]]:
    """Effects without a distribution, apart where a covariance of 0 is stated: Cov(u_0j, u_1j) = 0."""
    if not (said.apart or said.zero):
        return [terms] if terms else []

    def apart(a: Term, b: Term) -> bool:
        return a is not b and (said.apart or said.separates(effects[a], effects[b]))

    parts: list[tuple[Term, ...]] = []
    waiting = list(terms)
    while waiting:
        part = [waiting.pop(0)]
        for term in part:
            linked = [t for t in waiting if not apart(term, t)]
            part += linked
            waiting = [t for t in waiting if t not in linked]
        if any(apart(a, b) for a in part for b in part):
            raise _lone_zero(book, group, None)
        parts.append(tuple(t for t in terms if t in part))
    return parts


def _lone_zero(book: Book, group: str, joint: Joint | None) -> ReadError:
    """The refusal of two effects that are uncorrelated while both are correlated with a third one."""
    return book.remarks.refusal(
        f"Two random effects of {group} have a covariance of 0, but both covary with another one: "
        "a covariance matrix with single zeros cannot be held here.",
        "Let all of them covary, or make blocks that are independent of one another.",
        None if joint is None else book.span(joint.statement),
    )


def _joint(book: Book, leaf: Leaf) -> Joint | None:
    """The statement that distributes an effect: with its very indices, or else with other letters."""
    symbol = leaf.symbol
    if symbol is None:
        return None
    # A joint distribution says more than those of its single effects.
    candidates = sorted((j for j in book.joints if matches(j, symbol)), key=lambda j: -len(j.items))
    for joint in candidates:
        if joint.dots or any(key(i) == leaf.key and book.close(i) == leaf.indices for i in joint.items):
            return _used(book, joint)
    if not candidates:
        return None
    item = next(i for i in candidates[0].items if key(i) == leaf.key)
    book.remarks.warning(
        "index-drift",
        f"{spell_symbol(symbol)} of the equations is {spell_symbol(item)} in its distribution.",
        "Give it the same indices in both places.",
        item.span or book.span(candidates[0].statement),
    )
    return _used(book, candidates[0])


def _used(book: Book, joint: Joint) -> Joint:
    book.used.add(joint.statement)
    return joint


def _add_joint(
    book: Book,
    found: Blocks,
    group: str,
    joint: Joint,
    members: list[Term],
    effects: Effects,
    said: Said,
) -> None:
    place = {term: _place(joint, effects[term]) for term in members}
    members.sort(key=lambda t: place[t])
    cells = _with_zeros(book, cells_of(book, joint))
    structure, parts = _structure(joint, members, place, cells)
    if structure == "full" and len(members) > 1:
        if cells is None:
            said.apart = said.apart or is_diagonal_by_words(book, joint.spread)
            parts = [list(p) for p in _uncorrelated_parts(book, group, tuple(members), effects, said)]
        elif any(said.separates(effects[a], effects[b]) for part in parts for a in part for b in part):
            raise _contradicted(book, joint)
    found.blocks += [RandomBlock(group, tuple(part), structure) for part in parts]
    for part in parts:
        stated = block_parameters(RandomBlock(group, tuple(part), structure))
        for n, a in enumerate(part):
            for b in part[n:]:
                cell = cell_of(cells, place[a], place[b])
                if structure == "full" and cell is not None and a != b and is_zero(cell):
                    raise _lone_zero(book, group, joint)
                parameter = _parameter(group, a, b)
                if cell is not None and not isinstance(cell, Blank) and parameter in stated:
                    found.symbols[parameter] = cell
        if Autocorrelation(group) in stated and cells is not None:
            found.symbols[Autocorrelation(group)] = _correlation(cells)


def _contradicted(book: Book, joint: Joint) -> ReadError:
    return book.remarks.refusal(
        f"{' and '.join(map(spell_symbol, joint.items))} have covariances here, and are said to have none "
        "elsewhere.",
        "Write 0 for a covariance that is 0.",
        book.span(joint.statement),
    )


def _with_zeros(book: Book, cells: Cells | None) -> Cells | None:
    """The cells with a zero for each symbol that is said to be 0. Raises ReadError for a variance of 0."""
    if cells is None:
        return None
    zero: Node = Number("0")
    found = tuple(tuple(zero if is_said_zero(book, cell) else cell for cell in row) for row in cells)
    for n, row in enumerate(found):
        if n < len(row) and is_zero(row[n]):
            raise book.remarks.refusal(
                "A variance of 0 stands here: what does not vary is no random effect.",
                "Leave the random effect out of its equation.",
                span_of(cells[n][n]),
            )
    return found


def _parameter(group: str, a: Term, b: Term) -> Parameter:
    return Variance(group, a) if a == b else Covariance(group, frozenset((a, b)))


def _place(joint: Joint, leaf: Leaf) -> int:
    return next((n for n, item in enumerate(joint.items) if key(item) == leaf.key), len(joint.items))


Cells = tuple[tuple[Node, ...], ...]


def cells_of(book: Book, joint: Joint) -> Cells | None:
    """The cells of the covariance matrix, where they are given."""
    match _multiplied(spread_of(book, joint)):
        case Matrix(rows):
            size = len(joint.items)
            if not joint.dots and (len(rows) != size or any(len(row) != size for row in rows)):
                raise book.remarks.refusal(
                    f"{size} random effects need a covariance matrix of {size} × {size} cells, "
                    f"not {len(rows)} × {max(map(len, rows))}.",
                    "Write one row and one column for each of them.",
                    book.span(joint.statement),
                )
            return rows
        case Apply("diag", entries):
            zero: Node = Number("0")
            return tuple(
                tuple(e if n == m else zero for m in range(len(entries))) for n, e in enumerate(entries)
            )
        case None:
            return None
        case spread if len(joint.items) == 1 and not joint.dots:
            return ((spread,),)
        case Power() | Number() as spread:
            raise book.remarks.refusal(
                f"{len(joint.items)} random effects vary jointly, so they need a covariance matrix.",
                "Write a matrix, or distribute each of them in a statement of its own.",
                span_of(spread) or book.span(joint.statement),
            )
        case _:
            return None


def _multiplied(spread: Node | None) -> Node | None:
    """A matrix that a variance stands before, τ² [1 ρ; ρ 1], with that variance in each cell."""
    match spread:
        case Product((scale, Matrix(rows))):
            return Matrix(tuple(tuple(_times(cell, scale) for cell in row) for row in rows))
        case _:
            return spread


def _times(cell: Node, scale: Node) -> Node:
    if isinstance(cell, Blank) or is_zero(cell):
        return cell
    return scale if number_of(cell) == 1 else Product((cell, scale))


def spread_of(book: Book, joint: Joint) -> Node | None:
    """What a statement says of the covariance; a letter that has a matrix of its own stands for that."""
    match joint.spread:
        case Product((scale, middle, again)) if scale == again:
            return _sandwich(_matrix(book, scale), _matrix(book, middle)) or joint.spread
        case None:
            return None
        case spread:
            return _matrix(book, spread)


def _matrix(book: Book, spread: Node) -> Node:
    """An expression, or the matrix that a letter stands for."""
    if isinstance(spread, Symbol) and (matrix := book.matrices.get(key(spread))) is not None:
        book.used.add(matrix[1])
        return matrix[0]
    return spread


def _sandwich(scale: Node, correlations: Node) -> Matrix | None:
    """The covariances of S R S, where S has the standard deviations on its diagonal (McElreath 2020)."""
    deviations = _diagonal(scale)
    if not isinstance(correlations, Matrix) or len(deviations) != len(correlations.rows):
        return None

    def cell(found: Node, a: Node, b: Node) -> Node:
        if isinstance(found, Blank) or is_zero(found):
            return found
        return Power(a, Number("2")) if number_of(found) == 1 else Product((found, a, b))

    rows = zip(correlations.rows, deviations, strict=True)
    return Matrix(tuple(tuple(map(cell, row, [a] * len(row), deviations)) for row, a in rows))


def _diagonal(matrix: Node) -> tuple[Node, ...]:
    """The cells on the diagonal of a diagonal matrix; none of any other expression."""
    match matrix:
        case Apply("diag", entries):
            return entries
        case Matrix(rows) if all(
            is_zero(c) for n, row in enumerate(rows) for m, c in enumerate(row) if n != m
        ):
            return tuple(row[n] for n, row in enumerate(rows))
        case _:
            return ()


def _is_row(number: int, row: tuple[Node, ...], size: int) -> bool:
    """Whether a row of a square matrix is zero outside of the diagonal."""
    return len(row) == size and all(is_zero(cell) for place, cell in enumerate(row) if place != number)


def cell_of(cells: Cells | None, a: int, b: int) -> Node | None:
    """A cell, or the one across the diagonal where it was left blank."""
    if cells is None or max(a, b) >= len(cells):
        return None
    cell = cells[a][b]
    return cells[b][a] if isinstance(cell, Blank) else cell


def _structure(
    joint: Joint, members: list[Term], place: Mapping[Term, int], cells: Cells | None
) -> tuple[Structure, list[list[Term]]]:
    if _is_multiple_of_identity(joint.spread):
        return "identity", [members]
    if cells is None or joint.dots:
        return "full", [members]
    parts = list(_connected(members, place, cells))
    if len(members) > 1 and _one_variance(cells, place, members):
        return _structure_apart(cells, [place[t] for t in members], parts, members)
    return "full", parts


def _structure_apart(
    cells: Cells, places: list[int], parts: list[list[Term]], members: list[Term]
) -> tuple[Structure, list[list[Term]]]:
    """What the cells off the diagonal say where one variance stands all along it."""
    apart = {b - a: cell_of(cells, a, b) or Blank() for a in places for b in places if a < b}
    every = [cell_of(cells, a, b) or Blank() for a in places for b in places if a != b]
    if all(map(is_zero, every)):
        return "identity", [members]
    if any(isinstance(cell, Blank) for cell in every):
        return "full", parts
    if len(set(every)) == 1:
        return "compound_symmetry", [members]
    consistent = all(cell_of(cells, a, b) == apart[abs(a - b)] for a in places for b in places if a != b)
    rho, variance = _correlation(cells), cells[places[0]][places[0]]
    if consistent and all(cell == _decayed(rho, d, variance) for d, cell in apart.items()):
        return "ar1", [members]
    return "full", parts


def _correlation(cells: Cells) -> Node:
    """ρ of the cell ρ σ² beside the diagonal; Blank where that is no product."""
    match cells[0][1]:
        case Product((rho, _)):
            return rho
        case _:
            return Blank()


def _decayed(rho: Node, distance: int, variance: Node) -> Node:
    """ρ^d σ², the covariance of effects that are d places apart."""
    return Product((rho if distance == 1 else Power(rho, Number(str(distance))), variance))


def _is_multiple_of_identity(spread: Node | None) -> bool:
    match spread:
        case Product((*_, Symbol("I"))):
            return True
        case _:
            return False


def _one_variance(cells: Cells, place: Mapping[Term, int], members: list[Term]) -> bool:
    """One symbol all along the diagonal: one variance for all. Equal numbers may be a coincidence."""
    diagonal = {cells[place[t]][place[t]] for t in members}
    one = next(iter(diagonal))
    return len(diagonal) == 1 and isinstance(one, Symbol | Power) and number_of(one) is None


def _connected(members: list[Term], place: Mapping[Term, int], cells: Cells) -> Iterator[list[Term]]:
    """The effects in groups that no zero separates."""
    waiting = list(members)
    while waiting:
        part = [waiting.pop(0)]
        for term in part:
            linked = [t for t in waiting if not is_zero(cell_of(cells, place[term], place[t]) or Blank())]
            part += linked
            waiting = [t for t in waiting if t not in linked]
        yield sorted(part, key=lambda t: place[t])


def _note_full(book: Book, group: str) -> None:
    book.remarks.info(
        "assumed-covariance",
        f"Nothing is said of the covariance of the random effects of {group}: they are taken as correlated.",
        "State their joint distribution to be explicit.",
    )


def _note_independent(book: Book, group: str, joint_of: Mapping[Term, Joint | None]) -> None:
    alone = [j for j in joint_of.values() if j is not None and len(j.items) == 1 and not j.dots]
    if not alone:
        return
    advice = "Software fits a covariance unless || is used." if any(j.bare for j in alone) else ""
    book.remarks.info(
        "separate-distributions",
        f"The random effects of {group} have distributions of their own: they are taken to be independent.",
        advice,
        book.span(alone[0].statement),
    )
