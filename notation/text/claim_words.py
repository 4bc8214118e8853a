"""The words of sentences about the random part: independent, correlated, AR(1), constrained, only for."""

from __future__ import annotations

import re

from ..patterns import pattern
from .macros import names

MAX_LENGTH = 2000
"""A longer sentence is none of those that are read."""

REPEATED = pattern(r"(?:is independent of ?)+")
"""The sign is often set as two of them, one over the other."""

SENTENCE_END = pattern(r"(?<=[^\s.]{2}[.!?])\s+(?=[A-Z`\\$])|;\s+|,\s+(?=(?:while|whereas|but)\b)")
SCRIPT = r"_(?:\{[^{}]*\}|\\[A-Za-z]+|\w+(?:,\d\w*)*)"
SYMBOL = pattern(
    rf"\\[A-Za-z]+(?:{SCRIPT})?|(?<![\w\\`])(?:[^\W\d_]{SCRIPT}|[^\W\d_][₀-₉ₐ-ₜᵢ-ᵪⱼ]+"
    r"|[^\W\d_]\d[\da-z]{0,4}(?:_\w+)?|[\u0370-\u03ff]\w*|[B-HJ-Z](?!\w))"
)
ZERO = (
    r"uncorrelated|orthogonal|(?<!not )independent(?! variable| predictor| sample|-)|"
    r"not (?:be )?(?:allowed to )?(?:(?:be )?correlated?|covary)"
)
SOME = r"not (?:be )?independent|(?<!auto)(?<!un)correlated|(?<!auto)correlate|covary"
RELATED = pattern(rf"\b(?:(?P<some>{SOME})|(?P<zero>{ZERO}))\b", re.IGNORECASE)
NO_COVARIANCE = pattern(
    r"\b(?:(?:correlation|covariance)s?\b.{0,90}?\b(?:is|are|be|fixed|set|constrained|assumed)\b.{0,30}?"
    r"\b(?:zero|0)\b|(?:no|without|zero) (?:correlation|covariance)s?|"
    r"independence (?:of|between|among)\b)",
    re.IGNORECASE,
)
DIAGONAL = pattern(r"\bdiagonal\b", re.IGNORECASE)
OFF_DIAGONAL = pattern(
    r"\b(?:off|main|on the|along the)[ -]?diagonal|diagonal (?:elements|entries|cells)", re.IGNORECASE
)
AUTOCORRELATED = pattern(
    r"\bAR ?\(?1(?!\d)\)?|\bfirst[- ]order auto-?(?:regressi|correlat)|"
    r"\bauto-?regressive\b.{0,30}\border (?:1|one)\b",
    re.IGNORECASE,
)
WITHIN = pattern(r"\bwithin\s+(?:(?:each|every|the|a)\s+)?`?([^\W_]+)", re.IGNORECASE)
BETWEEN_UNITS = pattern(
    r"\b(?:identically|across|between|over|from (?:person|group|unit)|given|conditional|different levels|"
    r"each level)\b",
    re.IGNORECASE,
)
RECIPROCAL = pattern(r"\s*(?:of|from|with)\s+(?:each other|one another)", re.IGNORECASE)
OBJECT = {
    "independent": pattern(r"\s*(?:of|from)\b", re.IGNORECASE),
    "correlated": pattern(r"\s*with\b", re.IGNORECASE),
}
"""What stands between a word of each kind and the symbols that it relates to."""

HEDGE = pattern(
    r"\b(?:if|could|might|would|alternatively|instead|unlike|suppose|whether|later|relax\w*|no longer)\b",
    re.IGNORECASE,
)
RANDOM_PART = pattern(
    r"\b(?:random (?:effect|intercept|slope|coefficient)|(?:varying|group) effect|intercepts?|slopes?|"
    r"residual|error term|errors\b|disturbance|level[- ]\d)",
    re.IGNORECASE,
)
OF_RESIDUALS = pattern(
    r"\b(?:residuals?|errors?|disturbances?|within[- ]\w+ (?:covariance|correlation))", re.IGNORECASE
)
CHANGES = pattern(
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
DISTRIBUTION = pattern(
    r"(?:[~∼]|\\sim\b)\s*(?:i\.?i\.?d\.?\s*)?(?:[Nn]ormal|N\b|N_|MVN|\\(?:mathcal|mathrm|text|operatorname)\b)"
    r"|(?<!\w)(?:N|Normal|MVN|\\mathcal\{N\})\s*\(\s*(?:0|\\)"
)
"""A distribution that is not set apart as mathematics."""

ONLY = pattern(
    r"\W*(?:and\s+)?(?:(?:for|in|among|when)\b(?=.*\bonly\b)|(?:if|unless|except|only)\b)|"
    r".*\bonly (?:for|in|among|if|when)\b",
    re.IGNORECASE,
)
COMPARISON = pattern(r"[<>≤≥≠]|\\(?:neq?|leq?|geq?|gt|lt)\b|!=")
RANGE = pattern(r"\W*for\b.{0,40}[<>≤≥≠]\s*\d", re.IGNORECASE)
"""A restriction on units: for i > 1."""

POSITIVE = pattern(
    r"\s*(?:where|with|and)?[\s,]*(?:\\?(?:sigma|tau|omega|psi)|[στωψσΣ])\S*\s*(?:>|≥)\s*0\W*", re.IGNORECASE
)
FILLERS = names(
    "where with and also the all these both two we is are be been was were being may can must to as then "
    "here there that which their its of between have had assume assumes assumed assuming specified modelled "
    "modeled treated taken considered allowed specify moreover furthermore thus so mutually statistically "
    "pairwise random varying group levels now restricted constrained they forced said a for model let each "
    "unit cluster terms effect"
)
"""Words of a sentence that say nothing of what it is about."""

QUALIFIER = pattern(r"\b(?:(?:by|per)-\w+|level[- ](?P<level>\d)|\w+-(?:level|specific))\b", re.IGNORECASE)
ALL_EFFECTS = (
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

RESIDUALS = names(
    "residual residuals error errors observation observations disturbances homoscedastic normal"
)
TOGETHER = pattern(r"\ball\b|\bmutually\b", re.IGNORECASE)
"""Words of a sentence about every effect, and not about two kinds of them."""
