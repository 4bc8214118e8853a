"""Gelman & Hill's notation: distributions and lookups.

    math_i ~ N(α_j[i] + β_j[i] ses_i, σ²)
    (α_j, β_j) ~ N((γ_0^α + γ_1^α sector_j, γ_0^β + γ_1^β sector_j), [σ_α² ρσ_ασ_β; ρσ_ασ_β σ_β²]),
        for schools j = 1, …, J

i numbers all observations and j[i] is the group of observation i; the second argument of N is a
variance; group-level coefficients carry the name of what they predict (Gelman & Hill 2007, ch. 11–13).
Each coefficient has a letter of its own at each level: α, β for the first groups, a, b, c, … for the
groups of groups. Groups that are not nested in one another are written as several error terms with
mean zero (section 13.5), so that every coefficient is identified.

Section 12.5 writes one model in five ways. The option ``form`` chooses among four: coefficients that
vary by group, as above; local regressions, math_ij ~ N(α_j + β_j ses_ij, σ²), for one grouping factor;
one regression with indicators of the groups, which leaves most of them to dots and is not read back; and one
with several error terms, which is the notation ``additive``. The fifth, correlated errors y ~ N(Xβ, Σ), does
not show which effects vary by which groups, and is not written.
"""

from __future__ import annotations

from ..equations import Equations
from ..errors import CannotSay
from ..hierarchy import hierarchy, require_levels
from ..model import Model
from ..options import Options
from . import additive as additive_notation
from .gelman_hill_additive import additive
from .gelman_hill_chained import chained
from .gelman_hill_indicators import indicators
from .indexing import Local, Lookups, index_letters
from .legend import lookup_legend
from .ordinal import without_intercept
from .sampling import remarks

LOSES: tuple[str, ...] = ()


def write(model: Model, options: Options) -> Equations:
    """The data distribution, the group distributions with their ranges, and the legend.

    Raises NeedsMore where levels or categories are not known, CannotSay for a random slope of a
    variable that is constant within its group, NotYet for structures without symbols here.
    """
    if options.form == "errors":
        return additive_notation.write(model, options)
    require_levels(model)
    model = without_intercept(model)
    letters = index_letters(model, options, cells=True)
    if options.form == "local":
        statements = chained(model, hierarchy(model), _within_groups(model, letters), options)
    elif options.form == "indicators":
        statements = indicators(model, Lookups(model, letters, model.chain or ()), options)
    elif model.chain is None:
        statements = additive(model, Lookups(model, letters), options)
    else:
        statements = chained(model, hierarchy(model), Lookups(model, letters, model.chain), options)
    named = {r.group for s in statements for r in s.ranges}
    legend = lookup_legend(model, letters, options, named, remarks(model))
    return Equations(tuple(statements), legend)


def _within_groups(model: Model, letters: dict[str, str]) -> Local:
    if len(model.group_names) != 1 or not model.random:
        raise CannotSay(
            "Local regressions are those within the groups of one grouping factor, by which some coefficient "
            f"varies; the model has {len(model.group_names)}. The form 'coefficients' writes any model."
        )
    return Local(model, letters)
