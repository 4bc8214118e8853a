"""Text → Equations: every way of writing that the reader knows, what it refuses, and the way back."""

from __future__ import annotations

import sys
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
import strategies
from hypothesis import given
from lark import Lark
from written import NODES

from notation.equations import (
    Apply,
    Blank,
    Counts,
    Digit,
    Distributed,
    Equation,
    Equations,
    Index,
    Label,
    Legend,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Quotient,
    Sum,
    Symbol,
    Transpose,
    Vector,
    letter,
    word,
)
from notation.errors import ReadError, Span, WriteError
from notation.markup import latex, plain
from notation.model import Model
from notation.notations import combined, gelman_hill, raudenbush_bryk
from notation.options import Options
from notation.resources import grammar
from notation.text import MAX_LENGTH, read_equations
from notation.text.building import Given


def page(text: str) -> Equations:
    (only,) = read_equations(text)
    return only


def right_side(text: str) -> Node:
    """What stands on the right of the one statement of a text."""
    (statement,) = page(text).statements
    assert isinstance(statement, Equation)
    return statement.sides[-1]


# ------------------------------------------------------------------ the quiz

QUIZ = r"""\text{math}_{ijk} = \pi_{0jk} + \pi_{1jk}(\text{week}) + e_{ijk} \\
\pi_{0jk} = \beta_{00k} + \beta_{01k}(\text{FRL}) + r_{0jk} \\
\pi_{1jk} = \beta_{10k} + \beta_{11k}(\text{FRL}) + r_{1jk} \\
\beta_{00k} = \gamma_{000} + \gamma_{001}(\text{Size}) + u_{00k} \\
\beta_{01k} = \gamma_{010} + \gamma_{011}(\text{Size}) + u_{01k} \\
\beta_{10k} = \gamma_{100} + \gamma_{101}(\text{Size}) + u_{10k} \\
\beta_{11k} = \gamma_{110}
"""
LEGEND = "where i, j, and k index time points, students, and schools"
QUIZ_PLAIN = """math_ijk = π_0jk + π_1jk(week) + e_ijk
π_0jk = β_00k + β_01k(FRL) + r_0jk
π_1jk = β_10k + β_11k(FRL) + r_1jk
β_00k = γ_000 + γ_001(Size) + u_00k
β_01k = γ_010 + γ_011(Size) + u_01k
β_10k = γ_100 + γ_101(Size) + u_10k
β_11k = γ_110
"""
QUIZ_ASCII = """math_ijk = pi_0jk + pi_1jk*week + e_ijk
pi_0jk = beta_00k + beta_01k*FRL + r_0jk
pi_1jk = beta_10k + beta_11k*FRL + r_1jk
beta_00k = gamma_000 + gamma_001*Size + u_00k
beta_01k = gamma_010 + gamma_011*Size + u_01k
beta_10k = gamma_100 + gamma_101*Size + u_10k
beta_11k = gamma_110
"""
ALIGNED = QUIZ.replace(" = ", " &= ")
WITHOUT_LINE_ENDS = QUIZ_PLAIN.replace("\n", " ")

SAME_QUIZ = {
    "as printed": QUIZ + LEGEND,
    "three backslashes": QUIZ.replace("\\\\", "\\\\\\") + LEGEND,
    "in dollars": f"$$\n{QUIZ}{LEGEND}\n$$",
    "in brackets": f"\\[\n{QUIZ}{LEGEND}\n\\]",
    "align": f"\\begin{{align}}\n{ALIGNED}\\end{{align}}\n{LEGEND}",
    "aligned in dollars": f"$$\n\\begin{{aligned}}\n{ALIGNED}\\end{{aligned}}\n$$\n{LEGEND}.",
    "aligned in backticks": f"$$\n`\\begin{{aligned}}\n{ALIGNED}\\end{{aligned}}`\n$$\n{LEGEND}",
    "eqnarray": f"\\begin{{eqnarray}}{QUIZ.replace(' = ', ' &=& ')}\\end{{eqnarray}}{LEGEND}",
    "split": f"$$\\begin{{split}}{ALIGNED}\\end{{split}}$$ {LEGEND}",
    "alignat": f"\\begin{{alignat*}}{{2}}{ALIGNED}\\end{{alignat*}} {LEGEND}",
    "a block for each line": "".join(f"$${row}$$\n" for row in QUIZ.split("\\\\")) + LEGEND,
    "legend in text": f"$${QUIZ} \\\\ \\text{{{LEGEND}}}$$",
    "legend with inline mathematics": f"$${QUIZ}$$ {LEGEND.replace('i, j, and k', '$i$, $j$, and $k$')}.",
    "bare words": QUIZ.replace(r"\text{math}", "math") + LEGEND,
    "operator names": QUIZ.replace(r"\text", r"\operatorname") + LEGEND,
    "dot": QUIZ.replace(r"(\text{week})", r"\cdot \text{week}") + LEGEND,
    "Unicode": QUIZ_PLAIN + LEGEND,
    "ASCII": QUIZ_ASCII + LEGEND,
    "no subscripts but small letters": QUIZ_PLAIN.replace("_0jk", "₀ⱼₖ") + LEGEND,
    "indented, with blank lines": QUIZ_PLAIN.replace("\n", "\n\n    ") + "\n" + LEGEND,
    "windows": (QUIZ_PLAIN + LEGEND).replace("\n", "\r\n"),
}


