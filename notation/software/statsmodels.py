"""statsmodels, in Python: ``smf.mixedlm(…)``, ``smf.ols(…)``, ``smf.glm(…)``.

    smf.mixedlm("math ~ ses", d, groups="sch_id", re_formula="~ses").fit(reml=True)

MixedLM has one block of correlated effects, ``re_formula``, of the outermost grouping factor, ``groups``.
All else is independent: a variance component (``vc_formula``) is a formula whose columns share one
variance, ``0 + C(students)`` an intercept of each student within its group. Crossed factors are
variance components of one group that holds all rows (Seabold & Perktold 2010; statsmodels'
documentation of MixedLM). Its default, restricted maximum likelihood, is stated.
"""

from __future__ import annotations

from ..errors import CannotSay
from ..expressions import INTERCEPT, Call, Indicator, Variable
from ..model import Model, RandomBlock
from ..options import Options
from ..spelling import spell_term
from .grouping import outermost_first, refuse
from .python_formula import PythonFormula, quoted

PROGRAM = "statsmodels"

LOSES: tuple[str, ...] = ("levels", "nesting", "categories", "family", "link")

FAMILIES = {"gaussian": "Gaussian", "binomial": "Binomial", "poisson": "Poisson", "gamma": "Gamma"}
LINKS = {
    "identity": "Identity",
    "logit": "Logit",
    "probit": "Probit",
    "cloglog": "CLogLog",
    "loglog": "LogLog",
    "cauchit": "Cauchy",
    "log": "Log",
    "inverse": "InversePower",
    "sqrt": "Sqrt",
}


def write(model: Model, options: Options) -> str:
    """The command that fits a model; of one level without ``options.call`` the formula alone.

    Raises CannotSay for what MixedLM has no place for, above all correlated effects of more than one
    grouping factor.
    """
    if model.residual is not None and (model.residual.by or model.residual.ar1_within):
        raise refuse("statsmodels", "residuals that are not independent and alike", "nlme can.")
    if model.random:
        return _mixedlm(model, options)
    return _single(model, options)


# ------------------------------------------------------------------ one level


def _single(model: Model, options: Options) -> str:
    text = PythonFormula(model)
    formula = f"{_response(model, text)} ~ {text.matrix(model.fixed)}"
    if not options.call:
        if model.response.trials is not None:
            # Alone, y + I(n - y) is one number.
            raise CannotSay(
                "A formula of statsmodels does not say what is counted; the whole command does (call)."
            )
        if model.offsets or model.weights is not None:
            raise CannotSay(
                "A formula of statsmodels has no place for offsets and weights; the whole command has (call)."
            )
        return formula
    function, details = _function(model)
    details += _vectors(model, options)
    return f"smf.{function}({', '.join([quoted(formula), options.data_name, *details])}).fit()"


def _function(model: Model) -> tuple[str, list[str]]:
    match model.family.name, model.family.link:
        case "gaussian", "identity":
            return ("ols" if model.weights is None else "wls"), []
        case "multinomial", "logit":
            return "mnlogit", []
        case "negative_binomial", "log":
            return "negativebinomial", []
        case (name, link) if name in FAMILIES:
            return "glm", [f"family=sm.families.{FAMILIES[name]}(link=sm.families.links.{LINKS[link]}())"]
    raise refuse(
        "statsmodels' glm", f"the {model.family.name.replace('_', ' ')} family", "glmmTMB and brms can."
    )


def _vectors(model: Model, options: Options) -> list[str]:
    """Offsets and weights are vectors, not parts of the formula."""
    text = _Columns(model, options.data_name)
    gaussian = (model.family.name, model.family.link) == ("gaussian", "identity")
    if model.offsets and gaussian:
        raise refuse("statsmodels' ols", "an offset", "Subtract it from the response.")
    found = [f"offset={' + '.join(text.number(o) for o in model.offsets)}"] if model.offsets else []
    if model.weights is not None:
        found.append(f"{'weights' if gaussian else 'var_weights'}={text.number(model.weights)}")
    return found


