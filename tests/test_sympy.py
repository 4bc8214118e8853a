"""SymPy: level equations substituted into one another are the combined equation and the model's own."""

from __future__ import annotations

from importlib import import_module

import pytest
from cases import CASES, model_of
from corpus_pages import NOTATIONS as ON_PAGES
from corpus_pages import Case
from hypothesis import assume, given
from strategies import models
from sympy_oracle import claim_of_model, claim_of_page

from notation.errors import WriteError
from notation.model import Model
from notation.notations import NOTATIONS
from notation.options import Options


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_equations_of_a_case_say_its_model(case: Case, notation: str) -> None:
    refused = case.written(f"refused {notation}") is not None
    if refused:
        pytest.skip(f"{notation} refuses this model")
    try:
        check(model_of(case), notation)
    except WriteError:
        assert notation not in ON_PAGES  # what these refuse stands on the pages
        pytest.skip(f"{notation} refuses this model")


@pytest.mark.parametrize("notation", NOTATIONS)
def test_the_equations_of_any_model_say_it(notation: str) -> None:
    # Singer & Willett have two levels, and refuse all other models.
    drawn = models(shapes=("two levels",)) if notation == "singer_willett" else models()

    @given(drawn)
    def law(model: Model) -> None:
        try:
            check(model, notation)
        except WriteError:
            assume(False)

    law()


def check(model: Model, notation: str) -> None:
    page = import_module(f"notation.notations.{notation}").write(model, Options())
    assert claim_of_page(page) == claim_of_model(model)