@pytest.mark.parametrize("name", SAME_QUIZ)
def test_the_quiz(name: str) -> None:
    assert page(SAME_QUIZ[name]) == page(SAME_QUIZ["as printed"])


def test_the_quiz_is_what_it_says() -> None:
    found = page(SAME_QUIZ["as printed"])
    assert len(found.statements) == 7
    i, j, k = Index("i"), Index("j"), Index("k")
    slope = Product((letter("π", Digit(1), j, k), word("week")))
    right = Sum((letter("π", Digit(0), j, k), slope, letter("e", i, j, k)))
    assert found.statements[0] == Equation((word("math", i, j, k), right))
    words = ("time points", "students", "schools")
    assert found.legend.counts == tuple(map(Counts, "ijk", words))


def test_lost_line_ends() -> None:
    assert page(WITHOUT_LINE_ENDS).statements == page(QUIZ_PLAIN).statements


# ------------------------------------------------------------------ expressions

a, b, c, x = letter("a"), letter("b"), letter("c"), letter("x")
TWO = Number("2")

EXPRESSIONS: dict[str, Node] = {
    "a + b": Sum((a, b)),
    "a - b": Sum((a, Negative(b))),
    "-a + b": Sum((Negative(a), b)),
    "a + -0.97 b": Sum((a, Negative(Product((Number("0.97"), b))))),
    "a b": Product((a, b)),
    "a*b": Product((a, b)),
    "a × b · c": Product((a, b, c)),
    "a (b + c)": Product((a, Sum((b, c)))),
    "[a + b] + {c}": Sum((Sum((a, b)), c)),
    "a/b": Quotient(a, b),
    "a/(1 - a)": Quotient(a, Sum((Number("1"), Negative(a)))),
    "(a + b)²": Power(Sum((a, b)), TWO),
    "(a + b)^2": Power(Sum((a, b)), TWO),
    "(a, b)'": Transpose(Vector((a, b))),
    "(a, …, b)": Vector((a, Blank(dots=True), b)),
    "[a; b]": Vector((a, b)),
    "log(a)": Apply("log", (a,)),
    "ln(a)": Apply("log", (a,)),
    "log a": Apply("log", (a,)),
    "β(a)": Product((letter("β"), a)),
    "logit(a)": Apply("logit", (a,)),
    "logit^-1(a)": Apply("invlogit", (a,)),
    "E(a)": Apply("E", (a,)),
    "Var(a)": Apply("Var", (a,)),
    "Pr(a = 1)": Apply("Pr", (Equation((a, Number("1"))),)),
    "P(a = 1 | b)": Apply("Pr", (Equation((a, Number("1"))),), (b,)),
    "Pr(a ≤ b)": Apply("Pr", (Apply("≤", (a, b)),)),
    "rcs(a, 3)": Apply("rcs", (a, Number("3"))),
    "x_1ij": Symbol("x", (Digit(1), Index("i"), Index("j")), word=True),
    r"\frac{a}{b}": Quotient(a, b),
    r"\log\left[\frac{a}{1 - a}\right]": Apply("log", (Quotient(a, Sum((Number("1"), Negative(a)))),)),
    r"\log a_i": Apply("log", (letter("a", Index("i")),)),
    r"\sqrt{a}": Apply("sqrt", (a,)),
    r"\exp(a)": Apply("exp", (a,)),
    r"\operatorname{logit}^{-1}(a)": Apply("invlogit", (a,)),
    r"\Phi^{-1}(a)": Apply("probit", (a,)),
    r"\log_{10}(a)": Apply("log10", (a,)),
    r"\operatorname{\log(days\ +\ 1)}": Apply("log", (Sum((word("days"), Number("1"))),)),
    r"{a + b}^2": Power(Sum((a, b)), TWO),
    r"\begin{pmatrix} a \\ b \end{pmatrix}": Vector((a, b)),
    r"\left(\begin{array}{c}\begin{aligned}&a \\ &b\end{aligned}\end{array}\right)": Vector((a, b)),
    r"\begin{bmatrix} a \\ \vdots \\ b \end{bmatrix}": Vector((a, Blank(dots=True), b)),
    r"a \big[ b + c \big]": Product((a, Sum((b, c)))),
    r"\left\{ a \right\}": a,
    r"\gamma_{11} (\text{ses})_i": Product((letter("γ", Digit(1), Digit(1)), word("ses", Index("i")))),
    r"(\alpha\beta)_{jk}": letter("αβ", Index("j"), Index("k")),
    r"\text{Machine}[\text{B}]_{ij}": word("Machine", Index("i"), Index("j"), category="B"),
}


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_expressions(text: str) -> None:
    assert right_side(f"y = {text}") == EXPRESSIONS[text]


