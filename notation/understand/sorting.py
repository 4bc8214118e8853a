"""The summands sorted: fixed terms, random effects by grouping factor, residual, offsets.

What a coefficient is follows from its indices against the response's: all of them, and it is the
residual; a part of them, and it varies by a grouping factor; none, and it is fixed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ..equations import Apply, Distributed, Symbol
from ..errors import ReadError, Span
from ..expressions import Call, Centered, Constant, Expression, Factor, Mean, Term, Variable
from ..model import GAUSSIAN
from .book import Book
from .data import DataReader
from .expansion import COLUMNS, MATRICES, Leaf, Summand
from .groups import Groups
from .names import NONE, RESIDUAL_LETTERS, Indices, Key, names_below, spell_symbol
from .response import Outcome
from .scaling import scaled
from .trees import symbols


@dataclass
class Sorted:
    """What the summands are, by their role.

    ``negative`` holds the fixed terms that are subtracted; ``letters`` the bases of ANOVA's effects.
    """

    book: Book
    outcome: Outcome
    groups: Groups
    data: DataReader
    anova: frozenset[str] = frozenset()
    fixed: dict[Term, Leaf] = field(default_factory=dict)
    negative: set[Term] = field(default_factory=set)
    random: dict[str, dict[Term, Leaf]] = field(default_factory=dict)
    offsets: list[Expression] = field(default_factory=list)
    residual: Leaf | None = None

    def refusal(self, message: str, mend: str, leaf: Leaf) -> ReadError:
        """The error for something wrong about a coefficient, at its place."""
        return self.book.remarks.refusal(message, mend, self.span(leaf))

    def span(self, leaf: Leaf) -> Span | None:
        """The place of a coefficient."""
        return (leaf.symbol.span if leaf.symbol else None) or self.book.span(leaf.statement)

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms of the fixed part and of all random effects, each once."""
        return tuple(dict.fromkeys([*self.fixed, *(t for effects in self.random.values() for t in effects)]))


def sort_summands(found: Sorted, summands: Iterable[Summand]) -> None:
    """Fixed terms first, since a varying coefficient joins the fixed one of its term.

    Raises ReadError for a summand that fits no role.
    """
    varying: list[tuple[Term, Leaf]] = []
    for summand in _with_residual(found, list(summands)):
        leaf = summand.leaf
        if leaf is None:
            _add_offset(found, summand)
        elif is_categorical(leaf, found.book, found.anova):
            _add_categories(found, _term(found, summand), leaf)
        elif _is_residual(found, leaf):
            _add_residual(found, summand, leaf)
        elif _varies(found, leaf):
            varying.append((_term(found, summand), leaf))
        else:
            _add_fixed(found, _term(found, summand), leaf, summand.negative)
    _check_one_term_each(found, varying)
    _place_varying(found, varying)


def _with_residual(found: Sorted, summands: list[Summand]) -> list[Summand]:
    """The summands; a lone ε at the end of a response without residual is that, and has lost its indices."""
    outcome = found.outcome
    given = any(s.leaf.indices == outcome.indices for s in summands if s.leaf is not None)
    if outcome.residual or outcome.family != GAUSSIAN or given:
        return summands
    lone = [s for s in summands if s.leaf and not s.data and _is_lone_residual(s.leaf, outcome.statement)]
    if len(lone) != 1 or not outcome.indices or lone[0].leaf is None:
        return summands
    leaf = lone[0].leaf
    found.book.remarks.warning(
        "lost-index",
        f"{name_of(leaf)} is read as the residual of the observations: it has lost its indices.",
        "Give the residual all indices of the response, as in y_ij = … + e_ij.",
        found.span(leaf),
    )
    residual = replace(lone[0], leaf=replace(leaf, indices=outcome.indices))
    return [residual if s is lone[0] else s for s in summands]


def _is_lone_residual(leaf: Leaf, statement: int) -> bool:
    symbol = leaf.symbol
    numbered = symbol is not None and bool(names_below(symbol))
    return (
        symbol is not None
        and symbol.base in RESIDUAL_LETTERS
        and not (leaf.indices or numbered)
        and leaf.statement == statement
    )


# ------------------------------------------------------------------ roles


def _is_residual(found: Sorted, leaf: Leaf) -> bool:
    _check_law(found, leaf)
    return bool(leaf.indices) and leaf.indices == found.outcome.indices


def _varies(found: Sorted, leaf: Leaf) -> bool:
    """Whether a coefficient carries a part of the response's indices."""
    own = leaf.indices - {found.outcome.category}
    strange = own - found.outcome.indices
    if strange:
        raise found.refusal(
            f"{name_of(leaf)} carries the index {', '.join(sorted(strange))}, but the response does not.",
            "Indices must agree: give both the same ones, or say how one follows from the other, as in j[i].",
            leaf,
        )
    return bool(own)


