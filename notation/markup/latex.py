"""Equations as LaTeX: one ``aligned`` environment that KaTeX, MathJax and pdfLaTeX all accept.

Names always stand in ``\\text{…}``, escaped; functions and distributions in ``\\mathrm``. Rows are aligned at
``=`` and ``\\sim``; a continuation row begins with ``&\\quad`` and its operator. Quantifiers follow their
statement (``, \\quad \\text{for students } j = 1, \\dots, J``); legend rows begin with ``&``.
"""

from __future__ import annotations

from itertools import pairwise

from ..documents import latex_document
from ..equations import (
    Apply,
    Blank,
    Column,
    Distributed,
    Distribution,
    Equation,
    Equations,
    Marked,
    Matrix,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Range,
    Statement,
    Sum,
    Symbol,
    Transpose,
    Uncertain,
    Vector,
)
from ..frozen import frozen
from ..options import DEFAULT, Options
from .latex_scripts import attach, escape, set_name, spell_name, spell_symbol
from .latex_widths import printed_width
from .layout import Chunk, break_lines, enclose, glue
from .legend import Category, Letter, Named, Said, Sentence, sentences
from .structure import INFIX, Rank, bare, distribution_name, is_tall, needs_sign, parts_of, rank, signed

FUNCTIONS = {"log": r"\log", "ln": r"\ln", "exp": r"\exp", "min": r"\min", "max": r"\max"}
"""Functions that have a command of their own."""

PMATRIX_COLUMNS = 10
"""A ``pmatrix`` of amsmath takes no more columns than these."""

NOTHING = Chunk("", 0)

SIGNS = {"×": r" \times ", "·": r" \cdot "}


def write(page: Equations, options: Options = DEFAULT) -> str:
    """The page as ``\\begin{aligned} … \\end{aligned}``, or as a document (``options.document``).

    Raises CannotSay for a name with a control character.
    """
    rows = [row for s in page.statements for row in _statement_rows(s, options.width)]
    rows += [Row(f"&{_sentence(s)}", legend=True) for s in sentences(page.legend)]
    text = f"\\begin{{aligned}}\n{_stacked(rows)}\n\\end{{aligned}}"
    return latex_document(text) if options.document else text


def write_node(node: Node) -> str:
    """One expression, for use in a formula."""
    negative, magnitude = signed(node)
    if negative:
        return "-" + _inside(magnitude, Rank.PRODUCT)
    match magnitude:
        case Symbol() as symbol:
            return spell_symbol(symbol)
        case Number(text):
            return text
        case Sum(terms):
            return " ".join(chunk.text for chunk in _summands(terms))
        case Product() as product:
            return _product(product)
        case Quotient(numerator, denominator):
            return f"\\frac{{{write_node(numerator)}}}{{{write_node(denominator)}}}"
        case Power(base, exponent):
            return _raisable(bare(base)) + attach("^", write_node(exponent))
        case Apply() as call:
            return _apply(call)
        case Equation(sides):
            return " = ".join(map(write_node, sides))
        case array:
            return _array(array)


def _marked(of: Node, label: Node | None) -> str:
    """What is pointed out: over the symbol it stands for, or underlined. Colours are not portable."""
    if label is None:
        return f"\\underline{{{write_node(of)}}}"
    return f"\\underbrace{{{_inside(of, Rank.PRODUCT)}}}_{{{write_node(label)}}}"


def _uncertain(of: Node, bounds: tuple[Node, ...]) -> str:
    """A number with its standard error, or its interval, beneath."""
    inner = ",\\, ".join(map(write_node, bounds))
    beneath = f"({inner})" if len(bounds) == 1 else f"[{inner}]"
    return f"\\underset{{{beneath}}}{{{write_node(of)}}}"


def _array(node: Node) -> str:
    match node:
        case Marked(of, label):
            return _marked(of, label)
        case Uncertain(of, bounds):
            return _uncertain(of, bounds)
        case Column(of, number):
            return f"{_apply(of)}[{number}]"
        case Vector(items):
            return _pmatrix(tuple((item,) for item in items))
        case Matrix(rows):
            return _pmatrix(rows)
        case Blank(dots):
            return r"\cdots" if dots else ""
        case Transpose(of):
            return f"{_transposable(bare(of))}^\\top"
        case other:
            raise TypeError(f"no expression: {other!r}")


