"""Formulas as Python's libraries read them: patsy for statsmodels, formulae for bambi."""

from __future__ import annotations

import keyword

from ..errors import CannotSay
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
)
from ..spelling import spell
from .columns import number as digits
from .lme4 import RFormula

R_LITERALS = ("TRUE", "FALSE", "NULL", "NA", "NaN", "Inf")
"""They are plain names to Python, and yet the formula is read as one of R again."""

RESERVED = frozenset(keyword.kwlist) | {
    "Q",
    "C",
    "I",
    "T",
    "center",
    "scale",
    "standardize",
    "np",
    *R_LITERALS,
}
OPERATORS = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 4}
FUNCTIONS = {
    "log": "np.log", "exp": "np.exp", "sqrt": "np.sqrt", "abs": "np.abs", "log2": "np.log2",
    "log10": "np.log10", "log1p": "np.log1p", "sin": "np.sin", "cos": "np.cos",
}  # fmt: skip
"""numpy's names for R's functions."""


class PythonFormula(RFormula):
    """A model's formula, with Python's spelling of names, functions and powers."""

    program = "statsmodels"

    def name(self, name: str) -> str:
        """A column's name; patsy's Q() holds what Python has no name for."""
        plain = name.isidentifier() and name not in RESERVED
        return name if plain else f"Q({quoted(name)})"

    def group(self, columns: tuple[str, ...]) -> str:
        """A grouping factor by its columns."""
        return ":".join(map(self.name, columns))

    def spelled(self, expression: Expression) -> str:
        """An expression as a term of the formula."""
        match expression:
            case Variable(name):
                return self.name(name)
            case Factor(name):
                return f"C({self.name(name)})"
            case Call(function) if function not in OPERATORS:
                return self.number(expression)
            case Basis():
                raise CannotSay(
                    f"{self.program} is not written with {spell(expression)}. Make its columns beforehand, "
                    "or use a program of R: lme4, nlme, glmmTMB or brms."
                )
            case Mean(_, None):
                raise CannotSay(f"The mean of {spell(expression)} is one number, and takes no coefficient.")
        return f"I({self.number(expression)})"

    def number(self, expression: Expression, least: int = 0) -> str:
        """An expression where Python computes, in brackets if it binds less than ``least``."""
        match expression:
            case Variable(name):
                return self.name(name)
            case Constant(value):
                return f"({digits(value)})" if value < 0 and least else digits(value)
            case Indicator(variable, category):
                known = self.known.get(variable)
                literal = category if known and known.numeric else quoted(category)
                return f"({self.name(variable)} == {literal})"
            case Mean(of, within):
                return self.mean(of, within)
            case Centered(of, around):
                return _in_brackets(f"{self.number(of, 1)} - {self.number(around, 2)}", 1, least)
            case Call(function, arguments) if function in OPERATORS:
                return self._operation(function, arguments, least)
            case Call(function, (only,)) if function in FUNCTIONS:
                return f"{FUNCTIONS[function]}({self.number(only)})"
        raise CannotSay(f"It is not known what numpy calls {spell(expression)}. Make the column beforehand.")

    def mean(self, of: Expression, within: str | None) -> str:
        """The mean over all rows, or within groups."""
        inner = self.number(of)
        if within is None:
            return f"np.mean({inner})"
        columns = [self.name(c) for c in self.columns(within)]
        if len(columns) > 1 or not isinstance(of, Variable):
            raise CannotSay(
                f"The mean of {spell(of)} within {within} is not written here. Make the column beforehand."
            )
        return f'{inner}.groupby({columns[0]}).transform("mean")'

    def _operation(self, operator: str, arguments: tuple[Expression, ...], least: int) -> str:
        strength = OPERATORS[operator]
        sign = "**" if operator == "^" else f" {operator} "
        if len(arguments) == 1:
            return _in_brackets(f"{operator}{self.number(arguments[0], 4)}", 3, least)
        first, *others = arguments
        begin = self.number(first, strength + (operator == "^"))
        return _in_brackets(
            sign.join([begin, *(self.number(a, strength + 1) for a in others)]), strength, least
        )

    def factor(self, factor: Expression, term: Term, whole: tuple[Term, ...]) -> str:
        """A factor, or an indicator as a number: patsy would make two columns of true and false."""
        del term, whole
        match factor:
            case Factor(name):
                known = self.known.get(name)
                if known is None or known.reference == min(known.names):
                    return self.name(name) if known and not known.numeric else f"C({self.name(name)})"
                reference = known.reference if known.numeric else quoted(known.reference)
                return f"C({self.name(name)}, Treatment({reference}))"
            case Indicator():
                return f"I({self.number(factor)} * 1)"
        return self.spelled(factor)


def quoted(text: str, mark: str = "") -> str:
    """A text in quotation marks; single ones where it holds double ones, unless a mark is asked for."""
    mark = mark or ("'" if '"' in text and "'" not in text else '"')
    return mark + text.replace("\\", "\\\\").replace(mark, "\\" + mark) + mark


def _in_brackets(text: str, strength: int, least: int) -> str:
    return f"({text})" if strength < least else text
