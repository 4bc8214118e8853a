"""A write-up: what guidelines ask of the report of a multilevel model, filled in as far as a fit tells it.

Levels and numbers of units, cluster sizes, the outcome and the predictors with their coding and
centring, the equations with every symbol explained, distributions, software, estimator and convergence,
the tables of parameters, shares of variance, the sequence of models, and code. What only the author knows,
as the sampling or which assumptions were checked, is a marked blank: nothing is made up.

Sources: Monsalves, Bangdiwala, Thabane & Bangdiwala (2020), LEVEL (Logical Explanations & Visualizations
of Estimates in Linear mixed models), BMC Medical Research Methodology 20:3; Appelbaum et al. (2018), APA's
JARS-Quant, American Psychologist 73:3–25; Ferron et al. (2008), Reporting results from multilevel
analyses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..description import words
from ..description.codebook import Codebook
from ..documents import has_cyrillic
from ..fits.fitted import as_fit
from ..names import canonical
from .inline import MARKUPS, Marks, filters, tidied

if TYPE_CHECKING:
    from pandas import DataFrame

    from .content import Report

__all__ = ["MARKUPS", "write_up"]


def write_up(
    fits: Any,
    data: DataFrame | None = None,
    markup: str = "markdown",
    labels: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
    codebook: Codebook | Mapping[str, Any] | Path | None = None,
) -> str:
    """The write-up of a fit, or of the last of several, which are compared in their order.

    fits : what :func:`notation.fit` returns, a result of mixedlm or statsmodels, or a list of these.
    data : those of the fit; without them there are no cluster sizes, descriptive statistics and R².
    markup : ``latex``, a document that compiles; ``markdown``, also for Quarto; or ``plain``.
    labels, units : what variables and groups are called, and one unit of a variable.
    codebook : the same of all variables of the data, with their categories: a file or a mapping.

    Raises UnknownName for a markup or a variable that does not exist, WriteError where no equation can say
    the model.
    """
    from .report import report

    chosen, marks = canonical("markup", markup, dict.fromkeys(MARKUPS, "")), Marks()
    taken = [as_fit(fit) for fit in (fits if isinstance(fits, Sequence) else (fits,))]
    book = words(taken[-1].model, labels, units, codebook)
    found = report(taken, data, book, marks)
    return _rendered(found, chosen, marks)


def _rendered(found: Report, markup: str, marks: Marks) -> str:
    # Jinja is loaded only where something is written up.
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    from ..description.filters import FILTERS
    from ..resources import template_folder

    def source(name: str) -> str:
        # The page is in a language; the markup has headings, lists and tables, and the document around.
        place = f"en/{name}" if name == "page.j2" else f"{markup}/{name}"
        return (template_folder() / "writeup" / place).read_text(encoding="utf-8")

    # The markups escape what they need to; the result is no HTML.
    environment = Environment(  # noqa: S701
        loader=FunctionLoader(source), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update({**FILTERS, **filters(MARKUPS[markup], marks)})
    body = environment.get_template("page.j2").render(r=found)
    encoding = "T2A" if has_cyrillic(body) else "T1"
    return environment.get_template("document.j2").render(body=tidied(body), encoding=encoding)