# ------------------------------------------------------------------ statements


@frozen
class Row:
    """One row of the ``aligned`` environment; a ``tall`` one holds a vector, a matrix or a fraction."""

    text: str
    tall: bool = False
    legend: bool = False


def _stacked(rows: list[Row]) -> str:
    """The rows under one another, a little apart before the legend and between tall ones."""
    parts = [row.text for row in rows[:1]]
    for above, below in pairwise(rows):
        apart = (above.tall and below.tall) or above.legend != below.legend
        parts += [" \\\\[1ex]\n" if apart else " \\\\\n", below.text]
    return "".join(parts)


def _statement_rows(statement: Statement, width: int) -> list[Row]:
    """The rows of one statement, aligned at its = or ~, broken at a width in printed characters."""
    left, chunks = _statement(statement)
    used = printed_width(left) + 1
    first, *others = break_lines(chunks, width, used)
    tall = any(map(is_tall, parts_of(statement)))
    return [Row(f"{left} &{first}", tall), *(Row(f"&\\quad {line}", tall) for line in others)]


def _statement(statement: Statement) -> tuple[str, list[Chunk]]:
    """The left side, and the rest in chunks, the first of which begins with = or ~."""
    match statement:
        case Equation(sides):
            left = write_node(sides[0])
            chunks = [c for side in sides[1:] for c in glue(Chunk("= ", 2), _chunks(side), NOTHING)]
        case Distributed(symbols, distribution):
            left = ", ".join(map(write_node, symbols))
            chunks = _distribution(distribution)
    ranges = _chunk("".join(map(_range, statement.ranges)))
    return left, glue(NOTHING, chunks or [NOTHING], ranges)


def _distribution(distribution: Distribution) -> list[Chunk]:
    name = distribution_name(distribution)
    items = [_chunks(node) for node in distribution.arguments]
    items += [[_keyword(key, node)] for key, node in distribution.keywords]
    opening = _chunk(f"\\sim \\mathrm{{{escape(name)}}}")
    if any(map(is_tall, distribution.arguments)):
        # Parentheses that grow must stand in one row.
        inner = enclose(NOTHING, [[_unbroken(item)] for item in items], NOTHING)
        return glue(opening, glue(Chunk(r"\left( ", 1), inner, Chunk(r" \right)", 1)), NOTHING)
    return enclose(glue(opening, [Chunk("(", 1)], NOTHING)[0], items, Chunk(")", 1))


def _keyword(name: str, node: Node) -> Chunk:
    return _chunk(f"{_argument_name(name)} = {write_node(node)}")


def _unbroken(chunks: list[Chunk]) -> Chunk:
    return Chunk(" ".join(c.text for c in chunks), sum(c.width + 1 for c in chunks) - 1)


def _chunks(node: Node) -> list[Chunk]:
    """An expression in chunks: a sum may be broken before each of its operators."""
    match bare(node):
        case Sum(terms):
            return _summands(terms)
        case Apply(function, (argument,), ()) if _breaks_inside(function, argument):
            opening = _chunk(f"{_function(function)}(")
            return enclose(opening, [_chunks(argument)], Chunk(")", 1))
        case other:
            return [_chunk(write_node(other))]


def _breaks_inside(function: str, argument: Node) -> bool:
    return function != "sqrt" and isinstance(bare(argument), Sum) and not is_tall(argument)


def _summands(terms: tuple[Node, ...]) -> list[Chunk]:
    first, *others = terms
    return [_chunk(_inside(first, Rank.SIGNED)), *map(_summand, others)]


def _summand(term: Node) -> Chunk:
    negative, magnitude = signed(term)
    return _chunk(f"{'-' if negative else '+'} {_inside(magnitude, Rank.PRODUCT)}")


def _chunk(text: str) -> Chunk:
    return Chunk(text, printed_width(text))


