"""A formula as it is written: the tree that the grammar yields, before anybody asks what it means.

Every node knows its place in the source, so that an error can point to it.
"""

from __future__ import annotations

from typing import TypeGuard

from ..errors import Span
from ..frozen import frozen


@frozen
class Name:
    """A name, without its backticks; ``quoted`` tells whether it had any."""

    text: str
    span: Span
    quoted: bool = False


@frozen
class Number:
    """A number, with its characters."""

    value: float
    text: str
    span: Span


@frozen
class Text:
    """A text in quotation marks, without these."""

    text: str
    span: Span


@frozen
class Dot:
    """``.``: every other column of the data."""

    span: Span


@frozen
class Chain:
    """Operands with operators of one precedence between them: ``a + b - c``."""

    operands: tuple[Node, ...]
    operators: tuple[str, ...]
    span: Span


@frozen
class Sign:
    """A sign before an operand: ``-1``."""

    sign: str
    of: Node
    span: Span


@frozen
class OneSided:
    """A formula without a left side: ``~ x``."""

    of: Node
    span: Span


@frozen
class Group:
    """What stands in round brackets."""

    of: Node
    span: Span


@frozen
class Argument:
    """An argument of a call; ``name`` is empty where none was given."""

    name: str
    value: Node
    span: Span


@frozen
class Call:
    """A call, ``log(x)``. ``function`` has lost its package: ``splines::ns`` is ``ns``."""

    function: str
    arguments: tuple[Argument, ...]
    span: Span


@frozen
class Column:
    """What stands in square brackets behind something: ``poly(x, 2)[, 1]``, ``d["school"]``."""

    of: Node
    number: Node
    span: Span


Node = Name | Number | Text | Dot | Chain | Sign | OneSided | Group | Call | Column


def is_chain(node: Node, operators: str) -> TypeGuard[Chain]:
    """Whether the node joins operands by one of these (blank-separated) operators."""
    return isinstance(node, Chain) and node.operators[0] in operators.split()


def without_brackets(node: Node) -> Node:
    """The node inside of any round brackets around it."""
    while isinstance(node, Group):
        node = node.of
    return node
