"""What the statement of an outcome says: the response with its family, link and predictor."""

from __future__ import annotations

from dataclasses import replace

from ..equations import NO_DISTRIBUTION, Apply, Distributed, Equation, Node, Product, Sum, Symbol
from ..frozen import frozen
from ..model import Family
from .book import Book, Definition
from .contrasts import Contrast, contrast
from .links import event, linked, unlinked
from .names import NONE, RESIDUAL_LETTERS, Indices, has_lookup, heads, is_greek, key, starts
from .trees import number_of, symbols

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


@frozen
class Outcome:
    """The response and its linear predictor.

    ``indices`` are the response's, closed; ``own`` those that stand on it. ``residual`` says that the
    statement is a distribution that brings a residual with it; ``spread`` is the residual's variance or a
    further parameter of the family. ``category`` is the index of an ordinal response's categories,
    ``contrast`` the category that the equation is about where they have no order.
    """

    response: Node
    family: Family
    predictor: Node
    predicted: int
    statement: int
    indices: Indices
    own: Indices
    category: str = ""
    contrast: Contrast | None = None
    trials: Node | None = None
    residual: bool = False
    spread: Node | None = None

    @property
    def ordinal(self) -> bool:
        """Whether the categories are ordered: the predictor is subtracted from the thresholds."""
        return self.family.name == "cumulative"


def read_outcome(book: Book, number: int) -> Outcome:
    """The response, family, link and predictor that a statement gives."""
    book.used.add(number)
    statement = book.statements[number]
    found = (
        _from_law(book, number, statement)
        if isinstance(statement, Distributed)
        else _from_equation(book, number, statement)
    )
    _check_one_name(book, found)
    own = _response_indices(book, found)
    return replace(found, own=own, indices=book.belongs.close(own))


def _check_one_name(book: Book, found: Outcome) -> None:
    """Words side by side on the left are rather the words of one name than a product."""
    match found.response:
        case Product([*words, Symbol(word=True)], "") if all(
            isinstance(w, Symbol) and w.word and not w.below for w in words
        ):
            name = " ".join(w.base for w in words if isinstance(w, Symbol))
            raise book.remarks.refusal(
                f"The response begins with several words, {name} …: a product, or one name.",
                "Write one name in backticks, as in `firing rate`_ij, or in LaTeX \\text{firing rate}_{ij}; "
                "a product with ×.",
                book.span(found.statement),
            )


def _response_indices(book: Book, found: Outcome) -> Indices:
    """The indices on the response; where it has none, all those that its predictor carries."""
    own = frozenset().union(*(heads(s) for s in symbols(found.response)))
    if own:
        return own
    every = _predictor_symbols(book, found.predictor)
    right: Indices = frozenset().union(*map(starts, every))
    if _lacks_observations(right, found.predictor):
        right |= {next(letter for letter in "ijkl" if letter not in right)}
    return right


def _lacks_observations(right: Indices, predictor: Node) -> bool:
    """Whether y = a_j + b x + e gives the observations no index: an effect has all that there are."""
    leading = predictor.terms if isinstance(predictor, Sum) else ()
    alone = [term for term in leading if isinstance(term, Symbol) and not term.word]
    lone = any(s.base in RESIDUAL_LETTERS and not s.below for s in alone)
    return bool(right) and lone and any(heads(s) == right and not has_lookup(s) for s in alone)


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
        definitions = _only_definition(book, mean) or book.find(mean)
        if definitions and not definitions[0].error:
            return resolve_mean(book, definitions[0].body, definitions[0].statement, family)
    return "identity", mean, number


def _only_definition(book: Book, mean: Symbol) -> list[Definition]:
    """The equation of a mean that was written without its indices."""
    candidates = [] if heads(mean) else book.definitions.get(key(mean), [])
    book.used.update(d.statement for d in candidates[:1])
    return candidates[:1]


def _from_equation(book: Book, number: int, equation: Equation) -> Outcome:
    left, body = sides(equation)
    if (against := contrast(left)) is not None and not _is_binary(book, against):
        unordered = Family("multinomial")
        return Outcome(against.variable, unordered, body, number, number, NONE, NONE, contrast=against)
    link, inner = linked(left) or ("identity", left)
    found = event(inner)
    inverse = unlinked(body)
    if link == "identity" and isinstance(left, Symbol) and inverse is not None and inverse[0] in BINARY_LINKS:
        link, body = inverse  # p = 1/(1 + exp(−η))
    if found is None:
        family, response = _assumed_family(book, number, link, left)
        shown = "identity" if family == "gaussian" else link
        return Outcome(response, Family(family, shown), body, number, number, NONE, NONE)
    predictor, predicted = body, number
    if link == "identity":  # Pr(y = 1) = logit⁻¹(…), E(y) = …
        link, predictor, predicted = resolve_mean(book, body, number, "binomial")
    family = "cumulative" if found.cumulative else EVENT_FAMILIES.get(link, "binomial")
    if found.mean and NO_DISTRIBUTION in book.legend.remarks:
        family = "quasi"
    if found.quantile is not None:
        family = "quantile"
    return Outcome(
        found.variable,
        Family(family, link, found.quantile),
        predictor,
        predicted,
        number,
        NONE,
        NONE,
        category=found.category,
    )


def _is_binary(book: Book, against: Contrast) -> bool:
    """Whether 1 against 0 is all that is compared: the odds of a logistic model."""
    lefts = [sides(s)[0] for s in book.statements if isinstance(s, Equation)]
    return (against.category, against.reference) == ("1", "0") and sum(map(bool, map(contrast, lefts))) == 1


EVENT_FAMILIES = {"identity": "gaussian", "log": "poisson"}
"""The family behind E(y) or Pr(y = 1) with a link that is not one of probabilities."""


def _assumed_family(book: Book, number: int, link: str, left: Node) -> tuple[str, Node]:
    """The family where only the link of a mean is stated, and what is taken as the response."""
    _, inner = linked(left) or (link, left)
    if link in BINARY_LINKS:
        family = "binomial"
    elif link == "log" and isinstance(inner, Symbol) and is_greek(inner.base) and not inner.word:
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


def sides(equation: Equation) -> tuple[Node, Node]:
    """What an equation is about, and what it says of that.

    In a chain η = logit(p) = … it is about p; η = logit(p) alone says that p has the predictor η.
    """
    *before, last = equation.sides
    first = before[0]
    mean = isinstance(first, Symbol) and is_greek(first.base) and not first.word
    if len(before) == 1 and mean and linked(last):
        return last, first
    return next((side for side in before if linked(side) or event(side)), first), last
