"""Code that fits a model again: in Python by the engine that fitted it, and in R by lme4."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import NotationError
from ..model import GAUSSIAN, Model
from ..names import load
from ..options import Options, make_options
from ..software import SOFTWARE, lme4
from .content import Code, Estimation

IMPORTS = {
    "mixedlm": "import mixedlm\n",
    "statsmodels": "import statsmodels.api as sm\nimport statsmodels.formula.api as smf\n",
    "lme4": "library(lme4)\n",
}
"""What the code of each program needs before its command."""


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
    fit = f"notation.fit({formula!r}, d, engine={engine!r}, reml={asked.reml}{more})"
    return Code("Python", f"import notation\n{fit}")


def _command(language: str, model: Model, program: str, asked: Options) -> Code:
    try:
        text = load("software", "program", program, SOFTWARE).write(model, asked)
    except NotationError as error:
        return Code(language, "", str(error))
    # lm and glm, which lme4's writer writes for a model without groups, are R's own.
    return Code(language, text if language == "R" and not model.random else f"{IMPORTS[program]}{text}")
