"""The notations: Model → Equations, one module each.

Adding one is a module with ``write(model, options) -> Equations`` and ``LOSES`` (the names of the
keyword arguments of ``read`` that its text cannot carry), and a line in :data:`NOTATIONS`.
"""

from __future__ import annotations

NOTATIONS: dict[str, str] = {
    "raudenbush_bryk": "an equation for each level (Raudenbush & Bryk 2002)",
    "gelman_hill": "distributions and lookups (Gelman & Hill 2007)",
    "combined": "one mixed equation",
    "additive": "one regression with several error terms (Gelman & Hill 2007, 12.5)",
    "mcelreath": "distributions in standard deviations, S R S (McElreath 2020)",
    "singer_willett": "an equation for each level, of occasions in persons (Singer & Willett 2003)",
    "snijders_bosker": "one mixed equation, with U and R (Snijders & Bosker 2012)",
    "goldstein": "varying coefficients, or classifications, as in MLwiN (Goldstein 2011)",
    "laird_ware": "one equation of matrices, with what they hold (Laird & Ware 1982)",
    "hox": "one mixed equation, with u and e (Hox, Moerbeek & van de Schoot 2018)",
}
"""The name of each notation, which is also its module's, with what it is."""

SHORT_NAMES: dict[str, str] = {"rb": "raudenbush_bryk", "gh": "gelman_hill"}
