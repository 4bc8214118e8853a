"""What authors do differently without meaning anything else, and single slips that do change the meaning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from random import Random

import pytest
from authors import ENVIRONMENTS, MODELS, Author, Line, Lines, Sign
from cases import CASES
from corpus_pages import Case
from hypothesis import given
from hypothesis import strategies as st
from page_slips import habits, slips_of_page

from notation.equations import Equations
from notation.errors import NotationError
from notation.findings import Finding
from notation.markup import write
from notation.model import UNKNOWN, Model
from notation.text import read_equations
from notation.verbs import parse

GROUPS = {"j": "classes", "k": "schools"}

authors = st.builds(
    Author,
    environment=st.sampled_from(sorted(ENVIRONMENTS)),
    font=st.sampled_from([r"\text", r"\mathrm", r"\operatorname", r"\textit", r"\mathit", r"\texttt"]),
    product=st.sampled_from([" ", r"\,", r" \cdot ", r" \times ", " * ", "~"]),
    bracket=st.booleans(),
    space=st.sampled_from([" ", r"\;", r"\quad ", "\n  ", "~"]),
    big=st.booleans(),
    factored=st.booleans(),
    shuffled=st.booleans(),
    indices=st.sampled_from(
        [{}, {"i": "t", "j": "i", "k": "j"}, {"i": "j", "j": "i"}, {"i": "m", "j": "s", "k": "l"}]
    ),
    letters=st.sampled_from(
        [{}, {"u": "v", "ε": "e"}, {"γ": "δ", "u": "ζ"}, {"β": "b", "γ": "g"}, {"r": "w", "π": "α", "ε": "R"}]
    ),
    seed=st.integers(0, 5),
)


def reading(lines: Lines, author: Author) -> tuple[Model, set[str]]:
    """The model with groups of the same names for all authors, and the kinds of what is found."""
    text = author.write(lines)
    used = set("".join(s.indices for left, terms in lines for s in (left, *chain(*terms))))
    groups = {author.indices.get(i, i): name for i, name in GROUPS.items() if i in used}
    (only,) = parse(text, groups=groups).readings
    return only.model, {f.code for f in only.findings}


def comparable(model: Model) -> object:
    """What every manner of writing says of a model; nesting is not told by all."""
    known = {name: level for name, level in model.levels if level is not UNKNOWN}
    return model.response, set(model.fixed), set(model.random), model.family, frozenset(known.items())


@pytest.mark.parametrize("name", MODELS)
@given(author=authors)
def test_habits_do_not_change_the_model(name: str, author: Author) -> None:
    plain, usual = reading(MODELS[name], Author())
    model, found = reading(MODELS[name], author)
    assert comparable(model) == comparable(plain), author.write(MODELS[name])
    assert found <= usual, author.write(MODELS[name])


# ------------------------------------------------------------------ slips


def slips(lines: Lines) -> Iterator[tuple[str, Lines]]:
    """A model with one slip: a term or predictor lost, digits swapped, an index lost or changed."""
    for n, (left, terms) in enumerate(lines):
        for changed in signs(left, lines):
            yield f"{changed} for {left}", (*lines[:n], (changed, terms), *lines[n + 1 :])
        for m, term in enumerate(terms):
            rest = terms[:m] + terms[m + 1 :]
            if rest:
                yield f"without {term}", with_line(lines, n, (left, rest))
            for place, symbol in enumerate(term):
                if place:
                    shorter = term[:place] + term[place + 1 :]
                    yield (
                        f"{term} without {symbol}",
                        with_line(lines, n, (left, (*terms[:m], shorter, *terms[m + 1 :]))),
                    )
                for changed in signs(symbol, lines):
                    new = (*term[:place], changed, *term[place + 1 :])
                    yield (
                        f"{changed} for {symbol}",
                        with_line(lines, n, (left, (*terms[:m], new, *terms[m + 1 :]))),
                    )


def with_line(lines: Lines, number: int, changed: Line) -> Lines:
    return (*lines[:number], changed, *lines[number + 1 :])


def signs(symbol: Sign, lines: Lines) -> Iterator[Sign]:
    """A symbol with two digits swapped, or with one index lost or changed to another."""
    for a in range(len(symbol.digits) - 1):
        swapped = symbol.digits[:a] + symbol.digits[a + 1] + symbol.digits[a] + symbol.digits[a + 2 :]
        if swapped != symbol.digits:
            yield replace(symbol, digits=swapped)
    letters = lines[0][0].indices
    for a, index in enumerate(symbol.indices):
        for other in ("", *letters):
            if other != index and (not other or other not in symbol.indices):
                yield replace(symbol, indices=symbol.indices[:a] + other + symbol.indices[a + 1 :])


@pytest.mark.parametrize("name", MODELS)
def test_no_slip_is_read_as_the_model(name: str) -> None:
    plain, usual = reading(MODELS[name], Author())
    missed = []
    for what, lines in slips(MODELS[name]):
        try:
            model, found = reading(lines, Author())
        except NotationError:
            continue
        if comparable(model) == comparable(plain) and found <= usual:
            missed.append(what)
    assert not missed, "\n".join(missed)


# ------------------------------------------------------------------ the pages of the corpus

BLOCKS = [f"{before}{name}{behind}" for name in ("raudenbush_bryk", "gelman_hill")
          for before, behind in (("", " plain"), ("math ", ""))]  # fmt: skip
SHARE = 4
"""How many slips of each block are tried in one run; the seed is the case, so that a failure comes back."""


def pages_of(case: Case) -> Iterator[tuple[str, Equations]]:
    """The pages in Raudenbush & Bryk's and in Gelman & Hill's notation, each with its markup."""
    for info in BLOCKS:
        text = case.written(info)
        if text is not None:
            (page,) = read_equations(text)
            yield "latex" if info.startswith("math") else "plain", page


def the_reading(text: str) -> tuple[Model | None, frozenset[Finding]]:
    """The one model of a text, and what is found, wherever it stands."""
    readings = parse(text).readings
    found = (replace(f, span=None, line=None, column=None) for r in readings for f in r.findings)
    return readings[0].model if len(readings) == 1 else None, frozenset(found)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_no_slip_on_a_page_is_read_as_its_model(case: Case) -> None:
    missed = []
    for markup, page in pages_of(case):
        model, usual = the_reading(write(page, markup))
        every = list(slips_of_page(page))
        for what, slipped in Random(str(case)).sample(every, min(SHARE, len(every))):
            text = write(slipped, markup)
            try:
                other, found = the_reading(text)
            except NotationError:
                continue
            if other == model and found <= usual:
                missed.append(f"{what}:\n{text}")
    assert not missed, "\n".join(missed)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_habits_on_a_page_do_not_change_its_model(case: Case) -> None:
    for markup, page in pages_of(case):
        model, usual = the_reading(write(page, markup))
        for what, changed in habits(page):
            text = write(changed, markup)
            other, found = the_reading(text)
            assert other == model, f"{what}:\n{text}"
            graver = {f.code for f in found - usual if f.severity != "info"}
            assert not graver, f"{what}:\n{text}"
