"""The commands that say a model in words: describe, derive, speak, writeup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .given import fit_source, one_model, one_reading, open_data, words_by_name
from .options import DATA, Command, estimating, fitting, reading, with_options
from .said import exit_with, print_text

if TYPE_CHECKING:
    from ..findings import Finding


def naming(command: Command) -> Command:
    """What variables, units and categories are called."""
    options: list[Command] = [
        click.option("--labels", help='what variables and groups are called: "sch_id: school; ses: status"'),
        click.option("--units", help='one unit of a variable: "size: 100 students"'),
        click.option(
            "--codebook", type=click.Path(path_type=Path), help="labels, units, categories: CSV, JSON or TOML"
        ),
    ]
    return with_options(options, command)


def _names(given: dict[str, Any]) -> dict[str, Any]:
    labels, units = (words_by_name(given.pop(name)) for name in ("labels", "units"))
    return {"labels": labels, "units": units, "codebook": given.pop("codebook")}


@click.command()
@reading
@click.option("--data", help=DATA)
@click.option("--style", default="full", show_default=True, help="full, by-level or short")
@click.option("--notation", default="raudenbush_bryk", show_default=True, help="whose symbols are named")
@click.option("--fit", "fitted", is_flag=True, help="fit the model to the data, and say its numbers")
@estimating
@naming
def describe(style: str, notation: str, fitted: bool, **given: Any) -> None:
    """Say the model of SOURCE in plain English, with the numbers that stand in it, or those of a fit."""
    from .. import verbs

    names = _names(given)
    subject, findings = (_fit if fitted else _read)(given)
    click.echo(verbs.describe(subject, style, notation, **names), nl=False)
    exit_with(findings)


def _fit(given: dict[str, Any]) -> tuple[Any, tuple[Finding, ...]]:
    if given["data"] is None:
        raise click.UsageError("--fit needs the data of the model: --data")
    fit, _, findings = fit_source(given)
    return fit, findings


def _read(given: dict[str, Any]) -> tuple[Any, tuple[Finding, ...]]:
    source, data, *_ = (given.pop(name) for name in ("source", "data", "engine", "reml"))
    return one_reading(source, open_data(data), given)


@click.command()
@reading
@click.option("--data", help=DATA)
@click.option("--markup", default="plain", show_default=True, help="plain, latex or markdown")
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


@click.command()
@fitting
@click.option("--after", multiple=True, help="an earlier model of the sequence, fitted too; may be repeated")
@click.option("--markup", default="markdown", show_default=True, help="markdown, latex or plain")
@naming
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="write here")
def writeup(after: tuple[str, ...], markup: str, output: Path | None, **given: Any) -> None:
    """Fit the model of SOURCE, and write what guidelines ask of the report of a multilevel model.

    What only the author knows is a marked blank.
    """
    from .. import verbs

    names = _names(given)
    fits = [fit_source({**given, "source": source}) for source in (*after, given["source"])]
    data = fits[-1][1]
    text = verbs.writeup([fit for fit, _, _ in fits], data, markup, **names)
    print_text(text.rstrip("\n"), output)
    exit_with(fits[-1][2])
