"""From summands to the model: fixed terms, random effects by grouping factor, levels, estimates."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..equations import Apply, Node, Number, Quotient, Symbol
from ..expressions import Centered, Constant, Expression, Indicator, Mean, Term, Variable
from ..model import GAUSSIAN, OBSERVATION, UNKNOWN, Categories, Grouping, Level, Model, Response
from ..parameters import Coefficient, Dispersion, Parameter, ResidualVariance
from ..reading import Reading
from .book import Book
from .covariance import blocks_of
from .data import DataReader
from .expansion import Expansion, Leaf, Summand
from .groups import Evidence, Groups, find_groups
from .names import Indices, Key, heads, spell_symbol
from .outcome import Outcome
from .trees import is_zero, number_of, symbols


@dataclass
class Collection:
    """Everything that is known of the model while it is put together."""

    book: Book
    outcome: Outcome
    groups: Groups
    data: DataReader
    fixed: dict[Term, Leaf] = field(default_factory=dict)
    signs: dict[Term, bool] = field(default_factory=dict)
    random: dict[str, dict[Term, Leaf]] = field(default_factory=dict)
    offsets: list[Expression] = field(default_factory=list)
    residuals: list[Leaf] = field(default_factory=list)
    symbols: dict[Parameter, Node] = field(default_factory=dict)
    estimates: dict[Parameter, float] = field(default_factory=dict)


def collect(book: Book, outcome: Outcome) -> Reading:
    """The model that a response's statement claims, together with the statements that serve it."""
    expansion = Expansion(book, outcome.indices)
    summands = expansion.expand(outcome.predictor, outcome.predicted, outcome.indices)
    groups = _groups(book, outcome, summands)
    found = Collection(book, outcome, groups, DataReader(book, groups))
    _sort(found, summands)
    return _reading(found, _model(found))


def _groups(book: Book, outcome: Outcome, summands: list[Summand]) -> Groups:
    definitions = [d for ds in book.definitions.values() for d in ds if d.statement in book.used]
    evidence = Evidence(
        response=outcome.indices,
        effects=[s.leaf.indices for s in summands if s.leaf is not None],
        equations=[book.close(d.symbol) for d in definitions],
        data=[book.close(v) for s in summands for d in s.data for v in symbols(d.node)],
    )
    return find_groups(book, evidence, outcome.own)


# ------------------------------------------------------------------ sorting the summands


def _sort(found: Collection, summands: list[Summand]) -> None:
    """Fixed terms first, since a varying coefficient joins the fixed one of its term."""
    varying: list[tuple[Term, Leaf]] = []
    for summand in summands:
        leaf = summand.leaf
        if leaf is None:
            _add_offset(found, summand)
            continue
        kind = _kind(found, leaf)
        if kind == "residual":
            _add_residual(found, summand, leaf)
            continue
        term = _term(found, summand)
        if kind == "fixed":
            _add_fixed(found, term, leaf, summand.negative)
        else:
            varying.append((term, leaf))
    _check_one_term_each(found, varying)
    _place_varying(found, varying)


def _check_law(found: Collection, leaf: Leaf) -> None:
    """Random effects are normal here: another distribution would be another model."""
    law = found.book.laws.get(leaf.key) if leaf.key is not None else None
    if law is not None and leaf.indices:
        raise found.book.remarks.refusal(
            f"The random effect {_name(leaf)} has another distribution than the normal one.",
            "Random effects are normally distributed in the models that can be read.",
            found.book.span(law[1]),
        )


def _kind(found: Collection, leaf: Leaf) -> str:
    """What a coefficient's indices make of it."""
    _check_law(found, leaf)
    if not leaf.indices:
        return "fixed"
    if leaf.indices == found.outcome.indices:
        return "residual"
    if leaf.indices < found.outcome.indices:
        return "varying"
    strange = sorted(leaf.indices - found.outcome.indices)
    assert leaf.symbol is not None
    raise found.book.remarks.refusal(
        f"{spell_symbol(leaf.symbol)} carries the index {', '.join(strange)}, which the response does not have.",
        "Indices must agree: give both the same ones, or say how one follows from the other, as in j[i].",
        leaf.symbol.span or found.book.span(leaf.statement),
    )


def _term(found: Collection, summand: Summand) -> Term:
    factors = [found.data.read(d.node, d.statement) for d in summand.data]
    centered = dict(found.book.legend.centered)
    shown = [_centered(found, f, centered) for f in factors if f != Constant(1)]
    return Term(tuple(shown))


