"""notation: read, check, translate, fill in and explain the equations of multilevel models.

    >>> import notation
    >>> model = notation.read("math ~ ses + (ses | school)", levels={})
    >>> notation.write(model, "raudenbush_bryk", "plain")

The verbs are in :mod:`notation.verbs`; the model is in :mod:`notation.model`. Each name loads its module when
it is first used, so that a short command loads what it needs.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .version import __version__

if TYPE_CHECKING:
    from .engines import ENGINES
    from .errors import (
        CannotSay,
        DataError,
        FitError,
        NeedsMore,
        NotationError,
        NotYet,
        ReadError,
        UnknownName,
        WriteError,
    )
    from .markup import MARKUPS
    from .model import OBSERVATION, UNKNOWN, Model
    from .notations import NOTATIONS
    from .software import SOFTWARE
    from .verbs import (
        check,
        compare,
        concordance,
        derive,
        describe,
        equation,
        explain,
        fit,
        lost,
        parse,
        read,
        simulate,
        speak,
        translate,
        write,
        writeup,
    )

__all__ = [
    "ENGINES",
    "MARKUPS",
    "NOTATIONS",
    "OBSERVATION",
    "SOFTWARE",
    "UNKNOWN",
    "CannotSay",
    "DataError",
    "FitError",
    "Model",
    "NeedsMore",
    "NotYet",
    "NotationError",
    "ReadError",
    "UnknownName",
    "WriteError",
    "__version__",
    "check",
    "compare",
    "concordance",
    "derive",
    "describe",
    "equation",
    "explain",
    "fit",
    "lost",
    "parse",
    "read",
    "simulate",
    "speak",
    "translate",
    "write",
    "writeup",
]

_HOMES = {
    "ENGINES": "engines",
    "CannotSay": "errors",
    "DataError": "errors",
    "FitError": "errors",
    "NeedsMore": "errors",
    "NotationError": "errors",
    "NotYet": "errors",
    "ReadError": "errors",
    "UnknownName": "errors",
    "WriteError": "errors",
    "MARKUPS": "markup",
    "OBSERVATION": "model",
    "UNKNOWN": "model",
    "Model": "model",
    "NOTATIONS": "notations",
    "SOFTWARE": "software",
    "check": "verbs.judging",
    "compare": "verbs.judging",
    "concordance": "verbs.fitting",
    "derive": "verbs.telling",
    "describe": "verbs.telling",
    "equation": "verbs.fitting",
    "explain": "verbs.fitting",
    "fit": "verbs.fitting",
    "lost": "verbs.writing",
    "parse": "verbs.reading",
    "read": "verbs.reading",
    "simulate": "verbs.fitting",
    "speak": "verbs.telling",
    "translate": "verbs.writing",
    "write": "verbs.writing",
    "writeup": "verbs.telling",
}
"""The module of each name."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
