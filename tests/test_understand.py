"""Equations as people write them, and the model that each states, as an lme4 formula."""

from __future__ import annotations

import timeit

import pytest

import notation
from notation.equations import (
    Digit,
    Equation,
    Equations,
    Index,
    Number,
    Power,
    Product,
    Sum,
    Symbol,
    letter,
    word,
)
from notation.errors import ReadError
from notation.expressions import INTERCEPT, Term, Variable
from notation.model import OBSERVATION, UNKNOWN, Nested
from notation.parameters import Coefficient, ResidualVariance, Variance
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


def lines(text: str) -> str:
    """Statements that a row of a table holds side by side."""
    return text.replace(";", "\n") if "[" not in text else _outside_brackets(text)


def _outside_brackets(text: str) -> str:
    depth, found = 0, ""
    for character in text:
        depth += (character == "[") - (character == "]")
        found += "\n" if character == ";" and not depth else character
    return found


X = Term((Variable("x"),))


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
    "y_ij = (γ_00 + γ_01 w_j + u_0j) + (γ_10 + γ_11 w_j + u_1j) x_ij + e_ij": "y ~ x*w + (x | j)",
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
    # The time t of t_ti is data, and no coefficient.
    r"$$y_{ti} = e_{0i} + e_{1i} t_{ti} + \varepsilon_{ti}$$; $$e_{0i} = g_{00} + w_{0i}$$;"
    r"$$e_{1i} = g_{10} + w_{1i}$$": "y ~ t + (t | i)",
    # A dot stands for the index that a mean was taken over, with or without a bar.
    "y_ij = b_0 + b_1 (x_ij - x_.j) + b_2 x_.j + u_j + e_ij": "y ~ I(x - ave(x, j)) + ave(x, j) + (1 | j)",
    "Y_ij = β_0j + β_1j*(SES_ij - SES.j) + r_ij; β_0j = γ_00 + γ_01*(SES.j) + u_0j; β_1j = γ_10": (
        "Y ~ ave(SES, j) + I(SES - ave(SES, j)) + (1 | j)"
    ),
    "(score)ti = π0i + π1i (time)ti + eti; π0i = β00 + r0i; π1i = β10 + r1i": "score ~ time + (time | i)",
    # Brackets that nest are no lookups.
    r"$$y_{ijk} = \mu + a_i + b_{j(i)} + e_{k(ij)}$$": "y ~ 1 + (1 | i) + (1 | i:j)",
    "y_{i(jk)} = γ_00 + u_0j + v_0k + e_{i(jk)}": "y ~ 1 + (1 | j) + (1 | k)",
    # A number before a coefficient gives its variable other units.
    "y_ij = β_0 + 2 β_1 x_ij + u_j + e_ij": "y ~ I(2 * x) + (1 | j)",
    "y_ij = β_0 + 2 β_1j x_ij + e_ij; β_1j = γ_10 + u_1j": "y ~ I(2 * x) + (0 + I(2 * x) | j)",
    "y_ij = β_0 + β_1 x_ij / 2 + u_j + e_ij": "y ~ I(x / 2) + (1 | j)",
    # Matrices that name their columns.
    "y_ij = X_ij β + Z_ij b_j + e_ij; X_ij = (1, x_ij); β = (β_0, β_1); Z_ij = (1, x_ij); b_j = (b_0j, b_1j);"
    "b_j ~ N(0, Ψ)": "y ~ x + (x | j)",
    "y_i = β X_i + e_i": "y ~ 0 + X",
    "y_ij = X_ij β + Z_ij b_j + e_ij; X_ij = (1, x_ij, w_j); Z_ij = (1, x_ij); b_j ~ N(0, Ψ)": (
        "y ~ x + w + (x | j)"
    ),
    # Numbers may stand in the place of coefficients.
    "y_ij = 3.2 + 0.5 x_ij - 1.2 w_j + u_0j + e_ij": "y ~ x + w + (1 | j)",
    # MLwiN's constant is 1, and its intercept carries the residual.
    "y_ij = β_0ij x_0 + β_1 x_1ij; β_0ij = β_0 + u_0j + e_0ij": "y ~ x1 + (1 | j)",
    # Without any index, levels and letters must do.
    "Y = P0 + P1*(SES) + E; P0 = B00 + B01*(SIZE) + R0; P1 = B10 + R1": "Y ~ SIZE + SES + (SES | j)",
    "y_ij = 12.64 [12.1, 13.1] - 0.2 [-0.4, 0.1] x_ij + u_j + e_ij": "y ~ x + (1 | j)",
    # The response may stand behind.
    "β_0 + β_1 x_ij + u_j + e_ij = y_ij": "y ~ x + (1 | j)",
    r"$$12.64 + 2.19 x_{ij} = \hat{y}_{ij}$$": "y ~ x",
    # Names that are glued to the numbers of their coefficients.
    "y_ij = γ_00 + γ_10ses_ij + γ_01w_j + u_0j + u_1jx_ij + e_ij": "y ~ ses + w + (x | j)",
    # A line that is repeated says nothing more, however often.
    "y_ij = β_0j + e_ij; " * 500 + "β_0j = γ_00 + u_0j; β_0j = γ_00 + u_0j": "y ~ 1 + (1 | j)",
    "y_ij = γ_0 + γ_1 x_ij + σ_0 z_0j + σ_1 z_1j x_ij + e_ij; z_0j ~ N(0, 1); z_1j ~ N(0, 1)": (
        "y ~ x + (x || j)"
    ),
    # Persons and items are no Greek letter.
    "Y_pi = β_0 + θ_p + b_i + e_pi": "Y ~ 1 + (1 | p) + (1 | i)",
    # Without an index on the response, the observations have one of their own.
    "y = a_j + b*x + e; a_j ~ N(m, t²)": "y ~ x + (1 | j)",
    "y = β_0j + β_1j x + e; β_0j = γ_00 + u_0j; β_1j = γ_10 + u_1j": "y ~ x + (x | j)",
    "y = β_0jk + β_1 x + e; β_0jk = γ_k + u_jk; γ_k = δ + v_k": "y ~ x + (1 | k) + (1 | k:j)",
    # Capitals below a coefficient are labels.
    r"$$y_{ij} = \gamma_0 + \gamma_W x^W_{ij} + \gamma_B x^B_j + u_j + e_{ij}$$": "y ~ x_W + x_B + (1 | j)",
    # The interaction of effects by their letters.
    "Y_ijk = μ + A_i + B_j + (AB)_ij + S_k + e_ijk; S_k ~ N(0, σ²_S)": "Y ~ factor(i)*factor(j) + (1 | k)",
    # Numbers of equations are no factors.
    "(1) y_ij = β_0j + β_1 x_ij + e_ij; (2) β_0j = γ_00 + u_0j": "y ~ x + (1 | j)",
    "y_ij = β_0j + β_1 x_ij + e_ij   (1a); β_0j = γ_00 + u_0j   (1b)": "y ~ x + (1 | j)",
    "y_ij = β_0j + β_1 x_ij + e_ij, (3.1); β_0j = γ_00 + u_0j. (3.2)": "y ~ x + (1 | j)",
    "1. y_ij = β_0j + β_1 x_ij + e_ij; 2. β_0j = γ_00 + u_0j": "y ~ x + (1 | j)",
    # Letters behind the digits of coefficients are indices, whichever they are.
    "joy_ic = β_0c + β_1c sun_ic + ε_ic; β_0c = γ_00 + γ_01 gdp_c + u_0c; β_1c = γ_10 + u_1c": (
        "joy ~ gdp + sun + (sun | c)"
    ),
    # An index may have two letters, where commas part it from others.
    r"$$y_{t,id} = \pi_{0,id} + \beta x_{t,id} + e_{t,id}$$; $$\pi_{0,id} = g_0 + g_1 z_{id} + u_{id}$$": (
        "y ~ z + x + (1 | id)"
    ),
    # Rows and columns that are written in their place; an interaction with a colon; an indicator.
    r"$$y_{ij} = \begin{bmatrix}1 & t_{ij}\end{bmatrix}\begin{bmatrix}\beta_0\\ \beta_1\end{bmatrix}"
    r" + u_i + e_{ij}$$": "y ~ t + (1 | i)",
    "y_ij = b_0 + b_1 x_ij + b_2 w_j + b_3 x_ij:w_j + u_j + e_ij": "y ~ x*w + (1 | j)",
    r"$$y_{ij} = b_0 + b_1 \mathbb{1}(\text{sex}_{ij} = \text{female}) + u_j + e_{ij}$$": "y ~ sex + (1 | j)",
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
    # The variance of u^(2) is labelled u(2).
    r"$$y_i = \beta_0 + u^{(2)}_{class(i)} + e_i$$; $$u^{(2)}_{class(i)} \sim N(0, \sigma^2_{u(2)})$$": (
        "y ~ 1 + (1 | class)"
    ),
    # A prior with nothing to learn belongs to the categories of a fixed factor.
    "y_i ~ Normal(μ_i, σ); μ_i = α_actor[i] + β_treatment[i]; α_j ~ Normal(a, τ); β_k ~ Normal(0, 0.5);"
    "a ~ Normal(0, 1)": "y ~ factor(treatment) + (1 | actor)",
    # Brackets as programs write them.
    "y_i = a[g[i]] + b*x_i + e_i; a[j] ~ N(m, s²)": "y ~ x + (1 | j)",
    "y[i] ~ normal(mu[i], sigma); mu[i] = alpha[school[i]] + beta[1] * x[i] + beta[2] * z[i];"
    "alpha[school] ~ normal(mu_a, tau)": "y ~ x + z + (1 | school)",
    "y[i,j] = b0[j] + b1[j]*x[i,j] + e[i,j]; b0[j] = g00 + u0[j]; b1[j] = g10 + u1[j]": "y ~ x + (x | j)",
    "y[ij] = b_0 + b_1 x[ij] + u[j] + e[ij]": "y ~ x + (1 | j)",
    "y_i ~ Normal(μ_i, σ); μ_i = α[school[i]] + β x_i; α_j ~ Normal(a, τ)": "y ~ x + (1 | school)",
    r"$$y_i = \alpha[\text{school}[i]] + \beta x[i] + \epsilon_i$$; $$\alpha[j] \sim N(\mu, \tau^2)$$": (
        "y ~ x + (1 | school)"
    ),
    # A scale times a standard normal variable is a random effect.
    "y_i ~ Normal(μ_i, σ); μ_i = α + z_tank[i] σ_α + β x_i; z_j ~ Normal(0, 1); σ_α ~ Exponential(1)": (
        "y ~ x + (1 | tank)"
    ),
    # Chained lookups are nested groups.
    "y_i ~ N(α_j[i], σ²); α_j ~ N(a_k[j] + b x_j, σ_α²); a_k ~ N(μ, σ_a²)": "y ~ x + (1 | k) + (1 | k:j)",
}

