"""The options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]

DATA = "a file, or hsb or egsingle: tells levels, nesting and categories"
FITTED_DATA = "a file, or hsb or egsingle, the data sets of the package"


def knowing(command: Command) -> Command:
    """The options that say what a text leaves open."""
    options = [
        click.option("--levels", help='variables by grouping factor: "sch_id: meanses, sector"'),
        click.option("--nesting", help='nested or crossed groups: "students < schools; schools x areas"'),
        click.option("--groups", help="columns of the groups: j=sch_id"),
        click.option("--categories", help='categories, the reference first: "Machine: A, B, C"'),
        click.option("--centering", help="what variables are centred around: ses=sch_id, age=grand"),
        click.option("--family", help="distribution of the response, if the text does not say it"),
        click.option("--link", help="link of its mean"),
    ]
    return with_options(options, command)


def reading(command: Command) -> Command:
    """The options of every command that reads a model."""
    options: list[Command] = [
        click.argument("source"),
        knowing,
        click.option("--which", type=int, help="the number of the model, if the text states several"),
        click.option("-v", "--verbose", is_flag=True, help="also say which conventions were applied"),
    ]
    return with_options(options, command)


def writing(command: Command) -> Command:
    """The options of every command that writes equations."""
    options = [
        click.option("--to", required=True, help="a notation or a program; see: notation formats"),
        click.option("--markup", default="plain", show_default=True, help="plain or latex"),
        click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="write here"),
        click.option("--ascii", is_flag=True, default=None, help="plain text in ASCII: gamma_00"),
        click.option("--width", type=click.IntRange(0), help="break lines here; 0 never"),
        click.option("--indices", help="index letters, observations first: i,j,k"),
        click.option("--no-legend", "legend", flag_value=False, default=None, help="without legend"),
        click.option(
            "--no-distributions", "distributions", flag_value=False, default=None, help="without them"
        ),
        click.option("--document", is_flag=True, default=None, help="a whole document"),
        click.option("--call", is_flag=True, default=None, help="programs: the whole command"),
    ]
    return with_options(options, command)


def fitting(command: Command) -> Command:
    """The options of every command that fits a model first."""
    options = [
        reading,
        click.option("--data", required=True, help=FITTED_DATA),
        estimating,
    ]
    return with_options(options, command)


def estimating(command: Command) -> Command:
    """How a model is fitted."""
    options = [
        click.option("--engine", default="auto", show_default=True, help="mixedlm or statsmodels"),
        click.option(
            "--reml/--ml",
            default=None,
            help="restricted or full maximum likelihood; else what the call asks for, or REML",
        ),
    ]
    return with_options(options, command)


def numbering(command: Command) -> Command:
    """How the numbers of estimates are written."""
    options = [
        click.option("--spread", help="sd prints 2.93², variance 8.61"),
        click.option("--decimals", type=click.IntRange(0, 15), help="digits behind the point"),
        click.option("--digits", type=click.IntRange(1, 15), help="significant digits, in place of decimals"),
        click.option("--hats", is_flag=True, default=None, help="hats on listed estimates, γ̂_00 = 12.64"),
    ]
    return with_options(options, command)


def with_options(options: list[Command], command: Command) -> Command:
    """A command with options, which its help lists in this order."""
    for option in reversed(options):
        command = option(command)
    return command
