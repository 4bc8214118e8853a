"""Programs that fit multilevel models: Model ↔ their formula or code.

Adding one is a module with ``write(model, options) -> str``, ``PROGRAM`` and ``LOSES`` (the names of the
keyword arguments of ``read`` that its text cannot carry), and a line in :data:`SOFTWARE`.
"""

from __future__ import annotations

SOFTWARE: dict[str, str] = {
    "lme4": "R: lmer and glmer, lm and glm (Bates et al. 2015)",
}
"""The name of each program, which is also its module's, with what it is. Modules load on demand."""

READABLE = ("lme4",)
"""The programs whose formulas and calls are read."""