FAMILIES = {
    "y_i ~ Bernoulli(p_i); logit(p_i) = α_j[i] + β x_i; α_j ~ N(μ, τ²)": (
        "binomial",
        "logit",
        "y ~ x + (1 | j)",
    ),
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
    "y_ij = γ_0 + γ_1 x_ij - offset(z_ij) + u_j + e_ij": (
        "gaussian",
        "identity",
        "y ~ x + offset(-z) + (1 | j)",
    ),
    # Data without a coefficient are an offset.
    "y_ij ~ Poisson(λ_ij); log(λ_ij) = log(n_ij) + γ_00 + u_0j": (
        "poisson",
        "log",
        "y ~ 1 + offset(log(n)) + (1 | j)",
    ),
    "logit(Pr(y_ij = 1)) = γ_00 + γ_10 x_ij + u_j": ("binomial", "logit", "y ~ x + (1 | j)"),
    "p_ij = 1/(1 + exp(-(β_0j + β_1 x_ij))); β_0j = γ_00 + u_0j": ("binomial", "logit", "p ~ x + (1 | j)"),
    "Pr(y_i = 1) = logit^{-1}(β_0 + β_1 x_i)": ("binomial", "logit", "y ~ x"),
    "log(Pr(y_ij = 1) / Pr(y_ij = 0)) = β_0 + β_1 x_ij + u_j": ("binomial", "logit", "y ~ x + (1 | j)"),
    r"$$n_{ij} \sim \text{Poisson}(e^{\eta_{ij}})$$; $$\eta_{ij} = \beta_0 + \beta_1 x_{ij} + u_j$$": (
        "poisson",
        "log",
        "n ~ x + (1 | j)",
    ),
    "log(wage_ij) = γ_00 + u_0j + e_ij": ("gaussian", "identity", "log(wage) ~ 1 + (1 | j)"),
}


