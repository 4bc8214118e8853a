"""Text → the tree of :mod:`notation.formula.syntax`, by the grammar ``formula.lark``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from ..errors import ReadError, Span
from ..resources import grammar
from . import syntax
from .brackets import check_brackets
from .mistakes import Mistakes

if TYPE_CHECKING:
    from lark import Lark, Token

LONGEST = 100_000
"""The longest formula that is read, in characters: some thousand terms."""


def parse(text: str) -> syntax.Node:
    """The syntax tree of a formula or of a whole call.

    Raises ReadError with every mistake that was found.
    """
    if len(text) > LONGEST:
        raise ReadError(f"the formula is longer than {LONGEST:,} characters", mend="Write it in parts.")
    if not text.strip():
        raise ReadError("the formula is empty", text, mend="Write one such as y ~ x + (x | g).")
    check_brackets(text)
    return _parse(text)


def _parse(text: str) -> syntax.Node:
    from lark.exceptions import UnexpectedInput

    mistakes = Mistakes(text)
    try:
        tree: Any = _formula_grammar().parse(text, on_error=mistakes.note)
    except UnexpectedInput:
        raise mistakes.error() from None
    if mistakes.found:
        raise mistakes.error()
    node: syntax.Node = tree
    return node


@cache
def _formula_grammar() -> Lark:
    # lark takes some 50 ms to load, so it does when a formula is first read.
    from lark import Lark

    return Lark(grammar("formula"), parser="lalr", lexer="contextual", transformer=_builder())


def _builder() -> Any:
    """The transformer that makes a node of each rule while the text is parsed."""
    from lark import Transformer, v_args

    @v_args(inline=True)
    class Builder(Transformer):  # type: ignore[type-arg]
        def source(self, *parts: Any) -> syntax.Node:
            return parts[-1]  # type: ignore[no-any-return]

        def chain(self, *parts: Any) -> syntax.Chain:
            operators = tuple(_OPERATORS.get(str(token), str(token)) for token in parts[1::2])
            return syntax.Chain(parts[::2], operators, parts[0].span | parts[-1].span)

        def one_sided(self, tilde: Token, of: syntax.Node) -> syntax.OneSided:
            return syntax.OneSided(of, _span(tilde) | of.span)

        def sign(self, sign: Token, of: syntax.Node) -> syntax.Sign:
            return syntax.Sign(_OPERATORS.get(str(sign), str(sign)), of, _span(sign) | of.span)

        def name(self, token: Token) -> syntax.Name:
            quoted = token.startswith("`")
            return syntax.Name(_unquote(token) if quoted else str(token), _span(token), quoted)

        def dot(self, token: Token) -> syntax.Dot:
            return syntax.Dot(_span(token))

        def number(self, token: Token) -> syntax.Number:
            return syntax.Number(float(token.rstrip("L")), str(token), _span(token))

        def text(self, token: Token) -> syntax.Text:
            return syntax.Text(_unquote(token), _span(token))

        def group(self, left: Token, of: syntax.Node, right: Token) -> syntax.Group:
            return syntax.Group(of, _span(left) | _span(right))

        def package(self, name: Token, _colons: Token, function: Token) -> Any:
            return function.update(value=str(function)) if name else function

        def argument(self, name: Token, _equals: Token, value: syntax.Node) -> syntax.Argument:
            return syntax.Argument(str(name), value, _span(name) | value.span)

        def call(self, function: Token, *rest: Any) -> syntax.Call:
            given = [a for a in rest if not hasattr(a, "type")]
            arguments = [a if isinstance(a, syntax.Argument) else syntax.Argument("", a, a.span) for a in given]
            return syntax.Call(_bare(function), tuple(arguments), _span(function) | _span(rest[-1]))

        def column(self, of: syntax.Node, *rest: Any) -> syntax.Column:
            return syntax.Column(of, rest[-2], of.span | _span(rest[-1]))

        def method(self, of: syntax.Node, *_rest: Any) -> syntax.Node:
            return of

    return Builder()


_OPERATORS = {"**": "^", "∼": "~", "−": "-"}
"""Other spellings of R's operators."""

_PYTHON_MODULES = ("np.", "numpy.", "math.", "pd.")


def _bare(function: str) -> str:
    """The name of a function without the Python module that it came from."""
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
