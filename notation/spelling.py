"""R's spelling of expressions and terms, as it stands in tables of coefficients and in formulas."""

from __future__ import annotations

from collections.abc import Callable

from .expressions import (
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
from .patterns import pattern

Columns = Callable[[str], tuple[str, ...]]
"""The columns of a grouping factor."""


def spell_term(term: Term) -> str:
    """A term as R labels its coefficient: ``ses:MachineB``, ``(Intercept)``."""
    return ":".join(spell(factor) for factor in term.factors) or "(Intercept)"


def spell(expression: Expression) -> str:
    """An expression as R labels its coefficient: ``ses``, ``I(x^2)``, ``MachineB``, ``poly(ses, 2)2``."""
    match expression:
        case Indicator(variable, category):
            return quote(variable) + category
        case Basis(column=column):
            return _basis(expression) + (str(column) if column else "")
        case _:
            return spell_factor(expression)


def _columns(group: str) -> tuple[str, ...]:
    """The columns of a grouping factor of which no more is known than its name."""
    return tuple(group.split(":"))


def spell_factor(expression: Expression, columns: Columns = _columns) -> str:
    """An expression as a formula says it: ``I(x^2)``, ``I(Machine == "B")``, ``poly(ses, 2)[, 2]``.

    ``columns`` gives the columns of the factors within whose groups means are taken.
    """
    match expression:
        case Call(function) if function in _STRENGTH:
            return f"I({spell_number(expression, columns)})"
        case Centered() | Constant():
            return f"I({spell_number(expression, columns)})"
        case Indicator(variable, category):
            return f"I({quote(variable)} == {quoted(category)})"
        case _:
            return spell_number(expression, columns)


# ------------------------------------------------------------------ numbers

_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 4}
"""How strongly an operator binds; a sign before an operand is in between."""

_SIGN, _WHOLE = 3, 5


def spell_number(expression: Expression, columns: Columns = _columns, least: int = 0) -> str:
    """An expression where R computes: ``x^2`` without ``I()``; in brackets if it binds too little."""
    match expression:
        case Variable(name):
            return quote(name)
        case Factor(name):
            return f"factor({quote(name)})"
        case Indicator(variable, category):
            return f"({quote(variable)} == {quoted(category)})"
        case Constant(value):
            return _in_brackets(_number(value), _SIGN if value < 0 else _WHOLE, least)
        case Basis(column=column):
            return _basis(expression, columns) + (f"[, {column}]" if column else "")
        case Mean(of, within):
            return _mean(of, within, columns)
        case Centered(of, around):
            difference = f"{spell_number(of, columns, 1)} - {spell_number(around, columns, _SIGN)}"
            return _in_brackets(difference, 1, least)
        case Call(function, arguments) if function in _STRENGTH:
            return _operation(function, arguments, columns, least)
        case Call(function, arguments):
            return f"{function}({', '.join(spell_number(a, columns) for a in arguments)})"


def _operation(operator: str, arguments: tuple[Expression, ...], columns: Columns, least: int) -> str:
    strength = _STRENGTH[operator]
    if len(arguments) == 1:
        return _in_brackets(operator + spell_number(arguments[0], columns, _SIGN + 1), _SIGN, least)
    first, *rest = arguments
    # A sum whose first summand is a sum would read as one sum of three.
    same = isinstance(first, Call) and first.function == operator and operator in "+*"
    begin = spell_number(first, columns, strength + (same or operator == "^"))
    sign = operator if operator == "^" else f" {operator} "
    if operator == "^" and isinstance(rest[0], Constant):
        return _in_brackets(begin + sign + _number(rest[0].value), strength, least)
    parts = [begin, *(spell_number(a, columns, strength + 1) for a in rest)]
    return _in_brackets(sign.join(parts), strength, least)


def _in_brackets(text: str, strength: int, least: int) -> str:
    return f"({text})" if strength < least else text


def _number(value: float) -> str:
    whole = float(value).is_integer() and abs(value) < 1e15
    return str(int(value)) if whole else repr(value)


def _mean(of: Expression, within: str | None, columns: Columns) -> str:
    if within is None:
        return f"mean({spell_number(of, columns)})"
    groups = ", ".join(quote(column) for column in columns(within))
    return f"ave({spell_number(of, columns)}, {groups})"


def _basis(basis: Basis, columns: Columns = _columns) -> str:
    return f"{basis.function}({', '.join((spell_number(basis.of, columns), *basis.settings))})"


# ------------------------------------------------------------------ names

_PLAIN = pattern(r"(?:[^\W\d_]|\.(?![0-9_]))[\w.]*")

_RESERVED = frozenset(
    (
        *("if", "else", "repeat", "while", "function", "for", "next", "break", "in", "TRUE", "FALSE"),
        *("NULL", "NA", "NaN", "Inf", "True", "False", "None", ".", "..."),
    )
)


def quote(name: str) -> str:
    """A column's name, in backticks where R needs them."""
    letters = name.replace(".", "_").isidentifier()  # no ², which a pattern takes for a digit
    if letters and _PLAIN.fullmatch(name) and name not in _RESERVED:
        return name
    return "`" + _escaped(name).replace("`", "\\`") + "`"


def quoted(text: str) -> str:
    """A text in quotation marks."""
    return '"' + _escaped(text).replace('"', '\\"') + '"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
