"""Immutable values that are quick to define.

``dataclass(frozen=True)`` compiles six methods for each class, which for the hundred small classes of
this program is a third of the time in which the command starts. Here all classes share their methods,
and only ``__init__`` is compiled.
"""

from __future__ import annotations

from dataclasses import MISSING, FrozenInstanceError, dataclass, fields
from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    # For type checkers it is the dataclass that they know.
    from dataclasses import dataclass as frozen

    __all__ = ["frozen"]
else:

    def frozen(cls: type) -> type:
        """A dataclass with slots, compared and hashed by its fields, that cannot be changed."""
        made = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
        compared = [f.name for f in fields(made) if f.compare]
        made._values = staticmethod(attrgetter(*compared) if compared else lambda _: ())
        made.__init__ = _constructor(made)
        for method in (__eq__, __hash__, __repr__, __reduce__, __setattr__, __delattr__):
            if method.__name__ not in cls.__dict__:
                setattr(made, method.__name__, method)
        return made


def _constructor(made: Any) -> Any:
    """``__init__``: each field is put in its slot, past the ``__setattr__`` that forbids it.

    The slots themselves do that in half the time that ``object.__setattr__`` takes. Classes with as many
    fields share one compiled function, which gets their names and slots.
    """
    own = fields(made)
    anew = tuple(f.default_factory is not MISSING for f in own)
    code = _template(anew, hasattr(made, "__post_init__"))
    names: dict[str, Any] = {f"put{n}": getattr(made, f.name).__set__ for n, f in enumerate(own)}
    names |= {f"make{n}": f.default_factory for n, f in enumerate(own) if anew[n]}
    given = [f.default if f.default is not MISSING else f.default_factory for f in own]
    defaults = tuple(value for value in given if value is not MISSING)
    renamed = code.replace(co_varnames=("self", *(f.name for f in own)))
    return FunctionType(renamed, names, "__init__", defaults)


@cache
def _template(anew: tuple[bool, ...], after: bool) -> CodeType:
    """``__init__`` for so many fields; the default of one that is made ``anew`` is what makes it."""
    values = [f"make{n}() if f{n} is make{n} else f{n}" if made else f"f{n}" for n, made in enumerate(anew)]
    lines = [f"put{n}(self, {value})" for n, value in enumerate(values)]
    lines += ["self.__post_init__()"] if after else ["pass"]
    parameters = ", ".join(["self", *(f"f{n}" for n in range(len(anew)))])
    made: dict[str, Any] = {}
    exec(f"def __init__({parameters}):\n  " + "\n  ".join(lines), made)  # noqa: S102 (as dataclass does)
    code: CodeType = made["__init__"].__code__
    return code


def __eq__(self: Any, other: Any) -> Any:  # noqa: N807
    if other.__class__ is not self.__class__:
        return NotImplemented
    same: bool = self._values(self) == self._values(other)
    return same


def __hash__(self: Any) -> int:  # noqa: N807
    return hash(self._values(self))


def __repr__(self: Any) -> str:  # noqa: N807
    shown = (f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if f.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def __reduce__(self: Any) -> tuple[Any, ...]:  # noqa: N807
    """Copies and pickles are made by the constructor."""
    return type(self), tuple(getattr(self, f.name) for f in fields(self) if f.init)


def __setattr__(self: Any, name: str, value: object) -> NoReturn:  # noqa: ARG001, N807
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def __delattr__(self: Any, name: str) -> NoReturn:  # noqa: ARG001, N807
    raise FrozenInstanceError(f"cannot delete field {name!r}")
