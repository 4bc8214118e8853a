"""The commands around parameters and fits: simulate, explain, implied, concordance."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..names import canonical
from .given import fitted_model, model_with_numbers, one_model
from .options import FITTED_DATA, estimating, fitting, reading
from .said import print_text
from .sources import read_source


@click.command()
@reading
@click.option("--parameters", help='"(Intercept) = 12; ses = 2; Var(school, (Intercept)) = 8.6", or a file')
@click.option("--sizes", required=True, help='"school: 30; observations: poisson 20"; also "5 to 10"')
@click.option("--predictors", default="", help='"sector: bernoulli 0.4; week: 0, 1, 2, 3"')
@click.option("--seed", type=int, required=True, help="the same seed gives the same data")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="write here")
def simulate(source: str, sizes: str, predictors: str, seed: int, output: Path | None, **given: Any) -> None:
    """Draw data from the model of SOURCE, as CSV; without parameters, the numbers in its equations count."""
    from .. import verbs
    from ..simulation.typed import parse_parameters, parse_predictors, parse_sizes

    stated = given.pop("parameters")
    model, estimates = model_with_numbers(source, given)
    values = estimates if stated is None else parse_parameters(read_source(stated))
    drawn = verbs.simulate(model, values, parse_sizes(sizes), seed, parse_predictors(predictors))
    print_text(drawn.to_csv(index=False, lineterminator="\n").rstrip("\n"), output)


@click.command()
@fitting
@click.option("--row", required=True, help='"sch_id = 1224, ses = 0.5", or the place of a row, from 0')
@click.option("--markup", default="plain", show_default=True, help="plain or latex")
@click.option("--decimals", type=click.IntRange(0, 15), default=2, help="digits behind the point")
def explain(row: str, markup: str, decimals: int, **given: Any) -> None:
    """Fit the model of SOURCE, and work out its prediction for one row, level by level."""
    from .. import verbs
    from ..simulation.typed import parse_values

    fit, data = fitted_model(given)
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
    from ..implied import quantities, simple_slope
    from ..markup import MARKUPS
    from ..simulation.typed import parse_values

    point = parse_values(at) if at else {}
    markup = canonical("markup", markup, MARKUPS)
    fit, data = fitted_model(given)
    found = quantities(fit, data, point)
    for quantity in (*found, *([simple_slope(fit, slope, point, data)] if slope else ())):
        click.echo(f"{quantity.name}{f' ({quantity.note})' if quantity.note else ''}")
        error = "" if quantity.std_error is None else f"\nstandard error {quantity.std_error:.{decimals}f}"
        click.echo(f"{quantity.write(markup, decimals)}{error}\n")


TABLES = {"plain": "aligned text", "latex": "booktabs", "markdown": "a pipe table", "html": "a table"}


@click.command()
@reading
@click.option("--data", help=f"{FITTED_DATA}: the model is fitted, and its estimates stand in the table")
@estimating
@click.option("--markup", default="plain", show_default=True, help="plain, latex, markdown or html")
def concordance(markup: str, **given: Any) -> None:
    """Show what each parameter is called in each notation, in the formula and in the engine."""
    from .. import verbs

    markup = canonical("markup of a table", markup, TABLES)
    if given["data"] is None:
        source, engine_options = given.pop("source"), ("data", "engine", "reml")
        facts = {name: value for name, value in given.items() if name not in engine_options}
        table = verbs.concordance(one_model(source, None, facts)[0])
    else:
        table = verbs.concordance(fitted_model(given)[0])
    for name, why in (table.missing or {}).items():
        click.echo(f"note: {name} has no symbols: {why}", err=True)
    click.echo(str(table) if markup == "plain" else getattr(table, f"to_{markup}")())