SLOPES = "y_ij = γ_00 + γ_10 x_ij + u_0j + u_1j x_ij + e_ij;"

COVARIANCES = {
    "(u_0j, u_1j) ~ N((0, 0), [τ_00 τ_01; τ_10 τ_11])": "(x | j)",
    "(u_0j, u_1j) ~ N(0, Σ)": "(x | j)",
    "(u_0j, u_1j) ~ N((0, 0), [τ_00 0; 0 τ_11])": "(x || j)",
    "u_0j ~ N(0, τ_00); u_1j ~ N(0, τ_11)": "(x || j)",
    "Var(u_0j) = τ_00; Var(u_1j) = τ_11; Cov(u_0j, u_1j) = τ_01": "(x | j)",
    "Var(u_0j) = τ_00; Var(u_1j) = τ_11": "(x || j)",
    "": "(x | j)",
}

NUMBERS = {
    "y_ij = 12.64 + 2.19 x_ij + u_j + e_ij; u_j ~ N(0, 2.93²); e_ij ~ N(0, 39.15)": {
        Coefficient(INTERCEPT): 12.64,
        Coefficient(X): 2.19,
        Variance("j", INTERCEPT): 2.93**2,
        ResidualVariance(): 39.15,
    },
    "y_i ~ N(α_j[i] - 0.5 x_i, 36); α_j ~ N(12.64, 8.61)": {
        Coefficient(INTERCEPT): 12.64,
        Coefficient(X): -0.5,
        Variance("j", INTERCEPT): 8.61,
        ResidualVariance(): 36.0,
    },
}

