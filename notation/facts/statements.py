"""Facts as short statements, as they are typed on a command line.

levels       sch_id: meanses, sector; district: size
nesting      students < schools < districts; schools x neighborhoods
groups       j=sch_id, k=district
A name that holds one of these signs stands in backticks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ..errors import ReadError, Span
from ..model import Crossed, Nested, Relation
from ..patterns import pattern

_PIECE = pattern(
    r"\s*(?:`(?P<quoted>(?:[^`\\]|\\.)*)`|(?P<sign>[:,;<=]|(?<=\s)[x×](?=\s|$))|(?P<word>[^`:,;<=\s]+))"
)

CROSSES = frozenset("x×")
"""A sign between grouping factors; elsewhere a variable may be called x."""


def parse_levels(text: str) -> dict[str, list[str]]:
    """``sch_id: meanses, sector; district: size`` → the variables of each grouping factor."""
    found: dict[str, list[str]] = {}
    for part in _parts(text, ";"):
        group, *rest = _split(part, ":")
        if len(rest) > 1 or (not rest and ":" not in _signs(part)):
            raise _mistake(
                text, "expected a grouping factor, a colon and its variables", "sch_id: meanses, sector"
            )
        names = _split(rest[0], ",") if rest and rest[0] else []
        found.setdefault(_name(group, text), []).extend(_name(n, text) for n in names if n)
    return found


def parse_nesting(text: str) -> list[str]:
    """``students < schools; schools x neighborhoods`` → the statements, each checked."""
    statements = [_shown(part) for part in _parts(text, ";")]
    read_relations(statements)
    return statements


def parse_groups(text: str) -> dict[str, str]:
    """``j=sch_id, k=district`` → the new name of each."""
    found = {}
    for part in (p for each in _parts(text, ";") for p in _split(each, ",") if p):
        sides = _split(part, "=")
        if len(sides) != 2:
            raise _mistake(text, "expected an index or a word, = and a column", "j=sch_id")
        found[_name(sides[0], text)] = _name(sides[1], text)
    return found


def read_relations(statements: Iterable[str]) -> tuple[list[str], list[Relation]]:
    """The grouping factors that statements of nesting mention, and what they say of them."""
    mentioned: dict[str, None] = {}
    relations: list[Relation] = []
    for text in statements:
        for part in _parts(text, ";"):
            signs = set(_signs(part))
            if len(signs) > 1 or not signs <= CROSSES | {"<"}:
                raise _mistake(text, "expected one of < and x between grouping factors", "students < schools")
            names = [_name(side, text) for side in _split(part, *signs)]
            mentioned.update(dict.fromkeys(names))
            relations += _relations(names, crossed=bool(signs - {"<"}))
    for relation in relations:
        if isinstance(relation, Nested) and Nested(relation.outer, relation.inner) in relations:
            raise ReadError(f"{relation.inner} and {relation.outer} are said to be nested in each other")
    return list(mentioned), relations


def _relations(names: list[str], *, crossed: bool) -> Iterator[Relation]:
    if not crossed:
        yield from (Nested(inner, outer) for inner, outer in pairwise(names))
        return
    yield from (Crossed(frozenset((a, b))) for n, a in enumerate(names) for b in names[n + 1 :])


def say_relation(relation: Relation | str) -> str:
    """The statement of a relation, or of a factor alone; :func:`read_relations` reads it."""
    match relation:
        case Nested(inner, outer):
            return f"{_quoted(inner)} < {_quoted(outer)}"
        case Crossed(factors):
            return " x ".join(sorted(map(_quoted, factors)))
        case _:
            return _quoted(relation)


# ------------------------------------------------------------------ pieces

_Piece = tuple[str, str]
"""The kind of a piece (quoted, sign, word) and its text."""


def _parts(text: str, sign: str) -> list[list[_Piece]]:
    """The pieces of a text between signs; empty parts are passed over."""
    return [part for part in _split(list(_pieces(text)), sign) if part]


def _pieces(text: str) -> Iterator[_Piece]:
    place, end = 0, len(text.rstrip())
    while place < end:
        match = _PIECE.match(text, place)
        if match is None or match.lastgroup is None:
            raise ReadError("the ` is never closed", text, Span(place, end), "Add its partner.")
        yield match.lastgroup, match[match.lastgroup]
        place = match.end()


def _split(pieces: list[_Piece], *signs: str) -> list[list[_Piece]]:
    found: list[list[_Piece]] = [[]]
    for piece in pieces:
        if piece[0] == "sign" and piece[1] in signs:
            found.append([])
        else:
            found[-1].append(piece)
    return found


def _signs(pieces: list[_Piece]) -> list[str]:
    return [text for kind, text in pieces if kind == "sign"]


def _name(pieces: list[_Piece], text: str) -> str:
    """A name: one in backticks, or words with blanks between them."""
    if not pieces or not CROSSES.issuperset(_signs(pieces)):
        raise _mistake(text, "expected a name", "put backticks around a name with signs in it")
    if len(pieces) == 1 and pieces[0][0] == "quoted":
        return re.sub(r"\\(.)", r"\1", pieces[0][1])
    strange = next((word for _, word in pieces if not re.search(r"\w", word)), None)
    if strange is not None:
        raise _mistake(text, f"{strange} has no meaning here", "`a ? b` is a name, in backticks")
    return " ".join(word for _, word in pieces)


def _shown(pieces: list[_Piece]) -> str:
    return " ".join(f"`{text}`" if kind == "quoted" else text for kind, text in pieces)


def _quoted(name: str) -> str:
    plain = re.fullmatch(r"\.*\w[\w.]*(?: \.*\w[\w.]*)*", name) and not CROSSES & set(name.split(" "))
    return name if plain else "`" + re.sub(r"([\\`])", r"\\\1", name) + "`"


def _mistake(text: str, message: str, example: str) -> ReadError:
    return ReadError(message, text, Span(0, len(text)), f"For example: {example}")
