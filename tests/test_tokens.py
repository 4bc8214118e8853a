"""Characters → tokens: what a symbol carries, in LaTeX and in plain text."""

from __future__ import annotations

import pytest

from notation.equations import (
    Digit,
    Dot,
    Index,
    Label,
    Lookup,
    Node,
    Number,
    Power,
    Script,
    Symbol,
    Transpose,
    Word,
    letter,
    word,
)
from notation.text.draft import Draft
from notation.text.latex import read_latex
from notation.text.plain import read_plain
from notation.text.scripts import UnreadableScript, read_scripts
from notation.text.tokens import Token

i, j, k = Index("i"), Index("j"), Index("k")
J_OF_I = Lookup("j", (i,))

SCRIPTS: dict[str, tuple[Script, ...]] = {
    "0jk": (Digit(0), j, k),
    "00": (Digit(0), Digit(0)),
    "1,10": (Digit(1), Digit(10)),
    "10,jk": (Digit(10), j, k),
    "01,j": (Digit(0), Digit(1), j),
    "11k[i],l[i]": (Digit(1), Digit(1), Lookup("k", (i,)), Lookup("l", (i,))),
    "j[i]": (J_OF_I,),
    "j[i],k[i]": (J_OF_I, Lookup("k", (i,))),
    "k[j[i]]": (Lookup("k", (J_OF_I,)),),
    "school[i]": (Lookup("school", (i,)),),
    "i(j,k)": (Lookup("i", (j, k)),),
    "0(j, k)": (Digit(0), j, k),
    "i[gh]j": (Lookup("i", (Index("g"), Index("h"))), j),
    ".j": (Dot(), j),
    "..": (Dot(), Dot()),
    "(t-1)i": (Word("t-1"), i),
    "t-1,i": (Word("t-1"), i),
    "(2)": (Word("(2)"),),
    "*": (Word("*"),),
    "male": (Word("male"),),
    "`special care`": (Word("special care"),),
    "`male`i": (Word("male"), i),
    "α": (Label(Symbol("α")),),
    "αβ": (Label(Symbol("α")), Label(Symbol("β"))),
    "β_{1j}": (Label(Symbol("β", (Digit(1), j))),),
    "α_{j}β_{1j}": (Label(Symbol("α", (j,))), Label(Symbol("β", (Digit(1), j)))),
    "u_{0}": (Label(Symbol("u", (Digit(0),))),),
    "prob = high": (Word("prob = high"),),
}


@pytest.mark.parametrize("text", SCRIPTS)
def test_scripts(text: str) -> None:
    assert read_scripts(text) == SCRIPTS[text]


def test_the_comma_of_a_covariance_parts_two_effects() -> None:
    digits = (Digit(0), Digit(0), Word(","), Digit(0), Digit(1))
    assert read_scripts("00,01", paired=True) == digits


@pytest.mark.parametrize("text", ["1k[i0", "j[", "j[2]", "{j", "a/b", "j" * 500, "{" * 20 + "}" * 20])
def test_scripts_that_say_nothing(text: str) -> None:
    with pytest.raises(UnreadableScript):
        read_scripts(text)


def nodes(tokens: list[Token]) -> list[Node | str]:
    """The symbols of tokens as nodes, and the values of all others."""
    seen = [t for t in tokens if t.type not in ("BREAK", "LINE")]
    return [t.value.node() if isinstance(t.value, Draft) else t.value for t in seen]