REFUSALS = {
    "firing rate_ij = β_0j + β_1j x_ij + e_ij; β_0j = γ_00 + u_0j; β_1j = γ_10": "begins with several words",
    "y_ij = β_0j + e_ij; β_0j = γ_00 + u_0k": "carries the index k",
    "y_ij = β_0j + β_1j x_ij + e_ij; β_0j = γ_00 + u_0j; β_1j = γ_10 + u_0j": "is used for two terms",
    "y_ij = β_0j + e_ij; β_0j = γ_00 + u_0j; β_1j = γ_10 + u_1j": "does not lead to it",
    "y_ij = β_0j + e_ij; β_0j = γ_00 + u_0j; β_0j = γ_01 + u_0j": "another equation for β_0j already",
    "; ".join(f"y_ij = β_{n} + u_j + e_ij" for n in range(30)): "The response has 30 equations",
    "y_ij ~ Weibull(μ_ij, k); μ_ij = β_0 + u_j": "the distribution Weibull has no family",
    "y_ij = β_0 + γ_0 + u_j + e_ij": "Two coefficients",
    "y_ij = β_0 + β_1 γ_2 x_ij + u_j + e_ij": "multiplied with each other",
    "y_ij = β_0 + ses_ij + u_j + e_ij": "no coefficient and no random effect",
    "y_ij = β_0j + e_i; β_0j = γ_0 + u_j": "residual",
    "y_ij = β_0j + e_ij; β_0 = γ_00 + u_0j": "other indices than in its own equation",
    "u_j ~ N(0, τ²); e_ij ~ N(0, σ²)": "No equation for an outcome",
    "y = X β + Z b + ε": "which columns X holds",
    "Y = Xβ + Zu + e": "which columns X holds",
    "Y = XB + ZU + E": "which columns X holds",
    "y ~ gamma_00": "no distribution stands behind ~",
    "y_ij ~ β_0j + β_1 x_ij + e_ij; β_0j = γ_00 + u_0j": "no distribution stands behind ~",
    "y_i = α_j[i] + X_i β + e_i; α_j ~ N(μ, τ²)": "which columns X holds",
    "y_i ~ N(X_i B_j[i], σ²); B_j ~ N(M_B, Σ_B)": "which columns X holds",
    "y_ij = x_ij' β + z_ij' b_j + e_ij": "does not name its predictors",
    "y_ij = β_0j + β_1 x_ij + e_ij; β_0j = γ_00 + γ_01 x_j + u_0j": "x_j and x_ij have one name",
    "y_ij = β_0j + β_1j x_ij + e_ij; β_0j = γ_00 + γ_01 x + u_0j; β_1j = γ_10": "x and x_ij have one name",
    "y_ij = β_0 + β_1 x_ij + β_2 x_j w_ij + u_j + e_ij": "x_ij and x_j have one name",
    "y_ij = β_0j + β_1j x_ij + e_ij; β_0j = γ_00 + u_0j; β_1j = γ_10; γ_10 = 1": "fixed to a number",
    "y_ij = β_0j + β_1j x_ij + e_ij; β_0j = γ_00 + u_0j; β_1j = 1": "fixed to a number",
    "y_ij = β_0 + 2 u_j + e_ij": "fixed to a number",
    "y_ij = 2 β_0 + u_j + e_ij": "no variable",
    "y_ij = β_0 + β_1 1(x_ij > 3) + u_j + e_ij": "comparison > is no number",
    "y_ij = β_0j + β_1 x_ij e_ij; β_0j = γ_00 + u_0j": "looks like the residual",
    "y_ij = β_0j + β_1 x_ij^β_2 + e_ij; β_0j = γ_00 + u_0j": "coefficient as its exponent",
    "Δy_ij = β_0j + e_ij; β_0j = γ_00 + u_0j": "product with Δ",
    "y_ij = γ_0 + u_i + e_ij; where i indexes pupils and j indexes schools; pupils are nested in schools": (
        "pupils are nested in schools"
    ),
    "y_ij ~ Bernoulli(p_ij); logit(p_ij) = β_0 + u_j + e_ij; e_ij ~ N(0, σ²)": "every single observation",
    "(u_0j, u_1j) ~ N((0, 0), τ²); y_ij = γ_0 + γ_1 x_ij + u_0j + u_1j x_ij + e_ij": "covariance matrix",
}

