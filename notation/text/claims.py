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
from ..patterns import pattern
from .draft import Draft
from .macros import names
from .prose import INDEPENDENT
from .tokens import Token

MAX_LENGTH = 2000
"""A longer sentence is none of those that are read."""

_REPEATED = pattern(r"(?:is independent of ?)+")
"""The sign is often set as two of them, one over the other."""

_SENTENCE_END = pattern(r"(?<=[^\s.]{2}[.!?])\s+(?=[A-Z`\\$])|;\s+|,\s+(?=(?:while|whereas|but)\b)")
_SCRIPT = r"_(?:\{[^{}]*\}|\\[A-Za-z]+|\w+(?:,\d\w*)*)"
_SYMBOL = pattern(
    rf"\\[A-Za-z]+(?:{_SCRIPT})?|(?<![\w\\`])(?:[^\W\d_]{_SCRIPT}|[^\W\d_][₀-₉ₐ-ₜᵢ-ᵪⱼ]+"
    r"|[^\W\d_]\d[\da-z]{0,4}(?:_\w+)?|[\u0370-\u03ff]\w*|[B-HJ-Z](?!\w))"
)
_ZERO = (
    r"uncorrelated|orthogonal|(?<!not )independent(?! variable| predictor| sample|-)|"
    r"not (?:be )?(?:allowed to )?(?:(?:be )?correlated?|covary)"
)
_SOME = r"not (?:be )?independent|(?<!auto)(?<!un)correlated|(?<!auto)correlate|covary"
_RELATED = pattern(rf"\b(?:(?P<some>{_SOME})|(?P<zero>{_ZERO}))\b", re.IGNORECASE)
_NO_COVARIANCE = pattern(
    r"\b(?:(?:correlation|covariance)s?\b.{0,90}?\b(?:is|are|be|fixed|set|constrained|assumed)\b.{0,30}?"
    r"\b(?:zero|0)\b|(?:no|without|zero) (?:correlation|covariance)s?|"
    r"independence (?:of|between|among)\b)",
    re.IGNORECASE,
)
_DIAGONAL = pattern(r"\bdiagonal\b", re.IGNORECASE)
_OFF_DIAGONAL = pattern(
    r"\b(?:off|main|on the|along the)[ -]?diagonal|diagonal (?:elements|entries|cells)", re.IGNORECASE
)
_AUTOCORRELATED = pattern(
    r"\bAR ?\(?1\)?|\bfirst[- ]order auto-?(?:regressi|correlat)|"
    r"\bauto-?regressive\b.{0,30}\border (?:1|one)\b",
    re.IGNORECASE,
)
_WITHIN = pattern(r"\bwithin\s+(?:(?:each|every|the|a)\s+)?`?([^\W_]+)", re.IGNORECASE)
_BETWEEN_UNITS = pattern(
    r"\b(?:identically|across|between|over|from (?:person|group|unit)|given|conditional|different levels|"
    r"each level)\b",
    re.IGNORECASE,
)
_RECIPROCAL = pattern(r"\s*(?:of|from|with)\s+(?:each other|one another)", re.IGNORECASE)
_OBJECT = {
    "independent": pattern(r"\s*(?:of|from)\b", re.IGNORECASE),
    "correlated": pattern(r"\s*with\b", re.IGNORECASE),
}
"""What stands between a word of each kind and the symbols that it relates to."""

