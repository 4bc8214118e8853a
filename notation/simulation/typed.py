"""Parameters, sizes and predictors as they are typed on the command line.

(Intercept) = 12; ses = 2; SD(school, (Intercept)) = 3; Residual = 39
school: 30; observations: poisson 20
sector: bernoulli 0.4; week: 0, 1, 2, 3
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..errors import ReadError
from .draws import DISTRIBUTIONS


def parse_parameters(text: str) -> dict[str, float]:
    """Numbers by name: ``name = number``, separated by semicolons or lines. Raises ReadError."""
    found = {}
    for part in _parts(text):
        name, equals, value = part.rpartition("=")
        if not equals or not name.strip():
            raise ReadError(f"{part!r} gives no parameter a value", mend='Write "ses = 2; Residual = 39".')
        found[name.strip()] = parse_number(value)
    return found


def parse_sizes(text: str) -> dict[str, Any]:
    """Sizes by grouping factor: ``30``, ``3, 4, 5``, ``5 to 10`` or ``poisson 20``. Raises ReadError."""
    found: dict[str, Any] = {}
    for name, words in _named(text):
        low, to, high = words.partition(" to ")
        if to:
            found[name] = (_whole(low), _whole(high))
        else:
            value = _value(words)
            found[name] = value if isinstance(value, tuple) else _whole_numbers(value)
    return found


def parse_predictors(text: str) -> dict[str, Any]:
    """Where variables come from: ``bernoulli 0.4``, or the values, ``0, 1, 2``. Raises ReadError."""
    return {name: _value(words) for name, words in _named(text)}


def parse_values(text: str) -> dict[str, str]:
    """Values of variables at a point or in a row: ``ses = 0.5, sector = 1, Machine = B``.

    They stay texts, since "007" may be the name of a school. Raises ReadError.
    """
    found = {}
    for part in text.replace(";", ",").split(","):
        name, equals, value = part.rpartition("=")
        if not equals:
            raise ReadError(
                f"{part.strip()!r} gives no variable a value", mend='Write "ses = 0.5, sector = 1".'
            )
        found[name.strip()] = value.strip()
    return found


def parse_number(text: str) -> float:
    """A number. Raises ReadError."""
    try:
        return float(text.replace("−", "-"))
    except ValueError:
        raise ReadError(f"{text.strip()!r} is no number") from None


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\n", ";").split(";") if part.strip()]


def _named(text: str) -> Iterator[tuple[str, str]]:
    for part in _parts(text):
        name, colon, words = part.rpartition(":")
        if not colon:
            raise ReadError(f"expected a name, a colon and numbers, not {part!r}", mend='Write "school: 30".')
        yield name.strip(), words.strip()


def _value(words: str) -> Any:
    """A distribution with its numbers, or a list of numbers."""
    first, *others = words.replace(",", " ").split() or [""]
    if first in DISTRIBUTIONS:
        return (first, *map(parse_number, others))
    return [parse_number(word) for word in (first, *others)]


def _whole_numbers(numbers: list[float]) -> int | list[int]:
    whole = [_whole(str(number)) for number in numbers]
    return whole[0] if len(whole) == 1 else whole


def _whole(text: str) -> int:
    number = parse_number(text)
    if number != int(number):
        raise ReadError(f"{text.strip()} is no whole number")
    return int(number)
