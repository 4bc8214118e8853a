"""What authors of many schools write, on the page specifications.md, is read as the model they state."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import notation
from notation.model import Model

SECTION = re.compile(
    r"^## (.+)\n\n```lme4\n(.+)\n```\n\n(?:```|~~~~)text\n((?:.*\n)*?)(?:```\s*?(?=\n\n#|\Z)|~~~~$)",
    re.MULTILINE,
)
PAGE = Path(__file__).with_name("specifications.md").read_text(encoding="utf-8")
SPECIFICATIONS = {name: (formula, text) for name, formula, text in SECTION.findall(PAGE)}


def claims(model: Model) -> object:
    """What a formula can say of a model, whatever the order of its terms."""
    plain = notation.read(str(notation.write(model, "lme4")))
    return plain.response, set(plain.fixed), set(plain.random), set(plain.offsets)


def test_every_section_is_found() -> None:
    assert len(SPECIFICATIONS) == PAGE.count("\n## ")


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_specifications(name: str) -> None:
    formula, text = SPECIFICATIONS[name]
    assert claims(notation.read(text)) == claims(notation.read(formula))
