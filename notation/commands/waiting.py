"""A sign of life while something takes long: on a terminal, on stderr, and only then."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

PATIENCE = 1.0
"""Seconds before anything is shown: most fits are over by then."""

PACE = 0.25
"""Seconds between two steps of the bar."""

WIDTH = 24


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Show a bar that moves, and the seconds, as long as the block runs; nothing where nobody watches.

    How long a fit will take is not known beforehand, so that the bar runs to and fro.
    """
    if not sys.stderr.isatty():
        yield
        return
    over = Event()
    thread = Thread(target=_show, args=(what, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _show(what: str, over: Event) -> None:
    start = monotonic()
    if over.wait(PATIENCE):
        return
    step = 0
    while not over.wait(PACE):
        _line(f"{what} {bar(step)} {monotonic() - start:.0f} s")
        step += 1
    _line("")


def bar(step: int) -> str:
    """The bar after so many steps: a piece that runs to and fro."""
    way = WIDTH - 4
    place = way - abs(way - step % (2 * way))
    return f"[{' ' * place}===={' ' * (way - place)}]"


def _line(text: str) -> None:
    # The line is overwritten: back to its start, and the rest of it erased.
    sys.stderr.write(f"\r\x1b[K{text}")
    sys.stderr.flush()
