"""Tokens of a page → statements and prose.

A row ends where the author ended it, unless the mathematics goes on: an open bracket, an operator
behind the row or in front of the next one. Several statements may stand in one row; words cut it too.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..equations import Range
from ..errors import ReadError, Span
from .legend import read_ranges
from .tokens import Draft, Token

_OPERATORS = frozenset({"PLUS", "MINUS", "TIMES", "SLASH", "EQUALS", "TILDE"})
_RELATIONS = frozenset({"EQUALS", "TILDE"})
_OPENING = frozenset({"OPEN", "MATRIX_OPEN"})
_CLOSING = frozenset({"CLOSE", "MATRIX_CLOSE"})
_OPERANDS = frozenset({"SYMBOL", "NUMBER", "CLOSE", "MATRIX_CLOSE", "TRANSPOSE"})
_HEADS = frozenset({"SYMBOL", "OPEN", "MATRIX_OPEN", "NUMBER", "FRACTION"})

MAX_DEPTH = 30


@dataclass(slots=True)
class Cut:
    """The tokens of one statement, with the quantifiers behind it and the level it stood under."""

    tokens: list[Token]
    level: int = 0
    ranges: tuple[Range, ...] = ()


@dataclass(slots=True)
class Page:
    """The statements of a page, and its prose, line by line with places."""

    cuts: list[Cut] = field(default_factory=list)
    prose: list[tuple[str, Span]] = field(default_factory=list)


Row = list[Token]


def cut(tokens: list[Token], source: str) -> Page:
    """Cuts the tokens of a page. Raises ReadError for brackets that do not match."""
    page = Page()
    level = 0
    for row in _join(_rows(tokens, source)):
        if row[0].type == "HEADING":
            level = row[0].value
            continue
        _cut_row(row, level, page, source)
    return page


# ------------------------------------------------------------------ rows


def _rows(tokens: list[Token], source: str) -> list[Row]:
    """The rows as the author ended them, outside of brackets; a heading is a row of its own."""
    rows: list[Row] = []
    row: Row = []
    opened: list[Token] = []
    for token in tokens:
        kind = token.type
        if kind in _OPENING:
            opened.append(token)
        elif kind in _CLOSING:
            _close(token, opened, source)
        elif kind == "BREAK":
            if not opened:
                rows.append(row)
                row = []
            continue
        elif kind == "LINE" and opened:
            continue
        elif kind == "HEADING":
            _no_words_inside(opened, token, source)
            rows += [row, [token]]
            row = []
            continue
        elif kind == "TEXT":
            if not token.value.strip():
                continue
            _no_words_inside(opened, token, source)
        row.append(token)
    if opened:
        raise ReadError(f"{_spelling(opened[-1])} is never closed", source, opened[-1].span)
    rows.append(row)
    return [stripped for row in rows if (stripped := _strip(row))]


def _close(token: Token, opened: list[Token], source: str) -> None:
    if not opened or (opened[-1].type == "OPEN") != (token.type == "CLOSE"):
        raise ReadError(f"{_spelling(token)} closes a bracket that was never opened", source, token.span)
    opened.pop()
    if len(opened) > MAX_DEPTH:
        raise ReadError("brackets are nested too deeply to be an equation", source, token.span)


def _no_words_inside(opened: list[Token], token: Token, source: str) -> None:
    if opened:
        message = f"{_spelling(opened[-1])} is not closed before these words"
        raise ReadError(message, source, opened[-1].span)


def _spelling(token: Token) -> str:
    return token.value if isinstance(token.value, str) else "this matrix"


def _strip(row: Row) -> Row:
    """A row without line ends at its edges, and without the punctuation behind it."""
    first, last = 0, len(row)
    while first < last and row[first].type == "LINE":
        first += 1
    while last > first and row[last - 1].type in ("LINE", "STOP", "SEMICOLON"):
        last -= 1
    return row[first:last]


def _join(rows: list[Row]) -> list[Row]:
    """Rows of mathematics that go on in the next row are one."""
    joined: list[Row] = []
    for row in rows:
        if joined and _goes_on(joined[-1], row):
            joined[-1] = _weld(joined[-1], row)
        else:
            joined.append(row)
    return joined


def _goes_on(above: Row, row: Row) -> bool:
    last, first = above[-1], row[0]
    if last.type in ("HEADING", "TEXT") or first.type in ("HEADING", "TEXT"):
        return False
    if last.type in _OPERATORS or first.type in _OPERATORS:
        return True
    if first.type == "COMMA":
        return True
    return last.type == "COMMA" and not _has_relation(above)


def _weld(above: Row, row: Row) -> Row:
    # Many authors repeat the operator at which a row was broken.
    if above[-1].type == row[0].type and above[-1].type in ("PLUS", "EQUALS"):
        row = row[1:]
    return above + row


def _has_relation(tokens: list[Token]) -> bool:
    return any(depth == 0 and t.type in _RELATIONS for depth, t in _with_depth(tokens))


def _with_depth(tokens: list[Token]) -> list[tuple[int, Token]]:
    """Each token with the number of brackets around it; brackets count as inside."""
    found = []
    depth = 0
    for token in tokens:
        depth += token.type in _OPENING
        found.append((depth, token))
        depth -= token.type in _CLOSING
    return found


# ------------------------------------------------------------------ within a row


def _cut_row(row: Row, level: int, page: Page, source: str) -> None:
    """The statements of one row; a row without any is prose."""
    if not _has_relation(row):
        _prose_row(row, page, source)
        return
    words: Row = []
    for piece in _at_words(_listed(row)):
        if piece[0].type != "TEXT" and _has_relation(piece):
            _words(words, page, source)
            words = []
            _statements(piece, level, page, source)
        elif piece[0].type == "TEXT" or words or _is_label(piece):
            words += piece
        else:
            raise ReadError("this is no equation: there is no = or ~", source, _span(piece))
    _words(words, page, source)


def _at_words(row: Row) -> list[Row]:
    """A row cut before and behind its words; what follows "for" belongs to it."""
    pieces: list[Row] = []
    quantifier = False
    for token in row:
        if token.type == "TEXT":
            quantifier = (
                (quantifier and not token.value.strip().lower().startswith("where")) or _opens_quantifier(token)
            )
            if quantifier and pieces and pieces[-1][0].type == "TEXT" and not _opens_quantifier(token):
                pieces[-1].append(token)
            else:
                pieces.append([token])
        elif quantifier or (pieces and pieces[-1][0].type != "TEXT"):
            pieces[-1].append(token)
        else:
            pieces.append([token])
    return [stripped for piece in pieces if (stripped := _strip(piece))]


def _listed(row: Row) -> Row:
    """``σ_0, and σ_1 ~ …``: in a list of left sides "and" is a comma."""
    listed: Row = []
    for place, token in enumerate(row):
        if token.type == "TEXT" and token.value.strip(" ,") == "and" and not _has_relation(row[:place]):
            if listed and listed[-1].type != "COMMA":
                listed.append(Token("COMMA", ",", token.start, token.end))
        else:
            listed.append(token)
    return listed


def _opens_quantifier(token: Token) -> bool:
    return (
        token.value.strip(" ,;.~").lower().startswith(("for ", "for"))
        and not token.value.strip(" ,;.").lower()[3:4].isalpha()
    )


def _words(piece: Row, page: Page, source: str) -> None:
    """Words in a row: a quantifier of the statement before it, or prose."""
    if not piece:
        return
    text = render(piece, source)
    ranges = read_ranges(text)
    if ranges and page.cuts:
        page.cuts[-1].ranges += ranges
    elif any(c.isalnum() for c in text):
        page.prose.append((text, _span(piece)))


def _prose_row(row: Row, page: Page, source: str) -> None:
    symbols = [t for t in row if t.type in ("SYMBOL", "NUMBER")]
    if (
        not any(t.type == "TEXT" for t in row)
        and any(not t.value.word for t in symbols if isinstance(t.value, Draft))
        and (len(symbols) > 1 or any(t.type in _OPERATORS for t in row))
    ):
        raise ReadError("this is no equation: there is no = or ~", source, _span(row))
    text = render(row, source)
    ranges = read_ranges(text)
    if ranges and page.cuts:
        page.cuts[-1].ranges += ranges
    else:
        page.prose.append((text, _span(row)))


def _is_label(piece: Row) -> bool:
    """Whether a piece beside words is a mere mention: ``$i$``, ``\\beta_{0j}``."""
    return not any(t.type in _OPERATORS for t in piece)


def _statements(piece: Row, level: int, page: Page, source: str) -> None:
    """The statements of a row without words, cut at commas and where a new left side begins."""
    first = len(page.cuts)
    for segment in _at_new_sides(piece):
        for part in _at_commas(segment):
            ranges = _ranges_of(part)
            if ranges is None:
                page.cuts.append(Cut([t for t in part if t.type != "LINE"], level))
            elif len(page.cuts) > first:
                page.cuts[-1].ranges += ranges


def _at_commas(piece: Row) -> list[Row]:
    """A row at its top-level commas and semicolons, behind each of which a relation follows."""
    parts: list[Row] = [[]]
    rest = [t.type in _RELATIONS for d, t in _with_depth(piece) if d == 0]
    remaining = sum(rest)
    seen = False
    counted = _with_depth(piece)
    for place, (depth, token) in enumerate(counted):
        if depth == 0 and token.type in _RELATIONS:
            seen, remaining = True, remaining - 1
        at_end = place == len(piece) - 1
        if depth == 0 and token.type in ("COMMA", "SEMICOLON") and seen and (remaining or at_end):
            parts.append([])
            # Members of a quantifier stay together: i = 1, …, n.
            seen = False if not _is_quantifier_start(parts[-2]) else True
            if seen:
                parts.pop()
                parts[-1].append(token)
            continue
        parts[-1].append(token)
    return [p for part in parts if (p := _strip(part))]


def _is_quantifier_start(part: Row) -> bool:
    types = [t.type for t in part if t.type != "LINE"]
    return (
        types[:3] == ["SYMBOL", "EQUALS", "NUMBER"]
        and "DOTS" not in types[:-1]
        and _last_quantifier(part) is None
    )


def _last_quantifier(part: Row) -> tuple[Range, ...] | None:
    """``j = 1, …, J``."""
    tokens = [t for t in part if t.type not in ("LINE", "COMMA")]
    types = [t.type for t in tokens]
    if (
        types[:3] != ["SYMBOL", "EQUALS", "NUMBER"]
        or "DOTS" not in types
        or not isinstance(tokens[0].value, Draft)
    ):
        return None
    dots = types.index("DOTS")
    if len(types) - dots > 2 or any(t not in ("NUMBER",) for t in types[2:dots]):
        return None
    upper = tokens[dots + 1] if dots + 1 < len(tokens) else None
    return (Range(tokens[0].value.base, "", "" if upper is None else _name(upper)),)


def _ranges_of(part: Row) -> tuple[Range, ...] | None:
    return _last_quantifier(part)


def _name(token: Token) -> str:
    return token.value.base if isinstance(token.value, Draft) else str(token.value)


def _at_new_sides(piece: Row) -> list[Row]:
    """A row at each place where a left side follows a finished factor: text that lost its line ends."""
    pieces: list[Row] = []
    start = 0
    relation = -1  # the place of the relation of the current statement
    depths = _with_depth(piece)
    for place, (depth, token) in enumerate(depths):
        if depth or token.type not in _RELATIONS:
            continue
        if relation >= 0 and (begin := _new_side(depths, relation, place, token)) is not None:
            pieces.append(piece[start:begin])
            start = begin
        relation = place
    pieces.append(piece[start:])
    return [stripped for p in pieces if (stripped := _strip(p))]


def _new_side(depths: list[tuple[int, Token]], relation: int, place: int, token: Token) -> int | None:
    """Where the left side of the relation at ``place`` begins, if it is a new statement's."""
    for begin in range(place - 1, relation, -1):
        depth, candidate = depths[begin]
        if depth == 0 and candidate.type == "LINE":
            return begin if _is_left_side([t for d, t in depths[begin + 1 : place] if d == 0]) else None
        if depth == 0 and candidate.type in ("PLUS", "MINUS", "TIMES", "COMMA"):
            break
    before = depths[place - 1][1]
    begin = place - 1
    if before.type in _CLOSING and token.type == "TILDE":
        begin = next((p + 1 for p in range(place - 2, relation, -1) if depths[p][0] == 0), relation + 1)
    elif before.type != "SYMBOL" or not (token.type == "TILDE" or _is_coefficient(before)):
        return None
    if begin - 1 > relation and depths[begin - 1][1].type in _OPERANDS:
        return begin
    return None


