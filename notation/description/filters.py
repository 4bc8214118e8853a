"""Small filters that the templates use: lists as prose, numbers with their sign."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from math import exp, floor, log10, sqrt
from operator import attrgetter
from typing import Any

DECIMALS = 2

TINY = 1e-6
"""What is smaller is printed as zero: it is the noise of computation."""


def listed(items: Iterable[str], conjunction: str = "and") -> str:
    """Words as "a", "a and b", "a, b, and c"."""
    words = [w for w in items if w]
    if len(words) < 3:
        return f" {conjunction} ".join(words)
    return ", ".join(words[:-1]) + f", {conjunction} {words[-1]}"


def said_by(item: object, macro: Callable[[object], str]) -> str:
    """What a macro says of an item, for use with ``map``."""
    return macro(item)


def in_order(items: Iterable[Any], attribute: str) -> Iterator[tuple[Any, list[Any]]]:
    """Items in groups by an attribute, in their order: Jinja's ``groupby`` would sort them."""
    for value, group in groupby(items, attrgetter(attribute)):
        yield value, list(group)


def number(value: float) -> str:
    """A number with two decimals, or two digits in them, and a true minus sign."""
    text = digits(abs(value), DECIMALS)
    return f"−{text}" if value < 0 and float(text) else text


def digits(value: float, decimals: int) -> str:
    """A number with so many decimals, and with more where it has fewer than two digits in them."""
    small = TINY < value < 10 ** (1 - decimals)
    return f"{value:.{decimals if not small else 1 - floor(log10(value))}f}"


def root(value: float) -> str:
    """The square root of a number: a standard deviation."""
    return number(sqrt(value))


def exponential(value: float) -> str:
    """The exponential of a number, as a ratio."""
    return number(exp(value))


FILTERS: dict[str, Callable[..., Any]] = {
    "listed": listed,
    "said_by": said_by,
    "in_order": in_order,
    "number": number,
    "root": root,
    "exponential": exponential,
}
"""The names by which the templates know them."""
