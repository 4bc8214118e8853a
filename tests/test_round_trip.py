"""The law of the round trip: read(write(m, n), **lost(m, n)) == m, or an honest refusal to write."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import given, note
from hypothesis.strategies import SearchStrategy
from strategies import models, nasty_models, nasty_names, pages, plain_names, unusual_models, wide_models
from ways import NARROW, UNREAD, WAYS, Way

from notation.equations import Equations
from notation.errors import WriteError
from notation.markup import write as write_page
from notation.model import Model
from notation.options import Options
from notation.text import read_equations

MODELS = {
    "models": models(),
    "wide": wide_models,
    "nasty names": nasty_models,
}


@pytest.mark.parametrize("kind", MODELS)
@pytest.mark.parametrize("way", WAYS, ids=str)
def test_what_is_written_reads_back_to_the_same_model(way: Way, kind: str) -> None:
    outcomes = round_trips(way, MODELS[kind])
    # Refusing is honest, yet a writer that refuses most of the time proves nothing.
    assert {way.to, str(way)} & set(NARROW) or outcomes["written"] > outcomes["refused"], outcomes


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_what_few_can_say_is_said_or_refused(way: Way) -> None:
    assert round_trips(way, unusual_models())["refused"]


@pytest.mark.parametrize("way", UNREAD, ids=str)
def test_code_that_is_not_read_is_written_or_refused(way: Way) -> None:
    @given(models() | nasty_models | unusual_models())
    def law(model: Model) -> None:
        with suppress(WriteError):
            assert way.write(model)

    law()


def round_trips(way: Way, drawn: SearchStrategy[Model]) -> Counter[str]:
    """How many of the models drawn were written and refused; fails where one reads back differently."""
    outcomes: Counter[str] = Counter()

    @given(drawn)
    def law(model: Model) -> None:
        try:
            text = way.write(model)
        except WriteError:
            outcomes["refused"] += 1
            return
        note(text)
        assert way.read_back(model, text) == model
        outcomes["written"] += 1

    law()
    return outcomes


MARKUPS = {"latex": Options(), "plain": Options(), "ascii": Options(ascii=True)}


@pytest.mark.parametrize("names", [plain_names, nasty_names], ids=["plain names", "nasty names"])
@pytest.mark.parametrize("markup", MARKUPS)
def test_a_page_reads_back_as_it_was_written(markup: str, names: SearchStrategy[str]) -> None:
    @given(pages(names))
    def law(page: Equations) -> None:
        text = write_page(page, "plain" if markup == "ascii" else markup, MARKUPS[markup])
        note(text)
        assert read_equations(text) == [page]

    law()
