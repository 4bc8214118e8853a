"""From summands to the model, with the author's symbols and numbers for its parameters."""

from __future__ import annotations

from ..equations import Apply, Node, Quotient, Symbol
from ..errors import Span
from ..expressions import INTERCEPT, Expression, Indicator, Term
from ..model import Categories, Grouping, Model, RandomBlock, Response
from ..parameters import Coefficient, Dispersion, Parameter, Threshold
from ..reading import Reading
from .agreement import check_agreement
from .book import Book
from .checks import check_summands, is_threshold
from .conventions import note_conventions
from .covariance import blocks_of
from .data import DataReader
from .expansion import Expansion, Leaf, Summand
from .groups import Evidence, Groups, find_groups
from .levels import levels_of
from .names import anova_letters, key
from .owners import check_owners, check_residual
from .residuals import Residuals, residuals_of
from .response import Outcome
from .said import note_claims
from .sorting import Sorted, is_categorical, name_of, sort_summands
from .trees import number_of, symbols

Symbols = dict[Parameter, Node]


def collect(book: Book, outcome: Outcome) -> Reading:
    """The model that a response's statement claims, together with the statements that serve it.

    Raises ReadError where a summand cannot be told, or the parts contradict one another.
    """
    expansion = Expansion(book, outcome.indices)
    summands = expansion.expand(outcome.predictor, outcome.predicted, outcome.indices)
    anova = anova_letters(s.leaf.symbol for s in summands if s.leaf and s.leaf.symbol)
    groups = _groups(book, outcome, summands, anova)
    found = Sorted(book, outcome, groups, DataReader(book, groups), anova)
    sort_summands(found, summands)
    check_summands(found)
    check_owners(found)
    blocks, spreads = _blocks(found)
    residuals = residuals_of(found, _spread(found))
    model = _model(found, blocks, residuals)
    author = {**_coefficients(found), **spreads, **_remaining(found, residuals)}
    note_conventions(found)
    note_claims(book)
    check_agreement(found, model, author)
    span = _whole_span(book)
    return Reading(model, _numbers(found, author), author, span=span, effects=_effects(found))


def _effects(found: Sorted) -> dict[tuple[str, Term], tuple[Node, Node | None]]:
    """The author's symbol of each random effect, with the left side of the level equation it stands in."""
    hosts = {d.statement: d.symbol for ds in found.book.definitions.values() for d in ds if d.indices}
    outcome = (found.outcome.statement, found.outcome.predicted)
    return {
        (group, term): (leaf.symbol, None if leaf.statement in outcome else hosts.get(leaf.statement))
        for group, effects in found.random.items()
        for term, leaf in effects.items()
        if leaf.symbol is not None
    }


def _groups(book: Book, outcome: Outcome, summands: list[Summand], anova: frozenset[str]) -> Groups:
    leaves = [s.leaf for s in summands if s.leaf is not None and not is_categorical(s.leaf, book, anova)]
    definitions = [d for ds in book.definitions.values() for d in ds if d.statement in book.used]
    evidence = Evidence(
        response=outcome.indices,
        effects=[leaf.indices for leaf in leaves],
        equations=[book.close(d.symbol) for d in definitions],
        data=[book.close(v) for s in summands for d in s.data for v in symbols(d.node)],
    )
    return find_groups(book, evidence, outcome.own)


def _blocks(found: Sorted) -> tuple[list[RandomBlock], Symbols]:
    blocks: list[RandomBlock] = []
    spreads: Symbols = {}
    sizes = {group: min(len(e.indices) for e in effects.values()) for group, effects in found.random.items()}
    depths = sorted(set(sizes.values()), reverse=True)
    for group, effects in found.random.items():
        made = blocks_of(found.book, group, effects, 2 + depths.index(sizes[group]))
        blocks += made.blocks
        spreads |= made.symbols
    return blocks, spreads


# ------------------------------------------------------------------ the model


def _model(found: Sorted, blocks: list[RandomBlock], residuals: Residuals) -> Model:
    outcome, groups = found.outcome, found.groups
    reader = DataReader(found.book, groups)  # the response is no predictor, so its sighting is no matter
    trials = None if outcome.trials is None else reader.read(outcome.trials, outcome.statement)
    try:
        return Model(
            response=Response(reader.read(_plain(outcome.response), outcome.statement), trials),
            fixed=tuple(found.fixed),
            random=tuple(blocks),
            groupings=groups.groupings,
            relations=groups.relations,
            weights=_weights(found),
            levels=tuple(levels_of(found).items()),
            categories=_categories(found, (*residuals.categories, *_of_response(found))),
            family=outcome.family,
            residual=residuals.residual,
            offsets=tuple(found.offsets),
            observation=Grouping(groups.observation_word, groups.observation_index),
        )
    except ValueError as error:
        text = str(error)
        raise found.book.remarks.refusal(f"{text[:1].upper()}{text[1:]}.") from error


def _plain(node: Node) -> Node:
    """The response without the hat of a prediction."""
    match node:
        case Symbol(accent="hat"):
            return Symbol(node.base, node.below, node.above, "", node.word, node.category, node.span)
        case Apply(function, arguments, given):
            return Apply(function, tuple(map(_plain, arguments)), given)
        case _:
            return node


