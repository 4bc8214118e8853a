"""The reference categories of a model, where the formula of a program does not say them.

R and Python take the category that is sorted first. A model that compares with another one has it from the
order of the column's categories.
"""

from __future__ import annotations

from ..expressions import Factor, Indicator, variables
from ..model import Categories, Model
from ..options import Options
from ..spelling import quote, quoted


def other_references(model: Model) -> list[Categories]:
    """The categorical predictors whose reference a program may not take by itself: it is not sorted first.

    R sorts as its locale does, mostly without regard to capitals. A variable that is a number elsewhere in
    the model is left alone.
    """
    factors = {f for term in model.terms for f in term.factors}
    coded = {f.variable for f in factors if isinstance(f, Indicator | Factor)}
    numbers = {name for f in factors if not isinstance(f, Indicator | Factor) for name in variables(f)}
    used = [c for c in model.categories if c.variable in coded - numbers and c.reference]
    orders = {True: (float,), False: (str, str.casefold)}
    return [c for c in used if any(c.reference != min(c.names, key=key) for key in orders[c.numeric])]


def categories_of(known: Categories) -> str:
    """The categories of a variable as values of R and Python, the reference first."""
    return ", ".join(n if known.numeric else quoted(n) for n in known.names)


def r_data(model: Model, options: Options) -> str:
    """The data argument of a command in R, with the references of the model.

    ``within`` keeps all names of columns; ``transform`` puts points for blanks.
    """
    data = options.data_name
    for known in other_references(model):
        name = quote(known.variable)
        data = f"within({data}, {name} <- factor({name}, levels = c({categories_of(known)})))"
    return data
