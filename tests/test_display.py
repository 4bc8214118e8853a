"""Rendered: a string that notebooks show as mathematics."""

from __future__ import annotations

import copy
import pickle

import pytest

from notation.display import Rendered
from notation.equations import Equation, Equations, letter, word
from notation.markup import write
from notation.options import Options

PAGE = Equations((Equation((word("math"), letter("β"))),))
LATEX = "\\begin{aligned}\n\\text{math} &= \\beta\n\\end{aligned}"


def render(markup: str, page: Equations = PAGE, **options: bool) -> Rendered:
    chosen = Options(**options)
    return Rendered(write(page, markup, chosen), markup, ("levels",), page, chosen)


@pytest.mark.parametrize("markup", ["latex", "plain"])
@pytest.mark.parametrize("document", [False, True])
@pytest.mark.parametrize("ascii_", [False, True])
def test_notebooks_get_mathematics(markup: str, document: bool, ascii_: bool) -> None:
    bundle = render(markup, document=document, ascii=ascii_)._repr_mimebundle_()
    assert set(bundle) == {"text/markdown", "text/latex", "text/plain"}
    assert bundle["text/markdown"] == bundle["text/latex"] == f"$$\n{LATEX}\n$$"
    assert bundle["text/plain"] in ("math = β", "math = beta")


def test_it_is_its_text() -> None:
    rendered = render("latex")
    assert rendered == LATEX
    assert type(str(rendered)) is str
    assert (rendered.markup, rendered.losses, rendered.equations) == ("latex", ("levels",), PAGE)


def test_a_formula_is_shown_as_code() -> None:
    bundle = Rendered("y ~ `a` + ```b```", "code")._repr_mimebundle_()
    assert bundle == {
        "text/markdown": "````\ny ~ `a` + ```b```\n````",
        "text/plain": "y ~ `a` + ```b```",
    }


def test_what_latex_cannot_set_is_shown_as_text() -> None:
    page = Equations((Equation((word("a\nb"), letter("β"))),))
    assert render("plain", page)._repr_mimebundle_() == {"text/plain": r"`a\nb` = β"}


@pytest.mark.parametrize("clone", [copy.copy, copy.deepcopy, lambda r: pickle.loads(pickle.dumps(r))])
def test_copies_keep_what_belongs_to_the_text(clone: object) -> None:
    rendered = render("plain", ascii=True)
    assert callable(clone)
    copied = clone(rendered)
    assert copied == rendered
    assert copied.losses == rendered.losses
    assert copied.equations == PAGE
    assert copied.options == rendered.options
