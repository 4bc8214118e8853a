"""Equations aloud."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import models
from test_describe import CROSSED, LOGIT, ORDINAL, QUIZ, TEXTBOOK, model

from notation.description.speech import speak
from notation.errors import WriteError
from notation.expressions import variables
from notation.model import Model
from notation.names import load
from notation.notations import (
    NOTATIONS,
    combined,
    gelman_hill,
    goldstein,
    laird_ware,
    mcelreath,
    raudenbush_bryk,
    singer_willett,
)
from notation.options import DEFAULT

LINES: list[tuple[Model, object, str]] = [
    (
        TEXTBOOK,
        raudenbush_bryk,
        (
            "beta 1 for school j equals gamma 1 0 plus gamma 1 1 times meanses for school j "
            "plus gamma 1 2 times sector for school j plus u 1 for school j."
        ),
    ),
    (
        TEXTBOOK,
        raudenbush_bryk,
        (
            "u 0 for school j and u 1 for school j are jointly normally distributed, each with mean 0; "
            "with variances tau 0 0 and tau 1 1; and with covariance tau 0 1."
        ),
    ),
    (
        TEXTBOOK,
        gelman_hill,
        (
            "math for student i is normally distributed with mean alpha for the school of student i plus "
            "beta for the school of student i times ses for student i, and variance sigma squared."
        ),
    ),
    (
        QUIZ,
        combined,
        (
            "e for time point i in student j in school k is normally distributed with mean 0, "
            "and variance sigma squared."
        ),
    ),
    (
        ORDINAL,
        raudenbush_bryk,
        (
            "eta m for observation i in unit of g j equals theta m minus beta 0 for unit of g j "
            "minus beta 1 for unit of g j times x for observation i in unit of g j."
        ),
    ),
    (TEXTBOOK, raudenbush_bryk, "The indices i and j count students and schools."),
    (
        QUIZ,
        raudenbush_bryk,
        (
            "r 0 for student j in school k and r 1 for student j in school k are jointly normally "
            "distributed, each with mean 0; with variances tau of pi 0 0 and tau of pi 1 1; "
            "and with covariance tau of pi 0 1."
        ),
    ),
    (
        CROSSED,
        raudenbush_bryk,
        (
            "e for observation i in Worker j and item k is normally distributed with mean 0, "
            "and variance sigma squared."
        ),
    ),
    (CROSSED, gelman_hill, "Workers and items are crossed: neither is nested in the other."),
    (
        CROSSED,
        goldstein,
        (
            "u 0 of classification 2 for the Worker of observation i is normally distributed with mean 0, "
            "and variance sigma squared of u 0 of classification 2."
        ),
    ),
    (
        TEXTBOOK,
        singer_willett,
        (
            "epsilon for student j in school i is normally distributed with mean 0, "
            "and variance sigma squared of epsilon."
        ),
    ),
    (
        TEXTBOOK,
        mcelreath,
        (
            "math for student i is normally distributed with mean mu for student i, "
            "and standard deviation sigma."
        ),
    ),
    (
        model("math ~ ses + (1 | classes)", "pupils"),
        mcelreath,
        "mu for pupil i equals alpha for the class of pupil i plus beta times ses for pupil i.",
    ),
    (
        LOGIT,
        mcelreath,
        (
            "alpha for district j and beta 2 for district j are jointly normally distributed, "
            "with means mu of alpha; mu of beta 2; "
            "with covariance matrix S of alpha times R of alpha times S of alpha, "
            "for districts j from 1 to J."
        ),
    ),
    (TEXTBOOK, mcelreath, "S of alpha equals the diagonal matrix of sigma of alpha and sigma of beta."),
    (
        TEXTBOOK,
        laird_ware,
        "b for school j is normally distributed with mean 0, and covariance matrix Psi.",
    ),
    (QUIZ, raudenbush_bryk, "The indices i, j, and k count time points, students, and schools."),
    (
        LOGIT,
        raudenbush_bryk,
        (
            "use for woman i in district j has a Bernoulli distribution "
            "with probability phi for woman i in district j."
        ),
    ),
    (
        LOGIT,
        raudenbush_bryk,
        "eta for woman i in district j equals the logit of phi for woman i in district j.",
    ),
    (
        model("y ~ x + I(x^2)"),
        combined,
        (
            "y for observation i equals beta 0 plus beta 1 times x for observation i plus "
            "beta 2 times x squared for observation i plus r for observation i."
        ),
    ),
]


@pytest.mark.parametrize(("one", "notation", "line"), LINES)
def test_lines(one: Model, notation: object, line: str) -> None:
    page = notation.write(one, DEFAULT)  # type: ignore[attr-defined]
    assert line in speak(page, {"i": one.observation.name or "observations"}).splitlines()


@given(models())
def test_no_sign_is_left(one: Model) -> None:
    for notation in NOTATIONS:
        try:
            text = speak(load("notations", "notation", notation, NOTATIONS).write(one, DEFAULT))
        except WriteError:
            continue
        names = {*one.variables, *one.group_names, *variables(one.response.expression)}
        names |= set(variables(one.response.trials)) if one.response.trials is not None else set()
        assert not any(sign in text for sign in "~=^_²αβγπστ" if not any(sign in n for n in names)), text
