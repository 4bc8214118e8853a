"""What a source on the command line is: a file, a text, or standard input."""

from __future__ import annotations

import sys
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path

from ..errors import ReadError

SIGNS_OF_TEXT = "=~\\\n"
"""A formula or an equation has one of these; what has none is meant as the name of a file."""


UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""How texts in UTF-16 begin."""


def read_source(source: str) -> str:
    """The text of a source: of standard input for ``-``, of a file, or the text itself.

    Files are UTF-8, with or without a byte order mark. Raises ReadError, with the nearest file name,
    for what is neither a file nor a text.
    """
    if source == "-":
        return _decoded(sys.stdin.buffer.read(), "standard input")
    if not source.strip():
        raise ReadError("the source is empty", mend="Give a file, a text, or - for standard input.")
    path = Path(source)
    if _is(Path.is_file, path):
        return _decoded(path.read_bytes(), source)
    if any(sign in source for sign in SIGNS_OF_TEXT) or _is_command(source):
        return source
    if _is(Path.is_dir, path):
        raise ReadError(f"{source} is a folder", mend="Give one of its files.")
    near = _nearest(path)
    raise ReadError(
        f"there is no file {source!r}{f'; did you mean {near!r}?' if near else ''}",
        mend="A formula or an equation has = or ~ in it; a command of Stata begins with mixed, regress, ….",
    )


def _is_command(source: str) -> bool:
    """Whether a source is an estimation command of Stata, which needs no = or ~: ``mixed y x || g:``."""
    from ..software.stata_commands import recognises

    return recognises(source)


def _is(kind: Callable[[Path], bool], path: Path) -> bool:
    try:
        return kind(path)
    except OSError:  # a text that is too long for the name of a file
        return False


def _decoded(content: bytes, name: str) -> str:
    if not content.strip():
        raise ReadError(f"{name} is empty")
    if b"\0" in content and not content.startswith(UTF_16):
        raise ReadError(f"{name} is no text")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ReadError(f"{name} is not UTF-8 (byte {error.start})", mend="Save it as UTF-8.") from None


def _nearest(path: Path) -> str | None:
    folder = path.parent
    try:
        names = [str(folder / p.name) for p in folder.iterdir() if p.is_file()]
    except OSError:
        return None
    found = get_close_matches(str(path), names, n=1, cutoff=0.5)
    return found[0] if found else None
