"""Formulas: ``math ~ ses*sector + (ses | school)``, alone or in a call, → Model.

The stages are text → syntax (:mod:`.parser`) → terms (:mod:`.algebra`, :mod:`.bars`) → Model.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..errors import DataError, ReadError, Span
from ..markup.names import GREEK
from ..model import Categories
from ..patterns import pattern
from ..reading import Reading
from .brackets import top_level, without_names

__all__ = ["looks_like_formula", "read_formula"]


def read_formula(
    text: str,
    *,
    categories: Mapping[str, Sequence[str] | Categories] = {},
    columns: tuple[str, ...] | None = None,
) -> Reading:
    """The model that a formula, or a call such as ``glmer(y ~ x + (1 | g), family = binomial)``, claims.

    categories : the categories of categorical variables, the reference first; those of variables
        that the formula does not use are passed over.
    columns : the names of the data's columns, which ``.`` stands for.

    Raises ReadError with the place, what was expected there and what to write instead; all mistakes
    that were found are in it.
    """
    # These load here, so that a text that turns out to be equations does not pay for them.
    from ..facts.coding import code_model
    from .models import read_model

    reading = read_model(text, columns)
    known = {
        name: names if isinstance(names, Categories) else Categories(name, tuple(names))
        for name, names in categories.items()
    }
    try:
        model = code_model(reading.model, known)
    except (DataError, ValueError) as error:
        raise ReadError(str(error), text, Span(0, len(text))) from None
    return replace(reading, model=model)


_CALL = pattern(r"\s*(?:[^\W\d][\w.]*\s*(?:<-|=)\s*)?(?:[\w.]+:{2,3})?((?:[^\W\d])[\w.]*)\s*\(")

_QUOTED = pattern(r"""\"(?:[^"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'""", re.DOTALL)
"""What stands in quotation marks: patsy's Q("a name"), R's Machine == "B"."""

_DISTRIBUTION = pattern(
    r"\s*(?:n|normal|gaussian|bern(?:oulli)?|bin(?:om(?:ial)?)?|pois(?:son)?|nb|neg(?:ative)?_?bin(?:omial)?"
    r"|gamma|beta|mvn(?:ormal)?|multi_?normal|multivariate_?normal|student_?t|lognormal|exponential|(?-i:Exp)"
    r"|half_?(?:normal|cauchy)|cauchy|unif(?:orm)?|lkj(?:corr)?|categorical|ordered_?logistic"
    r"|weibull|geometric|𝒩)\s*[(_\[].*",
    re.IGNORECASE | re.DOTALL,
)


_INTERCEPT = pattern(
    rf"(?<![\w.])(?:(?:{'|'.join(GREEK.values())}|[α-ωΑ-Ω])_0\d*[a-z]{{0,3}}|[a-zA-Z]_0\d*[a-z]{{1,3}})(?![\w.(])"
)
"""Intercepts and their random effects by their numbers, γ_00 and u_0j: no columns, unless in backticks."""


def looks_like_formula(text: str) -> bool:
    """Whether a text is meant as a formula or a call that holds one, and not as equations.

    >>> looks_like_formula("math ~ ses + (ses | school)"), looks_like_formula("y_i ~ N(α_j[i], σ²)")
    (True, False)
    """
    call = _CALL.match(text)
    tildes = top_level(text, "~")
    # In logit(Pr(y_ij ≤ m)) = …, u_j ~ N(0, τ) every ~ stands outside of the call.
    if call and len(tildes) < text.count("~") and _is_command(call[1]):
        return True
    backslash = "\\" in _QUOTED.sub("", without_names(text))
    if len(tildes) != 1 or backslash:
        return bool(call and not tildes and re.search(r"\(\s*[\"']?[^()]*~", text) and not backslash)
    if any(_is_equality(text, place) for place in top_level(text, "=")):
        return False
    right = text[tildes[0] + 1 :]
    if "|" not in right and _INTERCEPT.search(without_names(right)):
        return False  # y_ij ~ γ_00 + u_0j: an equation, for all its ~
    return not (_DISTRIBUTION.fullmatch(right) and _is_one_call(right))


def _is_command(function: str) -> bool:
    from .calls import FUNCTIONS

    return function in FUNCTIONS or function.rsplit(".", 1)[-1] in FUNCTIONS


def _is_equality(text: str, place: int) -> bool:
    """Whether the sign at a place is ``=`` and not part of ``==``, ``<=``, ``!=``."""
    return text[place - 1 : place] not in tuple("=<>!") and text[place + 1 : place + 2] != "="


def _is_one_call(text: str) -> bool:
    """Whether nothing is added to a distribution: ``N(0, 1)`` is one, ``N(x) + z`` a sum of terms."""
    return not any(top_level(text, sign) for sign in "+|:")