def _is_left_side(top: list[Token]) -> bool:
    """Whether the tokens outside of brackets could be a left side: no sum, no product with a sign."""
    return all(t.type in ("SYMBOL", "COMMA", "LINE", "FRACTION", "DOTS", "TRANSPOSE") for t in top)


def _is_coefficient(token: Token) -> bool:
    draft: Draft = token.value
    return not draft.word and bool(draft.below)


# ------------------------------------------------------------------ words


def render(tokens: list[Token], source: str) -> str:
    """Tokens as a reader of the page sees them, for the legend."""
    found = []
    end = tokens[0].start
    for token in tokens:
        spoken = _spoken(token, source)
        if token.start > end and spoken[:1] not in (",", ".", ";", ":"):
            found.append(" ")
        found.append(spoken)
        end = token.end
    return " ".join("".join(found).split())


def _spoken(token: Token, source: str) -> str:
    match token.type, token.value:
        case "TEXT", str(text):
            return text
        case "DOTS", _:
            return "…"
        case "LINE", _:
            return " "
        case "SYMBOL", Draft() as draft if draft.bare:
            said = source[token.start : token.end]
            # A text that begins or ends with a space is not a name but words between names.
            quoted = draft.word and said[0] == "\\" and "{ " not in said and not said.endswith(" }")
            return f"`{draft.base}`" if quoted else draft.base
        case _:
            return source[token.start : token.end]


def _span(tokens: list[Token]) -> Span:
    return Span(tokens[0].start, tokens[-1].end)
