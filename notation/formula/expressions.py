"""Syntax → expressions of data: what the single parts of a formula are, numerically."""

from __future__ import annotations

from ..errors import ReadError
from ..expressions import Basis, Call, Centered, Constant, Expression, Factor, Indicator, Mean, Variable
from ..facts.bases import BASES, MOST_COLUMNS, basis_columns, count_columns
from ..frozen import frozen
from . import syntax
from .syntax import Node, without_brackets

MOST_OPERANDS = 50
"""How many operands an arithmetic expression may chain, since each step nests in the one before."""

_FACTORS = ("factor", "as.factor", "C")
_AS_NUMBERS = ("I", "as.numeric", "as.integer")
_CENTERING = ("center",)
_REFUSED = {
    "s": "a smooth is no part of a linear predictor with fixed columns; write ns(x, 3) or poly(x, 3)",
    "te": "a smooth is no part of a linear predictor with fixed columns; write ns(x, 3) or poly(x, 3)",
    "t2": "a smooth is no part of a linear predictor with fixed columns; write ns(x, 3) or poly(x, 3)",
    "mo": "monotonic effects have no fixed columns",
    "relevel": "write the variable alone, and give its categories with the reference first",
    "interaction": "write a:b",
    "offset": "an offset stands by itself between + signs, in the fixed part",
    "cbind": "cbind() stands on the left of ~: cbind(s, n - s)",
}


@frozen
class Source:
    """What the parts of a formula are read with: its text, and the columns of the data if known."""

    text: str
    columns: tuple[str, ...] | None = None

    def error(self, message: str, node: Node | syntax.Argument, mend: str = "") -> ReadError:
        """The error at the place of a node."""
        return ReadError(message, self.text, node.span, mend)

    def shown(self, node: Node | syntax.Argument) -> str:
        """The characters of a node."""
        return self.text[node.span.start : node.span.end]


def read_expression(node: Node, source: Source) -> Expression:
    """The number that a piece of a formula stands for; operators are arithmetic here.

    Raises ReadError for anything that is no number, such as ``a:b`` or a random-effects bar.
    """
    match node:
        case syntax.Name(text, _, quoted):
            return _variable(node, text, quoted, source)
        case syntax.Number(value):
            return Constant(value)
        case syntax.Group(of):
            return read_expression(of, source)
        case syntax.Sign("+", of):
            return read_expression(of, source)
        case syntax.Sign("-", of):
            return _negative(read_expression(of, source))
        case syntax.Chain():
            return _arithmetic(node, source)
        case syntax.Call():
            return _call(node, source)
        case syntax.Column(of, number):
            return _column(node, of, number, source)
        case syntax.Dot():
            raise source.error(". stands for all other columns only as a term", node, "Name the column.")
        case _:
            raise source.error(f"expected a variable or a number, found {source.shown(node)}", node)


def _variable(node: Node, name: str, quoted: bool, source: Source) -> Variable:
    if not quoted and name in ("TRUE", "FALSE", "NULL", "NA", "NaN", "Inf", "True", "False", "None"):
        raise source.error(
            f"{name} is no variable", node, f"Write `{name}` in backticks if a column is called so."
        )
    return Variable(name)


def _negative(of: Expression) -> Expression:
    return Constant(-of.value) if isinstance(of, Constant) else Call("-", (of,))


# ------------------------------------------------------------------ arithmetic


def _arithmetic(node: syntax.Chain, source: Source) -> Expression:
    if len(node.operands) > MOST_OPERANDS:
        message = f"an arithmetic expression joins more than {MOST_OPERANDS} parts"
        raise source.error(message, node, "Compute it as a column of the data.")
    if node.operators[0] == "==":
        return _indicator(node, source)
    for operator in node.operators:
        if operator not in "+-*/^":
            raise source.error(*_not_arithmetic(operator, source.shown(node), node))
    whole, *rest = (read_expression(operand, source) for operand in node.operands)
    before = ""
    for operator, operand in zip(node.operators, rest, strict=True):
        whole = _operation(operator, whole, operand, goes_on=operator == before)
        before = operator
    return whole