FINDINGS = {
    "y_ij = β_0j + e_ij; β_0j = γ_00 + u_0j": {"assumed-gaussian"},
    "y_ij = β_0j + e_ij; β_0j = γ_00 + u_0j; e_ij ~ N(0, σ²); u_0j ~ N(0, τ_00)": set(),
    "y_ij = β_0j + β_1 x_ij + ε; β_0j = γ_00 + u_0j": {"lost-index", "assumed-gaussian"},
    "y_ij = β_0 + β_1 x_ij + u_j": {"missing-residual"},
    r"$$\hat{y}_{ij} = \hat\gamma_{00} + \hat\gamma_{10} x_{ij} + \hat u_{0j}$$": {"prediction"},
    "y_ij = β_0 + u_0i + u_0j + e_ij; e_ij ~ N(0, σ)": {"scale", "assumed-normal"},
    "y_it = β_0 + β_1 x_ti + u_i + e_it; e_it ~ N(0, σ²)": {"index-order", "assumed-normal"},
    "y_ij = β_0 + β_1 x_ij + u_j + e_ij; e_ij ~ N(0, σ²); ε_ij ~ N(0, σ²)": {
        "unknown-symbol",
        "assumed-normal",
    },
    "y_i ~ N(α_j[i], σ²); α_j ~ N(μ, τ²); μ ~ N(0, 10)": {"prior"},
    "y_ij = γ_0 + u_j + e_ij; u_j ~ N(0, 1); e_ij ~ N(0, σ²)": {"fixed-variance", "scale"},
    "y_ij = β_0j + e_ij; β_0j = γ_0 + γ_1 (w_j - mean(w)_.) + u_j; e_ij ~ N(0, σ²); u_j ~ N(0, τ²)": {
        "mean-of-units"
    },
    "y_ij = β_0j + e_ij; β_0j = γ_0 + γ_1 (w_j - mean(w)_..) + u_j; e_ij ~ N(0, σ²); u_j ~ N(0, τ²)": set(),
    "y_ij = β_0j + e_ij; e_ij ~ N(0, σ²)": {"varying-coefficient"},
    "y_ij = γ_0 + γ_1 w_j + u_0j + u_1j w_j + e_ij; e_ij ~ N(0, σ²); (u_0j, u_1j) ~ N(0, T)": {
        "constant-slope"
    },
    "y_ijk = γ_0 + v_k + γ_1 w_k + u_0jk + u_1jk w_k + e_ijk; e_ijk ~ N(0, σ²); (u_0jk, u_1jk) ~ N(0, T);"
    "v_k ~ N(0, ω²)": {"constant-slope"},
    "y_ijk = γ_0 + v_jk + γ_1 w_jk + u_0k + u_1k w_jk + e_ijk; e_ijk ~ N(0, σ²); (u_0k, u_1k) ~ N(0, T);"
    "v_jk ~ N(0, ω²)": set(),
    "y_ijk = γ_0 + γ_1 x_ijk + u_j + e_ijk; e_ijk ~ N(0, σ²); u_j ~ N(0, τ²)": {"idle-index"},
    "y_ijk = γ_0 + γ_1 x_ik + u_j + e_ijk; e_ijk ~ N(0, σ²); u_j ~ N(0, τ²)": {"partial-indices"},
    "y_ij = γ_0 + u_j + e_ij; e_ij ~ N(0, σ²); u_j ~ N(0, τ²); where i, j, and k index pupils, classes, and "
    "schools": {"idle-index"},
    "y_i ~ N(α_j[i] + β ses, σ²); α_j ~ N(γ_0 + γ_1 sector, τ²)": {"level-from-equation"},
}


