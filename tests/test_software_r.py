"""The commands written for R run there, and lme4, nlme and glmmTMB agree on the log-likelihood.

Each model is first written as level equations, where it has any, and the commands are written from those.
One R process fits every model in every program, by maximum likelihood and by restricted maximum
likelihood. Six digits of the log-likelihood must be the same.
"""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import notation
from notation import read, write
from notation.errors import CannotSay, NeedsMore
from notation.model import Model
from notation.verbs import lost

PROGRAMS = ("lme4", "nlme", "glmmtmb")
PACKAGES = {"lme4": "lme4", "nlme": "nlme", "glmmtmb": "glmmTMB"}

MODELS: list[tuple[str, str, dict[str, Any]]] = [
    # Raudenbush & Bryk (2002), chapter 4
    ("hsb", "math ~ 1 + (1 | sch_id)", {"levels": {"sch_id": []}}),
    ("hsb", "math ~ ses + (ses || sch_id)", {"levels": {"sch_id": []}}),
    (
        "hsb",
        "math ~ I(ses - ave(ses, sch_id))*sector + (I(ses - ave(ses, sch_id)) | sch_id)",
        {"levels": {"sch_id": ["sector"]}},
    ),
    ("hsb", "math ~ log(size) + I(ses^2) + (1 | sch_id)", {"levels": {"sch_id": ["size"]}}),
    # chapter 8
    (
        "egsingle",
        "math ~ year + female + size + year:size + (year | schoolid:childid) + (year | schoolid)",
        {
            "nesting": "childid < schoolid",
            "levels": {"childid": ["female"], "schoolid": ["size"]},
            "categories": {"female": ["Female", "Male"]},
        },
    ),
    ("lme4::sleepstudy", "Reaction ~ Days + (Days | Subject)", {"levels": {"Subject": []}}),
    ("lme4::sleepstudy", "Reaction ~ poly(Days, 2) + (1 | Subject)", {"levels": {"Subject": []}}),
    ("lme4::Penicillin", "diameter ~ 1 + (1 | plate) + (1 | sample)", {"nesting": "plate x sample"}),
    ("lme4::sleepstudy", "Reaction ~ Days + (0 + Days | Subject)", {"levels": {"Subject": []}}),
    ("lme4::Pastes", "strength ~ 1 + (1 | batch/cask)", {"levels": {"batch": []}}),
    (
        "nlme::Machines",
        "score ~ Machine + (1 | Worker)",
        {"categories": {"Machine": ["A", "B", "C"]}, "levels": {"Worker": []}},
    ),
    (
        "nlme::Machines",
        "score ~ Machine + (0 + Machine | Worker)",
        {"categories": {"Machine": ["A", "B", "C"]}, "levels": {"Worker": []}},
    ),
    ("nlme::Oxboys", "height ~ age + I(age^2) + (age + I(age^2) | Subject)", {"levels": {"Subject": []}}),
    (
        "nlme::Orthodont",
        "distance ~ I(age - 11)*Sex + (1 | Subject)",
        {"categories": {"Sex": ["Male", "Female"]}, "levels": {"Subject": ["Sex"]}},
    ),
    ("nlme::Orthodont", "log(distance) ~ age + (1 | Subject)", {"levels": {"Subject": []}}),
    ("lme4::cbpp", "cbind(incidence, size - incidence) ~ period + (1 | herd)", {"family": "binomial"}),
    ("lme4::grouseticks", "TICKS ~ cHEIGHT + (1 | BROOD) + (1 | LOCATION)", {"family": "poisson"}),
]

IDS = [f"{data} {formula}" for data, formula, _ in MODELS]


@pytest.mark.parametrize("number", range(len(MODELS)), ids=IDS)
def test_same_likelihood(number: int) -> None:
    found = [(key, value) for key, value in fitted().items() if key[0] == number]
    assert found
    by_method: dict[str, dict[str, float]] = {}
    for (_, method, program), value in found:
        by_method.setdefault(method, {})[program] = number_or_message(value)
    for values in by_method.values():
        known = list(values.values())
        # glmer and glmmTMB stop their search at different tolerances.
        digits = 1e-6 if MODELS[number][2].get("family") is None else 1e-5
        assert known == pytest.approx([known[0]] * len(known), rel=digits), values


def test_enough_models() -> None:
    """At least twelve models that went through level equations are fitted by all three programs."""
    through = [n for n, (_, _, facts) in enumerate(MODELS) if "levels" in facts]
    whole = [n for n in through if all((n, "ML", p) in fitted() for p in PROGRAMS)]
    assert len(whole) >= 12


def number_or_message(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        pytest.fail(f"R says: {text}")


@cache
def fitted() -> dict[tuple[int, str, str], str]:
    """The log-likelihood, or R's message, by the model's number, the method and the program."""
    if shutil.which("Rscript") is None:
        pytest.skip("Rscript is not installed (Debian: r-base-core)")
    for package in PACKAGES.values():
        if run(f"quit(status = !requireNamespace('{package}', quietly = TRUE))").returncode:
            pytest.skip(f"R has no package {package} (Debian: r-cran-{package.lower()})")
    lines = [f"suppressMessages(library({package}))" for package in PACKAGES.values()]
    for number, (data, formula, facts) in enumerate(MODELS):
        lines.append(f"d <- {table(data)}")
        for program in PROGRAMS:
            lines += [show(number, m, program, c) for m, c in commands(by_level(formula, facts), program)]
    result = run("\n".join(lines))
    assert result.returncode == 0, result.stderr
    rows = (line.split("\t") for line in result.stdout.splitlines())
    return {(int(number), method, program): value for number, method, program, value in rows}


def by_level(formula: str, facts: dict[str, Any]) -> Model:
    """The model as it is read from its level equations; where some level is not known, from the formula."""
    model = read(formula, **facts)
    try:
        return read(str(write(model, "raudenbush_bryk", "plain")), **lost(model, "raudenbush_bryk"))
    except NeedsMore:
        return model


def table(data: str) -> str:
    if "::" in data:
        return f"as.data.frame({data})"
    path = Path(notation.__file__).parent / "datasets" / f"{data}.csv.gz"
    return f'read.csv(gzfile("{path}"), stringsAsFactors = TRUE)'


def commands(model: Any, program: str) -> list[tuple[str, str]]:
    """The command by both methods; by maximum likelihood only where there is no other."""
    try:
        text = str(write(model, program, call=True))
    except CannotSay:
        return []
    match program:
        case "lme4" if text.startswith("lmer("):
            bare = text.replace(", REML = TRUE", "")
            return [("ML", f"{bare[:-1]}, REML = FALSE)"), ("REML", f"{bare[:-1]}, REML = TRUE)")]
        case "nlme":
            return [(m, text.replace('method = "REML"', f'method = "{m}"')) for m in ("ML", "REML")]
        case "glmmtmb" if "REML" in text:
            return [("ML", text), ("REML", text.replace("REML = FALSE", "REML = TRUE"))]
    return [("ML", text)]


def show(number: int, method: str, program: str, command: str) -> str:
    fit = f"suppressWarnings(suppressMessages(logLik({command})))"
    value = f'tryCatch(sprintf("%.8f", as.numeric({fit})), error = conditionMessage)'
    return f'cat("{number}\\t{method}\\t{program}\\t", {value}, "\\n", sep = "")'


def run(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["Rscript", "--vanilla", "-"], input=script, capture_output=True, text=True, check=False
    )
