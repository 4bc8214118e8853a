"""The left side of a formula → the response: a number, or successes of trials."""

from __future__ import annotations

from ..expressions import Call
from ..model import Response
from . import syntax
from .expressions import Source, read_expression
from .syntax import Node, without_brackets


def read_response(node: Node, source: Source) -> Response:
    """The response that the left side of a formula names. Raises ReadError for what it cannot hold."""
    inner = without_brackets(node)
    match inner:
        case syntax.Call("cbind"):
            return _counts(inner, source)
        case syntax.Call("p" | "prop" | "proportion", (successes, trials)):  # bambi
            return Response(read_expression(successes.value, source), read_expression(trials.value, source))
        case syntax.Chain((successes, syntax.Call("trials", (trials,))), ("|",)):  # brms
            return Response(read_expression(successes, source), read_expression(trials.value, source))
        case syntax.Chain((_, syntax.Call(function) as addition), ("|",)):
            message = f"{function}() behind a response is not read"
            raise source.error(message, addition, "Of what brms takes there, trials(n) alone is read.")
    return Response(read_expression(inner, source))


def _counts(node: syntax.Call, source: Source) -> Response:
    """``cbind(s, n - s)`` is s of n; ``cbind(s, f)`` is s of s + f."""
    if len(node.arguments) != 2:
        mend = "Write cbind(s, n - s); models of several responses are not read."
        raise source.error("cbind() takes the successes and the failures", node, mend)
    successes = read_expression(node.arguments[0].value, source)
    failures = node.arguments[1].value
    match without_brackets(failures):
        case syntax.Chain((total, taken), ("-",)) if read_expression(taken, source) == successes:
            return Response(successes, read_expression(total, source))
    return Response(successes, Call("+", (successes, read_expression(failures, source))))
