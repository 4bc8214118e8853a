"""The examples run, and print what they are there to show."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from notation import read

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"

SCRIPTS = [
    ("student", ["math_i ~ N(α_j[i] + β_j[i] week_i, σ²)", "(week | schools:students)"]),
    ("analyst", ["α_j ~ N(12.09 + 3.30 meanses_j + 1.20 sector_j, 1.55²), for sch_id j = 1, …, 160"]),
    (
        "simulation",
        [
            "γ_110             d                             week:FRL",
            "π_0jk = β_00k + β_01k FRL_jk + r_0jk = ",
        ],
    ),
    ("notations", ["## hox", "ζ_1i", "## laird_ware", "X_ij = (1, sector_j, ses_ij, ses_ij sector_j)′"]),
    (
        "report",
        [
            "7185 observations (level 1) nested in 160 schools (level 2).",
            "| $\\gamma_{10}$ | socioeconomic status |",
        ],
    ),
    ("teacher", ["raudenbush_bryk", "gelman_hill", "combined", "lmer(math ~ "]),
]


@pytest.mark.parametrize(("name", "lines"), SCRIPTS)
def test_script(name: str, lines: list[str], tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, str(EXAMPLES / f"{name}.py")]
    result = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert result.returncode == 0, result.stderr
    for line in lines:
        assert line in result.stdout


def test_every_script_is_run() -> None:
    assert {p.stem for p in EXAMPLES.glob("*.py")} == {name for name, _ in SCRIPTS} | {"picture"}


MODELS = [
    (
        "quiz.txt",
        "math ~ week*FRL + Size + FRL:Size + week:Size + (week | schools/students) + (0 + FRL | schools)",
    ),
    ("m0.txt", "math ~ 1 + (1 | sch_id)"),
    ("textbook.txt", "math ~ cses*meanses + cses*sector + (cses | sch_id)"),
]


@pytest.mark.parametrize(("name", "formula"), MODELS)
def test_model(name: str, formula: str) -> None:
    model = read(EXAMPLES / name)
    assert len(model.fixed) == len(read(formula).fixed)
    assert {b.group for b in model.random} == {b.group for b in read(formula).random}
