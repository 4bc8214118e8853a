"""Simulate, fit, recover: designs with known parameters, and what comes back from fits.

As a script it prints, for each design, the mean of each estimate over replicates against the truth, in
Monte-Carlo standard errors:

    python tests/recovery.py [replicates]
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

import notation
from notation.engines import Fit
from notation.model import Model
from notation.parameter_names import name_parameter, resolve
from notation.parameters import Coefficient, Parameter

QUIZ = (Path(__file__).parent.parent / "examples" / "quiz.txt").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Design:
    """A model as text, the truth, and how much data there are."""

    name: str
    text: str
    truth: dict[str, float]
    sizes: dict[str, object] | int
    predictors: dict[str, object] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def model(self) -> Model:
        return notation.read(self.text, **self.facts)

    def values(self) -> dict[Parameter, float]:
        return resolve(self.model, self.truth)

    def fit(self, seed: int) -> Fit:
        data = notation.simulate(self.model, self.truth, self.sizes, seed, self.predictors)
        return notation.fit(self.model, data)


LINEAR = (
    Design(
        "one level",
        "y_i = b_0 + b_1 x_i + b_2 z_i + e_i",
        {"(Intercept)": 1, "x": 2, "z": -1, "Residual": 4},
        300,
    ),
    Design(
        "two levels, random intercepts",
        "math ~ ses + (1 | school)",
        {"(Intercept)": 12, "ses": 2, "Var(school, (Intercept))": 8.6, "Residual": 39},
        {"school": 60, "observations": ("poisson", 20)},
        facts={"levels": {}},
    ),
    Design(
        "two levels, slopes, cross-level interaction",
        "math_ij = β_0j + β_1j ses_ij + r_ij; β_0j = γ_00 + γ_01 sector_j + u_0j; "
        "β_1j = γ_10 + γ_11 sector_j + u_1j",
        {
            "(Intercept)": 12,
            "ses": 3,
            "sector": 2,
            "ses:sector": -1.5,
            "Var(j, (Intercept))": 4,
            "Var(j, ses)": 1,
            "Cov(j, (Intercept), ses)": 0.6,
            "Residual": 36,
        },
        {"j": 80, "observations": (15, 35)},
        {"sector": ("bernoulli", 0.45)},
    ),
    Design(
        "two levels, independent effects, centring within groups",
        "y ~ I(x - ave(x, g)) + ave(x, g) + (I(x - ave(x, g)) || g)",
        {
            "(Intercept)": 5,
            "I(x - ave(x, g))": 1,
            "ave(x, g)": 3,
            "Var(g, (Intercept))": 2,
            "Var(g, I(x - ave(x, g)))": 1,
            "Residual": 9,
        },
        {"g": 60, "observations": 15},
        facts={"levels": {}},
    ),
    Design(
        "three levels: the quiz",
        QUIZ,
        {
            "(Intercept)": 50,
            "Size": -1,
            "FRL": -4,
            "FRL:Size": 0.5,
            "week": 2,
            "week:Size": 0.3,
            "week:FRL": -0.5,
            "SD(schools, (Intercept))": 3,
            "SD(schools, FRL)": 1.5,
            "SD(schools, week)": 0.7,
            "Cor(schools, (Intercept), FRL)": -0.3,
            "Cor(schools, (Intercept), week)": 0.2,
            "Cor(schools, FRL, week)": 0.1,
            "SD(students, (Intercept))": 4,
            "SD(students, week)": 0.8,
            "Cor(students, (Intercept), week)": 0.25,
            "SD(Residual)": 3,
        },
        {"schools": 40, "students": (12, 20), "time points": 5},
        {"week": range(5), "FRL": ("bernoulli", 0.5)},
    ),
    Design(
        "crossed factors",
        "diameter ~ dose + (1 | plate) + (1 | sample)",
        {
            "(Intercept)": 23,
            "dose": 0.5,
            "Var(plate, (Intercept))": 0.72,
            "Var(sample, (Intercept))": 3.7,
            "Residual": 0.3,
        },
        {"plate": 24, "sample": 15, "observations": 1},
        facts={"nesting": ["plate x sample"], "levels": {"plate": ["dose"]}},
    ),
    Design(
        "categories and cells",
        "score ~ Machine + (1 | Worker) + (1 | Worker:Machine)",
        {
            "(Intercept)": 52,
            "MachineB": 8,
            "MachineC": 14,
            "Var(Worker, (Intercept))": 22,
            "Var(Machine, (Intercept))": 14,
            "Residual": 1,
        },
        {"Worker": 30, "observations": 3},
        facts={"categories": {"Machine": ["A", "B", "C"]}, "levels": {"Machine": ["Machine"]}},
    ),
    Design(
        "weights",
        "lmer(y ~ x + (1 | g), weights = w)",
        {"(Intercept)": 1, "x": 1, "Var(g, (Intercept))": 1, "Residual": 4},
        {"g": 50, "observations": 12},
        {"w": ("integers", 1, 5)},
        facts={"levels": {}},
    ),
)
"""Designs that every installation can fit."""

GENERALIZED = (
    Design(
        "logistic",
        "y ~ x + z + (1 | g)",
        {"(Intercept)": -0.5, "x": 1, "z": 0.7, "Var(g, (Intercept))": 1},
        {"g": 60, "observations": (15, 25)},
        {"z": ("bernoulli", 0.5)},
        facts={"levels": {"g": ["z"]}, "family": "binomial"},
    ),
    Design(
        "counts",
        "y ~ x + (1 | g)",
        {"(Intercept)": 1, "x": 0.3, "Var(g, (Intercept))": 0.2},
        {"g": 60, "observations": 10},
        facts={"levels": {}, "family": "poisson"},
    ),
)
"""Designs that need mixedlm."""


def fixed(values: dict[Parameter, float]) -> list[Parameter]:
    """The fixed coefficients among the parameters."""
    return [p for p in values if isinstance(p, Coefficient)]


def recover(design: Design, replicates: int, first_seed: int = 1) -> pd.DataFrame:
    """Truth, mean estimate, and their difference in Monte-Carlo standard errors, by parameter."""
    model, truth = design.model, design.values()
    fits = [design.fit(seed) for seed in range(first_seed, first_seed + replicates)]
    rows = []
    for parameter, value in truth.items():
        found = np.array([fit.estimates[parameter].value for fit in fits])
        error = found.std(ddof=1) / replicates**0.5
        rows.append(
            (name_parameter(model, parameter), value, found.mean(), error, (found.mean() - value) / error)
        )
    return pd.DataFrame(rows, columns=["parameter", "truth", "mean", "error", "z"])


def main(replicates: int) -> None:
    for number, design in enumerate(
        (*LINEAR, *GENERALIZED), 1
    ):  # seeds of their own: no two designs share their noise
        print(f"\n{design.name}, {replicates} replicates")
        print(recover(design, replicates, 1000 * number).to_string(index=False, float_format="{:.3f}".format))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