@pytest.mark.parametrize("text", HIERARCHIES)
def test_level_equations(text: str) -> None:
    assert formula(lines(text)) == HIERARCHIES[text]


@pytest.mark.parametrize("text", LOOKUPS)
def test_lookups(text: str) -> None:
    assert formula(lines(text)) == LOOKUPS[text]


@pytest.mark.parametrize("text", FAMILIES)
def test_families(text: str) -> None:
    family, link, wanted = FAMILIES[text]
    model = the_reading(lines(text)).model
    assert (model.family.name, model.family.link, write(model)) == (family, link, wanted)


@pytest.mark.parametrize("statement", COVARIANCES)
def test_covariances(statement: str) -> None:
    text = (SLOPES + statement).replace(";  ", "; ")
    assert formula(lines(text)).endswith(COVARIANCES[statement])


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_are_estimates(text: str) -> None:
    assert dict(the_reading(lines(text)).estimates) == pytest.approx(NUMBERS[text])


@pytest.mark.parametrize("text", REFUSALS)
def test_what_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(ReadError, match=REFUSALS[text]) as caught:
        readings(lines(text))
    assert caught.value.message


@pytest.mark.parametrize("text", FINDINGS)
def test_findings(text: str) -> None:
    assert {f.code for f in the_reading(lines(text)).findings} == FINDINGS[text]


