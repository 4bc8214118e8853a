"""The model: what is claimed, free of any notation.

A :class:`Model` is a response with a family and a link, fixed terms, random effects by grouping
factor, and a residual. It is immutable and hashable, and two models are equal when they claim the
same; the order of terms, the letters of an equation and the word for the observations do not count.

What is not known is the value :data:`UNKNOWN`, never a default: on which level a variable lives,
or whether two grouping factors are nested. UNKNOWN equals only UNKNOWN.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from itertools import combinations, pairwise
from typing import Literal

from .expressions import Basis, Call, Centered, Expression, Factor, Indicator, Mean, Term, Variable, variables
from .frozen import frozen


class Place(Enum):
    """Where a variable varies, if it is not constant within a grouping factor."""

    OBSERVATION = "observation"
    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return self.name


OBSERVATION = Place.OBSERVATION
UNKNOWN = Place.UNKNOWN

Level = str | Place
"""The level of a variable: the name of a grouping factor, OBSERVATION or UNKNOWN."""


# ------------------------------------------------------------------ response

FAMILIES: dict[str, str] = {
    "gaussian": "identity",
    "binomial": "logit",
    "poisson": "log",
    "negative_binomial": "log",
    "gamma": "log",
    "beta": "logit",
    "cumulative": "logit",
    "multinomial": "logit",
    "quasi": "identity",
    "quantile": "identity",
}
"""The families, each with the link that is meant where none is stated.

