"""Tokens of a page → statements and prose.

Several statements may stand in one row: words part them, commas behind which a relation follows, and
a left side that follows a finished factor, as in text that has lost its line ends.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..equations import Range
from ..errors import ReadError, Span
from ..markup.names import quote
from .draft import Draft
from .legend import read_ranges
from .prose import INDEPENDENT, is_supposition, level_heading
from .rows import CLOSING, OPENING, OPERATORS, RELATIONS, Row, has_relation, rows_of, strip, with_depth
from .tokens import Token

_OPERANDS = CLOSING | {"SYMBOL", "NUMBER", "TRANSPOSE"}
_LEFT_SIDE = frozenset(["SYMBOL", "COMMA", "LINE", "FRACTION", "DOTS", "TRANSPOSE"])


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


def cut(tokens: list[Token], source: str) -> Page:
    """The statements and the prose of a page. Raises ReadError for brackets that do not match."""
    cutter = _Cutter(source)
    for row in rows_of(tokens, source):
        cutter.row(row)
    return cutter.page


class _Cutter:
    """The page so far, and the level under whose heading the next statements stand."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.page = Page()
        self.level = 0

    def row(self, row: Row) -> None:
        """One row: a heading, prose, or statements with words between them."""
        if row[0].type == "HEADING":
            self.level = row[0].value
        elif not has_relation(row):
            self.prose(row)
        else:
            supposed = is_supposition(" ".join(token.value for token in row if token.type == "TEXT"))
            self.statements_and_words(self.without_label(row), supposed)

    def without_label(self, row: Row) -> Row:
        """A row behind its label: ``Level 1: …``, ``First layer: …``."""
        for place, (depth, token) in enumerate(with_depth(row)):
            if depth == 0 and token.type in RELATIONS:
                break
            if depth == 0 and token.type == "COLON" and place:
                label = render(row[: place + 1], self.source)
                level = level_heading(label)
                if level is None:
                    self.page.prose.append((label, _span(row[: place + 1])))
                else:
                    self.level = level
                return strip(row[place + 1 :])
        return row

    def statements_and_words(self, row: Row, supposed: bool) -> None:
        """The pieces of a row between its words; a mere mention, such as ``$j$``, belongs to the words.

        So does a value that is only ``supposed``, as that of a null hypothesis.
        """
        words: Row = []
        for piece in _at_words(_without_independence(_listed(row), self.source)):
            if supposed and _gives_a_number(piece):
                words += piece
            elif piece[0].type != "TEXT" and has_relation(piece):
                self.words(words)
                words = []
                self.statements(piece)
            elif piece[0].type == "TEXT" or words or not _has_operator(piece):
                words += piece
            else:
                raise self.error(piece)
        self.words(words)

    def words(self, row: Row) -> None:
        """Words beside statements: a quantifier of the one before them, or prose."""
        text = render(row, self.source)
        ranges = read_ranges(text)
        if ranges and self.page.cuts:
            self.page.cuts[-1].ranges += ranges
        elif any(map(str.isalnum, text)) and text.strip(" ,.;:").lower() not in ("and", "where", "with"):
            self.page.prose.append((text, _span(row)))

    def prose(self, row: Row) -> None:
        """A row without a relation; what looks like mathematics there is a mistake."""
        written = any(token.type == "TEXT" for token in row)
        letters = any(t.type == "SYMBOL" and not t.value.word for t in row)
        if not written and letters and (len(row) > 1 or not row[0].value.bare):
            raise self.error(row)
        if (level := level_heading(render(row, self.source).replace("`", ""))) is not None:
            self.level = level
        else:
            self.words(row)

    def statements(self, piece: Row) -> None:
        """The statements of a piece without words."""
        first = len(self.page.cuts)
        for segment in _at_new_sides(piece):
            for part in _at_commas(segment):
                ranges = _quantifier(part)
                if ranges is None:
                    for tokens in _unchained([t for t in part if t.type != "LINE"]):
                        self.page.cuts.append(Cut(tokens, self.level))
                elif len(self.page.cuts) > first:
                    self.page.cuts[-1].ranges += ranges

    def error(self, row: Row) -> ReadError:
        said = self.source[row[0].start : row[-1].end]
        latex = "in LaTeX ~ is a space: write \\sim" if "~" in said else ""
        return ReadError("this is no equation: there is no = or ~", self.source, _span(row), latex)


