"""The commands that judge texts: check, compare."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .given import facts_and_rest, open_data
from .options import knowing, reading
from .said import exit_with, print_text
from .sources import read_source


@click.command()
@reading
@click.option("--data", help="a file, or hsb or egsingle: the columns, levels and nesting are checked too")
@click.option("--against", help="a formula or another text that SOURCE is to agree with")
@click.option("--format", "layout", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--fix", is_flag=True, help="print the text with the mends to which there is no alternative")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="write it here")
def check(source: str, data: str | None, against: str | None, layout: str, **given: Any) -> None:
    """Say what is wrong with SOURCE, what is odd, and which conventions its reading rests on.

    With --fix the findings go to stderr: those that are left when all single mends are made.
    """
    from ..checking.check import check_source, mend_source
    from ..findings import as_json, show

    facts, rest = facts_and_rest(given)
    text = read_source(source)
    other = None if against is None else read_source(against)
    fix = rest["fix"]
    if fix:
        text = mend_source(text, **facts)
        print_text(text.rstrip("\n"), rest["output"])  # printing ends the last line itself
    findings = check_source(text, open_data(data), other, **facts)
    if layout == "json":
        click.echo(as_json(findings), err=fix)
    elif shown := [show(f, text) for f in findings if rest["verbose"] or f.severity != "info"]:
        click.echo("\n".join(shown), err=fix)
    exit_with(findings)


@click.command()
@click.argument("a")
@click.argument("b")
@click.option("--data", help="a file, or hsb or egsingle: tells levels, nesting and categories of both")
@knowing
def compare(a: str, b: str, data: str | None, **given: Any) -> None:
    """Say whether A and B are the same model, and what differs; exit code 1 if anything does."""
    from .. import verbs

    facts, _ = facts_and_rest(given)
    found = verbs.compare(read_source(a), read_source(b), open_data(data), **facts)
    click.echo(str(found))
    if not found.compatible:
        raise SystemExit(1)
