"""The facts of a description, one entry for each parameter; templates make sentences of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from ..equations import Equations, Node
from ..errors import NotYet
from ..expressions import INTERCEPT, Call, Constant, Expression, Indicator, Term
from ..model import Model, RandomBlock
from ..parameters import (
    Autocorrelation,
    Coefficient,
    Covariance,
    Dispersion,
    Parameter,
    ResidualVariance,
    Threshold,
    Variance,
    block_parameters,
    parameters,
)
from ..spelling import spell_term
from .absent import Products, absent_effects, hypothetical, predictors_of
from .glossary import Glossary, glossary
from .measures import Measure, is_cell, measure
from .wording import Condition, Wording


def spelled(node: Node) -> str:
    """A symbol in plain text."""
    from ..markup.plain import write_node  # the markup is needed only where something is described

    return write_node(node)


@dataclass(frozen=True)
class Same:
    """Something that a coefficient does not depend on, since ``symbol`` is not in the model."""

    name: str
    every: str = ""
    symbol: str = ""


@dataclass(frozen=True)
class Entry:
    """One parameter of a model.

    ``kind`` names the sentence, ``symbol`` and ``term`` stand at its head. ``measures`` are what it is
    about (two for a covariance) with the ``effects``' symbols; ``conditions`` where it holds,
    ``same`` what it does not depend on; ``units`` differ by it, within ``outer`` ones, also where
    ``predictors`` agree. ``place`` are the units of its level.
    """

    kind: str
    parameter: Parameter
    symbol: str
    term: str = ""
    measures: tuple[Measure, ...] = ()
    conditions: tuple[Condition, ...] = ()
    same: tuple[Same, ...] = ()
    effects: tuple[str, ...] = ()
    units: str = ""
    predictors: tuple[str, ...] = ()
    detail: str = ""
    place: str = ""
    outer: str = ""


@dataclass(frozen=True)
class Facts:
    """Everything that is said about a model, found from its parts and from a page of its equations.

    ``write`` is the notation's writer; ``spell`` says how symbols stand in the sentences: in plain text,
    where nothing else is said.
    """

    wording: Wording
    page: Equations
    write: Callable[[Model], Equations] = field(repr=False)
    spell: Callable[[Node], str] = field(default=spelled, repr=False)

    @property
    def model(self) -> Model:
        """The model."""
        return self.wording.model

    @cached_property
    def symbols(self) -> Glossary:
        """The symbols of the page.

        Effects that share one variance are told apart on a page where each has its own.
        """
        found = glossary(self.page)
        if all(block.structure == "full" for block in self.model.random):
            return found
        apart = tuple(replace(block, structure="full") for block in self.model.random)
        return replace(found, effects=glossary(self.write(replace(self.model, random=apart))).effects)

    @cached_property
    def larger(self) -> Glossary:
        """The symbols that absent products and random effects would have."""
        fixed = [
            t * Term((f,)) for t in self.model.fixed if len(t.factors) > 1 for f in self.fixed.missing(t)
        ]
        effects = [(g, t) for g in self.random for t in absent_effects(self.model, g, self.random[g].terms)]
        return hypothetical(self.model, self.symbols, dict.fromkeys(fixed), effects, self.write)

    @cached_property
    def fixed(self) -> Products:
        """The terms of the fixed part."""
        return Products(self.model.fixed)

    @cached_property
    def random(self) -> Mapping[str, Products]:
        """The terms whose coefficients vary, by grouping factor."""
        groups = dict.fromkeys(b.group for b in self.model.random)
        return {g: Products(t for b in self.model.random if b.group == g for t in b.terms) for g in groups}

    # -- parameters

    def entries(self) -> Iterator[Entry]:
        """One entry for each parameter, in the order of :func:`notation.parameters.parameters`."""
        blocks = {p: b for b in self.model.random for p in block_parameters(b)}
        for parameter in parameters(self.model):
            yield self._entry(parameter, blocks.get(parameter))

    def symbol(self, parameter: Parameter) -> str:
        """The symbol of a parameter. Raises NotYet where the notation has none."""
        node = self.symbols.parameters.get(parameter)
        if node is None:
            raise NotYet(f"This notation has no symbol for {parameter} yet, so it cannot be described.")
        return self.spell(node)

    def effect(self, group: str, term: Term) -> str:
        """The symbol of a random effect. Raises NotYet where the page does not show which one it is."""
        node = self.symbols.effects.get((group, term))
        if node is None:
            name = self._named(term)
            raise NotYet(
                f"Which symbol is the random effect of {name} by {group} is not told by this notation's page "
                "yet, so it cannot be described."
            )
        return self.spell(node)

    def _entry(self, parameter: Parameter, block: RandomBlock | None) -> Entry:
        match parameter, block:
            case Coefficient(term), _:
                return self._coefficient(parameter, term)
            case Variance(group, term), RandomBlock(structure="full"):
                return self._variance(parameter, group, (term,))
            case Variance(group), RandomBlock(terms=terms):
                return self._variance(parameter, group, terms)
            case Covariance(group, pair), RandomBlock(terms=terms, structure="full"):
                entry = self._of_group("covariance", parameter, group, tuple(t for t in terms if t in pair))
                # Where a level has random slopes, what varies with it depends on the zero points.
                place = self.conditions(INTERCEPT, self.random[group]) if INTERCEPT in pair else ()
                return replace(entry, conditions=place)
            case Covariance(group), RandomBlock(terms=terms):
                return self._of_group("covariance", parameter, group, terms)
            case ResidualVariance(category), _:
                residual = self.symbols.residual
                entry = self._of_observations("residual", parameter, category)
                return replace(entry, effects=() if residual is None else (self.spell(residual),))
            case Autocorrelation(group), _:
                entry = self._of_observations("autocorrelation", parameter, "")
                return replace(entry, units=self.wording.units_at(group))
            case Dispersion(), _:
                return self._of_observations("dispersion", parameter, self.model.family.name)
            case Threshold(k), _:
                return self._of_observations("threshold", parameter, self._category(k))
            case _:
                raise AssertionError("a random effect without its block")

    def _category(self, k: int) -> str:
        """The name of a category of the response, from 1, or its number."""
        response = getattr(self.model.response.expression, "name", "")
        known = self.model.categories_of(response)
        return self.wording.category(response, known.names[k - 1] if known else str(k))

    def _of_observations(self, kind: str, parameter: Parameter, detail: str) -> Entry:
        return Entry(kind, parameter, self.symbol(parameter), detail=detail, place=self.wording.observations)

    def _coefficient(self, parameter: Parameter, term: Term) -> Entry:
        found = measure(self.wording, term, self.fixed.terms)
        highest = max(term.factors, key=self.wording.height, default=None)
        same = self._same_products(term) if len(term.factors) > 1 else ()
        return Entry(
            "coefficient",
            parameter,
            self.symbol(parameter),
            self._named(term),
            (found,),
            self.conditions(term, self.fixed),
            same,
            place=self.wording.place(highest),
        )

    def _variance(self, parameter: Parameter, group: str, terms: tuple[Term, ...]) -> Entry:
        entry = self._of_group("variance", parameter, group, terms)
        first = terms[0]
        found = predictors_of(self.model, group, first, self.fixed)
        # Within the units of an outer group everything that is constant there is the same anyway.
        predictors = [f for f in found if not entry.outer or self.model.level_of(f) == group]
        return replace(
            entry,
            conditions=self.conditions(first, self.random[group]),
            same=self._same_effects(group, first),
            predictors=tuple(dict.fromkeys(map(self.wording.said, predictors))),
        )

    def _named(self, term: Term) -> str:
        return spell_term(term) if term else str(self.wording.language.INTERCEPT)

    def _of_group(self, kind: str, parameter: Parameter, group: str, terms: tuple[Term, ...]) -> Entry:
        outer = [g for g in self.model.outer_groups(group) if g in self.random]
        return Entry(
            kind,
            parameter,
            self.symbol(parameter),
            self.wording.language.varying_by(map(self._named, terms), group),
            tuple(measure(self.wording, t, self.random[group].terms) for t in terms),
            effects=tuple(self.effect(group, t) for t in terms),
            units=self.wording.units_at(group),
            place=self.wording.units_at(group),
            outer=self.wording.units_at(outer[0]) if outer else "",
        )

    # -- where it holds

    def conditions(self, term: Term, products: Products) -> tuple[Condition, ...]:
        """Where everything that a term is multiplied by elsewhere is zero, the lowest level first."""
        companions = [f for f in products.companions(term) if not self._is_cell(f, products)]
        if not term and products is self.fixed:
            companions += (
                self.model.offsets
            )  # the response is what it is without an offset where that is zero
        powers = {f for f in companions if _is_power_of(f, companions)}
        found = dict.fromkeys(self.wording.zero(f) for f in companions if f not in powers)
        return tuple(sorted(found, key=lambda c: c.height))

    def _is_cell(self, factor: Expression, products: Products) -> bool:
        return isinstance(factor, Indicator) and is_cell(
            self.wording, Term((factor,)), factor, products.terms
        )

    def _same_products(self, term: Term) -> tuple[Same, ...]:
        products = [(f, Coefficient(term * Term((f,)))) for f in self.fixed.missing(term)]
        return tuple(self._same(f, self.larger.parameters.get(p)) for f, p in products)

    def _same_effects(self, group: str, term: Term) -> tuple[Same, ...]:
        found = []
        for factor in self.random[group].missing(term):
            product = term * Term((factor,))
            if product in self.fixed.terms:
                found.append(self._same(factor, self.larger.effects.get((group, product))))
        return tuple(found)

    def _same(self, factor: Expression, symbol: Node | None) -> Same:
        time = self.wording.time(factor)
        every = time[1] if time and time[0] else ""
        return Same(self.wording.said(factor), every, "" if symbol is None else self.spell(symbol))


def _is_power_of(factor: Expression, others: list[Expression]) -> bool:
    """Whether an expression is zero wherever another one is."""
    match factor:
        case Call("^", (base, Constant())):
            return base in others
        case _:
            return False
