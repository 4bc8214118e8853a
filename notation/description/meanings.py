"""What each symbol on a page stands for: the "where" list below the equations of a paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from ..equations import Distributed, Equation, Equations, Index, Node, Quantity, Statement, Symbol
from ..expressions import Term, variables
from ..parameters import Parameter
from .entries import Entry, Facts
from .glossary import parts
from .measures import Measure, measure
from .outline import Varying, varying
from .wording import Condition


@dataclass(frozen=True)
class Meaning:
    """What a symbol stands for.

    ``kind`` names the sentence: "outcome", "predictor", "indicator", "mean" (of a predictor), "parameter",
    "varying", "effect", "residual", "expected" (the mean of the outcome), "linear" (the linear
    predictor). ``name`` is the label of a variable with its ``category``;
    ``units`` are what it belongs to, and ``measure`` is what a random effect is a deviation in,
    under ``conditions``.
    """

    symbol: Node
    kind: str
    name: str = ""
    category: str = ""
    units: str = ""
    measure: Measure | None = None
    conditions: tuple[Condition, ...] = ()
    entry: Entry | None = None
    varying: Varying | None = None


def meanings(facts: Facts, pages: Iterable[Equations]) -> Iterator[Meaning]:
    """The meaning of each symbol of the pages, each once, in order of appearance."""
    found: dict[object, dict[Node, Node]] = {}
    for page in pages:
        for statement in page.statements:
            for node in _symbols(statement):
                # A matrix holds a covariance twice, τ_01 and τ_10: both are one parameter.
                key, symbol = (node.parameter, node.symbol) if isinstance(node, Quantity) else (node, node)
                found.setdefault(key, {}).setdefault(symbol, node)
    finder = _Finder(facts)
    for symbols in found.values():
        first, *others = symbols
        meaning = finder.meaning(symbols[first])
        yield replace(meaning, symbol=Equation((first, *others))) if others else meaning


def _symbols(statement: Statement) -> Iterator[Node]:
    """The symbols of a statement; that of a parameter stands with the parameter that it means."""
    if isinstance(statement, Distributed):
        keywords = [value for _, value in statement.distribution.keywords]
        sides: tuple[Node, ...] = (*statement.left, *statement.distribution.arguments, *keywords)
    else:
        sides = statement.sides
    for side in sides:
        yield from _within(side)


def _within(node: Node) -> Iterator[Node]:
    if isinstance(node, Quantity | Symbol):
        yield node
        return
    for part in parts(node):
        yield from _within(part)


@dataclass(frozen=True)
class _Finder:
    """Finds what a symbol stands for."""

    facts: Facts

    @cached_property
    def entries(self) -> dict[Parameter, Entry]:
        """The entry of each parameter."""
        return {entry.parameter: entry for entry in self.facts.entries()}

    @cached_property
    def effects(self) -> dict[Node, Meaning]:
        """The random effects by their symbols."""
        return {symbol: self._effect(symbol, *key) for key, symbol in self.facts.symbols.effects.items()}

    @cached_property
    def varying(self) -> dict[str, Varying]:
        """The coefficients with an equation of their own, by their symbols as they are spelled."""
        return {v.symbol: v for v in varying(self.facts)}

    def meaning(self, node: Node) -> Meaning:
        """The meaning of a symbol, or of a parameter."""
        match node:
            case Quantity(parameter, symbol):
                return Meaning(symbol, "parameter", entry=self.entries.get(parameter))
            case Symbol(word=True):
                return self._variable(node)
            case Symbol() if node in self.effects:
                return self.effects[node]
            case Symbol() if node == self.facts.symbols.residual:
                return Meaning(node, "residual", units=self.facts.wording.observations)
            case Symbol() if (found := self.varying.get(self.facts.spell(node))) is not None:
                return Meaning(node, "varying", varying=found)
            case Symbol():
                return Meaning(node, "linear" if node.base == "η" else "expected")
        raise TypeError(f"no symbol: {node!r}")

    def _variable(self, symbol: Symbol) -> Meaning:
        wording, model = self.facts.wording, self.facts.model
        name = wording.label(symbol.base)
        units = wording.units_at(model.level_of(symbol.base))
        if symbol.accent == "bar":
            place = next((s for s in symbol.below if isinstance(s, Index)), None)
            return Meaning(symbol, "mean", name, units=self._group_of(place))
        if symbol.base in variables(model.response.expression):
            return Meaning(symbol, "outcome", name, units=wording.observations)
        if symbol.category:
            return Meaning(symbol, "indicator", name, wording.category(symbol.base, symbol.category), units)
        return Meaning(symbol, "predictor", name, units=units)

    def _group_of(self, index: Index | None) -> str:
        """The units that an index counts; nothing for a mean over all."""
        counts = {c.index: c.word for c in self.facts.page.legend.counts}
        word = counts.get(index.name, "") if index else ""
        return self.facts.wording.units_at(word) if word else ""

    def _effect(self, symbol: Node, group: str, term: Term) -> Meaning:
        products = self.facts.random[group]
        return Meaning(
            symbol,
            "effect",
            units=self.facts.wording.units_at(group),
            measure=measure(self.facts.wording, term, products.terms),
            conditions=self.facts.conditions(term, products),
        )
