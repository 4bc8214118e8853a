"""Code that fits a model again: in Python by the engine that fitted it, and in R by lme4."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import NotationError
from ..model import GAUSSIAN, Model
from ..names import load
from ..options import Options, make_options
from ..software import SOFTWARE, lme4
from ..software.python_formula import quoted
from ..software.references import categories_of, other_references
from .content import Code, Estimation

IMPORTS = {
    "mixedlm": "import mixedlm\n",
    "statsmodels": "import statsmodels.api as sm\nimport statsmodels.formula.api as smf\n",
    "lme4": "library(lme4)\n",
}
"""What the code of each program needs before its command."""


WIDTH = 88
"""The width of a line of code: that of a page."""

QUOTES = "'\"`"


def code(model: Model, how: Estimation) -> Iterator[Code]:
    """The commands of Python and R, or why there is none; ``d`` are the data."""
    asked = make_options(call=True, reml=how.method != "ml")
    yield _python(model, how, asked)
    yield _command("R", model, "lme4", asked)


def _python(model: Model, how: Estimation, asked: Options) -> Code:
    """The engine's own command; where its formulas have no words for a term, this program's."""
    engine = how.engine if how.engine in IMPORTS else "statsmodels"
    found = _command("Python", model, engine, asked)
    if found.text:
        return found
    try:
        formula = lme4.write(model)
    except NotationError:
        return found
    family = model.family
    more = "" if family == GAUSSIAN else f", family={family.name!r}, link={family.link!r}"
    if others := {c.variable: c.names for c in other_references(model)}:
        more += f", categories={others!r}"
    fit = f"notation.fit({formula!r}, d, engine={engine!r}, reml={asked.reml}{more})"
    return Code("Python", f"import notation\n{wrapped(fit)}")


def _command(language: str, model: Model, program: str, asked: Options) -> Code:
    try:
        text = load("software", "program", program, SOFTWARE).write(model, asked)
    except NotationError as error:
        return Code(language, "", str(error))
    # lm and glm, which lme4's writer writes for a model without groups, are R's own.
    imports = "" if language == "R" and not model.random else IMPORTS[program]
    return Code(language, f"{imports}{_ordered(model, program)}{wrapped(text)}")


def _ordered(model: Model, program: str) -> str:
    """Lines that put the reference first, for mixedlm, whose calls do not say which one it is."""
    lines = [
        f"d[{quoted(c.variable)}] = pandas.Categorical(d[{quoted(c.variable)}], [{categories_of(c)}])\n"
        for c in other_references(model)
    ]
    return "".join(["import pandas\n", *lines]) if lines and program == "mixedlm" else ""


def wrapped(command: str) -> str:
    """A command on several lines where it is long, broken between arguments and never inside a text."""
    lines: list[str] = []
    for argument in _arguments(command):
        if lines and len(lines[-1]) + len(argument) <= WIDTH:
            lines[-1] += argument
        else:
            lines.append(f"    {argument.lstrip()}" if lines else argument)
    return "\n".join(line.rstrip() for line in lines)


def _arguments(command: str) -> Iterator[str]:
    """The parts of a command, each up to its comma; commas inside texts and backticks do not count."""
    start, quote = 0, ""
    for place, character in enumerate(command):
        if quote:
            ends = character == quote and command[place - 1] != "\\"
            quote = "" if ends else quote
        elif character in QUOTES:
            quote = character
        elif character == ",":
            yield command[start : place + 1]
            start = place + 1
    yield command[start:]