def _check_law(found: Sorted, leaf: Leaf) -> None:
    """Random effects are normal here: another distribution would be another model."""
    law = found.book.laws.get(leaf.key) if leaf.key is not None else None
    if law is not None and leaf.indices:
        raise found.refusal(
            f"The random effect {name_of(leaf)} has another distribution than the normal one.",
            "Random effects are normally distributed in the models that can be read.",
            leaf,
        )


def _term(found: Sorted, summand: Summand) -> Term:
    factors = [found.data.read(d.node, d.statement) for d in summand.data]
    centered = dict(found.book.legend.centered)
    shown = [_centered(found, f, centered) for f in factors if f != Constant(1)]
    product = scaled(shown)
    if product is None:
        raise found.refusal(
            f"A number multiplies {name_of(summand.leaf) if summand.leaf else 'nothing'}, and no variable.",
            "Leave the number out: a coefficient without a variable has the factor 1.",
            summand.leaf or Leaf(None, None, NONE, found.outcome.statement),
        )
    return Term(tuple(product))


def _centered(found: Sorted, factor: Expression, centered: dict[str, str]) -> Expression:
    """A variable of which the legend says that it is centred."""
    if not isinstance(factor, Variable) or factor.name not in centered:
        return factor
    group = centered[factor.name]
    known = [g.name for g in found.groups.groupings]
    if group and group not in known and len(known) == 1:
        group = known[0]
    return Centered(factor, Mean(factor, group or None))


def _add_offset(found: Sorted, summand: Summand) -> None:
    """Data without a coefficient: an offset, where it is marked as one or the model is generalized."""
    match [d.node for d in summand.data]:
        case [Apply("offset", (of,))]:
            offset = found.data.read(of, summand.data[0].statement)
            found.offsets.append(
                Call("-", (offset,)) if summand.negative != found.outcome.ordinal else offset
            )
        case [node] if found.outcome.family != GAUSSIAN and summand.negative == found.outcome.ordinal:
            found.offsets.append(found.data.read(node, summand.data[0].statement))
        case [Symbol(base=name, word=True, span=span)] if len(name) == 2 and name[0] in MATRICES:
            raise found.book.remarks.refusal(
                f"{name} seems to be a matrix times a vector: which columns {name[0]} holds, is not written.",
                COLUMNS,
                span,
            )
        case nodes:
            spans = [s.span for node in nodes for s in symbols(node) if s.span]
            statement = summand.data[0].statement if summand.data else found.outcome.statement
            raise found.book.remarks.refusal(
                "A summand has no coefficient and no random effect.",
                "Each summand is one coefficient or random effect, times data; mark an offset as offset(…).",
                spans[0] if spans else found.book.span(statement),
            )


def _add_residual(found: Sorted, summand: Summand, leaf: Leaf) -> None:
    name = name_of(leaf)
    if summand.data:
        raise found.refusal(
            f"{name} differs for every observation and yet multiplies data.",
            "A coefficient carries the indices of its groups only.",
            leaf,
        )
    if found.outcome.family.name != "gaussian":
        raise found.refusal(
            f"{name} is an effect of every single observation, in a {found.outcome.family.name} model.",
            "Leave it out, or make the observations a grouping factor.",
            leaf,
        )
    if found.residual is not None or found.outcome.residual:
        raise found.refusal(
            f"{name} is a second residual of the observations.", "The response has one residual only.", leaf
        )
    found.residual = leaf


def _add_fixed(found: Sorted, term: Term, leaf: Leaf, negative: bool) -> None:
    other = found.fixed.setdefault(term, leaf)
    if other is leaf:
        if negative:
            found.negative.add(term)
    elif other.key is None or other.key != leaf.key:
        _two_coefficients(found, term, other, leaf)


def _two_coefficients(found: Sorted, term: Term, a: Leaf, b: Leaf) -> None:
    names = " and ".join(map(name_of, (a, b)))
    _check_one_meaning(found, term)
    if a.number is not None or b.number is not None:
        raise found.refusal(
            f"{names} are added for the same term: a random effect has the mean 0 where its coefficient has "
            "a mean of its own.",
            "Write 0 for the mean of the random effect, or leave the coefficient out.",
            b,
        )
    if a.statement == b.statement:
        raise found.refusal(
            f"Two coefficients, {names}, multiply the same term: only their sum is identified.",
            "Leave one out.",
            b,
        )
    means = all(isinstance(found.book.statements[leaf.statement], Distributed) for leaf in (a, b))
    found.book.remarks.add(
        "warning" if term and not means else "info",
        "sum-of-coefficients",
        f"{names} multiply the same term: only their sum is identified, and it is read as one coefficient.",
        span=found.book.span(b.statement),
    )


def _check_one_meaning(found: Sorted, term: Term) -> None:
    """x_ij and x_j, or x, that would be one term: they are two variables of one name, or a slip."""
    for name in term.variables:
        seen = {s.indices: s.symbol for s in found.data.sightings if s.variable == name}
        if len(seen) > 1:
            raise found.book.remarks.refusal(
                f"{' and '.join(map(spell_symbol, seen.values()))} have one name and different indices: they "
                "would be one term.",
                f"Give two variables two names, as in {name} and {name}_mean, or one variable the same "
                "indices everywhere.",
                next(reversed(seen.values())).span,
            )