# ------------------------------------------------------------------ words in a row


def _listed(row: Row) -> Row:
    """``σ_0, and σ_1 ~ …``: in a list of left sides "and" is a comma."""
    listed: Row = []
    left = True
    for depth, token in with_depth(row):
        left = left and not (depth == 0 and token.type in RELATIONS)
        if left and token.type == "TEXT" and token.value.strip(" ,") == "and":
            if listed and listed[-1].type != "COMMA":
                listed.append(Token("COMMA", ",", token.start, token.end))
        else:
            listed.append(token)
    return listed


def _without_independence(row: Row, source: str) -> Row:
    """``…, u_0j ⊥ u_1j``: what the sign ⊥ stands behind belongs to the words."""
    found: Row = []
    for token in row:
        if token.type == "TEXT" and token.value == INDEPENDENT:
            first = len(found)
            while first and found[first - 1].type not in ("COMMA", "LINE", "TEXT", *RELATIONS):
                first -= 1
            said = found[first:]
            found[first:] = [Token("TEXT", render(said, source), said[0].start, said[-1].end)] if said else []
        found.append(token)
    return found


def _at_words(row: Row) -> list[Row]:
    """A row cut before and behind its words; what follows "for" belongs to it."""
    pieces: list[Row] = []
    quantifier = False
    for token in row:
        if token.type == "TEXT":
            said = token.value.strip(" ,;.").lower()
            quantifier = said == "for" or said.startswith("for ") or (quantifier and said != "where")
            pieces.append([token])
        elif pieces and (quantifier or pieces[-1][0].type != "TEXT"):
            pieces[-1].append(token)
        else:
            pieces.append([token])
    return [stripped for piece in pieces if (stripped := _without_comma(strip(piece)))]


def _without_comma(piece: Row) -> Row:
    """A piece without the comma in front of the words that follow."""
    return strip(piece[:-1]) if piece and piece[-1].type == "COMMA" else piece


def _gives_a_number(piece: Row) -> bool:
    """``γ_10 = 0``, also behind a label as H_0."""
    types = [token.type for token in piece]
    return types[-3:] == ["SYMBOL", "EQUALS", "NUMBER"] and {"SYMBOL", "COLON"}.issuperset(types[:-3])


def _has_operator(piece: Row) -> bool:
    return any(token.type in OPERATORS for token in piece)


# ------------------------------------------------------------------ statements side by side


def _at_commas(piece: Row) -> list[Row]:
    """A piece at its commas and semicolons behind each of which a relation follows, or nothing.

    A quantifier holds commas of its own: ``i = 1, …, n``.
    """
    parts: list[Row] = [[]]
    places = with_depth(piece)
    remaining = sum(depth == 0 and token.type in RELATIONS for depth, token in places)
    complete = False
    for place, (depth, token) in enumerate(places):
        if depth == 0 and token.type in RELATIONS:
            complete, remaining = True, remaining - 1
        parting = depth == 0 and token.type in ("COMMA", "SEMICOLON", "COLON") and complete
        if parting and (remaining or place == len(piece) - 1) and not _begins_quantifier(parts[-1]):
            parts.append([])
            complete = False
        else:
            parts[-1].append(token)
    return [stripped for part in parts if (stripped := strip(part))]


def _unchained(part: Row) -> list[Row]:
    """``u_j = (u_0j, u_1j)′ ~ N(0, Σ)`` is about the vector; ``e = y − μ ~ N(0, σ²)`` says two things."""
    relations = [
        n for n, (depth, token) in enumerate(with_depth(part)) if depth == 0 and token.type in RELATIONS
    ]
    types = [part[n].type for n in relations]
    if types != ["EQUALS", "TILDE"]:
        return [part]
    equals, tilde = relations
    if part[equals + 1].type in OPENING:
        return [part[equals + 1 :]]
    return [part[:tilde], part[:equals] + part[tilde:]]


