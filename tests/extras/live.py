"""Live results of the optional engines give what the frozen ones gave: ``make test-extras``.

Each file is taken anew and compared; the posterior of bambi only in its order of size, since it is drawn.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np  # noqa: F401  bambi looks for the names of its formula here
import pytest

import notation
from extras.frozen import FOLDER, FORMULA, live, machines
from notation.engines.results import take_apart

KEPT = dict(live())


@pytest.mark.parametrize("name", [n for n in KEPT if n != "bambi"])
def test_the_result_is_as_it_was_frozen(name: str) -> None:
    frozen = flat(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))
    found = flat(json.loads(json.dumps(KEPT[name], default=lambda x: x.item())))
    assert set(found) == set(frozen)
    for place, value in frozen.items():
        expected = pytest.approx(value, rel=1e-4, nan_ok=True) if isinstance(value, float) else value
        assert found[place] == expected, place


def flat(item: Any, path: str = "") -> dict[str, Any]:
    """The numbers and texts of a tree by their places."""
    if isinstance(item, dict):
        return {k: v for name, part in item.items() for k, v in flat(part, f"{path}/{name}").items()}
    if isinstance(item, list):
        return {k: v for n, part in enumerate(item) for k, v in flat(part, f"{path}/{n}").items()}
    return {path: item}


def test_bambi() -> None:
    import bambi

    model = bambi.Model(FORMULA, machines())
    posterior = model.fit(draws=200, tune=500, chains=2, random_seed=2, cores=1)
    found, estimates = take_apart((model, posterior))
    formula = "lmer(score ~ Machine + log(x) + (x || Worker), data = d)"
    assert notation.write(found, "lme4", call=True) == formula
    expected = take_apart(notation.fit(formula, machines()))[1]
    for parameter, estimate in estimates.items():
        assert abs(estimate.value - expected[parameter].value) < 3 * (estimate.std_error or 0)


def test_rpy2() -> None:
    from rpy2.robjects import r

    r("library(lme4)")
    text = notation.equation(
        r("lmer(Reaction ~ Days + (Days | Subject), sleepstudy)"), "gh", markup="plain", legend=False
    )
    assert text.startswith("Reaction_i ~ N(α_j[i] + β_j[i] Days_i, 25.59²)")
    assert "[24.74² 9.60; 9.60 5.92²]" in text


def test_pymer4() -> None:
    from rpy2.robjects.packages import isinstalled

    if not isinstalled("lmerTest"):
        pytest.skip("pymer4 needs the R package lmerTest")
    from pymer4.models import Lmer

    fitted = Lmer("score ~ Machine + (1 | Worker)", data=machines())
    fitted.fit(summary=False)
    assert notation.write(notation.read(fitted), "lme4") == "score ~ Machine + (1 | Worker)"
