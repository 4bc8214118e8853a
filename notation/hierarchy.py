"""The tree of coefficients of a hierarchical model: terms ↔ level equations.

A fixed term is split by the levels of its factors. The observation-level part names the level-1
coefficient, the level-2 part a summand of that coefficient's level-2 equation, and so on:

    math ~ week*FRL + Size + FRL:Size + week:Size + (week | school:student) + (week + FRL | school)

    π_0 ─┬─ β_00 ─┬─ γ_000            π_1 ─┬─ β_10 ─┬─ γ_100
         │        ├─ γ_001 Size            │        ├─ γ_101 Size
         │        └─ u_00                  │        └─ u_10
         ├─ β_01 FRL ─┬─ γ_010             ├─ β_11 FRL ── γ_110
         │            ├─ γ_011 Size        └─ r_1
         │            └─ u_01
         └─ r_0

R&B and G&H both draw this tree. Summands are numbered within each equation, 0 being the intercept
(Raudenbush & Bryk 2002, ch. 2 and 8).
"""

from __future__ import annotations

from collections.abc import Iterator

from .errors import CannotSay, NeedsMore
from .expressions import INTERCEPT, Factor, Term
from .frozen import frozen
from .model import OBSERVATION, UNKNOWN, Level, Model
from .spelling import spell_term


@frozen
class Branch:
    """A coefficient of the tree, with the summands of its own equation.

    ``path`` holds the numbers on the way from level 1 (``(0, 1)`` is β_01). ``predictor`` is what
    it is multiplied by in the equation it stands in, ``product`` the product of all predictors on the
    way. ``group`` is the grouping factor over which its equation runs, empty for a leaf: a fixed
    coefficient. ``random`` says whether that equation has a random effect.
    """

    path: tuple[int, ...]
    predictor: Term
    product: Term
    group: str
    children: tuple[Branch, ...]
    random: bool

    @property
    def leaf(self) -> bool:
        """Whether this is a fixed coefficient."""
        return not self.group

    @property
    def fixed(self) -> bool:
        """Whether one fixed coefficient is all there is: nothing varies and nothing predicts it."""
        if self.leaf:
            return True
        only = self.children[0] if len(self.children) == 1 else None
        return only is not None and not self.random and not only.predictor and only.fixed

    def walk(self) -> Iterator[Branch]:
        """This branch and everything above it in the tree, depth first."""
        yield self
        for child in self.children:
            yield from child.walk()


def hierarchy(model: Model) -> tuple[Branch, ...]:
    """The level-1 coefficients of a model whose grouping factors form one chain.

    Raises NeedsMore where a level, a nesting or the categories of a factor are not known, and
    CannotSay for a random slope of a variable that does not vary within the group.
    """
    require_relations(model)
    require_levels(model)
    chain = model.chain
    if chain is None:
        raise CannotSay(
            f"The grouping factors {', '.join(model.group_names)} are not nested in one another, "
            "so there is no single hierarchy of levels."
        )
    fixed = [(split(model, term, chain), False) for term in model.fixed]
    random = [
        (_random_path(model, block.group, term, chain), True)
        for block in model.random
        for term in block.terms
    ]
    return _branches(fixed + random, chain, (), INTERCEPT)


def walk(branches: tuple[Branch, ...]) -> Iterator[Branch]:
    """Every branch of a tree, depth first."""
    for branch in branches:
        yield from branch.walk()


_Path = tuple[Term, ...]
"""A term cut by level: its observation-level part, its part at the first group, and so on.

A path that ends early is that of a random effect: it leads to the coefficient that varies.
"""


def _branches(
    paths: list[tuple[_Path, bool]], chain: tuple[str, ...], path: tuple[int, ...], product: Term
) -> tuple[Branch, ...]:
    """The summands of one equation: ``paths`` are what is left of the terms at this depth."""
    groups: dict[Term, list[tuple[_Path, bool]]] = {}
    for parts, random in paths:
        groups.setdefault(parts[0], []).append((parts[1:], random))
    ordered = sorted(groups, key=bool)  # the intercept first, the others as they came
    numbers = iter(range(1, len(ordered) + 1))
    depth = len(path)
    found = []
    for predictor in ordered:
        number = next(numbers) if predictor else 0
        rest = [(p, r) for p, r in groups[predictor] if p]
        inner, whole = (*path, number), product * predictor
        found.append(
            Branch(
                path=inner,
                predictor=predictor,
                product=whole,
                group=chain[depth] if depth < len(chain) else "",
                children=_branches(rest, chain, inner, whole) if rest else (),
                random=any(r and not p for p, r in groups[predictor]),
            )
        )
    return tuple(found)


def split(model: Model, term: Term, chain: tuple[str, ...]) -> _Path:
    """A term cut into its observation-level part and its parts at each grouping factor."""
    places: dict[Level, int] = {OBSERVATION: 0, "": 0, **{group: n for n, group in enumerate(chain, 1)}}
    parts: list[list[object]] = [[] for _ in range(len(chain) + 1)]
    for factor in term.factors:
        parts[places[model.level_of(factor)]].append(factor)
    return tuple(Term(tuple(part)) for part in parts)  # type: ignore[arg-type]


def _random_path(model: Model, group: str, term: Term, chain: tuple[str, ...]) -> _Path:
    depth = chain.index(group) + 1
    parts = split(model, term, chain)
    if any(parts[depth:]):
        constant = Term(tuple(factor for part in parts[depth:] for factor in part.factors))
        raise constant_within(term, group, constant)
    return parts[:depth]


def constant_within(term: Term, group: str, constant: Term = INTERCEPT) -> CannotSay:
    """The refusal of a random slope of what, or of a product of which a part, is constant in the group."""
    name, part = spell_term(term), spell_term(constant or term)
    what = name if part == name else f"{part}, a part of this product,"
    return CannotSay(
        f"The slope of {name} is random by {group}, but {what} is constant within {group}: no level "
        f"equation has such an effect. Remove {name} from the random effects of {group}, or say that "
        f"{part} varies within it."
    )


def require_relations(model: Model) -> None:
    """Raises NeedsMore where it is not known whether two grouping factors are nested or crossed."""
    if model.unrelated:
        a, b = model.unrelated[0]
        raise NeedsMore(
            f"It is not known whether {a} and {b} are nested or crossed. Give data, or say it: "
            f'nesting=["{a} < {b}"] (--nesting "{a} < {b}") for {a} nested in {b}, "{a} x {b}" for crossed.'
        )


def require_levels(model: Model) -> None:
    """Raises NeedsMore where the level of a variable or the categories of a factor are not known."""
    unknown = [name for name, level in model.levels if level is UNKNOWN]
    if unknown:
        groups = "; ".join(f"{group}: …" for group in model.group_names)
        raise NeedsMore(
            f"The level of {', '.join(unknown)} is not known. Give data, or say which variables are constant "
            f'within which groups: --levels "{groups}", in Python levels={{"{model.group_names[0]}": […]}}; '
            "variables that are not listed vary between the observations."
        )
    require_categories(model)


def require_categories(model: Model) -> None:
    """Raises NeedsMore where the categories of a factor are not known."""
    factors = [f.variable for t in model.terms for f in t.factors if isinstance(f, Factor)]
    if factors:
        raise NeedsMore(
            f"The categories of {factors[0]} are not known. Give data, or say them, the reference first: "
            f'categories={{"{factors[0]}": ["A", "B"]}} (--categories "{factors[0]}: A, B").'
        )
