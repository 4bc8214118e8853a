"""What a model's parts are called and where they stand: the facts that every sentence needs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType

from ..expressions import (
    Basis,
    Call,
    Centered,
    Constant,
    Expression,
    Factor,
    Indicator,
    Mean,
    Term,
    Variable,
    variables,
)
from ..model import OBSERVATION, UNKNOWN, Level, Model
from ..spelling import spell, spell_number
from . import english
from .codebook import NO_CODEBOOK, Codebook


@dataclass(frozen=True)
class Condition:
    """The value of a predictor at which a coefficient holds.

    ``kind`` is "value" (of a number or a category), "group mean", "grand mean" or "columns"; ``units``
    the units in whose words it is said, empty for the observations.
    """

    kind: str
    label: str
    value: str = ""
    units: str = ""
    height: int = 0


@dataclass(frozen=True)
class Wording:
    """A model with what its variables, their units and their categories are called."""

    model: Model
    book: Codebook = NO_CODEBOOK
    language: ModuleType = english

    # -- names

    def label(self, name: str) -> str:
        """The label of a variable or a grouping factor, or its name."""
        return self.book.labels.get(name, name)

    def category(self, variable: str, name: str) -> str:
        """The label of a category of a variable, or its name."""
        return self.book.categories.get(variable, {}).get(name, name)

    def binary(self, expression: Expression) -> tuple[str, str] | None:
        """What 0 and 1 mean, for a number whose codebook has these two categories and no other."""
        known = self.book.categories.get(expression.name, {}) if isinstance(expression, Variable) else {}
        return (known["0"], known["1"]) if set(known) == {"0", "1"} else None

    def said(self, expression: Expression) -> str:
        """An expression in words: a variable by its label, anything computed as R spells it."""
        match expression:
            case Variable(name) | Indicator(name) | Factor(name):
                return self.label(name)
            case Centered(of):
                return self.said(of)
            case Mean(of, None):
                return str(self.language.overall_mean(self.said(of)))
            case Mean(of, str(group)):
                return str(self.language.mean_in(self.said(of), self.units_at(group)))
            case Basis():
                return spell(expression)
            case _:
                return spell_number(expression)

    def per(self, expression: Expression) -> str:
        """One unit of an expression: "unit of ses", or as the user says it."""
        inner = expression.of if isinstance(expression, Centered) else expression
        name = inner.name if isinstance(inner, Variable) else ""
        return self.measured(self.book.units.get(name, ""), self.said(expression))

    def measured(self, unit: str, name: str) -> str:
        """One unit of what is called so."""
        one = self.language.one_unit(unit) if unit else self.language.UNIT
        return str(self.language.measured(one, name))

    def plural(self, name: str) -> str:
        """What the units of a level are called, several of them."""
        return str(self.language.plural(name))

    @cached_property
    def observations(self) -> str:
        """The word for the observations, in the plural."""
        name = self.model.observation.name
        return self.plural(name) if name else str(self.language.OBSERVATIONS)

    def units_at(self, level: Level) -> str:
        """The units of a level; empty where there are none, or it is not known."""
        if level is OBSERVATION:
            return self.observations
        return (
            self._plurals.get(level) or self.plural(self.label(level))
            if isinstance(level, str) and level
            else ""
        )

    @cached_property
    def _plurals(self) -> dict[str, str]:
        """The units of each grouping factor; where two would be called the same, they are told apart."""
        words = {name: self.plural(self.label(name)) for name in self.model.group_names}
        counts = Counter((self.observations, *words.values()))
        return {
            name: word if counts[word] == 1 else self.language.units_of(name) for name, word in words.items()
        }

    def place(self, expression: Expression | None) -> str:
        """The units among which an expression varies; the observations for no expression."""
        level = OBSERVATION if expression is None else self.model.level_of(expression)
        return self.units_at(level) or self.observations

    # -- places

    def height(self, item: Expression) -> int:
        """How high the level of an expression stands: 0 for the observations, the outermost group highest."""
        level = self.model.level_of(item)
        if not isinstance(level, str) or not level:
            return 0
        return 1 + sum(self.model.is_nested(g, level) for g in self.model.group_names)

    def time(self, expression: Expression) -> tuple[str, str] | None:
        """The adjective and the unit of a variable that runs with time from observation to observation."""
        inner = expression.of if isinstance(expression, Centered) else expression
        if not isinstance(inner, Variable) or self.height(inner) or not self.model.groupings:
            return None
        found: tuple[str, str] | None
        found = self.language.time_word(inner.name, self.model.observation.name)
        return found

    def ordered(self, term: Term) -> tuple[Expression, ...]:
        """The factors of a term from the lowest level to the highest, time before all others."""
        return tuple(sorted(term.factors, key=lambda f: (self.height(f), self.time(f) is None)))

    # -- zero points

    def zero(self, expression: Expression) -> Condition:
        """What it means that an expression is zero."""
        level = self.model.level_of(expression)
        units = self.units_at(level) if level is not OBSERVATION and level is not UNKNOWN else ""
        where = {"units": units, "height": self.height(expression)}
        label = self.said(expression)
        match expression:
            case Centered(around=Mean(_, None)):
                return Condition("grand mean", label, **where)  # type: ignore[arg-type]
            case Centered(around=Mean(_, str(group))):
                return Condition("group mean", label, self.units_at(group), **where)  # type: ignore[arg-type]
            case Centered(around=Constant() as value):
                return Condition("value", label, spell_number(value), **where)  # type: ignore[arg-type]
            case Indicator(name):
                known = self.model.categories_of(name)
                kind = "value" if known else "reference"
                return Condition(kind, label, self.category(name, known.reference) if known else "", **where)  # type: ignore[arg-type]
            case Factor():
                return Condition("reference", label, **where)  # type: ignore[arg-type]
            case Basis(column=column):
                columns = spell(expression).removesuffix(str(column))
                return Condition("columns", columns, **where)  # type: ignore[arg-type]
            case _:
                named = self.binary(expression)
                return Condition("value", label, named[0] if named else "0", **where)  # type: ignore[arg-type]

    # -- curves

    @cached_property
    def forms(self) -> dict[str, frozenset[Expression]]:
        """The forms in which each number stands in the terms: x and x² are two, and make a curve."""
        found: dict[str, set[Expression]] = {}
        for factor in {f for t in self.model.terms for f in t.factors}:
            if not isinstance(factor, Mean | Indicator | Factor):
                for name in variables(factor):
                    found.setdefault(name, set()).add(factor)
        return {name: frozenset(forms) for name, forms in found.items()}

    def has_only_powers(self, expression: Expression) -> bool:
        """Whether all other forms of a variable are powers of this one."""
        return all(
            _is_power(f, expression) for v in variables(expression) for f in self.forms[v] - {expression}
        )

    def is_only_square(self, square: Call) -> bool:
        """Whether an expression is a square, beside nothing but what is squared."""
        base = square.arguments[0]
        forms = frozenset((base, square))
        return square == Call("^", (base, Constant(2))) and all(
            self.forms[v] == forms for v in variables(base)
        )


def _is_power(expression: Expression, base: Expression) -> bool:
    match expression:
        case Call("^", (of, Constant())):
            return of == base
        case _:
            return False
