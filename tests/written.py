"""Expressions and how each markup spells them: (expression, Unicode, ASCII, LaTeX)."""

from __future__ import annotations

from notation.equations import (
    Apply,
    Blank,
    Column,
    Digit,
    Dot,
    Equation,
    Index,
    Label,
    Lookup,
    Matrix,
    Negative,
    Number,
    Power,
    Product,
    Quantity,
    Quotient,
    Script,
    Sum,
    Symbol,
    Transpose,
    Vector,
    Word,
    letter,
    word,
)
from notation.expressions import INTERCEPT
from notation.parameters import Coefficient

I, J, K = Index("i"), Index("j"), Index("k")  # noqa: E741 — the index letters of the field
ZERO, ONE, TEN = Digit(0), Digit(1), Digit(10)
ALPHA, BETA = Label(letter("α")), Label(letter("β"))
TWO = Number("2")
A, B, C = letter("a"), letter("b"), letter("c")
SES = word("ses", I, J)
MEAN = word("ses", Dot(), J, accent="bar")
HALF = Quantity(Coefficient(INTERCEPT), Negative(Number("0.5")))


def beta(*below: Script) -> Symbol:
    return letter("β", *below)


SYMBOLS = [
    (word("math", I, J, K), "math_ijk", "math_ijk", r"\text{math}_{ijk}"),
    (letter("γ", ZERO, ONE), "γ_01", "gamma_01", r"\gamma_{01}"),
    (letter("π", ZERO, J, K), "π_0jk", "pi_0jk", r"\pi_{0jk}"),
    (letter("ε", I), "ε_i", "epsilon_i", r"\varepsilon_i"),
    (letter("Σ", Word("student")), "Σ_student", "Sigma_student", r"\Sigma_{\text{student}}"),
    (letter("σ", Word("girl")), "σ_`girl`", "sigma_`girl`", r"\sigma_{\text{girl}}"),
    # Numbers of two digits need commas; alone they are what they look like.
    (letter("γ", ONE, TEN), "γ_{1,10}", "gamma_{1,10}", r"\gamma_{1,10}"),
    (letter("γ", ONE, TEN, J, K), "γ_{1,10,jk}", "gamma_{1,10,jk}", r"\gamma_{1,10,jk}"),
    (beta(TEN, J), "β_{10,j}", "beta_{10,j}", r"\beta_{10,j}"),
    (beta(TEN), "β_10", "beta_10", r"\beta_{10}"),
    (
        letter("τ", BETA, ZERO, ZERO, Word(","), ONE, ZERO),
        "τ_{β00,10}",
        "tau_{beta00,10}",
        r"\tau_{\beta 00,10}",
    ),
    # Letters that would be a word, or a Greek letter's name, are kept apart.
    (letter("y", Index("a"), Index("b"), Index("c")), "y_{a,b,c}", "y_{a,b,c}", "y_{a,b,c}"),
    (letter("y", Index("p"), I), "y_{p,i}", "y_{p,i}", "y_{p,i}"),
    (letter("α", Lookup("j", (I,))), "α_j[i]", "alpha_j[i]", r"\alpha_{j[i]}"),
    (beta(ONE, Lookup("j", (I,))), "β_1j[i]", "beta_1j[i]", r"\beta_{1j[i]}"),
    (letter("α", Lookup("school", (I,))), "α_school[i]", "alpha_school[i]", r"\alpha_{\text{school}[i]}"),
    (letter("a", Lookup("k", (Lookup("j", (I,)),))), "a_k[j[i]]", "a_k[j[i]]", "a_{k[j[i]]}"),
    (
        letter("α", Lookup("j", (I,)), Lookup("k", (I,))),
        "α_{j[i],k[i]}",
        "alpha_{j[i],k[i]}",
        r"\alpha_{j[i],k[i]}",
    ),
    (letter("ρ", ALPHA, BETA), "ρ_αβ", "rho_{alpha,beta}", r"\rho_{\alpha \beta}"),
    (letter("ρ", Label(A), Label(B)), "ρ_ab", "rho_ab", r"\rho_{ab}"),
    (letter("μ", Label(beta(ONE))), "μ_{β_1}", "mu_{beta_1}", r"\mu_{\beta_1}"),
    (letter("γ", ZERO, above=(ALPHA,)), "γ_0^α", "gamma_0^alpha", r"\gamma_0^{\alpha}"),
    (letter("γ", ALPHA, above=(BETA,)), "γ_{α}^β", "gamma_{alpha}^beta", r"\gamma_{\alpha}^{\beta}"),
    (letter("u", J, above=(Word("(2)"),)), "u_j^{(2)}", "u_j^{(2)}", "u_j^{(2)}"),
    (word("week", Word("t-1"), I), "week_{t-1,i}", "week_{t-1,i}", r"\text{week}_{t-1,i}"),
    (MEAN, "s\u0304e\u0304s\u0304_.j", "mean(ses)_.j", r"\overline{\text{ses}}_{\cdot j}"),
    (
        word("sch_ses", J, accent="bar"),
        "mean(`sch_ses`)_j",
        "mean(`sch_ses`)_j",
        r"\overline{\text{sch\_ses}}_j",
    ),
    (Symbol("x", (I,), accent="hat"), "x̂_i", "hat(x)_i", r"\hat{x}_i"),
    (Symbol("x", (I,), accent="star"), "x_i^*", "x_i^*", "x_i^*"),
    (Symbol("x", (I,), accent="prime"), "x′_i", "x'_i", r"x_i^{\prime}"),
    (word("Machine", I, category="B"), "Machine[B]_i", "Machine[B]_i", r"\text{Machine}[\text{B}]_i"),
    (
        word("age", I, category="[16,18)"),
        "age[`[16,18)`]_i",
        "age[`[16,18)`]_i",
        r"\text{age}[\text{[16,18)}]_i",
    ),
]

