"""What the words beside the equations say of the indices, against the equations."""

from __future__ import annotations

from ..names import heads
from .lines import Sheet


def contradicted_legend(sheet: Sheet) -> None:
    """An index of which two sentences say that it counts different things."""
    counted = {c.index: c.word for c in sheet.book.legend.counts}
    for number in sorted(sheet.used):
        for quantifier in sheet.book.statements[number].ranges:
            word = counted.get(quantifier.index)
            if word and quantifier.group and quantifier.group != word:
                sheet.remarks.warning(
                    "legend",
                    f"{quantifier.index} counts {quantifier.group} here, but {word} in the legend.",
                    "Say the same in both places.",
                    sheet.book.span(number),
                )


def unexplained_indices(sheet: Sheet) -> None:
    """An index of which the legend says nothing; the observations' own needs no explanation."""
    counted = {c.index for c in sheet.book.legend.counts}
    counted |= sheet.counters
    observations = [heads(line.left) for line in sheet.lines if not line.level]
    for symbol in sheet.symbols if sheet.book.legend.counts and not sheet.book.words else ():
        for name in sorted(heads(symbol) - counted):
            if len(name) == 1 and not any(name in indices for indices in observations):
                sheet.remarks.warning(
                    "unexplained-index",
                    f"The legend does not say what {name} counts.",
                    "Add it to the legend, or use an index that stands there.",
                    symbol.span,
                )
                return


def too_few_indices(sheet: Sheet) -> None:
    """Headings that announce more levels than the equations have indices."""
    announced = max((sheet.book.statements[n].level for n in sheet.used), default=0)
    names = {name for symbol in sheet.symbols for name in heads(symbol)}
    if names and announced > len(names):
        sheet.remarks.warning(
            "too-few-indices",
            f"The headings announce {announced} levels, but the equations have only "
            f"{len(names)} {'indices' if len(names) > 1 else 'index'}: {', '.join(sorted(names))}.",
            "Give each level an index of its own.",
        )
