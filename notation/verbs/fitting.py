"""Around numbers: fit, equation, simulate, explain, concordance."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..model import Model
from ..names import canonical
from ..options import CHOICES, make_options
from .reading import choose, parse
from .writing import write

if TYPE_CHECKING:
    from pandas import DataFrame

    from ..display import Rendered
    from ..engines import Fit
    from ..fits.correspondence import Concordance


def fit(
    model: Model | str | Path,
    data: Any,
    engine: str = "auto",
    reml: bool | None = None,
    which: int | None = None,
    **facts: Any,
) -> Fit:
    """A model fitted to data by an engine; a text is read first (with ``facts`` as in :func:`parse`).

    reml : restricted maximum likelihood, or else maximum likelihood; None does what a call asks for
        (``lmer(…, REML = FALSE)``), and REML where the text says nothing.
    which : the number of the model, from 1, where the text states several.

    Raises FitError where the engine cannot fit the model, or a call asks for some rows of the data only.
    """
    from ..engines import fit as fit_with
    from ..facts.learn import learn

    if isinstance(model, Model):
        return fit_with(learn(model, data), data, engine=engine, reml=reml)
    reading = choose(parse(model, data, **facts, audited=False), which)
    return fit_with(reading.model, data, engine=engine, reml=reml, asked=reading.asked)


def equation(result: Any, to: str, estimates: str = "values", markup: str = "latex", **more: Any) -> Rendered:
    """The equations of a fitted model, with its numbers in the place of the symbols.

    result : what :func:`fit` returns, or the result of a fit by mixedlm, statsmodels, pyfixest, linearmodels
        or lme4 in R (pymer4, rpy2); of bambi the pair of a model and what its ``fit()`` returned.
    estimates : ``"none"`` leaves the symbols; ``"values"`` puts the numbers; ``"se"`` and ``"interval"``
        add standard errors or 95 % intervals; ``"both"`` leaves the symbols and lists their values.
    more : options of :func:`write`; ``levels`` and ``nesting`` that the data of the fit do not show.

    Raises ReadError for a result whose model cannot be held.
    """
    from ..engines.results import take_apart
    from ..facts.knowledge import Facts

    facts = {name: more.pop(name) for name in ("levels", "nesting") if name in more}
    numbers = canonical("value of estimates", estimates, dict.fromkeys(CHOICES["numbers"], ""))
    model, found = take_apart(result, Facts(**facts))
    return write(model, to, markup, found, numbers=numbers, **more)


def simulate(
    model: Model | str | Path,
    parameters: Mapping[Any, Any] | None,
    sizes: Mapping[str, Any] | int,
    seed: int,
    predictors: Mapping[str, Any] | None = None,
    **facts: Any,
) -> DataFrame:
    """Data drawn from a model, or from a text that is read first (with ``facts`` as in :func:`parse`).

    The arguments are those of :func:`notation.simulation.simulate`; ``parameters=None`` takes the numbers
    that stand in the text in their place.
    """
    from ..simulation import simulate as draw

    if not isinstance(model, Model):
        reading = choose(parse(model, **facts), None)
        model, parameters = reading.model, reading.estimates if parameters is None else parameters
    return draw(model, parameters or {}, sizes, seed, predictors)


def explain(
    fit: Any,
    row: Mapping[str, Any] | int,
    data: Any = None,
    markup: str = "latex",
    decimals: int = 2,
) -> Rendered:
    """The prediction of a fit for one row, worked out level by level: symbols, numbers, result.

    The arguments are those of :func:`notation.fits.explanation.explain`.
    """
    from ..display import Rendered
    from ..fits.explanation import explain as work_out
    from ..markup import MARKUPS
    from ..markup import write as write_page

    options, markup = make_options(), canonical("markup", markup, MARKUPS)
    page = work_out(fit, row, data, decimals)
    return Rendered(write_page(page, markup, options), markup=markup, equations=page, options=options)


def concordance(source: Any) -> Concordance:
    """What each parameter of a model or a fit is called in each notation, the formula and the engine.

    A table with one row a parameter; see :class:`notation.fits.correspondence.Concordance`.
    """
    from ..fits.correspondence import concordance as compile_table

    return compile_table(source)