SIGNS = [
    (Sum((A, Negative(B))), "a − b", "a - b", "a - b"),
    (Sum((Negative(A), B)), "−a + b", "-a + b", "-a + b"),
    (Sum((A, Negative(Negative(B)))), "a − (−b)", "a - (-b)", "a - (-b)"),
    (Sum((A, Negative(Sum((B, C))))), "a − (b + c)", "a - (b + c)", "a - (b + c)"),
    (Negative(Sum((A, B))), "−(a + b)", "-(a + b)", "-(a + b)"),
    # A negative estimate in the place of a coefficient.
    (Sum((A, Product((HALF, SES)))), "a − 0.5 ses_ij", "a - 0.5 ses_ij", r"a - 0.5 \, \text{ses}_{ij}"),
    (Sum((A, HALF)), "a − 0.5", "a - 0.5", "a - 0.5"),
    (Negative(Product((HALF, B))), "−(−0.5 b)", "-(-0.5 b)", r"-(-0.5 \, b)"),
    (Product((A, HALF)), "a × (−0.5)", "a*(-0.5)", r"a \times (-0.5)"),
    (Sum((A, Quotient(Negative(B), C))), "a + (−b)/c", "a + (-b)/c", r"a + \frac{-b}{c}"),
    (Power(Negative(A), TWO), "(−a)²", "(-a)^2", "(-a)^2"),
]

PRODUCTS = [
    (Product((beta(ONE, J), SES)), "β_1j ses_ij", "beta_1j ses_ij", r"\beta_{1j} \, \text{ses}_{ij}"),
    (
        Product((beta(ONE, J), Sum((SES, Negative(MEAN))))),
        "β_1j (ses_ij − s\u0304e\u0304s\u0304_.j)",
        "beta_1j (ses_ij - mean(ses)_.j)",
        r"\beta_{1j} (\text{ses}_{ij} - \overline{\text{ses}}_{\cdot j})",
    ),
    (Product((A, B), "×"), "a × b", "a*b", r"a \times b"),
    (Product((A, B), "·"), "a · b", "a*b", r"a \cdot b"),
    (Product((letter("ρ"), letter("σ", ALPHA))), "ρ σ_α", "rho sigma_alpha", r"\rho \sigma_{\alpha}"),
    # Side by side these would read as a number, and as a function of its argument.
    (Product((TWO, Number("3"))), "2 × 3", "2*3", r"2 \times 3"),
    (Product((A, Sum((B, C)))), "a × (b + c)", "a*(b + c)", r"a \times (b + c)"),
    (Product((word("ses"), Sum((B, C)))), "ses × (b + c)", "ses*(b + c)", r"\text{ses} \times (b + c)"),
    (Product((Quotient(A, B), C)), "(a/b) c", "(a/b) c", r"\frac{a}{b} \, c"),
    (Quotient(Sum((A, B)), Product((B, C))), "(a + b)/(b c)", "(a + b)/(b c)", r"\frac{a + b}{b c}"),
    (Quotient(Quotient(A, B), C), "(a/b)/c", "(a/b)/c", r"\frac{\frac{a}{b}}{c}"),
]

