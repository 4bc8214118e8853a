"""The commands that say a model in words: describe, derive, speak."""

from __future__ import annotations

from typing import Any

import click

from .given import one_model, words_by_name
from .options import DATA, reading
from .said import exit_with


@click.command()
@reading
@click.option("--data", help=DATA)
@click.option("--style", default="full", show_default=True, help="full, by-level or short")
@click.option("--notation", default="raudenbush_bryk", show_default=True, help="whose symbols are named")
@click.option("--labels", help='what variables are called: "FRL: free or reduced lunch; ses: status"')
@click.option("--units", help='one unit of a variable: "size: 100 students"')
def describe(source: str, data: str | None, style: str, notation: str, **given: Any) -> None:
    """Say the model of SOURCE in plain English."""
    from .. import verbs

    labels, units = (words_by_name(given.pop(name)) for name in ("labels", "units"))
    model, findings = one_model(source, data, given)
    click.echo(verbs.describe(model, style, notation, labels=labels, units=units), nl=False)
    exit_with(findings)


@click.command()
@reading
@click.option("--data", help=DATA)
@click.option("--markup", default="plain", show_default=True, help="plain or latex")
def derive(source: str, data: str | None, markup: str, **given: Any) -> None:
    """Show how level equations become the combined equation and the formula, step by step."""
    from .. import verbs

    model, findings = one_model(source, data, given)
    click.echo(verbs.derive(model, markup), nl=False)
    exit_with(findings)


@click.command()
@reading
@click.option("--data", help=DATA)
@click.option("--to", default="gelman_hill", show_default=True, help="the notation that is read aloud")
def speak(source: str, data: str | None, to: str, **given: Any) -> None:
    """Say the equations of SOURCE aloud, for alt text and screen readers."""
    from .. import verbs

    model, findings = one_model(source, data, given)
    click.echo(verbs.speak(model, to), nl=False)
    exit_with(findings)
