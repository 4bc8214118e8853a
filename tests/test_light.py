"""What a start loads: heavy libraries come only when they are used."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = ("sympy", "pandas", "statsmodels", "numpy", "scipy", "jinja2", "mixedlm")

TRANSLATE = "from notation.commands.cli import main; main({!r}, standalone_mode=False)"
FORMULA = "math ~ ses*sector + (ses | school)"

STARTS = [
    ("import notation", (*HEAVY, "lark", "pylatexenc", "click")),
    (TRANSLATE.format(["translate", "examples/quiz.txt", "--to", "gelman-hill"]), HEAVY),
    (TRANSLATE.format(["translate", "examples/m0.txt", "--to", "rb"]), (*HEAVY, "pylatexenc")),
    (TRANSLATE.format(["translate", FORMULA, "--to", "lme4"]), (*HEAVY, "pylatexenc")),
    (TRANSLATE.format(["translate", FORMULA, "--to", "rb", "--levels", "", "--markup", "latex"]), HEAVY),
    (TRANSLATE.format(["formats"]), (*HEAVY, "lark", "pylatexenc")),
]


@pytest.mark.parametrize(("code", "absent"), STARTS)
def test_loads_nothing_heavy(code: str, absent: tuple[str, ...]) -> None:
    ask = "import sys; print(*(m for m in sys.modules if '.' not in m), file=sys.stderr)"
    result = subprocess.run(
        [sys.executable, "-c", f"{code}\n{ask}"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    loaded = set(result.stderr.splitlines()[-1].split())
    assert "notation" in loaded
    assert not loaded & set(absent)
