"""lme4, and R's ``lm`` and ``glm``: ``math ~ ses*sector + (ses | school)``.

Bates, Mächler, Bolker & Walker (2015), "Fitting Linear Mixed-Effects Models Using lme4".
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..errors import CannotSay
from ..expressions import INTERCEPT, Call, Expression, Factor, Indicator, Term
from ..facts.bases import with_columns, without_columns
from ..facts.coding import code, fully_coded
from ..model import Categories, Model, RandomBlock, Response
from ..options import DEFAULT, Options
from ..spelling import quote, spell_factor, spell_number
from .references import r_data

PROGRAM = "lme4"

LOSES: tuple[str, ...] = ("levels", "nesting", "categories", "family", "link")
"""What a formula does not carry; a complete command carries family and link."""


def write(model: Model, options: Options = DEFAULT) -> str:
    """The model as an lme4 formula, or as a complete command (``options.call``).

    Raises CannotSay for what lme4 has no words for: covariance structures other than full and
    diagonal, correlated or heterogeneous residuals, and in a command further families and links.
    """
    _refuse_structures(model)
    if model.weights is not None and not options.call:
        raise CannotSay("a formula has no place for weights; the whole command has (call)")
    right = RFormula(model)
    formula = f"{right.response()} ~ {' + '.join(right.summands())}"
    return _command(model, formula, options) if options.call else formula


def _refuse_structures(model: Model) -> None:
    for block in model.random:
        if block.structure != "full":
            kind = block.structure.replace("_", " ").replace("ar1", "AR(1)")
            raise CannotSay(
                f"lme4 cannot give the random effects of {block.group} the {kind} covariance structure; "
                f"{'SAS and SPSS' if block.structure == 'ar1' else 'nlme, Stata, SAS and SPSS'} can"
            )
    if model.residual is not None and model.residual.ar1_within:
        raise CannotSay("lme4 cannot correlate successive residuals (AR(1)); nlme, brms and SAS can")
    if model.residual is not None and model.residual.by:
        raise CannotSay(f"lme4 cannot give the residuals a variance for each {model.residual.by}; nlme can")


# ------------------------------------------------------------------ the formula


class RFormula:
    """The parts of a model's formula, as text. Programs with a like formula language share or bend it."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.known = {c.variable: c for c in model.categories}

    def response(self) -> str:
        """The left side: ``y``, ``log(y)``, ``cbind(s, n - s)``."""
        match self.model.response:
            case Response(successes, Call("+", (first, failures))) if first == successes:
                return f"cbind({self.number(successes)}, {self.number(failures)})"
            case Response(successes, trials) if trials is not None:
                failed = f"{self.number(trials, 2)} - {self.number(successes, 2)}"
                return f"cbind({self.number(successes)}, {failed})"
            case Response(expression):
                return self.spelled(expression)

    def summands(self) -> Iterator[str]:
        """The summands of the right side."""
        yield self.matrix(self.model.fixed)
        for offset in self.model.offsets:
            yield f"offset({self.number(offset)})"
        yield from self.bars()

    # -- model matrices

    def matrix(self, terms: tuple[Term, ...]) -> str:
        """The terms of one model matrix, as briefly as R understands them."""
        pieces = self._products(terms)
        if INTERCEPT not in terms:
            pieces.insert(0, "0")
        return " + ".join(pieces) or "1"

    def _products(self, terms: tuple[Term, ...]) -> list[str]:
        whole = recombined(terms, self.known)
        slopes = tuple(t for t in whole if t != INTERCEPT)
        starred = self._starred(slopes, whole, terms)
        return [self.product(t, whole, "*" if star else ":") for t, star in starred]

    def _starred(
        self, slopes: tuple[Term, ...], whole: tuple[Term, ...], terms: tuple[Term, ...]
    ) -> list[tuple[Term, bool]]:
        """The products to write, each with whether ``*`` joins it; ``*`` must not change R's coding."""
        pieces = stars(slopes)
        order = [s for t, star in pieces for s in (_parts(t) if star else [t])]
        begin = (INTERCEPT,) if INTERCEPT in whole else ()
        same = set(_expanded((*begin, *order), self.known)) == set(terms)
        return pieces if same else [(t, False) for t in slopes]

    def product(self, term: Term, whole: tuple[Term, ...], sign: str) -> str:
        """A term, its factors joined by a sign; ``whole`` are the terms of its model matrix."""
        return sign.join(self.factor(f, term, whole) for f in term.factors)

    def factor(self, factor: Expression, term: Term, whole: tuple[Term, ...]) -> str:
        """A factor of a term; a categorical variable stands by its name."""
        match factor:
            case Factor(name) if name in self.known and not self.known[name].numeric:
                return quote(name)
            case Indicator():
                return self._indicator(factor, term, whole)
            case _:
                return self.spelled(factor)

    def _indicator(self, factor: Indicator, term: Term, whole: tuple[Term, ...]) -> str:
        """``I(Machine == "B")``, or a number where R would make two columns of what is true or false."""
        spelled = self.spelled(factor)
        known = self.known.get(factor.variable)
        if known and known.numeric:
            spelled = f"I({quote(factor.variable)} == {factor.category})"
        logical = Factor(spelled)
        as_logical = [Term(tuple(logical if f == factor else f for f in t.factors)) for t in whole]
        here = as_logical[whole.index(term)]
        ordered = tuple(sorted(as_logical, key=lambda t: len(t.factors)))
        if INTERCEPT in whole and (here, logical) not in fully_coded(ordered, self.known):
            return spelled
        return "as.numeric" + spelled.removeprefix("I")

    # -- random effects

    def bars(self) -> Iterator[str]:
        """The random effects, ``(x | g)``; ``||`` where all effects of a factor are independent."""
        done: set[str] = set()
        for block in self.model.random:
            same = [b for b in self.model.random if b.group == block.group]
            if len(same) == 1 or any(len(b.terms) > 1 for b in same):
                yield f"({self.matrix(block.terms)} | {self._group(block)})"
            elif block.group not in done:
                yield f"({self._independent(same)} || {self._group(block)})"
            done.add(block.group)

    def _independent(self, blocks: list[RandomBlock]) -> str:
        """The terms of ``||``, each of which is a model matrix by itself."""
        pieces = [piece for b in blocks if b.terms != (INTERCEPT,) for piece in self._products(b.terms)]
        begin = [] if any(b.terms == (INTERCEPT,) for b in blocks) else ["0"]
        return " + ".join(begin + pieces)

    def _group(self, block: RandomBlock) -> str:
        return ":".join(quote(c) for c in self.columns(block.group))

    def columns(self, group: str) -> tuple[str, ...]:
        """The columns that identify the units of a grouping factor."""
        return columns_of(group, self.model)

    def spelled(self, expression: Expression) -> str:
        """An expression as a factor of a term."""
        return spell_factor(expression, self.columns)

    def number(self, expression: Expression, least: int = 0) -> str:
        """An expression where R computes, in brackets if it binds less than ``least``."""
        return spell_number(expression, self.columns, least)