def _range(range_: Range) -> str:
    group = _counted(range_.group) if range_.group else ""
    upper = f" = 1, \\dots, {spell_name(range_.upper)}" if range_.upper else ""
    return f", \\quad {group}{spell_name(range_.index)}{upper}"


def _counted(group: str) -> str:
    """What is counted, as words; a name whose quotation marks or spaces would be lost stands apart."""
    if " ".join(group.split()) == group and not group.startswith("`"):
        return f"\\text{{for {escape(group)} }}"
    return f"\\text{{for }}{set_name(group)}\\text{{ }}"


# ------------------------------------------------------------------ expressions


def _inside(node: Node, least: Rank) -> str:
    """An expression, in parentheses if it holds together less tightly than it must."""
    text = write_node(node)
    return _parentheses(text, is_tall(node)) if rank(node) < least else text


def _parentheses(text: str, tall: bool) -> str:
    return f"\\left( {text} \\right)" if tall else f"({text})"


def _product(product: Product) -> str:
    first, *others = product.factors
    text = _inside(first, Rank.PRODUCT)
    for left, right in zip(product.factors, others, strict=False):
        sign = product.sign or ("×" if needs_sign(left, right) else "")
        text += SIGNS.get(sign) or _space(left, right)
        text += _inside(right, Rank.PRODUCT)
    return text


def _space(left: Node, right: Node) -> str:
    """Letters need no space between them, words do."""
    letters = all(isinstance(bare(n), Symbol | Power) and not _is_word(n) for n in (left, right))
    return " " if letters or rank(right) < Rank.PRODUCT else r" \, "


def _is_word(node: Node) -> bool:
    match bare(node):
        case Symbol() as symbol:
            return symbol.word
        case Power(base, _):
            return _is_word(base)
        case _:
            return True


def _raisable(base: Node) -> str:
    """The base of a power, in parentheses unless it is a plain symbol or a number."""
    match base:
        case Symbol(above=(), accent=accent) if accent not in ("star", "prime"):
            return write_node(base)
        case Number():
            return write_node(base)
        case _:
            return _parentheses(write_node(base), is_tall(base))


def _transposable(of: Node) -> str:
    match of:
        case Vector(items):
            return f"({', '.join(map(write_node, items))})"
        case Matrix():
            return write_node(of)
        case _:
            return _raisable(of)


def _apply(call: Apply) -> str:
    if call.function in INFIX and len(call.arguments) == 2:
        left, right = (_inside(argument, Rank.SUM) for argument in call.arguments)
        return f"{left} {INFIX[call.function][1]} {right}"
    inner = ", ".join(map(write_node, call.arguments))
    if call.function == "sqrt" and len(call.arguments) == 1:
        return f"\\sqrt{{{inner}}}"
    if call.given:
        inner += f" \\mid {', '.join(map(write_node, call.given))}"
    return _function(call.function) + _parentheses(inner, is_tall(call))


def _function(name: str) -> str:
    return FUNCTIONS.get(name) or f"\\mathrm{{{escape(name)}}}"


def _argument_name(name: str) -> str:
    return name if len(name) == 1 else f"\\mathrm{{{escape(name)}}}"


def _pmatrix(rows: tuple[tuple[Node, ...], ...]) -> str:
    body = r" \\ ".join(" & ".join(map(write_node, row)) for row in rows)
    columns = max(map(len, rows))
    if columns <= PMATRIX_COLUMNS:
        return f"\\begin{{pmatrix}} {body} \\end{{pmatrix}}"
    return f"\\left( \\begin{{array}}{{{'c' * columns}}} {body} \\end{{array}} \\right)"


# ------------------------------------------------------------------ the legend


def _sentence(sentence: Sentence) -> str:
    return " ".join(map(_fragment, sentence))


def _fragment(fragment: Said | Named | Category | Letter) -> str:
    match fragment:
        case Said(text):
            return f"\\text{{{escape(text)}}}"
        case Named(name) | Category(name):
            return set_name(name)
        case Letter(name):
            return spell_name(name)
