"""How something is to be written: one frozen object for every notation, markup and program."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, Literal

from .errors import UnknownName, unknown_name
from .frozen import frozen

EstimatesMode = Literal["none", "values", "se", "interval", "both"]


@frozen
class Options:
    """What a writer may be asked for; each writer reads the fields that concern it.

    indices : the index letters, observations first (``("i", "j", "k")``); empty is the notation's own.
    slowest_first : indices in the other order, the outermost group first (``y_kji``).
    legend : whether the legend is printed where the notation has one.
    distributions : whether the distribution statements are printed.
    spread : how a Gaussian spread is printed when numbers are filled in: ``"sd"`` prints 2.93²,
        ``"variance"`` prints 8.61.
    numbers : what stands where an estimate is filled in: ``"values"``; ``"se"``, ``"interval"``, the value
        with its standard error or its 95 % interval; ``"both"``, the symbol, and its value below the
        equations; ``"none"``, the symbol.
    form : how Gelman & Hill's notation writes a model (2007, section 12.5): with ``"coefficients"`` that
        vary by group, as ``"local"`` regressions within each group, as one regression with ``"indicators"``
        of the groups (which is not read back), or with several ``"errors"``.
    decimals : digits behind the point of filled-in numbers; trailing zeros are kept. Where nothing but zeros
        would be left of a number (0.0012), it has two significant digits instead, and an estimate as many
        digits as the error beside it.
    digits : significant digits of filled-in numbers, in place of ``decimals``; no digit before the point is
        rounded away. 0 counts decimals.
    hats : whether the symbols of estimates carry a hat, where their values are listed with ``"both"``.
    width : the width at which long right sides are broken, before an operator; in characters of the
        plain markup. 0 breaks nothing.
    ascii : plain markup in ASCII (``gamma_00``) and not in Unicode (``γ_00``).
    document : a whole document that compiles by itself, and not the equations alone.
    call : programs with a formula language write the complete command (``lmer(…, data = d)``).
    data_name : the name of the data in a command.
    reml : whether commands that fit linear mixed models ask for REML, or else for maximum likelihood; None
        asks for what the program does by itself: REML in lme4, nlme, mixedlm, statsmodels, SAS and SPSS,
        maximum likelihood in glmmTMB, Stata and MixedModels.jl. Where the two differ, the command says it.
    """

    indices: tuple[str, ...] = ()
    slowest_first: bool = False
    legend: bool = True
    distributions: bool = True
    spread: Literal["sd", "variance"] = "sd"
    numbers: EstimatesMode = "values"
    form: Literal["coefficients", "local", "indicators", "errors"] = "coefficients"
    decimals: int = 2
    digits: int = 0
    hats: bool = False
    width: int = 100
    ascii: bool = False
    document: bool = False
    call: bool = False
    data_name: str = "d"
    reml: bool | None = None


DEFAULT = Options()

CHOICES: dict[str, tuple[str, ...]] = {
    "spread": ("sd", "variance"),
    "form": ("coefficients", "local", "indicators", "errors"),
    "numbers": ("none", "values", "se", "interval", "both"),
}


def make_options(**given: Any) -> Options:
    """Options from keyword arguments.

    Raises UnknownName for an option that does not exist (with the nearest name) or a value that an
    option does not take.
    """
    names = [f.name for f in fields(Options)]
    for name, value in given.items():
        if name not in names:
            raise unknown_name("option", name, names)
        if name in CHOICES and value not in CHOICES[name]:
            raise unknown_name(f"value of {name}", str(value), CHOICES[name])
        if isinstance(getattr(DEFAULT, name), bool) and not isinstance(value, bool):
            raise UnknownName(f"option {name} takes True or False, not {value!r}")
    if "indices" in given:
        given["indices"] = tuple(given["indices"])
    return replace(DEFAULT, **given)
