"""The commands that write equations: translate, fit, annotate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .given import facts_and_rest, fit_source, given_options, one_model, open_data, writers_options
from .options import DATA, fitting, numbering, reading, writing
from .said import exit_with, print_text, say_findings, say_losses
from .sources import read_source


@click.command()
@reading
@click.option("--data", help=DATA)
@writing
def translate(source: str, data: str | None, to: str, markup: str, **given: Any) -> None:
    """Write the model of SOURCE in another notation, or for a program."""
    from ..verbs import choose, parse, write

    facts, rest = facts_and_rest(given)
    text = read_source(source)
    document = parse(text, open_data(data), **facts)
    reading = choose(document, rest.pop("which"))
    findings = (*document.findings, *reading.findings)
    say_findings(findings, text, verbose=rest.pop("verbose"))
    output = rest.pop("output")
    rendered = write(reading.model, to, markup, **given_options(rest))
    print_text(rendered, output)
    say_losses(rendered, to)
    exit_with(findings)


@click.command()
@fitting
@click.option("--estimates", default="values", show_default=True, help="values, none, se, interval or both")
@numbering
@writing
def fit(to: str, markup: str, output: Path | None, estimates: str, **given: Any) -> None:
    """Fit the model of SOURCE to data, and write its equations with the numbers."""
    from ..verbs import equation

    fitted, _, findings = fit_source(given)
    print_text(equation(fitted, to, estimates, markup, **writers_options(given)), output)
    exit_with(findings)


@click.command()
@reading
@click.option("--estimates", required=True, help="a tidy table: effect, group, term, estimate, std.error")
@click.option("--data", help=DATA)
@click.option("--numbers", default="values", show_default=True, help="values, se, interval or both")
@numbering
@writing
def annotate(source: str, estimates: str, data: str | None, to: str, markup: str, **given: Any) -> None:
    """Write the equations of SOURCE with the numbers of a table, as broom.mixed makes it in R."""
    from ..estimates import Estimates
    from ..verbs import write

    model, findings = one_model(source, data, given)
    found = Estimates.from_table(model, open_data(estimates))
    output = given.pop("output")
    print_text(write(model, to, markup, found, **writers_options(given)), output)
    exit_with(findings)
