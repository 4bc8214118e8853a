"""What the tokens of a statement are to the grammar: functions, distributions, categories, cells.

A name before a bracket is a function (``log(x)``) or a factor (``β(x)``); this is decided here, so that
juxtaposition has one reading and the grammar no conflict.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from ..equations import Digit, Dot, Number
from ..errors import ReadError, Span
from .distributions import big_parentheses, name_length
from .draft import Draft
from .functions import BASES, FUNCTIONS, INVERSE, LOGARITHMS, MOMENTS, PREFIXES, SQUARE, distribution_of
from .tokens import Token

_FACTORS = frozenset(["SYMBOL", "NUMBER", "FRACTION"])
_STRAY = frozenset(["STOP", "COLON", "SEMICOLON", "MEMBER"])


def settle(tokens: list[Token], source: str, variables: frozenset[str]) -> list[Token]:
    """The tokens of one statement as the grammar takes them; ``variables`` are words that are no functions.

    Raises ReadError.
    """
    settling = _Settling(tokens, source, variables)
    place = 0
    while place < len(settling.tokens):
        place = settling.step(place)
    return settling.made


def variables_of(tokens: list[Token]) -> frozenset[str]:
    """The words of a page that stand somewhere without a bracket behind them: these are no functions."""
    return frozenset(
        token.value.base
        for token, following in pairwise(tokens)
        if token.type == "SYMBOL" and token.value.word and following.type != "OPEN"
    )


def partners_of(tokens: list[Token]) -> dict[int, int]:
    """For each opening bracket the place of the one that closes it."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    for place, token in enumerate(tokens):
        if token.type in ("OPEN", "MATRIX_OPEN"):
            opened.append(place)
        elif token.type in ("CLOSE", "MATRIX_CLOSE"):
            partners[opened.pop()] = place
    return partners