def _not_arithmetic(operator: str, shown: str, node: Node) -> tuple[str, Node, str]:
    if operator in ("|", "||"):
        return f"a random effect stands in brackets of its own: ({shown})", node, f"Write + ({shown})."
    if operator == "~":
        return "a formula stands where a number is expected", node, "Write one ~."
    return f"{operator} does not compute a number", node, "Compute it as a column of the data."


def _operation(operator: str, left: Expression, right: Expression, *, goes_on: bool) -> Expression:
    """One step of arithmetic; a difference from a mean or a constant is centring.

    ``goes_on`` says that the step before was the same: a + b + c is one sum of three.
    """
    match operator, left, right:
        case "-", Constant(a), Constant(b):
            return Constant(a - b)
        case "*", Indicator(), Constant(1):
            return left  # Python's way to make a number of true and false
        case "-", _, Constant() | Mean():
            return Centered(left, right)
        case "+" | "*", Call(_, arguments), _ if goes_on:
            return Call(operator, (*arguments, right))
        case _:
            return Call(operator, (left, right))


def _indicator(node: syntax.Chain, source: Source) -> Indicator:
    """``Machine == "B"``, in either order."""
    left, right = (without_brackets(operand) for operand in node.operands)
    if not isinstance(left, syntax.Name):
        left, right = right, left
    match left, right:
        case syntax.Name(name), syntax.Text(category):
            return Indicator(name, category)
        case syntax.Name(name), syntax.Number(_, text):
            return Indicator(name, text.rstrip("L"))
        case syntax.Name(name), syntax.Sign("-", syntax.Number(_, text)):
            return Indicator(name, f"-{text.rstrip('L')}")
    mend = 'Write Machine == "B", or compute it as a column of the data.'
    raise source.error("expected a variable and one of its categories at ==", node, mend)


# ------------------------------------------------------------------ functions


def _call(node: syntax.Call, source: Source) -> Expression:
    function = node.function
    if function in _REFUSED:
        raise source.error(f"{function}() has no place here: {_REFUSED[function]}", node)
    if not node.arguments:
        raise source.error(f"{function}() has no argument", node, f"Write {function}(x).")
    if function in BASES:
        message = f"{function}() makes several columns, of which none is named here"
        raise source.error(message, node, f"Write it as a term by itself, or {source.shown(node)}[, 1].")
    if function in _FACTORS:
        return _factor(node, source)
    if function in ("scale", *_CENTERING):
        return _scaled(node, source)
    if function in ("mean", "ave"):
        return _mean(node, source)
    if function == "Q" and isinstance(node.arguments[0].value, syntax.Text):
        return Variable(node.arguments[0].value.text)
    if function in _AS_NUMBERS and len(node.arguments) == 1:
        return _as_number(node, source)
    return Call(function, tuple(_plain_argument(a, node, source) for a in node.arguments))


def _plain_argument(argument: syntax.Argument, call: syntax.Call, source: Source) -> Expression:
    """An argument of a numeric function, which has no names, but for the base of a logarithm."""
    if argument.name and (call.function, argument.name) not in (("log", "base"), ("log", "x")):
        mend = "Compute it as a column of the data."
        raise source.error(
            f"the argument {argument.name} of {call.function}() is not known here", argument, mend
        )
    return read_expression(argument.value, source)


def _as_number(node: syntax.Call, source: Source) -> Expression:
    inner = read_expression(node.arguments[0].value, source)
    plain = isinstance(inner, Variable | Factor) and node.function != "I"
    return Call(node.function, (inner,)) if plain else inner


def _factor(node: syntax.Call, source: Source) -> Factor:
    value = without_brackets(node.arguments[0].value)
    if not isinstance(value, syntax.Name):
        message = f"expected a variable in {node.function}(), found {source.shown(value)}"
        raise source.error(message, node, "Compute it as a column of the data.")
    if len(node.arguments) > 1 and not _is_reference(node.arguments[1].value):
        message = f"{node.function}() with contrasts or levels of its own is not read"
        mend = f"Write factor({value.text}), and give the categories with the reference first."
        raise source.error(message, node, mend)
    return Factor(value.text)


