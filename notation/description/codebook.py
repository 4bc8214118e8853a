"""A codebook: what the variables of a data set are called, in which units, and what their categories mean.

A file of one of three kinds. CSV has a row for each variable:

    variable,label,unit,categories
    math,mathematics,points,
    sector,school sector,,0: public; 1: Catholic

JSON and TOML have an object for each variable, with any of the same names:

    [sector]
    label = "school sector"
    categories = {0 = "public", 1 = "Catholic"}

A codebook is that of the data: it may know more variables than a model has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import DataError

COLUMNS = ("variable", "label", "unit", "categories")
"""The columns of a codebook; all but the first may be missing."""


@dataclass(frozen=True)
class Codebook:
    """Labels and units by variable, and the labels of categories by variable and category."""

    labels: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def with_words(self, labels: Mapping[str, str], units: Mapping[str, str]) -> Codebook:
        """The codebook with words that were given beside it, which come first."""
        return Codebook({**self.labels, **labels}, {**self.units, **units}, self.categories)


NO_CODEBOOK = Codebook()


def read_codebook(source: Codebook | Mapping[str, Any] | Path | None) -> Codebook:
    """The codebook of a file (``.csv``, ``.json``, ``.toml``) or of a mapping by variable.

    Raises DataError where a file cannot be read, or is no codebook.
    """
    match source:
        case None:
            return NO_CODEBOOK
        case Codebook():
            return source
        case Mapping():
            return _codebook(source, "the codebook")
        case Path():
            return _codebook(_entries(source), str(source))
        case other:
            raise DataError(f"a codebook is a file (a Path) or a mapping by variable, not {other!r}")


# ------------------------------------------------------------------ files


def _entries(path: Path) -> Mapping[str, Any]:
    readers = {".csv": _of_csv, ".json": _of_json, ".toml": _of_toml}
    if path.suffix.lower() not in readers:
        raise DataError(f"{path} is no codebook: a codebook is a file {', '.join(readers)}")
    try:
        text = path.read_text(encoding="utf-8-sig")
        found = readers[path.suffix.lower()](text)
    except OSError as error:
        raise DataError(f"the codebook {path} cannot be read: {error.strerror}") from error
    except ValueError as error:  # no UTF-8, no JSON, no TOML
        raise DataError(f"the codebook {path} cannot be read: {error}") from error
    if not isinstance(found, Mapping):
        raise DataError(f"the codebook {path} needs an object for each variable")
    return found


def _of_csv(text: str) -> Mapping[str, Any]:
    import csv

    rows = list(csv.DictReader(text.splitlines()))
    if not rows or "variable" not in rows[0]:
        raise ValueError(f"its first line must name the columns {', '.join(COLUMNS)}")
    return {row.pop("variable"): row for row in rows}


def _of_json(text: str) -> Any:
    import json

    return json.loads(text)


def _of_toml(text: str) -> Any:
    import tomllib

    return tomllib.loads(text)


# ------------------------------------------------------------------ entries


def _codebook(entries: Mapping[str, Any], source: str) -> Codebook:
    labels: dict[str, str] = {}
    units: dict[str, str] = {}
    categories: dict[str, Mapping[str, str]] = {}
    for name, entry in entries.items():
        known = _checked(name, entry, source)
        for column, found in (("label", labels), ("unit", units)):
            if known.get(column):
                found[name] = str(known[column]).strip()
        if known.get("categories"):
            categories[name] = _categories(name, known["categories"], source)
    return Codebook(labels, units, categories)


def _checked(name: str, entry: Any, source: str) -> Mapping[str, Any]:
    """An entry as an object; a text alone is a label."""
    if isinstance(entry, str):
        return {"label": entry}
    if not isinstance(entry, Mapping):
        raise DataError(f"{source}: {name} needs a label, or an object with {_listed(COLUMNS[1:])}")
    strange = [str(key) for key in entry if key not in COLUMNS]
    if strange:
        raise DataError(f"{source}: {name} has {_listed(strange)}; a codebook has {_listed(COLUMNS[1:])}")
    return entry


def _categories(name: str, given: Any, source: str) -> Mapping[str, str]:
    """The labels by category, from an object or from "0: public; 1: Catholic"."""
    if isinstance(given, Mapping):
        return {str(category): str(label) for category, label in given.items()}
    pairs = [part.partition(":") for part in str(given).split(";") if part.strip()]
    if not all(colon for _, colon, _ in pairs):
        raise DataError(f'{source}: the categories of {name} are written "0: public; 1: Catholic"')
    return {category.strip(): label.strip() for category, _, label in pairs}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
