"""The commands simulate, explain, implied and concordance."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

import notation
from notation.commands.cli import main
from notation.parameter_names import name_parameter

ROOT = Path(__file__).parent.parent
NULL = str(ROOT / "examples" / "m0.txt")
QUIZ = str(ROOT / "examples" / "quiz.txt")
FORMULA = "math ~ ses + (1 | school)"
VALUES = "(Intercept) = 12; ses = 2; SD(school, (Intercept)) = 3; Residual = 39"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def simulate(*further: str) -> Result:
    return run("simulate", FORMULA, "--levels", "", "--seed", "1", *further)


SIZES = [
    ("school: 3; observations: 4", 12),
    ("school: 3; observations: 1, 2, 3", 6),
    ("school: 3; observations: 2 to 2", 6),
]


@pytest.mark.parametrize(("sizes", "rows"), SIZES)
def test_simulate(sizes: str, rows: int) -> None:
    result = simulate("--parameters", VALUES, "--sizes", sizes, "--predictors", "ses: uniform 0 1")
    assert result.exit_code == 0, result.output
    frame = pd.read_csv(StringIO(result.stdout))
    assert list(frame.columns) == ["school", "math", "ses"]
    assert len(frame) == rows
    assert frame["ses"].between(0, 1).all()


def test_simulate_takes_numbers_from_equations_and_writes_a_file(tmp_path: Path) -> None:
    text = "y_ij = b_0j + r_ij; b_0j = 12.6 + u_0j; r_ij ~ N(0, 39.1); u_0j ~ N(0, 8.6)"
    target = tmp_path / "drawn.csv"
    result = run("simulate", text, "--sizes", "j: 5; observations: 2", "--seed", "1", "-o", str(target))
    assert result.exit_code == 0, result.output
    assert len(pd.read_csv(target)) == 10


def test_simulate_reads_parameters_from_a_file(tmp_path: Path) -> None:
    values = tmp_path / "values.txt"
    values.write_text(VALUES.replace("; ", "\n"), encoding="utf-8")
    typed = simulate("--parameters", VALUES, "--sizes", "school: 3; observations: 4")
    assert (
        simulate("--parameters", str(values), "--sizes", "school: 3; observations: 4").stdout == typed.stdout
    )


OUTPUTS = [
    (
        ["explain", NULL, "--data", "hsb", "--row", "sch_id = 1224"],
        "β_0j = γ_00 + u_0j = 12.64 − 2.66 = 9.97",
    ),
    (["explain", NULL, "--data", "hsb", "--row", "0", "--decimals", "3"], "= 9.973"),
    (["explain", NULL, "--data", "hsb", "--row", "0", "--markup", "latex"], r"\widehat{\text{math}}_{ij}"),
    (["implied", NULL, "--data", "hsb"], "ICC = τ_00/(τ_00 + σ²) = 8.614/(8.614 + 39.148) = 0.180"),
    (
        ["implied", "math ~ ses*sector", "--data", "hsb", "--slope", "ses", "--at", "sector = 1"],
        "3.460 − 1.105 × 1 = 2.354\nstandard error 0.144",
    ),
    (["concordance", QUIZ], "γ_110             d                             week:FRL"),
    (["concordance", NULL, "--data", "hsb", "--markup", "markdown"], "| $\\gamma_{00}$ | $\\mu_{\\alpha}$ |"),
    (["concordance", NULL, "--data", "hsb", "--markup", "latex"], r"\toprule"),
    (["concordance", NULL, "--data", "hsb", "--markup", "html"], "<td>γ_00</td>"),
    (["--help"], "simulate"),
]


@pytest.mark.parametrize(("arguments", "expected"), OUTPUTS)
def test_output(arguments: list[str], expected: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    assert expected in result.stdout


REFUSED = [
    (
        ["--parameters", "ses = 2", "--sizes", "school: 3; observations: 4"],
        "A value is missing for (Intercept)",
    ),
    (["--parameters", "ses = two", "--sizes", "school: 3"], "'two' is no number"),
    (["--parameters", "ses 2 = ", "--sizes", "school: 3"], "is no number"),
    (["--parameters", VALUES, "--sizes", "school 3"], "expected a name, a colon and numbers"),
    (["--parameters", VALUES, "--sizes", "school: 3.5"], "3.5 is no whole number"),
    (["--parameters", VALUES, "--sizes", "schol: 3"], "did you mean 'school'"),
]


@pytest.mark.parametrize(("arguments", "words"), REFUSED)
def test_refusals(arguments: list[str], words: str) -> None:
    result = simulate(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr


ROWS_REFUSED = [
    ("ses", "gives no variable a value"),
    ("sch_id = 1", "have no sch_id '1'"),
]


@pytest.mark.parametrize(("row", "words"), ROWS_REFUSED)
def test_rows_refused(row: str, words: str) -> None:
    result = run("explain", NULL, "--data", "hsb", "--row", row)
    assert result.exit_code == 2
    assert words in result.stderr


def test_a_value_that_is_no_number() -> None:
    result = run("explain", "math ~ ses", "--data", "hsb", "--row", "ses = high")
    assert result.exit_code == 2
    assert "ses is 'high', but a number is needed" in result.stderr


TRUTH = """
(Intercept) = 50; week = 2; FRL = -4; Size = 1; week:FRL = -0.5; week:Size = 0.3; FRL:Size = 0.5
SD(students, (Intercept)) = 3; SD(students, week) = 1; Cor(students, (Intercept), week) = 0.3
SD(schools, (Intercept)) = 3; SD(schools, FRL) = 2; SD(schools, week) = 1; SD(Residual) = 2
Cor(schools, (Intercept), FRL) = -0.3; Cor(schools, (Intercept), week) = 0.2; Cor(schools, FRL, week) = 0
""".strip().replace("\n", "; ")
FIXED = {"(Intercept)": 50, "week": 2, "FRL": -4, "Size": 1, "week:FRL": -0.5, "week:Size": 0.3}


def test_the_quiz_is_fitted_from_its_equations_to_data_simulated_from_it(tmp_path: Path) -> None:
    drawn = tmp_path / "drawn.csv"
    sizes, predictors = (
        "schools: 40; students: 12; time points: 6",
        "week: 0, 1, 2, 3, 4, 5; FRL: bernoulli 0.4",
    )
    made = run("simulate", QUIZ, "--parameters", TRUTH, "--sizes", sizes, "--predictors", predictors,
               "--seed", "4", "-o", str(drawn))  # fmt: skip
    assert made.exit_code == 0, made.output
    fitted = run("fit", QUIZ, "--data", str(drawn), "--to", "rb", "--estimates", "both", "--decimals", "4")
    assert fitted.exit_code == 0, fitted.output
    assert fitted.stderr == ""  # it converged, and is not singular
    (reading,) = notation.parse(fitted.stdout).readings
    assert len(reading.estimates) == 17
    found = {name_parameter(reading.model, p): value for p, value in reading.estimates.items()}
    for name, value in FIXED.items():
        assert found[name] == pytest.approx(value, abs=1.2), name
    assert found["Residual"] == pytest.approx(4, rel=0.1)
