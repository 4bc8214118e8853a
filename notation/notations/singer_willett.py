"""Singer & Willett's notation for change: occasions j of persons i, an equation for each level.

    math_ij = π_0i + π_1i week_ij + ε_ij
    π_0i = γ_00 + γ_01 FRL_i + ζ_0i
    π_1i = γ_10 + γ_11 FRL_i + ζ_1i
    ε_ij ~ N(0, σ²_ε)
    (ζ_0i, ζ_1i) ~ N(0, [σ²_0 σ_01; σ_01 σ²_1])

i is the person and stands first; π are a person's own intercept and rate of change, γ the fixed effects
(Singer & Willett 2003, ch. 3). The notation has these two levels and no others.
"""

from __future__ import annotations

from dataclasses import replace

from ..equations import Equations, Label, letter
from ..errors import CannotSay
from ..hierarchy import hierarchy
from ..model import Model
from ..options import Options
from .indexing import Running, index_letters
from .legend import running_legend
from .ordinal import without_intercept
from .random_effects import distributions
from .raudenbush_bryk import level_equations
from .sampling import remarks
from .squares import Author, in_letters
from .symbols import hierarchical_symbols

LOSES: tuple[str, ...] = ()

SINGER_WILLETT = Author(
    effects=("ζ",),
    spreads=("σ",),
    residual="ε",
    residual_spread=letter("σ", Label(letter("ε"))),
    letters=("π", "γ"),
)


def write(model: Model, options: Options) -> Equations:
    """The level equations of a model with one grouping factor, its distributions, and the legend.

    Raises CannotSay for several grouping factors and for a random slope of a variable that is constant
    within its group, NeedsMore where levels or categories are not known, NotYet for structures without
    symbols here.
    """
    if len(model.group_names) != 1:
        raise CannotSay(
            "Singer & Willett's notation has two levels, occasions within persons, but the model has "
            f"{len(model.group_names) + 1}. raudenbush_bryk writes any number of levels."
        )
    model = without_intercept(model)
    letters = index_letters(model, replace(options, indices=options.indices or ("j", "i")))
    indexing = Running(model, letters, slowest_first=True)
    tree = hierarchy(model)
    symbols = in_letters(model, hierarchical_symbols(model, tree, indexing), SINGER_WILLETT)
    statements = level_equations(model, tree, symbols, indexing)
    if options.distributions:
        statements += distributions(model, symbols, indexing)
    return Equations(tuple(statements), running_legend(model, letters, options, remarks(model)))
