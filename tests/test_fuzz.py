"""A small part of what `make fuzz` tries, always the same, and what once broke the rule."""

from __future__ import annotations

import pytest
from fuzz import broken, fuzz

ONCE_BROKEN = [r"\begin{aligned}{}{}\text\text{}\end{aligned}"]


@pytest.mark.parametrize("seed", range(4))
def test_any_text(seed: int) -> None:
    assert fuzz(500, seed) is None


@pytest.mark.parametrize("text", ONCE_BROKEN)
def test_once_broken(text: str) -> None:
    assert not broken(text)
