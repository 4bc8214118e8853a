"""The commands that write equations: translate, fit, annotate."""

from __future__ import annotations

from typing import Any

import click

from .given import facts_and_rest, given_options, one_model, open_data
from .options import DATA, FITTED_DATA, numbering, reading, writing
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
@reading
@click.option("--data", required=True, help=FITTED_DATA)
@click.option("--engine", default="auto", show_default=True, help="mixedlm or statsmodels")
@click.option("--ml", is_flag=True, help="maximum likelihood in place of REML")
@click.option("--estimates", default="values", show_default=True, help="values, none, se, interval or both")
@numbering
@writing
def fit(source: str, data: str, to: str, markup: str, **given: Any) -> None:
    """Fit the model of SOURCE to data, and write its equations with the numbers."""
    from ..engines import fit as fit_model
    from ..verbs import choose, equation, parse

    facts, rest = facts_and_rest(given)
    text, frame = read_source(source), open_data(data)
    reading = choose(parse(text, frame, **facts), rest.pop("which"))
    say_findings(reading.findings, text, verbose=rest.pop("verbose"))
    output, engine, estimates = rest.pop("output"), rest.pop("engine"), rest.pop("estimates")
    fitted = fit_model(reading.model, frame, engine=engine, reml=not rest.pop("ml"))
    for warning in fitted.warnings:
        click.echo(f"warning: {warning}", err=True)
    print_text(equation(fitted, to, estimates, markup, **given_options(rest)), output)
    exit_with(reading.findings)


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
    _, rest = facts_and_rest(given)
    output = rest.pop("output")
    options = given_options({name: value for name, value in rest.items() if name not in ("which", "verbose")})
    print_text(write(model, to, markup, found, **options), output)
    exit_with(findings)
