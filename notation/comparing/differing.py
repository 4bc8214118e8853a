"""What differs between two models that have been laid side by side, each difference a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..expressions import INTERCEPT, Centered, Expression, Indicator, Mean, Term
from ..frozen import frozen
from ..model import OBSERVATION, UNKNOWN, Categories, Family, Model, RandomBlock, Residual
from ..parameters import Coefficient, Parameter
from ..spelling import spell, spell_number
from .side import Side, join, random_terms


@frozen
class Difference:
    """One thing in which two models differ.

    ``part`` is the part of the model: "response", "family", "fixed", "random", "covariance",
    "residual", "offset", "weights", "centering", "categories", "levels", "nesting" or "name";
    ``about`` the parameter that only one of the models has, if it is one.
    """

    part: str
    message: str
    about: Parameter | None = None

    def __str__(self) -> str:
        return self.message


def differences(a: Side, b: Side) -> Iterator[Difference]:
    """Every difference but those of names and of centring, in the order in which a model is read."""
    yield from _response(a, b)
    yield from _categories(a, b)
    for one, other in ((a, b), (b, a)):
        yield from _fixed(one, other)
    for one, other in ((a, b), (b, a)):
        yield from _random(one, other)
    yield from _structures(a, b)
    for one, other in ((a, b), (b, a)):
        yield from _covariances(one, other)
    yield from _residual(a, b)
    yield from _extras(a, b)
    yield from _levels(a, b)
    yield from _nesting(a, b)


# ------------------------------------------------------------------ response


def _response(a: Side, b: Side) -> Iterator[Difference]:
    one, other = a.model.response, b.model.response
    if one.expression != other.expression:
        names = [spell(side.original.response.expression) for side in (a, b)]
        yield Difference("response", f"A models {names[0]}, B models {names[1]}.")
    if one.trials != other.trials:
        trials = [spell(r.trials) if r.trials else "one" for r in (one, other)]
        yield Difference("response", f"The number of trials is {trials[0]} in A and {trials[1]} in B.")
    families = [_family(side.model.family) for side in (a, b)]
    links = [side.model.family.link for side in (a, b)]
    if families[0] != families[1]:
        yield Difference("family", f"The family is {families[0]} in A and {families[1]} in B.")
    elif links[0] != links[1]:
        yield Difference("family", f"The link is {links[0]} in A and {links[1]} in B.")


def _family(family: Family) -> str:
    return _words(family.name) + ("" if family.quantile is None else f" {family.quantile}")


def _words(name: str) -> str:
    return name.replace("_", " ")


def _categories(a: Side, b: Side) -> Iterator[Difference]:
    for one, other in _recoded(a.model, b.model):
        if set(one.names) == set(other.names):
            what = f"The reference category of {one.variable} is {one.reference} in A and {other.reference}"
        else:
            what = (
                f"{one.variable} has the categories {', '.join(one.names)} in A and {', '.join(other.names)}"
            )
        yield Difference("categories", f"{what} in B.")


def _recoded(a: Model, b: Model) -> Iterator[tuple[Categories, Categories]]:
    """The categories of the variables of which both models know them, and not as the same."""
    for one in a.categories:
        other = b.categories_of(one.variable)
        if other and (one.reference != other.reference or set(one.names) != set(other.names)):
            yield one, other


def _skipped(a: Model, b: Model) -> set[str]:
    """The variables whose indicators need not be compared, since their categories differ already."""
    return {one.variable for one, _ in _recoded(a, b)}


# ------------------------------------------------------------------ fixed terms


def _fixed(one: Side, other: Side) -> Iterator[Difference]:
    there, skipped = set(other.model.fixed), _skipped(one.model, other.model)
    for term in one.model.fixed:
        if term not in there and not _indicates(term, skipped):
            symbol = one.coefficient(term)
            what = _claim(one, term)
            message = f"{one.label} {what}; {other.label} does not{_behind(symbol)}."
            yield Difference("fixed", message, Coefficient(one.own(term)))


def _indicates(term: Term, variables: set[str]) -> bool:
    return any(isinstance(f, Indicator) and f.variable in variables for f in term.factors)


def _behind(symbol: str) -> str:
    return f": {symbol}" if symbol else ""


def _claim(side: Side, term: Term) -> str:
    """What a fixed term claims: "has an intercept", "predicts the slope of week by FRL"."""
    low, high = predicted(side.model, term)
    if low and high:
        return f"predicts the slope of {side.term(low)} by {side.product(high)}"
    match len(term.factors):
        case 0:
            return "has an intercept"
        case 1:
            return f"has the predictor {side.term(term)}"
        case _:
            return f"has the product of {side.product(term)}"


def predicted(model: Model, term: Term) -> tuple[Term, Term]:
    """A product cut in two: whose slope it predicts, and by what; uncut where all are at one level."""
    places = {f: model.level_of(f) for f in term.factors}
    levels = set(places.values())
    if len(levels) < 2 or UNKNOWN in levels:
        return INTERCEPT, term
    highest = max(levels, key=lambda level: _height(model, level))
    high = tuple(f for f in term.factors if places[f] == highest)
    return Term(tuple(f for f in term.factors if f not in high)), Term(high)


def _height(model: Model, level: object) -> int:
    """How high a level stands: the observations lowest, then groups by how many they are nested in."""
    return -1 if level is OBSERVATION else len(model.group_names) - len(model.outer_groups(str(level)))


# ------------------------------------------------------------------ random effects


def _random(one: Side, other: Side) -> Iterator[Difference]:
    skipped = _skipped(one.model, other.model)
    for group in dict.fromkeys(b.group for b in one.model.random):
        here, there = random_terms(one.model, group), random_terms(other.model, group)
        missing = [t for t in here if t not in there and not _indicates(t, skipped)]
        if not there and len(missing) > 1:
            symbols = [s for s in (one.effect(group, t) for t in missing) if s]
            terms = join([one.term(t) for t in missing])
            what = f"random effects by {_known_name(other, one, group)} ({terms})"
            yield Difference("random", f"{other.label} has no {what}{_behind(', '.join(symbols))}.")
        else:
            for term in missing:
                yield Difference("random", _no_effect(one, other, group, term))


def _no_effect(one: Side, other: Side, group: str, term: Term) -> str:
    what = f"random slope of {one.term(term)}" if term else "random intercept"
    symbol = one.effect(group, term)
    place = _place_of_effect(one, other, group, term) if symbol else ""
    return f"{other.label} has no {what} by {_known_name(other, one, group)}{_behind(symbol)}{place}."


def _place_of_effect(one: Side, other: Side, group: str, term: Term) -> str:
    """Where an effect is missing; in a model without equations, where the other one has it."""
    if host := other.host(group, term):
        return f" is missing from the equation of {host}"
    host = one.host(group, term)
    return f" of the equation of {host} in {one.label}" if host else ""


def _known_name(side: Side, other: Side, group: str) -> str:
    """A group by the name of the side that has it."""
    return side.group(group) if group in side.model.group_names else other.group(group)


def _correlated(block: RandomBlock) -> set[frozenset[Term]]:
    return {frozenset(p) for p in combinations(block.terms, 2)} if block.structure == "full" else set()


def _covariances(one: Side, other: Side) -> Iterator[Difference]:
    elsewhere = {(b.group, p) for b in other.model.random for p in _correlated(b)}
    for block in one.model.random:
        shared = set(random_terms(other.model, block.group))
        if _structured(other.model, block.group):
            continue
        pairs = [p for p in combinations(block.terms, 2) if frozenset(p) in _correlated(block)]
        missing = [p for p in pairs if set(p) <= shared and (block.group, frozenset(p)) not in elsewhere]
        if missing:
            yield Difference("covariance", _independent(one, other, block.group, missing))


def _independent(one: Side, other: Side, group: str, pairs: list[tuple[Term, Term]]) -> str:
    symbols = ", ".join(s for s in (one.covariance(group, frozenset(p)) for p in pairs) if s)
    which = join([f"{one.term(a)} with {one.term(b)}" for a, b in pairs])
    return (
        f"{one.label} lets the random effects by {one.group(group)} covary ({which}){_behind(symbols)}; "
        f"in {other.label} they are independent."
    )


def _structured(model: Model, group: str) -> bool:
    return any(b.structure != "full" for b in model.random if b.group == group)


def _structures(a: Side, b: Side) -> Iterator[Difference]:
    for block in a.model.random:
        for twin in b.model.random:
            same_effects = (block.group, set(block.terms)) == (twin.group, set(twin.terms))
            if same_effects and block != twin:
                what = f"The covariance matrix of the random effects by {a.group(block.group)}"
                structures = f"{_words(block.structure)} in A and {_words(twin.structure)} in B"
                yield Difference("covariance", f"{what} is of structure {structures}.")


# ------------------------------------------------------------------ the rest


def _residual(a: Side, b: Side) -> Iterator[Difference]:
    one, other = a.model.residual, b.model.residual
    if one and other and one != other:
        yield Difference("residual", f"The residual has {_variances(one)} in A and {_variances(other)} in B.")


def _variances(residual: Residual) -> str:
    variance = f"a variance for each category of {residual.by}" if residual.by else "one variance"
    return variance + (f" with autocorrelation within {residual.ar1_within}" if residual.ar1_within else "")


def _extras(a: Side, b: Side) -> Iterator[Difference]:
    for one, other in ((a, b), (b, a)):
        for offset in one.model.offsets:
            if offset not in other.model.offsets:
                yield Difference(
                    "offset", f"{one.label} has the offset {spell(offset)}; {other.label} does not."
                )
    if a.model.weights != b.model.weights:
        weights = [spell(w) if w else "no weights" for w in (a.model.weights, b.model.weights)]
        yield Difference(
            "weights", f"The observations are weighted by {weights[0]} in A and by {weights[1]} in B."
        )


def _levels(a: Side, b: Side) -> Iterator[Difference]:
    there = dict(b.model.levels)
    for variable, level in a.model.levels:
        other = there.get(variable, UNKNOWN)
        if UNKNOWN not in (level, other) and level != other:
            yield Difference("levels", f"{variable} varies {a.place(level)} in A, {b.place(other)} in B.")


def _nesting(a: Side, b: Side) -> Iterator[Difference]:
    shared = [g for g in a.model.group_names if g in b.model.group_names]
    for x, y in combinations(shared, 2):
        one, other = nesting(a, x, y), nesting(b, x, y)
        if one and other and one[0] != other[0]:
            yield Difference("nesting", f"{one[1]} in A; {other[1]} in B.")


def nesting(side: Side, x: str, y: str) -> tuple[str, str] | None:
    """What is known of two groups, as a word to compare and a clause to print."""
    model = side.model
    if model.is_nested(x, y):
        return "inner", f"{side.group(x)} is nested in {side.group(y)}"
    if model.is_nested(y, x):
        return "outer", f"{side.group(y)} is nested in {side.group(x)}"
    if model.is_crossed(x, y):
        return "crossed", f"{side.group(x)} and {side.group(y)} are crossed"
    return None


def centring(a: Side, b: Side, form_a: Expression, form_b: Expression) -> Difference:
    """The difference of two forms of one variable."""
    return Difference("centering", f"A has {_form(a, form_a)}, B has {_form(b, form_b)}.")


def _form(side: Side, form: Expression) -> str:
    match form:
        case Centered(of, Mean(_, None)):
            return f"{spell(of)} centered at the grand mean"
        case Centered(of, Mean(_, str(group))):
            return f"{spell(of)} centered at the mean of its {side.group(group)}"
        case Centered(of, around):
            return f"{spell(of)} centered at {spell_number(around)}"
        case _:
            return f"{spell(form)} as it is"