def _begins_quantifier(part: Row) -> bool:
    types = [token.type for token in part if token.type != "LINE"]
    numbers = types[-1] == "NUMBER" and "DOTS" not in types
    return types[:3] == ["SYMBOL", "EQUALS", "NUMBER"] and (numbers or types[-1] == "DOTS")


def _quantifier(part: Row) -> tuple[Range, ...] | None:
    """``j = 1, …, J``."""
    tokens = [token for token in part if token.type not in ("LINE", "COMMA")]
    types = [token.type for token in tokens]
    if types[:3] != ["SYMBOL", "EQUALS", "NUMBER"] or "DOTS" not in types:
        return None
    dots = types.index("DOTS")
    if len(types) > dots + 2 or set(types[2:dots]) != {"NUMBER"}:
        return None
    upper = "".join(map(_name, tokens[dots + 1 :]))
    return (Range(_name(tokens[0]), upper=upper),)


def _name(token: Token) -> str:
    return token.value.base if isinstance(token.value, Draft) else str(token.value)


def _at_new_sides(piece: Row) -> list[Row]:
    """A piece at each place where a left side follows a finished factor."""
    pieces: list[Row] = []
    start, relation = 0, -1
    places = with_depth(piece)
    for place, (depth, token) in enumerate(places):
        if depth or token.type not in RELATIONS:
            continue
        begin = _new_side(places, relation, place) if relation >= 0 else None
        if begin is not None:
            pieces.append(piece[start:begin])
            start = begin
        relation = place
    pieces.append(piece[start:])
    return [stripped for part in pieces if (stripped := strip(part))]


def _new_side(places: list[tuple[int, Token]], relation: int, place: int) -> int | None:
    """Where the left side of the relation at ``place`` begins, if it is a new statement's.

    ``a = b c = d`` is a chain, unless a line or a wide space ends behind ``b``, or ``c`` is a coefficient.
    """
    for begin in range(place - 1, relation, -1):
        depth, token = places[begin]
        if depth == 0 and token.type == "LINE":
            side = [t.type for d, t in places[begin + 1 : place] if t.type != "LINE" and d == 0]
            if begin + 1 == place:
                continue  # the line ends right before the relation
            return begin if _LEFT_SIDE.issuperset(side) else None
        if depth == 0 and token.type in ("PLUS", "MINUS", "TIMES", "COMMA"):
            break
    begin = place - 1
    tilde = places[place][1].type == "TILDE"
    before = places[begin][1]
    if before.type in CLOSING and tilde:
        while begin - 1 > relation and places[begin - 1][0]:
            begin -= 1
    elif before.type != "SYMBOL" or not (tilde or _is_coefficient(before.value)):
        return None
    follows = begin - 1 > relation and places[begin - 1][1].type in _OPERANDS
    return begin if follows else None


def _is_coefficient(draft: Draft) -> bool:
    return not draft.word and bool(draft.below)


# ------------------------------------------------------------------ words


def render(tokens: Row, source: str) -> str:
    """Tokens as a reader of the page sees them; names that were set as such stand in backticks."""
    found: list[str] = []
    end = 0
    for token in tokens:
        spoken = _spoken(token, source)
        if token.start > end and spoken[:1] not in (",", ".", ";", ":"):
            found.append(" ")
        found.append(spoken)
        end = token.end
    return " ".join("".join(found).split())


def _spoken(token: Token, source: str) -> str:
    match token.type, token.value:
        case "SYMBOL", Draft() as draft if draft.bare:
            said = source[token.start : token.end]
            # A text that begins or ends with a space is not a name but words between names.
            quoted = draft.word and said[0] == "\\" and "{ " not in said and not said.endswith(" }")
            return quote(draft.base) if quoted else draft.base
        case "SYMBOL", _:
            return source[token.start : token.end]
        case "LINE", _:
            return " "
        case _, str(text):
            return text
        case _:
            return source[token.start : token.end]


def _span(tokens: Row) -> Span:
    return Span(tokens[0].start, tokens[-1].end) if tokens else Span(0, 0)
