"""Findings and refusals with their place in the source."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..errors import ReadError, Span
from ..findings import Finding, Severity


@dataclass
class Remarks:
    """Collects what there is to say about one source text."""

    source: str
    found: dict[Finding, None] = field(default_factory=dict)

    def add(
        self,
        severity: Severity,
        code: str,
        message: str,
        mend: str = "",
        span: Span | None = None,
        fixed: str | None = None,
    ) -> None:
        """Note a finding once; ``fixed`` is the mended text where there is exactly one mend."""
        line = column = None
        if span is not None and self.source:
            line = self.source.count("\n", 0, span.start) + 1
            column = span.start - self.source.rfind("\n", 0, span.start)
        self.found.setdefault(Finding(code, severity, message, mend, line, column, span, fixed))

    def info(self, code: str, message: str, mend: str = "", span: Span | None = None) -> None:
        """Note a convention that was applied."""
        self.add("info", code, message, mend, span)

    def warning(
        self, code: str, message: str, mend: str = "", span: Span | None = None, fixed: str | None = None
    ) -> None:
        """Note something odd that does not change the model."""
        self.add("warning", code, message, mend, span, fixed)

    def error(
        self, code: str, message: str, mend: str = "", span: Span | None = None, fixed: str | None = None
    ) -> None:
        """Note what makes the equations wrong."""
        self.add("error", code, message, mend, span, fixed)

    def refusal(self, message: str, mend: str = "", span: Span | None = None) -> ReadError:
        """The error for something that cannot be read."""
        return ReadError(message, self.source, span, mend)
