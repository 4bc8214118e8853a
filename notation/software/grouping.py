"""Random effects in the order and by the units in which programs want them."""

from __future__ import annotations

from ..errors import CannotSay
from ..expressions import INTERCEPT, Term
from ..frozen import frozen
from ..model import Model, Structure


def refuse(program: str, what: str, mend: str) -> CannotSay:
    """The refusal of a part of a model: which program, what it cannot say, and what can."""
    return CannotSay(f"{program} cannot say {what}. {mend}")


def require_distribution(model: Model, program: str, is_formula: bool) -> None:
    """Raises CannotSay for a command that fits a mean alone; a bare formula carries no family."""
    if model.family.name == "quantile" and not is_formula:
        mend = "quantreg in R and statsmodels' QuantReg fit such models, Stata's qreg, too."
        raise refuse(program, "a model of a quantile", mend)
    if model.family.name == "quasi" and not is_formula:
        mend = "geepack in R, statsmodels' GEE and xtgee in Stata fit such models; or choose a family."
        raise refuse(program, "a response of which only the mean is stated", mend)


@frozen
class Part:
    """Random effects of one grouping factor that a program states together.

    ``structure`` is the block's, or "independent" for single effects side by side.
    """

    group: str
    terms: tuple[Term, ...]
    structure: Structure | str

    @property
    def intercept(self) -> bool:
        """Whether the intercept is among them."""
        return INTERCEPT in self.terms

    @property
    def slopes(self) -> tuple[Term, ...]:
        """The terms but the intercept."""
        return tuple(t for t in self.terms if t)


def parts(model: Model) -> list[Part]:
    """The random effects, the outermost grouping factor first, independent ones of a factor together."""
    found = []
    for group in outermost_first(model):
        blocks = [b for b in model.random if b.group == group]
        single = tuple(b.terms[0] for b in blocks if len(b.terms) == 1)
        found += [Part(group, b.terms, b.structure) for b in blocks if len(b.terms) > 1]
        if single:
            found.append(Part(group, single, "full" if len(single) == 1 else "independent"))
    return found


def outermost_first(model: Model) -> list[str]:
    """The grouping factors with random effects, each behind all that it is nested in."""
    with_effects = {b.group for b in model.random}
    return sorted(
        with_effects & set(model.group_names),
        key=lambda g: (len(model.outer_groups(g)), model.group_names.index(g)),
    )
