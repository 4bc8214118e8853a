"""What a template is given: the levels, the outcome, and the entries of each section."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise

from ..expressions import INTERCEPT, Indicator, Mean, Term, Variable
from ..model import OBSERVATION, UNKNOWN, Categories, Model, RandomBlock
from ..model import Level as LevelName
from .absences import Absence, absences
from .entries import Entry, Facts
from .measures import Measure, is_cell, measure
from .wording import Condition, Wording

FIXED = ("coefficient", "threshold")
"""The kinds of entries of the fixed part."""


@dataclass(frozen=True)
class Level:
    """A level: its number (0 where the levels have no order), its units, and its variables."""

    number: int
    units: str
    variables: tuple[str, ...] = ()


@dataclass(frozen=True)
class Varying:
    """A coefficient with an equation of its own: what it measures, whose it is, where it holds."""

    symbol: str
    measure: Measure
    units: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Part:
    """Random effects of one kind: how many, and of what.

    ``kind`` is "intercept", "slopes" (of numbers), "contrasts" (of categories with a reference) or "cells"
    (of categories each of which has a random effect of its own).
    """

    kind: str
    names: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class Block:
    """Random effects of the same units that covary."""

    units: str
    parts: tuple[Part, ...]

    @property
    def count(self) -> int:
        """How many random effects there are."""
        return sum(part.count for part in self.parts)


@dataclass(frozen=True)
class Outline:
    """Everything that the templates say, in order.

    ``shape`` is "single", "nested", "crossed" or "mixed"; ``success`` is the value of a binary outcome that
    is counted; ``unknown`` lists variables whose level is not known; ``references`` are (variable,
    reference, other categories); ``centred`` the zero points; ``occasions`` says that the observations are
    called so, and something holds "at" them; ``intercept`` that there is one.
    """

    outcome: str
    success: str
    unit: str
    family: str
    link: str
    trials: str
    shape: str
    levels: tuple[Level, ...]
    nested: tuple[tuple[str, str], ...]
    crossed: tuple[tuple[str, ...], ...]
    unknown: tuple[str, ...]
    references: tuple[tuple[str, str, tuple[str, ...]], ...]
    centred: tuple[Condition, ...]
    offsets: tuple[str, ...]
    weights: str
    varying: tuple[Varying, ...]
    entries: tuple[Entry, ...]
    absences: tuple[Absence, ...]
    blocks: tuple[Block, ...]
    predictors: tuple[str, ...]
    products: tuple[str, ...]
    occasions: bool
    intercept: bool

    @property
    def chained(self) -> list[tuple[str, str]]:
        """Each level of a hierarchy with the next one."""
        units = [level.units for level in self.levels]
        return list(pairwise(units))

    @property
    def gains(self) -> bool:
        """Whether any coefficient is a gain with time."""
        return "gain" in self._kinds

    @property
    def differences(self) -> bool:
        """Whether any coefficient is a difference per unit."""
        return "difference" in self._kinds

    @property
    def _kinds(self) -> set[str]:
        return {m.kind for e in self.entries for m in e.measures}

    @property
    def exponentials(self) -> list[tuple[str, Measure]]:
        """A level, a difference and a product, as far as there are coefficients of these kinds."""
        found: dict[str, Measure] = {}
        for entry in self.entries:
            if entry.kind == "coefficient":
                measure = entry.measures[0]
                flat = measure.base is None or measure.base.kind == "level"
                kind = "level" if measure.base is None else "difference" if flat else "product"
                found.setdefault(kind, measure)
        return [(kind, found[kind]) for kind in ("difference", "level", "product") if kind in found]

    @property
    def coefficients(self) -> list[Entry]:
        """The entries of the fixed part."""
        return [e for e in self.entries if e.kind in FIXED]

    @property
    def spreads(self) -> list[Entry]:
        """All other entries."""
        return [e for e in self.entries if e.kind not in FIXED]

    def at(self, units: str) -> list[Entry]:
        """The entries of the level that has these units."""
        return [e for e in self.entries if e.place == units]

    def varying_at(self, units: str) -> list[Varying]:
        """The coefficients with an equation of their own at the level that has these units."""
        return [v for v in self.varying if v.units == units]


def _outcome(model: Model, response: str) -> str:
    """What the predictor is about: the response, or a quantile of it."""
    quantile = model.family.quantile
    if quantile is None:
        return response
    return f"the median of {response}" if quantile == 0.5 else f"the {quantile} quantile of {response}"


def outline(facts: Facts) -> Outline:
    """What the templates say about a model."""
    model, wording = facts.model, facts.wording
    response = model.response.expression
    names = [t for t in model.fixed if t]
    return Outline(
        outcome=_outcome(model, wording.said(response)),
        success=_success(facts),
        unit=wording.book.units.get(getattr(response, "name", ""), ""),
        family=model.family.name,
        link=model.family.link,
        trials="" if model.response.trials is None else wording.said(model.response.trials),
        shape=_shape(facts),
        levels=tuple(_levels(facts)),
        nested=tuple((wording.units_at(a), wording.units_at(b)) for a, b in _nested(facts)),
        crossed=tuple(_crossed(facts)),
        unknown=tuple(wording.label(v) for v, level in model.levels if level is UNKNOWN),
        references=tuple(_references(facts)),
        centred=tuple(_centred(wording)),
        offsets=tuple(map(wording.said, model.offsets)),
        weights="" if model.weights is None else wording.said(model.weights),
        varying=tuple(varying(facts)),
        entries=tuple(facts.entries()),
        absences=tuple(absences(facts)),
        blocks=tuple(_block(wording, b) for b in model.random),
        predictors=tuple(dict.fromkeys(_named(wording, t) for t in names if len(t.factors) == 1)),
        products=tuple(dict.fromkeys(_named(wording, t) for t in names if len(t.factors) > 1)),
        occasions=bool(wording.language.says_occasions(wording.observations)),
        intercept=INTERCEPT in model.fixed and model.family.name != "cumulative",
    )


def _success(facts: Facts) -> str:
    """The category that a binary outcome counts: the second one, as in R; 1 where there are no names."""
    known = facts.model.categories_of(getattr(facts.model.response.expression, "name", ""))
    value = known.names[1] if known and len(known.names) == 2 else "1"
    return facts.wording.category(getattr(facts.model.response.expression, "name", ""), value)


def _block(wording: Wording, block: RandomBlock) -> Block:
    kinds: dict[str, list[str]] = {}
    for term in sorted(block.terms, key=bool):  # the intercept first
        kinds.setdefault(_kind(wording, term, block.terms), []).append(_named(wording, term))
    parts = (Part(kind, tuple(dict.fromkeys(names)), len(names)) for kind, names in kinds.items())
    return Block(wording.units_at(block.group), tuple(parts))


def _kind(wording: Wording, term: Term, terms: Collection[Term]) -> str:
    """Which kind of part of a block a term belongs to."""
    if not term:
        return "intercept"
    kinds = {"level": "cells", "category": "contrasts"}
    return kinds.get(measure(wording, term, terms).kind, "slopes") if len(term.factors) == 1 else "slopes"


def _named(wording: Wording, term: Term) -> str:
    """A term by its variables, whatever their categories: "Machine × age"; nothing for the intercept."""
    return " × ".join(map(wording.said, term.factors))


def _shape(facts: Facts) -> str:
    groups = facts.model.group_names
    if not groups:
        return "single"
    if facts.model.chain is not None:
        return "nested"
    pairs = len(groups) * (len(groups) - 1) // 2
    return "crossed" if sum(len(r) == 2 for r in _crossed(facts)) == pairs else "mixed"


def _levels(facts: Facts) -> Iterable[Level]:
    model, wording = facts.model, facts.wording
    ordered = model.chain is not None
    predictors = dict.fromkeys(v for term in model.terms for v in term.variables)
    places: list[LevelName] = [OBSERVATION, *(model.chain or model.group_names)]
    for number, place in enumerate(places, 1):
        found = [wording.label(v) for v in predictors if model.level_of(v) == place]
        yield Level(number if ordered else 0, wording.units_at(place), tuple(found))


def _nested(facts: Facts) -> list[tuple[str, str]]:
    """Each factor with the innermost one that it is nested in."""
    model = facts.model
    return [(g, model.outer_groups(g)[0]) for g in model.group_names if model.outer_groups(g)]


def _crossed(facts: Facts) -> list[tuple[str, ...]]:
    model, names = facts.model, facts.model.group_names
    pairs = [(a, b) for n, a in enumerate(names) for b in names[n + 1 :]]
    return [
        (facts.wording.units_at(a), facts.wording.units_at(b)) for a, b in pairs if model.is_crossed(a, b)
    ]


def _references(facts: Facts) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    wording = facts.wording
    for known in _used(facts):
        reference, *others = (wording.category(known.variable, name) for name in known.names)
        yield wording.label(known.variable), reference, tuple(others)


def _used(facts: Facts) -> list[Categories]:
    """The variables whose categories are compared with a reference anywhere."""
    model = facts.model
    compared = {
        f.variable
        for terms in (model.fixed, *(b.terms for b in model.random))
        for t in terms
        for f in t.factors
        if isinstance(f, Indicator) and not is_cell(facts.wording, t, f, terms)
    }
    return [c for c in model.categories if c.variable in compared]


def _centred(wording: Wording) -> Iterable[Condition]:
    """The zero points of what is centred, each once."""
    factors = dict.fromkeys(f for t in wording.model.terms for f in t.factors)
    zeros = [wording.zero(f) for f in factors if not isinstance(f, Variable | Indicator | Mean)]
    return [
        z for z in dict.fromkeys(zeros) if z.kind in ("group mean", "grand mean") or z.value not in ("", "0")
    ]


def varying(facts: Facts) -> Iterable[Varying]:
    """The coefficients that have an equation of their own, the lowest level first."""
    chain = facts.model.chain
    for (level, term), symbol in sorted(facts.symbols.varying.items(), key=lambda item: item[0][0]):
        units = facts.wording.units_at(chain[level - 2]) if chain else _cells(facts)
        below = level - 1 if chain else 1
        conditions = tuple(c for c in facts.conditions(term, facts.fixed) if c.height < below)
        yield Varying(facts.spell(symbol), measure(facts.wording, term, facts.fixed.terms), units, conditions)


def _cells(facts: Facts) -> str:
    """What a coefficient belongs to in a cross-classified model."""
    wording = facts.wording
    return str(wording.language.combinations(map(wording.units_at, facts.model.group_names)))
