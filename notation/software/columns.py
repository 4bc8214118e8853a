"""Columns that are computed before a model is fitted, for programs whose models take names only.

Stata, SAS, SPSS and Mplus want ``log(size)``, ``ses − mean(ses)`` or the indicator of a category as a
column of the data. :class:`Columns` names such columns and keeps, in the order in which they are
needed, how each is made; a program's module prints these steps in its own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import reduce

from ..errors import CannotSay, NeedsMore
from ..expressions import Basis, Call, Centered, Constant, Expression, Factor, Indicator, Mean, Term, Variable
from ..frozen import frozen
from ..model import Model
from ..spelling import spell
from .lme4 import columns_of


@frozen
class Language:
    """What names and arithmetic of a program look like.

    ``functions`` are its names for R's; ``power`` its sign for a power; ``name`` the names that it takes,
    which ``naming`` says in words; ``longest`` is the length of a new name. ``cased`` tells whether
    capital letters count, ``abbreviates`` whether the columns get names in the program's own input.
    """

    program: str
    functions: Mapping[str, str]
    power: str
    name: re.Pattern[str]
    naming: str
    longest: int
    reserved: frozenset[str] = frozenset()
    cased: bool = False
    abbreviates: bool = False


@frozen
class Computed:
    """A column that is computed row by row; ``of`` are the columns that it needs."""

    name: str
    value: str
    of: tuple[str, ...]


@frozen
class Averaged:
    """The mean of a column within the units that ``within`` tell apart, or over everything."""

    name: str
    of: str
    within: tuple[str, ...]


@frozen
class Coded:
    """The 0/1 indicator of a category; ``numeric`` says that the data hold it as a number."""

    name: str
    of: str
    category: str
    numeric: bool


@frozen
class Numbered:
    """One number for each combination of the values of several columns."""

    name: str
    of: tuple[str, ...]


Step = Computed | Averaged | Coded | Numbered


class Columns:
    """The columns of a model in one program, old and new."""

    def __init__(self, model: Model, language: Language) -> None:
        self.model = model
        self.language = language
        self.steps: list[Step] = []
        self.codes: dict[str, str] = {}
        self._made: dict[Expression | Term, str] = {}
        self._taken: dict[str, str] = {}
        self.names: dict[str, str] = {}
        for name in all_columns(model):
            self.names[name] = self._fresh(name) if language.abbreviates else self._taken_as(name)

    def check(self, name: str) -> str:
        """A column's name in the program.

        Raises CannotSay with the program's rule for names, if the program does not take it.
        """
        return self.names[name] if name in self.names else self._taken_as(name)

    def response(self) -> str:
        """The column of the response; 0 and 1 where a binary one has two texts as categories.

        Raises CannotSay for three and more texts, whose order a program cannot know.
        """
        expression = self.model.response.expression
        known = self.model.categories_of(expression.name) if isinstance(expression, Variable) else None
        if known is None or known.numeric:
            return self.name(expression)
        if len(known.names) == 2:
            return self.name(Indicator(known.variable, known.names[1]))
        raise CannotSay(
            f"{self.language.program} takes the order of the categories of {known.variable} from numbers. "
            "Number them in a column of its own."
        )

    def numbered(self, columns: tuple[str, ...]) -> str:
        """One column for the combinations of several."""
        names = tuple(map(self.check, columns))
        if len(names) == 1:
            return names[0]
        step = next((s for s in self.steps if isinstance(s, Numbered) and s.of == names), None)
        if step is None:
            step = Numbered(self._fresh("_".join(names)), names)
            self.steps.append(step)
        return step.name

    def encoded(self, name: str) -> str:
        """The column that holds a text column's categories as numbers, in alphabetical order."""
        if name not in self.codes:
            self.codes[name] = self._fresh(f"{self.check(name)}_code")
        return self.codes[name]

    def unit(self, group: str) -> tuple[str, ...]:
        """The columns of a grouping factor, the outermost first."""
        return tuple(self.check(c) for c in columns_of(group, self.model))

    def name(self, expression: Expression) -> str:
        """The column that holds an expression; it is computed if it is no variable."""
        match expression:
            case Variable(name):
                return self.check(name)
            case _ if expression in self._made:
                return self._made[expression]
            case Indicator(variable, category):
                known = self.model.categories_of(variable)
                new = self._new(expression, f"{variable}_{category}")
                self.steps.append(Coded(new, self.check(variable), category, bool(known and known.numeric)))
            case Mean(of, within):
                inner = self.name(of)
                new = self._new(expression, f"{inner}_mean" if within is None else f"{inner}_mean_{within}")
                self.steps.append(Averaged(new, inner, self.unit(within) if within else ()))
            case _:
                value = self._value(expression)
                new = self._new(expression, _stem(expression))
                self.steps.append(Computed(new, value, self._columns_of(expression)))
        return new

    def total(self, expressions: tuple[Expression, ...]) -> str:
        """One column that holds the sum of expressions."""
        return self.name(reduce(lambda a, b: Call("+", (a, b)), expressions))

    def product(self, term: Term) -> str:
        """One column that holds a whole term."""
        if len(term.factors) == 1:
            return self.name(term.factors[0])
        if term not in self._made:
            names = tuple(self.name(f) for f in term.factors)
            self._made[term] = self._fresh("_x_".join(names))
            self.steps.append(Computed(self._made[term], " * ".join(names), names))
        return self._made[term]

    # -- arithmetic

    def _value(self, expression: Expression) -> str:
        match expression:
            case Constant(value):
                return number(value)
            case Centered(of, Constant(value)):
                return f"{self._operand(of)} - {self._signed(value)}"
            case Centered(of, around):
                return f"{self._operand(of)} - {self._operand(around)}"
            case Call(function, arguments):
                return self._call(function, [self._operand(a) for a in arguments])
            case Basis():
                shown = spell(replace(expression, column=0))
                raise CannotSay(
                    f"{self.language.program} has no {shown}. Compute its columns beforehand, "
                    "or use a program of R: lme4, nlme, glmmTMB or brms."
                )
            case Factor(name):
                raise NeedsMore(f"The categories of {name} are not known. Give data or categories=.")
        return self.name(expression)

    def _operand(self, expression: Expression) -> str:
        match expression:
            case Constant(value):
                return self._signed(value)
            case Call(function, _) if not function.isalnum():
                return f"({self._value(expression)})"
            case Centered():
                return f"({self._value(expression)})"
            case Call() | Basis() | Factor():
                return self._value(expression)
        return self.name(expression)

    def _call(self, function: str, arguments: list[str]) -> str:
        match function, arguments:
            case "-", [only]:
                return f"-{only}"
            case "^", [base, exponent]:
                return f"{base}{self.language.power}{exponent}"
            case "+" | "-" | "*" | "/", [*_]:
                return f" {function} ".join(arguments)
        if function not in self.language.functions or len(arguments) != 1:
            raise CannotSay(
                f"It is not known how {self.language.program} says {function}(). Make the column beforehand."
            )
        return f"{self.language.functions[function]}({arguments[0]})"

    def _signed(self, value: float) -> str:
        return f"({number(value)})" if value < 0 else number(value)

    def _columns_of(self, expression: Expression) -> tuple[str, ...]:
        return tuple(self.check(name) for name in Term((expression,)).variables)

    # -- names

    def _new(self, expression: Expression, wish: str) -> str:
        self._made[expression] = self._fresh(wish)
        return self._made[expression]

    def _fresh(self, wish: str) -> str:
        """A new name like the one that is wished for, which no column has yet."""
        stem = re.sub(r"\W+", "_", wish).strip("_") or "column"
        stem = stem if stem[0].isalpha() else f"c_{stem}"
        name, n = stem[: self.language.longest], 1
        while name.casefold() in self._taken or name.casefold() in self.language.reserved:
            n += 1
            ending = f"_{n}"
            name = stem[: self.language.longest - len(ending)] + ending
        self._take(name)
        return name

    def _taken_as(self, name: str) -> str:
        language = self.language
        if not language.name.fullmatch(name) or name.casefold() in language.reserved:
            raise CannotSay(
                f"{language.program} has no name {name!r}: names are {language.naming}. Rename the column."
            )
        self._take(name)
        return name

    def _take(self, name: str) -> None:
        key = name.casefold()
        if not self.language.cased and self._taken.get(key, name) != name:
            raise CannotSay(
                f"{self.language.program} does not tell {name} from {self._taken[key]}: its names do not "
                "distinguish capital letters. Rename one of the columns."
            )
        self._taken[key] = name


def number(value: float) -> str:
    """A number without a needless decimal point."""
    return repr(value).removesuffix(".0")


def all_columns(model: Model) -> Iterable[str]:
    """Every column that a model names, each once: response, predictors, then groups."""
    parts = [model.response.expression, *([model.response.trials] if model.response.trials else [])]
    names = [*Term(tuple(parts)).variables, *model.variables]
    for group in model.group_names:
        names += columns_of(group, model)
    return dict.fromkeys(names)


def _stem(expression: Expression) -> str:
    match expression:
        case Variable(name):
            return name
        case Indicator(variable, category):
            return f"{variable}_{category}"
        case Constant(value):
            return number(value)
        case Mean(of):
            return f"{_stem(of)}_mean"
        case Centered(of):
            return f"{_stem(of)}_c"
        case Call(function, arguments):
            words = ([function] if function.isalnum() else []) + [_stem(a) for a in arguments]
            return "_".join(words)
    return "column"
