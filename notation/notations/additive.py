"""Gelman & Hill's "one regression with several error terms", for groups of any kind.

    math_i ~ N(β_0 + β_1 ses_i + β_2 sector_j[i] + α_0j[i] + α_1j[i] ses_i, σ²)
    (α_0j, α_1j) ~ N(0, [σ_α0² ρσ_α0σ_α1; ρσ_α0σ_α1 σ_α1²]), for schools j = 1, …, J

The fourth of the five ways in which Gelman & Hill write one model (2007, section 12.5): every fixed
coefficient stands in the regression of the data, and the error terms of the groups have mean zero. It
asks nothing of the groups: nested, crossed, or not known to be either.
"""

from __future__ import annotations

from ..equations import Equations
from ..model import Model
from ..options import Options
from .gelman_hill_additive import additive
from .indexing import Lookups, index_letters
from .legend import lookup_legend
from .ordinal import without_intercept
from .sampling import remarks

LOSES: tuple[str, ...] = ()


def write(model: Model, options: Options) -> Equations:
    """The data distribution, the distributions of the error terms with their ranges, and the legend.

    Raises NeedsMore where the categories of a factor are not known, CannotSay for more grouping factors
    than there are letters, NotYet for structures without symbols here.
    """
    model = without_intercept(model)
    letters = index_letters(model, options, cells=True)
    statements = additive(model, Lookups(model, letters, model.chain or ()), options)
    named = {r.group for s in statements for r in s.ranges}
    legend = lookup_legend(model, letters, options, named, remarks(model))
    return Equations(tuple(statements), legend)
