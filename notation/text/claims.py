"""Prose beside the equations → what it claims about the random part: "u_0j and u_1j are independent".

A sentence that may change the model and is not understood is a claim too: that it was not read is said.
Sentences on independence between levels or between units say what every multilevel model assumes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..equations import Claim, ClaimKind, Index, Symbol
from ..errors import ReadError, Span
from .claim_words import (
    ALL_EFFECTS,
    AUTOCORRELATED,
    BETWEEN_UNITS,
    CHANGES,
    COMPARISON,
    DIAGONAL,
    DISTRIBUTION,
    FILLERS,
    HEDGE,
    MAX_LENGTH,
    NO_COVARIANCE,
    OBJECT,
    OF_RESIDUALS,
    OFF_DIAGONAL,
    ONLY,
    POSITIVE,
    QUALIFIER,
    RANDOM_PART,
    RANGE,
    RECIPROCAL,
    RELATED,
    REPEATED,
    RESIDUALS,
    SENTENCE_END,
    SYMBOL,
    TOGETHER,
    WITHIN,
)
from .draft import Draft
from .legend import counts_of
from .prose import INDEPENDENT
from .tokens import Token


def read_claims(prose: Iterable[tuple[str, Span]], source: str) -> tuple[Claim, ...]:
    """The claims of all sentences, in order, each with the place where its sentence begins."""
    found = []
    for sentence, span in _sentences(prose, source):
        claim = _claim(sentence) if len(sentence) <= MAX_LENGTH else None
        if claim is not None:
            found.append(replace(claim, span=span))
    return tuple(found)


def _sentences(prose: Iterable[tuple[str, Span]], source: str) -> Iterator[tuple[str, Span]]:
    """The sentences of a text, also those that go on over the ends of its lines."""
    text, span = "", Span(0, 0)
    for line, place in prose:
        between = source[span.end : place.start] if text else "\n\n"
        if between.strip(" \t\r\n") or between.count("\n") > 1 or _ends(text):
            yield from _parts(text, span)
            text, span = line, place
        else:
            text, span = f"{text} {line}", Span(span.start, place.end)
    yield from _parts(text, span)


def _ends(text: str) -> bool:
    return text.rstrip()[-1:] in (".", ":", "!", "?")


def _parts(text: str, span: Span) -> Iterator[tuple[str, Span]]:
    said = " ".join(text.replace("⊥", INDEPENDENT).split())
    for part in SENTENCE_END.split(REPEATED.sub(INDEPENDENT.strip() + " ", said)):
        if part.strip():
            yield part.strip(), span


def _claim(said: str) -> Claim | None:
    """What one sentence claims; None for a sentence that leaves the model as it is."""
    if counts_of(said.removesuffix(".")):
        return None
    if AUTOCORRELATED.search(said):
        return _autocorrelated(said)
    claim = _of_covariances(said)
    if claim is not None:
        return _unread(said) if HEDGE.search(said) else claim
    compares = COMPARISON.search(said) and SYMBOL.search(said) and not POSITIVE.fullmatch(said)
    restricts = compares or RANGE.match(said)
    about = RANDOM_PART.search(said) or SYMBOL.search(said) or CHANGES.match(said)
    changes = about and CHANGES.search(said)
    unread = restricts or changes or DISTRIBUTION.search(said) or ONLY.match(said)
    return _unread(said) if unread else None


def _unread(said: str) -> Claim:
    return Claim("unread", text=said)


def _autocorrelated(said: str) -> Claim | None:
    """Residuals that are said to be AR(1), and within what."""
    negated = re.search(r"\b(?:no|not|without)\b", said, re.IGNORECASE)
    if HEDGE.search(said) or negated or not (OF_RESIDUALS.search(said) or _symbols(said)):
        return _unread(said)
    within = WITHIN.search(said)
    return Claim("autocorrelated", _symbols(said), within=within[1] if within else "", text=said)


def _of_covariances(said: str) -> Claim | None:
    """What a sentence claims of covariances, if it claims anything."""
    if (found := NO_COVARIANCE.search(said)) is not None:
        return _related("independent", said, said[: found.start()] + said[found.end() :], _symbols(said))
    if (found := RELATED.search(said)) is not None:
        return _of_relation(said, found)
    if DIAGONAL.search(said) and not OFF_DIAGONAL.search(said):
        return Claim("diagonal", _symbols(said), text=said) if _symbols(said) else _unread(said)
    return None


def _of_relation(said: str, found: re.Match[str]) -> Claim | None:
    """What a sentence claims with the word ``found``: a is independent of b, a and b are correlated."""
    subject, tail = said[: found.start()], said[found.end() :]
    kind: ClaimKind = "independent" if found["zero"] else "correlated"
    if BETWEEN_UNITS.search(tail) or (kind == "independent" and BETWEEN_UNITS.search(subject)):
        return None
    reciprocal = RECIPROCAL.match(tail)
    link = "independent" if "dependent" in found[0].lower() else "correlated"
    if OBJECT[link].match(tail) and not reciprocal:
        left, right = _symbols(subject), _symbols(tail)
        return Claim(kind, left, right, text=said) if left and right else None
    if not (reciprocal or _names(subject)) and _names(tail):
        subject = tail  # with uncorrelated u_0j and u_1j
    return _related(kind, said, subject, _symbols(subject))


def _names(text: str) -> bool:
    """Whether a text says what something is about."""
    return bool(_symbols(text) or _content(text))


def _related(kind: ClaimKind, said: str, subject: str, named: tuple[Symbol, ...]) -> Claim | None:
    """A claim on the symbols that a sentence names, or on all random effects."""
    if len(named) > 1:
        return Claim(kind, named, text=said)
    if named:  # u_j alone is independent between its units; u_qj may be several effects
        generic = sum(isinstance(script, Index) for script in named[0].below) > 1
        return _unread(said) if generic and RECIPROCAL.search(said) else None
    return _of_everything(kind, said, subject)


def _of_everything(kind: ClaimKind, said: str, subject: str) -> Claim | None:
    """A claim on all random effects; those on residuals alone leave them as they are."""
    about = _content(subject)
    if about & RESIDUALS and kind == "independent" and not TOGETHER.search(said):
        return None  # of one another, or of the random effects
    if about and about <= RESIDUALS:
        return _unread(said)
    qualifiers = [*QUALIFIER.finditer(subject)]
    if len(qualifiers) > 1:
        return None  # of two levels, which are independent of one another
    about -= RESIDUALS
    everything = about in ALL_EFFECTS or {"effects"} <= about <= {"effects", "level"}
    if everything or (kind == "correlated" and not about):
        level = int(qualifiers[0]["level"] or 0) if qualifiers else 0
        return Claim(kind, level=level, text=said)
    return _unread(said) if RANDOM_PART.search(said) else None


def _content(text: str) -> frozenset[str]:
    """The words of a text that say what it is about."""
    words = re.findall(r"[^\W\d_]+", QUALIFIER.sub(" ", text).lower())
    return frozenset(word for word in words if word not in FILLERS)


def _symbols(text: str) -> tuple[Symbol, ...]:
    """The symbols that a text names, each once."""
    found = [s for piece in SYMBOL.findall(text) if (s := _symbol(piece)) is not None]
    return tuple(dict.fromkeys(found))


def _symbol(piece: str) -> Symbol | None:
    try:
        tokens = _tokens(piece)
    except ReadError:
        return None
    match tokens:
        case [Token(type="SYMBOL", value=Draft() as draft)]:
            node = draft.node()
            return node if isinstance(node, Symbol) else None
        case _:
            return None


def _tokens(piece: str) -> list[Token]:
    if "\\" in piece or "{" in piece:
        from .latex import read_latex  # which loads pylatexenc

        return read_latex(piece, 0, len(piece))
    from .plain_symbols import read_expression

    return read_expression(piece)
