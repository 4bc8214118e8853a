"""Where a text mentions the variables and groups that findings are about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ..equations import Index, Lookup, Symbol
from ..errors import ReadError, Span
from ..findings import Finding, Severity
from ..formula import looks_like_formula


@dataclass(frozen=True)
class Places:
    """A source text, asked where its names stand; None where that cannot be told."""

    source: str

    def variable(self, name: str) -> Span | None:
        """Where a variable is first mentioned."""
        if self.is_formula:
            return self.word(name)
        return next((s.span for s in self.symbols if s.base == name and s.span), None)

    def group(self, name: str) -> Span | None:
        """The first symbol that carries a group's index or looks the group up; in a formula, its name."""
        if self.is_formula:
            return self.word(name)
        return next((s.span for s in self.symbols if s.span and _carries(s, name)), None)

    def word(self, name: str) -> Span | None:
        """A name where it is no part of a longer one."""
        found = re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.])", self.source)
        return Span(*found.span()) if found else None

    @cached_property
    def is_formula(self) -> bool:
        """Whether the text is a formula, and not equations."""
        return looks_like_formula(self.source)

    @cached_property
    def symbols(self) -> tuple[Symbol, ...]:
        """The symbols of the text's equations, in order; none where they cannot be cut."""
        from ..text import read_equations
        from ..understand.trees import statement_nodes, symbols

        try:
            pages = read_equations(self.source)
        except ReadError:
            return ()
        statements = [statement for page in pages for statement in page.statements]
        return tuple(s for statement in statements for n in statement_nodes(statement) for s in symbols(n))

    def finding(
        self, code: str, severity: Severity, message: str, mend: str = "", place: Span | None = None
    ) -> Finding:
        """A finding whose line and column follow from its place."""
        line = column = None
        if place is not None:
            line = self.source.count("\n", 0, place.start) + 1
            column = place.start - self.source.rfind("\n", 0, place.start)
        return Finding(code, severity, message, mend, line, column, place)


def _carries(symbol: Symbol, group: str) -> bool:
    return any(isinstance(s, Index | Lookup) and s.name == group for s in symbol.below)
