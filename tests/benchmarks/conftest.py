"""Prints the figures of the benchmarks as ratios, which mean the same on every machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Measure = Callable[..., Any]
TIMES: dict[str, float] = {}
"""The least time of each thing measured, in seconds."""

WITH_LEVELS = ("its equation with levels, 114960 rows", "its equation with levels, 7185 rows")

RATIOS = [
    ("reading the quiz", "read the quiz", "walk the quiz", 1, None),
    ("reading and writing the quiz", "read and write the quiz", "walk the quiz", 1, 3.0),
    ("the command `notation translate`", "notation translate", "import lark", 1, 2.5),
    *(
        (f"equation(result), {rows} rows", f"its equation, {rows} rows", f"the fit, {rows} rows", 1, 1.0)
        for rows in (7185, 114960)
    ),
    ("equation(result, levels=…), 114,960 rows to 7,185", *WITH_LEVELS, 1, 1.5),
    ("the command `notation fit` on hsb", "notation fit", "the fit by hand", 1, 1.3),
    *(
        (f"{what}, time per term at 1,000", f"{what}, 1000 terms", f"{what}, 10 terms", 100, 2.0)
        for what in ("reading a formula", "writing level equations", "reading level equations")
    ),
]
"""Each figure: its name, the two things it compares, how many times the size, and the goal."""


@pytest.fixture
def measure(benchmark: Any) -> Measure:
    """Runs a function as a benchmark and keeps its least time under a name."""

    def run(name: str, function: Callable[..., Any], *arguments: Any, rounds: int = 0) -> Any:
        if rounds:
            result = benchmark.pedantic(function, args=arguments, rounds=rounds, warmup_rounds=1)
        else:
            result = benchmark(function, *arguments)
        if benchmark.stats is not None:  # it measures nothing where benchmarks are switched off
            TIMES[name] = benchmark.stats.stats.min
        return result

    return run


def pytest_terminal_summary(terminalreporter: Any) -> None:
    rows = [row for row in RATIOS if row[1] in TIMES and row[2] in TIMES]
    if not rows:
        return
    terminalreporter.section("figures")
    for name, what, against, size, goal in rows:
        ratio = TIMES[what] / TIMES[against] / size
        wanted = "" if goal is None else f"   (goal: at most {goal:g})"
        least = f"{1000 * TIMES[what]:9.2f} ms / {1000 * TIMES[against]:9.2f} ms"
        terminalreporter.write_line(f"{name:52} {ratio:6.2f}   {least}{wanted}")