def columns_of(group: str, model: Model) -> tuple[str, ...]:
    """The columns that identify the units of a grouping factor, the outermost first."""
    own = group.split(":")
    outer = [c for g in reversed(model.outer_groups(group)) for c in g.split(":") if c not in own]
    if "" in own or len(set(own)) < len(own):
        raise CannotSay(
            f"a formula cannot name the grouping factor {group!r}: in it a colon joins two columns"
        )
    return tuple(dict.fromkeys([*outer, *own]))


# ------------------------------------------------------------------ recombination


def recombined(terms: tuple[Term, ...], known: dict[str, Categories]) -> tuple[Term, ...]:
    """The terms with factors for indicators and bases for their columns, where R expands them to the same."""
    best = terms
    for variable in [None, *known]:
        tried = without_columns(best) if variable is None else _with_factor(best, variable)
        if set(_expanded(tried, known)) == set(terms):
            best = tried
    together = best
    for variable in known:
        together = _with_factor(together, variable)
    return together if set(_expanded(together, known)) == set(terms) else best


def _with_factor(terms: tuple[Term, ...], variable: str) -> tuple[Term, ...]:
    """The terms with the categorical variable in the place of its indicators."""

    def whole(factor: Expression) -> Expression:
        same = isinstance(factor, Indicator) and factor.variable == variable
        return Factor(variable) if same else factor

    return tuple(dict.fromkeys(Term(tuple(whole(f) for f in t.factors)) for t in terms))


