"""How the level equations become the combined equation and the formula, step by step.

    math_ij = β_0j + β_1j ses_ij + r_ij                          the level equations
    math_ij = [γ_00 + u_0j] + [γ_10 + u_1j] ses_ij + r_ij        put into one another
    math_ij = γ_00 + γ_10 ses_ij + u_0j + u_1j ses_ij + r_ij     multiplied out
    math ~ ses + (ses | school)                                  the formula

What a step has changed is marked: in brackets, in LaTeX by a brace over the symbol that it stands for.
The symbols are Raudenbush & Bryk's (2002, pp. 76–80, for two levels).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..equations import Equation, Equations, Legend, Marked, Negative, Node, Product, Quantity, Statement, Sum
from ..frozen import frozen
from ..model import Model
from ..options import DEFAULT, Options
from ..parameters import Coefficient
from .glossary import glossary

STEP_MARKUPS: dict[str, str] = {
    "latex": "displays between sentences",
    "markdown": "displays in LaTeX between dollars",
    "plain": "equations in Unicode, indented",
}
"""The markups of a derivation."""


@frozen
class Step:
    """One step: a sentence on what was done, and the equations, or the formula, that it led to."""

    said: str
    page: Equations
    formula: str = ""


def derive_steps(model: Model, options: Options = DEFAULT) -> tuple[Step, ...]:
    """The steps from the level equations of a model to its formula.

    Raises WriteError where the model has no level equations, NeedsMore where too little is known of it.
    """
    from ..notations import combined, raudenbush_bryk
    from ..software import lme4

    quiet = replace(options, distributions=False)
    levels = raudenbush_bryk.write(model, quiet)
    product = combined.write(model, quiet)
    steps = [Step(_opening(levels), levels), *_substitutions(levels)]
    if len(steps) > 1:
        page = _with_products_marked(model, product)
        marked = "; products that arise so are marked" if page != product else ""
        steps.append(Step(f"Multiply out, with the fixed part first{marked}.", page))
    return (
        *steps,
        Step(_FORMULA + (_BARS if model.random else ""), Equations(()), lme4.write(model, DEFAULT)),
    )


_FORMULA = "As a formula, without coefficients: what a fixed coefficient multiplies is a term."
_BARS = " What a random effect multiplies stands in front of the bar, and its group behind it."


def write_steps(steps: tuple[Step, ...], markup: str = "plain", options: Options = DEFAULT) -> str:
    """The steps as text: numbered sentences, each with its equations below.

    ``markup`` is a name of :data:`STEP_MARKUPS`.
    """
    from ..markup import write

    mathematics = "plain" if markup == "plain" else "latex"
    parts = []
    for number, step in enumerate(steps, 1):
        shown = step.formula or write(step.page, mathematics, options)
        parts.append(f"{number}. {step.said}\n\n{_framed(shown, markup, formula=bool(step.formula))}")
    return "\n\n".join(parts) + "\n"


def _framed(text: str, markup: str, *, formula: bool) -> str:
    """Equations or a formula set apart from the sentences, as the markup does it."""
    match markup, formula:
        case "latex", True:
            return f"\\begin{{verbatim}}\n{text}\n\\end{{verbatim}}"
        case "latex", False:
            return f"\\[\n{text}\n\\]"
        case "markdown", False:
            return f"$$\n{text}\n$$"
        case _:
            return "\n".join(f"    {line}" for line in text.splitlines())


def _opening(levels: Equations) -> str:
    count = len({s.level for s in levels.statements if s.level})
    return "The equation of the one level." if count < 2 else f"The equations of the {count} levels."


# ------------------------------------------------------------------ putting equations into one another


def _substitutions(levels: Equations) -> Iterator[Step]:
    """A step for each level above the first: its equations replace the coefficients they define."""
    definitions: dict[int, dict[Node, Node]] = {}
    for statement in levels.statements:
        if isinstance(statement, Equation) and statement.level > 1:
            definitions.setdefault(statement.level, {})[statement.sides[0]] = statement.sides[-1]
    page = [s for s in levels.statements if s.level < 2]
    for level in sorted(definitions):
        page = [_substituted(_unmarked(s), definitions[level]) for s in page]
        said = f"Put the equations of level {level} in the place of the coefficients that they define."
        yield Step(said, Equations(tuple(page), Legend()))


def _substituted(statement: Statement, definitions: Mapping[Node, Node]) -> Statement:
    if not isinstance(statement, Equation):
        return statement

    def put(node: Node) -> Node:
        match node:
            case Sum(terms):
                return Sum(tuple(map(put, terms)))
            case Product(factors):
                return replace(node, factors=tuple(map(put, factors)))
            case Negative(of):
                return Negative(put(of))
            case _ if node in definitions:
                return Marked(definitions[node], node)
            case _:
                return node

    first, *rest = statement.sides
    return replace(statement, sides=(first, *map(put, rest)))


def _unmarked(statement: Statement) -> Statement:
    """A statement with its marks taken off; sums in sums are one sum, sums in products take parentheses."""
    if not isinstance(statement, Equation):
        return statement

    def plain(node: Node) -> Node:
        match node:
            case Marked(of):
                return plain(of)
            case Sum(terms):
                parts = [plain(t) for t in terms]
                return Sum(tuple(each for p in parts for each in (p.terms if isinstance(p, Sum) else (p,))))
            case Product(factors):
                return replace(node, factors=tuple(map(plain, factors)))
            case Negative(of):
                return Negative(plain(of))
            case _:
                return node

    return replace(statement, sides=tuple(map(plain, statement.sides)))


# ------------------------------------------------------------------ multiplying out


def _with_products_marked(model: Model, page: Equations) -> Equations:
    """The combined equation with the products of different levels, and of random effects, marked."""
    effects = {symbol: effect for effect, symbol in glossary(_with_distributions(model)).effects.items()}

    def arises(node: Node) -> bool:
        whole = node.of if isinstance(node, Negative) else node
        first = whole.factors[0] if isinstance(whole, Product) else whole
        if first in effects:
            return bool(effects[first][1])
        match first:
            case Quantity(Coefficient(term)):
                return len({model.level_of(f) for f in term.factors}) > 1
            case _:
                return False

    def mark(statement: Statement) -> Statement:
        if not isinstance(statement, Equation) or not isinstance(statement.sides[-1], Sum):
            return statement
        terms = tuple(_marked(t) if arises(t) else t for t in statement.sides[-1].terms)
        return replace(statement, sides=(*statement.sides[:-1], Sum(terms)))

    return Equations(tuple(map(mark, page.statements)), page.legend)


def _marked(node: Node) -> Node:
    """A summand, marked behind its sign."""
    return Negative(Marked(node.of)) if isinstance(node, Negative) else Marked(node)


def _with_distributions(model: Model) -> Equations:
    """The page that says which symbol is which random effect."""
    from ..notations import combined

    return combined.write(model, DEFAULT)
