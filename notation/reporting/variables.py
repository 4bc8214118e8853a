"""The outcome and the predictors: level, coding, centring, descriptive statistics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..description.wording import Wording
from ..expressions import (
    Call,
    Centered,
    Constant,
    Expression,
    Factor,
    Indicator,
    Mean,
    Variable,
    variables,
)
from ..facts.learn import category_names
from ..facts.units import is_numeric
from ..model import Level, Model
from ..numbers.evaluate import labels
from ..numbers.rows import number_of_units
from ..spelling import spell, spell_number
from .content import Described, Form, Summary

if TYPE_CHECKING:
    from pandas import DataFrame, Series


def described(wording: Wording, rows: DataFrame | None) -> Iterator[Described]:
    """Each variable of the response, then each predictor, from the observations' level upward."""
    model = wording.model
    for name in dict.fromkeys(variables(model.response.expression)):
        yield _described(wording, name, (), rows, outcome=True)
    forms = _forms(wording)
    names = [name for name, _ in model.levels]
    for name in sorted(names, key=lambda n: wording.height(Variable(n))):
        yield _described(wording, name, tuple(dict.fromkeys(forms.get(name, ()))), rows)


def _described(
    wording: Wording, name: str, forms: tuple[Form, ...], rows: DataFrame | None, *, outcome: bool = False
) -> Described:
    model = wording.model
    level = model.level_of(name)
    known = model.categories_of(name)
    place = wording.observations if outcome else wording.units_at(level)
    found = Described(
        name,
        wording.label(name),
        outcome,
        place,
        wording.book.units.get(name, ""),
        forms,
        wording.category(name, known.reference) if known else "",
        tuple(wording.book.categories.get(name, {}).items()) if known is None else (),
    )
    if rows is None or name not in rows:
        return found
    return _with_statistics(wording, found, _values(model, rows, name, level, outcome=outcome))


def _values(model: Model, rows: DataFrame, name: str, level: Level, *, outcome: bool) -> Series:
    """A value for each unit of the variable's level: a school's size counts once."""
    if outcome or not isinstance(level, str) or not level:
        return rows[name]
    return rows[name].groupby(number_of_units(model, level, rows)).first()


def _with_statistics(wording: Wording, found: Described, values: Series) -> Described:
    if is_numeric(values) and not found.reference:
        return replace(found, summary=_summary(values.astype(float)))
    names, texts = category_names(values), labels(values)
    counts = [(wording.category(found.name, n), int((texts == n).sum())) for n in names]
    # The reference stands first, as in the model.
    return replace(found, counts=tuple(sorted(counts, key=lambda pair: pair[0] != found.reference)))


def _summary(values: Any) -> Summary:
    sd = float(values.std(ddof=1)) if len(values) > 1 else None
    return Summary(len(values), float(values.mean()), sd, float(values.min()), float(values.max()))


# ------------------------------------------------------------------ how variables enter the model


def _forms(wording: Wording) -> dict[str, list[Form]]:
    """The forms of each variable among the terms, the offsets and the weights."""
    model = wording.model
    found: dict[str, list[Form]] = {}
    for factor in dict.fromkeys(f for term in model.terms for f in term.factors):
        for name in variables(factor):
            found.setdefault(name, []).append(form_of(wording, factor))
    for kind, expressions in _others(model):
        for expression in expressions:
            for name in variables(expression):
                found.setdefault(name, []).append(Form(kind, spell(expression)))
    return found


def _others(model: Model) -> Iterable[tuple[str, tuple[Expression, ...]]]:
    weights, trials = model.weights, model.response.trials
    yield "offset", model.offsets
    yield "weight", () if weights is None else (weights,)
    yield "trials", () if trials is None else (trials,)


def form_of(wording: Wording, factor: Expression) -> Form:
    """How a variable stands in a factor of a term."""
    match factor:
        case Variable():
            return Form("itself")
        case Indicator():
            return Form("indicators")
        case Factor():
            return Form("factor")
        case Centered(Variable(), Mean(_, None)):
            return Form("grand mean")
        case Centered(Variable(), Mean(_, str(group))):
            return Form("group mean", wording.units_at(group))
        case Centered(Variable(), Constant() as value):
            return Form("value", spell_number(value))
        case Mean(Variable(), None):
            return Form("overall")
        case Mean(Variable(), str(group)):
            return Form("mean", wording.units_at(group))
        case Call():
            return Form("function", spell_number(factor))
        case _:
            return Form("function", spell(factor))
