"""Data on the page as expressions, and where each variable was seen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..equations import (
    Apply,
    Column,
    Digit,
    Dot,
    Equation,
    Index,
    Label,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Script,
    Sum,
    Symbol,
    Word,
)
from ..expressions import Basis, Call, Centered, Constant, Expression, Indicator, Mean, Variable
from ..frozen import frozen
from ..model import OBSERVATION
from .book import Book
from .groups import Groups
from .names import Indices, is_greek, spell_symbol
from .trees import number_of, span_of

BASES = ("poly", "ns", "bs")
LAGS = ("-", "−")


@frozen
class Sighting:
    """A variable with the indices it carried (closed; empty for none) in a statement."""

    variable: str
    indices: Indices
    statement: int
    symbol: Symbol


@dataclass
class DataReader:
    """Turns data on the page into expressions; keeps where each variable was seen."""

    book: Book
    groups: Groups
    sightings: list[Sighting] = field(default_factory=list)
    noted: set[str] = field(default_factory=set)

    def read(self, node: Node, statement: int) -> Expression:  # noqa: C901, PLR0912 - one case for each form
        """An expression of data."""

        def go(part: Node) -> Expression:
            return self.read(part, statement)

        match node:
            case Symbol():
                return self._symbol(node, statement)
            case _ if (value := number_of(node)) is not None and not isinstance(node, Quotient):
                return Constant(tidy(value))
            case Sum((x, rest)) if (centered := self._centered(x, rest, statement)) is not None:
                return centered
            case Sum(terms):
                return self._sum(terms, statement)
            case Negative(of):
                return Call("-", (go(of),))
            case Product(factors):
                found = [go(f) for f in factors]
                whole = found[0]
                for factor in found[1:]:
                    whole = Call("*", (whole, factor))
                return whole
            case Quotient(a, b):
                return Call("/", (go(a), go(b)))
            case Power(a, b):
                return Call("^", (go(a), go(b)))
            case Column(Apply(function, arguments), number):
                return Basis(function, go(arguments[0]), tuple(map(_setting, arguments[1:])), number)
            case Apply("I" | "1" | "indicator", (Equation((Symbol() as variable, value)),)):
                self._see(variable, variable.base, statement)
                return Indicator(variable.base, _setting(value))
            case Apply(("≤" | "≥" | "<" | ">" | "≠") as comparison):
                raise self.book.remarks.refusal(
                    f"The comparison {comparison} is no number.",
                    "Compute it as a column of the data, and use its name.",
                    span_of(node) or self.book.span(statement),
                )
            case Apply("mean", (of,)):
                return Mean(go(of))
            case Apply(function, arguments) if arguments:
                return Call("log" if function == "ln" else function, tuple(map(go, arguments)))
            case _:
                raise self.book.remarks.refusal(
                    "This cannot be read as data.",
                    "Name a variable, or a function of variables.",
                    span_of(node) or self.book.span(statement),
                )

    # -- variables

    def _symbol(self, symbol: Symbol, statement: int) -> Expression:
        if is_mean(symbol):
            return self._mean(symbol, statement)
        if symbol.category:
            self._see(symbol, symbol.base, statement)
            return Indicator(symbol.base, symbol.category)
        if any(isinstance(s, Label) and is_greek(s.symbol.base) for s in symbol.above):
            raise self.book.remarks.refusal(
                f"{spell_symbol(symbol)} has a coefficient as its exponent: that is no linear model.",
                "Write a number as the exponent.",
                symbol.span or self.book.span(statement),
            )
        name, category, lagged = _name(symbol)
        self._see(symbol, name, statement)
        if category:
            return Indicator(name, category)
        return Call("lag", (Variable(name),)) if lagged else Variable(name)

    def _see(self, symbol: Symbol, name: str, statement: int) -> None:
        self.sightings.append(Sighting(name, self.book.close(symbol), statement, symbol))

    def _mean(self, symbol: Symbol, statement: int) -> Mean:
        """A bar over a variable: its mean within the groups whose indices it carries."""
        name, _, _ = _name(replace(symbol, accent=""))
        within = self.groups.level(self.book.close(symbol))
        if not isinstance(within, str):
            raise self.book.remarks.refusal(
                f"{spell_symbol(symbol)} with a bar is a mean, but carries every index of the observations.",
                "Give the mean the indices of its groups only, as in x̄_.j.",
                symbol.span or self.book.span(statement),
            )
        self._note_units(symbol, name, statement)
        return Mean(Variable(name), within or None)

    def _note_units(self, symbol: Symbol, name: str, statement: int) -> None:
        """W̄_. is the mean of the units of a level; the model holds means of the observations."""
        own = next((s.indices for s in self.sightings if s.variable == name and s.indices), frozenset())
        level = self.groups.level(own)
        if level is OBSERVATION or len(symbol.below) != len(own) or name in self.noted:
            return
        self.noted.add(name)
        self.book.remarks.warning(
            "mean-of-units",
            f"{spell_symbol(symbol)} with a bar is the mean of {name} over the units of {level}; it is held, "
            "and written for programs, as the mean over the observations, which differs where these units "
            "differ in size.",
            "Compute the centered variable beforehand, where that matters.",
            symbol.span or self.book.span(statement),
        )

    # -- sums

    def _centered(self, x: Node, rest: Node, statement: int) -> Expression | None:
        """The centred variable of x − x̄ or x − c, if a sum of two is one of these."""
        match rest:
            case Negative(Symbol() as bar) if is_mean(bar):
                of, mean = self.read(x, statement), self._mean(bar, statement)
                return Centered(of, mean) if mean.of == of else Call("-", (of, mean))
            case Negative(Apply("mean", (inner,))) if self.read(inner, statement) == (
                of := self.read(x, statement)
            ):
                return Centered(of, Mean(of))
            case Negative(Number(text)):
                return Centered(self.read(x, statement), Constant(tidy(float(text))))
            case _:
                return None

    def _sum(self, terms: tuple[Node, ...], statement: int) -> Expression:
        whole = self.read(terms[0], statement)
        for term in terms[1:]:
            if isinstance(term, Negative):
                whole = Call("-", (whole, self.read(term.of, statement)))
            else:
                whole = Call("+", (whole, self.read(term, statement)))
        return whole


def is_mean(symbol: Symbol) -> bool:
    """Whether a symbol is the mean of a variable: x̄, or x_.j with a dot for the index it was taken over."""
    return symbol.accent == "bar" or any(isinstance(s, Dot) for s in symbol.below)


def _name(symbol: Symbol) -> tuple[str, str, bool]:
    """The name of a variable, the category it is the indicator of, and whether it is lagged.

    A word below a word is a category (``eth_hispanic``); digits and labels are part of the name.
    """
    name, category, lagged = symbol.base, "", False
    for script in symbol.below:
        match script:
            case Digit(value):
                name += str(value)
            case Word(text) if any(mark in text for mark in LAGS):
                lagged = True
            case Word(text) if symbol.word:
                category = text
            case Word(text):
                name += f"_{text}"
            case Label(inner):
                name += f"_{inner.base}"
            case Index() | Dot():
                pass
    name += "".join(f"_{part}" for part in _above(symbol.above))
    return name + ACCENTS.get(symbol.accent, ""), category, lagged


ACCENTS = {"tilde": "_tilde", "hat": "_hat", "star": "_star", "prime": "_prime", "dot": "_dot"}


def _above(scripts: tuple[Script, ...]) -> list[str]:
    return [s.text if isinstance(s, Word) else s.symbol.base for s in scripts if isinstance(s, Word | Label)]


def _setting(node: Node) -> str:
    """A further argument of a basis, as it is written in a formula."""
    match node:
        case Number(text):
            return text
        case Symbol(base):
            return base
        case Negative(of):
            return f"-{_setting(of)}"
        case Equation((left, right)):
            return f"{_setting(left)} = {_setting(right)}"
        case Apply(function, arguments):
            return f"{function}({', '.join(map(_setting, arguments))})"
        case _:
            return ""


def tidy(value: float) -> float:
    """A whole number without its decimals."""
    return int(value) if value == int(value) else value
