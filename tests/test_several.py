"""Texts that state several models: told apart, listed, chosen; and texts that state one model twice."""

from __future__ import annotations

import pytest

from notation.errors import ReadError
from notation.verbs import parse, read, write

NULL = "math_ij = β_0j + r_ij\nβ_0j = γ_00 + u_0j\n"
SLOPE = "math_ij = β_0j + β_1j ses_ij + r_ij\nβ_0j = γ_00 + γ_01 sector_j + u_0j\nβ_1j = γ_10 + u_1j\n"
OTHER = "read_ij = β_0j + r_ij\nβ_0j = γ_00 + γ_01 size_j + u_0j\n"
BAYES = "y_i ~ N(α_j[i], σ_y^2)\nα_j ~ N(μ, σ_α^2)\n"
LAW = "r_ij ~ N(0, σ^2)\n"
BAYES_SLOPE = "y_i ~ N(α_j[i] + β x_i, σ_y^2)\nα_j ~ N(γ_0 + γ_1 w_j, σ_α^2)\n"
COMBINED = "math_ij = γ_00 + γ_01 sector_j + γ_10 ses_ij + u_0j + u_1j ses_ij + r_ij\n"

QUARTO = r"""---
title: Schools
---
# The null model

$$
\begin{aligned}
\text{math}_{ij} &= \beta_{0j} + r_{ij} \\
\beta_{0j} &= \gamma_{00} + u_{0j}
\end{aligned}
$$

The intraclass correlation is $\rho = \tau_{00} / (\tau_{00} + \sigma^2)$.

```{r}
fit <- lmer(math ~ 1 + (1 | school))
```

# With a predictor

$$\text{math}_{ij} = \beta_{0j} + \beta_{1j} \text{ses}_{ij} + r_{ij}$$

$$\beta_{0j} = \gamma_{00} + u_{0j}$$
$$\beta_{1j} = \gamma_{10} + u_{1j}$$
"""

# text, the formulas of its models
TEXTS = [
    (NULL, ["math ~ 1 + (1 | j)"]),
    (NULL + SLOPE, ["math ~ 1 + (1 | j)", "math ~ sector + ses + (ses | j)"]),
    (NULL + OTHER, ["math ~ 1 + (1 | j)", "read ~ size + (1 | j)"]),
    (
        SLOPE + OTHER + NULL,
        ["math ~ sector + ses + (ses | j)", "read ~ size + (1 | j)", "math ~ 1 + (1 | j)"],
    ),
    (BAYES + BAYES_SLOPE, ["y ~ 1 + (1 | j)", "y ~ w + x + (1 | j)"]),
    (QUARTO, ["math ~ 1 + (1 | j)", "math ~ ses + (ses | j)"]),
    (SLOPE + COMBINED, ["math ~ sector + ses + (ses | j)"]),
    (NULL + NULL, ["math ~ 1 + (1 | j)"]),
    (
        SLOPE + "u_0j and u_1j are independent.\n" + OTHER,
        ["math ~ sector + ses + (ses || j)", "read ~ size + (1 | j)"],
    ),
    (
        NULL + LAW + OTHER + LAW,
        ["math ~ 1 + (1 | j)", "read ~ size + (1 | j)"],
    ),
]


@pytest.mark.parametrize(("text", "formulas"), TEXTS)
def test_models_are_told_apart(text: str, formulas: list[str]) -> None:
    assert [str(write(r.model, "lme4")) for r in parse(text).readings] == formulas


@pytest.mark.parametrize(("text", "formulas"), [row for row in TEXTS if len(row[1]) > 1])
def test_one_is_chosen(text: str, formulas: list[str]) -> None:
    for number, formula in enumerate(formulas, 1):
        assert str(write(read(text, which=number), "lme4")) == formula
    with pytest.raises(ReadError, match=f"states {len(formulas)} models") as refusal:
        read(text)
    assert all(formula in str(refusal.value) for formula in formulas)


def test_each_reading_has_its_own_place() -> None:
    first, second = (r.span for r in parse(NULL + OTHER).readings)
    assert first is not None
    assert second is not None
    assert first.end <= second.start


BROKEN = "math_ij = β_0j + β_1j ses_ij + r_ij\nβ_0j = γ_00 + u_0k\nβ_1j = γ_10 + u_1j\n"
DANGLING = "math_ij = β_0j + β_1j ses_ij + r_ij\nβ_0j = γ_00 + u_0j\nβ_1j = γ_10 +\n"

# text, the formulas of the models that can be read, the line of the one that cannot
PARTLY = [
    (NULL + BROKEN, ["math ~ 1 + (1 | j)"], 4),
    (BROKEN + OTHER, ["read ~ size + (1 | j)"], 2),
    (NULL + BROKEN + OTHER, ["math ~ 1 + (1 | j)", "read ~ size + (1 | j)"], 4),
    (NULL + DANGLING + OTHER, ["math ~ 1 + (1 | j)", "read ~ size + (1 | j)"], 5),
]


@pytest.mark.parametrize(("text", "formulas", "line"), PARTLY)
def test_one_that_cannot_be_read_leaves_the_others(text: str, formulas: list[str], line: int) -> None:
    document = parse(text)
    assert [str(write(r.model, "lme4")) for r in document.readings] == formulas
    (finding,) = document.findings
    assert (finding.code, finding.severity, finding.line) == ("unreadable-model", "error", line)
    assert str(write(read(text, which=1), "lme4")) == formulas[0]
    with pytest.raises(ReadError, match=f"not readable, line {line}"):
        read(text)
