"""A model as a list of small trees whose leaves are names: what a renaming has to preserve."""

from __future__ import annotations

from collections.abc import Iterator

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
    variables,
)
from ..frozen import frozen
from ..model import Crossed, Model, Nested, RandomBlock


@frozen
class Name:
    """A name that may differ between two models; ``kind`` is "variable" or "group"."""

    kind: str
    text: str


@frozen
class Node:
    """A part of a model: everything that is not a name is in the label."""

    label: str
    parts: tuple[Tree, ...] = ()
    ordered: bool = True


Tree = Name | Node


def names_of(model: Model) -> list[Name]:
    """The names in a model: the response's and the predictors' variables, and the groups."""
    response = [model.response.expression, *([model.response.trials] if model.response.trials else [])]
    columns = [*(v for e in response for v in variables(e)), *model.variables]
    if model.residual and model.residual.by:
        columns.append(model.residual.by)
    found = [*(Name("variable", v) for v in columns), *(Name("group", g) for g in model.group_names)]
    return list(dict.fromkeys(found))


def claims(model: Model) -> Iterator[Node]:
    """What a model claims, without what may be unknown: levels and relations."""
    trials = model.response.trials
    outcome = _expression(model.response.expression)
    yield Node("response", (outcome, *([_expression(trials)] if trials else [])))
    yield from (Node("fixed", (_term(t),)) for t in model.fixed)
    yield from (_block(b) for b in model.random)
    yield from (Node("offset", (_expression(o),)) for o in model.offsets)
    yield from (Node("weights", (_expression(w),)) for w in (model.weights,) if w)
    yield from (Node(f"categories {c.names}", (Name("variable", c.variable),)) for c in model.categories)
    if (residual := model.residual) is not None:
        by = (Name("variable", residual.by),) if residual.by else ()
        within = (Name("group", residual.ar1_within),) if residual.ar1_within else ()
        yield Node(f"residual {len(by)} {len(within)}", (*by, *within))


def knowledge(model: Model) -> Iterator[Node]:
    """What is known of levels and relations; compared only where both models know everything."""
    for variable, level in model.levels:
        place: Tree = Name("group", level) if isinstance(level, str) else Node(repr(level))
        yield Node("level", (Name("variable", variable), place))
    for relation in model.relations:
        match relation:
            case Nested(inner, outer):
                yield Node("nested", (Name("group", inner), Name("group", outer)))
            case Crossed(factors):
                yield Node("crossed", tuple(Name("group", f) for f in sorted(factors)), ordered=False)


def _block(block: RandomBlock) -> Node:
    terms = Node("terms", tuple(_term(t) for t in block.terms), ordered=block.structure == "ar1")
    return Node(f"random {block.structure}", (Name("group", block.group), terms))


def _term(term: Term) -> Node:
    return Node("term", tuple(_expression(f) for f in term.factors), ordered=False)


def _expression(expression: Expression) -> Tree:
    match expression:
        case Variable(name):
            return Name("variable", name)
        case Indicator(name, category):
            return Node(f"indicator {category}", (Name("variable", name),))
        case Factor(name):
            return Node("factor", (Name("variable", name),))
        case Constant(value):
            return Node(f"number {value}")
        case Call(function, arguments):
            return Node(f"call {function}", tuple(_expression(a) for a in arguments))
        case Basis(function, of, settings, column):
            return Node(f"basis {function} {settings} {column}", (_expression(of),))
        case Mean(of, within):
            return Node("mean", (_expression(of), *([Name("group", within)] if within else [])))
        case Centered(of, around):
            return Node("centered", (_expression(of), _expression(around)))