def _centered(found: Collection, factor: Expression, centered: dict[str, str]) -> Expression:
    """A variable of which the legend says that it is centred."""
    if not isinstance(factor, Variable) or factor.name not in centered:
        return factor
    group = centered[factor.name]
    known = [g.name for g in found.groups.groupings]
    if group and group not in known and len(known) == 1:
        group = known[0]
    return Centered(factor, Mean(factor, group or None))


def _add_offset(found: Collection, summand: Summand) -> None:
    """Data without a coefficient: an offset, where it is marked as one or the model is generalized."""
    nodes = [d.node for d in summand.data]
    statement = summand.data[0].statement
    match nodes:
        case [Apply("offset", (of,))]:
            found.offsets.append(found.data.read(of, statement))
            return
    generalized = found.outcome.family != GAUSSIAN
    if not generalized or summand.negative or len(nodes) > 1:
        raise found.book.remarks.refusal(
            "A summand has no coefficient and no random effect.",
            "Each summand needs one coefficient or random effect, times data; mark an offset as offset(…).",
            _span(found, summand),
        )
    found.offsets.append(found.data.read(nodes[0], statement))


def _span(found: Collection, summand: Summand) -> object:
    spans = [s.span for d in summand.data for s in symbols(d.node) if s.span]
    return spans[0] if spans else found.book.span(summand.data[0].statement)


def _add_residual(found: Collection, summand: Summand, leaf: Leaf) -> None:
    assert leaf.symbol is not None
    name = spell_symbol(leaf.symbol)
    place = leaf.symbol.span or found.book.span(leaf.statement)
    if summand.data:
        raise found.book.remarks.refusal(
            f"{name} differs for every observation and yet multiplies data.",
            "A coefficient carries the indices of its groups only.",
            place,
        )
    if found.outcome.family.name != "gaussian":
        if found.book.is_defined(leaf.symbol) or leaf.symbol.word:
            raise found.book.remarks.refusal(
                f"{name} is an effect of every single observation, in a {found.outcome.family.name} model.",
                "Leave it out, or make the observations a grouping factor.",
                place,
            )
    if found.residuals or found.outcome.residual:
        raise found.book.remarks.refusal(
            f"{name} is a second residual of the observations.", "The response has one residual only.", place
        )
    found.residuals.append(leaf)


def _add_fixed(found: Collection, term: Term, leaf: Leaf, negative: bool) -> None:
    other = found.fixed.get(term)
    if other is not None and other.key is not None and other.key != leaf.key:
        _two_coefficients(found, term, other, leaf)
        return
    found.fixed.setdefault(term, leaf)
    found.signs.setdefault(term, negative)


def _two_coefficients(found: Collection, term: Term, a: Leaf, b: Leaf) -> None:
    names = " and ".join(_name(leaf) for leaf in (a, b))
    if a.statement == b.statement:
        raise found.book.remarks.refusal(
            f"Two coefficients, {names}, multiply the same term: only their sum is identified.",
            "Leave one out.",
            (b.symbol.span if b.symbol else None) or found.book.span(b.statement),
        )
    found.book.remarks.info(
        "sum-of-coefficients",
        f"{names} multiply the same term: only their sum is identified, and it is read as one coefficient.",
        span=found.book.span(b.statement),
    )


def _name(leaf: Leaf) -> str:
    return spell_symbol(leaf.symbol) if leaf.symbol is not None else "a number"


def _check_one_term_each(found: Collection, varying: list[tuple[Term, Leaf]]) -> None:
    """A coefficient or an effect multiplies one term only."""
    effects: dict[tuple[Key | None, Indices], Term] = {}
    for term, leaf in varying:
        first = effects.setdefault((leaf.key, leaf.indices), term)
        if first != term and leaf.symbol is not None:
            raise found.book.remarks.refusal(
                f"One random effect, {_name(leaf)}, is used for two terms.",
                "Each term needs a random effect of its own.",
                leaf.symbol.span or found.book.span(leaf.statement),
            )
    coefficients: dict[tuple[Key, int], Term] = {}
    for term, leaf in found.fixed.items():
        if leaf.key is not None and coefficients.setdefault((leaf.key, leaf.statement), term) != term:
            _note_twice(found, leaf)