PLAIN: dict[str, Node] = {
    "π_0jk": letter("π", Digit(0), j, k),
    "pi_0jk": letter("π", Digit(0), j, k),
    "β0j": letter("β", Digit(0), j),
    "beta0j": letter("β", Digit(0), j),
    "u0j": letter("u", Digit(0), j),
    "G001": letter("G", Digit(0), Digit(0), Digit(1)),
    "β₀ⱼ": letter("β", Digit(0), j),
    "γ_{1,10}": letter("γ", Digit(1), Digit(10)),
    "α_j[i],k[i]": letter("α", J_OF_I, Lookup("k", (i,))),
    "γ_0^α": letter("γ", Digit(0), above=(Label(Symbol("α")),)),
    "gamma_0^alpha": letter("γ", Digit(0), above=(Label(Symbol("α")),)),
    "γ_0^a": letter("γ", Digit(0), above=(Label(Symbol("a")),)),
    "σ²": Power(letter("σ"), Number("2")),
    "σ²_α": Power(letter("σ", Label(Symbol("α"))), Number("2")),
    "σ_α²": Power(letter("σ", Label(Symbol("α"))), Number("2")),
    "sigma_alpha^2": Power(letter("σ", Label(Symbol("α"))), Number("2")),
    "μ_{β_1}": letter("μ", Label(Symbol("β", (Digit(1),)))),
    "μ_β_1": letter("μ", Label(Symbol("β", (Digit(1),)))),
    "math_ijk": word("math", i, j, k),
    "READ05_Mj": word("READ05_Mj"),
    "age_14_ij": word("age_14", i, j),
    "age_14": word("age_14"),
    "sch_id": word("sch_id"),
    "sch.id": word("sch.id"),
    "time2_i": word("time2", i),
    "x1": word("x1"),
    "x_1": Symbol("x", (Digit(1),), word=True),
    "`sch_mean`_ij": word("sch_mean", i, j),
    r"`a\`b`": word("a`b"),
    "Machine[B]_ij": word("Machine", i, j, category="B"),
    "`my machine`[`B 2`]_ij": word("my machine", i, j, category="B 2"),
    "x̄_.j": Symbol("x", (Dot(), j), accent="bar", word=True),
    "x̄_.j.": Symbol("x", (Dot(), j, Dot()), accent="bar", word=True),
    "s̄ēs̄_.j": word("ses", Dot(), j, accent="bar"),
    "x.1_ij": word("x.1", i, j),
    "ses.2a_j": word("ses.2a", j),
    "mean(ses)_.j": word("ses", Dot(), j, accent="bar"),
    "hat(y)_i": Symbol("y", (i,), accent="hat", word=True),
    "señor": word("señor"),
    "u^{(2)}_school[i]": letter("u", Lookup("school", (i,)), above=(Word("(2)"),)),
    "Xᵀ": Transpose(Symbol("X", word=True)),
    "D'": Transpose(letter("D")),
    "μ′": Symbol("μ", accent="prime"),
    "p^*": Symbol("p", accent="star"),
    "12.64_{α_{j[i]}}": letter("12.64", Label(Symbol("α", (J_OF_I,)))),
    "ξ̃_j": Symbol("ξ", (j,), accent="tilde"),
}


@pytest.mark.parametrize("text", PLAIN)
def test_symbols_of_plain_text(text: str) -> None:
    assert nodes(read_plain(f"= {text}", 0, len(text) + 2)) == ["=", PLAIN[text]]


def test_hlm_glues_indices_to_names() -> None:
    text = "MATHij = β0j + β1j*(SESij) + rij"
    found = [n for n in nodes(read_plain(text, 0, len(text))) if isinstance(n, Symbol)]
    assert found == [
        word("MATH", i, j),
        letter("β", Digit(0), j),
        letter("β", Digit(1), j),
        word("SES", i, j),
        letter("r", i, j),
    ]


