"""The cases of the corpus with their models, each read once."""

from __future__ import annotations

from functools import cache

from corpus_pages import Case, read_pages

from notation.model import Model
from notation.verbs import read

ALL = read_pages()
CASES = [case for case in ALL if case.formula]
"""The cases that state a model; the others are texts that are refused."""


def model_of(case: Case) -> Model:
    """The model of a case: its formula with the facts that are given."""
    return _model(CASES.index(case))


@cache
def _model(number: int) -> Model:
    case = CASES[number]
    return read(case.formula, **case.facts)
