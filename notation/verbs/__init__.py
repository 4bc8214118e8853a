"""What the program does, each a verb, in modules by what they are about."""

from .fitting import concordance, equation, explain, fit, simulate
from .judging import check, compare
from .reading import choose, parse, read
from .telling import derive, describe, speak, writeup
from .writing import lost, translate, write

__all__ = [
    "check",
    "choose",
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
