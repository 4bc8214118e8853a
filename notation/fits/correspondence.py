"""The concordance: what every parameter is called in each notation, in the formula and in the engine.

One row a parameter: its symbol in Raudenbush & Bryk's and in Gelman & Hill's notation, its term as R
spells it, its name in the engine, and the estimate with what the engine gives beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any

from ..engines import Fit
from ..engines.diagnosis import in_the_users_words
from ..equations import Equations, Negative, Node, Number, Quantity
from ..errors import WriteError
from ..estimates import Estimates, group_label, shown
from ..markup.latex_scripts import escape
from ..model import Model
from ..names import load
from ..notations import NOTATIONS
from ..options import Options
from ..parameter_names import name_parameter, ordered
from ..parameters import Coefficient, Covariance, Parameter, Variance, parameters
from ..spelling import spell_term
from .engine_words import names_in_engine, p_values
from .fitted import Source, as_fit

if TYPE_CHECKING:
    from pandas import DataFrame

OPTIONS = Options(legend=False)

COLUMNS = ("raudenbush_bryk", "gelman_hill", "term", "engine", "estimate", "std_error", "low", "high", "p")
"""The columns of the table; those of estimates are left out where there are none."""

TITLES = {
    "raudenbush_bryk": "Raudenbush & Bryk",
    "gelman_hill": "Gelman & Hill",
    "term": "Formula",
    "engine": "Engine",
    "estimate": "Estimate",
    "std_error": "SE",
    "low": "2.5 %",
    "high": "97.5 %",
    "p": "p",
}
"""The headings of the table on a page."""


@dataclass(frozen=True, eq=False)
class Concordance:
    """The names of a model's parameters, side by side, with their estimates if it was fitted.

    ``missing`` says of a notation why it has no symbols for the model.
    """

    model: Model
    symbols: Mapping[str, Mapping[Parameter, Node]]
    estimates: Estimates | None = None
    engine: Mapping[Parameter, str] | None = None
    p_values: Mapping[Parameter, float] | None = None
    missing: Mapping[str, str] | None = None

    def frame(self, markup: str = "plain") -> DataFrame:
        """The table; ``markup`` is that of the symbols. Symbols and numbers that nobody gives are missing."""
        from pandas import DataFrame, Index

        known = parameters(self.model)
        names = Index([name_parameter(self.model, p) for p in known], name="parameter")
        columns = [*COLUMNS] if self.estimates is not None else [*COLUMNS[:3]]
        return DataFrame([self._row(p, markup) for p in known], columns=columns, index=names)

    def to_latex(self, decimals: int = 2) -> str:
        """The table in LaTeX (booktabs), written by pandas."""
        return str(self._page("latex", decimals).to_latex(index=False, escape=False, na_rep=""))

    def to_html(self, decimals: int = 2) -> str:
        """The table in HTML, written by pandas, the symbols in Unicode."""
        return str(self._page("plain", decimals).to_html(index=False, na_rep="", border=0))

    def to_markdown(self, decimals: int = 2) -> str:
        """The table in Markdown, the symbols as mathematics."""
        page = self._page("markdown", decimals)
        rows = [list(page.columns), ["---"] * len(page.columns), *page.to_numpy().tolist()]
        return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)

    def __str__(self) -> str:
        return str(self._page("plain", 2).to_string(index=False))

    def _repr_html_(self) -> str:
        return self.to_html()

    def _page(self, style: str, decimals: int) -> DataFrame:
        """The table as texts on a page: headings, numbers rounded, symbols and code typeset."""
        frame = self.frame("plain" if style == "plain" else "latex")
        cells = {TITLES[n]: [_cell(n, x, style, decimals) for x in frame[n]] for n in frame.columns}
        empty = [title for title, column in cells.items() if not any(column)]  # nobody gives p, say
        shown = {_text(t, style): column for t, column in cells.items() if t not in empty}
        return type(frame)(shown)

    def _row(self, parameter: Parameter, markup: str) -> dict[str, Any]:
        symbols = {n: _write(found.get(parameter), markup) for n, found in self.symbols.items()}
        row: dict[str, Any] = {**symbols, "term": _term(self.model, parameter)}
        estimate = self.estimates.get(parameter) if self.estimates is not None else None
        if estimate is not None:
            given = {n: getattr(estimate, n) for n in ("std_error", "low", "high")}
            row |= {"estimate": estimate.value, **given}
        row["engine"] = (self.engine or {}).get(parameter)
        row["p"] = (self.p_values or {}).get(parameter)
        return row


def concordance(source: Any) -> Concordance:
    """The concordance of a model, or of a fit, whose estimates then stand beside the names.

    ``source`` is a model, what :func:`notation.fit` returns, or a result of mixedlm or statsmodels.
    A notation that cannot write the model has no symbols in the table; ``missing`` says why. p-values
    are given where the engine gives them: statsmodels does, mixedlm, like lme4, does not.
    """
    fit = None if isinstance(source, Model) else as_fit(source)
    model = source if fit is None else fit.model
    symbols: dict[str, Mapping[Parameter, Node]] = {}
    missing: dict[str, str] = {}
    for name in ("raudenbush_bryk", "gelman_hill"):
        try:
            symbols[name] = _symbols(load("notations", "notation", name, NOTATIONS).write(model, OPTIONS))
        except WriteError as error:
            symbols[name], missing[name] = {}, str(error)
    if fit is None:
        return Concordance(model, symbols, missing=missing)
    return Concordance(model, symbols, fit.estimates, _engine_names(fit), p_values(fit), missing)


# ------------------------------------------------------------------ names


def _engine_names(fit: Source) -> dict[Parameter, str]:
    """The engine's names; those of a fit of this program's own with the user's words in them.

    An engine is handed columns ``x2`` and ``g1``, which nobody else has seen.
    """
    names = names_in_engine(fit)
    if not isinstance(fit, Fit):
        return names
    words = {f"x{n}": spell_term(t) for n, t in enumerate(fit.model.terms, 1)}
    words |= {f"g{n}": group_label(fit.model, b.group) for n, b in enumerate(fit.model.random, 1)}
    return {p: in_the_users_words(name, words) for p, name in names.items()}


def _symbols(page: Equations) -> dict[Parameter, Node]:
    """The symbol of each parameter on a page, where it stands first."""
    found: dict[Parameter, Node] = {}
    for quantity in _quantities(page.statements):
        found.setdefault(quantity.parameter, quantity.symbol)
    return found


def _quantities(item: Any) -> Iterator[Quantity]:
    if isinstance(item, Quantity):
        yield item
    elif isinstance(item, tuple):
        for part in item:
            yield from _quantities(part)
    elif is_dataclass(item) and not isinstance(item, type):
        for part in fields(item):
            yield from _quantities(getattr(item, part.name))


def _term(model: Model, parameter: Parameter) -> str:
    """Where the formula has the parameter: a term, a term that varies by a factor, or nowhere."""
    match parameter:
        case Coefficient():
            return name_parameter(model, parameter)
        case Variance(group, term):
            return f"{spell_term(term)} | {group_label(model, group)}"
        case Covariance(group):
            terms = ", ".join(map(spell_term, ordered(model, parameter)))
            return f"{terms} | {group_label(model, group)}"
        case _:
            return ""


# ------------------------------------------------------------------ cells


def _write(symbol: Node | None, markup: str) -> str:
    """A symbol in a markup; nothing where there is none."""
    if symbol is None:
        return ""
    if markup == "latex":
        from ..markup.latex import write_node

        return write_node(symbol)
    from ..markup.plain import write_node as write_plain

    return write_plain(symbol)


def _cell(column: str, value: Any, style: str, decimals: int) -> str:
    """One cell as text: a symbol as mathematics, a term as code, a number rounded."""
    if value is None or value in ("", float("nan")) or value != value:  # noqa: PLR0124 (not a number)
        return ""
    match column, style:
        case (("term" | "engine"), "latex"):
            return rf"\texttt{{{escape(value)}}}"
        case (("term" | "engine"), "markdown"):
            return f"`{value}`".replace("|", r"\|")
        case (("raudenbush_bryk" | "gelman_hill"), ("latex" | "markdown")):
            return f"${value}$"
        case (("raudenbush_bryk" | "gelman_hill" | "term" | "engine"), _):
            return str(value)
        case "p", _:
            return "< .001" if value < 0.001 else f"{value:.3f}"
        case _:
            number = _rounded(value, decimals)
            return number.replace("-", "−") if style == "plain" else f"${number}$"


def _rounded(value: float, decimals: int) -> str:
    """With so many digits behind the point, or two that are not zero; zero has no sign."""
    match shown(value, Options(decimals=decimals)):
        case Negative(Number(text)):
            return f"-{text}"
        case number:
            return str(getattr(number, "text", number))


def _text(title: str, style: str) -> str:
    return escape(title) if style == "latex" else title
