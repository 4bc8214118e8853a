"""What the program does, each a verb: read, parse, write, translate, lost, fit, equation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import ReadError
from .model import Model
from .names import canonical, load
from .notations import NOTATIONS, SHORT_NAMES
from .options import CHOICES, make_options
from .reading import Document, Reading
from .software import SOFTWARE

if TYPE_CHECKING:
    from types import ModuleType

    from pandas import DataFrame

    from .comparison import Comparison
    from .correspondence import Concordance
    from .display import Rendered
    from .engines import Fit
    from .estimates import Estimates
    from .findings import Finding
    from .knowledge import Facts

Levels = Mapping[str, Sequence[str]]


def parse(
    source: Any,
    data: Any = None,
    *,
    levels: Levels | None = None,
    nesting: Sequence[str] | None = None,
    groups: Mapping[str, str] | None = None,
    categories: Mapping[str, Sequence[str]] | None = None,
    centering: Mapping[str, str | None] | None = None,
    family: str | None = None,
    link: str | None = None,
    audited: bool = True,
) -> Document:
    """Every model that a text states, with findings and with the numbers found in its equations.

    source : a text (str), or a file (Path): a formula, a call, or equations in any notation, as
        LaTeX, Unicode or ASCII. Anything else is the result of a fit, by :func:`fit`, mixedlm or
        statsmodels: its data tell what else is to be known, but for ``levels`` and ``nesting``.
    data : a DataFrame; it tells the levels of the variables, the nesting of the groups and the
        categories of the factors.
    levels : the variables that are constant within a grouping factor, by grouping factor; every
        variable that is not listed then varies between the observations.
    nesting : ``"students < schools"`` (nested), ``"schools x districts"`` (crossed).
    groups : what an index or a word of the text stands for in the data, ``{"j": "sch_id"}``.
    categories : the categories of a factor, the reference first.
    centering : what a variable is centred around: a grouping factor, or "grand".
    family, link : the distribution of the response, where the text does not say it.
    audited : whether what is odd about the text is looked for, and not only what is wrong.

    Raises ReadError where the text cannot be read, DataError where data and text contradict each
    other, UnknownName for names that neither knows.
    """
    from .knowledge import Facts, apply

    if not isinstance(source, str | Path):
        return _of_result(source, Facts(levels=levels, nesting=nesting))
    text = _text(source)
    facts = Facts(
        levels=levels,
        nesting=nesting,
        groups=groups,
        categories=categories,
        centering=centering,
        family=family,
        link=link,
    )
    readings = [_with_model(r, apply(r.model, facts)) for r in _readings(text, categories, data, audited)]
    if data is not None:
        from .learn import learn

        readings = [_with_model(r, learn(r.model, data)) for r in readings]
    return Document(text, tuple(readings))


def read(source: Any, data: Any = None, *, which: int | None = None, **facts: Any) -> Model:
    """The one model that a text, or the result of a fit, states; the arguments are those of :func:`parse`.

    which : the number of the model, from 1, where the text states several.

    Raises ReadError also where there are several models and ``which`` does not choose.
    """
    return choose(parse(source, data, **facts, audited=False), which).model


def write(
    model: Model, to: str, markup: str = "latex", estimates: Estimates | None = None, **options: Any
) -> Rendered:
    """A model in a notation (``raudenbush_bryk``, ``gelman_hill``, …) or for a program (``lme4``, …).

    markup : ``latex`` or ``plain``; programs have none.
    estimates : numbers to stand in the place of parameters.
    options : the fields of :class:`notation.options.Options`.

    Raises WriteError where the target cannot say the model or needs to know more, UnknownName for
    names and options that do not exist.
    """
    from .display import Rendered
    from .knowledge import lost_facts
    from .markup import MARKUPS
    from .markup import write as write_page

    chosen = make_options(**options)
    module = _target(to)
    losses = tuple(lost_facts(model, module.LOSES))
    markup = canonical("markup", markup, MARKUPS)
    if hasattr(module, "PROGRAM"):
        return Rendered(module.write(model, chosen), markup="code", losses=losses)
    page = module.write(model, chosen)
    if estimates is not None:
        from .estimates import fill

        page = fill(page, estimates, chosen)
    text = write_page(page, markup, chosen)
    return Rendered(text, markup=markup, losses=losses, equations=page, options=chosen)


def translate(
    source: str | Path,
    to: str,
    markup: str = "latex",
    data: Any = None,
    *,
    which: int | None = None,
    **more: Any,
) -> Rendered:
    """``write(read(source, …), to, …)``: the further arguments are those of both."""
    facts, options = _facts_and_options(more)
    return write(read(source, data, which=which, **facts), to, markup, **options)


def lost(model: Model, to: str) -> dict[str, Any]:
    """The keyword arguments that give back what the target cannot carry.

    ``read(write(model, to), **lost(model, to)) == model``: a formula, for example, carries no level
    of a variable, so ``levels`` is among what it loses.
    """
    from .knowledge import lost_facts

    return lost_facts(model, _target(to).LOSES)


def fit(model: Model | str | Path, data: Any, engine: str = "auto", reml: bool = True, **facts: Any) -> Fit:
    """A model fitted to data by an engine; a text is read first (with ``facts`` as in :func:`parse`).

    Raises FitError where the engine cannot fit the model, or nothing came of it.
    """
    from .engines import fit as fit_with
    from .learn import learn

    known = learn(model, data) if isinstance(model, Model) else read(model, data, **facts)
    return fit_with(known, data, engine=engine, reml=reml)


def equation(result: Any, to: str, estimates: str = "values", markup: str = "latex", **more: Any) -> Rendered:
    """The equations of a fitted model, with its numbers in the place of the symbols.

    result : what :func:`fit` returns, or the result of a fit by mixedlm or statsmodels.
    estimates : ``"none"`` leaves the symbols; ``"values"`` puts the numbers; ``"se"`` and ``"interval"``
        add standard errors or 95 % intervals; ``"both"`` leaves the symbols and lists their values.
    more : options of :func:`write`; ``levels`` and ``nesting`` that the data of the fit do not show.

    Raises ReadError for a result whose model cannot be held.
    """
    from .engines.results import take_apart
    from .knowledge import Facts

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
    from .simulation import simulate as draw

    if not isinstance(model, Model):
        reading = choose(parse(model, **facts), None)
        model, parameters = reading.model, reading.estimates if parameters is None else parameters
    return draw(model, parameters or {}, sizes, seed, predictors)


def compare(a: Model | str | Path, b: Model | str | Path, data: Any = None, **facts: Any) -> Comparison:
    """Whether two models, or texts in whatever notations, are the same model, and what differs if not.

    data : a DataFrame; what it tells of levels, nesting and categories holds for both.
    facts : as in :func:`parse`; each model takes those that concern it.

    ``str`` of the answer says every difference in words, and in the authors' own symbols.
    """
    from .comparing.facts import apply_to_both
    from .comparison import compare_models

    one, other = _reading(a), _reading(b)
    models = apply_to_both(one.model, other.model, facts)
    if data is not None:
        from .learn import learn

        models = (learn(models[0], data), learn(models[1], data))
    bare = [
        label for label, reading in (("A", one), ("B", other)) if _is_bare(reading) and "family" not in facts
    ]
    return compare_models(
        *models, one.symbols or None, other.symbols or None, bare=bare[0] if len(bare) == 1 else ""
    )


def check(
    source: str | Path, data: Any = None, against: Model | str | Path | None = None, **facts: Any
) -> tuple[Finding, ...]:
    """What is wrong with a text, what is odd, and which conventions its reading rests on.

    against : a formula, another text or a model that the text is to agree with.
    data, facts : as in :func:`parse`; columns, levels and nesting are then checked too.

    Raises nothing on a text: what cannot be read is a finding of severity "error".
    """
    from .checking import check_source

    return check_source(source, data, against, **facts)


def describe(
    source: Model | Fit | str | Path,
    style: str = "full",
    notation: str = "raudenbush_bryk",
    *,
    labels: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
    data: Any = None,
    **facts: Any,
) -> str:
    """A model, a text or a fitted model in plain English; see :func:`notation.description.describe_model`.

    A fitted model is described with its numbers; ``data`` and ``facts`` are those of :func:`parse`.
    """
    from .description import describe_model

    if isinstance(source, Model | str | Path):
        model, estimates = _reading(source, data, facts).model, None
    else:
        from .engines.results import take_apart

        model, estimates = take_apart(source)
    return describe_model(model, style, notation, labels, units, estimates)


def derive(source: Model | str | Path, markup: str = "latex", *, data: Any = None, **facts: Any) -> str:
    """How the level equations become the combined equation and the formula, step by step.

    Raises WriteError where the model has no level equations or too little is known of it.
    """
    from .derivation import derive_steps, write_steps
    from .markup import MARKUPS

    model = _reading(source, data, facts).model
    return write_steps(derive_steps(model), canonical("markup", markup, MARKUPS))


def speak(source: Model | str | Path, to: str = "gelman_hill", *, data: Any = None, **facts: Any) -> str:
    """The equations of a model aloud, in the notation of this name: for alt text and screen readers."""
    from .speech import speak as say

    model = _reading(source, data, facts).model
    page = load("notations", "notation", to, NOTATIONS, SHORT_NAMES).write(model, make_options())
    return say(page, {"i": model.observation.name or "observations"})


def explain(
    fit: Any,
    row: Mapping[str, Any] | int,
    data: Any = None,
    markup: str = "latex",
    decimals: int = 2,
) -> Rendered:
    """The prediction of a fit for one row, worked out level by level: symbols, numbers, result.

    The arguments are those of :func:`notation.explanation.explain`.
    """
    from .display import Rendered
    from .explanation import explain as work_out
    from .markup import MARKUPS
    from .markup import write as write_page

    options, markup = make_options(), canonical("markup", markup, MARKUPS)
    page = work_out(fit, row, data, decimals)
    return Rendered(write_page(page, markup, options), markup=markup, equations=page, options=options)


def concordance(source: Any) -> Concordance:
    """What each parameter of a model or a fit is called in each notation, the formula and the engine.

    A table with one row a parameter; see :class:`notation.correspondence.Concordance`.
    """
    from .correspondence import concordance as compile_table

    return compile_table(source)


# ------------------------------------------------------------------ helpers


def _is_bare(reading: Reading) -> bool:
    """Whether a reading is that of a bare formula, of which family and link are assumed."""
    assumed = any(f.code == f"assumed-{reading.model.family.name}" for f in reading.findings)
    return assumed and not reading.symbols


def _reading(source: Model | str | Path, data: Any = None, facts: Mapping[str, Any] | None = None) -> Reading:
    """The one reading of a text; a model is its own reading."""
    if isinstance(source, Model):
        return Reading(source)
    return choose(parse(source, data, **(facts or {})), None)


def _target(to: str) -> ModuleType:
    """The module of a notation or of a program."""
    name = canonical("notation or program", to, {**NOTATIONS, **SOFTWARE}, SHORT_NAMES)
    package = "software" if name in SOFTWARE else "notations"
    return load(package, "notation or program", name, {**NOTATIONS, **SOFTWARE})


def _text(source: str | Path) -> str:
    return source if isinstance(source, str) else source.read_text(encoding="utf-8-sig")


def _of_result(result: Any, facts: Facts) -> Document:
    from .engines.results import take_apart

    model, estimates = take_apart(result, facts)
    return Document("", (Reading(model, {p: e.value for p, e in estimates.items()}),))


def _readings(
    text: str, categories: Mapping[str, Sequence[str]] | None, data: Any, audited: bool
) -> tuple[Reading, ...]:
    from .formula import looks_like_formula, read_formula

    if looks_like_formula(text):
        columns = None if data is None else tuple(map(str, data.columns))
        return (read_formula(text, categories=categories or {}, columns=columns),)
    from .software.stata_commands import recognises

    if recognises(text):
        from .software.stata_reader import read as read_stata

        return (read_stata(text),)
    from .text import read_equations
    from .understand import understand

    return tuple(r for page in read_equations(text) for r in understand(page, text, audited=audited))


def _with_model(reading: Reading, model: Model) -> Reading:
    return Reading(model, reading.estimates, reading.symbols, reading.findings, reading.span)


def choose(document: Document, which: int | None) -> Reading:
    """The one reading of a document, or the one with this number, from 1. Raises ReadError."""
    readings = document.readings
    if which is not None:
        if not 1 <= which <= len(readings):
            raise ReadError(
                f"the text states {len(readings)} model(s); there is no number {which}", document.source
            )
        return readings[which - 1]
    if len(readings) == 1:
        return readings[0]
    listed = "\n".join(f"  {n}: {_one_line(r.model)}" for n, r in enumerate(readings, 1))
    raise ReadError(
        f"the text states {len(readings)} models:\n{listed}", document.source, mend="Choose one with which=."
    )


def _one_line(model: Model) -> str:
    return str(write(model, "lme4"))


def _facts_and_options(given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    names = ("levels", "nesting", "groups", "categories", "centering", "family", "link")
    facts = {k: v for k, v in given.items() if k in names}
    return facts, {k: v for k, v in given.items() if k not in names}
