"""Data drawn from a model: what the model claims, done.

The steps are those of the model itself. Groups get their units and rows (:mod:`.groups`), every variable
its values at its own level (:mod:`.predictors`), every block of random effects its draws
(:mod:`.effects`), and the response follows from the linear predictor, the link and the family
(:mod:`.responses`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..errors import DataError
from ..expressions import Expression
from ..hierarchy import require_categories, require_relations
from ..model import Model
from ..numbers.evaluate import evaluate, evaluate_term
from ..parameter_names import resolve
from ..parameters import Coefficient, Parameter
from ..spelling import spell, spell_term
from .effects import random_part
from .groups import Size, make_rows
from .predictors import Predictor, draw_predictors
from .responses import draw_response, name_of_response

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame, Series

__all__ = ["Predictor", "Size", "simulate"]


def simulate(
    model: Model,
    parameters: Mapping[Any, Any],
    sizes: Mapping[str, Size] | int,
    seed: int,
    predictors: Mapping[str, Predictor] | None = None,
) -> DataFrame:
    """Data drawn from a model; the same seed gives the same data.

    parameters : a number (or an Estimate) for each parameter, by parameter or by readable name:
        ``{"(Intercept)": 12, "ses": 2, "Var(school, (Intercept))": 8.6, "Residual": 39}``; also the
        ``estimates`` of a fit. See :mod:`notation.parameter_names`.
    sizes : how many units of each grouping factor there are in each unit of the factors that it is
        nested in, and how many ``observations`` in each unit (or combination of units, where factors are
        crossed): a whole number; a list with one number for each unit above; or a distribution:
        ``("poisson", 20)``, ``(low, high)`` for whole numbers in between, or a function of the random
        generator. A model without groups takes the number of observations alone.
    seed : the seed of numpy's ``default_rng``.
    predictors : where a variable's values come from: a distribution, ``("normal", 0, 2)``,
        ``("uniform", 0, 1)``, ``("bernoulli", 0.4)``, ``("poisson", 3)``; a function of the generator
        and of the frame of units, one row for each unit of the variable's level; or the values
        themselves, for each unit, or for each unit within its group, as ``range(5)`` for five
        occasions. Otherwise numbers are standard normal and categories equally likely.

    Units are numbered through, so that no two schools have a student in common. Covariance matrices
    may be singular, as those of singular fits are, but not indefinite.

    Raises UnknownName for a parameter, grouping factor or variable that the model does not have,
    NeedsMore where a value, size, level or nesting is missing, DataError for values that cannot be (a
    covariance matrix that none has, weights that are not positive, a probability above one), NotYet for
    models whose response cannot be drawn so far.

    Source of the steps: Gelman & Hill (2007), Data Analysis Using Regression and Multilevel/Hierarchical
    Models, section 8.1 (fake-data simulation).
    """
    import numpy

    require_relations(model)
    require_categories(model)
    values = resolve(model, parameters)
    response = name_of_response(model)
    # A generator of its own for each step: other predictors leave groups and effects as they are.
    structure, data, effects, noise = numpy.random.default_rng(seed).spawn(4)
    rows = make_rows(model, sizes, structure)
    rows = draw_predictors(model, rows, predictors or {}, data)
    with numpy.errstate(all="ignore"):  # what is not finite is refused by name
        predictor = linear_predictor(model, rows, values, random_part(model, rows, values, effects))
        drawn = draw_response(model, rows, values, predictor, noise)
    columns = [c for c in rows.columns if c not in drawn]
    groups = [c for c in columns if c in model.group_names]
    frame = rows[columns].assign(**drawn)
    return frame[[*groups, *dict.fromkeys((response, *drawn)), *(c for c in columns if c not in groups)]]


Predicted = dict[str, "NDArray[Any]"]
"""The linear predictor of each category of a multinomial response; of ``""`` otherwise."""


def linear_predictor(
    model: Model, rows: DataFrame, values: Mapping[Parameter, float], random: NDArray[Any]
) -> Predicted:
    """Fixed part, random part and offsets, for each row."""
    start = random + sum(_column(offset, rows).to_numpy() for offset in model.offsets)
    found: Predicted = {}
    for parameter, value in values.items():
        if isinstance(parameter, Coefficient):
            column = finite(evaluate_term(parameter.term, rows), spell_term(parameter.term))
            found[parameter.category] = found.get(parameter.category, start) + value * column.to_numpy()
    return found or {"": start}


def _column(expression: Expression, rows: DataFrame) -> Series:
    return finite(evaluate(expression, rows), spell(expression))


def finite(values: Series, name: str) -> Series:
    """The values, which must be numbers: the logarithm of a standard normal variable is none."""
    import numpy

    if not numpy.isfinite(values).all():
        raise DataError(
            f"{name} has no finite value for some of the values drawn; say where the values of its "
            "variables come from with predictors="
        )
    return values
