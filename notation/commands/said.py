"""What a command says: results on stdout, everything about them on stderr, and the exit code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..display import Rendered
    from ..findings import Finding


class Refusal(click.ClickException):
    """What the program refuses, as a message without a traceback."""

    exit_code = 2


def print_text(text: str, output: Path | None) -> None:
    """Print a result, or write it to a file. Raises Refusal where that cannot be written."""
    if output is None:
        click.echo(str(text))
        return
    try:
        output.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise Refusal(f"{output} cannot be written: {error.strerror}") from error


def say_findings(findings: tuple[Finding, ...], source: str, *, verbose: bool) -> None:
    """Say findings with their places; conventions that were applied only when asked for."""
    from ..findings import show

    for finding in findings:
        if verbose or finding.severity != "info":
            click.echo(show(finding, source), err=True)


def say_losses(rendered: Rendered, to: str) -> None:
    """Say which options give back what the target cannot carry; code that is not read gets nothing back."""
    from ..names import canonical
    from ..notations import NOTATIONS, SHORT_NAMES
    from ..software import READABLE, SOFTWARE

    name = canonical("notation or program", to, {**NOTATIONS, **SOFTWARE}, SHORT_NAMES)
    if rendered.losses and (name in NOTATIONS or name in READABLE):
        lost = ", ".join(f"--{name}" for name in rendered.losses)
        click.echo(f"note: {to} does not say everything; to read it back give {lost}", err=True)


def exit_with(findings: tuple[Finding, ...]) -> None:
    """End with exit code 1 where a finding is an error."""
    if any(f.severity == "error" for f in findings):
        raise SystemExit(1)
