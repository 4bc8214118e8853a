"""The command: sources, options, what goes where, and exit codes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from notation.commands.cli import main
from notation.engines import ENGINES
from notation.markup import MARKUPS
from notation.notations import NOTATIONS
from notation.software import SOFTWARE
from notation.verbs import read
from notation.version import __version__

ROOT = Path(__file__).parent.parent
QUIZ = str(ROOT / "examples" / "quiz.txt")
NULL = str(ROOT / "examples" / "m0.txt")
FORMULA = "math ~ ses*sector + (ses | school)"


def run(*arguments: str, source: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=source)


# ------------------------------------------------------------------ results

RESULTS = [
    (
        ["translate", "y ~ x + (1 | g)", "--to", "gelman-hill", "--levels", ""],
        "y_i ~ N(α_j[i] + β x_i, σ²)\nα_j ~ N(μ_α, σ²_α), for g j = 1, …, J\n",
    ),
    (
        [
            "translate",
            FORMULA,
            "--to",
            "rb",
            "--levels",
            "school: sector",
            "--no-legend",
            "--no-distributions",
        ],
        (
            "math_ij = β_0j + β_1j ses_ij + r_ij\n"
            "β_0j = γ_00 + γ_01 sector_j + u_0j\n"
            "β_1j = γ_10 + γ_11 sector_j + u_1j\n"
        ),
    ),
    (["translate", NULL, "--to", "lme4"], "math ~ 1 + (1 | sch_id)\n"),
    (["translate", NULL, "--to", "LME4", "--groups", "sch_id=school"], "math ~ 1 + (1 | school)\n"),
    (["translate", NULL, "--to", "lme4", "--call"], "lmer(math ~ 1 + (1 | sch_id), data = d)\n"),
    (
        ["fit", NULL, "--data", "hsb", "--to", "gelman-hill"],
        "math_i ~ N(α_j[i], 6.26²)\nα_j ~ N(12.64, 2.93²), for sch_id j = 1, …, 160\n",
    ),
    (
        ["fit", NULL, "--data", "hsb", "--to", "gh", "--spread", "variance", "--decimals", "1"],
        "math_i ~ N(α_j[i], 39.1)\nα_j ~ N(12.6, 8.6), for sch_id j = 1, …, 160\n",
    ),
    (
        ["fit", "math ~ ses", "--data", "hsb", "--to", "combined", "--no-legend"],
        "math_i = 12.75 + 3.18 ses_i + r_i\nr_i ~ N(0, 6.42²)\n",
    ),
]


@pytest.mark.parametrize(("arguments", "expected"), RESULTS)
def test_result(arguments: list[str], expected: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    assert [line.rstrip() for line in result.stdout.splitlines()] == expected.splitlines()


def test_the_quiz_to_latex() -> None:
    result = run("translate", QUIZ, "--to", "gelman-hill", "--markup", "latex")
    assert result.exit_code == 0
    assert result.stdout.startswith(r"\begin{aligned}")
    assert r"\alpha_{j[i]}" in result.stdout


def test_data_tell_the_levels() -> None:
    result = run("translate", "math ~ ses*sector + (ses | sch_id)", "--data", "hsb", "--to", "rb")
    assert "β_1j = γ_10 + γ_11 sector_j + u_1j" in result.stdout


def test_losses_are_said_on_stderr() -> None:
    result = run("translate", QUIZ, "--to", "lme4")
    assert "--levels, --nesting" in result.stderr
    assert "levels" not in result.stdout


def test_warnings_are_said_on_stderr() -> None:
    result = run("fit", "math ~ ses*meanses + ses*sector + (ses | sch_id)", "--data", "hsb", "--to", "gh")
    assert result.exit_code == 0
    assert "warning: the fit is singular" in result.stderr


def test_conventions_are_said_on_request() -> None:
    source = "y_ij = β_0j + β_1j x_ij + e_ij\nβ_0j = γ_00 + u_0j\nβ_1j = γ_10 + u_1j"
    assert "info" not in run("translate", source, "--to", "lme4").stderr
    assert "info: " in run("translate", source, "--to", "lme4", "--verbose").stderr


def test_output_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    result = run("translate", QUIZ, "--to", "combined", "-o", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    written = target.read_bytes()
    assert b"\r" not in written
    assert "γ_000" in written.decode("utf-8")


# ------------------------------------------------------------------ sources

TEXT = "math_ij = β_0j + r_ij\nβ_0j = γ_00 + u_0j\nwhere i and j index students and schools\n"

ENCODED = [TEXT.encode(), TEXT.encode("utf-8-sig"), TEXT.replace("\n", "\r\n").encode()]


@pytest.mark.parametrize("content", ENCODED)
def test_files_and_standard_input(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "model.txt"
    file.write_bytes(content)
    for result in (
        run("translate", str(file), "--to", "lme4"),
        run("translate", "-", "--to", "lme4", source=content),
    ):
        assert result.exit_code == 0, result.output
        assert result.stdout == "math ~ 1 + (1 | schools)\n"
    assert read(file) == read(content.decode())


def test_a_file_is_a_file_even_if_its_name_looks_like_a_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a=b").write_text("y ~ x", encoding="utf-8")
    assert run("translate", "a=b", "--to", "lme4").stdout == "y ~ x\n"


# ------------------------------------------------------------------ refusals

REFUSED = [
    (["translate", "quiz.tex", "--to", "rb"], "there is no file 'quiz.tex'; did you mean 'quiz.txt'?"),
    (["translate", "x" * 5000, "--to", "rb"], "there is no file"),
    (["translate", "latin.txt", "--to", "rb"], "latin.txt is not UTF-8"),
    (["translate", "picture.png", "--to", "rb"], "picture.png is no text"),
    (["translate", "empty.txt", "--to", "rb"], "empty.txt is empty"),
    (["translate", "", "--to", "rb"], "the source is empty"),
    (["translate", ".", "--to", "rb"], ". is a folder"),
    (["translate", "y ~ x z", "--to", "rb"], "line 1, column 7"),
    (["translate", "y ~ x", "--to", "gelman-hil"], "did you mean 'gelman_hill'"),
    (["translate", "y ~ x", "--to", "rb", "--markup", "latec"], "did you mean 'latex'"),
    (["translate", "y ~ x + (1 | g)", "--to", "rb"], "--levels"),
    (["translate", "y ~ x + (1 | g)", "--to", "rb", "--levels", "h: x"], "unknown grouping factor 'h'"),
    (["translate", "y ~ x", "--to", "rb", "--nesting", "a <"], "expected a name"),
    (["translate", "y ~ x", "--to", "rb", "--nesting", "s ? t"], "? has no meaning here"),
    (["translate", "y ~ x", "--to", "rb", "--levels", "x"], "sch_id: meanses, sector"),
    (["translate", "y ~ x", "--to", "rb", "--data", "hsv"], "did you mean 'hsb'"),
    (["translate", "math ~ sess", "--to", "rb", "--data", "hsb"], "did you mean 'ses'"),
    (["translate", "y ~ x", "--to", "rb", "--family", "gausian"], "did you mean 'gaussian'"),
    (["translate", "y ~ x", "--to", "rb", "-o", "no/such/folder"], "cannot be written"),
    (["fit", "math ~ ses", "--data", "hsb", "--to", "gh", "--engine", "lme5"], "unknown engine 'lme5'"),
    (["fit", "math ~ ses", "--data", "hsb", "--to", "gh", "--spread", "var"], "did you mean 'variance'"),
    (["fit", "math ~ ses", "--data", "hsb", "--to", "gh", "--estimates", "valus"], "did you mean 'values'"),
    (["fit", "math ~ 1 + (1 | school)", "--data", "hsb", "--to", "gh"], "--groups school="),
    (["translate", "y ~ x"], "Missing option '--to'"),
    (["translat"], "No such command"),
]


@pytest.mark.parametrize(("arguments", "words"), REFUSED)
def test_refused(arguments: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("quiz.txt").write_text(TEXT, encoding="utf-8")
    Path("latin.txt").write_bytes("σ".encode("cp1253"))
    Path("picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    Path("empty.txt").touch()
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert words in result.stderr
    assert "Traceback" not in result.stderr


# ------------------------------------------------------------------ help


def test_formats_lists_the_tables() -> None:
    result = run("formats")
    for name in (*NOTATIONS, *SOFTWARE, *MARKUPS, *ENGINES):
        assert f"  {name} " in result.stdout


def test_version_and_help() -> None:
    assert run("--version").stdout == f"notation, version {__version__}\n"
    result = run("--help")
    assert "Examples:" in result.stdout
    assert "Exit codes: 0" in result.stdout


# ------------------------------------------------------------------ as a process


def process(*arguments: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "notation", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False, **more)  # type: ignore[call-overload]


def test_output_is_utf_8_whatever_the_system_says() -> None:
    result = process(
        "translate", "-", "--to", "combined", input=TEXT.encode(), env={"PYTHONIOENCODING": "ascii"}
    )
    assert result.returncode == 0, result.stderr
    assert "γ_00" in result.stdout.decode("utf-8")


def test_a_reader_that_leaves_early() -> None:
    command = f'"{sys.executable}" -m notation formats | head -1'
    result = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, check=False)
    assert result.stdout == b"Notations and programs\n"
    assert result.stderr == b""


# ------------------------------------------------------------------ estimates from a table

TIDY = """effect,group,term,estimate,std.error
fixed,NA,(Intercept),12.64,0.24
ran_pars,sch_id,sd__(Intercept),2.93,NA
ran_pars,Residual,sd__Observation,6.26,NA
"""


def test_annotate_writes_the_numbers_of_a_table(tmp_path: Path) -> None:
    table = tmp_path / "tidy.csv"
    table.write_text(TIDY)
    given = ["math ~ 1 + (1 | sch_id)", "--estimates", str(table), "--to", "gelman-hill"]
    result = run("annotate", *given, "--numbers", "se")
    assert "α_j ~ N(12.64 (0.24), 2.93²)" in result.stdout
    table.write_text(TIDY.replace("(Intercept),12", "ses,12"))
    result = run("annotate", *given)
    assert result.exit_code == 2
    assert "no parameter for ses" in result.stderr


LOSING = [("lme4", True), ("Stata", True), ("sas", False), ("SPSS", False), ("mixedmodels", False)]


@pytest.mark.parametrize(("program", "said"), LOSING)
def test_what_gives_back_a_model_is_said_of_what_is_read(program: str, said: bool) -> None:
    result = run("translate", "y ~ x + (1 | g)", "--levels", "g: ", "--to", program)
    assert ("to read it back give" in result.stderr) == said


def test_a_command_of_stata_is_a_text_and_no_file() -> None:
    assert run("translate", "mixed y x || g: x, cov(un)", "--to", "lme4").stdout == "y ~ x + (x | g)\n"
