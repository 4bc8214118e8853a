"""Programs that fit multilevel models: Model ↔ their formula or code.

Adding one is a module with ``write(model, options) -> str``, ``PROGRAM`` and ``LOSES`` (the names of the
keyword arguments of ``read`` that its text cannot carry), and a line in :data:`SOFTWARE`.
"""

from __future__ import annotations

SOFTWARE: dict[str, str] = {
    "lme4": "R: lmer and glmer, lm and glm (Bates et al. 2015)",
    "nlme": "R: lme and gls (Pinheiro & Bates 2000)",
    "glmmtmb": "R: glmmTMB (Brooks et al. 2017)",
    "brms": "R: brm (Bürkner 2017)",
    "statsmodels": "Python: mixedlm, ols and glm (Seabold & Perktold 2010)",
    "mixedlm": "Python: lmer and glmer",
    "bambi": "Python: Model (Capretto et al. 2022)",
    "mixedmodels": "Julia: MixedModels.jl",
    "stata": "Stata: mixed, melogit, mepoisson, regress, glm",
    "sas": "SAS: PROC MIXED and PROC GLIMMIX",
    "spss": "SPSS: MIXED and GENLINMIXED",
    "mplus": "Mplus: two-level models",
    "hlm": "HLM: the level specification, as its output prints it",
}
"""The name of each program, which is also its module's, with what it is. Modules load on demand."""

READABLE = ("lme4", "nlme", "glmmtmb", "brms", "statsmodels", "mixedlm", "bambi", "stata", "hlm")
"""The programs whose formulas and calls are read; HLM's text is level equations, and read as such."""
