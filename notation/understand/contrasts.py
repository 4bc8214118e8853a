"""Equations of the categories of one response, each against the reference: a multinomial model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..equations import Apply, Equation, Node, Number, Quotient, Symbol
from ..frozen import frozen
from ..model import Categories
from ..reading import Reading
from .links import PROBABILITIES
from .remarks import Remarks


@frozen
class Contrast:
    """The variable of log(Pr(y = B)/Pr(y = A)), with its category B and the reference A."""

    variable: Node
    category: str
    reference: str


def contrast(node: Node) -> Contrast | None:
    """What category a logarithm of odds is about, and against which; None for other expressions."""
    match node:
        case Apply("log", (Quotient(top, bottom),)):
            a, b = _event(top), _event(bottom)
            return Contrast(a[0], a[1], b[1]) if a and b and a[0] == b[0] and a[1] != b[1] else None
        case _:
            return None


def _event(node: Node) -> tuple[Node, str] | None:
    match node:
        case Apply(name, (Equation((Symbol() as variable, Symbol(category) | Number(category))),)) if (
            name in PROBABILITIES
        ):
            return variable, category
        case _:
            return None


def joined(readings: Sequence[Reading], remarks: Remarks) -> list[Reading]:
    """The readings of one response's categories as that of one model; others as they are.

    Raises ReadError where the equations differ in more than their category.
    """
    first = readings[0] if readings else None
    if first is None or len(readings) < 2 or first.model.family.name != "multinomial":
        return list(readings)
    models = [r.model for r in readings]
    bare = {replace(m, categories=()) for m in models}
    references = {c.reference for m in models for c in _of_response(m.categories, m.response.expression)}
    if len(bare) > 1 or len(references) > 1:
        raise remarks.refusal(
            "The equations of the categories differ in more than the category.",
            "Give each category the same predictors, and the same reference.",
        )
    known = [c for m in models for c in _of_response(m.categories, m.response.expression)]
    names = tuple(dict.fromkeys(name for c in known for name in c.names))
    others = tuple(c for c in models[0].categories if c not in known)
    model = replace(models[0], categories=(*others, replace(known[0], names=names)))
    author = {p: node for r in readings for p, node in r.symbols.items()}
    numbers = {p: value for r in readings for p, value in r.estimates.items()}
    findings = tuple(dict.fromkeys(f for r in readings for f in r.findings))
    return [replace(first, model=model, estimates=numbers, symbols=author, findings=findings)]


def _of_response(categories: Sequence[Categories], response: object) -> list[Categories]:
    return [c for c in categories if c.variable == getattr(response, "name", None)]
