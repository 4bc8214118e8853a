"""Equations as plain text, in Unicode or ASCII: ``math_ij = β_0j + β_1j ses_ij + r_ij``.

How things are spelled, which readers rely on:

* A symbol is its base, then a whole number as its exponent, ``_`` with its subscripts, ``^`` with its
  superscripts: ``σ²_α``, ``γ_0^α``. In ASCII the exponent comes last: ``sigma_alpha^2``. Any other
  exponent, and that of anything but a symbol or a number, follows the whole: ``x_ij^(0.5)``, ``(x_ij +
  1)²``.
* Scripts run together where nothing in them can be mistaken: ``π_0jk``, ``x̄_.j``, ``β_0j[i]``, ``ρ_αβ``.
  Otherwise they stand in braces with commas, and a number next to a comma is one number: ``γ_{1,10}``,
  ``γ_{1,10,jk}``, ``β_{10,j}``, ``α_{j[i],k[i]}``, ``rho_{alpha,beta}``. A number of two digits that
  stands alone is written as it is, ``β_10``. A symbol with scripts inside a script makes braces:
  ``μ_{β_1}``.
* A word in a script stands bare if it has three letters or more, one of which at least is none of the
  index letters g–n and p–t (``Σ_student``); otherwise in backticks. Letters in front of ``[`` are one
  name: ``α_school[i]``. Short marks stand in braces as they are: ``u^{(2)}``, ``x_{t-1}``.
* Names of data stand bare or in backticks, as :mod:`notation.markup.names` says, which also defines the
  escapes inside backticks. A category follows in brackets: ``Machine[B]_ij``.
* A bar, hat, tilde or dot is a combining mark on each letter, ``s̄ēs̄_.j``; in ASCII, and for names in
  backticks, a call in front of the scripts: ``mean(ses)_.j``, ``hat(x)_i``, ``tilde(u)``, ``dot(x)``. A
  star is ``x^*``, a prime ``x′``.
* Factors stand side by side with a space, or with × or · (``*`` in ASCII); with × also where they would
  read as a call or as one number.
* A vector is ``(u_0j, u_1j)``, transposed ``(u_0j, u_1j)′``; a transposed symbol
  ``Xᵀ`` (``X^T``). A matrix is ``[τ_00 τ_01; τ_10 τ_11]``, with commas between the cells where one holds
  a space or is blank: ``[τ_00, ; τ_10, τ_11]``.
* What a derivation points out stands in brackets: ``[γ_00 + u_0j]``.
* A standard error follows its number in parentheses, an interval in brackets: ``12.64 (0.24)``,
  ``12.64 [12.16, 13.12]``.
* A continuation line is indented. It begins with its operator, or within a list behind a comma.
* The legend stands below, each sentence on a line of its own.
"""

from __future__ import annotations