def _note_twice(found: Collection, leaf: Leaf) -> None:
    found.book.remarks.warning(
        "coefficient-twice",
        f"One coefficient, {_name(leaf)}, multiplies two terms; it is read as two coefficients.",
        "Give each term a coefficient of its own.",
        (leaf.symbol.span if leaf.symbol else None) or found.book.span(leaf.statement),
    )


def _place_varying(found: Collection, varying: list[tuple[Term, Leaf]]) -> None:
    """Random effects, and coefficients that vary: these are fixed plus random."""
    letters = {_role(leaf) for term, leaf in varying if leaf.effect or term in found.fixed}
    for term, leaf in varying:
        if term not in found.fixed and not leaf.effect and _role(leaf) not in letters:
            _add_fixed(found, term, leaf, negative=False)
        of_group = found.random.setdefault(found.groups.name(leaf.indices), {})
        other = of_group.get(term)
        if other is not None and other.key != leaf.key:
            raise found.book.remarks.refusal(
                f"{_name(other)} and {_name(leaf)} are random effects of the same term by the same group: "
                "their variances are not identified.",
                "Leave one out.",
                (leaf.symbol.span if leaf.symbol else None) or found.book.span(leaf.statement),
            )
        of_group.setdefault(term, leaf)


def _role(leaf: Leaf) -> tuple[str, Indices]:
    """A letter with its indices plays one role in a page: u_0j and u_1j are both effects."""
    return (leaf.symbol.base if leaf.symbol else "", leaf.indices)


# ------------------------------------------------------------------ the model


def _model(found: Collection) -> Model:
    blocks = []
    for group, effects in found.random.items():
        made = blocks_of(found.book, group, effects)
        blocks += made.blocks
        found.symbols |= made.symbols
    outcome, groups = found.outcome, found.groups
    reader = DataReader(found.book, groups)
    response = reader.read(_plain(outcome.response), outcome.statement)
    trials = None if outcome.trials is None else reader.read(outcome.trials, outcome.statement)
    weights = _weights(found)
    try:
        return Model(
            response=Response(response, trials),
            fixed=tuple(found.fixed),
            random=tuple(blocks),
            groupings=groups.groupings,
            relations=groups.relations,
            levels=tuple(_levels(found).items()),
            categories=_categories(found),
            family=outcome.family,
            offsets=tuple(found.offsets),
            weights=weights,
            observation=_observation(groups),
        )
    except ValueError as error:
        raise found.book.remarks.refusal(str(error)[0].upper() + str(error)[1:] + ".") from error


def _categories(found: Collection) -> tuple[Categories, ...]:
    """The legend's categories; of other indicators those that are shown, beside a reference without a name."""
    legend = tuple(Categories(*c) for c in found.book.legend.categories)
    if Term() not in found.fixed:
        return legend
    shown: dict[str, dict[str, None]] = {}
    terms = [*found.fixed, *(t for effects in found.random.values() for t in effects)]
    for indicator in (f for t in terms for f in t.factors if isinstance(f, Indicator)):
        shown.setdefault(indicator.variable, {})[indicator.category] = None
    known = {c.variable for c in legend}
    return (*legend, *(Categories(v, ("", *names)) for v, names in shown.items() if v not in known))


def _plain(node: Node) -> Node:
    """The response without the hat of a prediction."""
    match node:
        case Symbol(accent="hat"):
            return Symbol(node.base, node.below, node.above, "", node.word, node.category, node.span)
        case Apply(function, arguments, given):
            return Apply(function, tuple(map(_plain, arguments)), given)
        case _:
            return node


def _observation(groups: Groups) -> Grouping:
    return Grouping(groups.observation_word, groups.observation_index)


def _weights(found: Collection) -> Expression | None:
    """w of a residual variance σ²/w."""
    match found.outcome.spread:
        case Quotient(_, weight) if number_of(weight) is None and found.outcome.family.name == "gaussian":
            return found.data.read(weight, found.outcome.statement)
        case _:
            return None