_HEDGE = pattern(
    r"\b(?:if|could|might|would|alternatively|instead|unlike|suppose|whether|later|relax\w*|no longer)\b",
    re.IGNORECASE,
)
_RANDOM_PART = pattern(
    r"\b(?:random (?:effect|intercept|slope|coefficient)|(?:varying|group) effect|intercepts?|slopes?|"
    r"residual|error term|errors\b|disturbance|level[- ]\d)",
    re.IGNORECASE,
)
_OF_RESIDUALS = pattern(
    r"\b(?:residuals?|errors?|disturbances?|within[- ]\w+ (?:covariance|correlation))", re.IGNORECASE
)
_CHANGES = pattern(
    r"\b(?:hetero(?:sc|sk)edastic|heterogeneous (?:residual |error |level[- ]1 )?varianc|"
    r"(?<!no )autocorrelat|(?<!no )auto-?regressive|AR ?\(?\d|ARMA|moving average|"
    r"compound symmetr\w+|exchangeable|"
    r"varianc\w+ (?:is|are|was|were)?\s*(?:allowed to )?(?:differs?|var(?:y|ies)|depends?)|"
    r"varianc\w+\b.{0,40}\b(?:is|are|be) (?:\w+ )?(?:to |at )?(?:zero|one|[01])\b|"
    r"constrained to|fixed (?:to|at) (?:zero|one|[\d.]+)|set (?:to|at) (?:zero|one|[\d.]+)|set equal|"
    r"(?:un)?equal variances?|same variance|truncated|censored|bounded|zero-inflated|measured with error|"
    r"(?:student|t)[- ]distribut\w+|inverse-variance|no random (?:slope|intercept|effect)|"
    r"cent(?:er|re)ed (?:at|on|around) -?\d|(?:weights?|weighted|offset|exposure)\b)",
    re.IGNORECASE,
)
_DISTRIBUTION = pattern(
    r"(?:[~∼]|\\sim\b)\s*(?:i\.?i\.?d\.?\s*)?(?:[Nn]ormal|N\b|N_|MVN|\\(?:mathcal|mathrm|text|operatorname)\b)"
    r"|(?<!\w)(?:N|Normal|MVN|\\mathcal\{N\})\s*\(\s*(?:0|\\)"
)
"""A distribution that is not set apart as mathematics."""

_ONLY = pattern(
    r"\W*(?:and\s+)?(?:(?:for|in|among|when)\b(?=.*\bonly\b)|(?:if|unless|except|only)\b)|"
    r".*\bonly (?:for|in|among|if|when)\b",
    re.IGNORECASE,
)
_COMPARISON = pattern(r"[<>≤≥≠]|\\(?:neq?|leq?|geq?|gt|lt)\b|!=")
_RANGE = pattern(r"\W*for\b.{0,40}[<>≤≥≠]\s*\d", re.IGNORECASE)
"""A restriction on units: for i > 1."""

_POSITIVE = pattern(
    r"\s*(?:where|with|and)?[\s,]*(?:\\?(?:sigma|tau|omega|psi)|[στωψσΣ])\S*\s*(?:>|≥)\s*0\W*", re.IGNORECASE
)
_FILLERS = names(
    "where with and also the all these both two we is are be been was were being may can must to as then "
    "here there that which their its of between have had assume assumes assumed assuming specified modelled "
    "modeled treated taken considered allowed specify moreover furthermore thus so mutually statistically "
    "pairwise random varying group levels now restricted constrained they forced said a for model let each "
    "unit cluster terms effect"
)
"""Words of a sentence that say nothing of what it is about."""

_QUALIFIER = pattern(r"\b(?:(?:by|per)-\w+|level[- ](?P<level>\d)|\w+-(?:level|specific))\b", re.IGNORECASE)
_ALL_EFFECTS = (
    frozenset(["effects"]),
    frozenset(["coefficients"]),
    *(
        frozenset([*effects, intercept, slope])
        for effects in ((), ("effects",))
        for intercept in ("intercept", "intercepts")
        for slope in ("slope", "slopes")
    ),
)
"""What a sentence about all random effects of a group is about."""

_RESIDUALS = names(
    "residual residuals error errors observation observations disturbances homoscedastic normal"
)
_TOGETHER = pattern(r"\ball\b|\bmutually\b", re.IGNORECASE)
"""Words of a sentence about every effect, and not about two kinds of them."""


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
    for part in _SENTENCE_END.split(_REPEATED.sub(INDEPENDENT.strip() + " ", said)):
        if part.strip():
            yield part.strip(), span