def _is_reference(node: Node) -> bool:
    """Whether it only names the reference: patsy's ``Treatment("B")``, which the categories say."""
    return isinstance(node, syntax.Call) and node.function == "Treatment"


def _scaled(node: syntax.Call, source: Source) -> Expression:
    """``scale(x)`` divides by the standard deviation; ``scale(x, scale = FALSE)`` only centres."""
    first, *rest = node.arguments
    inner = read_expression(first.value, source)
    names = ("center", "scale")
    settings = {a.name or name: source.shown(a.value) for a, name in zip(rest, names, strict=False)}
    truth = {"TRUE": True, "T": True, "FALSE": False, "F": False, "True": True, "False": False}
    known = len(rest) <= len(names) and set(settings) <= set(names) and set(settings.values()) <= set(truth)
    if not known or not truth[settings.get("center", "TRUE")]:
        mend = "Write scale(x), or scale(x, scale = FALSE) for centring alone."
        raise source.error(f"{source.shown(node)} is not read", node, mend)
    if node.function in _CENTERING or not truth[settings.get("scale", "TRUE")]:
        return Centered(inner, Mean(inner))
    return Call("scale", (inner,))


def _mean(node: syntax.Call, source: Source) -> Mean:
    first, *groups = node.arguments
    names = [without_brackets(g.value) for g in groups]
    columns = [name.text for name in names if isinstance(name, syntax.Name)]
    named = any(a.name for a in node.arguments)
    if named or len(columns) < len(groups) or (node.function == "mean" and groups):
        mend = "Write mean(x), or ave(x, g) for the means of groups."
        raise source.error(f"{source.shown(node)} is not read", node, mend)
    return Mean(read_expression(first.value, source), ":".join(columns) or None)


# ------------------------------------------------------------------ bases


def read_basis(node: syntax.Call, source: Source) -> Basis:
    """A basis expansion, with column 0 for all of its columns."""
    first, *rest = node.arguments or (None,)
    if first is None or first.name not in ("", "x"):
        raise source.error(f"expected a variable in {node.function}()", node, f"Write {node.function}(x, 3).")
    settings = tuple(_setting(a, node, source) for a in rest)
    basis = Basis(node.function, read_expression(first.value, source), settings, 0)
    degree = count_columns(basis)
    if node.function == "poly" and degree is None:
        raise source.error("expected a degree in poly(), a whole number up to 30", node, "Write poly(x, 2).")
    if node.function == "bs" and degree is not None and degree < 3 and "degree" not in " ".join(settings):
        raise source.error("a cubic spline has three columns at least", node, "Write bs(x, 3).")
    return basis


def _setting(argument: syntax.Argument, node: syntax.Call, source: Source) -> str:
    if (
        isinstance(argument.value, syntax.Name)
        and not argument.name
        and argument.value.text not in ("TRUE", "FALSE")
    ):
        mend = f"Write one {node.function}() for each variable."
        raise source.error(f"{node.function}() of several variables is not read", argument, mend)
    shown = " ".join(source.shown(argument.value).split())
    implied = argument.name == "degree" and node.function == "poly"
    return f"{argument.name} = {shown}" if argument.name and not implied else shown


def _column(node: syntax.Column, of: Node, number: Node, source: Source) -> Expression:
    if isinstance(of, syntax.Name) and isinstance(number, syntax.Text):
        return Variable(number.text)  # a column of a DataFrame, d["school"]
    if not isinstance(of, syntax.Call) or of.function not in BASES:
        raise source.error(f"{source.shown(node)} is not read", node, "Name the column by itself.")
    columns = basis_columns(basis := read_basis(of, source))
    if not isinstance(number, syntax.Number) or not 1 <= number.value <= MOST_COLUMNS:
        raise source.error("expected the number of a column, from 1", number, "Write poly(x, 2)[, 1].")
    wanted = int(number.value)
    if count_columns(basis) is None:
        return Basis(basis.function, basis.of, basis.settings, wanted)
    if wanted > len(columns):
        raise source.error(f"{source.shown(of)} has {len(columns)} columns, and no {wanted}", number)
    return columns[wanted - 1]