# ------------------------------------------------------------------ groups, levels, symbols


def test_groups_take_the_words_of_the_author() -> None:
    model = the_reading("y_i ~ N(α_j[i], σ²)\nα_j ~ N(μ, τ²), for schools j = 1, …, J").model
    assert model.group_names == ("schools",)
    legend = "y_ij = β_0 + u_j + e_ij\nwhere i and j index pupils and classes"
    model = the_reading(legend).model
    assert (model.group_names, model.observation.name) == (("classes",), "pupils")


def test_levels_come_from_indices_or_else_from_equations() -> None:
    text = "y_ij = β_0j + β_1 x_ij + β_2 z + e_ij; β_0j = γ_0 + γ_1 w_j + γ_2 v + u_j"
    model = the_reading(lines(text)).model
    assert dict(model.levels) == {"x": OBSERVATION, "z": OBSERVATION, "w": "j", "v": "j"}


def test_an_index_tells_nothing_that_is_not_written() -> None:
    model = the_reading("y_ij = β_0 + β_1 x + u_j + e_ij").model
    assert dict(model.levels) == {"x": UNKNOWN}


def test_nesting_shows_in_the_indices() -> None:
    model = the_reading("y_ijk = γ_0 + v_k + u_jk + e_ijk").model
    assert model.relations == {Nested("j", "k")}
    model = the_reading("y_ijk = γ_0 + v_k + u_j + e_ijk").model
    assert model.relations == frozenset()


def test_symbols_are_the_authors_own() -> None:
    text = "y_ij = β_0 + β_1 x_ij + u_j + e_ij\nu_j ~ N(0, τ²)"
    reading = the_reading(text)
    symbol = reading.symbols[Coefficient(X)]
    assert isinstance(symbol, Symbol)
    assert symbol.span is not None
    assert text[symbol.span.start : symbol.span.end] == "β_1"
    assert reading.symbols[Variance("j", INTERCEPT)] == Power(Symbol("τ"), Number("2"))


def test_a_second_statement_of_the_same_model_is_no_second_model() -> None:
    mixed = "math_ij = γ_00 + γ_10 ses_ij + u_0j + r_ij"
    text = f"math_ij = β_0j + β_1j ses_ij + r_ij; β_0j = γ_00 + u_0j; β_1j = γ_10; {mixed}"
    assert formula(lines(text)) == "math ~ ses + (1 | j)"


# ------------------------------------------------------------------ laws

THREE_LEVELS = (
    "y_ijk = π_0jk + π_1jk x_ijk + e_ijk; π_0jk = β_00k + β_01k w_jk + r_0jk; π_1jk = β_10k + r_1jk;"
    "β_00k = γ_000 + γ_001 v_k + u_00k; β_01k = γ_010; β_10k = γ_100 + u_10k"
)

RENAMINGS = {
    "the indices swapped": {"i": "j", "j": "i"},
    "the indices turned round": {"i": "k", "j": "i", "k": "j"},
    "other letters of random effects": {"e": "ε", "r": "ζ", "u": "v"},
    "random effects that look like coefficients": {"e": "δ", "r": "a", "u": "b"},
    "Latin letters": {"π": "p", "β": "b", "γ": "g"},
    "one Greek letter for the other": {"π": "β", "β": "γ", "γ": "δ"},
}


@pytest.mark.parametrize("kind", RENAMINGS)
def test_letters_do_not_matter(kind: str) -> None:
    renamed = "".join(RENAMINGS[kind].get(c, c) for c in THREE_LEVELS)
    index = {"j": "j", "k": "k"} if "indices" not in kind else RENAMINGS[kind]
    wanted = the_reading(lines(THREE_LEVELS)).model
    found = the_reading(lines(renamed)).model
    back = {index.get(name, name): name for name in ("j", "k")}
    assert {b.group for b in found.random} == set(back)
    assert [(back[b.group], b.terms) for b in found.random] == [(b.group, b.terms) for b in wanted.random]
    assert found.fixed == wanted.fixed


