"""What LaTeX's commands and environments are to a reader of equations: tables, and nothing else."""

from __future__ import annotations

from .alphabet import GREEK


def names(text: str) -> frozenset[str]:
    """The names in a text, between spaces."""
    return frozenset(text.split())


LETTERS: dict[str, str] = {**GREEK, "ell": "l", "hbar": "h", "imath": "i", "jmath": "j"}

ACCENTS: dict[str, str] = {
    "hat": "hat",
    "widehat": "hat",
    "bar": "bar",
    "overline": "bar",
    "widebar": "bar",
    "tilde": "tilde",
    "widetilde": "tilde",
    "dot": "dot",
}

WORDS = names(
    "text textrm textit textsf texttt textbf textnormal textup textsc mbox hbox operatorname "
    "operatorname* mathrm mathit mathsf mathtt mathnormal"
)
"""Commands whose argument is a name, or prose."""

UPRIGHT = names("operatorname operatorname* mathrm")
"""Commands in which functions are set."""

TRANSPARENT = names(
    "mathbf boldsymbol bm pmb bold mathcal mathscr mathbb mathfrak ensuremath boxed underline smash "
    "mathop mathbin mathrel mathord mathclose mathopen emph fbox vec eqn deqn"
)
"""Commands that change only how their argument looks."""

BRACES = names("underbrace overbrace underbracket overbracket")
"""Braces under or over an expression; the words at the brace are a remark."""

KEPT: dict[str, tuple[str, int]] = dict.fromkeys(
    ["textcolor", "colorbox", "overset", "underset", "stackrel"], ("{{", 1)
)
"""Commands of several arguments of which one, given by its place, is the expression."""

_SILENT = names(
    "left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm "
    "displaystyle textstyle scriptstyle scriptscriptstyle tiny scriptsize footnotesize small "
    "normalsize large Large LARGE huge Huge nonumber notag hline noindent centering limits nolimits "
    "bf rm it sf tt cal bfseries itshape normalfont , ; : ! > enspace thinspace medspace thickspace "
    "negthinspace allowbreak nobreak smallskip medskip bigskip strut mathstrut relax protect null - "
    "/"
)
_WITH_ARGUMENT = names(
    "label tag tag* hspace hspace* vspace vspace* phantom hphantom vphantom color eqref ref cite"
)
DROPPED: dict[str, str] = {
    **dict.fromkeys(_SILENT, ""),
    **dict.fromkeys(_WITH_ARGUMENT, "{"),
    "rule": "{{",
    "setlength": "{{",
    "definecolor": "{{{",
}
"""Presentation, with the arguments that go with it."""

GAPS = frozenset(["quad", "qquad"])
"""Wide spaces, which may part two statements in one row."""

INDEPENDENCES = frozenset(["perp", "Perp", "bot", "indep", "independent", "upmodels", "Vbar"])
"""Commands for the sign of independence, ⊥."""

SIGNS: dict[str, str] = {
    **dict.fromkeys(["sim", "thicksim"], "∼"),
    **dict.fromkeys(["cdot", "bullet"], "·"),
    **dict.fromkeys(["mid", "vert", "lvert", "rvert"], "|"),
    **dict.fromkeys(names("dots ldots cdots vdots ddots dotsc dotsb"), "…"),
    **dict.fromkeys(["lbrace", "{"], "{"),
    **dict.fromkeys(["rbrace", "}"], "}"),
    **dict.fromkeys(["le", "leq", "leqslant"], "≤"),
    **dict.fromkeys(["ge", "geq", "geqslant"], "≥"),
    **dict.fromkeys(["ne", "neq"], "≠"),
    **dict.fromkeys(["coloneqq", "equiv", "triangleq"], "="),
    "times": "×",
    "ast": "*",
    "div": "/",
    "lbrack": "[",
    "rbrack": "]",
    "lparen": "(",
    "langle": "(",
    "rangle": ")",
    "rparen": ")",
    "lt": "<",
    "gt": ">",
    "colon": ":",
    "in": "∈",
}
"""Commands for a sign, with the sign as plain text has it."""

TEXT_SIGNS: dict[str, str] = {
    **{sign: sign for sign in "_%&#${} ~^"},
    **dict.fromkeys(["\n", "\t", ",", ";", "quad", "qquad"], " "),
    **dict.fromkeys(["backslash", "textbackslash"], "\\"),
    **dict.fromkeys(["ldots", "dots", "textellipsis"], "…"),
    "-": "",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textunderscore": "_",
    "textquotesingle": "'",
    "textasciigrave": "`",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textendash": "–",
    "textemdash": "—",
    "textquotedbl": '"',
}
"""Commands for a character of a name."""

FUNCTIONS = names("log ln exp sqrt Pr min max logit det")

ROWS: dict[str, str] = {
    **dict.fromkeys(
        names(
            "aligned align align* split eqnarray eqnarray* gather gather* gathered multline multline* "
            "equation equation* cases dcases flalign flalign* math displaymath subequations center small"
        ),
        "",
    ),
    **dict.fromkeys(["alignat", "alignat*", "alignedat"], "{"),
}
"""Environments whose rows are statements, with their arguments."""

MATRICES: dict[str, str] = {
    **dict.fromkeys(names("matrix pmatrix bmatrix Bmatrix smallmatrix pmatrix* bmatrix* matrix*"), ""),
    **dict.fromkeys(["array", "tabular", "subarray"], "{"),
}
"""Environments whose rows are those of a matrix, with their arguments."""

BLOCKS = frozenset(ROWS) - names("cases dcases small center")
"""Environments that begin a block of mathematics in the midst of prose."""

GENERIC: dict[str, str] = {
    "sum": "a sum over an index",
    "prod": "a product over an index",
    "int": "an integral",
    "partial": "a derivative",
    "forall": "a quantifier",
    "lim": "a limit",
}
"""Commands of statements about models in general, which are no model; each in words."""