def _claim(said: str) -> Claim | None:
    """What one sentence claims; None for a sentence that leaves the model as it is."""
    if _AUTOCORRELATED.search(said):
        return _autocorrelated(said)
    claim = _of_covariances(said)
    if claim is not None:
        return _unread(said) if _HEDGE.search(said) else claim
    compares = _COMPARISON.search(said) and _SYMBOL.search(said) and not _POSITIVE.fullmatch(said)
    restricts = compares or _RANGE.match(said)
    about = _RANDOM_PART.search(said) or _SYMBOL.search(said) or _CHANGES.match(said)
    changes = about and _CHANGES.search(said)
    unread = restricts or changes or _DISTRIBUTION.search(said) or _ONLY.match(said)
    return _unread(said) if unread else None


def _unread(said: str) -> Claim:
    return Claim("unread", text=said)


def _autocorrelated(said: str) -> Claim | None:
    """Residuals that are said to be AR(1), and within what."""
    negated = re.search(r"\b(?:no|not|without)\b", said, re.IGNORECASE)
    if _HEDGE.search(said) or negated or not (_OF_RESIDUALS.search(said) or _symbols(said)):
        return _unread(said)
    within = _WITHIN.search(said)
    return Claim("autocorrelated", _symbols(said), within=within[1] if within else "", text=said)


def _of_covariances(said: str) -> Claim | None:
    """What a sentence claims of covariances, if it claims anything."""
    if (found := _NO_COVARIANCE.search(said)) is not None:
        return _related("independent", said, said[: found.start()] + said[found.end() :], _symbols(said))
    if (found := _RELATED.search(said)) is not None:
        subject, tail = said[: found.start()], said[found.end() :]
        kind: ClaimKind = "independent" if found["zero"] else "correlated"
        if _BETWEEN_UNITS.search(tail) or (kind == "independent" and _BETWEEN_UNITS.search(subject)):
            return None
        link = "independent" if "dependent" in found[0].lower() else "correlated"
        if _OBJECT[link].match(tail) and not _RECIPROCAL.match(tail):
            left, right = _symbols(subject), _symbols(tail)
            return Claim(kind, left, right, text=said) if left and right else None
        behind = not _symbols(subject) and not _content(subject)  # with uncorrelated u_0j and u_1j
        about = (
            tail if behind and not _RECIPROCAL.match(tail) and (_symbols(tail) or _content(tail)) else subject
        )
        return _related(kind, said, about, _symbols(about))
    if _DIAGONAL.search(said) and not _OFF_DIAGONAL.search(said):
        return Claim("diagonal", _symbols(said), text=said) if _symbols(said) else _unread(said)
    return None


def _related(kind: ClaimKind, said: str, subject: str, named: tuple[Symbol, ...]) -> Claim | None:
    """A claim on the symbols that a sentence names, or on all random effects."""
    if len(named) > 1:
        return Claim(kind, named, text=said)
    if named:  # u_j alone is independent between its units; u_qj may be several effects
        generic = sum(isinstance(script, Index) for script in named[0].below) > 1
        return _unread(said) if generic and _RECIPROCAL.search(said) else None
    qualifiers = [*_QUALIFIER.finditer(subject)]
    about = _content(subject)
    if about & _RESIDUALS and kind == "independent" and not _TOGETHER.search(said):
        return None  # of one another, or of the random effects
    if about and about <= _RESIDUALS:
        return _unread(said)
    about -= _RESIDUALS
    everything = about in _ALL_EFFECTS or {"effects"} <= about <= {"effects", "level"}
    if len(qualifiers) < 2 and (everything or (kind == "correlated" and not about)):
        level = int(qualifiers[0]["level"] or 0) if qualifiers else 0
        return Claim(kind, level=level, text=said)
    return _unread(said) if _RANDOM_PART.search(said) and len(qualifiers) < 2 else None


def _content(text: str) -> frozenset[str]:
    """The words of a text that say what it is about."""
    words = re.findall(r"[^\W\d_]+", _QUALIFIER.sub(" ", text).lower())
    return frozenset(word for word in words if word not in _FILLERS)


def _symbols(text: str) -> tuple[Symbol, ...]:
    """The symbols that a text names, each once."""
    found = [s for piece in _SYMBOL.findall(text) if (s := _symbol(piece)) is not None]
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
