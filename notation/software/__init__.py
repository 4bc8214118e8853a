"""Programs that fit multilevel models: Model ↔ their formula or code.

Adding one is a module with ``write(model, options)`` and ``LOSES``, and a line here.
"""

from __future__ import annotations

SOFTWARE: dict[str, str] = {
    "lme4": "notation.software.lme4",
}
"""Each program with the module that knows its language; a module loads when it is asked for."""