LATEX: dict[str, Node] = {
    r"\pi_{0jk}": letter("π", Digit(0), j, k),
    r"{\beta}_{0i}": letter("β", Digit(0), i),
    r"\beta_0": letter("β", Digit(0)),
    r"\beta _1": letter("β", Digit(1)),
    r"\beta1": letter("β", Digit(1)),
    r"\varepsilon_i": letter("ε", i),
    "β_{0j}": letter("β", Digit(0), j),
    r"\gamma_{0}^{\alpha}": letter("γ", Digit(0), above=(Label(Symbol("α")),)),
    r"\gamma^{\beta_{1}}_{0}": letter("γ", Digit(0), above=(Label(Symbol("β", (Digit(1),))),)),
    r"\sigma^2_{\alpha_{j}}": Power(letter("σ", Label(Symbol("α", (j,)))), Number("2")),
    r"\sigma_\epsilon^2": Power(letter("σ", Label(Symbol("ε"))), Number("2")),
    r"\mu_{\beta_{1j}}": letter("μ", Label(Symbol("β", (Digit(1), j)))),
    r"\alpha_{j[i],k[i]}": letter("α", J_OF_I, Lookup("k", (i,))),
    r"a_{\text{actor}[i]}": letter("a", Lookup("actor", (i,))),
    r"b_{0,\text{Country}}": letter("b", Digit(0), Word("Country")),
    r"\text{math}_{ijk}": word("math", i, j, k),
    r"\operatorname{sch\_mean}": word("sch_mean"),
    r"\operatorname{Student\ Scores}_{i}": word("Student Scores", i),
    r"\text{a~b 100\%}": word("a b 100%"),
    r"\mathrm{ses}_j": word("ses", j),
    r"{\rm ses}_j": word("ses", j),
    r"\color{red}{\text{ses}}_{ij}": word("ses", i, j),
    r"{\color{#FF00CC}{\text{ses}}}_{ij}": word("ses", i, j),
    r"\textcolor{blue}{\text{ses}}_{ij}": word("ses", i, j),
    r"{Health}_{ti}": word("Health", Index("t"), i),
    r"math\_score_{ij}": word("math_score", i, j),
    r"math_score": word("math_score"),
    r"\text{group}{\color{orange}{_{\text{low}}}}": word("group", Word("low")),
    r"\bar{x}_{.j}": Symbol("x", (Dot(), j), accent="bar"),
    r"\overline{ses_{.j}}": word("ses", Dot(), j, accent="bar"),
    r"\overline{\text{mean ses}}_j": word("mean ses", j, accent="bar"),
    r"\operatorname{\widehat{math}}_{i}": word("math", i, accent="hat"),
    r"\hat{y_i}": Symbol("y", (i,), accent="hat"),
    r"\mathbf D'": Transpose(letter("D")),
    r"X^\top": Transpose(letter("X")),
    r"x^{*}": Symbol("x", accent="star"),
    r"\text{time}_{ij}^2": Power(word("time", i, j), Number("2")),
    r"12.64_{\alpha_{j[i]}}": letter("12.64", Label(Symbol("α", (J_OF_I,)))),
    r"\text{Exercise}_{(t-1)i}": word("Exercise", Word("t-1"), i),
    r"\bar{W}_{\cdot}": Symbol("W", (Dot(),), accent="bar"),
    r"\underbrace{\gamma}_{\text{fixed}}": letter("γ"),
}


@pytest.mark.parametrize("text", LATEX)
def test_symbols_of_latex(text: str) -> None:
    assert nodes(read_latex(text, 0, len(text))) == [LATEX[text]]


@pytest.mark.parametrize(
    ("text", "place"),
    [(r"y = \beta_{0j} + e", r"\beta_{0j}"), (r"\text{ses}_j + x^2_i", "x^2_i"), ("y = β_0j", "β_0j")],
)
def test_a_symbol_knows_its_place(text: str, place: str) -> None:
    read = read_latex if "\\" in text else read_plain
    spans = [t.span for t in read(text, 0, len(text)) if t.type == "SYMBOL"]
    assert place in [text[s.start : s.end] for s in spans]


def test_presentation_falls_away() -> None:
    dressed = r"\displaystyle \left( \big[ a \;+\, {\small b} \big] \right) \label{eq:1} \tag{2} % comment"
    plain = "([a + b])"
    types = [[t.type for t in read_latex(text, 0, len(text))] for text in (dressed, plain)]
    assert types[0] == types[1]
