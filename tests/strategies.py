"""Hypothesis strategies: models over the whole range that the program holds, and small pages.

`models()` draws a :class:`Model` in steps that a statistician would take: which grouping factors there
are and how they are related; which columns, and on which level each lives; how a column enters
(as it is, logged, centred, as categories, as a basis); which products of these have a fixed coefficient;
which of them vary by which grouping factor; and the family.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from notation.equations import (
    Apply,
    Digit,
    Distributed,
    Distribution,
    Equation,
    Equations,
    Index,
    Lookup,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Script,
    Sum,
    Symbol,
    Vector,
    letter,
    word,
)
from notation.expressions import (
    INTERCEPT,
    Basis,
    Call,
    Centered,
    Constant,
    Expression,
    Indicator,
    Mean,
    Term,
    Variable,
)
from notation.model import (
    FAMILIES,
    OBSERVATION,
    UNKNOWN,
    Categories,
    Crossed,
    Family,
    Grouping,
    Level,
    Model,
    Nested,
    Place,
    RandomBlock,
    Relation,
    Residual,
    Response,
)

# ------------------------------------------------------------------ names

PLAIN_NAMES = (
    "math", "ses", "meanses", "ses2", "cses", "week", "size", "sector", "FRL", "score", "school",
    "schools", "district", "class", "pupil", "x", "z", "w", "x1", "x10", "x11", "mean_ses", "sch.id",
)  # fmt: skip
"""Names of columns, among them some that contain one another and single letters."""

NASTY_NAMES = (
    "hours of sleep", "100%_x{y}", "a&b", "#1", "c\\d", "cost$", "a~b", "x^2", "x:y", "a*b", "y | g",
    "размер", "école", "ß", "μ", "β", "alpha", "gamma_00", "beta_0j", "u_0j", "r", "e", "i", "j", "k", "N",
    "where", "for", "and", "log", "mean", "exp", "logit", "Normal", "1", "2x", "_", "a__b", "x'", "[B]",
    "x, y", "a = b", "(x)", "数学", "naïve café", "T", "I", "poly", "factor", "TRUE",
)  # fmt: skip
"""Names that mean something in LaTeX, in a formula or in an equation; no backtick, which quotes them."""

plain_names = st.sampled_from(PLAIN_NAMES)
nasty_names = st.sampled_from(NASTY_NAMES) | st.text(
    st.characters(categories=("L", "N", "P", "S"), exclude_characters="`"), min_size=1, max_size=8
)
category_names = st.sampled_from(("A", "B", "C", "low", "high", "no answer", "New York"))


# ------------------------------------------------------------------ grouping factors


@dataclass(frozen=True)
class World:
    """The grouping factors, how they are related, and the columns with their levels."""

    groups: tuple[str, ...]
    relations: frozenset[Relation]
    levels: dict[str, Level]

    def nested(self, inner: str, outer: str) -> bool:
        """Whether ``inner`` is in ``outer``, also over further factors in between."""
        steps = [r.outer for r in self.relations if isinstance(r, Nested) and r.inner == inner]
        return any(step == outer or self.nested(step, outer) for step in steps)

    def above(self, level: Level) -> list[str]:
        """The grouping factors within which something of this level can vary."""
        if isinstance(level, Place):
            return list(self.groups)
        return [g for g in self.groups if self.nested(level, g)]


def nested(*names: str) -> frozenset[Relation]:
    """Each name in the next."""
    return frozenset(Nested(a, b) for a, b in pairwise(names))


def crossed(*names: str) -> frozenset[Relation]:
    """Each name crossed with each other."""
    return frozenset(Crossed(frozenset((a, b))) for a in names for b in names if a < b)


def unrelated(*names: str) -> frozenset[Relation]:  # noqa: ARG001
    """Nothing is known of the names."""
    return frozenset()


SHAPES = {
    "one level": (0, unrelated),
    "two levels": (1, unrelated),
    "three levels": (2, nested),
    "four levels": (3, nested),
    "two crossed": (2, crossed),
    "three crossed": (3, crossed),
    "nested and crossed": (3, lambda a, b, c: nested(a, b) | crossed(a, c) | crossed(b, c)),
    "partly known": (2, unrelated),
}
"""Each shape of the grouping factors: how many there are, and their relations."""


@st.composite
def worlds(draw: DrawFn, shape: str, names: SearchStrategy[str], columns: int) -> World:
    """Grouping factors of this shape, and so many columns on random levels."""
    count, relate = SHAPES[shape]
    drawn = draw(st.lists(names, min_size=count + columns, max_size=count + columns, unique=True))
    groups = tuple(drawn[:count])
    places: list[Level] = [OBSERVATION, OBSERVATION, *groups]
    if shape == "partly known":
        places.append(UNKNOWN)
    levels = {name: draw(st.sampled_from(places)) for name in drawn[count:]}
    return World(groups, relate(*groups), levels)


# ------------------------------------------------------------------ columns

Bundle = tuple[Expression, ...]
"""The expressions by which one column enters together: one, or all indicators, or all of a basis."""


@st.composite
def bundles(draw: DrawFn, world: World, name: str) -> Bundle:
    """One way in which a column can enter; most enter as they are."""
    x = Variable(name)
    around = draw(st.sampled_from([None, *world.above(world.levels[name])]))
    ways: list[Bundle] = [
        *[(x,)] * 6,
        (Call("log", (x,)),),
        (Call("sqrt", (x,)),),
        (x, Call("^", (x, Constant(2)))),
        (Centered(x, Mean(x, around)),),
        (Centered(x, Mean(x)),),
        (Centered(x, Constant(14)),),
        (Basis("poly", x, ("2",), 1), Basis("poly", x, ("2",), 2)),
        (Indicator(name, "B"), Indicator(name, "C")),
    ]
    return draw(st.sampled_from(ways))


def multiply(parts: tuple[Bundle, ...]) -> list[Term]:
    """The terms of a product of bundles; an empty product is the intercept."""
    return [Term(factors) for factors in product(*parts)]


def categories_of(terms: list[Term]) -> tuple[Categories, ...]:
    """The categories of every variable that enters by indicators."""
    names = [f.variable for t in terms for f in t.factors if isinstance(f, Indicator)]
    return tuple(Categories(name, ("A", "B", "C")) for name in dict.fromkeys(names))


# ------------------------------------------------------------------ random effects


def varies_within(world: World, group: str, term: Term) -> bool:
    """Whether every factor of a term can vary within the units of a grouping factor."""
    return all(group in world.above(world.levels[name]) for name in term.variables)


def partitions(terms: list[Term], kind: str) -> list[list[Term]]:
    """The terms in blocks: all correlated, all independent, or the first apart from the others."""
    match kind:
        case "independent":
            return [[term] for term in terms]
        case "first apart" if len(terms) > 1:
            return [terms[:1], terms[1:]]
    return [terms]


@st.composite
def random_blocks(draw: DrawFn, world: World, group: str, candidates: list[Term]) -> list[RandomBlock]:
    """The random effects of one grouping factor; mostly the intercept and a few slopes."""
    slopes = [t for t in candidates if t and varies_within(world, group, t)]
    terms = [INTERCEPT] * draw(st.sampled_from([1, 1, 1, 0]))
    if slopes:
        terms += draw(st.lists(st.sampled_from(slopes), max_size=3, unique=True))
    kind = draw(st.sampled_from(["full", "full", "full", "independent", "first apart"]))
    return [RandomBlock(group, tuple(block)) for block in partitions(terms, kind) if block]


# ------------------------------------------------------------------ families

FAMILY_LINKS = [
    *[Family()] * 6,
    *(Family(name) for name in FAMILIES if name != "multinomial"),
    Family("binomial", "probit"),
    Family("binomial", "cloglog"),
    Family("gaussian", "log"),
    Family("gamma", "inverse"),
    Family("poisson", "sqrt"),
]


@st.composite
def responses(draw: DrawFn, name: str, trials: str, family: Family) -> Response:
    """A column; logged in some Gaussian models, with trials in some binomial ones."""
    y = Variable(name)
    more = draw(st.booleans())
    if more and family == Family():
        return Response(Call("log", (y,)))
    return Response(y, Variable(trials) if more and family.name == "binomial" else None)


# ------------------------------------------------------------------ models


@st.composite
def models(
    draw: DrawFn,
    names: SearchStrategy[str] = plain_names,
    shapes: tuple[str, ...] = tuple(SHAPES),
    predictors: SearchStrategy[int] = st.integers(0, 4),
) -> Model:
    """A valid model, over the whole range of what a :class:`Model` can hold."""
    columns = draw(predictors)
    world = draw(worlds(draw(st.sampled_from(shapes)), names, columns + 3))
    y, trials, exposure, *xs = world.levels
    for name in (y, trials):
        world.levels[name] = OBSERVATION
    entered = [draw(bundles(world, x)) for x in xs]
    products = draw(st.lists(st.sets(st.sampled_from(entered), max_size=3), max_size=3)) if entered else []
    # Main effects first; some are left out, and some products come without them.
    mains = [(b,) for b in entered if draw(st.integers(0, 4))]
    chosen = [*mains, *(tuple(sorted(p, key=entered.index)) for p in products if len(p) > 1)]
    fixed = [INTERCEPT] * draw(st.sampled_from([1, 1, 1, 1, 0])) + [t for c in chosen for t in multiply(c)]
    candidates = [*fixed, *(Term((e,)) for bundle in entered for e in bundle)]
    blocks = [b for g in world.groups for b in draw(random_blocks(world, g, candidates))]
    family = draw(st.sampled_from(FAMILY_LINKS))
    # The thresholds of a cumulative model take the place of its intercept, which a formula still has.
    if family.name == "cumulative" and INTERCEPT not in fixed:
        fixed.insert(0, INTERCEPT)
    offset = Call("log", (Variable(exposure),))
    return Model(
        response=draw(responses(y, trials, family)),
        fixed=tuple(fixed),
        random=tuple(blocks),
        groupings=tuple(Grouping(g) for g in world.groups),
        relations=world.relations,
        levels=tuple(world.levels.items()),
        categories=categories_of([*fixed, *(t for b in blocks for t in b.terms)]),
        family=family,
        offsets=(offset,) if draw(st.integers(0, 6)) == 0 else (),
    )


wide_models = models(shapes=("two levels", "three levels"), predictors=st.integers(9, 14))
"""Models with so many predictors that numbers in scripts have two digits."""

nasty_models = models(names=nasty_names, predictors=st.integers(0, 3))
"""Models whose columns and grouping factors have names that are hard to write."""


@st.composite
def unusual_models(draw: DrawFn) -> Model:
    """Models with further covariance structures and residuals, which few notations can say."""
    plain = draw(models(shapes=("two levels", "three levels"), predictors=st.integers(1, 3)))
    structures = st.sampled_from(["full", "identity", "compound_symmetry", "ar1"])
    blocks = tuple(RandomBlock(b.group, b.terms, draw(structures)) for b in plain.random)
    within = plain.group_names[0]
    residuals = [None, Residual("sex"), Residual(ar1_within=within), Residual("sex", within)]
    known = draw(st.sampled_from([(), (Categories("sex", ("A", "B")),)]))
    gaussian = plain.family.name == "gaussian"
    return Model(
        response=plain.response,
        fixed=plain.fixed,
        random=blocks,
        groupings=plain.groupings,
        relations=plain.relations,
        levels=plain.levels,
        categories=(*plain.categories, *known),
        family=plain.family,
        residual=draw(st.sampled_from(residuals)) if gaussian else None,
        offsets=plain.offsets,
        weights=draw(st.sampled_from([None, Variable("weight")])),
    )


# ------------------------------------------------------------------ pages

INDEX_SETS = ((), ("i",), ("j",), ("i", "j"), ("i", "j", "k"))


@st.composite
def scripts(draw: DrawFn) -> tuple[Script, ...]:
    """Digits, then indices or a lookup, as they stand below a coefficient."""
    numbers = draw(st.lists(st.integers(0, 12), max_size=3))
    if len(numbers) == 1:  # a single number stands without a comma, so that 12 is 1 and 2
        numbers[0] %= 10
    digits = tuple(map(Digit, numbers))
    indices: tuple[Script, ...] = tuple(Index(name) for name in draw(st.sampled_from(INDEX_SETS)))
    if draw(st.integers(0, 4)) == 0:
        indices = (Lookup("j", (Index("i"),)),)
    return digits + indices


@st.composite
def coefficients(draw: DrawFn) -> Symbol:
    """A Greek or Latin letter with scripts."""
    return letter(draw(st.sampled_from("βγπτσθuevr")), *draw(scripts()))


@st.composite
def data_words(draw: DrawFn, names: SearchStrategy[str] = plain_names) -> Symbol:
    """A column with running indices; sometimes its mean, or an indicator of a category."""
    indices = tuple(Index(name) for name in draw(st.sampled_from(INDEX_SETS[1:])))
    accent = draw(st.sampled_from(["", "", "", "bar"]))
    category = "" if accent else draw(st.sampled_from(["", "", "B", "New York"]))
    return word(draw(names), *indices, accent=accent, category=category)


@st.composite
def summands(draw: DrawFn, names: SearchStrategy[str]) -> Node:
    """A coefficient, or a coefficient times data."""
    data: SearchStrategy[Node] = data_words(names)
    parts = data | data.map(lambda x: Apply("log", (x,))) | data.map(lambda x: Power(x, Number("2")))
    factors = (draw(coefficients()), *draw(st.lists(parts, max_size=2)))
    summand: Node = factors[0] if len(factors) == 1 else Product(factors)
    return Negative(summand) if draw(st.integers(0, 5)) == 0 else summand


@st.composite
def right_sides(draw: DrawFn, names: SearchStrategy[str]) -> Node:
    """A sum of summands, or one of them; now and then a fraction or a centred variable in it."""
    terms = draw(st.lists(summands(names), min_size=1, max_size=4))
    match draw(st.integers(0, 9)):
        case 0:
            terms.append(Product((draw(coefficients()), Quotient(draw(data_words(names)), Number("10")))))
        case 1:
            centred = Sum((draw(data_words(names)), Negative(draw(data_words(names)))))
            terms.append(Product((draw(coefficients()), centred)))
    return terms[0] if len(terms) == 1 else Sum(tuple(terms))


@st.composite
def statements(draw: DrawFn, names: SearchStrategy[str]) -> Equation | Distributed:
    """An equation, or the distribution of a symbol or of a vector of two."""
    if draw(st.booleans()):
        return Equation((draw(coefficients()), draw(right_sides(names))))
    if draw(st.booleans()):
        normal = Distribution("normal", (Number("0"), Power(draw(coefficients()), Number("2"))))
        return Distributed((draw(coefficients()),), normal)
    mean = Vector((draw(right_sides(names)), Number("0")))
    normal = Distribution("normal", (mean, letter("Σ")))
    return Distributed((Vector((draw(coefficients()), draw(coefficients()))),), normal)


@st.composite
def pages(draw: DrawFn, names: SearchStrategy[str] = plain_names) -> Equations:
    """A page of one to three statements, for the readers and writers of a markup."""
    return Equations(tuple(draw(st.lists(statements(names), min_size=1, max_size=3))))
