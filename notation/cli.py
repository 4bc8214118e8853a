"""The command ``notation``.

Exit codes: 0 fine; 1 two models differ, or a text has findings of severity error; 2 wrong usage, or a
text or data that cannot be read. Results go to stdout, everything that is said about them to stderr.

Only what every command needs is imported here: the command must start as fast as its parser.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .errors import NotationError
from .sources import read_source
from .version import __version__

if TYPE_CHECKING:
    from .display import Rendered
    from .findings import Finding
    from .model import Model

Command = Callable[..., Any]


class Refusal(click.ClickException):
    """What the program refuses, as a message without a traceback."""

    exit_code = 2


FURTHER = dict.fromkeys(("simulate", "explain", "implied", "concordance"), "commands_fitted")
"""Commands in modules of their own, which load when they are asked for."""


class Commands(click.Group):
    """The commands, with the program's own errors as messages, in UTF-8 on every system."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted((*super().list_commands(ctx), *FURTHER))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its name."""
        if cmd_name not in FURTHER:
            return super().get_command(ctx, cmd_name)
        command: click.Command = getattr(import_module(f".{FURTHER[cmd_name]}", __package__), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except NotationError as error:
            raise Refusal(str(error)) from error
        except BrokenPipeError:  # the reader of the pipe, head for example, has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


EXAMPLES = """
\b
Examples:
  notation translate quiz.txt --to gelman-hill
  notation translate "math ~ ses*sector + (ses | school)" --to rb --levels "school: sector"
  notation translate model.tex --to lme4
  notation compare paper.tex "math ~ ses*sector + (ses | school)"
  notation describe quiz.txt --style by-level
  notation derive quiz.txt
  notation fit "math ~ 1 + (1 | sch_id)" --data hsb --to gelman-hill
  notation formats

\b
A SOURCE is a file, a text (with = or ~ or a backslash in it), or - for standard input.
Exit codes: 0 fine; 1 models differ, or findings of severity error; 2 wrong usage, or what cannot be read.
"""


@click.group(cls=Commands, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="notation")
def main() -> None:
    """Translate multilevel models between level equations, formulas and programs, and fit them."""


# ------------------------------------------------------------------ options that commands share


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
    return _with(options, command)


def reading(command: Command) -> Command:
    """The options of every command that reads a model."""
    options: list[Command] = [
        click.argument("source"),
        knowing,
        click.option("--which", type=int, help="the number of the model, if the text states several"),
        click.option("-v", "--verbose", is_flag=True, help="also say which conventions were applied"),
    ]
    return _with(options, command)


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
    return _with(options, command)


def _with(options: list[Command], command: Command) -> Command:
    for option in reversed(options):
        command = option(command)
    return command


# ------------------------------------------------------------------ commands


@main.command()
@reading
@click.option("--data", help="a file, or hsb or egsingle: tells levels, nesting and categories")
@writing
def translate(source: str, data: str | None, to: str, markup: str, **given: Any) -> None:
    """Write the model of SOURCE in another notation, or for a program."""
    from .verbs import choose, parse, write

    facts, rest = _facts(given)
    text = read_source(source)
    document = parse(text, _open(data), **facts)
    reading = choose(document, rest.pop("which"))
    findings = (*document.findings, *reading.findings)
    _say_findings(findings, text, verbose=rest.pop("verbose"))
    output = rest.pop("output")
    rendered = write(reading.model, to, markup, **_options(rest))
    _print(rendered, output)
    _say_losses(rendered, to)
    _exit(findings)


@main.command()
@reading
@click.option("--data", required=True, help="a file, or hsb or egsingle, the data sets of the package")
@click.option("--engine", default="auto", show_default=True, help="mixedlm or statsmodels")
@click.option("--ml", is_flag=True, help="maximum likelihood in place of REML")
@click.option("--estimates", default="values", show_default=True, help="values, none, se, interval or both")
@click.option("--spread", help="sd prints 2.93², variance 8.61")
@click.option("--decimals", type=click.IntRange(0, 15), help="digits behind the point")
@writing
def fit(source: str, data: str, to: str, markup: str, **given: Any) -> None:
    """Fit the model of SOURCE to data, and write its equations with the numbers."""
    from .engines import fit as fit_model
    from .verbs import choose, equation, parse

    facts, rest = _facts(given)
    text, frame = read_source(source), _open(data)
    reading = choose(parse(text, frame, **facts), rest.pop("which"))
    _say_findings(reading.findings, text, verbose=rest.pop("verbose"))
    output, engine, estimates = rest.pop("output"), rest.pop("engine"), rest.pop("estimates")
    fitted = fit_model(reading.model, frame, engine=engine, reml=not rest.pop("ml"))
    for warning in fitted.warnings:
        click.echo(f"warning: {warning}", err=True)
    _print(equation(fitted, to, estimates, markup, **_options(rest)), output)
    _exit(reading.findings)


@main.command()
@reading
@click.option("--estimates", required=True, help="a tidy table: effect, group, term, estimate, std.error")
@click.option("--data", help="a file, or hsb or egsingle: tells levels, nesting and categories")
@click.option("--numbers", default="values", show_default=True, help="values, se, interval or both")
@click.option("--spread", help="sd prints 2.93², variance 8.61")
@click.option("--decimals", type=click.IntRange(0, 15), help="digits behind the point")
@writing
def annotate(source: str, estimates: str, data: str | None, to: str, markup: str, **given: Any) -> None:
    """Write the equations of SOURCE with the numbers of a table, as broom.mixed makes it in R."""
    from .estimates import Estimates
    from .verbs import write

    model, findings = _model(source, data, given)
    found = Estimates.from_table(model, _open(estimates))
    _, rest = _facts(given)
    output = rest.pop("output")
    options = _options({name: value for name, value in rest.items() if name not in ("which", "verbose")})
    _print(write(model, to, markup, found, **options), output)
    _exit(findings)


@main.command()
@click.argument("a")
@click.argument("b")
@click.option("--data", help="a file, or hsb or egsingle: tells levels, nesting and categories of both")
@knowing
def compare(a: str, b: str, data: str | None, **given: Any) -> None:
    """Say whether A and B are the same model, and what differs; exit code 1 if anything does."""
    from . import verbs

    facts, _ = _facts(given)
    found = verbs.compare(read_source(a), read_source(b), _open(data), **facts)
    click.echo(str(found))
    if not found.compatible:
        raise SystemExit(1)


@main.command()
@reading
@click.option("--data", help="a file, or hsb or egsingle: tells levels, nesting and categories")
@click.option("--style", default="full", show_default=True, help="full, by-level or short")
@click.option("--notation", default="raudenbush_bryk", show_default=True, help="whose symbols are named")
@click.option("--labels", help='what variables are called: "FRL: free or reduced lunch; ses: status"')
@click.option("--units", help='one unit of a variable: "size: 100 students"')
def describe(source: str, data: str | None, style: str, notation: str, **given: Any) -> None:
    """Say the model of SOURCE in plain English."""
    from . import verbs

    labels, units = (_names(given.pop(name)) for name in ("labels", "units"))
    model, findings = _model(source, data, given)
    click.echo(verbs.describe(model, style, notation, labels=labels, units=units), nl=False)
    _exit(findings)


@main.command()
@reading
@click.option("--data", help="a file, or hsb or egsingle: tells levels, nesting and categories")
@click.option("--markup", default="plain", show_default=True, help="plain or latex")
def derive(source: str, data: str | None, markup: str, **given: Any) -> None:
    """Show how level equations become the combined equation and the formula, step by step."""
    from . import verbs

    model, findings = _model(source, data, given)
    click.echo(verbs.derive(model, markup), nl=False)
    _exit(findings)


@main.command()
@reading
@click.option("--data", help="a file, or hsb or egsingle: tells levels, nesting and categories")
@click.option("--to", default="gelman_hill", show_default=True, help="the notation that is read aloud")
def speak(source: str, data: str | None, to: str, **given: Any) -> None:
    """Say the equations of SOURCE aloud, for alt text and screen readers."""
    from . import verbs

    model, findings = _model(source, data, given)
    click.echo(verbs.speak(model, to), nl=False)
    _exit(findings)


@main.command()
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
    from .checking import check_source, mend_source
    from .findings import as_json, show

    facts, rest = _facts(given)
    text = read_source(source)
    other = None if against is None else read_source(against)
    fix = rest["fix"]
    if fix:
        text = mend_source(text, **facts)
        _print(text.rstrip("\n"), rest["output"])  # printing ends the last line itself
    findings = check_source(text, _open(data), other, **facts)
    if layout == "json":
        click.echo(as_json(findings), err=fix)
    elif shown := [show(f, text) for f in findings if rest["verbose"] or f.severity != "info"]:
        click.echo("\n".join(shown), err=fix)
    _exit(findings)


@main.command()
def formats() -> None:
    """List what is read and written, and what fits models."""
    from .engines import ENGINES
    from .markup import MARKUPS
    from .notations import NOTATIONS
    from .software import READABLE, SOFTWARE

    rows = [("from", "to", "name", "")]
    rows += [("yes", "yes", name, what) for name, what in NOTATIONS.items()]
    rows += [("yes" if name in READABLE else "", "yes", name, what) for name, what in SOFTWARE.items()]
    _table("Notations and programs", rows)
    _table("Markups", [("from", "to", "name", ""), *(("yes", "yes", *row) for row in MARKUPS.items())])
    _table("Engines", [("name", ""), *ENGINES.items()])


# ------------------------------------------------------------------ what commands share


def _model(source: str, data: str | None, given: dict[str, Any]) -> tuple[Model, tuple[Finding, ...]]:
    """The one model of a source, and the findings, which have been said."""
    from .verbs import choose, parse

    facts, rest = _facts(given)
    text = read_source(source)
    document = parse(text, _open(data), **facts)
    reading = choose(document, rest["which"])
    findings = (*document.findings, *reading.findings)
    _say_findings(findings, text, verbose=rest["verbose"])
    return reading.model, findings


def _names(text: str | None) -> dict[str, str]:
    """Words by variable, as they are typed: "FRL: free or reduced lunch; ses: status"."""
    pairs = [part.partition(":") for part in (text or "").split(";") if part.strip()]
    return {name.strip(): words.strip() for name, _, words in pairs}


def _facts(given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the user knows about the model, and all other options."""
    from .knowledge import parse_groups, parse_levels, parse_nesting

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


def _options(given: dict[str, Any]) -> dict[str, Any]:
    """The options of writers that were given; the others keep their defaults."""
    options = {name: value for name, value in given.items() if value is not None}
    if "indices" in options:
        options["indices"] = tuple(part.strip() for part in options["indices"].split(","))
    return options


def _open(data: str | None) -> Any:
    if data is None:
        return None
    from .datasets import open_data  # loads pandas, which takes longer than everything else

    return open_data(data)


def _print(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(str(text))
        return
    try:
        output.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise Refusal(f"{output} cannot be written: {error.strerror}") from error


def _say_findings(findings: tuple[Finding, ...], source: str, *, verbose: bool) -> None:
    from .findings import show

    for finding in findings:
        if verbose or finding.severity != "info":
            click.echo(show(finding, source), err=True)


def _say_losses(rendered: Rendered, to: str) -> None:
    if rendered.losses:
        lost = ", ".join(f"--{name}" for name in rendered.losses)
        click.echo(f"note: {to} does not say everything; to read it back give {lost}", err=True)


def _exit(findings: tuple[Finding, ...]) -> None:
    if any(f.severity == "error" for f in findings):
        raise SystemExit(1)


def _table(title: str, rows: Sequence[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    click.echo(f"{title}\n")
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  " + "  ".join(cells).rstrip())
    click.echo()
