"""The notations: Model → Equations, one module each.

Adding one is a module with ``write(model, options) -> Equations`` and ``LOSES`` (the names of the
keyword arguments of ``read`` that its text cannot carry), and a line in :data:`NOTATIONS`.
"""

from __future__ import annotations

NOTATIONS: dict[str, str] = {
    "raudenbush_bryk": "an equation for each level (Raudenbush & Bryk 2002)",
    "gelman_hill": "distributions and lookups (Gelman & Hill 2007)",
    "combined": "one mixed equation",
}
"""The name of each notation, which is also its module's, with what it is."""

SHORT_NAMES: dict[str, str] = {"rb": "raudenbush_bryk", "gh": "gelman_hill"}
