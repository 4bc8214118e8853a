"""Whether a model agrees with its indices and its legend: idle letters, slopes of constants, nesting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..equations import Node, Number
from ..expressions import Term
from ..model import Model
from ..parameters import Parameter, Variance
from .names import Indices, heads
from .sorting import Sorted
from .trees import number_of, span_of


def check_agreement(found: Sorted, model: Model, author: Mapping[Parameter, Node]) -> None:
    """Note what the indices say and the model does not. Raises ReadError where the legend contradicts."""
    _check_nesting(found)
    _note_idle_indices(found)
    _note_idle_words(found)
    _note_fixed_variances(found, author)
    for group, term in _slopes(model):
        if _is_constant(model, group, term):
            _note_constant_slope(found, group, term)


# ------------------------------------------------------------------ variances


def _note_fixed_variances(found: Sorted, author: Mapping[Parameter, Node]) -> None:
    """N(0, 1) beside coefficients that are letters: the 1 is no estimate, the variance is set."""
    if not found.fixed or any(leaf.number is not None for leaf in found.fixed.values()):
        return
    numbers = {p: s for p, s in author.items() if isinstance(p, Variance) and number_of(s) is not None}
    for parameter, spread in numbers.items():
        if set(numbers.values()) == {Number("1")}:
            found.book.remarks.warning(
                "fixed-variance",
                f"The variance of a random effect of {parameter.group} is set to 1, while coefficients are "
                "letters: software estimates it, which is another model.",
                "Write a letter for it, as in N(0, τ²).",
                span_of(spread),
            )


# ------------------------------------------------------------------ slopes


def _slopes(model: Model) -> Iterator[tuple[str, Term]]:
    return ((block.group, term) for block in model.random for term in block.terms if term)


def _is_constant(model: Model, group: str, term: Term) -> bool:
    """Whether a term is known to be constant within a group."""
    level = model.level_of(term)
    return isinstance(level, str) and bool(level) and (level == group or model.is_nested(group, level))


def _note_constant_slope(found: Sorted, group: str, term: Term) -> None:
    names = " and ".join(term.variables)
    what, verb = (names, "is") if len(term.variables) == 1 else (f"the product of {names}", "are")
    leaf = found.random.get(group, {}).get(term)
    found.book.remarks.warning(
        "constant-slope",
        f"The slope of {what} is random by {group}, but {names} {verb} constant within {group}: no "
        "group shows a slope of its own.",
        f"Leave the random effect out, or give {names} the indices of the units between which it varies.",
        None if leaf is None else found.span(leaf),
    )


# ------------------------------------------------------------------ indices


def _note_idle_indices(found: Sorted) -> None:
    """y_ijk where nothing but the residual tells i from k: the two letters do the work of one."""
    whole = found.outcome.indices
    own = [heads(s) for used in found.book.right for s in used]
    told: Indices = frozenset().union(*(s for s in own if not whole <= found.book.belongs.close(s)))
    idle = sorted(found.outcome.own - told - {found.outcome.category})
    if len(idle) > 1 and found.groups.units:
        found.book.remarks.warning(
            "idle-index",
            f"The indices {' and '.join(idle)} stand only together: no effect and no variable belongs to one "
            "of them alone.",
            "Add the effects of its units, or leave one index out.",
            found.book.span(found.outcome.statement),
        )


def _note_idle_words(found: Sorted) -> None:
    """A legend that counts something by an index that stands nowhere."""
    carried = found.outcome.indices.union(*(heads(s) for used in found.book.right for s in used))
    legend = found.book.legend
    related = {word for pair in (*legend.nested, *legend.crossed) for word in pair}
    for entry in legend.counts:
        if entry.index not in carried and entry.word not in related:
            found.book.remarks.warning(
                "idle-index",
                f"{entry.index} counts {entry.word} in the legend, but no symbol carries {entry.index}.",
                "Give the symbols of that level its index, or leave it out of the legend.",
            )


# ------------------------------------------------------------------ the legend


def _check_nesting(found: Sorted) -> None:
    observations = found.groups.observation_word
    for inner, outer in found.book.legend.nested:
        if outer == observations and inner in found.groups.units:
            raise found.book.remarks.refusal(
                f"The words say that {inner} are nested in {outer}, but in the equations {outer} are the "
                f"observations, and effects vary by {inner}.",
                "Give the random effects the index of the outer units.",
                found.book.span(found.outcome.statement),
            )
