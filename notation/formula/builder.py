"""What becomes of each rule of the grammar ``formula.lark`` once the parser has seen it.

This module loads lark; it is loaded when a formula is first read.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lark import Token, Transformer, v_args

from ..errors import Span
from . import syntax


@v_args(inline=True)
class Builder(Transformer):  # type: ignore[type-arg]
    """Makes the nodes while the text is parsed."""

    def source(self, *parts: Any) -> syntax.Node:
        """The whole text; a name that the result is given is no part of the model."""
        return parts[-1]  # type: ignore[no-any-return]

    def chain(self, *parts: Any) -> syntax.Chain:
        """Operands with operators between them."""
        operators = tuple(_OPERATORS.get(str(token), str(token)) for token in parts[1::2])
        return syntax.Chain(parts[::2], operators, parts[0].span | parts[-1].span)

    def one_sided(self, tilde: Token, of: syntax.Node) -> syntax.OneSided:
        """A formula without a response."""
        return syntax.OneSided(of, _span(tilde) | of.span)

    def sign(self, sign: Token, of: syntax.Node) -> syntax.Sign:
        """A sign and its operand."""
        return syntax.Sign(_OPERATORS.get(str(sign), str(sign)), of, _span(sign) | of.span)

    def name(self, token: Token) -> syntax.Name:
        """A name, with or without backticks."""
        quoted = token.startswith("`")
        return syntax.Name(_unquote(token) if quoted else str(token), _span(token), quoted)

    def dot(self, token: Token) -> syntax.Dot:
        """All other columns."""
        return syntax.Dot(_span(token))

    def number(self, token: Token) -> syntax.Number:
        """A number."""
        return syntax.Number(float(token.rstrip("L")), str(token), _span(token))

    def text(self, token: Token) -> syntax.Text:
        """A text in quotation marks."""
        return syntax.Text(_unquote(token), _span(token))

    def group(self, left: Token, of: syntax.Node, right: Token) -> syntax.Group:
        """What stands in round brackets."""
        return syntax.Group(of, _span(left) | _span(right))

    def package(self, name: Token, _colons: Token, function: Token) -> Any:
        """The function without the package that it comes from."""
        return function.update(value=str(function)) if name else function

    def argument(self, name: Token, _equals: Token, value: syntax.Node) -> syntax.Argument:
        """A named argument."""
        plain = _unquote(name) if name.startswith("`") else str(name)
        return syntax.Argument(plain, value, _span(name) | value.span)

    def pair(self, name: Token, _colon: Token, value: syntax.Node) -> syntax.Argument:
        """An entry of a dictionary of Python."""
        return syntax.Argument(_unquote(name), value, _span(name) | value.span)

    def dictionary(self, left: Token, *rest: Any) -> syntax.Call:
        """A dictionary of Python, as if it were R's ``dict(name = value)``."""
        pairs = tuple(p for p in rest if isinstance(p, syntax.Argument))
        return syntax.Call("dict", pairs, _span(left) | _span(rest[-1]))

    def call(self, function: Token, *rest: Any) -> syntax.Call | syntax.Name:
        """A call; arguments without a name get one that is empty."""
        given = [a for a in rest if not hasattr(a, "type")]
        arguments = [a if isinstance(a, syntax.Argument) else syntax.Argument("", a, a.span) for a in given]
        span = _span(function) | _span(rest[-1])
        match given:
            case [syntax.Text(text)] if function == "Q":  # patsy's way to quote a name
                return syntax.Name(text, span, quoted=True)
        return syntax.Call(_bare(function), tuple(arguments), span)

    def column(self, of: syntax.Node, *rest: Any) -> syntax.Column:
        """What stands in square brackets."""
        return syntax.Column(of, rest[-2], of.span | _span(rest[-1]))

    def method(self, of: syntax.Node, *rest: Any) -> syntax.Node:
        """What Python does with a result is no part of the model."""
        if isinstance(of, syntax.Call) and of.function.endswith(".groupby"):
            return _mean_of_groups(of, rest)
        if isinstance(of, syntax.Call) and rest[0] == ".fit":  # its estimator is told with the call's own
            reml = [replace(a, name="REML") for a in rest if getattr(a, "name", "") == "reml"]
            return replace(of, arguments=(*of.arguments, *reml))
        return of


_OPERATORS = {"**": "^", "∼": "~", "−": "-"}
"""Other spellings of R's operators."""


def _mean_of_groups(of: syntax.Call, rest: tuple[Any, ...]) -> syntax.Call:
    """``x.groupby(g).transform("mean")`` is pandas' for ``ave(x, g)``; any other method is not known."""
    method, *arguments = rest
    texts = [a.text for a in arguments if isinstance(a, syntax.Text)]
    if method == ".transform" and texts == ["mean"]:
        inner = syntax.Name(of.function.removesuffix(".groupby"), of.span)
        whole = of.span | _span(rest[-1])
        return syntax.Call("ave", (syntax.Argument("", inner, of.span), *of.arguments), whole)
    return syntax.Call(f"{of.function}{method}", of.arguments, of.span)


_PYTHON_MODULES = ("np.", "numpy.", "math.", "pd.")


def _bare(function: str) -> str:
    """The name of a function without the Python module that it came from."""
    if function.endswith(".groupby"):
        return str(function)  # what stands before it is a column, which may well be called math
    for module in _PYTHON_MODULES:
        function = function.removeprefix(module)
    return function


def _span(token: Token) -> Span:
    return Span(token.start_pos or 0, token.end_pos or 0)


_ESCAPES = {"n": "\n", "t": "\t"}


def _unquote(token: str) -> str:
    """The text between quotation marks or backticks, with its escapes undone as R does."""
    pieces = token[1:-1].split("\\")
    text, rest = pieces[0], iter(pieces[1:])
    for piece in rest:
        # An empty piece is a backslash that was escaped; the piece behind it is plain text.
        text += _ESCAPES.get(piece[0], piece[0]) + piece[1:] if piece else "\\" + next(rest, "")
    return text