def _levels(found: Collection) -> dict[str, Level]:
    """The level of each variable: from its indices, or from the equation it stands in."""
    if not found.groups.groupings:
        return {}
    shown: dict[str, Indices] = {}
    silent: dict[str, list[Indices | None]] = {}
    homes = _homes(found)
    for sighting in found.data.sightings:
        name = sighting.variable
        if not sighting.indices:
            silent.setdefault(name, []).append(homes.get(sighting.statement))
        elif name in shown and shown[name] != sighting.indices:
            _note_two_levels(found, sighting.symbol, name)
            shown[name] |= sighting.indices
        else:
            shown[name] = sighting.indices
    levels: dict[str, Level] = {name: found.groups.level(indices) for name, indices in shown.items()}
    for name, places in silent.items():
        if name not in levels:
            levels[name] = _silent_level(found, name, places)
    return {name: level if level != "" else UNKNOWN for name, level in levels.items()}


def _silent_level(found: Collection, name: str, places: list[Indices | None]) -> Level:
    """The level of a variable without indices: constant at the level of the highest equation it is in."""
    known = [p for p in places if p is not None]
    if not known:
        return UNKNOWN
    level = found.groups.level(min(known, key=len))
    if level is not OBSERVATION:
        found.book.remarks.info(
            "level-from-equation",
            f"{name} has no index; it stands in an equation of {level}, so it is constant there.",
        )
    return level


def _homes(found: Collection) -> dict[int, Indices | None]:
    """The indices of the equations by statement; none for a combined equation, which says nothing."""
    homes: dict[int, Indices | None] = {}
    hierarchical = False
    for definitions in found.book.definitions.values():
        for d in definitions:
            if d.statement in found.book.used and (indices := found.book.close(d.symbol)):
                homes[d.statement] = indices
                hierarchical |= indices < found.outcome.indices
    home = found.outcome.indices if hierarchical else None
    # The equation of a predictor η, in between, says as little of its variables as that of the response.
    combined = [n for n, indices in homes.items() if indices == found.outcome.indices]
    return homes | dict.fromkeys([found.outcome.statement, found.outcome.predicted, *combined], home)


def _note_two_levels(found: Collection, symbol: Symbol, name: str) -> None:
    found.book.remarks.warning(
        "two-levels",
        f"{name} stands with different indices in different places.",
        "Give a variable the same indices everywhere.",
        symbol.span,
    )


# ------------------------------------------------------------------ the reading


def _reading(found: Collection, model: Model) -> Reading:
    for term, leaf in found.fixed.items():
        if term not in model.fixed:
            continue
        parameter = Coefficient(term)
        if leaf.symbol is not None:
            found.symbols[parameter] = leaf.symbol
        if leaf.number is not None:
            found.estimates[parameter] = -leaf.number if found.signs[term] else leaf.number
        elif found.signs.get(term):
            _note_sign(found, leaf)
    _residual_variance(found)
    for parameter, node in found.symbols.items():
        if not isinstance(parameter, Coefficient) and (value := number_of(node)) is not None:
            found.estimates[parameter] = value
    return Reading(model, found.estimates, found.symbols, span=_whole_span(found))


def _note_sign(found: Collection, leaf: Leaf) -> None:
    found.book.remarks.info(
        "minus-sign",
        f"{_name(leaf)} stands behind a minus sign: its estimate has the opposite sign of the term's coefficient.",
        span=leaf.symbol.span if leaf.symbol else None,
    )


def _residual_variance(found: Collection) -> None:
    family = found.outcome.family.name
    spread = found.outcome.spread
    if family != "gaussian":
        if spread is not None:
            found.symbols[Dispersion()] = spread
        return
    if spread is None and found.residuals:
        residual = found.residuals[0]
        for joint in found.book.joints:
            if joint.spread is not None and any(_same(i, residual) for i in joint.items):
                found.book.used.add(joint.statement)
                spread = joint.spread
    if spread is not None:
        if isinstance(spread, Quotient) and number_of(spread) is None:
            spread = spread.numerator
        found.symbols[ResidualVariance()] = spread
    if not found.residuals and not found.outcome.residual:
        found.book.remarks.warning(
            "missing-residual",
            "The equation of the response has no residual; one is assumed.",
            "Add the residual of the observations, as in … + e_ij.",
            found.book.span(found.outcome.statement),
        )


def _same(item: Symbol, leaf: Leaf) -> bool:
    from .names import key  # noqa: PLC0415

    return key(item) == leaf.key and bool(heads(item))


def _whole_span(found: Collection):  # type: ignore[no-untyped-def]
    spans = [s.span for s in found.book.statements if s.span]
    if not spans:
        return None
    whole = spans[0]
    for span in spans[1:]:
        whole = whole | span
    return whole


__all__ = ["collect", "is_zero", "Number"]
