"""The statement that the others serve: the response with its family, link and predictor.

The response is the left side that no other statement uses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..equations import Apply, Distributed, Distribution, Equation, Matrix, Node, Symbol, Word
from ..model import Family
from .book import Book, Definition, is_moment
from .expansion import is_greek
from .links import event, linked, unlinked
from .names import NONE, Indices, Key, heads, key, starts
from .trees import is_zero, number_of, symbols

FAMILIES = {
    "normal": "gaussian",
    "lognormal": "gaussian",
    "bernoulli": "binomial",
    "binomial": "binomial",
    "poisson": "poisson",
    "negative_binomial": "negative_binomial",
    "gamma": "gamma",
    "beta": "beta",
}
"""The families of the response by distribution; a lognormal response is a Gaussian logarithm."""

BINARY_LINKS = ("logit", "probit", "cloglog", "cauchit", "loglog")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The response and its linear predictor.

    ``indices`` are the response's, closed; ``own`` those that stand on it. ``residual`` says that the
    statement is a distribution that brings a residual with it; ``spread`` is the residual's variance or a
    further parameter of the family. ``category`` is the index of an ordinal response's categories.
    """

    response: Node
    family: Family
    predictor: Node
    predicted: int
    statement: int
    indices: Indices
    own: Indices
    category: str = ""
    trials: Node | None = None
    residual: bool = False
    spread: Node | None = None


def find_outcomes(book: Book) -> list[int]:
    """The statements whose left side no other statement uses: one for each response, or several for one.

    Raises ReadError where there is none.
    """
    candidates = list(_candidates(book))
    if not candidates:
        raise book.remarks.refusal(
            "No equation for an outcome was found.",
            "Write the equation of the response, as in math_ij = β_0j + r_ij.",
        )
    data = [n for n in candidates if _is_data(_left_symbol(book, n))]
    centered = [n for n in candidates if not _is_effect(book, n)]
    candidates, data = (centered, [n for n in data if n in centered]) if centered else (candidates, data)
    laws = [n for n in data or candidates if _is_sampling(book, n)]
    return laws or _largest(book, data or candidates)


def _candidates(book: Book) -> Iterator[int]:
    users: dict[Key, set[int]] = {}
    for n, used in enumerate(book.right):
        for symbol in used:
            users.setdefault(key(symbol), set()).add(n)
    links = _link_statements(book)
    for n, statement in enumerate(book.statements):
        left = _left_symbol(book, n)
        if left is None or is_moment(statement) or n in links:
            continue
        if users.get(key(left), set()) - {n} or not _says_mean(statement):
            continue
        yield n


def _link_statements(book: Book) -> set[int]:
    """Statements that only say how a mean is linked to the predictor, where the mean's law is stated."""
    found = set()
    for name, (_, _, n) in book.links.items():
        laws = (
            used for s, used in zip(book.statements, book.right, strict=True) if isinstance(s, Distributed)
        )
        if any(name == key(symbol) for used in laws for symbol in used):
            found.add(n)
    return found


def _says_mean(statement: object) -> bool:
    """Whether a statement can be that of a response: not a prior, not a matrix, not an effect."""
    match statement:
        case Distributed((_,), Distribution(name, arguments, keywords)):
            values = [*arguments, *(value for _, value in keywords)]
            if name not in FAMILIES or not values:
                return False
            return any(number_of(value) is None for value in values)
        case Equation(sides):
            return len(sides) > 1 and not any(isinstance(side, Matrix) for side in sides)
        case _:
            return False


def _is_effect(book: Book, number: int) -> bool:
    """Whether a statement says that something has mean 0, as of random effects."""
    statement = book.statements[number]
    return (
        isinstance(statement, Distributed)
        and bool(statement.distribution.arguments)
        and is_zero(statement.distribution.arguments[0])
    )


def _left_symbol(book: Book, number: int) -> Symbol | None:
    """The symbol that a statement is about, inside of a link, a logarithm or a probability."""
    statement = book.statements[number]
    node = _sides(statement)[0] if isinstance(statement, Equation) else statement.left[0]
    if (found := event(node)) is not None:
        node = found.variable
    if (link := linked(node)) is not None:
        node = found.variable if (found := event(link[1])) is not None else link[1]
    return node if isinstance(node, Symbol) else next(symbols(node), None)


def _sides(equation: Equation) -> tuple[Node, Node]:
    """What an equation is about, and what it says of that.

    In a chain η = logit(p) = … it is about p; η = logit(p) alone says that p has the predictor η.
    """
    *before, last = equation.sides
    if len(before) == 1 and isinstance(before[0], Symbol) and is_greek(before[0].base) and linked(last):
        return last, before[0]
    return next((side for side in before if linked(side) or event(side)), before[0]), last


def _is_data(symbol: Symbol | None) -> bool:
    return (
        symbol is not None
        and (symbol.word or not is_greek(symbol.base))
        and not _looks_like_coefficient(symbol)
    )


def _looks_like_coefficient(symbol: Symbol) -> bool:
    numbered = any(not isinstance(s, Word) for s in key(symbol).below)
    return numbered and not symbol.word and symbol.base not in "YyXxZz"


def _is_sampling(book: Book, number: int) -> bool:
    return isinstance(book.statements[number], Distributed)


def _largest(book: Book, candidates: list[int]) -> list[int]:
    """The statements of the response whose predictor leads to the most definitions."""
    reach = {n: _reach(book, n) for n in candidates}
    best = max(candidates, key=lambda n: (reach[n], -n))
    name = _left_symbol(book, best)
    assert name is not None
    same = [n for n in candidates if (left := _left_symbol(book, n)) is not None and key(left) == key(name)]
    return sorted(same, key=lambda n: -reach[n])


