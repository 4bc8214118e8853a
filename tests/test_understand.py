"""Equations as people write them, and the model that each states, as an lme4 formula."""

from __future__ import annotations

import pytest

from notation.errors import ReadError
from notation.reading import Reading
from notation.software.lme4 import write
from notation.text import read_equations
from notation.understand import understand


def readings(text: str) -> tuple[Reading, ...]:
    return tuple(r for page in read_equations(text) for r in understand(page, text))


def the_reading(text: str) -> Reading:
    (found,) = readings(text)
    return found


def formula(text: str) -> str:
    return write(the_reading(text).model)


# ------------------------------------------------------------------ levels and residuals

HIERARCHIES = {
    "y_ij = β_0j + e_ij; β_0j = γ_00 + u_0j": "y ~ 1 + (1 | j)",
    "y_ij = β_0j + β_1j x_ij + e_ij; β_0j = γ_00 + γ_01 w_j + u_0j; β_1j = γ_10 + γ_11 w_j + u_1j": (
        "y ~ x*w + (x | j)"
    ),
    "y_ij = β_0j + β_1j x_ij + e_ij; β_0j = γ_00 + u_0j; β_1j = γ_10": "y ~ x + (1 | j)",
    "y_ij = β_0j + β_1j x_ij + e_ij; β_0j = γ_00; β_1j = γ_10 + u_1j": "y ~ x + (0 + x | j)",
    # A coefficient that carries no index is fixed, and needs no equation.
    "y_ij = α_j + β_1 x_ij + ε_ij; α_j = γ_0 + γ_1 w_j + u_j": "y ~ w + x + (1 | j)",
    # The observation's index is what remains, whichever letter that is.
    "score_ti = π_0i + π_1i time_ti + ε_ti; π_0i = γ_00 + ζ_0i; π_1i = γ_10 + γ_11 age_i + ζ_1i": (
        "score ~ time + time:age + (time | i)"
    ),
    "y_it = a_i + b_i t_it + e_it; a_i = α_0 + η_i; b_i = β_0 + ν_i": "y ~ t + (t | i)",
    # Letters change role: here b is random, and there it is a coefficient.
    "y_ij = β_0 + β_1 x_ij + b_0j + b_1j x_ij + e_ij": "y ~ x + (x | j)",
    "y_ij = b_0 + b_1 x_ij + u_j + e_ij": "y ~ x + (1 | j)",
    "y_ij = μ + τ z_ij + u_j + ε_ij": "y ~ z + (1 | j)",
    # Products of brackets are multiplied out.
    "y_ij = (γ_00 + γ_01 w_j + u_0j) + (γ_10 + γ_11 w_j + u_1j) x_ij + e_ij": "y ~ w*x + (x | j)",
    # Varying coefficients without an equation of their own are fixed and random.
    "y_ij = β_0j + β_1j x_ij + e_ij": "y ~ x + (x | j)",
    "y_ij = β_0j + β_1 x_ij + e_ij": "y ~ x + (1 | j)",
    "y_ijk = β_0jk + e_ijk; β_0jk = β_0k + u_0jk; β_0k = β_0 + v_0k": "y ~ 1 + (1 | k) + (1 | k:j)",
    "y_ijt = π_0ij + π_1ij time_ijt + e_ijt; π_0ij = β_00j + r_0ij; π_1ij = β_10j + r_1ij;"
    "β_00j = γ_000 + u_00j; β_10j = γ_100 + u_10j": "y ~ time + (time | j) + (time | j:i)",
    "y_ijk = β_0 + u_j + v_k + e_ijk": "y ~ 1 + (1 | j) + (1 | k)",
    "y_ijk = β_0 + u_j + v_k + w_jk + e_ijk": "y ~ 1 + (1 | j) + (1 | k) + (1 | j:k)",
    "y_ijkl = δ_0000 + v_l + u_kl + r_jkl + e_ijkl": "y ~ 1 + (1 | l) + (1 | l:k) + (1 | l:k:j)",
    "y_i = β_0 + β_1 x_i + e_i": "y ~ x",
    "y_i = β_0 + β_1 x_i + β_2 x_i^2 + e_i": "y ~ x + I(x^2)",
    # A chain of equal signs ends in the model.
    "y_ij = β_0j + e_ij = γ_00 + u_0j + e_ij": "y ~ 1 + (1 | j)",
    "y_ij = β_0j + β_1j x_ij + e_ij = γ_00 + γ_10 x_ij + u_0j + u_1j x_ij + e_ij": "y ~ x + (x | j)",
}

