"""notation: read, check, translate, fill in and explain the equations of multilevel models.

    >>> import notation
    >>> model = notation.read("math ~ ses + (ses | school)", levels={})
    >>> notation.write(model, "raudenbush_bryk", "plain")

The verbs are in :mod:`notation.verbs`; the model is in :mod:`notation.model`.
"""

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
from .version import __version__

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