def _response(model: Model, text: PythonFormula) -> str:
    successes, trials = model.response.expression, model.response.trials
    if trials is not None:
        return f"{text.spelled(successes)} + {text.spelled(Call('-', (trials, successes)))}"
    known = text.known.get(successes.name) if isinstance(successes, Variable) else None
    if known and not known.numeric and model.family.name == "binomial":
        # patsy would make a column of each of two texts.
        return f"I({text.number(Indicator(known.variable, known.names[1]))} * 1)"
    return text.spelled(successes)


class _Columns(PythonFormula):
    """Expressions of the columns of a DataFrame, outside of a formula."""

    def __init__(self, model: Model, data: str) -> None:
        super().__init__(model)
        self.data = data

    def name(self, name: str) -> str:
        return f"{self.data}[{quoted(name)}]"


# ------------------------------------------------------------------ mixed models


def _mixedlm(model: Model, options: Options) -> str:
    _refuse(model)
    text = PythonFormula(model)
    formula = f"{text.spelled(model.response.expression)} ~ {text.matrix(model.fixed)}"
    top = _top(model)
    main = _main_block(model, top)
    components = dict(_component(b, top, text) for b in model.random if b != main)
    arguments = [quoted(formula), options.data_name, f"groups={_groups(top, options)}"]
    if main is not None:
        arguments.append(f"re_formula={quoted('~' + text.matrix(main.terms))}")
    if components:
        inside = ", ".join(f"{quoted(name)}: {quoted(value)}" for name, value in components.items())
        arguments.append(f"vc_formula={{{inside}}}")
    return f"smf.mixedlm({', '.join(arguments)}).fit(reml={options.reml is not False})"


def _refuse(model: Model) -> None:
    if (model.family.name, model.family.link) != ("gaussian", "identity"):
        mend = "It has Bayesian approximations only; lme4, glmmTMB, mixedlm and bambi can."
        raise refuse("statsmodels", f"a multilevel {model.family.name} model", mend)
    if model.offsets or model.weights is not None:
        raise refuse("statsmodels' mixedlm", "offsets and weights", "lme4 can.")
    structured = next((b for b in model.random if b.structure != "full"), None)
    if structured is not None:
        raise refuse("statsmodels", f"the structure of the random effects of {structured.group}", "nlme can.")


def _top(model: Model) -> str:
    """The grouping factor that all others are nested in; empty where there is none."""
    first, *others = outermost_first(model)
    return first if all(model.is_nested(g, first) for g in others) else ""


def _main_block(model: Model, top: str) -> RandomBlock | None:
    """The block that ``re_formula`` states; all others must be single effects."""
    for block in model.random:
        if len(block.terms) > 1 and block.group != top:
            raise refuse("statsmodels", f"correlated effects of {block.group}", _ONE_BLOCK)
    own = sorted(
        (b for b in model.random if b.group == top), key=lambda b: (-len(b.terms), INTERCEPT not in b.terms)
    )
    if len(own) > 1 and len(own[1].terms) > 1:
        raise refuse("statsmodels", f"two correlated blocks of {top}", _ONE_BLOCK)
    return own[0] if own else None


_ONE_BLOCK = (
    "It has one correlated block, of the factor that all others are nested in; all else is independent. "
    "mixedlm, lme4 and glmmTMB can."
)


def _component(block: RandomBlock, top: str, text: PythonFormula) -> tuple[str, str]:
    (term,) = block.terms
    outside = text.columns(top) if top else ()
    units = [f"C({text.name(c)})" for c in text.columns(block.group) if c not in outside]
    label = block.group if term == INTERCEPT else f"{block.group}:{spell_term(term)}"
    pieces = units + [text.factor(f, term, block.terms) for f in term.factors]
    return label, f"0 + {':'.join(pieces)}" if pieces else "1"


def _groups(top: str, options: Options) -> str:
    if not top:
        return f"np.ones(len({options.data_name}))"
    if ":" in top:
        raise CannotSay(f"statsmodels takes one column of groups: make one of {top}.")
    return quoted(top)
