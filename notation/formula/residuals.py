"""What a call says of the residuals and their weights, in the words of nlme, glmmTMB and brms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..expressions import Call, Constant, Expression
from . import syntax
from .bars import read_bar
from .expressions import Source, read_expression
from .syntax import Node, without_brackets


@dataclass
class Residuals:
    """What is known of the residuals.

    ``by`` is the factor whose categories have a variance each, ``ar1_within`` the columns of the one
    within which successive residuals are correlated; ``weights`` divide the variance.
    """

    by: str | None = None
    ar1_within: tuple[str, ...] = ()
    weights: Expression | None = None


def read_residuals(given: dict[str, Node], source: Source) -> Residuals:
    """``weights = varIdent(…)``, ``correlation = corAR1(…)``, ``dispformula = ~ g``, ``sigma ~ 0 + g``.

    Raises ReadError for structures that a model does not hold.
    """
    found = Residuals()
    if "weights" in given:
        for node in _variances(given["weights"]):
            _read_variance(node, found, source)
    if "dispformula" in given:
        found.by = _one_name(given["dispformula"], source)
    if "sigma" in given:
        found.by = _one_name(given["sigma"], source)
    if "correlation" in given:
        found.ar1_within = _behind_bar(_form(given["correlation"], "corAR1", source), source)
    return found


def read_autocorrelation(node: syntax.Call, source: Source) -> tuple[str, ...]:
    """brms: the columns of g in ``ar(gr = g, p = 1, cov = TRUE)``."""
    given = {a.name: a.value for a in node.arguments}
    plain = {"p": "1", "cov": "TRUE"}
    if set(given) != {"gr", *plain} or any(source.shown(given[n]) != text for n, text in plain.items()):
        mend = "Write ar(gr = g, p = 1, cov = TRUE)."
        raise source.error(f"{source.shown(node)} is not read", node, mend)
    chain = syntax.Chain((syntax.Number(1, "1", node.span), given["gr"]), ("|",), node.span)
    return read_bar(syntax.Group(chain, node.span), source)[0].columns


def _variances(node: Node) -> Iterator[Node]:
    if isinstance(node, syntax.Call) and node.function == "varComb":
        for argument in node.arguments:
            yield argument.value
    else:
        yield node


def _read_variance(node: Node, found: Residuals, source: Source) -> None:
    match node:
        case syntax.Call("varFixed", (syntax.Argument(value=syntax.OneSided(of)),)):
            # nlme says what the variance is proportional to: one over the weight.
            variance = read_expression(of, source)
            inverse = isinstance(variance, Call) and variance.function == "/"
            match variance:
                case Call("/", (Constant(1), weight)):
                    found.weights = weight
                case _ if not inverse:
                    found.weights = Call("/", (Constant(1), variance))
                case _:
                    raise source.error(
                        f"{source.shown(node)} is not read", node, "Write varFixed(~ I(1 / w))."
                    )
        case syntax.Call("varIdent"):
            found.by = _behind_bar(_form(node, "varIdent", source), source)[-1]
        case syntax.Call(name) if name.startswith("var"):
            mend = "Write varIdent(form = ~ 1 | g) or varFixed(~ v)."
            raise source.error(f"{source.shown(node)} is not read", node, mend)


def is_variance_class(node: Node) -> bool:
    """Whether the weights are one of nlme's classes, and not a column."""
    return isinstance(node, syntax.Call) and node.function in ("varIdent", "varFixed", "varComb")


def _form(node: Node, function: str, source: Source) -> Node:
    """The formula of the one class that is read."""
    match node:
        case syntax.Call(name, (syntax.Argument("form", value),)) if name == function:
            return value
    raise source.error(f"{source.shown(node)} is not read", node, f"Write {function}(form = ~ 1 | g).")


def _behind_bar(node: Node, source: Source) -> tuple[str, ...]:
    match node:
        case syntax.OneSided(syntax.Chain((syntax.Number(1), _), ("|",)) as chain):
            return read_bar(syntax.Group(chain, node.span), source)[-1].columns
    raise source.error("expected ~ 1 | g", node, "Name the factor behind the bar.")


def _one_name(node: Node, source: Source) -> str:
    inner = node.of if isinstance(node, syntax.OneSided) else node
    match without_brackets(inner):
        case syntax.Name(text):
            return text
        case syntax.Chain((syntax.Number(0), syntax.Name(text)), ("+",)):
            return text
    raise source.error("expected one factor", node, "Write ~ g, or sigma ~ 0 + g.")
