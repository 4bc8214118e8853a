"""English words for what a model names: units in the plural, variables that say time, phrases of two names.

Another language is another module with these names, a line in :data:`notation.description.LANGUAGES` and a
folder of templates beside ``templates/describe/en``, which hold the sentences.
"""

from __future__ import annotations

from collections.abc import Iterable

OBSERVATIONS = "observations"
"""What the observations are called where nobody has a word for them."""

INTERCEPT = "intercept"
"""The term that multiplies nothing."""

UNIT = "unit"
"""One unit of a number of which nobody says what it is measured in."""

IRREGULAR = {
    "person": "people",
    "child": "children",
    "man": "men",
    "woman": "women",
    "family": "families",
    "country": "countries",
    "county": "counties",
    "city": "cities",
    "university": "universities",
    "study": "studies",
    "body": "bodies",
    "class": "classes",
    "batch": "batches",
    "branch": "branches",
    "church": "churches",
    "mouse": "mice",
    "species": "species",
}
"""Words of units with their plurals, as far as these do not simply end in s."""

PLURALS = frozenset(IRREGULAR.values())

TIME = {
    "hour": ("hourly", "hour"),
    "day": ("daily", "day"),
    "week": ("weekly", "week"),
    "month": ("monthly", "month"),
    "year": ("yearly", "year"),
    "time": ("", "unit of time"),
    "occasion": ("", "occasion"),
    "wave": ("", "wave"),
    "age": ("", "unit of age"),
    "grade": ("", "grade"),
}
"""Variables whose names say time: "the weekly gain", or "the gain per occasion"."""

PERHAPS_TIME = ("age", "grade", "hour")
"""In these people of one survey differ too: they are time only where occasions are observed."""

OCCASIONS = (
    "occasion",
    "time",
    "point",
    "wave",
    "measurement",
    "visit",
    "session",
    "day",
    "week",
    "month",
    "year",
)
"""Words that say that the observations are occasions."""


def units_of(name: str) -> str:
    """The units of a grouping factor by its name, where that is no word."""
    return f"units of {name}"


def measured(unit: str, name: str) -> str:
    """One unit of a variable: ``year of age``."""
    return f"{unit} of {name}"


def overall_mean(name: str) -> str:
    """The mean of a variable over all observations."""
    return f"the overall mean of {name}"


def mean_in(name: str, units: str) -> str:
    """The mean of a variable in the units of a level."""
    return f"the mean of {name} in {units}"


def varying_by(terms: Iterable[str], group: str) -> str:
    """Terms whose coefficients vary by a grouping factor."""
    return f"{', '.join(terms)} by {group}"


def combinations(units: Iterable[str]) -> str:
    """The units that crossed grouping factors make together."""
    return f"combinations of {' and '.join(units)}"


def plural(name: str) -> str:
    """What the units of a level are called: ``schools``, or ``units of sch_id`` for what is no word."""
    *before, last = name.split(" ")
    if not _is_word(last):
        return units_of(name)
    return " ".join([*before, _plural_word(last)])


def singular(name: str) -> str:
    """What one unit of a level is called: ``school`` for schools, ``unit of sch_id`` for what is no word."""
    *before, last = name.split(" ")
    if not _is_word(last):
        return f"unit of {name}"
    return " ".join([*before, _singular_word(last)])


def one_unit(unit: str) -> str:
    """One of what something is measured in: ``year`` of years; ``100 students`` are one unit as they are."""
    *before, last = unit.split(" ")
    if unit[:1].isdecimal() or not _is_word(last):
        return unit
    return " ".join([*before, _singular_word(last)])


def _singular_word(word: str) -> str:
    lower = word.lower()
    for one, several in IRREGULAR.items():
        if lower == several:
            return word[0] + one[1:]
    if plural(word) != word or len(word) < 4:
        return word
    return word.removesuffix("es" if lower.endswith(("sses", "xes", "zes", "shes")) else "s")


def _is_word(text: str) -> bool:
    """Whether a text may be an English noun: three or more letters, none but the first a capital."""
    return (
        len(text) > 2
        and text.isascii()
        and text.isalpha()
        and text[1:].islower()
        and not text.lower().endswith("id")
    )


def _plural_word(word: str) -> str:
    lower = word.lower()
    if lower in PLURALS or (
        lower.endswith("s") and not lower.endswith(("ss", "us", "is")) and lower not in IRREGULAR
    ):
        return word
    if lower in IRREGULAR:
        return word[0] + IRREGULAR[lower][1:]
    return word + ("es" if lower.endswith(("s", "x", "z", "sh")) else "s")


def time_word(name: str, observations: str) -> tuple[str, str] | None:
    """The adjective and the unit of a variable that says time; None for any other.

    ``observations`` is the word for the observations. Of pupils, who are no occasions, the years, in the
    plural, are an amount in which they differ, and so are hours, age and grade of what has no name.
    """
    word = _stem(name)
    if says_occasions(observations):
        return TIME.get(word)
    amount = observations not in ("", OBSERVATIONS) and word != name.lower()
    return None if amount or word in PERHAPS_TIME else TIME.get(word)


def says_occasions(observations: str) -> bool:
    """Whether a word for the observations says that they are occasions."""
    return any(word in observations.lower() for word in OCCASIONS)


def _stem(name: str) -> str:
    return name.lower().removesuffix("s")
