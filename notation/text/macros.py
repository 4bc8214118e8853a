"""What LaTeX's commands and environments are to a reader of equations: tables, and nothing else."""

from __future__ import annotations

from .alphabet import GREEK

ACCENTS = {
    "hat": "hat", "widehat": "hat", "bar": "bar", "overline": "bar", "widebar": "bar", "tilde": "tilde", "widetilde": "tilde",
    "dot": "dot",
}  # fmt: skip

WORDS = frozenset(
    ["text", "textrm", "textit", "textsf", "texttt", "textbf", "textnormal", "textup", "textsc", "mbox", "hbox", "operatorname", "mathrm", "mathit", "mathsf", "mathtt", "mathnormal"]
)
"""Commands whose argument is a name, or prose."""

TRANSPARENT = frozenset(
    ["mathbf", "boldsymbol", "bm", "pmb", "bold", "mathcal", "mathscr", "mathbb", "mathfrak", "ensuremath", "boxed", "underline", "smash", "mathop", "mathbin", "mathrel", "mathord", "mathclose", "mathopen", "emph", "fbox", "vec"]
)
"""Commands that change only how their argument looks."""

BRACES = frozenset(["underbrace", "overbrace", "underbracket", "overbracket"])
"""Braces over or under an expression; the words at the brace are a remark."""

DROPPED = {
    **dict.fromkeys(
        ["left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl", "Biggr", "bigm", "Bigm", "displaystyle", "textstyle", "scriptstyle", "scriptscriptstyle", "tiny", "scriptsize", "footnotesize", "small", "normalsize", "large", "Large", "LARGE", "huge", "Huge", "nonumber", "notag", "hline", "noindent", "centering", "limits", "nolimits", "bf", "rm", "it", "sf", "tt", "cal", "bfseries", "itshape", "normalfont", "quad", "qquad", ",", ";", ":", "!", ">", "enspace", "thinspace", "medspace", "thickspace", "negthinspace", "allowbreak", "nobreak", "newline", "par", "smallskip", "medskip", "bigskip", "strut", "mathstrut", "relax", "protect", "null", "-", "/"],
        "",
    ),
    **dict.fromkeys(["label", "tag", "hspace", "vspace", "hspace*", "vspace*", "tag*", "phantom", "hphantom", "vphantom", "color", "mathchoice", "eqref", "ref", "cite"], "{"),
    "rule": "{{",
    "setlength": "{{",
    "arraystretch": "",
    "definecolor": "{{{",
}  # fmt: skip
"""Presentation, with the arguments that go with it."""

KEPT = {
    "textcolor": ("{{", 1),
    "colorbox": ("{{", 1),
    "overset": ("{{", 1),
    "underset": ("{{", 1),
    "stackrel": ("{{", 1),
}
"""Commands of several arguments of which one is the expression; it is given by its place."""

SIGNS = {
    "sim": "∼", "thicksim": "∼", "times": "×", "cdot": "·", "ast": "*", "bullet": "·", "div": "/", "mid": "|", "vert": "|",
    "lvert": "|", "rvert": "|", "dots": "…", "ldots": "…", "cdots": "…", "vdots": "…", "ddots": "…", "dotsc": "…", "dotsb": "…",
    "lbrace": "{", "rbrace": "}", "{": "{", "}": "}", "lbrack": "[", "rbrack": "]", "le": "≤", "leq": "≤", "ge": "≥",
    "geq": "≥", "lt": "<", "gt": ">", "ne": "≠", "neq": "≠", "colon": ":", "in": "∈", "coloneqq": "=", "equiv": "=", "triangleq": "=",
    "lparen": "(", "rparen": ")",
}  # fmt: skip
"""Commands for a sign, with the sign as plain text has it."""

TEXT_SIGNS = {
    "_": "_", "%": "%", "&": "&", "#": "#", "$": "$", "{": "{", "}": "}", " ": " ", "\n": " ", "\t": " ", ",": " ", "quad": " ", "qquad": " ",
    "textasciitilde": "~", "textasciicircum": "^", "textbackslash": "\\", "textunderscore": "_", "textquotesingle": "'",
    "textasciigrave": "`", "textless": "<", "textgreater": ">", "textbar": "|", "ldots": "…", "dots": "…", "textellipsis": "…",
    "backslash": "\\", "textendash": "–", "textemdash": "—", "textquotedbl": '"', "-": "",
}  # fmt: skip
"""Commands for a character of a name."""

LETTERS = {**GREEK, "ell": "l", "hbar": "h", "imath": "i", "jmath": "j"}

FUNCTIONS = frozenset(["log", "ln", "exp", "sqrt", "Pr", "min", "max", "logit", "det"])

ROWS = {
    **dict.fromkeys(
        ["aligned", "alignedat", "align", "align*", "alignat", "alignat*", "split", "eqnarray", "eqnarray*", "gather", "gather*", "gathered", "multline", "multline*", "equation", "equation*", "cases", "dcases", "flalign", "flalign*", "math", "displaymath", "subequations", "center", "small", "scriptsize"],
        "",
    ),
    "alignat": "{", "alignat*": "{", "alignedat": "{",
}  # fmt: skip
"""Environments whose rows are statements, with their arguments."""

MATRICES = {
    **dict.fromkeys(["matrix", "pmatrix", "bmatrix", "Bmatrix", "smallmatrix", "pmatrix*", "bmatrix*", "matrix*"], ""),
    "array": "{", "tabular": "{", "subarray": "{",
}  # fmt: skip
"""Environments whose rows are those of a matrix, with their arguments."""

BLOCKS = frozenset(ROWS) - {"small", "scriptsize", "center", "cases", "dcases"}
"""Environments that begin a block of mathematics in the midst of prose."""

GENERIC = {
    "sum": "a sum over an index", "prod": "a product over an index", "int": "an integral", "partial": "a derivative", "forall": "a quantifier",
    "lim": "a limit",
}  # fmt: skip
"""Commands of statements about models in general, which are no model; each in words."""