# ------------------------------------------------------------------ distributions

DISTRIBUTIONS: dict[str, tuple[str, int]] = {
    "u ~ N(0, 1)": ("normal", 2),
    r"u \sim \mathcal{N}(0, \tau)": ("normal", 2),
    r"u \sim \operatorname{Normal}(0, \tau)": ("normal", 2),
    r"u \sim \text{MVN}\left(\mathbf{0}, \Sigma\right)": ("normal", 2),
    r"u \overset{iid}{\sim} N(0, \tau)": ("normal", 2),
    r"u \stackrel{iid}{\sim} N(0, \tau)": ("normal", 2),
    r"u \sim_{iid} N(0, \tau)": ("normal", 2),
    "u ~ iid N(0, 1)": ("normal", 2),
    r"u \sim N_2(0, T)": ("normal", 2),
    "y ~ Bernoulli(p)": ("bernoulli", 1),
    "y ~ Binomial(n, p)": ("binomial", 2),
    "y | p ~ B(m, p)": ("binomial", 2),
    "y ~ Poisson(λ)": ("poisson", 1),
    "y ~ NegBin(μ, φ)": ("negative_binomial", 2),
    "σ ~ half-Cauchy(0, 2)": ("cauchy", 2),
    r"\sigma \sim \operatorname{Student-t}(3, 0, 2)": ("student_t", 3),
    r"\sigma \sim \operatorname{Exponential}(1 / 9.9)": ("exponential", 1),
    "R ~ LKJcorr(2)": ("lkj", 1),
    "y ~ Weibull(a, b)": ("other", 2),
}


@pytest.mark.parametrize("text", DISTRIBUTIONS)
def test_distributions(text: str) -> None:
    (statement,) = page(text).statements
    assert isinstance(statement, Distributed)
    found = statement.distribution
    assert (found.name, len(found.arguments)) == DISTRIBUTIONS[text]


MATRIX = r"\begin{pmatrix} \tau_{00} & \tau_{01} \\ \tau_{10} & \tau_{11} \end{pmatrix}"
COLUMN = r"\begin{pmatrix} u_{0j} \\ u_{1j} \end{pmatrix}"
ZEROS = r"\begin{pmatrix} 0 \\ 0 \end{pmatrix}"

SAME_COVARIANCE = [
    "(u_0j, u_1j) ~ N((0, 0), [τ_00 τ_01; τ_10 τ_11])",
    "(u_0j, u_1j) ~ N([0; 0], [τ_00, τ_01; τ_10, τ_11])",
    "(u_0j, u_1j) ~ N((0, 0),\n    [τ_00 τ_01;\n    τ_10 τ_11])",
    f"{COLUMN} \\sim N\\left({ZEROS}, {MATRIX}\\right)",
    f"{COLUMN} \\sim N \\begin{{bmatrix}} {ZEROS}, & {MATRIX} \\end{{bmatrix}}",
    COLUMN + r"\sim N\begin{pmatrix} 0, & \tau_{00} & \tau_{01} \\ 0, & \tau_{10} & \tau_{11} \end{pmatrix}",
    COLUMN
    + r"\sim N\left(\begin{matrix} 0 & \\ 0 \end{matrix}, "
    + r"\begin{matrix} \tau_{00} & \tau_{01} \\ \tau_{10} & \tau_{11} \end{matrix} \right)",
    f"$${COLUMN}\n$$ $$ \\sim N\\left({ZEROS}, {MATRIX}\\right), $$",
]  # fmt: skip


