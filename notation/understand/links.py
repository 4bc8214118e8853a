"""Link functions as they stand in equations: ``logit(p)``, ``log[φ/(1 − φ)]``, ``logit⁻¹(η)``."""

from __future__ import annotations

from ..equations import (
    Apply,
    Digit,
    Dot,
    Equation,
    Label,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
)
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
        case Apply("log", (Quotient(p, q),)) if _is_failure(p, q):
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
        case Power() | Symbol("e") if (eta := _exponent(node)) is not None:
            return "log", eta
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

    ``category`` is the index k; ``mean`` says that it is E(y); ``quantile`` is the 0.25 of quantile(y, 0.25)
    and of Q_0.25(y).
    """

    variable: Node
    cumulative: bool = False
    category: str = ""
    mean: bool = False
    quantile: float | None = None


def event(node: Node) -> Event | None:
    """The event or the variable, if an expression is a probability such as Pr(y = 1) or a mean E(y)."""
    match node:
        case Apply(name, (Equation((variable, value)),)) if name in PROBABILITIES:
            return None if number_of(value) is None else Event(variable)
        case Apply(name, (Apply("≤", (variable, value)),)) if name in PROBABILITIES:
            return Event(variable, True, value.base if isinstance(value, Symbol) else "")
        case Apply(name, (variable,)) if name in EXPECTATIONS:
            return Event(variable, mean=True)
        case Apply("quantile", (variable, Number(share))):
            return Event(variable, quantile=float(share))
        case Product((Symbol("Q", (Digit(0), Dot(), *digits), ()), variable)):
            shares = "".join(str(d.value) for d in digits if isinstance(d, Digit))
            return Event(variable, quantile=float(f"0.{shares}")) if shares else None
        case _:
            return None


def _is_failure(p: Node, q: Node) -> bool:
    """Whether two probabilities are those of y = 1 and of y = 0."""
    match p, q:
        case Apply(a, (Equation((y, one)),)), Apply(b, (Equation((z, zero)),)) if a == b:
            return a in PROBABILITIES and y == z and (number_of(one), number_of(zero)) == (1, 0)
        case _:
            return False


def _exponent(node: Node) -> Node | None:
    match node:
        case Apply("exp", (exponent,)) | Power(Symbol("e", ()), exponent):
            return exponent
        case Symbol("e", (), (Label(exponent),)):
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
