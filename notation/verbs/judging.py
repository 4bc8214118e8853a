"""What is wrong, and what differs: check, compare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..reading import Reading
from .reading import one_reading

if TYPE_CHECKING:
    from ..comparing.comparison import Comparison
    from ..findings import Finding


def check(source: str | Path, data: Any = None, against: Any = None, **facts: Any) -> tuple[Finding, ...]:
    """What is wrong with a text, what is odd, and which conventions its reading rests on.

    against : a formula, another text, a model, or a fit that the text is to agree with.
    data, facts : as in :func:`parse`; columns, levels and nesting are then checked too.

    Raises nothing on a text: what cannot be read is a finding of severity "error".
    """
    from ..checking.check import check_source

    return check_source(source, data, against, **facts)


def compare(a: Any, b: Any, data: Any = None, **facts: Any) -> Comparison:
    """Whether two models, or texts in whatever notations, are the same model, and what differs if not.

    a, b : models, texts in any notation, files (Path), or results of fits.
    data : a DataFrame; what it tells of levels, nesting and categories holds for both.
    facts : as in :func:`parse`; each model takes those that concern it.

    ``str`` of the answer says every difference in words, and in the authors' own symbols.
    """
    from ..comparing.comparison import compare_models
    from ..comparing.facts import apply_to_both

    one, other = one_reading(a), one_reading(b)
    models = apply_to_both(one.model, other.model, facts)
    if data is not None:
        from ..facts.learn import learn

        models = (learn(models[0], data), learn(models[1], data))
    bare = [
        label for label, reading in (("A", one), ("B", other)) if _is_bare(reading) and "family" not in facts
    ]
    return compare_models(
        *models,
        one.symbols or None,
        other.symbols or None,
        bare=bare[0] if len(bare) == 1 else "",
        effects=(one.effects, other.effects),
    )


def _is_bare(reading: Reading) -> bool:
    """Whether a reading is that of a bare formula, of which family and link are assumed."""
    assumed = any(f.code == f"assumed-{reading.model.family.name}" for f in reading.findings)
    return assumed and not reading.symbols