@pytest.mark.parametrize("text", SAME_COVARIANCE)
def test_covariances(text: str) -> None:
    assert page(text).statements == page(SAME_COVARIANCE[0]).statements


def test_blank_cells() -> None:
    (statement,) = page(
        f"{COLUMN} \\sim N\\left(0, \\begin{{bmatrix}} a & \\\\ b & c \\end{{bmatrix}}\\right)"
    ).statements
    (again,) = page("(u_0j, u_1j) ~ N(0, [a, ; b, c])").statements
    assert statement == again


def test_keyword_arguments() -> None:
    (statement,) = page(
        r"y \sim \operatorname{Binomial}(n = 1, \operatorname{prob}_{\operatorname{y} = 1} = \hat{P})"
    ).statements
    assert isinstance(statement, Distributed)
    assert statement.distribution.keywords == (("n", Number("1")), ("prob", Symbol("P", accent="hat")))


def test_a_list_of_left_sides() -> None:
    texts = [
        r"\sigma_0, \sigma_1 \sim N(0, 1)",
        r"\sigma_0 \text{ and } \sigma_1 \sim N(0, 1)",
        "σ_0, σ_1 ~ N(0, 1)",
    ]
    pages = [page(text).statements for text in texts]
    assert pages[0] == pages[1] == pages[2]
    assert isinstance(pages[0][0], Distributed)
    assert len(pages[0][0].left) == 2


# ------------------------------------------------------------------ the legend

LEGENDS: dict[str, Legend] = {
    "where i and j index students and schools": Legend((Counts("i", "students"), Counts("j", "schools"))),
    "where i indexes students and j indexes schools.": Legend(
        (Counts("i", "students"), Counts("j", "schools"))
    ),
    "where i indexes `my units`": Legend((Counts("i", "my units"),)),
    "where i, j and k index a, b, and c": Legend(tuple(map(Counts, "ijk", "abc"))),
    "students are nested in schools.": Legend(nested=(("students", "schools"),)),
    "schools and neighborhoods are crossed.": Legend(crossed=(("schools", "neighborhoods"),)),
    "where i and j index raters and items. raters and items are crossed.": Legend(
        (Counts("i", "raters"), Counts("j", "items")), crossed=(("raters", "items"),)
    ),
    "j indexes schools. ses is centered at the grand mean. students are nested in schools.": Legend(
        (Counts("j", "schools"),), nested=(("students", "schools"),), centered=(("ses", ""),)
    ),
    "Machine has categories A (reference), B, C.": Legend(categories=(("Machine", ("A", "B", "C"), False),)),
    "grade has numeric categories 1 (reference), 2.": Legend(categories=(("grade", ("1", "2"), True),)),
    "ses is centered at the mean of sch_id.": Legend(centered=(("ses", "sch_id"),)),
    "ses is centered at the grand mean.": Legend(centered=(("ses", ""),)),
    "SES has been centered around the group mean.": Legend(centered=(("SES", "group mean"),)),
    "This is a model.": Legend(),
}


@pytest.mark.parametrize("text", LEGENDS)
def test_legends(text: str) -> None:
    assert page(f"y_i = β_0 + e_i\n{text}").legend == LEGENDS[text]


def test_the_legend_of_latex() -> None:
    text = (
        r"y = x \\ \text{where } i \text{, } j \text{, and } k \text{ index } \text{time points}\text{, }"
        r"\text{students}\text{, and }\text{a, b} \\ "
        r"\text{students} \text{ are nested in } \text{a, b}\text{.}"
    )
    legend = page(text).legend
    assert legend.counts == (Counts("i", "time points"), Counts("j", "students"), Counts("k", "a, b"))
    assert legend.nested == (("students", "a, b"),)


# ------------------------------------------------------------------ HLM

HLM = """Level-1 Model

    MATHij = β0j + β1j*(SESij) + rij

Level-2 Model

    β0j = γ00 + γ01*(SECTORj) + u0j
    β1j = γ10 + u1j

SES has been centered around the group mean.
"""


