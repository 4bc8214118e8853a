"""Variances of the response: by grouping factor, of the observations, and their shares.

With random slopes the variance between groups is a function of their variables, z′Tz: the share of
variance is one at each value (Goldstein, Browne & Rasbash 2002; Snijders & Bosker 2012, section 7.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any

from ..equations import Apply, Node, Number, Power, Product, Quantity, Quotient, Symbol, Word, letter, word
from ..errors import CannotSay, NotYet, unknown_name
from ..expressions import INTERCEPT, Expression, Term
from ..fits.fitted import Source, as_fit
from ..model import Model, RandomBlock
from ..notations.indexing import Running
from ..notations.predictors import add, show
from ..notations.random_effects import in_order, require_full
from ..notations.sampling import DISPERSIONS, is_plain_gaussian
from ..notations.symbols import Symbols, residual_variance
from ..numbers.arithmetic import PI, Numbers
from ..parameters import Dispersion
from .quantity import Implied, require_one_residual, symbols_of, total
from .values import At, value_at

ONE, TWO = Number("1"), Number("2")

LATENT: dict[str, tuple[Node, str]] = {
    "logit": (
        Quotient(Power(PI, TWO), Number("3")),
        "π²/3, the variance of the standard logistic distribution",
    ),
    "probit": (Number("1"), "1, the variance of the standard normal distribution"),
    "cloglog": (
        Quotient(Power(PI, TWO), Number("6")),
        "π²/6, the variance of the standard Gumbel distribution",
    ),
    "loglog": (
        Quotient(Power(PI, TWO), Number("6")),
        "π²/6, the variance of the standard Gumbel distribution",
    ),
}
"""The residual variance of a latent response, by link (Nakagawa, Johnson & Schielzeth 2017, table 2)."""


def icc(fit: Source, group: str | None = None, at: At | None = None) -> Implied:
    """The intraclass correlation of a grouping factor: its share of the variance (VPC).

    group : the grouping factor; may be left out where the model has one. For nested factors it is the
        share of this level alone.
    at : the values of the variables with random slopes, ``{"ses": 0.5}``.

    In a model with predictors it is conditional on them. Generalized models are taken on the scale of
    the link, where the note names the residual variance.

    Raises NotYet where the residual variance is not one number, CannotSay for a model without groups.
    """
    fit = as_fit(fit)
    model = fit.model
    chosen = only_group(model, group)
    parts, numbers, note = _parts(fit, at or {})
    several = len({b.group for b in model.random}) > 1
    symbol = word("ICC", *((Word(chosen),) if several else ()))
    kind = "conditional on the predictors" if any(model.fixed) else "unconditional"
    share = Quotient(parts[chosen], total(parts.values()))
    return Implied(f"intraclass correlation of {chosen}", symbol, share, numbers, f"{kind}{note}")


def response_variance(fit: Source, at: At | None = None) -> Implied:
    """The variance of the response given its predictors: between groups and within, at given values.

    The arguments and errors are those of :func:`icc`; of a generalized model it is the variance of the
    latent response, y*.
    """
    fit = as_fit(fit)
    parts, numbers, note = _parts(fit, at or {})
    response = show(fit.model, fit.model.response.expression, symbols_of(fit.model)[1])
    if not is_plain_gaussian(fit.model) and isinstance(response, Symbol):
        response = replace(response, accent="star")  # the latent response y*, not the observed one
    name = "variance of the response given its predictors"
    return Implied(name, Apply("Var", (response,)), total(parts.values()), numbers, note.removeprefix("; "))


def latent_variance(model: Model) -> tuple[Node, str]:
    """The residual variance on the scale of the linear predictor, and what it is.

    Of counts and other positive responses with a log link it is that of the lognormal approximation
    (Nakagawa, Johnson & Schielzeth 2017, table 1): ln(1 + 1/λ), ln(1 + 1/λ + 1/θ), ln(1 + 1/ν).
    Raises NotYet where it is not one number, or has several definitions.
    """
    require_one_residual(model)
    family = model.family
    if family.name == "gaussian" and family.link == "identity":
        return residual_variance(), ""
    if family.name in ("binomial", "cumulative") and family.link in LATENT:
        node, what = LATENT[family.link]
        return node, f"; on the {family.link} scale, with the residual variance {what}"
    if family.link == "log" and (parts := _relative_variances(model)):
        note = "; on the log scale, with the residual variance of the lognormal approximation"
        return Apply("log", (add([ONE, *parts]),)), note
    raise NotYet(
        f"The residual variance of a {family.name} model with link {family.link} and these terms has "
        "several definitions, none of which is computed so far."
    )


def _relative_variances(model: Model) -> list[Node]:
    """The variance of the response over its squared mean, in parts; nothing where it is not one number.

    Of counts it depends on the mean λ, which is one number in a model of random intercepts alone.
    """
    dispersion = Quantity(Dispersion(), letter(DISPERSIONS.get(model.family.name, "")))
    match model.family.name:
        case "gamma":
            return [Quotient(ONE, dispersion)]
        case "poisson" if _is_null(model):
            return [Quotient(ONE, _mean_of_null_model(model))]
        case "negative_binomial" if _is_null(model):
            return [Quotient(ONE, _mean_of_null_model(model)), Quotient(ONE, dispersion)]
        case _:
            return []


def _is_null(model: Model) -> bool:
    return model.terms == (INTERCEPT,) == model.fixed and not model.offsets


def _mean_of_null_model(model: Model) -> Node:
    """λ = exp(γ + Στ/2), the mean of a response with normal random intercepts and a log link."""
    symbols, _ = symbols_of(model)
    variances = [symbols.covariance(b.group, INTERCEPT, INTERCEPT) for b in model.random]
    halves: list[Node] = [Quotient(v, TWO) for v in variances]
    return Apply("exp", (add([symbols.coefficient(INTERCEPT), *halves]),))


def group_variance(model: Model, group: str, symbols: Symbols, indexing: Running) -> Node:
    """z′Tz: the variance that a grouping factor's random effects add, as a function of their terms."""
    blocks = [b for b in model.random if b.group == group]
    return add([part for b in blocks for part in _quadratic_form(model, b, symbols, indexing)])


