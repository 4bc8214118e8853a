"""The columns that Stata's ``generate``, ``egen`` and ``encode`` make, and what they hold."""

from __future__ import annotations

import re

from ..errors import ReadError, Span
from ..expressions import Call, Centered, Expression, Mean, Variable
from ..facts.substitution import substitute
from ..formula.bars import Columns
from ..formula.expressions import Source, read_expression
from ..formula.parser import parse
from ..patterns import pattern

MAKES = pattern(r"(gen\w*|egen|encode)\s+")
"""The beginning of a command that makes a column."""


class MadeColumns:
    """The columns that are made: what each holds, and which columns a number stands for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.expressions: dict[str, Expression] = {}
        self.codes: dict[str, str] = {}
        self.groups: dict[str, Columns] = {}

    def read(self, start: int, line: str) -> None:
        """Take in ``generate x = …``, ``egen m = mean(x), by(g)``, ``encode t, generate(n)``."""
        place = Span(start, start + len(line))
        if match := re.fullmatch(r"encode (\w+), gen\w*\((\w+)\)", line):
            self.codes[match[2]] = match[1]
        elif match := re.fullmatch(r"egen (\w+) = group\(([\w ]+)\)", line):
            self.groups[match[1]] = tuple(match[2].split())
        elif match := re.fullmatch(r"egen (\w+) = mean\((\w+)\)(?:, by\(([\w ]+)\))?", line):
            within = ":".join(match[3].split()) if match[3] else None
            self.expressions[match[1]] = Mean(self.expand(Variable(match[2])), within)
        elif match := re.fullmatch(r"gen\w* (\w+) = (.*?)(?: if !missing\(\w+\))?", line):
            blank = " " * (start + match.start(2))
            inner = read_expression(parse(blank + re.sub(r"\bln\(", "log(", match[2])), Source(self.text))
            self.expressions[match[1]] = self.expand(inner)
        else:
            raise ReadError(
                "this way to make a column is not read", self.text, place, "Write generate x = …."
            )

    def expand(self, expression: Expression) -> Expression:
        """The expression with made columns replaced by what they hold."""
        return _centred(substitute(expression, self._of))

    def _of(self, expression: Expression) -> Expression:
        name = expression.name if isinstance(expression, Variable) else ""
        return self.expressions.get(name, expression)

    def columns(self, name: str) -> Columns:
        """The columns that a level variable stands for."""
        return self.groups.get(name, (name,))


def _centred(expression: Expression) -> Expression:
    match expression:
        case Call("-", (of, Mean() as mean)):
            return Centered(of, mean)
        case Call(function, arguments):
            return Call(function, tuple(map(_centred, arguments)))
    return expression
