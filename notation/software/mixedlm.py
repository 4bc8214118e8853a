"""mixedlm, in Python: ``math ~ ses*sector + (ses | sch_id)``.

Its formulas are lme4's, of columns only: they take no functions. Its default, restricted maximum
likelihood, is stated.
"""

from __future__ import annotations

from ..errors import CannotSay
from ..expressions import Expression, Factor, Indicator, Term, Variable
from ..model import Model
from ..options import Options
from ..spelling import quote, spell, spell_factor
from .grouping import refuse
from .lme4 import RFormula
from .python_formula import quoted

PROGRAM = "mixedlm"

LOSES: tuple[str, ...] = ("levels", "nesting", "categories", "family", "link")

FAMILIES = {"binomial": "Binomial", "poisson": "Poisson", "gamma": "Gamma"}
LINKS = {
    "logit": "LogitLink",
    "probit": "ProbitLink",
    "cloglog": "CloglogLink",
    "cauchit": "CauchitLink",
    "log": "LogLink",
    "inverse": "InverseLink",
    "identity": "IdentityLink",
    "sqrt": "SqrtLink",
}


def write(model: Model, options: Options) -> str:
    """The model as a mixedlm formula, or as a complete command (``options.call``).

    Raises CannotSay for what mixedlm has no words for, among it every function of a column.
    """
    _refuse(model)
    text = _Formula(model)
    formula = (
        f"{text.spelled(model.response.expression)} ~ {' + '.join([text.matrix(model.fixed), *text.bars()])}"
    )
    if not options.call:
        return formula
    if (model.family.name, model.family.link) == ("gaussian", "identity"):
        return f"mixedlm.lmer({quoted(formula)}, {options.data_name}, REML={options.reml is not False})"
    families = "mixedlm.families"
    family = f"{families}.{FAMILIES[model.family.name]}(link={families}.{LINKS[model.family.link]}())"
    return f"mixedlm.glmer({quoted(formula)}, {options.data_name}, family={family})"


def _refuse(model: Model) -> None:
    if not model.random:
        raise refuse("mixedlm", "a model without random effects", "statsmodels can.")
    family = model.family
    gaussian = (family.name, family.link) == ("gaussian", "identity")
    if not gaussian and (family.name not in FAMILIES or family.link not in LINKS):
        raise refuse("mixedlm", f"a {family.name} model with the {family.link} link", "glmmTMB and brms can.")
    if model.response.trials is not None:
        raise refuse("mixedlm", "a count of several trials", "lme4 and glmmTMB can.")
    if model.offsets or model.weights is not None:
        raise refuse("mixedlm's formulas", "offsets and weights", "lme4 can.")
    if model.residual is not None and (model.residual.by or model.residual.ar1_within):
        raise refuse("mixedlm", "residuals that are not independent and alike", "nlme can.")
    structured = next((b for b in model.random if b.structure != "full"), None)
    if structured is not None:
        raise refuse("mixedlm", f"the structure of the random effects of {structured.group}", "nlme can.")


class _Formula(RFormula):
    """lme4's formula without functions."""

    def spelled(self, expression: Expression) -> str:
        match expression:
            case Variable(name):
                return quote(name)
        shown = spell(expression) if isinstance(expression, Indicator) else spell_factor(expression)
        raise CannotSay(f"mixedlm's formulas take columns only, and not {shown}. Make the column beforehand.")

    def factor(self, factor: Expression, term: Term, whole: tuple[Term, ...]) -> str:
        del term, whole  # how a factor is coded needs no knowledge of the others: there are no indicators
        match factor:
            case Factor(name) if name in self.known and not self.known[name].numeric:
                return quote(name)
        return self.spelled(factor)