def _reach(book: Book, number: int) -> int:
    seen: set[int] = set()
    waiting = [number]
    while waiting:
        for symbol in book.right[waiting.pop()]:
            for definition in book.definitions.get(key(symbol), []):
                if definition.statement not in seen:
                    seen.add(definition.statement)
                    waiting.append(definition.statement)
    return len(seen)


# ------------------------------------------------------------------ what the statement says


def read_outcome(book: Book, number: int) -> Outcome:
    """The response, family, link and predictor that a statement gives."""
    book.used.add(number)
    statement = book.statements[number]
    found = (
        _from_law(book, number, statement)
        if isinstance(statement, Distributed)
        else _from_equation(book, number, statement)
    )
    own = _response_indices(book, found)
    return replace(found, own=own, indices=book.belongs.close(own))


def _response_indices(book: Book, found: Outcome) -> Indices:
    """The indices on the response; where it has none, all those that its predictor carries."""
    own = frozenset().union(*(heads(s) for s in symbols(found.response)))
    if own:
        return own
    right = [starts(s) for s in _predictor_symbols(book, found.predictor)]
    return frozenset().union(*right)


def _predictor_symbols(book: Book, predictor: Node) -> list[Symbol]:
    """The symbols of a predictor; of one that is a mean with an equation of its own, those of that."""
    found = list(symbols(predictor))
    if len(found) == 1 and found[0] is predictor:
        for definition in book.definitions.get(key(found[0]), []):
            found += symbols(definition.body)
    return found


def _from_law(book: Book, number: int, statement: Distributed) -> Outcome:
    law = statement.distribution
    if law.name not in FAMILIES:
        raise book.remarks.refusal(
            f"A response with the distribution {law.spelling or law.name} has no family here.",
            f"The families are {', '.join(dict.fromkeys(FAMILIES.values()))}.",
            statement.span,
        )
    family = FAMILIES[law.name]
    named = dict(law.keywords)
    arguments = list(law.arguments)
    trials = None
    if law.name == "binomial":
        trials, mean = _binomial(arguments, named)
    else:
        mean = arguments.pop(0) if arguments else next(iter(named.values()))
    link, predictor, predicted = resolve_mean(book, mean, number, family)
    response = Apply("log", (statement.left[0],)) if law.name == "lognormal" else statement.left[0]
    return Outcome(
        response=response,
        family=Family(family, link),
        predictor=predictor,
        predicted=predicted,
        statement=number,
        indices=NONE,
        own=NONE,
        trials=trials,
        residual=family == "gaussian",
        spread=arguments[0] if arguments and law.name != "binomial" else None,
    )


def _binomial(arguments: list[Node], named: dict[str, Node]) -> tuple[Node | None, Node]:
    """Trials (None for one) and probability of a binomial distribution."""
    trials = next((named[n] for n in ("n", "size", "trials", "N") if n in named), None)
    mean = next((named[n] for n in ("p", "prob", "probability", "π") if n in named), None)
    rest = list(arguments)
    if trials is None and len(rest) > (mean is None):
        trials = rest.pop(0)
    if mean is None:
        mean = rest.pop(0)
    return (None if trials is None or number_of(trials) == 1 else trials), mean


def resolve_mean(book: Book, mean: Node, number: int, family: str) -> tuple[str, Node, int]:
    """The link and the linear predictor behind the mean of a distribution, and where the latter stands."""
    if (inverse := unlinked(mean)) is not None:
        return inverse[0], inverse[1], number
    if isinstance(mean, Symbol):
        if (link := book.links.get(key(mean))) is not None:
            book.used.add(link[2])
            return link
        definitions = book.find(mean) or _only_definition(book, mean)
        if definitions and not definitions[0].error:
            return resolve_mean(book, definitions[0].body, definitions[0].statement, family)
    return "identity", mean, number


def _only_definition(book: Book, mean: Symbol) -> list[Definition]:
    """The equation of a mean that was written without its indices."""
    candidates = [] if heads(mean) else book.definitions.get(key(mean), [])
    book.used.update(d.statement for d in candidates[:1])
    return candidates[:1]


def _from_equation(book: Book, number: int, equation: Equation) -> Outcome:
    left, body = _sides(equation)
    link, inner = linked(left) or ("identity", left)
    found = event(inner)
    if found is None:
        family, response = _assumed_family(book, number, link, left)
        shown = "identity" if family == "gaussian" else link
        return Outcome(response, Family(family, shown), body, number, number, NONE, NONE)
    predictor, predicted = body, number
    if link == "identity":  # Pr(y = 1) = logit⁻¹(…), E(y) = …
        link, predictor, predicted = resolve_mean(book, body, number, "binomial")
    family = "cumulative" if found.cumulative else EVENT_FAMILIES.get(link, "binomial")
    return Outcome(
        found.variable,
        Family(family, link),
        predictor,
        predicted,
        number,
        NONE,
        NONE,
        category=found.category,
    )


EVENT_FAMILIES = {"identity": "gaussian", "log": "poisson"}
"""The family behind E(y) or Pr(y = 1) with a link that is not one of probabilities."""


def _assumed_family(book: Book, number: int, link: str, left: Node) -> tuple[str, Node]:
    """The family where only the link of a mean is stated, and what is taken as the response."""
    _, inner = linked(left) or (link, left)
    if link in BINARY_LINKS:
        family = "binomial"
    elif link == "log" and isinstance(inner, Symbol) and is_greek(inner.base):
        family = "poisson"
    else:
        return "gaussian", left
    book.remarks.info(
        "assumed-family",
        f"No distribution of the response is stated; with a {link} link, {family} is assumed, and what the "
        "link is applied to is taken as the response.",
        span=book.span(number),
    )
    return family, inner
