"""Whole specifications in the manners of their authors: distributions, prose and containers.

Each row is a text and the model that it states, as an lme4 formula.
"""

from __future__ import annotations

import pytest
from manners import FURTHER

from notation.errors import ReadError
from notation.verbs import parse, read, write

MANNERS: dict[str, tuple[str, str]] = {
    "a joint distribution below, in align": (
        r"""The model for the yield of plot $i$ in field $f$ is
\begin{align}
  \text{yield}_{if} &= a_f + b_f\,\text{rain}_{if} + \epsilon_{if}, &
  \epsilon_{if} &\sim \mathcal{N}(0, \sigma^2_\epsilon) \label{eq:one}\\
  a_f &= \mu_a + \eta_{af}, \\
  b_f &= \mu_b + \eta_{bf},
\end{align}
where
\[
  \begin{pmatrix} \eta_{af} \\ \eta_{bf} \end{pmatrix} \sim
  \mathcal{N}\left( \begin{pmatrix} 0 \\ 0 \end{pmatrix},
  \begin{pmatrix} \sigma_a^2 & \rho\sigma_a\sigma_b \\ & \sigma_b^2 \end{pmatrix} \right).
\]
""",
        "yield ~ rain + (rain | f)",
    ),
    "independence in prose behind LaTeX": (
        r"""$$\text{speed}_{ts} = \pi_{0s} + \pi_{1s}\,\text{load}_{ts} + e_{ts}$$
$$\pi_{0s} = \beta_{00} + r_{0s}$$
$$\pi_{1s} = \beta_{10} + r_{1s}$$
Here $e_{ts} \sim N(0, \sigma^2)$, and $r_{0s}$ and $r_{1s}$ are assumed to be uncorrelated.
""",
        "speed ~ load + (load || s)",
    ),
    "independence in prose behind plain text": (
        """Level 1: growth_it = b0_i + b1_i * age_it + e_it
Level 2: b0_i = g00 + g01 * sex_i + u0_i
         b1_i = g10 + u1_i
The random intercepts and slopes are independent of each other.
""",
        "growth ~ sex + age + (age || i)",
    ),
    "a perpendicular sign": (
        r"""\begin{aligned}
y_{ij} &= \gamma_{00} + \gamma_{10}x_{ij} + u_{0j} + u_{1j}x_{ij} + \varepsilon_{ij} \\
u_{0j} &\perp u_{1j}
\end{aligned}""",
        "y ~ x + (x || j)",
    ),
    "correlation in prose beside separate distributions": (
        r"""\[ y_{ij} = \beta_{0} + \beta_1 x_{ij} + b_{0j} + b_{1j} x_{ij} + \epsilon_{ij} \]
with $b_{0j} \sim N(0, \sigma_0^2)$, $b_{1j} \sim N(0, \sigma_1^2)$ and $\epsilon_{ij} \sim N(0, \sigma^2)$.
The random effects $b_{0j}$ and $b_{1j}$ may be correlated.
""",
        "y ~ x + (x | j)",
    ),
    "a correlation of their own": (
        """y_ij = b_0 + b_1 x_ij + u_0j + u_1j x_ij + e_ij
u_0j ~ N(0, s_0^2)
u_1j ~ N(0, s_1^2)
Corr(u_0j, u_1j) = rho
""",
        "y ~ x + (x | j)",
    ),
    "variances and a covariance as equations": (
        r"""\begin{gather*}
\text{pain}_{ti} = \gamma_{00} + \gamma_{10}\,\text{day}_{ti}
  + \zeta_{0i} + \zeta_{1i}\,\text{day}_{ti} + \epsilon_{ti} \\
\operatorname{Var}(\zeta_{0i}) = \psi_{00}, \quad \operatorname{Var}(\zeta_{1i}) = \psi_{11}, \quad
\operatorname{Cov}(\zeta_{0i}, \zeta_{1i}) = \psi_{01} \\
\operatorname{Var}(\epsilon_{ti}) = \sigma^2
\end{gather*}""",
        "pain ~ day + (day | i)",
    ),
    "iid above the tilde": (
        r"""\begin{eqnarray*}
W_{kl} & = & \mu + \alpha_l + \delta\, d_{kl} + \varepsilon_{kl} \\
\alpha_l & \stackrel{iid}{\sim} & N(0, \sigma^2_\alpha) \\
\varepsilon_{kl} & \overset{\text{i.i.d.}}{\sim} & \text{Normal}(0, \sigma^2_\varepsilon)
\end{eqnarray*}""",
        "W ~ d + (1 | l)",
    ),
    "quantifiers in bare words": (
        r"""$$y_i \sim N(\alpha_{j[i]} + \beta x_i, \sigma_y^2), for\ i = 1, \ldots, n$$
$$\alpha_j \sim N(\mu_\alpha, \sigma_\alpha^2), for\ j = 1, \ldots, J$$""",
        "y ~ x + (1 | j)",
    ),
    "Stan's brackets": (
        """y[n] ~ normal(alpha[group[n]] + beta * x[n], sigma);
alpha[j] ~ normal(mu, tau);
""",
        "y ~ x + (1 | group)",
    ),
    "BUGS-like loops without loops": (
        """a[g] ~ normal(mu_a, sigma_a)
y[i] ~ normal(a[g[i]] + b*x[i], sigma)""",
        "y ~ x + (1 | g)",
    ),
    "a distribution behind the environment": (
        r"""\begin{align*}
\text{score}_{ij} &= \beta_{0j} + \beta_{1j} \text{hours}_{ij} + r_{ij} \\
\beta_{0j} &= \gamma_{00} + u_{0j} \\
\beta_{1j} &= \gamma_{10} + u_{1j}
\end{align*}
u_{0j} \sim N(0, \tau_{00}), \quad u_{1j} \sim N(0, \tau_{11})
""",
        "score ~ hours + (hours || j)",
    ),
    "plain distributions behind displayed mathematics": (
        r"""$$y_{ij} = \gamma_{00} + \gamma_{10} x_{ij} + u_{0j} + u_{1j} x_{ij} + e_{ij}$$

u_0j ~ N(0, τ_00)
u_1j ~ N(0, τ_11)
e_ij ~ N(0, σ²)
""",
        "y ~ x + (x || j)",
    ),
    "an equation goes on over blocks": (
        r"""$$\text{bmi}_{tik} = \gamma_{000} + \gamma_{100}\,\text{year}_{tik} $$
$$ + v_{0k} + u_{0ik} + u_{1ik}\,\text{year}_{tik}$$
$$ + e_{tik}$$
""",
        "bmi ~ year + (1 | k) + (year | k:i)",
    ),
    "words between the parts of an equation": (
        r"""The outcome is
$$y_{ij} = \beta_{0j} +$$
the slope times the predictor,
$$\beta_{1j} x_{ij} + e_{ij}$$
where
$$\beta_{0j} = \gamma_{00} + u_{0j}, \qquad \beta_{1j} = \gamma_{10}.$$
""",
        "y ~ x + (1 | j)",
    ),
    "labels behind the rows": (
        r"""\begin{align*}
y_{ij} &= \beta_{0j} + \beta_{1j} x_{ij} + e_{ij} && \text{(Level 1)} \\
\beta_{0j} &= \gamma_{00} + \gamma_{01} w_j + u_{0j} && \text{(Level 2)} \\
\beta_{1j} &= \gamma_{10} + u_{1j} && \text{(Level 2)}
\end{align*}""",
        "y ~ w + x + (x | j)",
    ),
    "labels behind plain rows": (
        """y_ij = b_0j + b_1j x_ij
        + e_ij                      (level 1)
b_0j = g_00 + g_01 w_j + u_0j       (level 2)
b_1j = g_10 + u_1j                  (level 2)
""",
        "y ~ w + x + (x | j)",
    ),
    "operators at the ends of lines": (
        """Level-1 Model
  MATH_ij = B_0j + B_1j*(SES_ij) +
            R_ij
Level-2 Model
  B_0j = G_00 +
         G_01*(SECTOR_j) +
         U_0j
  B_1j = G_10 + U_1j
""",
        "MATH ~ SECTOR + SES + (SES | j)",
    ),
    "HLM 6 with a heading between": (
        """LEVEL 1 MODEL
     MATH = B0 + B1*(SES) + R
LEVEL 2 MODEL
     B0 = G00 + G01*(MEANSES) + U0
     B1 = G10 + U1
""",
        "MATH ~ MEANSES + SES + (SES | j)",
    ),
    "HLM 7 with tau in words": (
        """Level-1 Model
    READij = β0j + β1j*(AGEij) + rij
Level-2 Model
    β0j = γ00 + u0j
    β1j = γ10
Mixed Model
    READij = γ00 + γ10*AGEij + u0j + rij
""",
        "READ ~ AGE + (1 | j)",
    ),
    "a Quarto page": (
        r"""---
title: "Reaction times"
format: html
---

## Model

We let the reaction time of person $p$ on day $d$ depend on the days of deprivation:

$$
\begin{split}
\text{Reaction}_{dp} &= \beta_{0p} + \beta_{1p} \text{Days}_{dp} + e_{dp} \\
\beta_{0p} &= \gamma_{00} + U_{0p} \\
\beta_{1p} &= \gamma_{10} + U_{1p}
\end{split}
$$ {#eq-reaction}

In @eq-reaction the residuals are $e_{dp} \sim \mathcal N(0, \sigma^2)$, and
$\mathbf{U}_{p} = (U_{0p}, U_{1p})^\top \sim \mathcal{N}(\mathbf{0}, \boldsymbol{\Sigma})$.

```{r}
lmer(Reaction ~ Days + (Days | Subject), sleepstudy)
```
""",
        "Reaction ~ Days + (Days | p)",
    ),
    "a matrix in D R D": (
        r"""\begin{aligned}
y_i &\sim \operatorname{Normal}(\mu_i, \sigma) \\
\mu_i &= \alpha_{c[i]} + \beta_{c[i]} t_i \\
\begin{bmatrix} \alpha_c \\ \beta_c \end{bmatrix}
  &\sim \operatorname{MVNormal}\left(\begin{bmatrix} \alpha \\ \beta \end{bmatrix}, \mathbf{D R D}\right) \\
\mathbf{D} &= \begin{pmatrix} \sigma_\alpha & 0 \\ 0 & \sigma_\beta \end{pmatrix} \\
\alpha &\sim \operatorname{Normal}(0, 10) \\
\sigma &\sim \operatorname{Exponential}(1)
\end{aligned}""",
        "y ~ t + (t | c)",
    ),
    "a diagonal matrix": (
        r"""$$ y_{ij} = (\gamma_{00} + u_{0j}) + (\gamma_{10} + u_{1j})\, x_{ij} + e_{ij}, \qquad
\begin{bmatrix} u_{0j} \\ u_{1j} \end{bmatrix}
  \sim N\left(\mathbf{0}, \operatorname{diag}(\tau_0^2, \tau_1^2)\right)$$""",
        "y ~ x + (x || j)",
    ),
    "a diagonal matrix in plain text": (
        """y_ij = (γ_00 + u_0j) + (γ_10 + u_1j) x_ij + e_ij
(u_0j, u_1j) ~ N(0, diag(τ_00, τ_11))
e_ij ~ N(0, σ²)""",
        "y ~ x + (x || j)",
    ),
    "a residual with the identity matrix": (
        """y_ij = γ_00 + γ_10 x_ij + u_0j + e_ij
u_0j ~ N(0, τ²)
e_j ~ N(0, σ² I_{n_j})
""",
        "y ~ x + (1 | j)",
    ),
    "means in the distribution": (
        r"""y_{ij} = \beta_{0j} + \beta_{1j} x_{ij} + e_{ij}, \quad e_{ij} \sim N(0, \sigma^2) \\
\begin{pmatrix} \beta_{0j} \\ \beta_{1j} \end{pmatrix}
  \sim N\left(\begin{pmatrix} \gamma_{00} + \gamma_{01} z_j \\ \gamma_{10} \end{pmatrix}, \Sigma \right)""",
        "y ~ z + x + (x | j)",
    ),
    "numbers as means": (
        """y_ij = β_0j + β_1j x_ij + e_ij
(β_0j, β_1j) ~ N((1.5, 0.2), T)
""",
        "y ~ x + (x | j)",
    ),
    "crossed effects with a sentence": (
        r"""$$
\text{rt}_{si} = \beta_0 + \beta_1\,\text{freq}_i + S_{0s} + S_{1s}\,\text{freq}_i + I_{0i} + e_{si}
$$

$$
S_{0s} \sim N(0, \sigma^2_{S_0}),\; S_{1s} \sim N(0, \sigma^2_{S_1}),\; I_{0i} \sim N(0, \sigma^2_I)
$$

By-subject intercepts and slopes are uncorrelated.
""",
        "rt ~ freq + (freq || s) + (1 | i)",
    ),
    "three levels with prose": (
        r"""At level 1, $$ y_{tij} = \pi_{0ij} + \pi_{1ij}\,\text{time}_{tij} + e_{tij}, $$
at level 2, $$ \pi_{0ij} = \beta_{00j} + r_{0ij}, \quad \pi_{1ij} = \beta_{10j} + r_{1ij}, $$
and at level 3, $$ \beta_{00j} = \gamma_{000} + u_{00j}, \quad \beta_{10j} = \gamma_{100} + u_{10j}. $$
The level-3 random effects $u_{00j}$ and $u_{10j}$ are independent.
""",
        "y ~ time + (time || j) + (time | j:i)",
    ),
    "autoregressive residuals": (
        r"""$$ \text{mood}_{ti} = \gamma_{00} + \gamma_{10}\,\text{day}_{ti} + u_{0i} + e_{ti} $$
The residuals $e_{ti}$ follow a first-order autoregressive process within persons.
""",
        "ar1 i",
    ),
    "autoregressive residuals in plain text": (
        """mood_ti = b_0i + b_1 day_ti + e_ti
b_0i = g_00 + u_0i
Errors are AR(1) within i.
""",
        "ar1 i",
    ),
    "comments, tags and spacing": (
        r"""\begin{equation}
\begin{aligned}
% level one
\mathrm{gpa}_{it} & =\;\beta_{0i} + \beta_{1i}\,\mathrm{sem}_{it} + e_{it} \,,\\[4pt]
% level two
\beta_{0i} & =\;\gamma_{00} + \gamma_{01}\,\mathrm{hsgpa}_{i} + u_{0i} \,,\\[4pt]
\beta_{1i} & =\;\gamma_{10} + u_{1i} \,.
\end{aligned}
\tag{1}
\end{equation}""",
        "gpa ~ hsgpa + sem + (sem | i)",
    ),
    "a list in Markdown": (
        """- Level 1 (pupils): $y_{ij} = \\beta_{0j} + \\beta_{1j} x_{ij} + e_{ij}$
- Level 2 (classes): $\\beta_{0j} = \\gamma_{00} + u_{0j}$ and $\\beta_{1j} = \\gamma_{10} + u_{1j}$
- with $e_{ij} \\sim N(0, \\sigma^2)$ and $\\text{Cov}(u_{0j}, u_{1j}) = 0$
""",
        "y ~ x + (x || j)",
    ),
    "expectations and variances in words": (
        r"""\begin{align*}
Y_{ij} &= \gamma_{00} + U_{0j} + R_{ij} \\
E(U_{0j}) &= E(R_{ij}) = 0 \\
\operatorname{var}(U_{0j}) &= \tau_0^2, \quad \operatorname{var}(R_{ij}) = \sigma^2
\end{align*}""",
        "Y ~ 1 + (1 | j)",
    ),
    "a binary outcome with a sentence": (
        r"""\begin{align*}
\text{pass}_{ij} &\sim \text{Bernoulli}(p_{ij}) \\
\operatorname{logit}(p_{ij}) &= \beta_{0j} + \beta_{1j}\,\text{hours}_{ij} \\
\beta_{0j} &= \gamma_{00} + u_{0j} \\
\beta_{1j} &= \gamma_{10} + u_{1j}
\end{align*}
where $u_{0j}$ and $u_{1j}$ are mutually independent with variances $\tau_0^2$ and $\tau_1^2$.
""",
        "pass ~ hours + (hours || j)",
    ),
    "an inline model": (
        r"""We fit \(y_{ij} = \mu + \beta\, x_{ij} + a_j + e_{ij}\), with \(a_j \sim N(0, \sigma_a^2)\) and
\(e_{ij} \sim N(0, \sigma_e^2)\), all independent.""",
        "y ~ x + (1 | j)",
    ),
    "independent of the residuals": (
        r"""$$y_{ij} = \gamma_{00} + \gamma_{10} x_{ij} + u_{0j} + u_{1j} x_{ij} + e_{ij}$$
The random effects $u_{0j}$ and $u_{1j}$ are independent of the residuals $e_{ij}$.
""",
        "y ~ x + (x | j)",
    ),
    "independent between groups": (
        """y_ij = g_00 + g_10 x_ij + u_0j + u_1j x_ij + e_ij
The random effects are independent across schools.
(u_0j, u_1j) ~ N(0, T)
""",
        "y ~ x + (x | j)",
    ),
    "a multiple of the identity": (
        r"""\begin{aligned}
y_{ij} &= \gamma_{00} + \gamma_{10} x_{ij} + u_{0j} + e_{ij}\\
\mathbf{e}_{j} &\sim \mathcal{N}(\mathbf{0}, \sigma^2 \mathbf{I})
\end{aligned}""",
        "y ~ x + (1 | j)",
    ),
    "cases": (
        r"""$$\begin{cases}
\text{Level 1:} & y_{ij} = \beta_{0j} + \beta_{1j} x_{ij} + e_{ij} \\
\text{Level 2:} & \beta_{0j} = \gamma_{00} + u_{0j} \\
& \beta_{1j} = \gamma_{10} + u_{1j}
\end{cases}
\qquad \text{with } \operatorname{Cor}(u_{0j}, u_{1j}) = 0$$""",
        "y ~ x + (x || j)",
    ),
}


