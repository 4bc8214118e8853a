"""What sentences and single statements say of the covariances of random effects, and of the residual.

``u_0j and u_1j are independent``, ``Cov(u_0j, u_1j) = 0`` and ``τ_01 = 0`` say the same in three ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product

from ..equations import Claim, Equation, Node, Product, Symbol
from ..expressions import Term
from ..model import Residual
from .book import Book
from .expansion import Leaf
from .groups import Groups
from .names import Key, heads, key, spell_symbol
from .trees import is_zero

Pair = frozenset[Key]


@dataclass
class Said:
    """The pairs of effects that are said to be independent or correlated, and what is said of all others.

    ``apart`` and ``linked`` are about effects that no statement distributes jointly.
    """

    zero: set[Pair] = field(default_factory=set)
    some: set[Pair] = field(default_factory=set)
    apart: bool = False
    linked: bool = False

    def separates(self, a: Leaf, b: Leaf) -> bool:
        """Whether two effects are said, by their names, to be independent."""
        return _pair(a, b) in self.zero

    def links(self, a: Leaf, b: Leaf) -> bool:
        """Whether two effects are said to be correlated."""
        return (_pair(a, b) in self.some or self.linked) and not self.separates(a, b)


def said_of(book: Book, effects: Mapping[Term, Leaf], level: int) -> Said:
    """What is said of the effects of one grouping factor, which is at a level (2 is the lowest)."""
    said = Said({frozenset((key(a), key(b))) for a, b, spread in book.covariances if is_zero(spread)})
    names = {leaf.key for leaf in effects.values()}
    for claim in book.legend.claims:
        if claim.kind not in ("independent", "correlated"):
            continue
        pairs = {pair for pair in _pairs(claim) if pair <= names}
        everything = not claim.symbols and claim.level in (0, level) and len(names) > 1
        if claim.kind == "independent":
            said.zero |= pairs
            said.apart |= everything
        else:
            said.some |= pairs
            said.linked |= everything
    return said


def is_diagonal_by_words(book: Book, spread: Node | None) -> bool:
    """Whether a sentence says that a covariance matrix is diagonal."""
    # By their spelling: whether the u of T_u is an index or the name of effects, the equations tell.
    named = {spell_symbol(s) for c in book.legend.claims if c.kind == "diagonal" for s in c.symbols}
    return isinstance(spread, Symbol) and spell_symbol(spread) in named


def is_said_zero(book: Book, cell: Node) -> bool:
    """Whether a covariance is 0 because one of its factors is said to be: ρσσ with ρ = 0."""
    factors = cell.factors if isinstance(cell, Product) else (cell,)
    zeros = dict(_zeros(book))
    found = [zeros[key(f)] for f in factors if isinstance(f, Symbol) and key(f) in zeros]
    book.used.update(found)
    return bool(found)


def residual_of(book: Book, groups: Groups, residual: Leaf | None = None) -> Residual | None:
    """The autocorrelation of the residuals that a sentence states; None where it states none.

    Raises ReadError where it is said of something else, or not within which units.
    """
    claim = next((c for c in book.legend.claims if c.kind == "autocorrelated"), None)
    if claim is None:
        return None
    named = [s for s in claim.symbols if heads(s)]
    if named and residual is not None and residual.key not in [key(s) for s in named]:
        raise book.remarks.refusal(
            f"{spell_symbol(named[0])} is said to be autocorrelated: only the residuals of the observations "
            "can be.",
            "Say it of the residuals.",
            claim.span,
        )
    names = [g.name for g in groups.groupings]
    within = claim.within.lower()
    chosen = [n for n in names if within and _same_word(within, n.lower())]
    chosen = chosen or [g.name for g in groups.groupings if within and g.index == claim.within]
    chosen = chosen or (names if len(names) == 1 else [])
    if len(chosen) != 1:
        raise book.remarks.refusal(
            "The residuals are said to be autocorrelated, but not within which units.",
            f"Name one of the groups: autocorrelated within {' or '.join(names) or 'the groups'}.",
            claim.span,
        )
    return Residual(ar1_within=chosen[0])


def note_claims(book: Book) -> None:
    """Say which sentences the random part rests on, and which may change the model and are not read."""
    for claim in book.legend.claims:
        if claim.kind == "unread":
            book.remarks.warning(
                "unread-statement",
                f"“{claim.text}” is no part of the model that was read.",
                "Say it in the equations if the model depends on it.",
                claim.span,
            )
        else:
            book.remarks.info(
                "said-in-words",
                f"“{claim.text}” is read as a statement about the random part: {_meaning(claim)}.",
                span=claim.span,
            )


def _meaning(claim: Claim) -> str:
    names = ", ".join(map(spell_symbol, (*claim.symbols, *claim.others))) or "the random effects of a group"
    match claim.kind:
        case "independent":
            return f"no covariances between {names}"
        case "correlated":
            return f"covariances between {names}"
        case "diagonal":
            return f"no covariances in {names}"
        case _:
            return "autocorrelation of the residuals"


def _pairs(claim: Claim) -> Iterator[Pair]:
    pairs = product(claim.symbols, claim.others) if claim.others else combinations(claim.symbols, 2)
    return (frozenset((key(a), key(b))) for a, b in pairs)


def _pair(a: Leaf, b: Leaf) -> Pair:
    return frozenset(name for name in (a.key, b.key) if name is not None)


def _zeros(book: Book) -> Iterator[tuple[Key, int]]:
    """The symbols of which an equation says that they are 0, with its number."""
    for number, statement in enumerate(book.statements):
        match statement:
            case Equation((*lefts, right)) if is_zero(right):
                yield from ((key(s), number) for s in lefts if isinstance(s, Symbol))


def _same_word(a: str, b: str) -> bool:
    """Whether two words are the same, in the singular or in the plural."""
    return a == b or a.removesuffix("s") == b.removesuffix("s")
