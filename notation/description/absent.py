"""What is not in a model although it might be, and what follows: differences that are the same everywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from ..equations import Equations
from ..errors import WriteError
from ..expressions import Expression, Term
from ..model import OBSERVATION, UNKNOWN, Model, RandomBlock
from .glossary import Effect, Glossary, glossary


class Products:
    """The terms of a fixed part or of the random effects of a group, by the factors that they hold."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = dict.fromkeys(terms)
        self._by_factor: dict[Expression, list[Term]] = defaultdict(list)
        for term in self.terms:
            for factor in term.factors:
                self._by_factor[factor].append(term)

    def above(self, term: Term) -> list[Term]:
        """The terms that are products of this one with something."""
        return [t for t in self._candidates(term) if term.key < t.key]

    def _candidates(self, term: Term) -> list[Term]:
        """Terms among which all products with this one are: those with its rarest factor."""
        return min((self._by_factor[f] for f in term.factors), key=len) if term else list(self.terms)

    def companions(self, term: Term) -> tuple[Expression, ...]:
        """The factors that a term is multiplied by in others: its coefficient holds where they are zero."""
        return tuple(dict.fromkeys(f for t in self.above(term) for f in t.factors if f not in term.key))

    def missing(self, term: Term) -> Iterator[Expression]:
        """The factors whose product with this term is absent, though every part of that product is there."""
        if not term:
            return
        rests = [Term(tuple(f for f in term.factors if f != g)) for g in term.factors]
        first, *others = sorted(rests, key=lambda rest: len(self._candidates(rest)))
        for factor in self.companions(first) if first else self.single:
            product = term * Term((factor,))
            parts = all(rest * Term((factor,)) in self.terms for rest in (first, *others))
            if factor not in term.key and parts and product not in self.terms:
                yield factor

    @property
    def single(self) -> list[Expression]:
        """The factors that stand alone in a term."""
        return [t.factors[0] for t in self.terms if len(t.factors) == 1]


def absent_effects(model: Model, group: str, terms: Collection[Term]) -> Iterator[Term]:
    """The fixed coefficients that might vary by a group and do not; ``terms`` are those that do."""
    for term in model.fixed:
        if term not in terms and all(_varies_within(model, f, group) for f in term.factors):
            yield term


def _varies_within(model: Model, factor: Expression, group: str) -> bool:
    level = model.level_of(factor)
    if level is UNKNOWN or level == "":
        return False
    return level is OBSERVATION or (level != group and not model.is_nested(group, str(level)))


def predictors_of(model: Model, group: str, term: Term, products: Products) -> tuple[Expression, ...]:
    """The variables that are constant within a group and that a coefficient differs by."""
    found = [tuple(f for f in t.factors if f not in term.key) for t in products.above(term)]
    kept = [rest for rest in found if rest and not any(_varies_within(model, f, group) for f in rest)]
    return tuple(dict.fromkeys(f for rest in kept for f in rest))


def hypothetical(
    model: Model,
    own: Glossary,
    fixed: Iterable[Term],
    effects: Iterable[Effect],
    write: Callable[[Model], Equations],
) -> Glossary:
    """The symbols of a model with some terms and random effects more, as far as no symbol changes by that.

    ``write`` is the notation's writer. Where the notation cannot write the larger model, or gives the
    parameters other symbols in it, nothing is returned: a symbol that is made up would mislead.
    """
    blocks = [RandomBlock(group, (term,)) for group, term in dict.fromkeys(effects)]
    try:
        larger = replace(model, fixed=(*model.fixed, *fixed), random=(*model.random, *blocks))
        page = write(larger)
    except (WriteError, ValueError):
        return Glossary()
    found = glossary(page)
    unchanged = all(found.parameters.get(p) == symbol for p, symbol in own.parameters.items())
    return found if unchanged else Glossary()