def _quadratic_form(model: Model, block: RandomBlock, symbols: Symbols, indexing: Running) -> list[Node]:
    require_full(block)
    terms = in_order(block, symbols)

    def factors(term: Term, power: bool) -> list[Node]:
        shown = [show(model, f, indexing) for f in term.factors]
        return [Power(s, TWO) for s in shown] if power else shown

    squares = [_product([symbols.covariance(block.group, t, t), *factors(t, power=True)]) for t in terms]
    return squares + [
        _product(
            [TWO, symbols.covariance(block.group, a, b), *factors(a, power=False), *factors(b, power=False)]
        )
        for a, b in combinations(terms, 2)
    ]


def _product(factors: list[Node]) -> Node:
    return factors[0] if len(factors) == 1 else Product(tuple(factors))


Parts = Mapping[str, Node]


def _parts(fit: Source, at: At) -> tuple[Parts, Numbers, str]:
    """The variance of each grouping factor and of the observations (``""``), and what is known."""
    model = fit.model
    latent, note = latent_variance(model)
    symbols, indexing = symbols_of(model)
    groups = dict.fromkeys(block.group for block in model.random)
    parts = {g: group_variance(model, g, symbols, indexing) for g in groups}
    factors = dict.fromkeys(f for b in model.random for t in b.terms for f in t.factors)
    numbers = Numbers(fit.estimates, data=shown_values(model, factors, indexing, at))
    return {**parts, "": latent}, numbers, note


def shown_values(
    model: Model, factors: Mapping[Expression, Any], indexing: Running, at: At
) -> dict[Node, float]:
    """The value of each factor of a term, by how it stands on the page, where ``at`` tells it."""
    found = {show(model, f, indexing): value_at(f, at) for f in factors}
    return {node: value for node, value in found.items() if value is not None}


def only_group(model: Model, group: str | None) -> str:
    """The grouping factor that is meant: the one of the model where none is named."""
    groups = tuple(dict.fromkeys(block.group for block in model.random))
    if not groups:
        raise CannotSay("A model without random effects has no variance between groups.")
    if group is None and len(groups) == 1:
        return groups[0]
    if group not in groups:
        raise unknown_name("grouping factor", str(group or ""), groups)
    return group
