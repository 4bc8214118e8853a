"""The commands around parameters and fits: simulate, explain, implied, concordance."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .cli import Command, _model, _open, _print, reading
from .names import canonical
from .sources import read_source

if TYPE_CHECKING:
    from .engines import Fit

DATA = "a file, or hsb or egsingle, the data sets of the package"


def fitting(command: Command) -> Command:
    """The options of every command that fits a model first."""
    options = [
        reading,
        click.option("--data", required=True, help=DATA),
        click.option("--engine", default="auto", show_default=True, help="mixedlm or statsmodels"),
        click.option("--ml", is_flag=True, help="maximum likelihood in place of REML"),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@reading
@click.option("--parameters", help='"(Intercept) = 12; ses = 2; Var(school, (Intercept)) = 8.6", or a file')
@click.option("--sizes", required=True, help='"school: 30; observations: poisson 20"; also "5 to 10"')
@click.option("--predictors", default="", help='"sector: bernoulli 0.4; week: 0, 1, 2, 3"')
@click.option("--seed", type=int, required=True, help="the same seed gives the same data")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="write here")
def simulate(source: str, sizes: str, predictors: str, seed: int, output: Path | None, **given: Any) -> None:
    """Draw data from the model of SOURCE, as CSV; without parameters, the numbers in its equations count."""
    from . import verbs
    from .simulation.typed import parse_parameters, parse_predictors, parse_sizes

    stated = given.pop("parameters")
    model, estimates = _model_with_numbers(source, given)
    values = estimates if stated is None else parse_parameters(read_source(stated))
    drawn = verbs.simulate(model, values, parse_sizes(sizes), seed, parse_predictors(predictors))
    _print(drawn.to_csv(index=False, lineterminator="\n").rstrip("\n"), output)


@click.command()
@fitting
@click.option("--row", required=True, help='"sch_id = 1224, ses = 0.5", or the place of a row, from 0')
@click.option("--markup", default="plain", show_default=True, help="plain or latex")
@click.option("--decimals", type=click.IntRange(0, 15), default=2, help="digits behind the point")
def explain(row: str, markup: str, decimals: int, **given: Any) -> None:
    """Fit the model of SOURCE, and work out its prediction for one row, level by level."""
    from . import verbs
    from .simulation.typed import parse_values

    fit, data = _fit(given)
    chosen = int(row) if row.strip().isdecimal() else parse_values(row)
    click.echo(verbs.explain(fit, chosen, data, markup, decimals))


@click.command()
@fitting
@click.option("--at", help='values of variables: "ses = 0.5, sector = 1"')
@click.option("--slope", help="also the slope of this variable at these values")
@click.option("--markup", default="plain", show_default=True, help="plain or latex")
@click.option("--decimals", type=click.IntRange(0, 15), default=3, help="digits behind the point")
def implied(at: str | None, slope: str | None, markup: str, decimals: int, **given: Any) -> None:
    """Fit the model of SOURCE, and say what it implies: ICC, R², reliability, …, with formula and number."""
    from .implied import quantities, simple_slope
    from .markup import MARKUPS
    from .simulation.typed import parse_values

    point = parse_values(at) if at else {}
    markup = canonical("markup", markup, MARKUPS)
    fit, data = _fit(given)
    found = quantities(fit, data, point)
    for quantity in (*found, *([simple_slope(fit, slope, point, data)] if slope else ())):
        click.echo(f"{quantity.name}{f' ({quantity.note})' if quantity.note else ''}")
        error = "" if quantity.std_error is None else f"\nstandard error {quantity.std_error:.{decimals}f}"
        click.echo(f"{quantity.write(markup, decimals)}{error}\n")


TABLES = {"plain": "aligned text", "latex": "booktabs", "markdown": "a pipe table", "html": "a table"}


@click.command()
@reading
@click.option("--data", help=f"{DATA}: the model is fitted, and its estimates stand in the table")
@click.option("--engine", default="auto", show_default=True, help="mixedlm or statsmodels")
@click.option("--ml", is_flag=True, help="maximum likelihood in place of REML")
@click.option("--markup", default="plain", show_default=True, help="plain, latex, markdown or html")
def concordance(markup: str, **given: Any) -> None:
    """Show what each parameter is called in each notation, in the formula and in the engine."""
    from . import verbs

    markup = canonical("markup of a table", markup, TABLES)
    if given["data"] is None:
        source, engine_options = given.pop("source"), ("data", "engine", "ml")
        facts = {name: value for name, value in given.items() if name not in engine_options}
        table = verbs.concordance(_model(source, None, facts)[0])
    else:
        table = verbs.concordance(_fit(given)[0])
    for name, why in (table.missing or {}).items():
        click.echo(f"note: {name} has no symbols: {why}", err=True)
    click.echo(str(table) if markup == "plain" else getattr(table, f"to_{markup}")())


# ------------------------------------------------------------------ what these commands share


def _fit(given: dict[str, Any]) -> tuple[Fit, Any]:
    """The fit of a source to data, and the data; what the engine had to say has been said."""
    from . import verbs

    source, data, engine, ml = (given.pop(name) for name in ("source", "data", "engine", "ml"))
    model, _ = _model(source, data, given)
    frame = _open(data)
    fitted = verbs.fit(model, frame, engine=engine, reml=not ml)
    for warning in fitted.warnings:
        click.echo(f"warning: {warning}", err=True)
    return fitted, frame


def _model_with_numbers(source: str, given: dict[str, Any]) -> tuple[Any, Any]:
    """The one model of a source, and the numbers that stand in its equations."""
    from .cli import _facts, _say_findings
    from .verbs import choose, parse

    facts, rest = _facts(given)
    text = read_source(source)
    found = choose(parse(text, **facts), rest["which"])
    _say_findings(found.findings, text, verbose=rest["verbose"])
    return found.model, found.estimates
