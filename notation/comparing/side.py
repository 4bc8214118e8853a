"""One of two models that are compared, with the words and symbols of its author."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..description.glossary import Glossary, glossary
from ..equations import Node
from ..errors import WriteError
from ..expressions import Term
from ..model import OBSERVATION, Level, Model
from ..parameters import Coefficient, Covariance, Parameter, Variance
from ..reading import Effects
from ..spelling import spell, spell_term

Symbols = Mapping[Parameter, Node]


@dataclass(frozen=True, eq=False)
class Side:
    """A model in the names and the form of the other one, and what its author calls things.

    label : how sentences call the model, "A" or "B".
    model : the model, laid beside the other.
    original : the model as it was given.
    symbols : the author's symbols. None stands for Raudenbush & Bryk's, if the levels are known; an empty
        mapping for no symbols at all.
    terms, groups : the author's own terms and names of groups, where they are not those of ``model``.
    effects : the author's symbols of random effects, as in ``Reading.effects``.
    """

    label: str
    model: Model
    original: Model
    symbols: Symbols | None = None
    terms: Mapping[Term, Term] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    effects: Effects = field(default_factory=dict)

    # -- words

    def term(self, term: Term) -> str:
        """A term in the author's names."""
        return spell_term(self.own(term)) if term else "intercept"

    def product(self, term: Term) -> str:
        """The factors of a term, as "x and z"."""
        return join([spell(f) for f in self.own(term).factors])

    def own(self, term: Term) -> Term:
        """The author's own term."""
        return self.terms.get(term, term)

    def group(self, name: str) -> str:
        """The author's own name of a grouping factor."""
        return self.groups.get(name, name)

    def place(self, level: Level) -> str:
        """Where a variable varies, in words."""
        units = "the observations" if level is OBSERVATION else f"the units of {self.group(str(level))}"
        return f"between {units}"

    # -- symbols

    def coefficient(self, term: Term) -> str:
        """The symbol of a fixed coefficient, or nothing."""
        return self._spelled(self._glossary.parameters.get(Coefficient(self.own(term))))

    def effect(self, group: str, term: Term) -> str:
        """The symbol of a random effect, that of its variance, or nothing."""
        key = (self.group(group), self.own(term))
        if key in self.effects:
            return self._spelled(self.effects[key][0])
        return self._spelled(self._glossary.effects.get(key) or self._glossary.parameters.get(Variance(*key)))

    def covariance(self, group: str, pair: frozenset[Term]) -> str:
        """The symbol of a covariance, or nothing."""
        own = frozenset(map(self.own, pair))
        return self._spelled(self._glossary.parameters.get(Covariance(self.group(group), own)))

    def host(self, group: str, term: Term) -> str:
        """The left side of the level equation in which a random effect would stand, or nothing."""
        chain = self.original.chain or ()
        own = self.group(group)
        if (own, self.own(term)) in self.effects:
            symbol, host = self.effects[own, self.own(term)]
            return "" if host == symbol else self._spelled(host)
        level = chain.index(own) + 2 if own in chain else 0
        return self._spelled(self._glossary.varying.get((level, self.own(term))))

    @cached_property
    def _glossary(self) -> Glossary:
        textbook = Glossary() if self.symbols == {} else _textbook(self.original)
        if not self.symbols:
            return textbook
        # An author with the textbook's coefficients has its random effects as well.
        coefficients = {Coefficient(t) for t in self.original.fixed}
        if all(self.symbols.get(p) == textbook.parameters.get(p) for p in coefficients):
            return Glossary({**textbook.parameters, **self.symbols}, textbook.effects, textbook.varying)
        return Glossary(self.symbols)

    def _spelled(self, node: Node | None) -> str:
        from ..markup.plain import write_node  # writing is needed for differences only

        return "" if node is None else write_node(node)


def _textbook(model: Model) -> Glossary:
    """Raudenbush & Bryk's symbols, if the levels are known; none otherwise."""
    from ..notations.raudenbush_bryk import write
    from ..options import DEFAULT

    try:
        return glossary(write(model, DEFAULT))
    except WriteError:
        return Glossary()


def join(words: list[str]) -> str:
    """Words as "a", "a and b", "a, b, and c"."""
    if len(words) < 3:
        return " and ".join(words)
    return ", ".join(words[:-1]) + f", and {words[-1]}"


def random_terms(model: Model, group: str) -> tuple[Term, ...]:
    """The terms whose coefficients vary by a group, the intercept first."""
    terms = [t for b in model.random if b.group == group for t in b.terms]
    return tuple(sorted(terms, key=bool))
