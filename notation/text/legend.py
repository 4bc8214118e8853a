"""Prose beside the equations → the legend, and the quantifiers of statements."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from ..equations import Counts, Legend, Range
from ..markup.names import unquote
from ..patterns import pattern
from .prose import without_quotations

_NAME = r"(?:`(?:[^`\\]|\\.)*`|[^\W_](?:[\w.:/-]*\w)?(?: [^\W_](?:[\w.:/-]*\w)?)*?)"
_LETTER = r"(?:`(?:[^`\\]|\\.)*`|[^\W\d_]\w*?)"
_SEPARATOR = r"\s*(?:,\s*and\b|,|\band\b|&)\s*"

_VERB = r"(?:index(?:es)?|denotes?|represents?|indicates?|refers? to|stands? for)"
_INDEX = pattern(
    rf"(?:where\s+|here,?\s+)?(?P<letters>{_LETTER}(?:{_SEPARATOR}{_LETTER})*)\s+{_VERB}\s+"
    rf"(?P<words>(?:the\s+)?{_NAME}(?:{_SEPARATOR}(?:the\s+)?{_NAME})*)(?:,?\s*respectively)?",
    re.IGNORECASE,
)
_EACH = pattern(rf"({_LETTER}) {_VERB} (?:the )?({_NAME})")
_GAPPED = pattern(
    rf"(?:where\s+)?(?P<letter>[^\W\d_])\s+{_VERB}\s+(?:the\s+)?(?P<word>{_NAME})"
    rf"(?P<others>(?:{_SEPARATOR}[^\W\d_]\s+(?!{_VERB}\b)(?:the\s+)?{_NAME})+)",
    re.IGNORECASE,
)
_EMPHASIS = pattern(r"(?<![\w*])([*_]{1,2})([^\W\d_])\1(?![\w*])")
_NESTED = pattern(rf"(?P<inner>{_NAME}) (?:are|is) nested (?:in|within) (?P<outer>{_NAME})\.?")
_CROSSED = pattern(rf"(?P<a>{_NAME}) and (?P<b>{_NAME}) are crossed\.?")
_CATEGORY = r"(?:`(?:[^`\\]|\\.)*`|[^\s,`](?:[^,`]*?[^\s,`])?)"
_CATEGORIES = pattern(
    rf"(?P<name>{_NAME}) has (?P<numeric>numeric )?categories "
    rf"(?P<first>{_CATEGORY}) \(reference\)(?P<rest>(?:, {_CATEGORY})*)"
)
_CENTERED = pattern(
    rf"(?P<name>{_NAME}) (?:is|has been|was|were|are) cent(?:ere|re)d (?:at|around|on) the "
    rf"(?:(?P<grand>grand[ -]mean)|(?P<group>group mean)|mean of (?P<of>{_NAME}))\.?",
    re.IGNORECASE,
)
_MEAN_CENTERED = pattern(
    rf"(?:where\s+)?(?P<name>{_NAME}?)(?:_\{{?\w+\}}?)? (?:is|has been|was|were|are) "
    r"(?:(?P<grand>grand)|group)[ -]mean[ -]cent(?:ere|re)d\.?",
    re.IGNORECASE,
)
_EVERY = r"(?:(?:all|each|every|any)\s+)?"
_COUNTED = r"(?P<index>`(?:[^`\\]|\\.)*`|[^\W\d_])"
_RANGE = pattern(
    rf"\s*[,;]?\s*(?:\bfor\s+{_EVERY}(?P<group>.+?\s+)??)?{_COUNTED}\s*[=∈]\s*\{{?\s*[01]\s*(?:,\s*2\s*)?,?"
    r"\s*(?:…|\.\.\.?)\s*,?\s*(?P<upper>\w+(?:_\{?\w+\}?)?)\s*\}?\s*[.,;]?"
)
_WHOSE = pattern(
    rf"\s*[,;]?\s*(?:for|of|in|and)\s+{_EVERY}(?P<group>{_NAME}\s+)?{_COUNTED}(?=\s*(?:$|[.,;]|\b(?:in|of|and)\b))"
)
_STATES = r"(?:(?:are|is) (?:nested|crossed|cent(?:ere|re)d)|has (?:numeric )?categories)"
_SENTENCE_END = pattern(rf"(?<=[a-z`)]\.)\s+(?=[A-Z`]|[^.;]*\b{_STATES}\b)|;\s+")
"""A sentence may begin with the small letter of a name where it states what legends do."""

MAX_SENTENCE = 400
"""A longer sentence is a remark."""


def read_ranges(text: str) -> tuple[Range, ...]:
    """The quantifiers that a text consists of: ", for students j = 1, …, J", "for person i"."""
    if len(text) > MAX_SENTENCE:
        return ()
    ranges: list[Range] = []
    at = 0
    text = text.rstrip(" .,;")
    while at < len(text):
        found = _RANGE.match(text, at) or _WHOSE.match(text, at)
        if found is None or found.end() == at:
            return ()
        upper = found.groupdict().get("upper") or ""
        ranges.append(Range(_plain(found["index"]), _plain(found["group"] or ""), upper))
        at = found.end()
    return tuple(ranges)


def read_legend(lines: Iterable[str]) -> Legend:
    """The legend that prose says; sentences that say nothing about the model are remarks."""
    counts: list[Counts] = []
    nested, crossed, centered = [], [], []
    categories: list[tuple[str, tuple[str, ...], bool]] = []
    remarks = []
    for sentence in _sentences(lines):
        said = sentence.removesuffix(".") if len(sentence) <= MAX_SENTENCE else ""
        if each := counts_of(said):
            counts += each
        elif found := _NESTED.fullmatch(said):
            nested.append((_plain(found["inner"]), _plain(found["outer"])))
        elif found := _CROSSED.fullmatch(said):
            crossed.append((_plain(found["a"]), _plain(found["b"])))
        elif found := _CATEGORIES.fullmatch(said):
            categories.append(_categories(found))
        elif found := _CENTERED.fullmatch(said):
            centered.append(
                (_plain(found["name"]), _plain(found["of"] or ("group mean" if found["group"] else "")))
            )
        elif found := _MEAN_CENTERED.fullmatch(said):
            centered.append((_plain(found["name"]), "" if found["grand"] else "group mean"))
        else:
            remarks.append(sentence)
    return Legend(
        tuple(counts), tuple(nested), tuple(crossed), tuple(categories), tuple(centered), tuple(remarks)
    )


def counts_of(sentence: str) -> list[Counts]:
    """What indices count, where a whole sentence says that."""
    return _each(sentence) or _gapped_counts(sentence) or _listed_counts(sentence)


def _sentences(lines: Iterable[str]) -> list[str]:
    """Sentences, each on a line of its own or ended by a full stop; "where" begins one."""
    found = []
    for line in lines:
        text = _EMPHASIS.sub(r"\2", " ".join(line.split())).strip(" -*,")
        ends = [0, *(found.end() for found in _SENTENCE_END.finditer(without_quotations(text))), len(text)]
        parts = [text[begin:end].strip(" ;") for begin, end in pairwise(ends)]
        found += [part for part in parts if part.strip(" .,:;")]
    return found


def _listed_counts(sentence: str) -> list[Counts]:
    """``where i, j, and k index time points, students, and schools``."""
    found = _INDEX.fullmatch(sentence)
    if found is None:
        return []
    letters = _listed(found["letters"])
    words = [re.sub(r"^the\s+", "", word) for word in _listed(found["words"])]
    if len(letters) != len(words):
        return []
    return [Counts(_plain(letter), _plain(word)) for letter, word in zip(letters, words, strict=True)]


def _gapped_counts(sentence: str) -> list[Counts]:
    """``i indexes students, j classrooms, and k schools``: the verb is said once."""
    words = sentence.removeprefix("where ").split(maxsplit=2)
    if len(words) < 2 or words[0].endswith(",") or words[1] == "and":
        return []
    found = _GAPPED.fullmatch(sentence)
    if found is None:
        return []
    pairs = [part.split(maxsplit=1) for part in _listed(found["others"])]
    counts = [(found["letter"], found["word"]), *((letter, word) for letter, word in pairs)]
    return [Counts(letter, re.sub(r"^the\s+", "", word)) for letter, word in counts]


def _each(sentence: str) -> list[Counts]:
    """``i indexes students and j indexes schools``."""
    parts = [
        _EACH.fullmatch(p)
        for p in re.split(r"\s*(?:,\s*and|,|and)\s+(?=\S+ \w+s )", sentence.removeprefix("where "))
    ]
    return [Counts(_plain(p[1]), _plain(p[2])) for p in parts if p] if all(parts) else []


def _listed(text: str) -> list[str]:
    """``a``, ``a and b``, ``a, b, and c``; what stands in backticks is one name."""
    quoted = re.findall(r"`(?:[^`\\]|\\.)*`", text)
    hidden = re.sub(r"`(?:[^`\\]|\\.)*`", "\0", text)
    parts = [part for part in re.split(_SEPARATOR, hidden) if part]
    names = iter(quoted)
    return [re.sub("\0", lambda _: next(names), part) for part in parts]


def _categories(found: re.Match[str]) -> tuple[str, tuple[str, ...], bool]:
    rest = re.findall(rf", ({_CATEGORY})(?=,|$)", found["rest"])
    names = tuple(_plain(name) for name in (found["first"], *rest))
    return _plain(found["name"]), names, bool(found["numeric"])


def _plain(name: str) -> str:
    name = name.strip()
    if len(name) < 3 or name[0] != "`":
        return name
    return name[1:-1] if name[-1] == "'" else unquote(name[1:-1])
