"""README says what the program does: every example in it is run.

A ``console`` fence holds commands behind ``$`` with their output; a ``python`` fence holds code, with
what it prints behind ``# →``.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from notation.commands.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def fences(kind: str) -> list[str]:
    return [body for name, body in FENCE.findall(README) if name == kind]


def commands() -> list[tuple[str, str]]:
    """Each command of README with the output that is printed below it."""
    parts = [part for body in fences("console") for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]]
    return [(command.strip(), output.rstrip()) for command, _, output in (p.partition("\n") for p in parts)]


def printed(arguments: list[str]) -> str:
    """What the command prints: its result, or what it refuses."""
    result = CliRunner().invoke(main, arguments)
    return (result.stdout if result.exit_code == 0 else result.stderr).rstrip()


@pytest.mark.parametrize(("command", "output"), commands(), ids=[c for c, _ in commands()])
def test_command(command: str, output: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program, *arguments = shlex.split(command)
    if program != "notation":
        pytest.skip("a command of make or pip")
    monkeypatch.chdir(ROOT)
    assert printed(arguments) == output


@pytest.mark.parametrize("code", fences("python"))
def test_python(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {"__name__": "readme"})
    expected = [line.removeprefix("# → ") for line in code.splitlines() if line.startswith("# → ")]
    assert printed.getvalue().splitlines() == expected


def test_there_is_something_to_run() -> None:
    assert len(commands()) >= 4
    assert fences("python")
