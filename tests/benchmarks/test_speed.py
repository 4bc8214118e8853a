"""How fast it is. Nothing fails here for being slow: `make bench` prints the figures and their goals."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pandas
import pytest
from pylatexenc.latexwalker import LatexWalker

from benchmarks.conftest import Measure
from notation import datasets
from notation.model import Model
from notation.verbs import equation, read, write

mixedlm = pytest.importorskip("mixedlm")

EXAMPLES = Path(__file__).parents[2] / "examples"
QUIZ = r"""
\text{math}_{ijk} = \pi_{0jk} + \pi_{1jk}(\text{week}) + e_{ijk} \\
\pi_{0jk} = \beta_{00k} + \beta_{01k}(\text{FRL}) + r_{0jk} \\
\pi_{1jk} = \beta_{10k} + \beta_{11k}(\text{FRL}) + r_{1jk} \\
\beta_{00k} = \gamma_{000} + \gamma_{001}(\text{Size}) + u_{00k} \\
\beta_{01k} = \gamma_{010} + \gamma_{011}(\text{Size}) + u_{01k} \\
\beta_{10k} = \gamma_{100} + \gamma_{101}(\text{Size}) + u_{10k} \\
\beta_{11k} = \gamma_{110}
where i, j, and k index time points, students, and schools
"""
SIZES = (10, 100, 1000)
COMMAND = "from notation.commands.cli import main; main()"


def test_pylatexenc_walks_the_quiz(measure: Measure) -> None:
    measure("walk the quiz", lambda: LatexWalker(QUIZ).get_latex_nodes())


def test_reading_the_quiz(measure: Measure) -> None:
    model = measure("read the quiz", read, QUIZ)
    assert model.group_names == ("students", "schools")


def test_reading_and_writing_the_quiz(measure: Measure) -> None:
    text = measure("read and write the quiz", lambda: write(read(QUIZ), "gelman_hill"))
    assert "FRL" in text


def formula(size: int) -> str:
    return f"y ~ {' + '.join(f'x{n}' for n in range(1, size + 1))} + (1 | schools)"


def model(size: int) -> Model:
    return read(formula(size), levels={"schools": []})


@pytest.mark.parametrize("size", SIZES)
def test_reading_a_formula(measure: Measure, size: int) -> None:
    found = measure(f"reading a formula, {size} terms", read, formula(size))
    assert len(found.fixed) == size + 1


@pytest.mark.parametrize("size", SIZES)
def test_writing_level_equations(measure: Measure, size: int) -> None:
    text = measure(f"writing level equations, {size} terms", write, model(size), "raudenbush_bryk")
    assert f"x{size}" in text


@pytest.mark.parametrize("size", SIZES)
def test_reading_level_equations(measure: Measure, size: int) -> None:
    text = str(write(model(size), "raudenbush_bryk"))
    assert measure(f"reading level equations, {size} terms", read, text) == model(size)


def test_a_process_that_imports_lark(measure: Measure) -> None:
    measure("import lark", run, "-c", "import lark", rounds=10)


def test_a_process_that_translates_the_quiz(measure: Measure) -> None:
    out = measure(
        "notation translate", run, "-c", COMMAND, "translate", QUIZ, "--to", "gelman-hill", rounds=10
    )
    assert "FRL" in out


# ------------------------------------------------------------------ fits

FORMULA = "math ~ ses*sector + (ses | sch_id)"
COPIES = (1, 16)
BY_HAND = """
import mixedlm, pandas
result = mixedlm.lmer("math ~ ses + (1 | sch_id)", pandas.read_csv({!r}))
print(result.fixef(), result.vcov(), result.VarCorr())
"""


@cache
def fitted(copies: int) -> Any:
    """A fit by mixedlm of the textbook's data, or of so many copies of them with schools of their own."""
    data = datasets.hsb()[["math", "ses", "sector", "sch_id"]]
    each = [data.assign(sch_id=data["sch_id"].astype(str) + f"_{n}") for n in range(copies)]
    return mixedlm.lmer, pandas.concat(each, ignore_index=True)


@pytest.mark.parametrize("copies", COPIES)
def test_fitting(measure: Measure, copies: int) -> None:
    fit, data = fitted(copies)
    measure(f"the fit, {len(data)} rows", fit, FORMULA, data, rounds=3)


@pytest.mark.parametrize("copies", COPIES)
@pytest.mark.parametrize("levels", [None, {"sch_id": ["sector"]}])
def test_the_equation_of_a_fit(measure: Measure, copies: int, levels: dict[str, list[str]] | None) -> None:
    fit, data = fitted(copies)
    result = fit(FORMULA, data)
    facts = {} if levels is None else {"levels": levels}
    name = f"its equation{' with levels' if levels else ''}, {len(data)} rows"
    assert "sector" in measure(name, lambda: equation(result, "raudenbush_bryk", **facts))


def test_a_process_that_fits_by_hand(measure: Measure, tmp_path: Path) -> None:
    path = tmp_path / "hsb.csv"
    datasets.hsb().to_csv(path, index=False)
    assert "ses" in measure("the fit by hand", run, "-c", BY_HAND.format(str(path)), rounds=5)


def test_a_process_that_fits(measure: Measure) -> None:
    arguments = ("fit", "math ~ ses + (1 | sch_id)", "--data", "hsb", "--to", "gelman-hill")
    assert "ses" in measure("notation fit", run, "-c", COMMAND, *arguments, rounds=5)


def run(*arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True)
    return done.stdout
