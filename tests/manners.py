# ruff: noqa: E501 - the lines are those of the specifications
r"""Further specifications in the manners of their authors, each with the lme4 formula that it states."""

from __future__ import annotations

FURTHER: dict[str, tuple[str, str]] = {
    "Singer and Willett": (
        r"""Following Singer and Willett we specify
$$
Y_{ij} = \pi_{0i} + \pi_{1i}\,TIME_{ij} + \varepsilon_{ij}
$$
$$
\begin{aligned}
\pi_{0i} &= \gamma_{00} + \gamma_{01}\,COA_i + \zeta_{0i}\\
\pi_{1i} &= \gamma_{10} + \gamma_{11}\,COA_i + \zeta_{1i}
\end{aligned}
$$
where
$$
\varepsilon_{ij} \sim N(0, \sigma_\varepsilon^2) \quad\text{and}\quad
\begin{bmatrix}\zeta_{0i}\\ \zeta_{1i}\end{bmatrix} \sim N\left(\begin{bmatrix}0\\0\end{bmatrix},
\begin{bmatrix}\sigma_0^2 & \sigma_{01}\\ \sigma_{10} & \sigma_1^2\end{bmatrix}\right)
$$""",
        "Y ~ TIME*COA + (TIME | i)",
    ),
    "variances in a sentence": (
        r"""\[
Y_{ij} = \gamma_{00} + \gamma_{10} x_{ij} + U_{0j} + U_{1j} x_{ij} + R_{ij}
\]
The level-two residuals $U_{0j}$ and $U_{1j}$ as well as the level-one residuals $R_{ij}$ have means 0. The
variances are $\operatorname{var}(R_{ij}) = \sigma^2$, $\operatorname{var}(U_{0j}) = \tau_0^2$,
$\operatorname{var}(U_{1j}) = \tau_1^2$ and the covariance is $\operatorname{cov}(U_{0j}, U_{1j}) = \tau_{01}$.""",
        "Y ~ x + (x | j)",
    ),
    "Hox": (
        r"""Y_ij = γ_00 + γ_10 X_ij + γ_01 Z_j + γ_11 X_ij Z_j + u_1j X_ij + u_0j + e_ij
e_ij ~ N(0, σ²_e)
u_0j ~ N(0, σ²_u0), u_1j ~ N(0, σ²_u1), cov(u_0j, u_1j) = σ_u01""",
        "Y ~ X*Z + (X | j)",
    ),
    "MLwiN's matrix behind a colon": (
        r"""y_ij = β_0ij x_0 + β_1j x_1ij
β_0ij = β_0 + u_0j + e_0ij
β_1j = β_1 + u_1j
(u_0j, u_1j)' ~ N(0, Ω_u): Ω_u = [σ²_u0; σ_u01 σ²_u1]
e_0ij ~ N(0, σ²_e0)""",
        "y ~ x1 + (x1 | j)",
    ),
    "S R S with priors": (
        r"""\begin{align*}
\text{height}_i &\sim \text{Normal}(\mu_i, \sigma) \\
\mu_i &= \alpha_{\text{plot}[i]} + \beta_{\text{plot}[i]} \text{light}_i \\
\begin{bmatrix}\alpha_{\text{plot}} \\ \beta_{\text{plot}}\end{bmatrix} &\sim \text{MVNormal}\left(\begin{bmatrix}\bar\alpha \\ \bar\beta\end{bmatrix}, \Sigma\right)\\
\Sigma &= S R S,\quad S = \begin{pmatrix}\sigma_\alpha & 0 \\ 0 & \sigma_\beta\end{pmatrix}\\
\bar\alpha &\sim \text{Normal}(150, 20)\\
\bar\beta &\sim \text{Normal}(0, 1)\\
\sigma, \sigma_\alpha, \sigma_\beta &\sim \text{Exponential}(1)\\
R &\sim \text{LKJcorr}(2)
\end{align*}""",
        "height ~ light + (light | plot)",
    ),
    "vectors with their contents": (
        r"""$$ y_{ij} = \mathbf{x}_{ij}^\top \boldsymbol\beta + \mathbf{z}_{ij}^\top \mathbf{b}_j + \epsilon_{ij}$$ with
$\mathbf{x}_{ij} = (1, t_{ij})^\top$, $\boldsymbol\beta = (\beta_0, \beta_1)^\top$, $\mathbf{z}_{ij} = (1, t_{ij})^\top$, $\mathbf{b}_j = (b_{0j}, b_{1j})^\top$,
$\mathbf{b}_j \sim N(\mathbf 0, \mathbf D)$ and $\epsilon_{ij} \sim N(0, \sigma^2)$.""",
        "y ~ t + (t | j)",
    ),
    "means with predictors of the groups": (
        r"""\begin{align*}
y_i &\sim N(\alpha_{j[i]} + \beta_{j[i]} x_i,\ \sigma_y^2), \text{ for } i = 1,\dots,n \\
\left(\begin{array}{c}\alpha_j \\ \beta_j\end{array}\right) &\sim N\left(\left(\begin{array}{c}\gamma_0^\alpha + \gamma_1^\alpha u_j \\ \gamma_0^\beta + \gamma_1^\beta u_j\end{array}\right),
\left(\begin{array}{cc}\sigma_\alpha^2 & \rho\sigma_\alpha\sigma_\beta \\ \rho\sigma_\alpha\sigma_\beta & \sigma_\beta^2\end{array}\right)\right), \text{ for } j=1,\dots,J
\end{align*}""",
        "y ~ x*u + (x | j)",
    ),
    "distributions behind equations in ASCII": (
        r"""Level-1: Y_ij = B_0j + B_1j*X_ij + e_ij,  e_ij ~ N(0, sigma^2)
Level-2: B_0j = G_00 + u_0j
         B_1j = G_10 + u_1j
         (u_0j, u_1j) ~ MVN((0, 0), [T_00, T_01; T_10, T_11])""",
        "Y ~ X + (X | j)",
    ),
    "HLM 7 with centring": (
        r"""Level-1 Model

    MATHij = β0j + β1j*(SESij) + rij

Level-2 Model

    β0j = γ00 + γ01*(SIZEj) + u0j
    β1j = γ10 + u1j

SES has been centered around the grand mean.""",
        "MATH ~ SIZE + I(SES - mean(SES)) + (I(SES - mean(SES)) | j)",
    ),
    "with uncorrelated effects": (
        r"""The unconditional growth model:

Level 1: $Y_{ti} = \pi_{0i} + \pi_{1i} t_{ti} + e_{ti}$

Level 2: $\pi_{0i} = \beta_{00} + r_{0i}$

$\pi_{1i} = \beta_{10} + r_{1i}$

with uncorrelated $r_{0i}$ and $r_{1i}$.""",
        "Y ~ t + (t || i)",
    ),
    "a covariance set to zero": (
        r"""score_ij = a_j + b_j time_ij + e_ij
a_j = a_0 + u_j
b_j = b_0 + v_j
The covariance between u_j and v_j is set to zero.""",
        "score ~ time + (time || j)",
    ),
    "a diagonal array": (
        r"""\begin{eqnarray}
y_{ij} &=& \beta_0 + \beta_1 x_{ij} + b_{0i} + b_{1i} x_{ij} + \epsilon_{ij} \\
\left( \begin{array}{c} b_{0i} \\ b_{1i} \end{array} \right) &\sim& N \left( \left( \begin{array}{c} 0 \\ 0 \end{array} \right), \left( \begin{array}{cc} d_{11} & 0 \\ 0 & d_{22} \end{array} \right) \right) \\
\epsilon_{ij} &\sim& N(0, \sigma^2)
\end{eqnarray}""",
        "y ~ x + (x || i)",
    ),
    "crossed effects, one with a slope": (
        r"""$$\text{RT}_{si} = \beta_0 + S_{0s} + I_{0i} + (\beta_1 + S_{1s}) X_i + e_{si}$$

$$\begin{bmatrix} S_{0s}\\ S_{1s}\end{bmatrix} \sim N\left(\begin{bmatrix}0\\0\end{bmatrix}, \begin{bmatrix}{\tau_{00}}^2 & \rho\tau_{00}\tau_{11}\\ \rho\tau_{00}\tau_{11} & {\tau_{11}}^2\end{bmatrix}\right)$$
$$I_{0i} \sim N(0, {\omega_{00}}^2)$$
$$e_{si} \sim N(0, \sigma^2)$$""",
        "RT ~ X + (X | s) + (1 | i)",
    ),
    "a distribution given its mean": (
        r"""\begin{align}
\text{visits}_{ij} \mid \lambda_{ij} &\sim \text{Poisson}(\lambda_{ij}) \\
\log(\lambda_{ij}) &= \beta_0 + \beta_1 \text{age}_{ij} + u_j \\
u_j &\overset{\text{iid}}{\sim} \mathcal{N}(0, \sigma^2_u)
\end{align}""",
        "visits ~ age + (1 | j)",
    ),
    "all mutually independent": (
        r"""For measurement $i$ on tree $j$ in stand $k$,
$$\text{dbh}_{ijk} = \mu + \beta\,\text{age}_{ijk} + s_k + t_{jk} + \varepsilon_{ijk},$$
where $s_k \sim N(0, \sigma_s^2)$, $t_{jk} \sim N(0, \sigma_t^2)$, and $\varepsilon_{ijk} \sim N(0, \sigma^2)$, all mutually independent.""",
        "dbh ~ age + (1 | k) + (1 | k:j)",
    ),
    "bullets in plain text": (
        r"""* y_ij = b0 + b1*x_ij + u0_j + u1_j*x_ij + e_ij
* e_ij ~ N(0, s2)
* u0_j ~ N(0, s2_0)
* u1_j ~ N(0, s2_1)
* u0_j and u1_j may covary""",
        "y ~ x + (x | j)",
    ),
    "an equation split at its signs": (
        r"""\begin{equation}
\begin{split}
\text{anx}_{ij} = {} & \gamma_{00} + \gamma_{10}\,\text{stress}_{ij} \\
 & + \gamma_{01}\,\text{trait}_{j} + \gamma_{11}\,\text{stress}_{ij}\,\text{trait}_{j} \\
 & + u_{0j} + u_{1j}\,\text{stress}_{ij} + r_{ij}
\end{split}
\end{equation}""",
        "anx ~ stress*trait + (stress | j)",
    ),
    "underbraces and a blank triangle": (
        r"""$$y_{ij} = \underbrace{\gamma_{00} + \gamma_{10} x_{ij}}_{\text{fixed part}} + \underbrace{u_{0j} + u_{1j} x_{ij} + e_{ij}}_{\text{random part}}$$
$$\begin{pmatrix}u_{0j}\\u_{1j}\end{pmatrix} \sim N\left(\mathbf{0}, \begin{pmatrix}\sigma^2_{u0} & 0 \\ & \sigma^2_{u1}\end{pmatrix}\right)$$""",
        "y ~ x + (x || j)",
    ),
    "multline": (
        r"""\begin{multline}
\text{gain}_{ijk} = \gamma_{000} + \gamma_{100}\text{pre}_{ijk} + \\ v_{00k} + u_{0jk} + u_{1jk}\text{pre}_{ijk} + \\ e_{ijk}
\end{multline}""",
        "gain ~ pre + (1 | k) + (pre | k:j)",
    ),
    "a table": (
        r"""\begin{tabular}{ll}
Level 1: & $y_{ij} = \beta_{0j} + \beta_{1j} x_{ij} + e_{ij}$ \\
Level 2: & $\beta_{0j} = \gamma_{00} + u_{0j}$ \\
 & $\beta_{1j} = \gamma_{10} + u_{1j}$
\end{tabular}""",
        "y ~ x + (x | j)",
    ),
    "a quotation": (
        r"""> **Level 1**
> $$y_{ij} = \beta_{0j} + \beta_{1j} x_{ij} + e_{ij}$$
> **Level 2**
> $$\beta_{0j} = \gamma_{00} + u_{0j}$$
> $$\beta_{1j} = \gamma_{10}$$""",
        "y ~ x + (1 | j)",
    ),
    "a table in Markdown": (
        r"""| Level | Equation |
|---|---|
| 1 | $y_{ij} = \beta_{0j} + \beta_{1j} x_{ij} + e_{ij}$ |
| 2 | $\beta_{0j} = \gamma_{00} + u_{0j}$ |
| 2 | $\beta_{1j} = \gamma_{10} + u_{1j}$ |""",
        "y ~ x + (x | j)",
    ),
    "a numbered list": (
        r"""1. Level 1: y_ij = b_0j + b_1j x_ij + e_ij
2. Level 2: b_0j = g_00 + u_0j; b_1j = g_10 + u_1j
3. Distributions: e_ij ~ N(0, s^2); (u_0j, u_1j) ~ N(0, G), with G unstructured""",
        "y ~ x + (x | j)",
    ),
    "comments between blocks": (
        r"""<!-- model -->
$$
y_{ij} = \beta_{0j} + e_{ij} \tag{1}
$$
<!-- level 2 -->
$$
\beta_{0j} = \gamma_{00} + u_{0j} \tag{2}
$$""",
        "y ~ 1 + (1 | j)",
    ),
    "unstructured in words": (
        r"""$$y_{ij} = \beta_{0} + \beta_{1} x_{ij} + u_{0j} + u_{1j} x_{ij} + e_{ij}$$ with an unstructured covariance matrix for the random effects $(u_{0j}, u_{1j})$.""",
        "y ~ x + (x | j)",
    ),
    "a diagonal matrix in words": (
        r"""$$y_{ij} = \beta_{0} + \beta_{1} x_{ij} + u_{0j} + u_{1j} x_{ij} + e_{ij}$$ where $\mathbf{u}_j = (u_{0j}, u_{1j})' \sim N(\mathbf{0}, \boldsymbol{\Psi})$ and $\boldsymbol{\Psi}$ is diagonal.""",
        "y ~ x + (x || j)",
    ),
    "independent of the errors": (
        r"""Let $y_{ij}$ denote the score of pupil $i$ in class $j$. Then $$y_{ij} = \mu + a_j + e_{ij},$$ $$a_j \stackrel{\text{i.i.d.}}{\sim} N(0, \sigma_a^2), \quad e_{ij} \stackrel{\text{i.i.d.}}{\sim} N(0, \sigma_e^2),$$ and the $a_j$ are independent of the $e_{ij}$.""",
        "y ~ 1 + (1 | j)",
    ),
    "a list of assumptions": (
        r"""$$y_{ij} = \gamma_{00} + \gamma_{10}x_{ij} + u_{0j} + u_{1j}x_{ij} + e_{ij}$$
Assumptions:

- $e_{ij} \sim N(0, \sigma^2)$
- $u_{0j} \sim N(0, \tau_{00})$
- $u_{1j} \sim N(0, \tau_{11})$
- $\text{Corr}(u_{0j}, u_{1j}) = \rho_{01}$
- $\text{Cov}(u_{0j}, e_{ij}) = \text{Cov}(u_{1j}, e_{ij}) = 0$""",
        "y ~ x + (x | j)",
    ),
    "a bivariate normal": (
        r"""y_{ti} = \beta_{0i} + \beta_{1i}\,\text{week}_{ti} + e_{ti}\\
\beta_{0i} = \gamma_{00} + \gamma_{01}\,\text{drug}_i + U_{0i}\\
\beta_{1i} = \gamma_{10} + \gamma_{11}\,\text{drug}_i + U_{1i}\\
\begin{pmatrix}U_{0i}\\U_{1i}\end{pmatrix} \sim N_2(0, \Phi)""",
        "y ~ week*drug + (week | i)",
    ),
    "odds": (
        r"""\begin{gather}
P(Y_{ij} = 1) = \pi_{ij} \\
\log\left(\frac{\pi_{ij}}{1 - \pi_{ij}}\right) = \beta_{0j} + \beta_1 x_{ij} \\
\beta_{0j} = \gamma_{00} + u_{0j}, \qquad u_{0j} \sim N(0, \sigma_u^2)
\end{gather}""",
        "Y ~ x + (1 | j)",
    ),
    "means within groups": (
        r"""$$y_{ij} = \beta_{0j} + \beta_{1j}(x_{ij} - \bar{x}_{.j}) + e_{ij}$$
$$\beta_{0j} = \gamma_{00} + \gamma_{01}\bar{x}_{.j} + u_{0j}$$
$$\beta_{1j} = \gamma_{10} + u_{1j}$$
with $u_{0j}$ and $u_{1j}$ uncorrelated""",
        "y ~ ave(x, j) + I(x - ave(x, j)) + (I(x - ave(x, j)) || j)",
    ),
    "a correlation of zero": (
        r"""y_ij = b_0 + b_1*x_ij + u_0j + u_1j*x_ij + e_ij
u_0j ~ Normal(0, sd_0)
u_1j ~ Normal(0, sd_1)
e_ij ~ Normal(0, sigma)
cor(u_0j, u_1j) = 0""",
        "y ~ x + (x || j)",
    ),
    "a third column": (
        r"""\begin{aligned}
\text{Level 1 (occasions):}\quad & y_{ti} = \beta_{0i} + \beta_{1i} t_{ti} + e_{ti}, && e_{ti} \sim N(0, \sigma^2)\\
\text{Level 2 (people):}\quad & \beta_{0i} = \gamma_{00} + u_{0i}, && u_{0i} \sim N(0, \tau_0^2)\\
& \beta_{1i} = \gamma_{10} + u_{1i}, && u_{1i} \sim N(0, \tau_1^2)\\
& && \operatorname{cov}(u_{0i}, u_{1i}) = \tau_{01}
\end{aligned}""",
        "y ~ t + (t | i)",
    ),
    "a brace before an array": (
        r"""\[\left\{\begin{array}{l}
y_{ij} = \beta_{0j} + \beta_{1j} x_{ij} + \varepsilon_{ij}\\
\beta_{0j} = \beta_0 + u_{0j}\\
\beta_{1j} = \beta_1 + u_{1j}
\end{array}\right.\]
\[\varepsilon_{ij}\sim\mathcal{N}(0,\sigma^2),\quad (u_{0j},u_{1j})'\sim\mathcal{N}_2\left((0,0)',\Sigma_u\right)\]""",
        "y ~ x + (x | j)",
    ),
    "sentences that go on": (
        r"""y_ij = b_0j + b_1j*x_ij + e_ij,
where b_0j = g_00 + g_01*z_j + u_0j,
and b_1j = g_10 + u_1j,
with u_0j and u_1j independent.""",
        "y ~ z + x + (x || j)",
    ),
    "small letters": (
        r"""yᵢⱼ = β₀ⱼ + β₁ⱼxᵢⱼ + eᵢⱼ
β₀ⱼ = γ₀₀ + u₀ⱼ
β₁ⱼ = γ₁₀ + u₁ⱼ
u₀ⱼ and u₁ⱼ are uncorrelated""",
        "y ~ x + (x || j)",
    ),
    "a distribution in words alone": (
        r"""$$y_i = \alpha_{j[i]} + \beta x_i + \epsilon_i$$ where the group intercepts $\alpha_j$ are normally distributed around $\mu_\alpha$ with standard deviation $\sigma_\alpha$.""",
        "y ~ x + (1 | j)",
    ),
    "remarks behind rows": (
        r"""y_{ij} &= \beta_{0j} + \beta_{1j}\,\text{x}_{ij} + \epsilon_{ij}, \quad \epsilon_{ij} \sim \text{Normal}(0, \sigma^2) \quad \text{(within schools)} \\
\beta_{0j} &= \gamma_{00} + u_{0j}, \quad u_{0j} \sim \text{Normal}(0, \tau_0^2) \quad \text{(between schools)} \\
\beta_{1j} &= \gamma_{10} + u_{1j}, \quad u_{1j} \sim \text{Normal}(0, \tau_1^2)""",
        "y ~ x + (x || j)",
    ),
    "vectors of effects and residuals": (
        r"""$$y_{ij} = (\beta_0 + b_{0i}) + (\beta_1 + b_{1i}) t_{ij} + e_{ij}, \quad b_i = (b_{0i}, b_{1i})^T \sim N(0, G), \quad e_i = (e_{i1}, \dots, e_{in_i})^T \sim N(0, \sigma^2 I_{n_i})$$""",
        "y ~ t + (t | i)",
    ),
    "inline mathematics with labels": (
        r"""Level-1: $Y_{ijk} = \pi_{0jk} + \pi_{1jk} a_{ijk} + e_{ijk}$, $e_{ijk} \sim N(0, \sigma^2)$

Level-2: $\pi_{0jk} = \beta_{00k} + r_{0jk}$, $\pi_{1jk} = \beta_{10k} + r_{1jk}$, $(r_{0jk}, r_{1jk}) \sim N(0, T_\pi)$

Level-3: $\beta_{00k} = \gamma_{000} + u_{00k}$, $\beta_{10k} = \gamma_{100} + u_{10k}$, $(u_{00k}, u_{10k}) \sim N(0, T_\beta)$, $T_\beta$ diagonal""",
        "Y ~ a + (a || k) + (a | k:j)",
    ),
    "cases at two levels": (
        r"""**Model.** Reading scores were modelled as
$$\text{read}_{tij} = \pi_{0ij} + \pi_{1ij}\text{grade}_{tij} + e_{tij}, \quad e_{tij} \sim N(0, \sigma^2) \tag{1}$$
$$\begin{cases}\pi_{0ij} = \beta_{00j} + r_{0ij}\\ \pi_{1ij} = \beta_{10j} + r_{1ij}\end{cases} \tag{2}$$
$$\begin{cases}\beta_{00j} = \gamma_{000} + u_{00j}\\ \beta_{10j} = \gamma_{100}\end{cases} \tag{3}$$
with $(r_{0ij}, r_{1ij})^\top \sim N(\mathbf 0, \mathbf T_\pi)$ and $u_{00j} \sim N(0, \tau_{\beta00})$.""",
        "read ~ grade + (1 | j) + (grade | j:i)",
    ),
    "allowed to be correlated": (
        r"""\begin{align}
\text{Occasion level:} \quad y_{ij} &= b_{0j} + b_{1j} \cdot \text{time}_{ij} + e_{ij} \\
\text{Person level:} \quad b_{0j} &= \beta_0 + u_{0j} \\
b_{1j} &= \beta_1 + u_{1j}
\end{align}
The person-level residuals $u_{0j}$ and $u_{1j}$ are allowed to be correlated, with correlation $\rho_{01}$.""",
        "y ~ time + (time | j)",
    ),
    "a logarithm and a covariance": (
        r"""log(price_ij) = b0_j + b1_j log(size_ij) + e_ij, e_ij ~ N(0, sigma^2)
b0_j ~ N(mu_0, tau_0^2)
b1_j ~ N(mu_1, tau_1^2)
Cov(b0_j, b1_j) = tau_01""",
        "log(price) ~ log(size) + (log(size) | j)",
    ),
    "the variance of a vector": (
        r"""\[ \begin{array}{rcl}
Y_{ij} & = & \beta_{0j} + \beta_{1j}X_{ij} + r_{ij}, \quad r_{ij} \sim N(0,\sigma^2) \\
\beta_{0j} & = & \gamma_{00} + \gamma_{01}W_j + u_{0j} \\
\beta_{1j} & = & \gamma_{10} + \gamma_{11}W_j + u_{1j}
\end{array} \]
\[ \mathrm{Var}\begin{pmatrix} u_{0j} \\ u_{1j} \end{pmatrix} = \begin{pmatrix} \tau_{00} & \tau_{01} \\ \tau_{10} & \tau_{11} \end{pmatrix} \]""",
        "Y ~ X*W + (X | j)",
    ),
    "binomial counts and the sign of independence": (
        r"""$$\begin{aligned} \text{logit}(p_{ij}) &= \gamma_{00} + \gamma_{10}\,\text{dose}_{ij} + u_{0j} + u_{1j}\,\text{dose}_{ij}\\ y_{ij} &\sim \text{Binomial}(n_{ij}, p_{ij})\\ u_{0j} &\sim N(0, \sigma_0^2),\quad u_{1j} \sim N(0, \sigma_1^2),\quad u_{0j} \perp u_{1j}\end{aligned}$$""",
        "cbind(y, n - y) ~ dose + (dose || j)",
    ),
    "distributions in a second column": (
        r"""Y_ij = β_0j + β_1j(time_ij) + r_ij        r_ij ~ N(0, σ²)
β_0j = γ_00 + γ_01(treat_j) + u_0j        u_0j ~ N(0, τ_00)
β_1j = γ_10 + γ_11(treat_j) + u_1j        u_1j ~ N(0, τ_11)
                                          Cov(u_0j, u_1j) = τ_01""",
        "Y ~ time*treat + (time | j)",
    ),
    "numbers of equations and a matrix in words": (
        r"""$y_{ij} = \beta_{0j} + \beta_{1j}x_{ij} + e_{ij}$ (1)

$\beta_{0j} = \gamma_{00} + u_{0j}$ (2)

$\beta_{1j} = \gamma_{10} + u_{1j}$ (3)

Here, $u_{0j}$ and $u_{1j}$ are bivariate normally distributed with zero means and covariance matrix
$$\Sigma_u = \begin{bmatrix} \sigma_{u0}^2 & \sigma_{u01} \\ \sigma_{u01} & \sigma_{u1}^2 \end{bmatrix}.$$""",
        "y ~ x + (x | j)",
    ),
    "three independent coefficients": (
        r"""\begin{equation*}
\begin{pmatrix} \alpha_j \\ \beta_j \\ \delta_j \end{pmatrix} \sim \mathcal{N}\left(\begin{pmatrix} \mu_\alpha \\ \mu_\beta \\ \mu_\delta\end{pmatrix}, \begin{pmatrix} \sigma_\alpha^2 & 0 & 0 \\ 0 & \sigma_\beta^2 & 0 \\ 0 & 0 & \sigma_\delta^2\end{pmatrix}\right)
\end{equation*}
\begin{equation*}
y_i \sim \mathcal{N}(\alpha_{j[i]} + \beta_{j[i]} x_i + \delta_{j[i]} z_i, \sigma^2)
\end{equation*}""",
        "y ~ x + z + (x + z || j)",
    ),
    "an effect with a brace": (
        r"""We assume $$\text{weight}_{ij} = \theta + \delta\,\text{sex}_{ij} + \underbrace{L_j}_{\text{litter}} + \varepsilon_{ij},$$ where the litter effects $L_j \overset{\mathrm{iid}}{\sim} \mathrm{N}(0, \sigma_L^2)$ are independent of the errors $\varepsilon_{ij} \overset{\mathrm{iid}}{\sim} \mathrm{N}(0, \sigma^2)$.""",
        "weight ~ sex + (1 | j)",
    ),
    "labels on rows of their own": (
        r"""\begin{align*}
& \text{Level 1} \\
& y_{ij} = \beta_{0j} + \beta_{1j} x_{ij} + e_{ij} \\[1em]
& \text{Level 2} \\
& \beta_{0j} = \gamma_{00} + u_{0j} \\
& \beta_{1j} = \gamma_{10} + u_{1j} \\[1em]
& \text{with } e_{ij} \sim N(0, \sigma^2), \; u_{0j} \sim N(0, \tau_{0}^2) \text{ and } u_{1j} \sim N(0, \tau_1^2)
\end{align*}""",
        "y ~ x + (x || j)",
    ),
    "ages from 11 on": (
        r"""Level 1: Attitude_ti = π_0i + π_1i (Age_ti - 11) + e_ti
Level 2: π_0i = β_00 + β_01 Gender_i + r_0i
         π_1i = β_10 + β_11 Gender_i + r_1i
where e_ti ~ N(0, σ²) and [r_0i, r_1i] ~ N([0, 0], T).""",
        "Attitude ~ I(Age - 11)*Gender + (I(Age - 11) | i)",
    ),
    "all in one row": (
        r"""$$
\text{score}_{ij} = \beta_0 + \beta_1 \text{treat}_j + b_j + \epsilon_{ij} \quad b_j \sim N(0,\sigma_b^2) \quad \epsilon_{ij} \sim N(0, \sigma^2) \quad i = 1, \ldots, n_j; \; j = 1, \ldots, J
$$""",
        "score ~ treat + (1 | j)",
    ),
    "a product of three matrices": (
        r"""\begin{gathered}
y_{i} = \alpha_{s[i]} + \tau_{s[i]} z_{i} + \epsilon_{i} \\
\alpha_s = \alpha + a_s, \quad \tau_s = \tau + t_s \\
\begin{bmatrix} a_s \\ t_s \end{bmatrix} \sim \mathcal{N}\left(\mathbf{0}, \begin{bmatrix} \sigma_a & 0 \\ 0 & \sigma_t\end{bmatrix} \begin{bmatrix} 1 & \rho \\ \rho & 1\end{bmatrix} \begin{bmatrix} \sigma_a & 0 \\ 0 & \sigma_t\end{bmatrix}\right)
\end{gathered}""",
        "y ~ z + (z | s)",
    ),
    "a correlation of coefficients": (
        r"""$$Y_{ij}=\beta_{0j}+\beta_{1j}X_{ij}+\varepsilon_{ij}\qquad\varepsilon_{ij}\overset{iid}{\sim}\mathcal{N}(0,\sigma^2)$$
$$\beta_{0j}\sim\mathcal{N}(\gamma_{00},\tau_0^2)\qquad\beta_{1j}\sim\mathcal{N}(\gamma_{10},\tau_1^2)\qquad\operatorname{corr}(\beta_{0j},\beta_{1j})=\rho$$""",
        "Y ~ X + (X | j)",
    ),
    "an inline model with its distributions": (
        r"""$y_{ij} = \beta_0 + \beta_1 x_{ij} + u_j + \epsilon_{ij}$ where $u_j \sim N(0,\sigma_u^2)$ is a random intercept, $\epsilon_{ij} \sim N(0,\sigma^2)$ the error, and both are independent.""",
        "y ~ x + (1 | j)",
    ),
    "a list of effects before a joint distribution": (
        r"""y_ij ~ N(mu_ij, sigma^2)
mu_ij = (beta_0 + u_0j) + (beta_1 + u_1j)*x_ij
u_0j, u_1j ~ MVN(0, Sigma)""",
        "y ~ x + (x | j)",
    ),
}