def test_the_cost_is_linear() -> None:
    def seconds(count: int) -> float:
        page = Equations(
            (
                Equation(
                    (
                        word("y", Index("i"), Index("j")),
                        Sum((*(coefficient(n) for n in range(count)), letter("e", Index("i"), Index("j")))),
                    )
                ),
            )
        )
        return min(timeit.repeat(lambda: understand(page), number=1, repeat=3))

    def coefficient(n: int) -> Product:
        return Product((letter("β", Digit(n)), word(f"x{n}", Index("i"), Index("j"))))

    assert seconds(2000) / 2000 < 4 * seconds(100) / 100


def test_a_page_that_would_grow_without_bound_is_refused() -> None:
    doubled = "\n".join(f"β_{n} = β_{n + 1} + β_{n + 1}" for n in range(1, 60))
    with pytest.raises(ReadError, match=r"summands|more than"):
        readings(f"y_i = β_1 + e_i\n{doubled}")


LEVELS_OF_A_SLOPE = "y_ij = b_0j + b_1j x_ij + e_ij; b_0j = g_00 + u_0j; b_1j = g_10 + u_1j; "

STATED_COVARIANCES = {
    "Cov(u_0j, u_1j) = 0": "y ~ x + (x || j)",
    "Corr(u_0j, u_1j) = 0": "y ~ x + (x || j)",
    "(u_0j, u_1j) ~ N(0, [[t_00, 0], [0, t_11]])": "y ~ x + (x || j)",
    "(u_0j, u_1j) ~ N(0, [[t_00, t_01], [t_01, t_11]])": "y ~ x + (x | j)",
}


@pytest.mark.parametrize("statement", STATED_COVARIANCES)
def test_stated_covariances(statement: str) -> None:
    assert notation.translate(LEVELS_OF_A_SLOPE + statement, "lme4") == STATED_COVARIANCES[statement]


def test_a_variance_that_depends_on_data_is_refused() -> None:
    with pytest.raises(notation.ReadError, match="This variance depends on something"):
        notation.read(LEVELS_OF_A_SLOPE + "u_0j ~ N(0, exp(d_0 + d_1 z_j))")


def test_a_random_effect_is_no_predictor() -> None:
    text = "y_ij = b_0j + b_1j x_ij + e_ij; b_0j = g_00 + u_0j; b_1j = g_10 + g_11 u_0j + u_1j"
    with pytest.raises(notation.ReadError, match="u_0j is a random effect"):
        notation.read(text)


def test_single_zeros_in_a_covariance_matrix_are_refused() -> None:
    text = (
        "y_ij = b_0j + b_1j x_ij + b_2j w_ij + e_ij; b_0j = g_00 + u_0j; b_1j = g_10 + u_1j; "
        "b_2j = g_20 + u_2j; (u_0j, u_1j, u_2j) ~ N(0, [t_00 t_01 t_02; t_01 t_11 0; t_02 0 t_22])"
    )
    with pytest.raises(notation.ReadError, match="both covary with another one"):
        notation.read(text)


@pytest.mark.parametrize("text", ["`hours of sleep` ~ gamma_00 + u_0j", "y_ij ~ gamma_00 + u_0j + e_ij"])
def test_an_equation_with_a_tilde_is_no_formula(text: str) -> None:
    with pytest.raises(notation.ReadError, match="no distribution stands behind ~"):
        notation.read(text)


def test_a_column_may_be_called_like_a_coefficient() -> None:
    assert notation.read("y ~ `gamma_00` + theta_1").fixed[1:] == (
        Term((Variable("gamma_00"),)),
        Term((Variable("theta_1"),)),
    )
