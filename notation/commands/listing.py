"""The command that lists what the program knows: formats."""

from __future__ import annotations

from collections.abc import Sequence

import click


@click.command()
def formats() -> None:
    """List what is read and written, and what fits models."""
    from ..engines import ENGINES
    from ..markup import MARKUPS
    from ..notations import NOTATIONS
    from ..software import READABLE, SOFTWARE

    rows = [("from", "to", "name", "")]
    rows += [("yes", "yes", name, what) for name, what in NOTATIONS.items()]
    rows += [("yes" if name in READABLE else "", "yes", name, what) for name, what in SOFTWARE.items()]
    _table("Notations and programs", rows)
    _table("Markups", [("from", "to", "name", ""), *(("yes", "yes", *row) for row in MARKUPS.items())])
    _table("Engines", [("name", ""), *ENGINES.items()])


def _table(title: str, rows: Sequence[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    click.echo(f"{title}\n")
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  " + "  ".join(cells).rstrip())
    click.echo()