POWERS = [
    (Power(letter("σ"), TWO), "σ²", "sigma^2", r"\sigma^2"),
    (Power(letter("σ", ALPHA), TWO), "σ²_α", "sigma_alpha^2", r"\sigma_{\alpha}^2"),
    (Power(word("x", I, J), TWO), "x²_ij", "x_ij^2", r"\text{x}_{ij}^2"),
    (Power(word("x", I), Number("12")), "x¹²_i", "x_i^12", r"\text{x}_i^{12}"),
    (Power(word("x", I), Number("0.5")), "x_i^(0.5)", "x_i^(0.5)", r"\text{x}_i^{0.5}"),
    (Power(word("x", I), Negative(TWO)), "x_i^(−2)", "x_i^(-2)", r"\text{x}_i^{-2}"),
    (Power(Number("6.26"), TWO), "6.26²", "6.26^2", "6.26^2"),
    (Power(Sum((A, B)), TWO), "(a + b)²", "(a + b)^2", "(a + b)^2"),
    (Power(Apply("log", (A,)), TWO), "(log(a))²", "(log(a))^2", r"(\log(a))^2"),
    (Power(Quotient(A, B), TWO), "(a/b)²", "(a/b)^2", r"\left( \frac{a}{b} \right)^2"),
    (Power(letter("γ", above=(ALPHA,)), TWO), "(γ^α)²", "(gamma^alpha)^2", r"(\gamma^{\alpha})^2"),
]

CALLS = [
    (Apply("log", (SES,)), "log(ses_ij)", "log(ses_ij)", r"\log(\text{ses}_{ij})"),
    (Apply("logit", (letter("p", I),)), "logit(p_i)", "logit(p_i)", r"\mathrm{logit}(p_i)"),
    (Apply("sqrt", (A,)), "sqrt(a)", "sqrt(a)", r"\sqrt{a}"),
    (Apply("log", (Quotient(A, B),)), "log(a/b)", "log(a/b)", r"\log\left( \frac{a}{b} \right)"),
    (Apply("my_fun", (A,)), "`my_fun`(a)", "`my_fun`(a)", r"\mathrm{my\_fun}(a)"),
    (
        Apply("Pr", (Equation((letter("y", I), Number("1"))),), (beta(),)),
        "Pr(y_i = 1 | β)",
        "Pr(y_i = 1 | beta)",
        r"\mathrm{Pr}(y_i = 1 \mid \beta)",
    ),
    (Apply("≤", (letter("y"), letter("k"))), "y ≤ k", "y <= k", r"y \le k"),
    (
        Column(Apply("poly", (SES, TWO)), 1),
        "poly(ses_ij, 2)[1]",
        "poly(ses_ij, 2)[1]",
        r"\mathrm{poly}(\text{ses}_{ij}, 2)[1]",
    ),
]

ARRAYS = [
    (Vector((A, B)), "(a, b)", "(a, b)", r"\begin{pmatrix} a \\ b \end{pmatrix}"),
    (Vector((A,)), "(a)", "(a)", r"\begin{pmatrix} a \end{pmatrix}"),
    (Transpose(Vector((A, B))), "(a, b)′", "(a, b)'", r"(a, b)^\top"),
    (Transpose(letter("X", J)), "Xᵀ_j", "X_j^T", r"X_j^\top"),
    (Matrix(((A, B), (B, C))), "[a b; b c]", "[a b; b c]", r"\begin{pmatrix} a & b \\ b & c \end{pmatrix}"),
    (
        Matrix(((A, Product((B, C))), (Blank(dots=True), C))),
        "[a, b c; …, c]",
        "[a, b c; ..., c]",
        r"\begin{pmatrix} a & b c \\ \cdots & c \end{pmatrix}",
    ),
    (
        Matrix(((A, Blank()), (B, C))),
        "[a, ; b, c]",
        "[a, ; b, c]",
        r"\begin{pmatrix} a &  \\ b & c \end{pmatrix}",
    ),
]

NODES = SYMBOLS + SIGNS + PRODUCTS + POWERS + CALLS + ARRAYS