def test_hlm() -> None:
    same = """MATH_ij = β_0j + β_1j × SES_ij + r_ij
β_0j = γ_00 + γ_01 × SECTOR_j + u_0j
β_1j = γ_10 + u_1j
"""
    found = page(HLM)
    assert found.statements == page(same).statements
    assert [s.level for s in found.statements] == [1, 2, 2]


def test_hlm_6() -> None:
    text = "Level-1 Model Y = B0 + B1*(SES) + R Level-2 Model B0 = G00 + G01*(MEANSES) + U0 B1 = G10 + U1"
    found = page(text)
    assert [s.level for s in found.statements] == [1, 2, 2]
    assert found.statements[2] == Equation(
        (letter("B", Digit(1)), Sum((letter("G", Digit(1), Digit(0)), letter("U", Digit(1)))))
    )


# ------------------------------------------------------------------ refusals

REFUSED: dict[str, tuple[str, str]] = {
    "": ("there is no equation in this text", ""),
    "just words": ("there is no equation in this text", ""),
    "y = ": ("the right side of the equation is expected behind =", "="),
    "y = a + ": ("a coefficient, a variable or a random effect is expected behind +", "+"),
    "y = a + + b": ("a coefficient, a variable or a random effect is expected behind +", "+"),
    "= a": ("a left side is expected before =", "="),
    "y = (a + b": ("( is never closed", "("),
    "y = a + b)": (") closes a bracket that was never opened", ")"),
    "y ~ N": ("the distribution N lacks its arguments", "N"),
    "y ~ x ~ z": ("no distribution stands behind ~", "x"),
    "y ~ x, family = binomial": ("no distribution stands behind ~", "x"),
    "y ~ 3": ("a distribution is expected behind ~", "~"),
    "y = week(FRL)": ("week(…) could be a function or a product", "week"),
    "y = log log a": ("functions of functions need brackets", "log"),
    "y_i = α[school] + e_i": ("α[school] could be looked up in a group or a product", "α"),
    "$y_i = b[\\text{clinic}] x_i$": ("b[\\text{clinic}] could be looked up in a group or a product", "b"),
    "$y(t) = b_0 + b_1 t + e$": ("y(t) could be a function or a product", "y"),
    "y = a : b": (": has no meaning here", ":"),
    r"$y_{ij} = \beta{1j} x_{ij}$": ("an underscore is missing in front of this index", "{1j}"),
    "y = a ? b": ("cannot read '?' here", "?"),
    "y = a | b": ("a bar has no meaning here: absolute values are not known", "|"),
    "y = a + … + b": ("dots stand for terms that are not written", "…"),
    "y_ = a": ("nothing stands behind _", "_"),
    "y = β_0j[ + u": ("[ is never closed", "["),
    "ij = 0j + 1j(MALEij)": ("a coefficient's letter is missing in front of 0j", "0j"),
    "y = γ_00 + 01(ses)": ("a coefficient's letter is missing in front of 01", "01"),
    "the model is y = a + b": ("words and mathematics are mixed in this line", "the model is y = a + b"),
    r"y = \beta_{0j} + \foo": (r"the command \foo is not known", r"\foo"),
    r"y = \sum_q \beta_{qj} x_{qij}": (r"a sum over an index (\sum) describes models in general", r"\sum"),
    r"\begin{tikzpicture} y = x \end{tikzpicture}": (
        "the environment tikzpicture is none of equations",
        r"\begin{tikzpicture}",
    ),
    r"y = \beta_{1k[i0}": ("[ is never closed in the index '1k[i0'", "{1k[i0}"),
    r"y = \bar{x + z}": (r"\bar stands over more than one symbol", r"\bar{x + z}"),
    r"y = \beta_{0j + u": ("{ is never closed", "{"),
    r"y = \beta_{0j}} + u": ("} closes what was never opened", "}"),
    r"y = (a + b)_j": ("this index belongs to no symbol", "_"),
    r"y = \beta (a + b)_j": ("this index belongs to no symbol", "j"),
    r"y = \frac{a}": (
        "this LaTeX is broken here: a command lacks its argument, or an environment its end",
        "\\",
    ),
    r"$$ y = x": ("$$ is never closed", "$$"),
}


