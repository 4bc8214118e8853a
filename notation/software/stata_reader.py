"""Stata's commands → Model: ``mixed math c.ses##i.sector || sch_id: ses, covariance(unstructured)``.

The stages are commands (:func:`_commands`: comments and line breaks gone, every character in its place),
the columns that ``generate``, ``egen`` and ``encode`` make, and the estimation command itself. An option
that may change the model and is not known is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations

from ..errors import ReadError, Span
from ..expressions import (
    INTERCEPT,
    Call,
    Constant,
    Expression,
    Factor,
    Indicator,
    Mean,
    Term,
    Variable,
)
from ..facts.substitution import substitute_model
from ..formula.bars import Columns, name_groups
from ..model import Family, Model, RandomBlock, Residual, Response, Structure
from ..patterns import pattern
from ..reading import Asked, Reading
from .stata import COVARIANCE
from .stata_columns import MAKES, MadeColumns
from .stata_commands import ESTIMATES, MULTILEVEL, SINGLE_LEVEL, commands, recognises

__all__ = ["COMMANDS", "read", "recognises"]

COMMANDS: dict[str, Family] = {
    **{c: Family(*kind) for kind, c in (*SINGLE_LEVEL.items(), *MULTILEVEL.items()) if "," not in c},
    **dict.fromkeys(("xtmixed", "reg", "meglm", "glm"), Family()),
    "xtmelogit": Family("binomial"),
    "xtmepoisson": Family("poisson"),
}
"""The commands that are read, each with the family that it fits unless told otherwise."""

FAMILIES = {"gaussian": "gaussian", "bernoulli": "binomial", "binomial": "binomial", "poisson": "poisson",
            "nbinomial": "negative_binomial", "gamma": "gamma", "ordinal": "cumulative"}  # fmt: skip
_WITHOUT_MEANING = frozenset(
    """
    mle ml reml variance var stddeviations stddev nolog or irr eform level vce intpoints intmethod dfmethod
    difficult iterate technique nofetable noretable baselevels baseoutcome robust coeflegend
    """.split()  # noqa: SIM905
)


def read(text: str) -> Reading:
    """The model that an estimation command fits, with the columns that are generated before it.

    Raises ReadError with the place of what is not read.
    """
    columns = MadeColumns(text)
    model: Model | None = None
    asked = Asked()
    for start, line in commands(text):
        if ESTIMATES.match(line):
            if model is not None:
                raise ReadError("there is a second estimation command", text, Span(start, start + len(line)))
            command = _Command(text, start, line, columns)
            model, asked = command.model(), command.asked()
        elif MAKES.match(line):
            columns.read(start, line)
        elif line.strip():
            place = Span(start, start + len(line))
            raise ReadError(
                "this command is not read", text, place, "Leave it out if it does not change the model."
            )
    if model is None:
        raise ReadError(
            "expected an estimation command", text, None, "Write mixed y x || g: x, cov(unstructured)."
        )
    return Reading(model, span=Span(0, len(text)), asked=asked)


# ------------------------------------------------------------------ the estimation command


@dataclass
class _Equation:
    """What stands between two ``||``: words before the comma, options behind it."""

    start: int
    words: list[tuple[int, str]]
    options: dict[str, tuple[int, str]] = field(default_factory=dict)


_WORD = pattern(r"[\w.#]+|:|\S")
_OPTION = pattern(r"(\w+)(?:\(((?:[^()]|\([^()]*\))*)\))?|\S")


class _Command:
    """One estimation command."""

    def __init__(self, text: str, start: int, line: str, made: MadeColumns) -> None:
        self.text, self.made = text, made
        self.name, self.bars = line.split(maxsplit=1)[0], [*re.finditer(r"\|\|", line)]
        cuts = [len(self.name), *(m.end() for m in self.bars)]
        ends = [*(m.start() for m in self.bars), len(line)]
        self.equations = [self._equation(start + a, line[a:b]) for a, b in zip(cuts, ends, strict=True)]
        self.options = {**self.equations[0].options, **self.equations[-1].options}

    def model(self) -> Model:
        """The model; the last equation's options are the whole command's as well."""
        found = [random for e in self._random_equations() for random in e]
        groups = name_groups(columns for columns, _, _ in found)
        blocks = tuple(RandomBlock(groups.name_of(c), t, s) for c, t, s in found)
        constant = not any(o.startswith("nocons") for o in self.equations[0].options)
        fixed = ((INTERCEPT,) if constant else ()) + self._fixed()
        by = self._option("residuals")
        response, offsets, family = self._response(), self._offsets(), self._family()
        try:
            model = Model(
                response, fixed, blocks, relations=groups.relations, family=family, offsets=offsets,
                residual=Residual(by=self._by(by)) if by else None,
            )  # fmt: skip
        except ValueError as error:
            raise ReadError(str(error), self.text, Span(0, len(self.text))) from None
        self._check_options()
        return substitute_model(model, lambda e: self._named(e, groups.name_of))

    def asked(self) -> Asked:
        """The estimator: mixed fits by maximum likelihood unless it is told ``reml``."""
        return Asked("reml" in self.options) if self.name in ("mixed", "xtmixed") else Asked()

    def _named(self, expression: Expression, name_of: object) -> Expression:
        if isinstance(expression, Mean) and expression.within and callable(name_of):
            return replace(expression, within=name_of(expression.within.split(":")))
        return expression

    def _equation(self, start: int, text: str) -> _Equation:
        words, comma, options = text.partition(",")
        equation = _Equation(start, [(start + m.start(), m[0]) for m in _WORD.finditer(words)])
        begin = start + len(words) + len(comma)
        for match in _OPTION.finditer(options):
            if match[1] is None:
                raise self._error("expected an option", begin + match.start(), match[0])
            equation.options[match[1]] = (begin + match.start(), match[2] or "")
        return equation

    def _error(self, message: str, start: int, shown: str, mend: str = "") -> ReadError:
        return ReadError(message, self.text, Span(start, start + len(shown)), mend)

    # -- fixed part

    def _fixed(self) -> tuple[Term, ...]:
        _, *items = self.equations[0].words
        return tuple(dict.fromkeys(t for start, word in items for t in self._terms(start, word)))

    def _terms(self, start: int, word: str) -> list[Term]:
        if word in ("if", "in") or not re.fullmatch(r"[\w.]+(?:##?[\w.]+)*", word):
            mend = (
                "Choose the rows beforehand."
                if word in ("if", "in")
                else "Write x, i.g, c.x#c.z or c.x##i.g."
            )
            raise self._error("expected a predictor", start, word, mend)
        operands = [self._operand(start, o, "#" in word) for o in re.split(r"##?", word)]
        if "##" not in word:
            return [_product(operands)]
        sizes = range(1, len(operands) + 1)
        return [_product(list(some)) for n in sizes for some in combinations(operands, n)]

    def _operand(self, start: int, word: str, in_product: bool) -> Expression:
        prefix, dot, name = word.rpartition(".")
        if not dot:
            prefix = "i" if in_product else "c"  # a product is one of factors, unless c. is said
        if re.fullmatch(r"ib?(?:\d+|n|first|last)?", prefix) and not prefix[1:].isdecimal():
            # A text column is its name alone, as in R: its categories make it one.
            return Variable(self.made.codes[name]) if name in self.made.codes else Factor(name)
        if prefix == "c":
            return self.made.expand(Variable(name))
        raise self._error(f"{word} is not read", start, word, "Write i.g for a factor, c.x for a number.")

    # -- random part

    def _random_equations(self) -> Iterator[list[tuple[Columns, tuple[Term, ...], Structure]]]:
        outer: Columns = ()
        for equation in self.equations[1:]:
            (start, level), *rest = equation.words or [(equation.start, "")]
            if not rest or rest[0][1] != ":":
                raise self._error("expected a level variable and a colon", start, level, "Write || g: x.")
            if level == "_all":
                crossed = [w.removeprefix("R.") for _, w in rest[1:]]
                yield [(self.made.columns(name), (INTERCEPT,), "full") for name in crossed]
                continue
            own = self.made.columns(level)
            if not set(own) <= set(outer):
                outer = (*outer, *own)
            yield self._blocks(outer, equation, rest[1:])

    def _blocks(
        self, columns: Columns, equation: _Equation, words: list[tuple[int, str]]
    ) -> list[tuple[Columns, tuple[Term, ...], Structure]]:
        constant = not any(o.startswith("nocons") for o in equation.options)
        slopes = [_as_product(self._slope(*word)) for word in words]
        terms = (*((INTERCEPT,) if constant else ()), *slopes)
        structure = self._structure(equation)
        if structure == "independent":
            return [(columns, (term,), "full") for term in terms]
        return [(columns, terms, structure)]  # type: ignore[list-item]

    def _slope(self, start: int, word: str) -> Expression:
        if not re.fullmatch(r"\w+", word):
            raise self._error("expected the name of a column", start, word, "Random effects take names only.")
        return self.made.expand(Variable(word))

    def _structure(self, equation: _Equation) -> str:
        for name, (start, value) in equation.options.items():
            if name.startswith("cov"):
                for structure, word in COVARIANCE.items():
                    if value and word.startswith(value.strip()):
                        return structure
                raise self._error(f"the covariance structure {value} is not read", start, name)
        return "independent"

    # -- response and options

    def _response(self) -> Response:
        start, name = self.equations[0].words[0]
        if not re.fullmatch(r"\w+", name):
            raise self._error("expected the response", start, name)
        trials = self._option("binomial")
        family, _, count = (self._option("family") or "").partition(" ")
        trials = trials or (count if family.startswith("b") else "")
        expression = self.made.expand(Variable(name))
        if isinstance(expression, Indicator):
            expression = Variable(expression.variable)
        return Response(expression, self.made.expand(Variable(trials.strip())) if trials else None)

    def _offsets(self) -> tuple[Expression, ...]:
        offset, exposure = self._option("offset"), self._option("exposure")
        found = [self.made.expand(Variable(offset))] if offset else []
        return (*found, *([Call("log", (Variable(exposure),))] if exposure else []))

    def _family(self) -> Family:
        stated, link = self._option("family"), self._option("link")
        family = COMMANDS[self.name]
        if stated:
            word = stated.split()[0]
            names = [name for key, name in FAMILIES.items() if key.startswith(word)]
            if not names:
                raise self._error(f"the family {word} is not read", *self._place("family"))
            family = Family(names[0])
        elif self._option("binomial"):
            family = Family("binomial", family.link)
        if link:
            known = {"power -1": "inverse"}.get(link, link)
            try:
                return Family(family.name, known)
            except ValueError as error:
                raise self._error(str(error), *self._place("link")) from None
        return family

    def _by(self, residuals: str) -> str:
        match = re.fullmatch(r"independent, by\((\w+)\)", residuals)
        if not match:
            raise self._error(f"residuals({residuals}) is not read", *self._place("residuals"))
        return match[1]

    def _option(self, name: str) -> str:
        return self.options.get(name, (0, ""))[1]

    def _place(self, option: str) -> tuple[int, str]:
        return self.options[option][0], option

    def _check_options(self) -> None:
        known = _WITHOUT_MEANING | {"binomial", "family", "link", "offset", "exposure", "residuals"}
        for equation in self.equations:
            for name, (start, _) in equation.options.items():
                if name not in known and not name.startswith(("nocons", "cov")):
                    mend = "Leave it out if it does not change the model."
                    raise self._error(f"the option {name} is not known here", start, name, mend)


def _product(operands: list[Expression]) -> Term:
    """A product, in which a number that stands several times is a power."""
    powers = {o: operands.count(o) for o in operands}
    return Term(tuple(o if n == 1 else _power(o, n) for o, n in powers.items()))


def _power(of: Expression, exponent: int) -> Expression:
    return Call("^", (of, Constant(exponent)))


def _as_product(expression: Expression) -> Term:
    """A column that is a product of columns is the slope of their product."""
    match expression:
        case Call("*", factors):
            return Term(factors)
    return Term((expression,))
