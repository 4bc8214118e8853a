"""One implied quantity: its symbol, its formula, its number, and what has to be said about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..equations import Equation, Equations, Node, Sum
from ..errors import NotYet
from ..estimates import rounded
from ..model import Model
from ..notations.combined import choose_symbols
from ..notations.indexing import Running, index_letters
from ..notations.predictors import add
from ..notations.symbols import Symbols
from ..numbers.arithmetic import Numbers, compute, put_numbers
from ..options import DEFAULT, Options

if TYPE_CHECKING:
    from ..display import Rendered


@dataclass(frozen=True, eq=False)
class Implied:
    """A quantity that a fitted model implies.

    ``numbers`` are what the parts of ``formula`` are; ``std_error`` stands where it is available, and
    ``note`` says what the quantity rests on, or why something is not available.
    """

    name: str
    symbol: Node
    formula: Node
    numbers: Numbers
    note: str = ""
    std_error: float | None = None

    @property
    def value(self) -> float | None:
        """The number of the formula; None where a variable's value is not given."""
        return compute(self.formula, self.numbers)

    def equation(self, decimals: int = 3) -> Equation:
        """Symbol = formula = formula in numbers = number."""
        sides = [self.symbol, self.formula, put_numbers(self.formula, self.numbers, decimals)]
        value = self.value
        if value is not None:
            sides.append(rounded(value, decimals))
        # A formula that is one symbol is its number, once.
        return Equation(tuple(dict.fromkeys(sides)))

    def write(self, markup: str = "latex", decimals: int = 3) -> Rendered:
        """The equation in a markup."""
        from ..display import Rendered
        from ..markup import write

        page, options = Equations((self.equation(decimals),)), Options(width=DEFAULT.width)
        return Rendered(write(page, markup, options), markup=markup, equations=page, options=options)

    def __str__(self) -> str:
        error = "" if self.std_error is None else f"  (SE {self.std_error:.3f})"
        return str(self.write("plain")) + error


def symbols_of(model: Model) -> tuple[Symbols, Running]:
    """The symbols of a model's level equations, or plain ones where it has none."""
    indexing = Running(model, index_letters(model, DEFAULT))
    return choose_symbols(model, indexing), indexing


def total(parts: Iterable[Node]) -> Node:
    """The sum of expressions, as one sum also where some are sums."""
    return add([term for part in parts for term in (part.terms if isinstance(part, Sum) else (part,))])


def require_one_residual(model: Model) -> None:
    """Raises NotYet where observations differ in their residual variance."""
    if model.weights is not None or (model.residual and model.residual.by):
        raise NotYet(
            "Shares of variance are not computed where the residual variance differs by observation."
        )
