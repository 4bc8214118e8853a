"""How the response is distributed: the sampling statement and the link of a generalized model."""

from __future__ import annotations

from dataclasses import replace

from ..equations import (
    NO_DISTRIBUTION,
    Apply,
    Digit,
    Distributed,
    Distribution,
    Equation,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Quotient,
    Statement,
    Sum,
    Symbol,
    letter,
)
from ..errors import CannotSay, NeedsMore, NotYet
from ..expressions import Indicator
from ..frozen import frozen
from ..model import OBSERVATION, Model
from ..parameters import Dispersion, ResidualVariance
from .indexing import Indexing
from .ordinal import REMARK, is_ordinal
from .predictors import require_no_weights, show
from .symbols import residual_variance

MEANS = {"binomial": "p", "poisson": "λ"}
"""The letter of the response's mean by family; μ for the others (Gelman & Hill 2007, ch. 6)."""

DISPERSIONS = {"negative_binomial": "θ", "gamma": "ν", "beta": "φ"}

PARAMETERIZATIONS = {
    "negative_binomial": "NegBinomial(μ, θ) has mean μ and variance μ + μ²/θ.",
    "gamma": "Gamma(μ, ν) has mean μ and variance μ²/ν.",
    "beta": "Beta(μ, φ) has mean μ and variance μ(1 − μ)/(1 + φ).",
}
"""What the two arguments mean, where textbooks differ."""


@frozen
class Generalized:
    """The parts of a generalized model: ``y ~ F(μ)`` if any, the mean μ, and link(μ)."""

    sampling: tuple[Statement, ...]
    mean: Node
    linked: Node


def is_plain_gaussian(model: Model) -> bool:
    """Whether the response is its predictor plus a normal residual."""
    return model.family.name == "gaussian" and model.family.link == "identity"


def generalized(model: Model, indexing: Indexing, mean_letters: dict[str, str] = MEANS) -> Generalized:
    """The sampling statement of a generalized model and its link.

    Raises CannotSay for responses of categories, which have no mean.
    """
    family = model.family
    if family.name in ("cumulative", "multinomial"):  # their own modules write these
        raise NotYet(
            f"Equations of {family.name} models are not written in this notation; raudenbush_bryk has them."
        )
    mean = letter(mean_letters.get(family.name, "μ"), *indexing.at(OBSERVATION))
    if family.name in ("quasi", "quantile"):
        expected = _expected(model, indexing)
        if family.link == "identity":
            return Generalized((), expected, expected)
        return Generalized((Equation((expected, mean)),), mean, _linked(family.link, mean))
    sampling = Distributed((response(model, indexing),), _distribution(model, mean, indexing))
    return Generalized((sampling,), mean, _linked(family.link, mean))


def _expected(model: Model, indexing: Indexing) -> Node:
    """E(y) or quantile(y, 0.25), where no distribution of y is stated."""
    require_no_weights(model)
    if not (model.terms or model.offsets):
        raise CannotSay("A mean of zero, without any term, is no equation of a response.")
    if model.response.trials is not None:
        raise CannotSay("The mean of a share of trials has no equation without a distribution of the counts.")
    if model.family.quantile is not None:
        return Apply("quantile", (response(model, indexing), Number(str(model.family.quantile))))
    return Apply("E", (response(model, indexing),))


def response(model: Model, indexing: Indexing) -> Node:
    """The response with the indices of an observation."""
    return show(model, model.response.expression, indexing)


def noise(
    model: Model, indexing: Indexing, variance: Node | None = None, *, correlated: bool = False
) -> Node:
    """The ``variance`` of the residual, σ² by default; σ²/w where observations are weighted.

    Where each category of a variable has its own variance it is σ_1² sex[A]_ij + σ_2² sex[B]_ij. Raises
    NeedsMore where the categories are not known, and CannotSay for autocorrelation unless the notation has
    a residual that can be ``correlated``.
    """
    residual = model.residual
    if residual is not None and residual.ar1_within and not correlated:
        raise CannotSay(
            "Correlated residuals need a symbol for the residual, which stands in no distribution of the "
            "response; raudenbush_bryk and combined have one."
        )
    variance = variance or residual_variance()
    if residual is not None and residual.by:
        variance = _by_category(model, residual.by, variance, indexing)
    return variance if model.weights is None else Quotient(variance, show(model, model.weights, indexing))


def _by_category(model: Model, by: str, variance: Node, indexing: Indexing) -> Node:
    """The variance of the category that an observation is in, each with a number below its letter."""
    known = model.categories_of(by)
    if known is None or not known.reference:
        raise NeedsMore(
            f"Each category of {by} has a residual variance of its own, and the categories are not known. "
            f'Give data, or say them: categories={{"{by}": ["A", "B"]}} (--categories "{by}: A, B").'
        )
    match variance:
        case Quantity(_, Power(root, _)):
            pass
        case root:
            raise CannotSay(f"This notation has no symbols for a variance in each category of {by}.")
    return Sum(
        tuple(
            Product((_numbered(category, n, root), show(model, Indicator(by, category), indexing)))
            for n, category in enumerate(known.names, 1)
        )
    )


def _numbered(category: str, number: int, root: Node) -> Node:
    """σ_1², the residual variance of a category."""
    numbered = replace(root, below=(Digit(number), *root.below)) if isinstance(root, Symbol) else root
    return Quantity(ResidualVariance(category), Power(numbered, Number("2")))


def offsets(model: Model, indexing: Indexing) -> list[Node]:
    """The offsets as summands: bare data, marked as offsets where the model is plain Gaussian."""
    shown = [show(model, offset, indexing) for offset in model.offsets]
    return [Apply("offset", (o,)) for o in shown] if is_plain_gaussian(model) else shown


def remarks(model: Model) -> tuple[str, ...]:
    """What has to be said about the distribution's parameters."""
    found = NO_DISTRIBUTION if model.family.name == "quasi" else PARAMETERIZATIONS.get(model.family.name)
    return (REMARK,) if is_ordinal(model) else (found,) if found else ()


def _distribution(model: Model, mean: Symbol, indexing: Indexing) -> Distribution:
    require_no_weights(model)
    match model.family.name:
        case "gaussian":
            return Distribution("normal", (mean, noise(model, indexing)))
        case "binomial" if (trials := model.response.trials) is not None:
            return Distribution("binomial", (show(model, trials, indexing), mean))
        case "binomial":
            return Distribution("bernoulli", (mean,))
        case "poisson":
            return Distribution("poisson", (mean,))
        case name:
            return Distribution(name, (mean, Quantity(Dispersion(), letter(DISPERSIONS[name]))))


def _linked(link: str, mean: Symbol) -> Node:
    match link:
        case "identity":
            return mean
        case "inverse":
            return Quotient(Number("1"), mean)
        case _:
            return Apply(link, (mean,))


def structural(left: Node, right: Node) -> Equation:
    """The equation of the linear predictor."""
    return Equation((left, right), level=1)