def name_of(leaf: Leaf) -> str:
    """A coefficient in a message."""
    return spell_symbol(leaf.symbol) if leaf.symbol is not None else "a number"


def _check_one_term_each(found: Sorted, varying: list[tuple[Term, Leaf]]) -> None:
    """A random effect multiplies one term; a coefficient that multiplies two is noted."""
    effects: dict[tuple[Key | None, Indices], Term] = {}
    for term, leaf in varying:
        if effects.setdefault((leaf.key, leaf.indices), term) != term:
            raise found.refusal(
                f"One random effect, {name_of(leaf)}, is used for two terms.",
                "Each term needs a random effect of its own.",
                leaf,
            )
    coefficients: dict[tuple[Key, int], Term] = {}
    for term, leaf in found.fixed.items():
        if leaf.key is not None and coefficients.setdefault((leaf.key, leaf.statement), term) != term:
            found.book.remarks.warning(
                "coefficient-twice",
                f"One coefficient, {name_of(leaf)}, multiplies two terms, which makes their coefficients "
                "equal; it is read as two coefficients that may differ, which is another model.",
                "Give each term a coefficient of its own.",
                found.span(leaf),
            )


def _place_varying(found: Sorted, varying: list[tuple[Term, Leaf]]) -> None:
    """Random effects, and coefficients that vary: these are fixed plus random."""
    # What varies around a mean that is stated, as β_0j ~ N(γ_0, τ²), makes no random effect of its letter.
    letters = {
        _role(leaf)
        for term, leaf in varying
        if (leaf.effect or term in found.fixed) and leaf.key not in found.book.definitions
    }
    for term, leaf in varying:
        _check_lost_index(found, term, leaf)
        if term not in found.fixed and not leaf.effect and _role(leaf) not in letters:
            _add_fixed(found, term, leaf, negative=False)
            _note_mean(found, leaf)
        if leaf.indices not in found.groups.units.values():
            raise found.refusal(
                f"{name_of(leaf)} varies between no units that are known, and has no equation.",
                "Add its equation, or give it the indices of a grouping factor.",
                leaf,
            )
        of_group = found.random.setdefault(found.groups.name(leaf.indices), {})
        other = of_group.setdefault(term, leaf)
        if other.key != leaf.key:
            raise found.refusal(
                f"{name_of(other)} and {name_of(leaf)} are random effects of the same term by the same "
                "group: their variances are not identified.",
                "Leave one out.",
                leaf,
            )


def _note_mean(found: Sorted, leaf: Leaf) -> None:
    found.book.remarks.info(
        "varying-coefficient",
        f"{name_of(leaf)} has no equation: it is taken as normally distributed around a mean, which is a "
        "fixed coefficient.",
        "State its equation or its distribution to be explicit.",
        found.span(leaf),
    )


def _role(leaf: Leaf) -> tuple[str, Indices]:
    """A letter with its indices plays one role in a page: u_0j and u_1j are both effects."""
    return (leaf.symbol.base if leaf.symbol else "", leaf.indices)


def _check_lost_index(found: Sorted, term: Term, leaf: Leaf) -> None:
    """A letter of residuals at the end of a response without residual has lost an index."""
    if term or found.outcome.residual or found.residual is not None or found.outcome.family != GAUSSIAN:
        return
    if (
        leaf.symbol is not None
        and leaf.symbol.base in RESIDUAL_LETTERS
        and leaf.statement == found.outcome.statement
    ):
        lost = ", ".join(sorted(found.outcome.indices - leaf.indices))
        raise found.refusal(
            f"{name_of(leaf)} would be the residual of the observations, but it lacks the index {lost}.",
            "Give the residual all indices of the response, as in y_ij = … + e_ij.",
            leaf,
        )


# ------------------------------------------------------------------ coefficients of categories


def is_categorical(leaf: Leaf, book: Book, letters: frozenset[str]) -> bool:
    """Whether a coefficient with an index is one fixed effect for each category that the index counts.

    So are the effects of an analysis of variance, (αβ)_jk with α_j and β_k, whose ``letters`` are
    given; and Bayesian coefficients with a prior that has nothing to learn, β_k ~ N(0, 1).
    """
    if leaf.symbol is None or leaf.effect or not leaf.indices:
        return False
    return leaf.key in book.categorical or (
        leaf.symbol.base in letters and len(leaf.indices) == len(leaf.symbol.base)
    )


def _add_categories(found: Sorted, term: Term, leaf: Leaf) -> None:
    """α_j is the effect of the factor that j counts; (αβ)_jk that of a product of two."""
    factors = tuple(Factor(found.groups.words.get(index) or index) for index in sorted(leaf.indices))
    _add_fixed(found, term * Term(factors), leaf, negative=False)
    found.book.remarks.info(
        "effects-of-categories",
        f"{name_of(leaf)} is read as the fixed effects of the categories that its index counts.",
        span=found.span(leaf),
    )
