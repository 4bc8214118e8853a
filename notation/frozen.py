"""Immutable values that are quick to define.

``dataclass(frozen=True)`` compiles six methods for each class, which for the hundred small classes of
this program is a third of the time in which the command starts. Here all classes share their methods,
and only ``__init__`` is compiled.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, fields
from operator import attrgetter
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

    The slots themselves do that in half the time that ``object.__setattr__`` takes.
    """
    names: dict[str, Any] = {f"put_{f.name}": getattr(made, f.name).__set__ for f in fields(made)}
    puts = [f"put_{f.name}(self, {_value(f)})" for f in fields(made)]
    after = ["self.__post_init__()"] if hasattr(made, "__post_init__") else []
    for f in fields(made):
        names[f"default_{f.name}"] = f.default_factory if f.default is MISSING else f.default
    parameters = ", ".join(["self", *(_parameter(f) for f in fields(made) if f.init)])
    lines = "\n    ".join([*puts, *after, "pass"])
    exec(f"def __init__({parameters}):\n    {lines}\n", names)  # noqa: S102 (as dataclass itself does)
    return names["__init__"]


def _parameter(f: Field[Any]) -> str:
    """The parameter of a field; who has a default or makes one may be left out."""
    required = f.default is MISSING and f.default_factory is MISSING
    return f.name if required else f"{f.name}=default_{f.name}"


def _value(f: Field[Any]) -> str:
    """What is put in the slot of a field; a default that is made is made anew for each value."""
    if f.default_factory is MISSING:
        return f.name
    return f"default_{f.name}() if {f.name} is default_{f.name} else {f.name}"


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