class _Settling:
    """One pass over the tokens; each step looks at one of them and at those that follow."""

    def __init__(self, tokens: list[Token], source: str, variables: frozenset[str]) -> None:
        self.tokens = tokens
        self.source = source
        self.variables = variables
        self.partners = partners_of(tokens)
        self.matrices: list[bool] = []  # for each bracket around: whether it is a matrix
        self.bases: set[int] = set()  # the places where the call of a basis is closed
        self.made: list[Token] = []

    def step(self, place: int) -> int:
        """Settles one token; returns the place of the next one to look at."""
        token = self.tokens[place]
        match token.type:
            case "SYMBOL":
                return self.symbol(token, place)
            case "NUMBER" if token.value == "1" and self.is_condition(place + 1):
                self.put("CALL", "1", token)
            case "NUMBER":
                self.put("NUMBER", Number(token.value, token.span), token)
            case "OPEN" | "MATRIX_OPEN":
                self.matrices.append(token.type == "MATRIX_OPEN")
                self.made.append(token)
            case "CLOSE" | "MATRIX_CLOSE":
                return self.close(token, place)
            case "COMMA" | "CELL" | "ROW" if self.matrices and self.matrices[-1]:
                self.separator(token, place)
            case "TILDE":
                self.made.append(token)
                return self.distribution(place + 1)
            case "COLON" if self.joins_symbols(place):
                self.put("TIMES", "·", token)
            case kind if kind in _STRAY:
                said = self.source[token.start : token.end]
                raise self.error(f"{said} has no meaning here", token)
            case _:
                self.made.append(token)
        return place + 1

    def is_condition(self, place: int) -> bool:
        """Whether brackets hold a condition, as those of the indicator ``1(sex = female)`` do."""
        opens = place < len(self.tokens) and self.tokens[place].type == "OPEN"
        return opens and self.holds(place, ("EQUALS", "COMPARISON"))

    def joins_symbols(self, place: int) -> bool:
        """Whether a colon stands between two variables: ``x_ij:w_j`` is an interaction, as in formulas."""
        around = self.tokens[place - 1 : place + 2 : 2] if place else []
        symbols = [t.value for t in around if t.type == "SYMBOL"]
        return len(symbols) == 2 and all(s.below for s in symbols)

    def put(self, kind: str, value: Any, token: Token) -> None:
        """A token with its final type and value, in the place of another."""
        self.made.append(Token(kind, value, token.start, token.end))

    # -- brackets

    def close(self, token: Token, place: int) -> int:
        """A closing bracket; behind that of a basis its column may stand."""
        self.matrices.pop()
        self.made.append(token)
        following = self.tokens[place + 1 : place + 4] if place in self.bases else []
        if [t.type for t in following] != ["OPEN", "NUMBER", "CLOSE"] or following[0].value != "[":
            return place + 1
        number = following[1]
        if not number.value.isdecimal() or int(number.value) == 0:
            raise self.error("columns of a basis are counted from 1", number)
        self.put("COLUMN", int(number.value), number)
        return place + 4

    def separator(self, token: Token, place: int) -> None:
        """Between cells a comma does what & does; beside & or at a row's end it does nothing."""
        following = self.tokens[place + 1].type
        if token.type == "ROW" and following == "MATRIX_CLOSE":
            return
        if token.type == "COMMA" and following in ("CELL", "ROW", "MATRIX_CLOSE"):
            return
        self.put("ROW" if token.type == "ROW" else "CELL", None, token)

    # -- symbols

    def symbol(self, token: Token, place: int) -> int:
        """A symbol by itself, or a name before a bracket."""
        following = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        if following is not None and following.type == "MATRIX_OPEN" and token.value.base in MOMENTS:
            following = self.bracket(place + 1)
        if following is not None and following.type == "OPEN":
            return self.before_bracket(token, place)
        draft: Draft = token.value
        named = self.source[token.start] == "`" or not all(isinstance(s, Digit) for s in draft.below)
        prefix = draft.word and draft.base in PREFIXES and not named
        if prefix and following is not None and following.type in _FACTORS:
            if self.made and self.made[-1].type == "PREFIX":
                raise self.error("functions of functions need brackets", token, "write log(log(x))")
            self.put("PREFIX", self.function(draft, token), token)
        else:
            self.put("SYMBOL", draft.node(token.span), token)
        return place + 1

    def bracket(self, opening: int) -> Token:
        """Puts brackets around a matrix, as in Var [u_0j; u_1j]; returns the opening one."""
        close = self.tokens[self.partners[opening]]
        first = self.tokens[opening]
        self.tokens.insert(self.partners[opening] + 1, Token("CLOSE", ")", close.end, close.end))
        self.tokens.insert(opening, Token("OPEN", "(", first.start, first.start))
        self.partners = partners_of(self.tokens)
        return self.tokens[opening]

    def before_bracket(self, token: Token, place: int) -> int:
        """A function, an indicator, or a factor."""
        draft: Draft = token.value
        opening = self.tokens[place + 1]
        if not draft.word and opening.value == "[" and (looked_up := self.looked_up(place + 1)):
            draft.lower(looked_up)
            self.put("SYMBOL", draft.node(token.span), token)
            return self.partners[place + 1] + 1
        self.refuse_ambiguous(token, place)
        as_text = draft.word and self.source.startswith("\\text{", token.start)
        # What LaTeX sets as text is a name, so \text{log}[\text{B}] is no logarithm.
        square = opening.value == "[" and (as_text or FUNCTIONS.get(draft.base) not in SQUARE)
        if draft.base in FUNCTIONS and not square and _can_be_function(draft):
            self.put("CALL", self.function(draft, token), token)
            if draft.base in BASES:
                self.bases.add(self.partners[place + 1])
        elif draft.base == "P" and draft.bare and self.holds(place + 1, ("EQUALS", "BAR", "COMPARISON")):
            self.put("CALL", "Pr", token)
        elif draft.word and not draft.below and not draft.category and opening.start == token.end:
            return self.word_before_bracket(draft, token, place)
        else:
            self.put("SYMBOL", draft.node(token.span), token)
        return place + 1

    def looked_up(self, opening: int) -> str:
        """The index in brackets behind a letter, ``α[j]``, ``α[school[i]]``; "" where there is none."""
        inside = self.tokens[opening + 1 : self.partners[opening]]
        names = [t.value.base for t in inside if t.type == "SYMBOL" and t.value.bare]
        match [t.type for t in inside], names:
            case ["SYMBOL"], ["i" | "j" | "k" as index]:
                return str(index)
            case ["SYMBOL", "OPEN", "SYMBOL", "CLOSE"], [group, "i" | "j" | "k" as index]:
                return f"`{group}`[{index}]"
            case _:
                return ""

    def refuse_ambiguous(self, token: Token, place: int) -> None:
        """Raises ReadError for ``a[tank]``, of a group or a product, and for the response ``y(t)``."""
        opening, close = self.tokens[place + 1], self.partners[place + 1]
        if token.value.word or token.value.base in FUNCTIONS or close != place + 3:
            return
        inside = self.tokens[place + 2]
        if inside.type != "SYMBOL":
            return
        name, argument = token.value.base, inside.value.base
        if name == "Q" and Dot() in token.value.below:  # the quantile Q_0.25(y_ij)
            return
        said = self.source[token.start : self.tokens[close].end]
        if opening.value == "[" and opening.start == token.end and inside.value.word and inside.value.bare:
            mend = (
                f"write {name}_{argument}[i] for a coefficient of each group, {name}·{argument} for a product"
            )
            raise self.error(f"{said} could be looked up in a group or a product", token, mend)
        relation = self.tokens[close + 1].type if close + 1 < len(self.tokens) else ""
        if opening.value == "(" and place == 0 and relation in ("EQUALS", "TILDE"):
            mend = f"give the response indices, as in {name}_ti, and no brackets"
            raise self.error(f"{said} could be a function or a product", token, mend)

    def function(self, draft: Draft, token: Token) -> str:
        """The name of a function: log₁₀ and logit⁻¹ are functions of their own."""
        name = FUNCTIONS[draft.base]
        if draft.below:
            base = "".join(str(d.value) for d in draft.below if isinstance(d, Digit))
            name = LOGARITHMS.get(base, "")
        if draft.power:
            name = INVERSE.get(name, "") if draft.power == "-1" else ""
        if not name or draft.above or draft.transposed:
            raise self.error("this is no function that is known", token)
        return name

    def word_before_bracket(self, draft: Draft, token: Token, place: int) -> int:
        """``Machine[B]`` is an indicator, ``rcs(x, 3)`` a call; ``week(FRL)`` could be anything."""
        opening, close = self.tokens[place + 1], self.partners[place + 1]
        inside = self.tokens[place + 2 : close]
        if opening.value == "[" and len(inside) == 1 and inside[0].type in ("SYMBOL", "NUMBER"):
            self.indicator(draft, token, inside[0], self.tokens[close])
            return close + 1
        if draft.base in self.variables:
            self.put("SYMBOL", draft.node(token.span), token)
            return place + 1
        if opening.value == "(" and draft.bare and (draft.function or self.holds(place + 1, ("COMMA",))):
            self.put("CALL", draft.base, token)
            return place + 1
        message = f"{draft.base}(…) could be a function or a product"
        known = "functions that are known are log, exp, sqrt, logit and the like"
        raise self.error(message, token, f"write {draft.base} × (…) for a product; {known}")

    def indicator(self, draft: Draft, token: Token, category: Token, close: Token) -> None:
        """``\\text{Machine}[\\text{B}]_{ij}``: the scripts behind the bracket are the variable's."""
        inner = category.value if isinstance(category.value, Draft) else Draft(category.value)
        if inner.accent or inner.category or inner.above:
            raise self.error("a category is a plain name", category)
        draft.category, draft.below, draft.power = inner.base, inner.below, inner.power
        span = Span(token.start, max(close.end, category.end))
        self.made.append(Token("SYMBOL", draft.node(span), span.start, span.end))

    def holds(self, opening: int, kinds: tuple[str, ...]) -> bool:
        """Whether a bracket holds a token of some kind, outside of further brackets."""
        place = opening + 1
        while place < self.partners[opening]:
            if self.tokens[place].type in kinds:
                return True
            place = self.partners.get(place, place) + 1
        return False

    # -- distributions

    def distribution(self, place: int) -> int:
        """The name of a distribution and its brackets, behind which nothing else may stand."""
        stop = place + name_length(self.tokens[place:])
        names = [t for t in self.tokens[place:stop] if t.type == "SYMBOL" and not _says_iid(t)]
        if not names:
            mend = "write N(mean, variance) or Bernoulli(p)"
            raise self.error("a distribution is expected behind ~", self.tokens[place - 1], mend)
        spelling = "-".join(t.value.base.strip("-") for t in names)
        opening = self.tokens[stop] if stop < len(self.tokens) else names[-1]
        if opening.type not in ("OPEN", "MATRIX_OPEN"):
            raise self._no_distribution(names, spelling)
        self.made.append(
            Token("DISTRIBUTION", (distribution_of(spelling), spelling), names[0].start, names[-1].end)
        )
        if opening.type == "MATRIX_OPEN":
            if self.partners[stop] != len(self.tokens) - 1:
                raise self.error("the arguments are expected in one pair of brackets", opening)
            self.tokens[stop:] = big_parentheses(self.tokens[stop:])
            self.partners = partners_of(self.tokens)
        return stop

    def _no_distribution(self, names: list[Token], spelling: str) -> ReadError:
        if distribution_of(spelling) != "other":
            message = f"the distribution {spelling} lacks its arguments"
            return self.error(message, names[-1], f"write {spelling}(…)")
        return self.error(
            "no distribution stands behind ~",
            names[0],
            "write = for an equation, N(mean, variance) for a distribution, names in backticks; a formula "
            "has one ~, and a = only inside of a call",
        )

    def error(self, message: str, token: Token, mend: str = "") -> ReadError:
        """An error at a token."""
        return ReadError(message, self.source, token.span, mend)


def _can_be_function(draft: Draft) -> bool:
    return not draft.category and not draft.accent and (draft.base == "log" or not draft.below)


def _says_iid(token: Token) -> bool:
    return token.value.base.lower() in ("iid", "ind", "indep")
