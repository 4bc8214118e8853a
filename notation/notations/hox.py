"""Hox's notation: one equation, with e at level 1, u at level 2 and v at level 3.

    math_ij = γ_00 + γ_10 ses_ij + γ_01 sector_j + γ_11 ses_ij sector_j + u_0j + u_1j ses_ij + e_ij
    e_ij ~ N(0, σ²_e)
    (u_0j, u_1j) ~ N(0, [σ²_u0 σ_u01; σ_u01 σ²_u1])

Variances are squares that name their effect, covariances are not squared (Hox, Moerbeek & van de Schoot
2018, ch. 2; crossed factors ch. 9). A fourth level continues with w.
"""

from __future__ import annotations

from ..equations import Equations, Label, letter
from ..model import Model
from ..options import Options
from .squares import Author, combined_by

LOSES: tuple[str, ...] = ()

HOX = Author(
    effects=("u", "v", "w", "b", "c", "d"),
    spreads=("σ",) * 6,
    residual="e",
    residual_spread=letter("σ", Label(letter("e"))),
    named=True,
)


def write(model: Model, options: Options) -> Equations:
    """The one equation of a model, its distributions, and the legend.

    Raises NeedsMore where the categories of a factor are not known, CannotSay for more than six grouping
    factors, NotYet for structures without symbols here.
    """
    return combined_by(HOX, model, options)
