"""What is written is accepted by KaTeX's strict mode, by MathJax and by pdfLaTeX.

Every model of the corpus in every notation, every kind of expression, and names that are full of commands.
"""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest
from cases import CASES, model_of
from corpus_pages import Case
from rendering import katex_errors, mathjax_errors, pdflatex_errors, require
from written import NODES

from examples.picture import make_picture
from notation.equations import letter, word
from notation.errors import WriteError
from notation.markup.latex import write_node
from notation.notations import NOTATIONS
from notation.verbs import write

pytestmark = pytest.mark.rendering

NASTY_NAMES = [
    "100%_x{y}",
    r"\input{/etc/passwd}",
    r"\end{aligned}",
    "$x$ & #1 ~ ^ \\ { } %",
    "a--b ``c'' <<d>> ?`",
    "}{",
    "$$",
    r"a\\b",
    "<script>alert(1)</script>",
    " spaces  everywhere ",
    "école Straße",
    "σ² in μg",
]
CYRILLIC = ["школа", "Учащиеся_1"]
OTHER_SCRIPTS = ["学校", "مدرسة", "学生 1", "€ 50", "😀"]

NAMES = [write_node(word(name)) for name in NASTY_NAMES]
EXPRESSIONS = [latex for *_, latex in NODES]


@cache
def corpus() -> list[str]:
    """Every model of the corpus in every notation that can say it."""
    return [text for case in CASES for name in NOTATIONS for text in written(case, name)]


def written(case: Case, name: str) -> list[str]:
    try:
        return [str(write(model_of(case), name))]
    except WriteError:
        return []


def is_latin(text: str) -> bool:
    """Whether pdfLaTeX has every character; other scripts are for LuaLaTeX, as the document says."""
    return max(text) < "\u0250"


def test_katex() -> None:
    assert katex_errors(EXPRESSIONS + NAMES + [write_node(word(n)) for n in CYRILLIC]) == []


def test_mathjax() -> None:
    names = [write_node(word(name)) for name in CYRILLIC + OTHER_SCRIPTS]
    assert mathjax_errors(EXPRESSIONS + NAMES + names) == []


def test_katex_lets_letters_through_that_it_cannot_measure() -> None:
    names = [write_node(word(name)) for name in OTHER_SCRIPTS]
    assert katex_errors(names, lenient_characters=True) == []


def test_pdflatex(tmp_path: Path) -> None:
    assert pdflatex_errors(EXPRESSIONS + NAMES, tmp_path) == []


def test_katex_takes_the_corpus() -> None:
    assert katex_errors(corpus()) == []


def test_mathjax_takes_the_corpus() -> None:
    assert mathjax_errors(corpus()) == []


def test_pdflatex_takes_the_corpus(tmp_path: Path) -> None:
    assert pdflatex_errors([text for text in corpus() if is_latin(text)], tmp_path) == []


def test_pdflatex_sets_cyrillic_names(tmp_path: Path) -> None:
    assert pdflatex_errors([write_node(word(name)) for name in CYRILLIC], tmp_path) == []


def test_pictures_are_made(tmp_path: Path) -> None:
    for program in ("pdflatex", "pdftoppm"):
        require(shutil.which(program) is not None, f"{program} is not installed")
    make_picture(write_node(letter("β")), tmp_path / "beta.png")
    assert (tmp_path / "beta.png").read_bytes().startswith(b"\x89PNG")


def test_complaints_are_seen(tmp_path: Path) -> None:
    wrong = ["x", r"\nonsense{x}"]
    for complaints in (katex_errors(wrong), mathjax_errors(wrong), pdflatex_errors(wrong, tmp_path)):
        assert len(complaints) == 1
        assert "nonsense" in complaints[0]
