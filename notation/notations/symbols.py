"""The letters of the equations with residuals: R&B's by level, or plain ones.

A :class:`Symbols` gives each parameter and each random effect its own symbol. Three tables are made
here: by the hierarchy of levels (Raudenbush & Bryk 2002, ch. 2, 8), for cross-classified groups
(ibid., ch. 12), and, where levels are not known, numbered through.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..equations import Digit, Label, Node, Number, Power, Quantity, Script, Symbol, Word, letter
from ..expressions import INTERCEPT, Term
from ..hierarchy import Branch, constant_within, require_levels, require_relations, walk
from ..model import OBSERVATION, Model
from ..parameters import Coefficient, Covariance, ResidualVariance, Variance
from .indexing import Indexing, Running, digits, too_many

COEFFICIENTS = ("ξ", "ω", "ψ", "π", "β", "γ")
RESIDUALS = ("ζ", "ν", "ε", "e", "r", "u")
"""From the innermost level to the outermost; the last letters are taken, so that γ and u are at the
top. R&B use β, γ with r, u for two levels and π, β, γ with e, r, u for three; HLM's four-level
module goes on with ψ and ε."""

CROSSED_EFFECTS = ("b", "c", "d", "f", "g", "h")
PLAIN_EFFECTS = ("u", "v", "w", "b", "c", "d")


@dataclass(frozen=True)
class Symbols:
    """The symbol of every fixed coefficient and every random effect of a model.

    ``numbers`` order the random effects as their coefficients and are the digits below a τ;
    ``families`` is what stands before them where the model has more than one family of τ, and is
    missing where the names of the effects themselves stand there. ``letters`` are those of the
    coefficients that have equations, the outermost level's last.
    """

    coefficients: Mapping[Term, Symbol]
    effects: Mapping[tuple[str, Term], Symbol]
    numbers: Mapping[tuple[str, Term], tuple[int, ...]]
    families: Mapping[str, tuple[Script, ...]]
    residual: Symbol
    letters: tuple[str, ...] = COEFFICIENTS

    def coefficient(self, term: Term) -> Node:
        """A fixed coefficient."""
        return Quantity(Coefficient(term), self.coefficients[term])

    def effect(self, group: str, term: Term) -> Symbol:
        """The random effect of a term by a grouping factor."""
        return self.effects[group, term]

    def covariance(self, group: str, a: Term, b: Term) -> Node:
        """The cell of the covariance matrix for two terms: τ_ab, or the variance τ_aa."""
        tau = letter(
            "τ", *(self._digits(group, a, b) if group in self.families else self._names(group, a, b))
        )
        return Quantity(Variance(group, a) if a == b else Covariance(group, frozenset((a, b))), tau)

    def residual_variance(self) -> Node:
        """The variance of the residual."""
        return residual_variance()

    def pair(self, group: str, a: Term, b: Term) -> tuple[Script, ...]:
        """The numbers of two effects, with a comma between them where they have several digits."""
        first, second = self.numbers[group, a], self.numbers[group, b]
        between = (Word(","),) if len(first) > 1 else ()
        return (*digits(*first), *between, *digits(*second))

    def _digits(self, group: str, a: Term, b: Term) -> tuple[Script, ...]:
        return (*self.families[group], *self.pair(group, a, b))

    def _names(self, group: str, a: Term, b: Term) -> tuple[Script, ...]:
        """The effects themselves, without the index of the group: τ_{b_0}, τ_{b_0,b_1}."""
        return tuple(Label(self._name(group, t)) for t in dict.fromkeys((a, b)))

    def _name(self, group: str, term: Term) -> Symbol:
        effect = self.effects[group, term]
        return replace(effect, below=tuple(s for s in effect.below if isinstance(s, Digit)))


def residual_variance() -> Node:
    """σ², the variance of the residual."""
    return Quantity(ResidualVariance(), Power(letter("σ"), Number("2")))


def coefficient_letter(model: Model, depth: int, letters: tuple[str, ...] = COEFFICIENTS) -> str:
    """The letter of the coefficients of an equation ``depth`` levels above the first; R&B's by default."""
    size = len(model.group_names) + 1
    if size == 1:
        return "β"
    if size > len(letters):
        raise too_many("letters", model)
    return letters[depth - size]


def hierarchical_symbols(model: Model, tree: tuple[Branch, ...], indexing: Running) -> Symbols:
    """R&B's symbols for nested levels: γ_pqs, u_pqk, τ_pp′ with the numbers of the tree."""
    chain = model.chain or ()
    branches = list(walk(tree))
    top = coefficient_letter(model, len(chain))
    leaves = {b.product: letter(top, *digits(*b.path)) for b in branches if b.leaf}
    random = {(b.group, b.product): b for b in branches if b.random}
    several = len(chain) > 1
    return Symbols(
        coefficients=leaves,
        effects={key: _level_effect(b, chain, indexing) for key, b in random.items()},
        numbers={key: b.path for key, b in random.items()},
        families={
            g: (Label(letter(coefficient_letter(model, d))),) if several else () for d, g in enumerate(chain)
        },
        residual=letter(RESIDUALS[-len(chain) - 1] if chain else "r", *indexing.at(OBSERVATION)),
    )


