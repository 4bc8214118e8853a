"""The statements of a page, sorted by what they do.

An equation for a symbol, and ``a ~ N(m, v)`` for one that carries an index, say what the symbol
stands for: they are definitions. A normal distribution with mean 0 says that its symbols are random
effects; several together vary jointly. A distribution of a symbol without index is a prior.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..equations import Legend, Node, Range, Statement, Symbol
from ..errors import Span
from ..frozen import frozen
from .names import Belongs, Indices, Key, heads, key, spell_symbol
from .remarks import Remarks


@frozen
class Definition:
    """What a symbol stands for: ``body``, plus an error of its own where it has a distribution."""

    symbol: Symbol
    body: Node
    statement: int
    error: bool

    @property
    def indices(self) -> Indices:
        """The indices on the left."""
        return heads(self.symbol)


@frozen
class Joint:
    """Symbols that one statement distributes together, with what it says of their covariance.

    ``dots`` says that the list of symbols was cut short by dots. ``bare`` that the mean is 0, so that
    they are random effects and not coefficients.
    """

    items: tuple[Symbol, ...]
    spread: Node | None
    statement: int
    bare: bool
    dots: bool = False


@dataclass
class Book:
    """The statements of one page with what was found in them.

    ``matrices`` are covariance matrices that have an equation of their own, ``lists`` the entries of letters
    that stand for several numbers, as the thresholds θ, ``laws`` distributions
    other than the normal of symbols that carry an index; ``categorical`` the
    coefficients of categories that an index counts; ``used`` the statements that a reading rests
    on; ``right`` the symbols that each statement uses, ``indexed`` those used with an index.
    """

    statements: tuple[Statement, ...]
    legend: Legend
    words: Mapping[str, str]
    belongs: Belongs
    remarks: Remarks
    definitions: dict[Key, list[Definition]] = field(default_factory=dict)
    links: dict[Key, tuple[str, Node, int]] = field(default_factory=dict)
    joints: list[Joint] = field(default_factory=list)
    covariances: list[tuple[Symbol, Symbol, Node]] = field(default_factory=list)
    correlations: list[tuple[Symbol, Symbol, Node, int]] = field(default_factory=list)
    distributed: dict[Key, list[Symbol]] = field(default_factory=dict)
    matrices: dict[Key, tuple[Node, int]] = field(default_factory=dict)
    lists: dict[Key, tuple[tuple[Node, ...], int]] = field(default_factory=dict)
    laws: dict[Key, tuple[str, int]] = field(default_factory=dict)
    categorical: set[Key] = field(default_factory=set)
    has_priors: bool = False
    used: set[int] = field(default_factory=set)
    indexed: set[Key] = field(default_factory=set)
    right: list[tuple[Symbol, ...]] = field(default_factory=list)

    def span(self, statement: int) -> Span | None:
        """The place of a statement in the source."""
        return self.statements[statement].span

    @property
    def ranges(self) -> Iterator[Range]:
        """The quantifiers of all statements."""
        return (r for s in self.statements for r in s.ranges)

    def close(self, symbol: Symbol) -> Indices:
        """The indices that a symbol carries, with all that follow from them."""
        return self.belongs.close(heads(symbol))

    def find(self, symbol: Symbol) -> list[Definition]:
        """What a symbol stands for; several definitions mean their sum.

        The exact set of indices first; α_{j[i],k[i]} may be the sum of α_j and α_k. A superscript that
        only the use has is set aside.
        """
        name = key(symbol)
        for candidates in (self.definitions.get(name), self.definitions.get(name.bare)):
            if candidates and (found := _matching(heads(symbol), candidates)):
                self.used.update(d.statement for d in found)
                return found
        candidates = self.definitions.get(name, [])
        self._check_lost_index(symbol, candidates)
        return self._indexed_elsewhere(symbol, candidates)

    def _indexed_elsewhere(self, symbol: Symbol, candidates: list[Definition]) -> list[Definition]:
        """β_1 where only β_1j has an equation and nothing uses β_1j: it has lost its index."""
        if heads(symbol) or not candidates or key(symbol) in self.indexed:
            return []
        found = candidates[0]
        self.used.add(found.statement)
        self.remarks.warning(
            "lost-index",
            f"{spell_symbol(symbol)} is read as {spell_symbol(found.symbol)}, which has an equation.",
            "Give it its index.",
            symbol.span,
        )
        return [found]

    def _check_lost_index(self, symbol: Symbol, candidates: list[Definition]) -> None:
        """An equation for the same letter and digits with other indices was surely meant for this one."""
        wanted = heads(symbol)
        for found in candidates:
            drifted = found.indices and not found.error and len(found.indices) == len(wanted)
            if wanted and (not found.indices or drifted):
                raise self.remarks.refusal(
                    f"{spell_symbol(symbol)} is used with other indices than in its own equation, "
                    f"where it is {spell_symbol(found.symbol)}.",
                    "Give it the same indices in both places.",
                    found.symbol.span or self.span(found.statement),
                )

    def is_defined(self, symbol: Symbol) -> bool:
        """Whether a symbol has an equation or a distribution of its own."""
        name = key(symbol)
        return (
            name in self.distributed
            or name in self.definitions
            or (bool(name.above) and (name.bare in self.definitions or name.bare in self.distributed))
        )

    def is_effect(self, symbol: Symbol) -> bool:
        """Whether a statement says that a symbol varies with mean 0."""
        return key(symbol) not in self.definitions and any(matches(j, symbol) for j in self.joints)


def matches(joint: Joint, symbol: Symbol) -> bool:
    """Whether a statement distributes a symbol, whatever the letters of its indices."""
    name = key(symbol)
    if any(key(item) == name for item in joint.items):
        return True
    return joint.dots and any(
        item.base == symbol.base and heads(item) == heads(symbol) for item in joint.items
    )


def _matching(wanted: Indices, candidates: list[Definition]) -> list[Definition]:
    if exact := [d for d in candidates if d.indices == wanted]:
        return exact[:1]
    parts = [d for d in candidates if d.indices and d.indices < wanted]
    if len(parts) > 1 and frozenset().union(*(d.indices for d in parts)) == wanted:
        return parts
    return []
