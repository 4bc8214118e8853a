"""Whether LaTeX is accepted by KaTeX, MathJax and pdfLaTeX: each gives a list of complaints.

Where a program is missing the calling test is skipped with the reason, unless the environment variable
``NOTATION_REQUIRE_RENDERING`` is set: then it fails. ``npm ci`` in this folder installs the two of npm.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from notation.documents import has_cyrillic, latex_document

HERE = Path(__file__).parent


def katex_errors(formulas: list[str], *, lenient_characters: bool = False) -> list[str]:
    """What KaTeX's strict mode says against formulas, each with the formula.

    lenient_characters : let through letters of scripts that KaTeX has no measures for.
    """
    return _node_errors("katex", formulas, *(["lenient-characters"] if lenient_characters else []))


def mathjax_errors(formulas: list[str]) -> list[str]:
    """What MathJax says against formulas, each with the formula."""
    return _node_errors("mathjax", formulas)


def pdflatex_errors(formulas: list[str], tmp_path: Path, program: str = "pdflatex") -> list[str]:
    """What pdfLaTeX says against formulas, each with the formula; all stand in one document.

    A character that the font does not have counts as an error.
    """
    require(shutil.which(program) is not None, f"{program} is not installed")
    if has_cyrillic("".join(formulas)):
        require(
            _has_encoding("t2aenc.def"), "TeX has no Cyrillic letters: texlive-lang-cyrillic is not installed"
        )
    source = tmp_path / "formulas.tex"
    source.write_text(latex_document(_numbered(formulas)), encoding="utf-8")
    command = [program, "-interaction=nonstopmode", f"-output-directory={tmp_path}", source.name]
    subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=300, check=False)
    log = source.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
    return list(_log_errors(log, formulas))


def _numbered(formulas: list[str]) -> str:
    """The formulas as displays of their own, each announced in the log."""
    return "\n\\]\n\\[\n".join(f"\\typeout{{FORMULA {n}}}%\n{text}" for n, text in enumerate(formulas))


def _log_errors(log: str, formulas: list[str]) -> dict[str, None]:
    found: dict[str, None] = {}
    formula = "(before the first formula)"
    for line in log.splitlines():
        if announced := re.fullmatch(r"FORMULA (\d+)", line):
            formula = formulas[int(announced[1])]
        elif line.startswith(("! ", "Missing character")):
            found[f"{line}\n{formula}"] = None
    return found


def _has_encoding(name: str) -> bool:
    found = subprocess.run(["kpsewhich", name], capture_output=True, check=False)
    return found.returncode == 0


def _node_errors(program: str, formulas: list[str], *arguments: str) -> list[str]:
    require(shutil.which("node") is not None, "node is not installed")
    require((HERE / "node_modules" / program).is_dir(), f"{program} is not installed: npm ci in {HERE}")
    command = ["node", str(HERE / f"{program}.js"), *arguments]
    done = subprocess.run(
        command, input=json.dumps(formulas), capture_output=True, encoding="utf-8", timeout=300, check=True
    )
    complaints = json.loads(done.stdout)
    return [f"{said}\n{text}" for said, text in zip(complaints, formulas, strict=True) if said]


def require(there: bool, reason: str) -> None:
    """Skips the test that calls it, or fails it, where something is not there."""
    if there:
        return
    if os.environ.get("NOTATION_REQUIRE_RENDERING"):
        pytest.fail(reason)
    pytest.skip(reason)