def _expanded(terms: tuple[Term, ...], known: dict[str, Categories]) -> tuple[Term, ...]:
    return code(with_columns(terms), known)


def stars(terms: tuple[Term, ...]) -> list[tuple[Term, bool]]:
    """The terms with ``a + b + a:b`` written as ``a*b``: products, each with whether it is one of these.

    A star is worth it where it covers a main effect that no other covers.
    """
    place = {term: n for n, term in enumerate(terms)}
    covered: set[Term] = set()
    pieces: list[tuple[int, Term, bool]] = []
    # A star holds 2ⁿ − 1 products of its n factors, and all of them must be there.
    possible = (t for t in terms if len(t.factors) > 1 and 2 ** len(t.factors) <= len(terms) + 1)
    for term in sorted(possible, key=lambda t: -len(t.factors)):
        if term in covered:
            continue
        parts = _parts(term)
        new = [p for p in parts if p in place and p not in covered]
        if all(p in place for p in parts) and any(len(p.factors) == 1 for p in new):
            pieces.append((min(place[p] for p in new), term, True))
            covered.update(parts)
    pieces += [(place[t], t, False) for t in terms if t not in covered]
    return [(term, star) for _, term, star in sorted(pieces, key=lambda piece: piece[0])]


def _parts(term: Term) -> list[Term]:
    """Every product of some of a term's factors: of a:b these are a, b and a:b."""
    sizes = range(1, len(term.factors) + 1)
    return [Term(some) for size in sizes for some in combinations(term.factors, size)]


# ------------------------------------------------------------------ commands

_FAMILIES: dict[str, tuple[str, tuple[str, ...]]] = {
    "gaussian": ("gaussian", ("identity", "log", "inverse")),
    "binomial": ("binomial", ("logit", "probit", "cloglog", "cauchit", "log")),
    "poisson": ("poisson", ("log", "identity", "sqrt")),
    "gamma": ("Gamma", ("inverse", "identity", "log")),
}
"""R's families with their links, the default first."""


def _command(model: Model, formula: str, options: Options) -> str:
    arguments = [formula, f"data = {r_data(model, options)}"]
    mixed = bool(model.random)
    name, link = model.family.name, model.family.link
    if (name, link) == ("gaussian", "identity"):
        function = "lmer" if mixed else "lm"
        arguments += ["REML = FALSE"] if mixed and options.reml is False else []
    elif (name, link) == ("negative_binomial", "log"):
        function = "glmer.nb" if mixed else "MASS::glm.nb"
    else:
        function = "glmer" if mixed else "glm"
        arguments.append(f"family = {_family(name, link)}")
    if model.weights is not None:
        arguments.append(f"weights = {spell_number(model.weights)}")
    return f"{function}({', '.join(arguments)})"


def _family(name: str, link: str) -> str:
    if name not in _FAMILIES:
        raise CannotSay(f"lme4 has no {name.replace('_', ' ')} family; glmmTMB and brms have more")
    family, links = _FAMILIES[name]
    if link not in links:
        raise CannotSay(f"R's {family} family has no {link} link; it has {', '.join(links)}")
    return family if link == links[0] else f'{family}(link = "{link}")'
