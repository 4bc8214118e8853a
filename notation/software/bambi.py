"""bambi, in Python: ``math ~ ses + (1|sch_id) + (0 + ses|sch_id)``.

All of its group-specific effects are independent: ``(ses|sch_id)`` has no covariance. They are written
one by one, which means the same to every reader. ``bmb.Model`` draws from the posterior distribution,
under its own weakly informative priors unless others are given (Capretto et al. 2022).
"""

from __future__ import annotations

from ..errors import CannotSay, NotYet
from ..expressions import Expression, Factor, Indicator, Term
from ..model import FAMILIES, Model
from ..options import Options
from ..spelling import quote, spell
from .grouping import refuse
from .python_formula import PythonFormula, quoted

PROGRAM = "bambi"

LOSES: tuple[str, ...] = ("levels", "nesting", "categories", "family", "link")

NAMES = {
    "binomial": "binomial",
    "negative_binomial": "negativebinomial",
    "multinomial": "categorical",
}
"""bambi's names of families where they are others."""


def write(model: Model, options: Options) -> str:
    """The model as a bambi formula, or as a complete command (``options.call``).

    Raises CannotSay for correlated random effects, which bambi does not have.
    """
    _refuse(model)
    text = _Formula(model)
    offsets = [f"offset({text.number(o)})" for o in model.offsets]
    bars = [_bar(b.terms[0], b.group, text) for b in model.random]
    formula = f"{_response(model, text)} ~ {' + '.join([text.matrix(model.fixed), *offsets, *bars])}"
    if not options.call:
        return formula
    family = model.family
    binary = family.name == "binomial" and model.response.trials is None
    name = "bernoulli" if binary else NAMES.get(family.name, family.name)
    link = (
        ""
        if FAMILIES[family.name] == family.link and family.name != "gamma"
        else f", link={quoted(family.link)}"
    )
    return f"bmb.Model({quoted(formula)}, {options.data_name}, family={quoted(name)}{link})"


def _refuse(model: Model) -> None:
    for block in model.random:
        if len(block.terms) > 1:
            mend = "All of its effects are independent; brms, lme4 and mixedlm correlate them."
            raise refuse("bambi", f"correlated random effects of {block.group}", mend)
    if model.residual is not None and (model.residual.by or model.residual.ar1_within):
        raise refuse("bambi", "residuals that are not independent and alike", "brms can.")
    if model.weights is not None:
        raise refuse("bambi", "a weight of the residual variance", "lme4 can.")


def _response(model: Model, text: PythonFormula) -> str:
    y, trials = model.response.expression, model.response.trials
    return text.spelled(y) if trials is None else f"p({text.number(y)}, {text.number(trials)})"


def _bar(term: Term, group: str, text: PythonFormula) -> str:
    if any(isinstance(f, Factor | Indicator) for f in term.factors):
        raise NotYet(
            f"Random effects of the categories of {term.variables[0]} are not written for bambi yet; brms is."
        )
    units = text.group(text.columns(group))
    return f"(0 + {text.product(term, (term,), ':')}|{units})" if term else f"(1|{units})"


class _Formula(PythonFormula):
    """A formula for formulae, which quotes names by backticks and takes no method calls."""

    program = "bambi"

    def name(self, name: str) -> str:
        if "\\" in name or "`" in name:
            raise CannotSay(f"bambi's formulas cannot quote the name {name!r}. Rename the column.")
        return quote(name)

    def mean(self, of: Expression, within: str | None) -> str:
        if within is not None:
            raise CannotSay(
                f"bambi's formulas have no mean of {spell(of)} within {within}. Make the column beforehand."
            )
        return super().mean(of, within)
