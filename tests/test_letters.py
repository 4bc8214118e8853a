"""A reading does not depend on letters: other indices and other symbols are the same model.

Some authors let i count the groups and j the observations, some call a random effect v and not u, and
some write coefficients in Latin. What tells a coefficient from an effect is where it stands.
"""

from __future__ import annotations

from importlib import import_module

import pytest
from cases import CASES, model_of
from corpus_pages import Case
from trees import rename

from notation.errors import WriteError
from notation.markup import write as write_page
from notation.notations import NOTATIONS
from notation.options import Options
from notation.verbs import read

RENAMINGS: dict[str, dict[str, dict[str, str]]] = {
    "i and j swapped": {"indices": {"i": "j", "j": "i"}},
    "other index letters": {"indices": {"i": "t", "j": "n", "k": "g", "l": "m"}},
    "other letters of effects": {"bases": {"e": "ϵ", "r": "ζ", "u": "w", "b": "h", "c": "v", "d": "s"}},
    "Latin coefficients": {"bases": {"γ": "g", "β": "b", "π": "p", "ψ": "q", "α": "a"}},
}
PAGES = ("quiz", "textbook", "two-levels", "three-levels", "covariance")
NAMED = [case for case in CASES if case.page in PAGES]


@pytest.mark.parametrize("renaming", RENAMINGS)
@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("case", NAMED, ids=str)
def test_the_model_stays(case: Case, notation: str, renaming: str) -> None:
    model = model_of(case)
    try:
        page = import_module(f"notation.notations.{notation}").write(model, Options())
    except WriteError:
        pytest.skip(f"{notation} refuses this model")
    if renaming == "Latin coefficients" and notation in ("gelman_hill", "mcelreath"):
        pytest.skip("its second level is written in Latin already")
    text = write_page(rename(page, **RENAMINGS[renaming]), "latex", Options())
    assert read(text) == model, text
