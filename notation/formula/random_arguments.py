"""Random effects that stand beside a formula: nlme's ``random``, statsmodels' ``groups`` and their like."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..expressions import INTERCEPT, Factor, Term
from ..model import Structure
from . import syntax
from .algebra import expand, in_order
from .bars import Bar, Columns, read_bar
from .expressions import Source
from .syntax import Node, without_brackets

# ------------------------------------------------------------------ nlme

_CLASSES: dict[str, tuple[str, Structure]] = {
    "pdSymm": ("|", "full"),
    "pdLogChol": ("|", "full"),
    "pdNatural": ("|", "full"),
    "pdDiag": ("||", "full"),
    "pdIdent": ("|", "identity"),
    "pdCompSymm": ("|", "compound_symmetry"),
}
"""nlme's classes of covariance matrices: whether effects are independent, and their structure."""


def nlme_bars(node: Node, source: Source) -> list[Bar]:
    """``random = ~ x | a/b``, or ``list(a = ~ x, b = pdDiag(~ x))`` with each factor in the one before."""
    match node:
        case syntax.OneSided(syntax.Chain(_, ("|",)) as chain):
            return read_bar(syntax.Group(chain, chain.span), source)
        case syntax.Call("list", arguments) if all(a.name for a in arguments):
            names: list[Node] = []
            found = []
            for argument in arguments:
                names.append(syntax.Name(argument.name, argument.span, quoted=True))
                found += list(_of_class(argument.value, tuple(names), source))
            return found
    mend = "Write random = ~ x | g, or random = list(g = ~ x)."
    raise source.error("the random effects name no grouping factor", node, mend)


def _of_class(node: Node, names: tuple[Node, ...], source: Source) -> Iterator[Bar]:
    match node:
        case syntax.OneSided(of):
            yield from _bars(of, names, "|", source)
        case syntax.Call("pdBlocked", (syntax.Argument(value=syntax.Call("list", blocks)),)):
            for block in blocks:
                yield from _of_class(block.value, names, source)
        case syntax.Call(name, (syntax.Argument(value=syntax.OneSided(of)),)) if name in _CLASSES:
            sign, structure = _CLASSES[name]
            for bar in _bars(of, names, sign, source):
                yield replace(bar, structure=structure)
        case _:
            mend = f"Write ~ x, or one of {', '.join(_CLASSES)}, pdBlocked."
            raise source.error(f"{source.shown(node)} is not read", node, mend)


def _bars(left: Node, names: tuple[Node, ...], sign: str, source: Source) -> list[Bar]:
    right = names[0] if len(names) == 1 else syntax.Chain(names, (":",) * (len(names) - 1), left.span)
    chain = syntax.Chain((left, right), (sign,), left.span)
    bars = read_bar(syntax.Group(chain, chain.span), source)
    return [only_numbers(bar, source) for bar in bars] if sign == "||" else bars


def only_numbers(bar: Bar, source: Source) -> Bar:
    """The bar, unless categories would have to be independent of one another, which nothing here says."""
    if any(isinstance(f, Factor) for t in bar.terms for f in t.factors):
        mend = "Make columns of 0 and 1 of the categories."
        raise source.error("independent effects of the categories of a factor are not read", bar.node, mend)
    return bar


# ------------------------------------------------------------------ glmmTMB

_STRUCTURES: dict[str, tuple[str, Structure]] = {
    "us": ("|", "full"),
    "diag": ("||", "full"),
    "homdiag": ("|", "identity"),
    "homcs": ("|", "compound_symmetry"),
}
"""glmmTMB's structures that can be held: whether effects are independent, and the covariance matrix."""


_OTHER_STRUCTURES = ("cs", "ar1", "hetar1", "toep", "homtoep", "ou", "mat", "gau", "rr", "propto")
"""Those that no model here holds: cs() has a variance for each effect and one correlation."""


def holds_bar(call: syntax.Call) -> bool:
    """Whether a call is about random effects: ``diag(x | g)``."""
    named = call.function in (*_STRUCTURES, *_OTHER_STRUCTURES)
    return named and len(call.arguments) == 1 and syntax.is_chain(call.arguments[0].value, "| ||")


def structured_bars(call: syntax.Call, source: Source) -> list[Bar]:
    """``us(x | g)``, ``diag(x | g)``. Raises ReadError for structures that a model does not hold."""
    chain = call.arguments[0].value
    if call.function not in _STRUCTURES or not isinstance(chain, syntax.Chain):
        message = f"the covariance structure {call.function}() of {source.shown(call)} cannot be held"
        read = ", ".join(f"{name}()" for name in _STRUCTURES)
        mend = f"{read} are read, and are other models than this."
        raise source.error(message, call, mend)
    sign, structure = _STRUCTURES[call.function]
    bars = read_bar(syntax.Group(replace(chain, operators=(sign,)), chain.span), source)
    bars = [only_numbers(bar, source) for bar in bars] if sign == "||" else bars
    return [replace(bar, structure=structure) for bar in bars]


# ------------------------------------------------------------------ statsmodels


def statsmodels_bars(given: dict[str, Node], inside: dict[str, Node], source: Source) -> list[Bar]:
    """``groups="school", re_formula="~ses", vc_formula={"students": "0 + C(students)"}``.

    ``inside`` holds the formulas that stand in quotation marks, parsed. A component is the intercept of
    the units that its factors name, within ``groups``, or a slope by them. Groups of ones are no factor.
    """
    groups = given["groups"]
    top: tuple[Node, ...] = () if _is_constant(groups) else (groups,)
    effects = inside.get("re_formula")
    if effects is None and "vc_formula" not in given:
        effects = syntax.Number(1, "1", groups.span)
    found = []
    if effects is not None and top:
        left = effects.of if isinstance(effects, syntax.OneSided) else effects
        found += _bars(left, top, "|", source)
    outer = found[0].columns if found else _names(top)
    components = given.get("vc_formula")
    if isinstance(components, syntax.Call) and components.function == "dict":
        found += [_component(inside[a.name], outer, source) for a in components.arguments]
    elif components is not None:
        mend = 'Write vc_formula={"students": "0 + C(students)"}.'
        raise source.error("expected the variance components in braces", components, mend)
    return found


def _is_constant(node: Node) -> bool:
    """``np.ones(len(d))``."""
    return isinstance(node, syntax.Call) and node.function == "ones"


def _names(nodes: tuple[Node, ...]) -> Columns:
    return tuple(n.text for n in nodes if isinstance(n, syntax.Name))


def _component(node: Node, outer: Columns, source: Source) -> Bar:
    expansion = expand(without_brackets(node), source)
    terms = in_order(expansion.terms)
    chain = syntax.Chain((node, node), ("|",), node.span)
    if not terms and expansion.intercept is not False:
        return Bar(outer, (INTERCEPT,), chain)
    if len(terms) != 1 or expansion.intercept is not False:
        mend = 'Write one of them, as "0 + C(students)" or "0 + x".'
        raise source.error("a variance component of several terms is not read", node, mend)
    units = tuple(f.variable for f in terms[0].factors if isinstance(f, Factor))
    rest = Term(tuple(f for f in terms[0].factors if not isinstance(f, Factor)))
    if not (outer or units):
        mend = 'Write "0 + C(g):x" with the factor by which it varies.'
        raise source.error("this component names no grouping factor", node, mend)
    return Bar((*outer, *units), (rest,), chain)
