"""Random effects: what ``(x | g)``, ``(x || g)`` and ``(x | a/b)`` say, and which factor is nested in which.

A formula names a grouping factor by columns. Where ``a`` has random effects, ``a:b`` is the factor
``b`` nested in ``a``; where ``a`` and ``b`` both have, it is their interaction; where neither has, it
is one factor of two columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import cast

from ..errors import ReadError
from ..expressions import INTERCEPT, Term
from ..frozen import frozen
from ..model import Nested, RandomBlock, Structure
from . import syntax
from .algebra import columns_of, expand, in_order
from .expressions import Source
from .syntax import Node, is_chain, without_brackets

Columns = tuple[str, ...]
"""The columns whose combinations are the units of a grouping factor."""


@frozen
class Bar:
    """One block of random effects, with its grouping factor still in columns."""

    columns: Columns
    terms: tuple[Term, ...]
    node: syntax.Chain
    structure: Structure = "full"


def is_bar(node: Node) -> bool:
    """Whether the node is ``(x | g)``, with its brackets."""
    return isinstance(node, syntax.Group) and is_chain(without_brackets(node), "| ||")


def read_bar(node: Node, source: Source) -> list[Bar]:
    """The blocks that one pair of brackets with a bar stands for."""
    chain = cast("syntax.Chain", without_brackets(node))
    left, right = chain.operands
    blocks = _blocks(left, chain.operators[0] == "||", source)
    return [Bar(columns, block, chain) for columns in _groups(right, source) for block in blocks]


def _blocks(left: Node, independent: bool, source: Source) -> list[tuple[Term, ...]]:
    """The terms that vary; behind ``||`` each is a block of its own, as lme4 expands it."""
    expansion = expand(left, source)
    slopes = in_order(expansion.terms)
    whole = slopes if expansion.intercept is False else (INTERCEPT, *slopes)
    if not whole:
        raise source.error("no term is left that could vary", left, "Write (1 | g) or (0 + x | g).")
    parts = [(t,) for t in whole] if independent else [whole]
    return [columns_of(part, left, source) for part in parts]


def _groups(node: Node, source: Source) -> list[Columns]:
    """The grouping factors behind a bar: ``a/b`` is two, ``a:b`` one of two columns."""
    node = without_brackets(node)
    return _nested_groups(node, source) if is_chain(node, "/") else [_columns(node, source)]


def _nested_groups(node: syntax.Chain, source: Source) -> list[Columns]:
    """``a/b/c`` is a, a:b and a:b:c."""
    found: list[Columns] = []
    for part in node.operands:
        outer = found[-1] if found else ()
        found += [(*outer, *inner) for inner in _groups(part, source)]
    return found


def _columns(node: Node, source: Source) -> Columns:
    node = without_brackets(node)
    match node:
        case syntax.Name(text):
            return (_checked(text, node, source),)
        case syntax.Call("factor" | "as.factor" | "C", (syntax.Argument(value=syntax.Name(text)),)):
            return (_checked(text, node, source),)
        case syntax.Chain(operands, (":", *_)):
            return tuple(dict.fromkeys(column for part in operands for column in _columns(part, source)))
    message = f"expected a grouping factor, found {source.shown(node)}"
    raise source.error(
        message, node, "A grouping factor is a column, a:b for combinations, or a/b for nesting."
    )


def _checked(name: str, node: Node, source: Source) -> str:
    if ":" in name:
        raise source.error(
            f"the grouping factor `{name}` has a colon in its name", node, "Rename the column."
        )
    return name


# ------------------------------------------------------------------ nesting


@frozen
class Groups:
    """The names of the grouping factors by their sets of columns, and their relations."""

    names: dict[frozenset[str], str]
    relations: frozenset[Nested]

    def name_of(self, columns: Iterable[str]) -> str:
        """The name of the factor of these columns; ``a:b`` where it is none of the model's."""
        columns = tuple(columns)
        return self.names.get(frozenset(columns), ":".join(columns))


def name_groups(found: Iterable[Columns]) -> Groups:
    """Name each grouping factor by its own columns, those that no factor around it has.

    >>> name_groups([("school",), ("school", "student")]).relations
    frozenset({Nested(inner='student', outer='school')})
    """
    columns = {frozenset(each): each for each in found}
    outers = {each: [other for other in columns if other < each] for each in columns}
    own = {each: _own(each, order, outers[each]) for each, order in columns.items()}
    often = Counter(own.values())
    names = {each: name if often[name] == 1 else ":".join(columns[each]) for each, name in own.items()}
    relations = {Nested(names[inner], names[outer]) for inner in columns for outer in outers[inner]}
    return Groups(names, frozenset(relations))


def _own(each: frozenset[str], order: Columns, outers: list[frozenset[str]]) -> str:
    rest = each.difference(*outers)
    return ":".join(c for c in order if c in (rest or each))


def random_blocks(bars: list[Bar], groups: Groups, source: Source) -> tuple[RandomBlock, ...]:
    """The blocks of the model. Raises ReadError where one term varies by one factor in two bars."""
    seen: set[tuple[str, Term]] = set()
    for bar in bars:
        group = groups.name_of(bar.columns)
        twice = next((t for t in bar.terms if (group, t) in seen), None)
        if twice is not None:
            raise _two_variances(twice, group, bar, source)
        seen |= {(group, term) for term in bar.terms}
    return tuple(RandomBlock(groups.name_of(bar.columns), bar.terms, bar.structure) for bar in bars)


def _two_variances(term: Term, group: str, bar: Bar, source: Source) -> ReadError:
    what = "the intercept" if term == INTERCEPT else "one slope"
    message = f"{what} varies by {group} in two bars: its two variances cannot be told apart"
    shown = source.shown(bar.node.operands[1])
    mend = f"Write one bar (x | {shown}), or (1 | {shown}) + (0 + x | {shown}) for independent effects."
    return source.error(message, bar.node, mend)