LOOKUPS = {
    "y_i ~ N(α_j[i], σ²); α_j ~ N(μ_α, σ_α²)": "y ~ 1 + (1 | j)",
    "y_i ~ N(α_j[i] + β x_i, σ²); α_j ~ N(γ_0 + γ_1 w_j, σ_α²)": "y ~ w + x + (1 | j)",
    "y_i = α_j[i] + β x_i + ε_i; α_j ~ N(μ_α, σ_α²)": "y ~ x + (1 | j)",
    "y_i ~ N(μ_i, σ²); μ_i = α_j[i] + β_j[i] x_i; α_j ~ N(a, s²); β_j ~ N(b, t²)": "y ~ x + (x || j)",
    "y_i ~ Normal(μ_i, σ); μ_i = α_school[i] + β x_i; α_j ~ Normal(ᾱ, σ_α); β ~ Normal(0, 1)": (
        "y ~ x + (1 | school)"
    ),
    "y_i = β_0 + β_1 w_j[i] + β_2 x_i + u_j[i] + ε_i": "y ~ w + x + (1 | j)",
    "y_i ~ N(β_0 + γ_j[i] + δ_k[i], σ²); γ_j ~ N(0, σ_γ²); δ_k ~ N(0, σ_δ²)": "y ~ 1 + (1 | j) + (1 | k)",
    # One symbol may be the sum of the statements of its groups.
    "y_i ~ N(α_j[i],k[i], σ²); α_j ~ N(μ_α, σ_a²); α_k ~ N(γ_0 + γ_1 w_k, σ_b²)": (
        "y ~ w + (1 | j) + (1 | k)"
    ),
    # Chained lookups are nested groups.
    "y_i ~ N(α_j[i], σ²); α_j ~ N(a_k[j] + b x_j, σ_α²); a_k ~ N(μ, σ_a²)": "y ~ x + (1 | k) + (1 | k:j)",
}

FAMILIES = {
    "y_i ~ Bernoulli(p_i); logit(p_i) = α_j[i] + β x_i; α_j ~ N(μ, τ²)": ("binomial", "logit", "y ~ x + (1 | j)"),
    "y_i ~ Bernoulli(p_i); p_i = logit^{-1}(η_i); η_i = β_0 + β_1 x_i + u_j[i]": (
        "binomial",
        "logit",
        "y ~ x + (1 | j)",
    ),
    "y_ij ~ Bernoulli(φ_ij); η_ij = log(φ_ij / (1 - φ_ij)); η_ij = β_0j; β_0j = γ_00 + u_0j": (
        "binomial",
        "logit",
        "y ~ 1 + (1 | j)",
    ),
    "y_ij ~ Bernoulli(p_ij); probit(p_ij) = γ_00 + u_0j": ("binomial", "probit", "y ~ 1 + (1 | j)"),
    "y_ij ~ Poisson(λ_ij); log(λ_ij) = β_0j + β_1 x_ij; β_0j = γ_00 + u_0j": (
        "poisson",
        "log",
        "y ~ x + (1 | j)",
    ),
    # Data without a coefficient are an offset.
    "y_ij ~ Poisson(λ_ij); log(λ_ij) = log(n_ij) + γ_00 + u_0j": (
        "poisson",
        "log",
        "y ~ 1 + offset(log(n)) + (1 | j)",
    ),
    "logit(Pr(y_ij = 1)) = γ_00 + γ_10 x_ij + u_j": ("binomial", "logit", "y ~ x + (1 | j)"),
    "Pr(y_i = 1) = logit^{-1}(β_0 + β_1 x_i)": ("binomial", "logit", "y ~ x"),
    "log(wage_ij) = γ_00 + u_0j + e_ij": ("gaussian", "identity", "log(wage) ~ 1 + (1 | j)"),
}


@pytest.mark.parametrize("text", HIERARCHIES)
def test_level_equations(text: str) -> None:
    assert formula(text.replace(";", "\n")) == HIERARCHIES[text]


@pytest.mark.parametrize("text", LOOKUPS)
def test_lookups(text: str) -> None:
    assert formula(text.replace(";", "\n")) == LOOKUPS[text]


@pytest.mark.parametrize("text", FAMILIES)
def test_families(text: str) -> None:
    family, link, wanted = FAMILIES[text]
    model = the_reading(text.replace(";", "\n")).model
    assert (model.family.name, model.family.link, write(model)) == (family, link, wanted)