def shown(text: str) -> str:
    """The formula of a text; of autoregressive residuals, the group that they are correlated within."""
    model = read(text)
    if model.residual and model.residual.ar1_within:
        return f"ar1 {model.residual.ar1_within}"
    return str(write(model, "lme4"))


@pytest.mark.parametrize("name", [*MANNERS, *FURTHER])
def test_manners(name: str) -> None:
    text, formula = (MANNERS | FURTHER)[name]
    assert shown(text) == formula


# ------------------------------------------------------------------ what sentences say of covariances

SLOPES = """y_ij = b_0j + b_1j x_ij + e_ij
b_0j = g_00 + u_0j
b_1j = g_10 + u_1j
"""
TOGETHER = "(u_0j, u_1j) ~ N(0, T)\n"
APART = "u_0j ~ N(0, t_00)\nu_1j ~ N(0, t_11)\n"
FULL, DIAGONAL = "y ~ x + (x | j)", "y ~ x + (x || j)"

SENTENCES: dict[str, str] = {
    "u_0j and u_1j are independent": DIAGONAL,
    "where u_0j and u_1j are assumed to be uncorrelated.": DIAGONAL,
    "u_0j is independent of u_1j.": DIAGONAL,
    "u_0j ⊥ u_1j": DIAGONAL,
    "u_0j, u_1j and e_ij are mutually independent.": DIAGONAL,
    "u_0j and u_1j do not covary.": DIAGONAL,
    "The random intercepts and slopes are not allowed to correlate.": DIAGONAL,
    "There is no correlation between random intercepts and slopes.": DIAGONAL,
    "The covariance of u_0j and u_1j is fixed to zero.": DIAGONAL,
    "We assume independence of u_0j and u_1j.": DIAGONAL,
    "The random effects are uncorrelated\nwith each other.": DIAGONAL,
    "with uncorrelated u_0j and u_1j": DIAGONAL,
    "with independent random intercepts and slopes.": DIAGONAL,
    APART + "with correlated random effects.": FULL,
    "* u_0j ~ N(0, t_00)\n* u_1j ~ N(0, t_11)\n* u_0j and u_1j may covary": FULL,
    "(u_0j, u_1j) ~ N(0, O): O = [t_00 0; 0 t_11]": DIAGONAL,
    "(u_0j, u_1j) ~ N(0, T_u)\nwith T_u diagonal.": DIAGONAL,
    "(u_0j, u_1j) ~ N(0, T)\nT = D R D\nD = [s_0 0; 0 s_1]\nR = [1 ρ; ρ 1]": FULL,
    TOGETHER + "u_0j and u_1j are independent.": DIAGONAL,
    TOGETHER + "T is diagonal.": DIAGONAL,
    TOGETHER + "Cov(u_0j, u_1j) = 0": DIAGONAL,
    "(u_0j, u_1j) ~ N(0, [t_00 t_01; t_01 t_11])\nt_01 = 0": DIAGONAL,
    "(u_0j, u_1j) ~ N(0, [s_0^2, ρ s_0 s_1; ρ s_0 s_1, s_1^2])\nρ = 0": DIAGONAL,
    "u_j ~ N(0, T)": FULL,
    "u_j ~ N(0, D R D)": FULL,
    "u ~ N(0, diag(t_0, t_1))": DIAGONAL,
    "Cov(u_j) = T": FULL,
    "Var(u_j) = diag(t_0, t_1)": DIAGONAL,
    "Cov((u_0j, u_1j)) = [t_00 0; 0 t_11]": DIAGONAL,
    "SD(u_0j) = t_0\nSD(u_1j) = t_1": DIAGONAL,
    "Cov(u_0j, e_ij) = 0": FULL,
    "e ~ N(0, σ² I)": FULL,
    "e_j ~ N(0, σ² I_n)": FULL,
    APART + TOGETHER: FULL,
    "u_0j ~ N(0, t_00) and u_1j ~ N(0, t_11) are independent": DIAGONAL,
    "(u_0j, u_1j) ~ N(0, T) independent of e_ij": FULL,
    APART + "u_0j and u_1j are correlated.": FULL,
    APART + "The random effects may be correlated.": FULL,
    APART + "u_0j and u_1j are not independent.": FULL,
    APART + "Corr(u_0j, u_1j) = ρ": FULL,
    "All random effects and residuals are mutually independent.": DIAGONAL,
    # These say what holds in every multilevel model.
    "The random effects u_0j and u_1j are independent of the residuals e_ij.": FULL,
    "u_0j and u_1j are independent across schools.": FULL,
    "u_0j and u_1j are independent and identically distributed.": FULL,
    "The level-1 and level-2 random effects are independent.": FULL,
    "The independent variable is x.": FULL,
    "The random effects and the residuals are independent.": FULL,
    "Residuals are homoscedastic and independent.": FULL,
    "There is no autocorrelation in the residuals.": FULL,
    "x_ij and y_ij are correlated.": FULL,
    "σ² > 0": FULL,
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences(sentence: str) -> None:
    (reading,) = parse(SLOPES + sentence).readings
    assert str(write(reading.model, "lme4")) == SENTENCES[sentence]
    assert not [f for f in reading.findings if f.code == "unread-statement"]


UNREAD = (
    "γ_10 > 0",
    "Cov(u_0j, e_ij) ≠ 0",
    "for girls only",
    "The residuals are heteroscedastic.",
    "The level-1 variance differs between schools.",
    "g_10 is constrained to be positive.",
    "If u_0j and u_1j are uncorrelated, the model is simpler.",
    "The residuals are exchangeable within schools.",
    "The random effects are truncated at zero.",
    "The residuals could follow an AR(1) process.",
    "The residuals follow an AR(2) process.",
    "The residuals follow an AR(12) process.",
    "The errors are correlated.",
    "The u_qj are independent of each other.",
    "The slope variance is zero.",
    "There is no random slope.",
    "x_ij is centered at 10.",
    "The observations are weighted by w_ij.",
    "offset: log(n_ij)",
    "σ²_1 = σ²_2",
    "e_ij ~ N(0, σ²) for i > 1",
    "u_0j ~ N(0, t_00) truncated at zero",
    "T = [t_00 0; 0 t_11]",
    "Var(u_0j + u_1j) = τ",
    "The errors follow a t-distribution: they are t-distributed.",
)


@pytest.mark.parametrize("sentence", UNREAD)
def test_what_is_not_read_is_said(sentence: str) -> None:
    (reading,) = parse(f"{SLOPES}\n{sentence}\n").readings
    (found,) = [f for f in reading.findings if f.code == "unread-statement"]
    assert (found.severity, found.line) == ("warning", 5)


REFUSED: dict[str, str] = {
    "(u_0j, u_1j) ~ N((1, 2), T)": "has the mean 0",
    "u_0j ~ N(3.5, t_00)": "has the mean 0",
    "e_ij ~ N(0, σ² V_j)": "V_j makes this variance differ",
    "e ~ N(0, σ² V)": "V makes this variance differ",
    "e_ij ~ N(0, σ² w_ij)": "w_ij makes this variance differ",
    "Var(e_ij) = σ² x_ij": "x_ij makes this variance differ",
    "e_j ~ N(0, R_j)": "e_j is a vector of them",
    "(u_0j, u_1j) ~ N(0, T)\nT = [a c; c b]\nT = [a 0; 0 b]": "T is given twice",
    "The u_0j follow an AR(1) process.": "only the residuals",
    "(u_0j, u_1j) ~ t(0, T)": "another distribution",
    "Cov(e_ij, e_{i'j}) = ρ": "said to be related",
    "Corr(e_ij, e_kj) = ρ": "said to be related",
    "u_0j ~ N(0, σ² A)": "A makes this variance differ",
    "(u_0j, e_ij) ~ N(0, S)": "belong to different levels",
    "Cov(u_0j, e_ij) = s_ue": "belong to different levels",
    "(u_0j, u_1j) ~ N(0, [t_00 t_01; t_01 t_11])\nu_0j and u_1j are independent.": "said to have none",
    "(u_0j, u_1j) ~ N(0, [t_00 t_01; t_01 t_11])\nt_11 = 0": "variance of 0",
}


@pytest.mark.parametrize("statement", REFUSED)
def test_statements_that_no_model_holds(statement: str) -> None:
    with pytest.raises(ReadError, match=REFUSED[statement]):
        read(SLOPES + statement)


def test_one_symbol_is_one_variance() -> None:
    for said in ("u_0j ~ N(0, τ²)\nu_1j ~ N(0, τ²)", "Var(u_0j) = Var(u_1j) = τ²"):
        (block,) = read(SLOPES + said).random
        assert block.structure == "identity"


def test_words_behind_an_equation_are_no_variable() -> None:
    text = r"""y_{ij} = \beta_0 + \beta_1 x_{ij} + u_j + e_{ij} \quad \text{(only for girls)}"""
    (reading,) = parse(text).readings
    assert str(write(reading.model, "lme4")) == "y ~ x + (1 | j)"
    assert "unread-statement" in {f.code for f in reading.findings}


@pytest.mark.parametrize("label", [r"\text{math}", r"\text{Model 1}"])
def test_names_side_by_side_are_no_response(label: str) -> None:
    with pytest.raises(ReadError, match="several words"):
        read(label + r" \quad \text{score}_{ij} = \beta_0 + u_j + e_{ij}")


def test_a_typed_tilde_before_a_distribution_is_one() -> None:
    typed = read(r"$$y_i ~ N(\alpha_{j[i]}, \sigma^2)$$ $$\alpha_j ~ N(\mu, \tau^2)$$")
    assert typed == read(r"$$y_i \sim N(\alpha_{j[i]}, \sigma^2)$$ $$\alpha_j \sim N(\mu, \tau^2)$$")


def test_a_tilde_in_latex_is_a_space() -> None:
    with pytest.raises(ReadError, match=r"write \\sim"):
        read(r"$$y_i ~ \alpha_{j[i]}$$ $$\alpha_j ~ \beta$$")


def test_a_variance_before_a_matrix_stands_in_its_cells() -> None:
    (block,) = read(SLOPES + "(u_0j, u_1j) ~ N(0, τ² [1 ρ; ρ 1])").random
    assert block.structure == "compound_symmetry"


def test_a_variance_that_is_looked_up_is_said() -> None:
    (reading,) = parse(SLOPES + "e_ij ~ N(0, σ_s[i]²)").readings
    assert "indexed-variance" in {f.code for f in reading.findings}


def test_independence_behind_a_distribution() -> None:
    text = r"""\begin{aligned}
y_{ij} &= \beta_0 + \beta_1 x_{ij} + u_{0j} + u_{1j} x_{ij} + e_{ij} \\
(u_{0j}, u_{1j}) &\sim N(0, \Sigma), u_{0j} \perp u_{1j}
\end{aligned}"""
    assert str(write(read(text), "lme4")) == "y ~ x + (x || j)"


# ------------------------------------------------------------------ sentences around displayed mathematics

DISPLAYED = r"""$$
\begin{aligned}
y_{ij} &= \beta_{0j} + \beta_{1j} x_{ij} + e_{ij} \\
\beta_{0j} &= \gamma_{00} + u_{0j} \\
\beta_{1j} &= \gamma_{10} + u_{1j}
\end{aligned}
$$
"""
BOTH = r"u_{0j} \sim N(0, \tau_{00}), u_{1j} \sim N(0, \tau_{11})"

# sentences, the formula, and whether it is said that something was not read
AROUND: dict[str, tuple[str, bool]] = {
    r"where $u_{0j}$ and $u_{1j}$ are uncorrelated": (DIAGONAL, False),
    r"$$u_{0j} \perp\!\!\!\perp u_{1j}$$": (DIAGONAL, False),
    BOTH: (DIAGONAL, False),
    f"- where {BOTH}": (DIAGONAL, False),
    "```\nu_0j ~ N(0, τ_00)\nu_1j ~ N(0, τ_11)\n```": (DIAGONAL, False),
    r"$$\mathbf{u}_j = (u_{0j}, u_{1j})' \sim N(\mathbf 0, \mathbf T)$$ with $\mathbf T$ diagonal": (
        DIAGONAL,
        False,
    ),
    r"$x_{ij}$ is grand-mean centered.": ("y ~ I(x - mean(x)) + (I(x - mean(x)) | j)", False),
    r"Note that $\gamma_{10} = 0$ under the null hypothesis.": (FULL, False),
    r"We have $n = 30$ schools.": (FULL, False),
    r"The test of $H_0: \tau_{11} = 0$ was significant.": (FULL, False),
    "We assume u_0j ~ N(0, τ_00) and u_1j ~ N(0, τ_11) for all j.": (FULL, True),
    r"We assume u_{0j} \sim N(0, \tau_{00}) for all schools.": (FULL, True),
    r"| $u_{0j}$ | $N(0, \tau_{00})$ |": (FULL, True),
    r"We require that $\gamma_{10} \geq 0$.": (FULL, True),
}


@pytest.mark.parametrize("sentences", AROUND)
def test_sentences_around_mathematics(sentences: str) -> None:
    formula, unread = AROUND[sentences]
    (reading,) = parse(DISPLAYED + sentences).readings
    assert str(write(reading.model, "lme4")) == formula
    assert any(f.code == "unread-statement" for f in reading.findings) == unread


SET_ASIDE = {
    "u_0j ~ N(0, t_00)\nu_0j ~ N(0, s)": "warning",
    "(b_0j, b_1j) ~ N((g_00, g_10), [t_0 0; 0 t_1])": "warning",
    "(b_0j, b_1j) ~ N((g_00, g_10), T)": "info",
}


@pytest.mark.parametrize("statements", SET_ASIDE)
def test_what_is_stated_twice(statements: str) -> None:
    (reading,) = parse(SLOPES + statements).readings
    (found,) = [f for f in reading.findings if f.code == "stated-twice"]
    assert found.severity == SET_ASIDE[statements]