def _level_effect(branch: Branch, chain: tuple[str, ...], indexing: Running) -> Symbol:
    base = RESIDUALS[len(branch.path) - 1 - len(chain)]
    return letter(base, *digits(*branch.path), *indexing.at(branch.group))


@dataclass(frozen=True)
class CrossedNumbers:
    """The numbers of a cross-classified model's equations, each starting at 0 with its intercept.

    ``slopes`` numbers the observation-level parts, ``summands`` what multiplies each in its
    level-2 equation: a product of variables of the crossed groups.
    """

    slopes: Mapping[Term, int]
    summands: Mapping[Term, Mapping[Term, int]]

    def path(self, low: Term, high: Term) -> tuple[int, int]:
        """The two numbers of a coefficient."""
        return self.slopes[low], self.summands[low][high]


def cut(model: Model, term: Term) -> tuple[Term, Term]:
    """A term's observation-level part and the rest, which varies between groups only."""
    low = tuple(f for f in term.factors if model.level_of(f) in (OBSERVATION, ""))
    return Term(low), Term(tuple(f for f in term.factors if f not in low))


def crossed_numbers(model: Model) -> CrossedNumbers:
    """The numbering of a model whose grouping factors do not form one chain.

    Raises NeedsMore where levels or relations are not known, CannotSay for a random slope of a
    variable that is constant within the group.
    """
    require_relations(model)
    require_levels(model)
    for block in model.random:
        for term in block.terms:
            _require_variation(model, block.group, term)
    summands: dict[Term, dict[Term, None]] = {}
    for term in model.terms:
        low, high = cut(model, term)
        summands.setdefault(low, {})[high] = None
    return CrossedNumbers(_numbered(summands), {low: _numbered(highs) for low, highs in summands.items()})


def _require_variation(model: Model, group: str, term: Term) -> None:
    for factor in term.factors:
        level = model.level_of(factor)
        if isinstance(level, str) and (level == group or model.is_nested(group, level)):
            raise constant_within(term, group, Term((factor,)))


def _numbered(terms: Mapping[Term, object]) -> dict[Term, int]:
    """Numbers in order of appearance; 0 is the intercept's and nobody else's."""
    others = [t for t in terms if t]
    return {INTERCEPT: 0, **{t: n for n, t in enumerate(others, 1)}}


def crossed_symbols(model: Model, numbers: CrossedNumbers, indexing: Running) -> Symbols:
    """R&B's symbols for cross-classified groups: θ_p, γ_pq, and b, c, … for the factors."""
    coefficients = {}
    for term in model.fixed:
        p, q = numbers.path(*cut(model, term))
        coefficients[term] = letter("γ", *digits(p, q)) if q else letter("θ", *digits(p))
    paths = {(b.group, t): numbers.path(*cut(model, t)) for b in model.random for t in b.terms}
    return Symbols(
        coefficients,
        _effects(model, CROSSED_EFFECTS, paths, indexing),
        paths,
        {},
        letter("e", *indexing.at(OBSERVATION)),
    )


def plain_symbols(model: Model, indexing: Indexing) -> Symbols:
    """Symbols numbered through: β_0, β_1, …, with u, v, … for the grouping factors."""
    numbers = _numbered(dict.fromkeys(model.terms))
    paths = {(b.group, t): (numbers[t],) for b in model.random for t in b.terms}
    groups = _random_groups(model)
    return Symbols(
        {t: letter("β", *digits(numbers[t])) for t in model.fixed},
        _effects(model, PLAIN_EFFECTS, paths, indexing),
        paths,
        {g: () for g in groups if len(groups) == 1},
        letter("e", *indexing.at(OBSERVATION)),
    )


def _random_groups(model: Model) -> tuple[str, ...]:
    return tuple(dict.fromkeys(b.group for b in model.random))


def _effects(
    model: Model,
    letters: tuple[str, ...],
    paths: Mapping[tuple[str, Term], tuple[int, ...]],
    indexing: Indexing,
) -> dict[tuple[str, Term], Symbol]:
    groups = _random_groups(model)
    if len(groups) > len(letters):
        raise too_many("letters for random effects", model)
    bases = dict(zip(groups, letters, strict=False))
    return {(g, t): letter(bases[g], *digits(*path), *indexing.at(g)) for (g, t), path in paths.items()}
