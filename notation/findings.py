"""What the program has to say about a text: conventions applied, oddities, mistakes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, field
from typing import Literal

from .errors import Span, caret
from .frozen import frozen

Severity = Literal["error", "warning", "info"]


@frozen
class Finding:
    """One remark on a source text.

    ``code`` names its kind (``assumed-gaussian``); ``message`` says what was found, ``mend`` what to
    write instead; ``line`` and ``column`` count from 1 (None: the whole text); ``fixed`` is the
    mended text where there is exactly one mechanical mend.
    """

    code: str
    severity: Severity
    message: str
    mend: str = ""
    line: int | None = None
    column: int | None = None
    span: Span | None = None
    fixed: str | None = field(default=None, repr=False)

    def __str__(self) -> str:
        return f"{self.message} {self.mend}".strip()


def show(finding: Finding, source: str) -> str:
    """The finding with its line of the source and carets under the place."""
    place = "" if finding.span is None else f"line {finding.line}, column {finding.column}: "
    head = f"{finding.severity}: {place}{finding} [{finding.code}]"
    return head if finding.span is None else f"{head}\n{caret(source, finding.span)}"


def as_json(findings: Iterable[Finding]) -> str:
    """The findings for editors and scripts: a list of objects with the fields of :class:`Finding`."""
    import json  # only who asks for JSON pays for it

    return json.dumps([asdict(f) for f in findings], ensure_ascii=False, indent=2)