def _categories(found: Sorted, further: tuple[Categories, ...]) -> tuple[Categories, ...]:
    """The legend's categories; for other indicators those shown, beside a reference without a name."""
    legend = tuple(Categories(*c) for c in found.book.legend.categories)
    named = {c.variable for c in legend}
    legend += tuple(c for c in further if c.variable not in named)
    if INTERCEPT not in found.fixed:
        return legend
    shown: dict[str, dict[str, None]] = {}
    for indicator in (f for t in found.terms for f in t.factors if isinstance(f, Indicator)):
        shown.setdefault(indicator.variable, {})[indicator.category] = None
    known = {c.variable for c in legend}
    return (*legend, *(Categories(v, ("", *names)) for v, names in shown.items() if v not in known))


def _of_response(found: Sorted) -> tuple[Categories, ...]:
    """The two categories of an equation about one of them. Raises ReadError for two references."""
    against = found.outcome.contrast
    if against is None or not isinstance(against.variable, Symbol):
        return ()
    name = against.variable.base
    said = next((c for c in found.book.legend.categories if c[0] == name), None)
    if said is not None and (said[1][0] != against.reference or against.category not in said[1]):
        raise found.book.remarks.refusal(
            f"{against.category} is compared with {against.reference}, but {name} is said to have the "
            f"categories {', '.join(said[1])}, the first of which is the reference.",
            "Compare each category with the reference.",
            found.book.span(found.outcome.statement),
        )
    return (Categories(name, (against.reference, against.category)),)


def _weights(found: Sorted) -> Expression | None:
    """The w of a residual variance σ²/w."""
    match _spread(found):
        case Quotient(_, weight) if number_of(weight) is None and found.outcome.family.name == "gaussian":
            return found.data.read(weight, found.outcome.statement)
        case _:
            return None


# ------------------------------------------------------------------ the author's symbols and numbers


def _coefficients(found: Sorted) -> Symbols:
    """The symbol of each fixed coefficient; a minus sign before one is noted."""
    author: Symbols = {}
    ordinal = found.outcome.ordinal
    for term, leaf in found.fixed.items():
        if ordinal and not term:
            author |= _thresholds(found.book, leaf)
        elif leaf.symbol is not None:
            author[Coefficient(term, _category(found))] = leaf.symbol
        # In link(P(y ≤ k)) = θ_k − η the minus belongs to the model itself.
        if leaf.number is None and (term in found.negative) != (ordinal and bool(term)):
            found.book.remarks.info(
                "opposite-sign",
                f"{name_of(leaf)} stands behind the other sign than in the model: its estimate has the "
                "opposite sign of the coefficient's.",
                span=found.span(leaf),
            )
    return author


def _category(found: Sorted) -> str:
    """The category whose coefficients an equation holds; empty where the response has none."""
    return found.outcome.contrast.category if found.outcome.contrast is not None else ""


def _thresholds(book: Book, leaf: Leaf) -> Symbols:
    """The symbol θ_m of all thresholds, or each of those that θ = (θ_1, θ_2) lists."""
    if leaf.key is None or leaf.symbol is None:
        return {}
    if leaf.key not in book.lists:
        return {Threshold(1): leaf.symbol}
    items, number = book.lists[leaf.key]
    book.used.add(number)
    return {Threshold(k): item for k, item in enumerate(items, 1)}


def _remaining(found: Sorted, residuals: Residuals) -> Symbols:
    """The symbols of the residual's parameters, or of the family's further parameter."""
    spread = _spread(found)
    if found.outcome.family.name != "gaussian":
        return {} if spread is None else {Dispersion(): spread}
    if found.residual is None and not found.outcome.residual:
        _note_no_residual(found)
    check_residual(found, spread)
    return dict(residuals.symbols)


def _spread(found: Sorted) -> Node | None:
    """The variance of the residual, or the family's further parameter."""
    return found.outcome.spread or _residual_spread(found)


def _note_no_residual(found: Sorted) -> None:
    span = found.book.span(found.outcome.statement)
    if any(symbol.accent == "hat" for symbol in symbols(found.outcome.response)):
        text = "The equation is that of a prediction, which has no residual; its model has one."
        found.book.remarks.info("prediction", text, span=span)
        return
    found.book.remarks.warning(
        "missing-residual",
        "The equation of the response has no residual; one is assumed.",
        "Add the residual of the observations, as in … + e_ij.",
        span,
    )


def _residual_spread(found: Sorted) -> Node | None:
    """What the distribution of the residual says of its variance."""
    if found.residual is None:
        return None
    for joint in found.book.joints:
        if joint.spread is not None and any(key(item) == found.residual.key for item in joint.items):
            found.book.used.add(joint.statement)
            return joint.spread
    return None


def _numbers(found: Sorted, author: Symbols) -> dict[Parameter, float]:
    """The numbers that stand in the place of parameters."""
    numbers: dict[Parameter, float] = {}
    # In link(P(y ≤ k)) = θ_k − η the minus belongs to the model itself.
    ordinal = found.outcome.family.name == "cumulative"
    for term, leaf in found.fixed.items():
        if leaf.number is not None:
            of = Threshold(1) if is_threshold(found, term) else Coefficient(term, _category(found))
            opposite = (term in found.negative) != (ordinal and bool(term))
            numbers[of] = -leaf.number if opposite else leaf.number
    for parameter, node in author.items():
        if not isinstance(parameter, Coefficient) and (value := number_of(node)) is not None:
            numbers[parameter] = value
    return numbers


def _whole_span(book: Book) -> Span | None:
    spans = [s.span for s in book.statements if s.span]
    return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None
