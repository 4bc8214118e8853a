"""What the variables and grouping factors of one model are called in another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from ..expressions import Expression, Factor, Indicator, Mean, Variable
from ..facts.substitution import substitute, substitute_model
from ..frozen import frozen
from ..model import OBSERVATION, UNKNOWN, Crossed, Grouping, Level, Model, Nested, RandomBlock, Relation


@frozen
class Names:
    """A renaming; what is not listed keeps its name."""

    variables: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)

    def variable(self, name: str) -> str:
        """The other name of a variable."""
        return self.variables.get(name, name)

    def group(self, name: str) -> str:
        """The other name of a grouping factor."""
        return self.groups.get(name, name)

    def expression(self, expression: Expression) -> Expression:
        """An expression with its own names changed, not yet those of its parts, except in a mean."""
        match expression:
            case Variable(name) | Factor(name):
                return type(expression)(self.variable(name))
            case Indicator(name, category):
                return Indicator(self.variable(name), category)
            case Mean(of, str(within)):
                return Mean(substitute(of, self.expression), self.group(within))
            case _:
                return expression

    def level(self, level: Level) -> Level:
        """A level, by the other name of its grouping factor."""
        return level if level in (OBSERVATION, UNKNOWN) else self.group(str(level))

    def relation(self, relation: Relation) -> Relation:
        """What is known of two grouping factors, by their other names."""
        match relation:
            case Nested(inner, outer):
                return Nested(self.group(inner), self.group(outer))
            case Crossed(factors):
                return Crossed(frozenset(map(self.group, factors)))


def rename(model: Model, names: Names) -> Model:
    """The same model with other names. Raises ValueError where two groups would become one."""
    renamed = substitute_model(model, names.expression)
    response, residual = model.response, model.residual
    return replace(
        renamed,
        response=replace(
            response,
            expression=substitute(response.expression, names.expression),
            trials=response.trials and substitute(response.trials, names.expression),
        ),
        random=tuple(RandomBlock(names.group(b.group), b.terms, b.structure) for b in renamed.random),
        groupings=tuple(Grouping(names.group(g.name), g.index) for g in model.groupings),
        relations=frozenset(map(names.relation, model.relations)),
        levels=tuple((names.variable(v), names.level(level)) for v, level in model.levels),
        categories=tuple(replace(c, variable=names.variable(c.variable)) for c in model.categories),
        residual=residual
        and replace(
            residual,
            by=residual.by and names.variable(residual.by),
            ar1_within=residual.ar1_within and names.group(residual.ar1_within),
        ),
    )
