"""What authors do differently without meaning anything else, and single slips that do change the meaning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

import pytest
from authors import ENVIRONMENTS, MODELS, Author, Line, Lines, Sign
from hypothesis import given
from hypothesis import strategies as st

from notation.errors import NotationError
from notation.model import UNKNOWN, Model
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
