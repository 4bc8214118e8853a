"""The bar that moves while a fit takes long."""

from __future__ import annotations

import time

import pytest

from notation.commands import waiting


def test_nothing_is_shown_where_nobody_watches(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(waiting, "PATIENCE", 0.0)
    with waiting.waiting("fitting"):
        time.sleep(0.05)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(("patience", "shown"), [(0.0, True), (60.0, False)])
def test_on_a_terminal_a_long_fit_shows_a_bar_and_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], patience: float, shown: bool
) -> None:
    monkeypatch.setattr(waiting, "PATIENCE", patience)
    monkeypatch.setattr(waiting, "PACE", 0.01)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with waiting.waiting("fitting"):
        time.sleep(0.2)
    said = capsys.readouterr()
    assert said.out == ""
    assert ("fitting [====" in said.err) == shown
    assert said.err.endswith("\r\x1b[K") or not shown


def test_the_bar_runs_to_and_fro() -> None:
    way = waiting.WIDTH - 4
    assert waiting.bar(0) == waiting.bar(2 * way)
    assert waiting.bar(0).startswith("[====")
    assert waiting.bar(way).endswith("====]")
    assert {len(waiting.bar(step)) for step in range(60)} == {waiting.WIDTH + 2}
