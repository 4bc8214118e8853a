"""Snijders & Bosker's notation: one equation, with R at level 1, U at level 2 and V at level 3.

    math_ij = γ_00 + γ_10 ses_ij + γ_01 sector_j + γ_11 ses_ij sector_j + U_0j + U_1j ses_ij + R_ij
    R_ij ~ N(0, σ²)
    (U_0j, U_1j) ~ N(0, [τ²_0 τ_01; τ_01 τ²_1])

Random variables are capitals; variances are squares: σ² of R, τ² of U and φ² of V, with the numbers of
their coefficients (Snijders & Bosker 2012, ch. 4 and 5). Further factors continue with W and ψ.
"""

from __future__ import annotations

from ..equations import Equations, letter
from ..model import Model
from ..options import Options
from .squares import Author, combined_by

LOSES: tuple[str, ...] = ()

SNIJDERS_BOSKER = Author(
    effects=("U", "V", "W", "Q"),
    spreads=("τ", "φ", "ψ", "ω"),
    residual="R",
    residual_spread=letter("σ"),
)


def write(model: Model, options: Options) -> Equations:
    """The one equation of a model, its distributions, and the legend.

    Raises NeedsMore where the categories of a factor are not known, CannotSay for more than four grouping
    factors, NotYet for structures without symbols here.
    """
    return combined_by(SNIJDERS_BOSKER, model, options)
