"""MixedModels.jl, in Julia: ``math ~ 1 + ses*sector + (1 + ses | sch_id)``.

``&`` is an interaction, also of grouping factors; ``zerocorr`` makes effects independent. Text columns
are coded by contrasts, the first in alphabetical order being the reference unless ``contrasts`` says
otherwise. It maximizes the likelihood unless ``REML = true`` is said, which is stated (Bates et al.,
documentation of MixedModels.jl and StatsModels.jl).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import CannotSay
from ..expressions import Basis, Call, Centered, Constant, Expression, Factor, Indicator, Mean, Term, Variable
from ..model import Model
from ..options import Options
from ..patterns import pattern
from ..spelling import spell, spell_number
from .grouping import Part, parts, refuse
from .lme4 import RFormula
from .python_formula import quoted

PROGRAM = "MixedModels.jl"

LOSES: tuple[str, ...] = ("levels", "nesting", "categories", "family", "link")

FAMILIES = {
    "binomial": "Binomial",
    "poisson": "Poisson",
    "gamma": "Gamma",
}
LINKS = {
    "identity": "IdentityLink",
    "logit": "LogitLink",
    "probit": "ProbitLink",
    "cloglog": "CloglogLink",
    "cauchit": "CauchitLink",
    "log": "LogLink",
    "inverse": "InverseLink",
    "sqrt": "SqrtLink",
}

_PLAIN = pattern(r"[^\W\d]\w*!?")
_RESERVED = frozenset(
    """
    baremodule begin break catch const continue do else elseif end export false finally for
    function global if import in isa let local macro module quote return struct true try using
    where while
    """.split()  # noqa: SIM905
)


def write(model: Model, options: Options) -> str:
    """The model as a formula of MixedModels.jl, or as a complete command (``options.call``).

    Raises CannotSay for families, structures and functions that it does not have.
    """
    _refuse(model)
    text = _Formula(model)
    right = [text.matrix(model.fixed), *text.bars()]
    formula = f"{_response(model, text, options)} ~ {' + '.join(right)}"
    return _command(model, formula, options) if options.call else formula


def _refuse(model: Model) -> None:
    family = model.family
    gaussian = (family.name, family.link) == ("gaussian", "identity")
    if not model.random:
        raise refuse("MixedModels.jl", "a model without random effects", "GLM.jl and statsmodels can.")
    if not gaussian and (family.name not in FAMILIES or family.link not in LINKS):
        what = f"a {family.name.replace('_', ' ')} model with the {family.link} link"
        raise refuse("MixedModels.jl", what, "glmmTMB and brms can.")
    if model.offsets:
        raise refuse("MixedModels.jl", "an offset in a formula", "lme4 can.")
    structured = next((b for b in model.random if b.structure != "full"), None)
    if structured is not None:
        raise refuse(
            "MixedModels.jl", f"the structure of the random effects of {structured.group}", "nlme can."
        )
    if model.residual is not None and (model.residual.by or model.residual.ar1_within):
        raise refuse("MixedModels.jl", "residuals that are not independent and alike", "nlme can.")


def _response(model: Model, text: _Formula, options: Options) -> str:
    y, trials = model.response.expression, model.response.trials
    if trials is None:
        return text.spelled(y)
    if not options.call:
        raise CannotSay(
            "A formula of MixedModels.jl has no place for the trials; the whole command has (call)."
        )
    return f"({text.number(y, 3)} / {text.number(trials, 3)})"


def _command(model: Model, formula: str, options: Options) -> str:
    arguments = ["MixedModel", f"@formula({formula})", options.data_name]
    gaussian = (model.family.name, model.family.link) == ("gaussian", "identity")
    binary = model.family.name == "binomial" and model.response.trials is None
    if not gaussian:
        name = "Bernoulli" if binary else FAMILIES[model.family.name]
        arguments += [f"{name}()", f"{LINKS[model.family.link]}()"]
    details = [f"REML = {'true' if options.reml else 'false'}"] if gaussian else []
    weights = model.response.trials or model.weights
    if weights is not None:
        if not isinstance(weights, Variable):
            raise CannotSay(
                f"Make {spell(weights)} a column beforehand: MixedModels.jl takes weights as a vector."
            )
        details.append(f"wts = float.({options.data_name}.{name_of(weights.name)})")
    details += _contrasts(model)
    return f"fit({', '.join(arguments)}{'; ' + ', '.join(details) if details else ''})"


def _contrasts(model: Model) -> list[str]:
    other = [c for c in model.categories if c.numeric or c.reference != min(c.names)]
    predictors = [c for c in other if c.variable in model.variables]
    coded = [
        f":{name_of(c.variable)} => DummyCoding(base = {_value(c.reference, c.numeric)})" for c in predictors
    ]
    return [f"contrasts = Dict({', '.join(coded)})"] if coded else []


def _value(category: str, numeric: bool) -> str:
    return category if numeric else quoted(category, '"').replace("$", "\\$")


def name_of(name: str) -> str:
    """A column's name; ``var"…"`` holds what Julia has no name for."""
    if _PLAIN.fullmatch(name) and name not in _RESERVED:
        return name
    return "var" + quoted(name, '"')


class _Formula(RFormula):
    """A model's formula with Julia's operators."""

    def matrix(self, terms: tuple[Term, ...]) -> str:
        inner = super().matrix(terms)
        return inner if inner == "1" or inner.startswith("0") else f"1 + {inner}"

    def product(self, term: Term, whole: tuple[Term, ...], sign: str) -> str:
        return super().product(term, whole, " * " if sign == "*" else " & ")

    def bars(self) -> Iterator[str]:
        yield from map(self._part, parts(self.model))

    def _part(self, part: Part) -> str:
        bar = f"{self.matrix(part.terms)} | {' & '.join(map(name_of, self.columns(part.group)))}"
        return f"zerocorr({bar})" if part.structure == "independent" else f"({bar})"

    def factor(self, factor: Expression, term: Term, whole: tuple[Term, ...]) -> str:
        del term, whole  # an indicator is a number to Julia, whatever else is in the model
        match factor:
            case Factor(name) if name in self.known:
                return name_of(name)  # numbers become categories by their contrasts
            case Factor(name):
                raise CannotSay(
                    f"Julia codes {name} by its type: say its categories (categories=), or make it a text."
                )
            case Indicator():
                return self.number(factor)
        return self.spelled(factor)

    def spelled(self, expression: Expression) -> str:
        match expression:
            case Variable(name):
                return name_of(name)
            case Call("+" | "-" | "*" | "/"):
                return f"protect({self.number(expression)})"
            case Centered():
                return f"protect({self.number(expression)})"
        return self.number(expression)

    def number(self, expression: Expression, least: int = 0) -> str:
        match expression:
            case Basis() | Mean() | Centered(_, Mean()):
                # A formula of Julia works row by row; a mean is no function of a row.
                raise CannotSay(
                    f"MixedModels.jl's formulas have no {spell(expression)}. Make the column beforehand."
                )
            case Indicator(variable, category):
                known = self.known.get(variable)
                return f"({name_of(variable)} == {_value(category, bool(known and known.numeric))})"
            case Variable(name):
                return name_of(name)
            case Call(function, (of,)) if function.isidentifier():
                return f"{function}({self.number(of)})"
            case Call("^", (of, Constant(value))):
                return f"{self.number(of, 4)}^{spell_number(Constant(value))}"
            case Call(operator, (a, b)):
                inner = f"{self.number(a, 2)} {operator} {self.number(b, 3)}"
                return f"({inner})" if least else inner
        return spell_number(expression, self.columns, least)
