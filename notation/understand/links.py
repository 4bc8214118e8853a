"""Link functions as they stand in equations: ``logit(p)``, ``log[φ/(1 − φ)]``, ``logit⁻¹(η)``."""

from __future__ import annotations

from ..equations import Apply, Equation, Negative, Node, Number, Power, Quotient, Sum, Symbol
from ..frozen import frozen
from .trees import number_of

LINKS = {
    "logit": "logit",
    "probit": "probit",
    "cloglog": "cloglog",
    "cauchit": "cauchit",
    "loglog": "loglog",
    "log": "log",
    "ln": "log",
    "inverse": "inverse",
    "sqrt": "sqrt",
    "logodds": "logit",
    "log odds": "logit",
}
INVERSES = {
    "logit^-1": "logit",
    "invlogit": "logit",
    "inv_logit": "logit",
    "ilogit": "logit",
    "expit": "logit",
    "logistic": "logit",
    "sigmoid": "logit",
    "Φ": "probit",
    "probit^-1": "probit",
    "pnorm": "probit",
    "cloglog^-1": "cloglog",
    "exp": "log",
}
PROBABILITIES = ("Pr", "P", "Prob", "p")
EXPECTATIONS = ("E",)


def linked(node: Node) -> tuple[str, Node] | None:
    """The link and what it is applied to, if an expression is a link function of something."""
    match node:
        case Apply("log", (Quotient(p, q),)) if _complemented(q) == p:
            return "logit", p
        case Apply("log", (Negative(Apply("log", (q,))),)) if (failure := _complemented(q)) is not None:
            return "cloglog", failure
        case Apply("Φ^-1", (p,)):
            return "probit", p
        case Apply(name, (argument,)) if name in LINKS:
            return LINKS[name], argument
        case Quotient(Number("1"), Symbol() as mean):
            return "inverse", mean
        case _:
            return None


def unlinked(node: Node) -> tuple[str, Node] | None:
    """The link and the linear predictor, if an expression is an inverse link of something."""
    match node:
        case Apply(name, (argument,)) if name in INVERSES:
            return INVERSES[name], argument
        case Quotient(Number("1"), Sum((Number("1"), e))) if (eta := _exponent(e)) is not None:
            return "logit", negative(eta)
        case Quotient(top, Sum((Number("1"), bottom))) if (
            top == bottom and (eta := _exponent(top)) is not None
        ):
            return "logit", eta
        case _:
            return None


def negative(node: Node) -> Node:
    """Minus an expression."""
    return node.of if isinstance(node, Negative) else Negative(node)


@frozen
class Event:
    """The variable of Pr(y = 1), E(y) or Pr(y ≤ k).

    ``category`` is the index k; ``mean`` says that it is E(y).
    """

    variable: Node
    cumulative: bool = False
    category: str = ""
    mean: bool = False


def event(node: Node) -> Event | None:
    """The event or the variable, if an expression is a probability such as Pr(y = 1) or a mean E(y)."""
    match node:
        case Apply(name, (Equation((variable, value)),)) if name in PROBABILITIES:
            return None if number_of(value) is None else Event(variable)
        case Apply(name, (Apply("≤", (variable, value)),)) if name in PROBABILITIES:
            return Event(variable, True, value.base if isinstance(value, Symbol) else "")
        case Apply(name, (variable,)) if name in EXPECTATIONS:
            return Event(variable, mean=True)
        case _:
            return None


def _exponent(node: Node) -> Node | None:
    match node:
        case Apply("exp", (exponent,)) | Power(Symbol("e", ()), exponent):
            return exponent
        case _:
            return None


def _complemented(q: Node) -> Node | None:
    """p, if an expression is 1 − p."""
    match q:
        case Sum((Number("1"), Negative(p))):
            return p
        case _:
            return None