``binomial`` with one trial is Bernoulli. ``cumulative`` is the ordinal model
link(P(y ≤ k)) = θ_k − η, with the minus sign (McCullagh 1980). For ``gamma`` the log link is the
default, since that is what multilevel software fits most. ``quasi`` states the mean of the response and no
distribution: what marginal models (GEE), robust regressions and quasi-likelihoods estimate
(McCullagh & Nelder 1989, ch. 9). ``quantile`` states a quantile of the response and no distribution
(Koenker 2005).
"""

LINKS = ("identity", "logit", "probit", "cloglog", "cauchit", "log", "inverse", "sqrt", "loglog")

FAMILIES_WITH_RESIDUAL = ("gaussian",)


@frozen
class Family:
    """The distribution of the response given everything, and the link of its mean.

    ``quantile`` is the share of responses below, in a model of a quantile: 0.5 is the median.
    """

    name: str = "gaussian"
    link: str = ""
    quantile: float | None = None

    def __post_init__(self) -> None:
        if self.name not in FAMILIES:
            raise ValueError(f"no family is called {self.name!r}")
        if not self.link:
            object.__setattr__(self, "link", FAMILIES[self.name])
        if self.link not in LINKS:
            raise ValueError(f"no link is called {self.link!r}")
        if self.name == "quantile" and self.quantile is None:
            object.__setattr__(self, "quantile", 0.5)
        if (self.quantile is not None) != (self.name == "quantile"):
            raise ValueError(f"a {self.name} model is not one of a quantile")
        if self.quantile is not None and not 0 < self.quantile < 1:
            raise ValueError("a quantile lies between 0 and 1")

    def __repr__(self) -> str:
        quantile = "" if self.quantile is None else f", quantile={self.quantile!r}"
        return f"Family(name={self.name!r}, link={self.link!r}{quantile})"


GAUSSIAN = Family()


@frozen
class Response:
    """What is modelled. ``trials`` is the number of trials of a binomial count; None is one trial."""

    expression: Expression
    trials: Expression | None = None


# ------------------------------------------------------------------ levels and groups


@frozen
class Grouping:
    """A grouping factor: the units of a level above the observations.

    ``name`` is what they are called, verbatim (``schools``, ``sch_id``); a colon joins the columns
    of an interaction factor (``batch:machine``). ``index`` is its letter, if the author chose one;
    it does not count in comparisons.
    """

    name: str
    index: str = field(default="", compare=False)


NAMELESS = Grouping("")
"""The observations, where nobody has a word for them."""


@frozen
class Nested:
    """Each unit of ``inner`` belongs to one unit of ``outer``."""

    inner: str
    outer: str


@frozen
class Crossed:
    """Neither of two grouping factors is nested in the other; fully or partly crossed."""

    factors: frozenset[str]


Relation = Nested | Crossed


@frozen
class Categories:
    """The categories of a categorical variable; the first is the reference.

    The reference's name is empty where equations show the indicators of all others and do not name it.
    ``numeric`` says that the data hold it as numbers, so that a formula must say ``factor(x)``.
    """

    variable: str
    names: tuple[str, ...]
    numeric: bool = False

    @property
    def reference(self) -> str:
        """The category that the others are compared with."""
        return self.names[0]


# ------------------------------------------------------------------ random parts

Structure = Literal["full", "identity", "compound_symmetry", "ar1"]


@dataclass(frozen=True, eq=False)
class RandomBlock:
    """Random effects of one grouping factor that are correlated with one another.

    Independent effects stand in blocks of their own: ``(x || g)`` is two blocks. ``structure`` is
    the covariance matrix's: "full"; "identity" (one variance, no covariances); "compound_symmetry"
    (one variance, one covariance); "ar1" (one variance, one autocorrelation).
    """

    group: str
    terms: tuple[Term, ...]
    structure: Structure = "full"

    def __post_init__(self) -> None:
        if not self.terms:
            raise ValueError(f"the random effects of {self.group} have no terms")
        if len(set(self.terms)) < len(self.terms):
            raise ValueError(f"a term varies by {self.group} twice in one block")
        if len(self.terms) == 1:
            object.__setattr__(self, "structure", "full")
        if len(self.terms) == 2 and self.structure == "ar1":  # one variance, one covariance: it is the same
            object.__setattr__(self, "structure", "compound_symmetry")

    @cached_property
    def _key(self) -> object:
        ordered = self.terms if self.structure == "ar1" else frozenset(self.terms)
        return self.group, ordered, self.structure

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RandomBlock) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


@frozen
class Residual:
    """The residual of the observations: one variance, or one for each category of ``by``.

    ``ar1_within`` names the grouping factor within which successive residuals are correlated.
    """

    by: str | None = None
    ar1_within: str | None = None


# ------------------------------------------------------------------ the model


@dataclass(frozen=True, eq=False)
class Model:
    """A single-level or multilevel (mixed) model.

    ``levels`` gives the level of each variable (completed with UNKNOWN, or OBSERVATION in a model
    without groups); ``relations`` what is known of nesting (closed transitively); ``observation``
    the legend's index and word for the observations, which do not count in comparisons.

    Raises ValueError where the parts contradict one another: a model that exists is valid.
    """

    response: Response
    fixed: tuple[Term, ...]
    random: tuple[RandomBlock, ...] = ()
    groupings: tuple[Grouping, ...] = ()
    relations: frozenset[Relation] = frozenset()
    levels: tuple[tuple[str, Level], ...] = ()
    categories: tuple[Categories, ...] = ()
    family: Family = GAUSSIAN
    residual: Residual | None = None
    offsets: tuple[Expression, ...] = ()
    weights: Expression | None = None
    observation: Grouping = NAMELESS

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "fixed", tuple(dict.fromkeys(self.fixed)))
        put(self, "groupings", self._all_groupings())
        put(self, "relations", close_relations(self.relations))
        put(self, "levels", self._all_levels())
        put(self, "categories", self._used_categories())
        if self.family.name in FAMILIES_WITH_RESIDUAL:
            put(self, "residual", self.residual or Residual())
        elif self.residual is not None:
            raise ValueError(f"a {self.family.name} model has no residual of the observations")
        self._check_random()
        self._check_relations()

    # -- invariants

    def _all_groupings(self) -> tuple[Grouping, ...]:
        found = {g.name: g for g in self.groupings}
        named = [b.group for b in self.random] + [v for _, v in self.levels if isinstance(v, str)]
        if self.residual is not None and self.residual.ar1_within:
            named.append(self.residual.ar1_within)
        for name in named:
            found.setdefault(name, Grouping(name))
        return tuple(found.values())

    def _all_levels(self) -> tuple[tuple[str, Level], ...]:
        silent = UNKNOWN if self.groupings else OBSERVATION
        known = dict(self.levels)
        return tuple((name, known.get(name, silent)) for name in self.variables)

    def _used_categories(self) -> tuple[Categories, ...]:
        used = {f.variable for t in self.terms for f in t.factors if isinstance(f, Indicator)}
        if isinstance(self.response.expression, Variable):
            used.add(self.response.expression.name)
        if self.residual is not None and self.residual.by:
            used.add(self.residual.by)
        return tuple(c for c in self.categories if c.variable in used)

    def _check_random(self) -> None:
        seen: set[tuple[str, Term]] = set()
        for block in self.random:
            for term in block.terms:
                if (block.group, term) in seen:
                    raise ValueError(
                        f"one term varies by {block.group} in two blocks: its two variances are unidentified"
                    )
                seen.add((block.group, term))

    def _check_relations(self) -> None:
        for relation in self.relations:
            match relation:
                case Nested(inner, outer) if inner == outer or Nested(outer, inner) in self.relations:
                    raise ValueError(f"{inner} and {outer} are nested in each other")
                case Crossed(factors) if any(
                    {r.inner, r.outer} == factors for r in self.relations if isinstance(r, Nested)
                ):
                    raise ValueError(
                        f"{' and '.join(sorted(factors))} are said to be both nested and crossed"
                    )

    # -- meaning

    @cached_property
    def _key(self) -> object:
        return (
            self.response,
            frozenset(self.fixed),
            frozenset(self.random),
            frozenset(self.groupings),
            self.relations,
            frozenset(self.levels),
            frozenset(self.categories),
            self.family,
            self.residual,
            frozenset(self.offsets),
            self.weights,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Model) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Every term of the fixed and the random part, each once."""
        return tuple(dict.fromkeys([*self.fixed, *(t for b in self.random for t in b.terms)]))

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """The names of the predictors (also in offsets and weights), each once; not the response."""
        extra = [*self.offsets, *([self.weights] if self.weights is not None else [])]
        names = [name for term in self.terms for name in term.variables]
        return tuple(dict.fromkeys(names + [name for e in extra for name in variables(e)]))

    @cached_property
    def _levels(self) -> dict[str, Level]:
        return dict(self.levels)

    def level_of(self, item: str | Expression | Term) -> Level:
        """The level of a variable, an expression or a term: the lowest of its parts.

        The intercept and numbers have no variable: they are at the level of no group, which is
        reported as the empty string. UNKNOWN wins over everything; factors that are not nested
        meet only at the observations, unless one of them is the level of all parts.
        """
        parts = {self._level_of_leaf(leaf) for leaf in _leaves(item)}
        if UNKNOWN in parts:
            return UNKNOWN
        names = {p for p in parts if isinstance(p, str)}
        if OBSERVATION in parts:
            return OBSERVATION
        lowest = [n for n in names if all(n == m or self.is_nested(n, m) for m in names)]
        return lowest[0] if lowest else (OBSERVATION if names else "")

    def _level_of_leaf(self, leaf: str | Mean) -> Level:
        if isinstance(leaf, str):
            return self._levels.get(leaf, UNKNOWN)
        return leaf.within or ""

    @cached_property
    def group_names(self) -> tuple[str, ...]:
        """The names of the grouping factors, in the order in which they were given."""
        return tuple(g.name for g in self.groupings)

    def is_nested(self, inner: str, outer: str) -> bool:
        """Whether ``inner`` is known to be nested in ``outer``."""
        return Nested(inner, outer) in self.relations

    def is_crossed(self, a: str, b: str) -> bool:
        """Whether the two grouping factors are known not to be nested."""
        return Crossed(frozenset((a, b))) in self.relations

    def outer_groups(self, name: str) -> tuple[str, ...]:
        """The grouping factors that ``name`` is nested in, the innermost first."""
        found = [g for g in self.group_names if self.is_nested(name, g)]
        return tuple(sorted(found, key=lambda g: sum(self.is_nested(h, g) for h in found)))

    @cached_property
    def chain(self) -> tuple[str, ...] | None:
        """The grouping factors from the innermost to the outermost, if each is nested in the next."""
        ordered = sorted(self.group_names, key=lambda g: -len(self.outer_groups(g)))
        nested = all(self.is_nested(a, b) for a, b in pairwise(ordered))
        return tuple(ordered) if nested else None

    @cached_property
    def unrelated(self) -> tuple[tuple[str, str], ...]:
        """Pairs of grouping factors of which it is not known whether they are nested or crossed."""
        return tuple(
            (a, b)
            for a, b in combinations(self.group_names, 2)
            if not (self.is_nested(a, b) or self.is_nested(b, a) or self.is_crossed(a, b))
        )

    def categories_of(self, variable: str) -> Categories | None:
        """The categories of a categorical variable, if they are known."""
        return next((c for c in self.categories if c.variable == variable), None)


def close_relations(relations: Iterable[Relation]) -> frozenset[Relation]:
    """The relations with everything that follows from nesting: a in b and b in c is a in c."""
    closed = set(relations)
    while True:
        nested = [r for r in closed if isinstance(r, Nested)]
        more = {Nested(a.inner, b.outer) for a in nested for b in nested if a.outer == b.inner} - closed
        if not more:
            return frozenset(closed)
        closed |= more


def _leaves(item: str | Expression | Term) -> Iterable[str | Mean]:
    """The variables of an item, a mean within groups counting as a thing of its own."""
    match item:
        case str(name) | Variable(name) | Indicator(name) | Factor(name):
            return [name]
        case Term(factors):
            return [leaf for f in factors for leaf in _leaves(f)]
        case Call(_, arguments):
            return [leaf for a in arguments for leaf in _leaves(a)]
        case Basis(of=of) | Centered(of=of):
            return _leaves(of)
        case Mean() as mean:
            return [mean]
        case _:
            return []
