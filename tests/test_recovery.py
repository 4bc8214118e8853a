"""The whole chain: a text is read, data are simulated from it, and a fit finds its parameters again."""

from __future__ import annotations

import pytest
from recovery import GENERALIZED, LINEAR, Design, fixed, recover

from notation.parameter_names import name_parameter

SEED = 20


@pytest.mark.parametrize("design", LINEAR + GENERALIZED, ids=lambda d: d.name)
def test_fixed_effects_come_back(design: Design) -> None:
    if design in GENERALIZED:
        pytest.importorskip("mixedlm")
    estimates, truth = design.fit(SEED).estimates, design.values()
    assert set(estimates) == set(truth)
    for parameter in fixed(truth):
        found = estimates[parameter]
        assert found.std_error is not None
        distance = abs(found.value - truth[parameter]) / found.std_error
        assert distance < 3, name_parameter(design.model, parameter)


def test_the_mean_over_replicates_is_the_truth() -> None:
    """A small part of what ``python tests/recovery.py`` shows for each design."""
    table = recover(LINEAR[1], 50)
    assert (table["z"].abs() < 3).all(), table.to_string()
