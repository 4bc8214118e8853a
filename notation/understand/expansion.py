"""From a predictor to its summands: substitute what has an equation, multiply out.

What comes out is a list of (coefficient or effect) × (product of data). In each product of a
statement exactly one factor carries the coefficient: a symbol with an equation or a distribution of its
own before a Greek letter, a Greek letter before a letter with digits, and that before other letters;
words are data.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..equations import Apply, Digit, Label, Negative, Node, Number, Product, Quotient, Sum, Symbol, Transpose
from ..frozen import frozen
from .book import Book, Definition
from .names import NONE, Indices, Key, heads, is_greek, key, spell_symbol
from .trees import children, number_of, span_of

DEFINED, GREEK, NUMBERED, LETTER, DATA = 4, 3, 2, 1, 0
"""How strongly a factor speaks for being the coefficient of its product."""


MATRICES = ("X", "Z", "U", "W")
COLUMNS = (
    "Name the columns, as in X_ij = (1, ses_ij) and β = (β_0, β_1), or write the terms out, as in "
    "β_0 + β_1 ses_ij."
)
"""The letters of matrices of predictors, and what to write instead of one."""

MAX_SUMMANDS = 20_000
MAX_LEVELS = 40


@frozen
class Leaf:
    """A fixed coefficient or a random effect, as it stands in one statement.

    ``indices`` are closed. ``effect`` says that it varies around zero by its place: it is the error of
    its own distribution, or the residual of the equation it stands in. ``number`` is given where a
    number stands in its place; ``symbol`` is then the symbol it was labelled with, if any.
    """

    symbol: Symbol | None
    key: Key | None
    indices: Indices
    statement: int
    effect: bool = False
    number: float | None = None


@frozen
class Datum:
    """A factor of data, with the statement it was written in."""

    node: Node
    statement: int


@frozen
class Summand:
    """A leaf (None for a bare data term) times data; ``negative`` where it is subtracted."""

    leaf: Leaf | None
    data: tuple[Datum, ...] = ()
    negative: bool = False

    def times(self, other: Summand) -> Summand:
        """The product with another summand, of which only one has a leaf."""
        return Summand(self.leaf or other.leaf, other.data + self.data, self.negative != other.negative)


@dataclass
class Expansion:
    """Expands the expressions of one book; each definition once."""

    book: Book
    observation: Indices = NONE
    done: dict[int, list[Summand]] = field(default_factory=dict)
    open: set[int] = field(default_factory=set)

    def expand(self, node: Node, statement: int, left: Indices = NONE) -> list[Summand]:
        """The summands of an expression; ``left`` are the indices of what it is the equation of."""
        found: list[Summand] = []
        for summand in self.summands(node, statement):
            found += self._substitute(summand, left)
            if len(found) > MAX_SUMMANDS:
                raise self.book.remarks.refusal(
                    f"Multiplied out, the equations have more than {MAX_SUMMANDS:,} summands.",
                    "Give the equations of one model.",
                    self.book.span(statement),
                )
        return found

    # -- one statement

    def summands(self, node: Node, statement: int) -> list[Summand]:
        """The summands of an expression as it is written: nothing is substituted."""
        match node:
            case Sum(terms):
                return [s for term in terms for s in self.summands(term, statement)]
            case Negative(of):
                return [Summand(s.leaf, s.data, not s.negative) for s in self.summands(of, statement)]
            case Product(factors):
                return self._product(_flat(factors), statement)
            case Transpose(of):
                return self.summands(of, statement)
            case Quotient(Product(factors), bottom) if number_of(bottom) is not None and self.strength(
                node
            ) > DATA == self.strength(factors[-1]):
                return self._product(_flat((*factors[:-1], Quotient(factors[-1], bottom))), statement)
            case Quotient(top, bottom) if self.strength(top) > DATA and number_of(bottom) is None:
                return self._product([top, Quotient(Number("1"), bottom)], statement)
            case Number():
                return self._number(node, statement)
            case Symbol() if self.strength(node) > DATA:
                return [Summand(self._leaf(node, statement))]
            case _ if (value := number_of(node)) is not None:
                return [Summand(Leaf(None, None, NONE, statement, number=value))]
            case _:
                return [Summand(None, (Datum(node, statement),))]

    def _number(self, node: Number, statement: int) -> list[Summand]:
        value = float(node.text)
        return [Summand(Leaf(None, None, NONE, statement, number=value))] if value else []

    def _leaf(self, symbol: Symbol, statement: int) -> Leaf:
        if (value := labelled_number(symbol)) is not None:
            label = next((s.symbol for s in symbol.below if isinstance(s, Label)), None)
            return Leaf(label, None, NONE, statement, number=value)
        return Leaf(symbol, key(symbol), self.book.close(symbol), statement)

    def _product(self, factors: list[Node], statement: int) -> list[Summand]:
        """A product: one factor carries the coefficient, the others are data."""
        self._check_contents(factors)
        ranks = [self._rank(factor) for factor in factors]
        best = max(range(len(factors)), key=lambda n: (ranks[n], -n))
        self._check_columns(factors, best)
        others = [f for n, f in enumerate(factors) if n != best]
        numeric = ranks[best][0] <= NUMBERED and any(number_of(f) not in (None, 1) for f in factors)
        if ranks[best][0] == DATA or numeric:
            return self._numeric(factors, statement)
        self._check_single(factors[best], others)
        data = Summand(None, tuple(Datum(f, statement) for f in others if not self._is_constant(f)))
        return [s.times(data) for s in self.summands(factors[best], statement)]

    def _check_contents(self, factors: list[Node]) -> None:
        """A row of predictors times a vector of coefficients, x′β, does not say which they are."""
        for factor in factors:
            row = factor.of if isinstance(factor, Transpose) else factor
            if (
                isinstance(row, Symbol)
                and (len(row.base) == 1 or not row.word)
                and (row is not factor or row.accent == "prime")
            ):
                raise self.book.remarks.refusal(
                    f"The product with the vector {spell_symbol(row)} does not name its predictors.",
                    "Write its terms out, as in β_0 + β_1 x_ij.",
                    row.span,
                )

    def _check_columns(self, factors: list[Node], best: int) -> None:
        """X β and Z b_j: a matrix stands before its coefficients, which have no numbers."""
        match factors:
            case [Symbol() as matrix, Symbol() as coefficients] if (
                best == 1 and is_matrix(matrix) and not _is_numbered(coefficients)
            ):
                raise self.book.remarks.refusal(
                    f"{spell_symbol(matrix)} {spell_symbol(coefficients)} seems to be a matrix times a "
                    f"vector: which columns {matrix.base} holds, is not written.",
                    COLUMNS,
                    matrix.span,
                )

    def _is_constant(self, node: Node) -> bool:
        """Whether a factor is MLwiN's x_0 or cons, the variable that is 1 everywhere."""
        match node:
            case Symbol("x", (Digit(0), *_)) | Symbol("cons"):
                self.book.remarks.info(
                    "constant", f"{spell_symbol(node)} is read as the constant 1.", span=node.span
                )
                return True
            case _:
                return False

    def _numeric(self, factors: list[Node], statement: int) -> list[Summand]:
        """A product without a symbol for its coefficient: a number may stand in its place."""
        numbers = [v for f in factors if (v := number_of(f)) is not None]
        data = tuple(Datum(f, statement) for f in factors if number_of(f) is None)
        if not numbers:
            return [Summand(None, data)]
        value = 1.0
        for number in numbers:
            value *= number
        return [Summand(Leaf(None, None, NONE, statement, number=value), data)]

    def _rank(self, factor: Node) -> tuple[int, int, int, int]:
        """What orders factors by their claim to be the coefficient; of a sum, its best symbol's."""
        if not isinstance(factor, Symbol):
            within = (
                children(factor)
                if isinstance(factor, Sum | Product | Negative | Transpose | Quotient)
                else ()
            )
            return max((self._rank(part) for part in within), default=(DATA, 0, 0, 0))
        carried = len(self.book.close(factor) & self.observation) if self.observation else len(heads(factor))
        return (self.strength(factor), -carried, int(_is_numbered(factor)), int(factor.base.islower()))

    def _check_single(self, best: Node, others: list[Node]) -> None:
        for other in others:
            if self.strength(other) < GREEK or (isinstance(other, Symbol) and self._varies_below(other)):
                continue
            names = " and ".join(_spell(n) for n in (best, other))
            raise self.book.remarks.refusal(
                f"Two coefficients are multiplied with each other: {names}.",
                "Each summand needs one coefficient or random effect, times data.",
                span_of(other),
            )

    def _varies_below(self, symbol: Symbol) -> bool:
        """Whether a Greek letter has no equation and varies with the observations: then it is data."""
        full = bool(heads(symbol)) and (not self.observation or self.book.close(symbol) >= self.observation)
        return full and not self.book.is_defined(symbol)

    def strength(self, node: Node) -> int:
        """How strongly an expression speaks for holding a coefficient."""
        match node:
            case Symbol():
                return self._symbol_strength(node)
            case Sum() | Product() | Negative() | Transpose():
                return max((self.strength(part) for part in children(node)), default=DATA)
            case Quotient(top, _):
                return self.strength(top)
            case _:
                return DATA

    def _symbol_strength(self, symbol: Symbol) -> int:
        if symbol.category or (symbol.accent == "bar" and not (is_greek(symbol.base) and not heads(symbol))):
            return DEFINED if self.book.is_defined(symbol) else DATA
        if labelled_number(symbol) is not None or self.book.is_defined(symbol):
            return DEFINED
        if symbol.word:
            return DATA
        if is_greek(symbol.base):
            return GREEK
        return NUMBERED if _is_numbered(symbol) else LETTER

    # -- definitions

    def _substitute(self, summand: Summand, left: Indices) -> list[Summand]:
        leaf = summand.leaf
        if leaf is None or leaf.symbol is None:
            return [summand]
        definitions = self.book.find(leaf.symbol)
        if leaf.number is not None:
            return [summand, *self._errors(leaf.symbol, definitions, summand)]
        if not definitions:
            residual = bool(left) and not summand.data and leaf.indices == left
            random = residual or self.book.is_effect(leaf.symbol)
            return [replace(summand, leaf=replace(leaf, effect=True)) if random else summand]
        if len(definitions) > 1:
            self._note_sum(leaf.symbol)
        rest = Summand(None, summand.data, summand.negative)
        return [part.times(rest) for d in definitions for part in self._definition(d)]

    def _errors(self, label: Symbol, definitions: list[Definition], summand: Summand) -> list[Summand]:
        """The random effects of a coefficient whose mean is a number: α_j of 12.64 with α_j below it."""
        rest = Summand(None, summand.data)
        if not definitions and heads(label) and summand.leaf is not None:
            effect = Leaf(label, key(label), self.book.close(label), summand.leaf.statement, effect=True)
            return [Summand(effect).times(rest)]
        return [self._error(d).times(rest) for d in definitions if d.error]

    def _definition(self, definition: Definition) -> list[Summand]:
        marker = id(definition)
        if marker in self.open:
            raise self.book.remarks.refusal(
                f"{spell_symbol(definition.symbol)} is defined by itself.",
                "Use different symbols for the coefficient and for what it is made of.",
                self.book.span(definition.statement),
            )
        if len(self.open) > MAX_LEVELS:
            raise self.book.remarks.refusal(
                f"The equations lead from one to the next more than {MAX_LEVELS} times.",
                "Give the equations of one model.",
                self.book.span(definition.statement),
            )
        if marker not in self.done:
            self.open.add(marker)
            left = self.book.close(definition.symbol)
            self.done[marker] = self.expand(definition.body, definition.statement, left)
            if definition.error:
                self.done[marker].append(self._error(definition))
            self.open.discard(marker)
        return self.done[marker]

    def _error(self, definition: Definition) -> Summand:
        symbol = definition.symbol
        return Summand(Leaf(symbol, key(symbol), self.book.close(symbol), definition.statement, effect=True))

    def _note_sum(self, symbol: Symbol) -> None:
        self.book.remarks.info(
            "sum-of-effects",
            f"{spell_symbol(symbol)} is read as the sum of the coefficients of its grouping factors; as "
            "written, only the sum of their means is identified.",
            span=symbol.span,
        )


def _flat(factors: tuple[Node, ...]) -> list[Node]:
    """The factors of a product, those of products within it among them."""
    found: list[Node] = []
    for factor in factors:
        found += _flat(factor.factors) if isinstance(factor, Product) else [factor]
    return found


def labelled_number(symbol: Symbol) -> float | None:
    """The value of a number that carries a symbol as its script, such as 12.64 with α_j below."""
    digits = symbol.base[:1].isdigit() and symbol.base.replace(".", "", 1).isdigit()
    return float(symbol.base) if digits and not symbol.word else None


def is_matrix(symbol: Symbol) -> bool:
    """Whether a symbol may be a matrix of predictors: a capital without a number."""
    return symbol.base in MATRICES and not _is_numbered(symbol)


def _is_numbered(symbol: Symbol) -> bool:
    return any(isinstance(s, Digit) for s in symbol.below)


def _spell(node: Node) -> str:
    match node:
        case Symbol():
            return spell_symbol(node)
        case Apply(function):
            return function
        case _:
            return "a sum in parentheses"
