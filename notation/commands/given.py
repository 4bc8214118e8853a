"""What was given on the command line, as the arguments of the verbs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from .said import say_findings
from .sources import read_source

if TYPE_CHECKING:
    from ..engines import Fit
    from ..findings import Finding
    from ..model import Model
    from ..parameters import Parameter
    from ..reading import Reading


def one_model(source: str, data: str | None, given: dict[str, Any]) -> tuple[Model, tuple[Finding, ...]]:
    """The one model of a source, and the findings, which have been said."""
    reading, findings = one_reading(source, open_data(data), given)
    return reading.model, findings


def one_reading(source: str, data: Any, given: dict[str, Any]) -> tuple[Reading, tuple[Finding, ...]]:
    """The one reading of a source with a DataFrame, and the findings, which have been said."""
    from ..verbs import choose, parse

    facts, rest = facts_and_rest(given)
    text = read_source(source)
    document = parse(text, data, **facts)
    reading = choose(document, rest["which"])
    findings = (*document.findings, *reading.findings)
    say_findings(findings, text, verbose=rest["verbose"])
    return reading, findings


def model_with_numbers(source: str, given: dict[str, Any]) -> tuple[Model, Mapping[Parameter, float]]:
    """The one model of a source, and the numbers that stand in its equations."""
    from ..verbs import choose, parse

    facts, rest = facts_and_rest(given)
    text = read_source(source)
    found = choose(parse(text, **facts), rest["which"])
    say_findings(found.findings, text, verbose=rest["verbose"])
    return found.model, found.estimates


def fitted_model(given: dict[str, Any]) -> tuple[Fit, Any]:
    """The fit of a source to data, and the data; what the engine had to say has been said."""
    fitted, frame, _ = fit_source(given)
    return fitted, frame


def fit_source(given: dict[str, Any]) -> tuple[Fit, Any, tuple[Finding, ...]]:
    """The fit of a source to data, the data, and the findings; everything has been said."""
    from ..engines import fit
    from .waiting import waiting  # threads are for who fits

    source, data, engine, reml = (given.pop(name) for name in ("source", "data", "engine", "reml"))
    frame = open_data(data)
    reading, findings = one_reading(source, frame, given)
    with waiting("fitting"):
        fitted = fit(reading.model, frame, engine=engine, reml=reml, asked=reading.asked)
    for warning in fitted.warnings:
        click.echo(f"warning: {warning}", err=True)
    return fitted, frame, findings


def facts_and_rest(given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the user knows about the model, and all other options."""
    from ..facts.knowledge import parse_groups, parse_levels, parse_nesting

    parsers: dict[str, Callable[[str], Any]] = {
        "levels": parse_levels,
        "nesting": parse_nesting,
        "groups": parse_groups,
        "categories": parse_levels,
        "centering": parse_groups,
        "family": str,
        "link": str,
    }
    facts = {name: parsers[name](given[name]) for name in parsers if given[name] is not None}
    return facts, {name: value for name, value in given.items() if name not in parsers}


def given_options(given: dict[str, Any]) -> dict[str, Any]:
    """The options of writers that were given; the others keep their defaults."""
    options = {name: value for name, value in given.items() if value is not None}
    if "indices" in options:
        options["indices"] = tuple(part.strip() for part in options["indices"].split(","))
    return options


def writers_options(given: dict[str, Any]) -> dict[str, Any]:
    """The options of writers among all that a command that reads was given."""
    _, rest = facts_and_rest(given)
    return given_options({name: value for name, value in rest.items() if name not in ("which", "verbose")})


def words_by_name(text: str | None) -> dict[str, str]:
    """Words by variable, as they are typed: "FRL: free or reduced lunch; ses: status"."""
    pairs = [part.partition(":") for part in (text or "").split(";") if part.strip()]
    return {name.strip(): words.strip() for name, _, words in pairs}


def open_data(data: str | None) -> Any:
    """The DataFrame of a file, or of a data set of the package; None where none is given."""
    if data is None:
        return None
    from ..datasets import open_data  # loads pandas, which takes longer than everything else

    return open_data(data)