@pytest.mark.parametrize("text", REFUSED)
def test_refusals(text: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_equations(text)
    message, place = REFUSED[text]
    assert caught.value.message == message
    span = caught.value.span
    assert (text[span.start : span.end] if span else "") == place


def test_several_mistakes_are_reported_together() -> None:
    with pytest.raises(ReadError) as caught:
        read_equations("y = a +\n\nz = b\nu ~ \nw = c ? d")
    assert len(caught.value.others) == 0
    with pytest.raises(ReadError) as caught:
        read_equations("y = a | b\nz = c | d\nw = e")
    assert [error.line for error in (caught.value, *caught.value.others)] == [1, 2]


@pytest.mark.parametrize(
    "deep", ["(" * 5000, "{" * 5000, r"\left(" * 2000, r"\begin{aligned}" * 2000, "[" * 5000, "x_{" * 5000]
)
def test_depth_is_bounded(deep: str) -> None:
    for text in (f"y = {deep}", f"y = \\beta {deep}", f"$$y = {deep}$$"):
        with pytest.raises(ReadError):
            read_equations(text)


@pytest.mark.parametrize(
    "nested",
    ["α_" * 20000, "mean(" * 20000, " log" * 20000, "a" + "/a" * 20000],
)
def test_nesting_without_brackets_is_bounded(nested: str) -> None:
    with pytest.raises(ReadError):
        read_equations(f"y = {nested}")


def test_length_is_bounded() -> None:
    with pytest.raises(ReadError, match="longer than"):
        read_equations("y = x\n" * MAX_LENGTH)


# ------------------------------------------------------------------ grammar and loading


def test_the_grammar_has_no_conflict() -> None:
    Lark(grammar("equations"), parser="lalr", lexer=Given, strict=True)


def test_plain_text_does_not_load_pylatexenc() -> None:
    for name in [name for name in sys.modules if name.startswith("pylatexenc")]:
        del sys.modules[name]
    read_equations("y_ij = β_0j + e_ij")
    assert "pylatexenc" not in sys.modules


# ------------------------------------------------------------------ the way back

UNICODE, ASCII = Options(), Options(ascii=True)


def settled(item: Any) -> Any:
    """A page as it comes back: no quantities, a lone letter in a script is an index, β_10 has two digits."""
    match item:
        case (Digit(value),) if value > 9:
            return tuple(Digit(int(digit)) for digit in str(value))
        case Quantity(symbol=symbol):
            return settled(symbol)
        case Label(Symbol(base, (), (), "")) if base.isascii() and len(base) == 1:
            return Index(base)
        case tuple():
            return tuple(map(settled, item))
        case _ if is_dataclass(item) and not isinstance(item, type | Span):
            return type(item)(**{f.name: settled(getattr(item, f.name)) for f in fields(item)})
        case _:
            return item


def spellings(tree: Equations) -> list[str]:
    return [plain.write(tree, UNICODE), plain.write(tree, ASCII), latex.write(tree)]


@given(strategies.models())
def test_what_a_notation_writes_reads_back(model: Model) -> None:
    for notation in (raudenbush_bryk, gelman_hill, combined):
        try:
            tree = settled(notation.write(model, Options()))
            texts = spellings(tree)
        except WriteError:
            continue
        # Which pair τ_{10,10} means is told by the effects it stands among, when the model is read.
        for text in texts if unambiguous(tree) else ():
            assert settled(page(text)) == tree


def unambiguous(item: Any) -> bool:
    """Whether no covariance has two numbers of two digits: τ_{12,12} are two pairs of digits."""
    match item:
        case Symbol(base, below) if base in "τσ":
            return sum(isinstance(s, Digit) and s.value > 9 for s in below) < 2
        case tuple():
            return all(map(unambiguous, item))
        case _ if is_dataclass(item) and not isinstance(item, type | Span):
            return all(unambiguous(getattr(item, f.name)) for f in fields(item))
        case _:
            return True


@given(strategies.pages().filter(unambiguous))
def test_pages_read_back(tree: Equations) -> None:
    for text in spellings(tree):
        assert settled(page(text)) == settled(tree)


@pytest.mark.parametrize(("node", "unicode", "ascii_", "latex_"), NODES)
def test_every_spelling_reads_back(node: Node, unicode: str, ascii_: str, latex_: str) -> None:
    if isinstance(node, Vector) and len(node.items) == 1:
        pytest.skip("brackets around one expression are no vector")
    calls = [right_side(text) for text in (f"w = E({unicode})", f"w = E({ascii_})", f"$$w = E({latex_})$$")]
    found = [call.arguments[0] for call in calls if isinstance(call, Apply)]
    assert plain.write_node(found[0]) == unicode
    assert settled(found[0]) == settled(found[1])
    assert latex.write_node(found[2]) == latex_
