"""Readable names of parameters: ``ses:sector``, ``Var(school, (Intercept))``, ``Residual``.

Fixed coefficients are named by their terms as R spells them; a multinomial coefficient has the category
before it, ``B: ses``. Variances may also be given as standard deviations, ``SD(school, ses)`` or
``SD(Residual)``, and covariances as correlations, ``Cor(school, (Intercept), ses)``, which is how
software prints them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations
from math import isfinite, sqrt
from typing import Any

from .errors import DataError, NeedsMore, unknown_name
from .estimates import Estimate, group_label
from .expressions import Term
from .model import Model
from .parameters import (
    Autocorrelation,
    Coefficient,
    Covariance,
    Dispersion,
    Parameter,
    ResidualVariance,
    Threshold,
    Variance,
    parameters,
)
from .spelling import spell_term

RESIDUAL = "Residual"


def name_parameter(model: Model, parameter: Parameter) -> str:
    """The readable name of a parameter of the model."""
    match parameter:
        case Coefficient(term, category):
            return f"{category}: {spell_term(term)}" if category else spell_term(term)
        case Variance(group, term):
            return f"Var({group_label(model, group)}, {spell_term(term)})"
        case Covariance(group):
            return (
                f"Cov({group_label(model, group)}, {', '.join(map(spell_term, ordered(model, parameter)))})"
            )
        case ResidualVariance(category):
            return f"{RESIDUAL}({category})" if category else RESIDUAL
        case Autocorrelation(group):
            return f"Autocorrelation({group_label(model, group) if group else RESIDUAL})"
        case Dispersion():
            return "Dispersion"
        case Threshold(k):
            return f"Threshold({k})"


def ordered(model: Model, covariance: Covariance) -> list[Term]:
    """The two terms of a covariance in the order of their block."""
    group, terms = covariance.group, covariance.terms
    block = next(b for b in model.random if b.group == group and terms <= set(b.terms))
    return sorted(terms, key=block.terms.index)


def resolve(model: Model, given: Mapping[Any, Any]) -> dict[Parameter, float]:
    """The value of every parameter of a model, from parameters or readable names to numbers.

    given : numbers, or :class:`notation.estimates.Estimate`, by parameter or by name; an
        :class:`notation.estimates.Estimates` is such a mapping.

    Raises UnknownName for a name that no parameter of the model has, NeedsMore where one is missing,
    DataError for a number that the parameter cannot be.
    """
    expected = _expected(model, given)
    spelled = {_plain(s): (kind, p) for p in expected for kind, s in _spellings(model, p)}
    values: dict[Parameter, float] = {}
    correlations: dict[Covariance, float] = {}
    for key, value in given.items():
        kind, parameter = _find(model, key, spelled, expected)
        number = _number(key, value)
        if parameter in values or parameter in correlations:
            raise DataError(f"{name_parameter(model, parameter)} is given twice")
        if kind == "correlation":
            correlations[parameter] = number  # type: ignore[index]
        else:
            values[parameter] = number**2 if kind == "sd" else number
    _complete(model, expected, values, correlations)
    _check_ranges(model, values)
    return values


Spelled = Mapping[str, tuple[str, Parameter]]


def _expected(model: Model, given: Mapping[Any, Any]) -> tuple[Parameter, ...]:
    """The parameters, with as many thresholds as are given where the categories are not known."""
    expected = parameters(model)
    if model.family.name != "cumulative" or getattr(model.response.expression, "name", "") in {
        c.variable for c in model.categories
    }:
        return expected
    count = sum(isinstance(k, Threshold) or str(k).startswith("Threshold(") for k in given)
    further = (Threshold(k) for k in range(1, count + 1))
    return tuple(dict.fromkeys((*expected, *further)))


def _find(model: Model, key: Any, spelled: Spelled, expected: tuple[Parameter, ...]) -> tuple[str, Parameter]:
    if key in expected:
        return "value", key
    if isinstance(key, str) and _plain(key) in spelled:
        return spelled[_plain(key)]
    shown = key if isinstance(key, str) else str(key)
    raise unknown_name("parameter", shown, [name_parameter(model, p) for p in expected])


def _plain(name: str) -> str:
    return name.replace(" ", "")


def _number(key: Any, value: Any) -> float:
    number = value.value if isinstance(value, Estimate) else value
    try:
        number = float(number)
    except (TypeError, ValueError):
        raise DataError(f"the value of {key} is {value!r}, which is no number") from None
    if not isfinite(number):
        raise DataError(f"the value of {key} is {number}: a finite number is needed")
    return number


def _complete(
    model: Model,
    expected: tuple[Parameter, ...],
    values: dict[Parameter, float],
    correlations: Mapping[Covariance, float],
) -> None:
    """Turn correlations into covariances, and refuse what is missing."""
    missing = [p for p in expected if p not in values and p not in correlations]
    if missing:
        names = ", ".join(name_parameter(model, p) for p in missing)
        raise NeedsMore(f"A value is missing for {names}.")
    for covariance, correlation in correlations.items():
        first, second = (values[Variance(covariance.group, t)] for t in ordered(model, covariance))
        values[covariance] = correlation * sqrt(max(first, 0.0)) * sqrt(max(second, 0.0))


def _check_ranges(model: Model, values: Mapping[Parameter, float]) -> None:
    for parameter, value in values.items():
        name = name_parameter(model, parameter)
        match parameter:
            case Variance() | ResidualVariance() if value < 0:
                raise DataError(f"{name} is {value:g}, but a variance is not negative")
            case Dispersion() if value <= 0:
                raise DataError(f"{name} is {value:g}, but it must be positive")
            case Autocorrelation() if abs(value) >= 1:
                raise DataError(f"{name} is {value:g}, but an autocorrelation is between -1 and 1")


# ------------------------------------------------------------------ spellings


def _spellings(model: Model, parameter: Parameter) -> Iterator[tuple[str, str]]:
    """Every way to write a parameter, with what the number then is: value, sd or correlation."""
    yield "value", name_parameter(model, parameter)
    match parameter:
        case Coefficient(term, category):
            before = f"{category}: " if category else ""
            yield from (("value", before + spelled) for spelled in _orders(term))
        case Variance(group, term):
            yield from _both("Var", "SD", _places(model, group), _orders(term))
        case Covariance(group, terms):
            pairs = [f"{x}, {y}" for a, b in permutations(terms) for x in _orders(a) for y in _orders(b)]
            for kind, name in _both("Cov", "Cor", _places(model, group), pairs):
                yield "correlation" if kind == "sd" else kind, name
        case ResidualVariance(category):
            further = f", {category}" if category else ""
            yield from (("value", f"Var({RESIDUAL}{further})"), ("sd", f"SD({RESIDUAL}{further})"))
        case Autocorrelation(group) if group:
            yield from (("value", f"Autocorrelation({place})") for place in _places(model, group))


def _both(squared: str, plain: str, places: Iterable[str], names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for place in places:
        for name in names:
            yield "value", f"{squared}({place}, {name})"
            yield "sd", f"{plain}({place}, {name})"


def _places(model: Model, group: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((group, group_label(model, group))))


def _orders(term: Term) -> tuple[str, ...]:
    """A product in every order of its factors; longer ones only as they stand."""
    if len(term.factors) > 4:
        return (spell_term(term),)
    return tuple(spell_term(Term(factors)) for factors in permutations(term.factors))