from ..documents import markdown_document
from ..equations import (
    Apply,
    Blank,
    Column,
    Distributed,
    Distribution,
    Equation,
    Equations,
    Index,
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
from ..options import DEFAULT, Options
from .layout import INDENT, Chunk, break_lines, enclose, glue, plain_width
from .legend import Category, Letter, Named, Said, Sentence, sentences
from .names import GREEK, spell_category, spell_function, spell_phrase
from .plain_scripts import ASCII, UNICODE, Signs, letter_name, spell_script, spell_symbol
from .structure import INFIX, Rank, bare, distribution_name, needs_sign, rank, signed

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def write(page: Equations, options: Options = DEFAULT) -> str:
    """The page as text; ``options.ascii`` chooses ASCII, ``options.width`` the width of a line.

    With ``options.document`` it is a Markdown page that shows this text.
    """
    signs = ASCII if options.ascii else UNICODE
    lines = [write_statement(s, signs, options.width) for s in page.statements]
    lines += [_sentence(s) for s in sentences(page.legend)]
    text = "\n".join(lines)
    return markdown_document(text) if options.document else text


def write_node(node: Node, signs: Signs = UNICODE) -> str:
    """One expression, without line breaks: also for messages, tables and the widths of other markups."""
    negative, magnitude = signed(node)
    if negative:
        return signs.minus + _inside(magnitude, Rank.PRODUCT, signs)
    match magnitude:
        case Symbol() as symbol:
            return spell_symbol(symbol, signs)
        case Number(text):
            return text
        case Sum(terms):
            return " ".join(chunk.text for chunk in _summands(terms, signs))
        case Product() as product:
            return _product(product, signs)
        case Quotient(numerator, denominator):
            return f"{_inside(numerator, Rank.POWER, signs)}/{_inside(denominator, Rank.POWER, signs)}"
        case Power(base, exponent):
            return _power(bare(base), bare(exponent), signs)
        case Apply() as call:
            return _apply(call, signs)
        case Equation(sides):
            return " = ".join(write_node(side, signs) for side in sides)
        case array:
            return _array(array, signs)


def _array(node: Node, signs: Signs) -> str:
    match node:
        case Marked(of):
            return f"[{write_node(of, signs)}]"
        case Uncertain(of, (_,) as bounds):
            return f"{write_node(of, signs)} ({_listed(bounds, signs)})"
        case Uncertain(of, bounds):
            return f"{write_node(of, signs)} [{_listed(bounds, signs)}]"
        case Column(of, number):
            return f"{_apply(of, signs)}[{number}]"
        case Vector(items):
            return f"({_listed(items, signs)})"
        case Matrix(rows):
            return " ".join(chunk.text for chunk in _matrix_chunks(rows, signs))
        case Blank(dots):
            return signs.dots if dots else ""
        case Transpose(of):
            return _transpose(bare(of), signs)
        case other:
            raise TypeError(f"no expression: {other!r}")


# ------------------------------------------------------------------ statements


def write_statement(statement: Statement, signs: Signs = UNICODE, width: int = 0) -> str:
    """One statement, broken into lines of at most ``width`` characters."""
    left = left_side(statement, signs)
    lines = break_lines(statement_chunks(statement, signs), width, plain_width(left) + 1)
    return ("\n" + " " * INDENT).join([f"{left} {lines[0]}", *lines[1:]])


def left_side(statement: Statement, signs: Signs = UNICODE) -> str:
    """What stands in front of the first = or ~."""
    match statement:
        case Equation(sides):
            return write_node(sides[0], signs)
        case Distributed(symbols):
            return _listed(symbols, signs)


def statement_chunks(statement: Statement, signs: Signs = UNICODE) -> list[Chunk]:
    """What stands behind the left side in chunks, the first of which begins with = or ~."""
    nothing = _chunk("")
    match statement:
        case Equation(sides):
            chunks = [c for side in sides[1:] for c in glue(_chunk("= "), _chunks(side, signs), nothing)]
        case Distributed(_, distribution):
            chunks = _distribution_chunks(distribution, signs)
    return glue(nothing, chunks or [nothing], _chunk(spell_ranges(statement.ranges, signs)))


def _distribution_chunks(distribution: Distribution, signs: Signs) -> list[Chunk]:
    arguments = [_chunks(node, signs) for node in distribution.arguments]
    named = [[_chunk(f"{name} = {write_node(node, signs)}")] for name, node in distribution.keywords]
    return _enclosed(f"~ {distribution_name(distribution)}(", arguments + named)


def _enclosed(opening: str, items: list[list[Chunk]]) -> list[Chunk]:
    return enclose(_chunk(opening), items, _chunk(")"))


def _chunks(node: Node, signs: Signs) -> list[Chunk]:
    """An expression in chunks: a sum may be broken before each of its operators."""
    match bare(node):
        case Sum(terms):
            return _summands(terms, signs)
        case Vector((_, _, *_) as items):
            return _enclosed("(", [_chunks(item, signs) for item in items])
        case Matrix(rows):
            return _matrix_chunks(rows, signs)
        case Apply(function, arguments, ()) if function not in INFIX:
            inner = [_chunks(argument, signs) for argument in arguments]
            return _enclosed(f"{_function(function, signs)}(", inner)
        case other:
            return [_chunk(write_node(other, signs))]


def _summands(terms: tuple[Node, ...], signs: Signs) -> list[Chunk]:
    first, *others = terms
    return [_chunk(_inside(first, Rank.SIGNED, signs)), *(_chunk(_summand(t, signs)) for t in others)]


def _summand(term: Node, signs: Signs) -> str:
    negative, magnitude = signed(term)
    return f"{signs.minus if negative else '+'} {_inside(magnitude, Rank.PRODUCT, signs)}"


def spell_ranges(ranges: tuple[Range, ...], signs: Signs = UNICODE) -> str:
    """The quantifiers behind a statement: ``, for students j = 1, …, J``."""
    return "".join(_range(range_, signs) for range_ in ranges)


def _range(range_: Range, signs: Signs) -> str:
    group = f"for {spell_phrase(range_.group)} " if range_.group else ""
    upper = f" = 1, {signs.dots}, {range_.upper}" if range_.upper else ""
    return f", {group}{spell_script(Index(range_.index), signs)}{upper}"


def _chunk(text: str) -> Chunk:
    return Chunk(text, plain_width(text))


# ------------------------------------------------------------------ expressions


def _inside(node: Node, least: Rank, signs: Signs) -> str:
    """An expression, in parentheses if it holds together less tightly than it must."""
    text = write_node(node, signs)
    return f"({text})" if rank(node) < least else text


def _product(product: Product, signs: Signs) -> str:
    first, *others = product.factors
    text = _factor(first, signs)
    for left, right in zip(product.factors, others, strict=False):
        sign = product.sign or ("×" if needs_sign(left, right) else "")
        text += signs.joins[sign] + _factor(right, signs)
    return text


def _factor(node: Node, signs: Signs) -> str:
    # a/b c could be read as a/(b c).
    least = Rank.POWER if isinstance(bare(node), Quotient) else Rank.PRODUCT
    return _inside(node, least, signs)


def _power(base: Node, exponent: Node, signs: Signs) -> str:
    whole = _whole_number(exponent)
    raised = f"^{whole}" if whole else f"^({write_node(exponent, signs)})"
    if whole and not signs.ascii:
        raised = whole.translate(SUPERSCRIPTS)
    match base:
        case Symbol(above=(), accent=accent) if whole and accent not in ("star", "prime"):
            return spell_symbol(base, signs, raised)
        case Symbol(above=(), accent="") | Number():
            return write_node(base, signs) + raised
        case _:
            return f"({write_node(base, signs)}){raised}"


def _whole_number(node: Node) -> str:
    """The digits of a whole number, or nothing."""
    match node:
        case Number(text) if text.isascii() and text.isdecimal():
            return text
        case _:
            return ""


def _apply(call: Apply, signs: Signs) -> str:
    if call.function in INFIX and len(call.arguments) == 2:
        left, right = (_inside(a, Rank.SUM, signs) for a in call.arguments)
        return f"{left} {INFIX[call.function][0] if signs.ascii else call.function} {right}"
    given = f" | {_listed(call.given, signs)}" if call.given else ""
    return f"{_function(call.function, signs)}({_listed(call.arguments, signs)}{given})"


def _function(name: str, signs: Signs) -> str:
    return letter_name(name, signs) if name in GREEK else spell_function(name)


def _matrix_chunks(rows: tuple[tuple[Node, ...], ...], signs: Signs) -> list[Chunk]:
    """A matrix, which may be broken behind its rows."""
    cells = [[write_node(cell, signs) for cell in row] for row in rows]
    wide = any(" " in text or not text for row in cells for text in row)
    *firsts, last = [(", " if wide else " ").join(row) for row in cells]
    return glue(_chunk("["), [*(_chunk(f"{row};") for row in firsts), _chunk(last)], _chunk("]"))


def _transpose(of: Node, signs: Signs) -> str:
    match of:
        case Symbol(above=(), accent=""):
            return spell_symbol(of, signs, signs.transposed)
        case Vector() | Matrix():
            return write_node(of, signs) + signs.prime
        case _:
            return f"({write_node(of, signs)}){signs.prime}"


def _listed(nodes: tuple[Node, ...], signs: Signs) -> str:
    return ", ".join(write_node(node, signs) for node in nodes)


# ------------------------------------------------------------------ the legend


def _sentence(sentence: Sentence) -> str:
    return "".join(map(_fragment, sentence))


def _fragment(fragment: Said | Named | Category | Letter) -> str:
    match fragment:
        case Said(text):
            return text
        case Named(name):
            return spell_phrase(name)
        case Category(name):
            return spell_category(name)
        case Letter(name):
            return spell_script(Index(name), UNICODE)
