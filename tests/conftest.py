"""Options of the test run, and how many examples Hypothesis draws."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings

SLOW_STARTS = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("dev", max_examples=40, deadline=None, suppress_health_check=SLOW_STARTS)
# On a build server machines are slow and shared, so time is not judged there; each run draws the same.
settings.register_profile(
    "ci",
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=SLOW_STARTS,
    phases=[Phase.explicit, Phase.generate],
)
settings.register_profile("thorough", max_examples=2000, deadline=None, suppress_health_check=SLOW_STARTS)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept",
        action="store_true",
        help="rewrite what the program writes on the pages of tests/corpus, where it reads back",
    )


@pytest.fixture
def accepting(request: pytest.FixtureRequest) -> bool:
    """Whether the pages of the corpus are to be rewritten."""
    return bool(request.config.getoption("--accept"))
