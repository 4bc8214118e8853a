"""Whole calls: which model ``glmer(y ~ x + (1 | g), family = binomial)`` claims, besides its formula."""

from __future__ import annotations

from dataclasses import field

from ..frozen import frozen
from ..model import FAMILIES, LINKS, Family
from ..reading import Asked
from . import syntax
from .asked import read_asked
from .expressions import Source
from .syntax import Node

FUNCTIONS: dict[str, tuple[str, str]] = {
    "lmer": ("gaussian", "identity"),
    "glmer": ("gaussian", "identity"),
    "glmer.nb": ("negative_binomial", "log"),
    "lm": ("gaussian", "identity"),
    "glm": ("gaussian", "identity"),
    "glm.nb": ("negative_binomial", "log"),
    "glmmTMB": ("gaussian", "identity"),
    "clm": ("cumulative", "logit"),
    "clmm": ("cumulative", "logit"),
    "lme": ("gaussian", "identity"),
    "gls": ("gaussian", "identity"),
    "brm": ("gaussian", "identity"),
    "bf": ("gaussian", "identity"),
    "bmb.Model": ("gaussian", "identity"),
    "bambi.Model": ("gaussian", "identity"),
    "mixedlm": ("gaussian", "identity"),
    "ols": ("gaussian", "identity"),
    "wls": ("gaussian", "identity"),
    "logit": ("binomial", "logit"),
    "probit": ("binomial", "probit"),
    "poisson": ("poisson", "log"),
    "negativebinomial": ("negative_binomial", "log"),
    "mnlogit": ("multinomial", "logit"),
}
"""The functions whose calls are read, each with the family and link that it fits unless told otherwise."""

_PYTHON = ("mixedlm", "ols", "wls", "logit", "probit", "poisson", "negativebinomial", "mnlogit")

_THIRD_ARGUMENT = {
    **dict.fromkeys(("glm", "glmer", "glmmTMB", "brm", "bmb.Model", "bambi.Model"), "family"),
    **dict.fromkeys(_PYTHON, "re_formula"),
    "lme": "random",
    "gls": "correlation",
}
"""What stands third, behind the formula and the data, where arguments have no names."""

_FAMILY_NAMES: dict[str, tuple[str, str]] = {
    "gaussian": ("gaussian", "identity"),
    "binomial": ("binomial", "logit"),
    "poisson": ("poisson", "log"),
    "gamma": ("gamma", "inverse"),  # R's and statsmodels' default; ours is the log
    "nbinom2": ("negative_binomial", "log"),
    "negativebinomial": ("negative_binomial", "log"),
    "beta_family": ("beta", "logit"),
    "beta": ("beta", "logit"),
    "bernoulli": ("binomial", "logit"),
    "negbinomial": ("negative_binomial", "log"),
    "cumulative": ("cumulative", "logit"),
    "categorical": ("multinomial", "logit"),
}

_LINK_NAMES = {"inversepower": "inverse", "cauchy": "cauchit"}
"""statsmodels' names of links, where they are others."""

_FORMULA_ARGUMENTS = ("formula", "fixed", "")
_WITHOUT_MEANING = (
    *(
        "data",
        "subset",
        "na.action",
        "missing",
        "verbose",
        "control",
        "method",
        "start",
        "mustart",
        "etastart",
    ),
    *("REML", "nAGQ", "devFunOnly", "se", "doFit", "Hess", "threshold", "use_sqrt", "eval_env"),
    *("model", "x", "y", "qr", "singular.ok"),
)
"""Arguments that say how a model is fitted or to which rows, and not which model it is."""

MODEL_ARGUMENTS = (
    *("formula", "fixed", "family", "link", "weights", "var_weights", "offset"),
    *("groups", "re_formula", "vc_formula", "random", "correlation", "dispformula", "sigma"),
)
"""Arguments that say which model it is."""


@frozen
class Command:
    """The parts of a call: its formula, what else says which model it is, and what does not."""

    function: str
    formula: Node
    family: Family
    stated: bool
    arguments: dict[str, Node] = field(default_factory=dict)
    ignored: tuple[syntax.Argument, ...] = ()
    asked: Asked = Asked()


def read_command(node: syntax.Call, source: Source) -> Command:
    """Take a call apart. Raises ReadError for functions, arguments and families that are not known."""
    function = _known_function(node, source)
    names = ["formula", "data", _THIRD_ARGUMENT.get(function, "REML")]
    if function == "bf":
        names = ["formula", "sigma"]
    named: dict[str, syntax.Argument] = {}
    positions = iter(n for n in names if n not in {a.name for a in node.arguments})
    for argument in node.arguments:
        named[argument.name or next(positions, "?")] = argument
    _check_arguments(named, node, source)
    _unpack_brms(named, source)
    arguments = {name: named[name].value for name in MODEL_ARGUMENTS if name in named}
    family = _family(function, arguments, source)
    ignored = tuple(a for n, a in named.items() if n in _WITHOUT_MEANING and n not in ("data", "REML"))
    stated = function not in ("lmer", "lm") or "family" in arguments
    if "var_weights" in arguments:
        arguments["weights"] = arguments.pop("var_weights")
    formula, asked = _formula(named, node, source), read_asked(function, named, source)
    return Command(function, formula, family, stated, arguments, ignored, asked)


def _unpack_brms(named: dict[str, syntax.Argument], source: Source) -> None:
    """``bf(y ~ x, sigma ~ 0 + g)`` inside of ``brm``, and the right side of ``sigma ~ 0 + g``."""
    inner = named.get("formula")
    if inner is not None and isinstance(inner.value, syntax.Call) and inner.value.function == "bf":
        first, *rest = inner.value.arguments
        named["formula"] = first
        if rest:
            named["sigma"] = rest[0]
        if len(rest) > 1:
            raise source.error(
                "bf() of more than sigma is not read", rest[1], "Write bf(y ~ x, sigma ~ 0 + g)."
            )
    if "sigma" in named:
        match named["sigma"].value:
            case syntax.Chain((syntax.Name("sigma"), right), ("~",)):
                named["sigma"] = syntax.Argument("sigma", right, right.span)
            case other:
                raise source.error(
                    "expected sigma ~ 0 + g", other, "Only sigma has a formula of its own here."
                )


def _known_function(node: syntax.Call, source: Source) -> str:
    for name in (node.function, node.function.rsplit(".", 1)[-1]):
        if name in FUNCTIONS:
            return name
    known = ", ".join(FUNCTIONS)
    message = f"calls of {node.function}() are not read"
    raise source.error(message, node, f"Give the formula alone, or a call of one of {known}.")


def _check_arguments(named: dict[str, syntax.Argument], node: syntax.Call, source: Source) -> None:
    for name, argument in named.items():
        if name not in MODEL_ARGUMENTS and name not in _WITHOUT_MEANING:
            what = f"the argument {name}" if name != "?" else f"{source.shown(argument)}"
            message = f"{what} of {node.function}() is not known here, and may change the model"
            raise source.error(message, argument, "Leave it out if it does not.")


def _formula(named: dict[str, syntax.Argument], node: syntax.Call, source: Source) -> Node:
    for name in _FORMULA_ARGUMENTS:
        if name in named:
            return named[name].value
    raise source.error(f"{node.function}() has no formula", node, f"Write {node.function}(y ~ x, data = d).")


# ------------------------------------------------------------------ families


def _family(function: str, arguments: dict[str, Node], source: Source) -> Family:
    name, link = FUNCTIONS[function]
    stated, given = arguments.get("family"), arguments.get("link")
    found = Family(name, link) if stated is None else _stated_family(stated, source)
    return found if given is None else Family(found.name, _link(given, source))


def _stated_family(node: Node, source: Source) -> Family:
    match node:
        case syntax.Call(function, arguments):
            given = [a.value for a in arguments if a.name in ("", "link")]
            if len(given) < len(arguments) or len(given) > 1:
                raise source.error(
                    f"{source.shown(node)} is not read", node, 'Write binomial(link = "probit").'
                )
            name, link = _family_name(function, node, source)
            return Family(name, _link(given[0], source) if given else link)
        case syntax.Name(text) | syntax.Text(text):
            return Family(*_family_name(text, node, source))
    raise source.error("expected a family", node, "Write family = binomial.")


def _family_name(name: str, node: Node, source: Source) -> tuple[str, str]:
    bare = name.rsplit(".", 1)[-1].lower()
    if bare in _FAMILY_NAMES:
        return _FAMILY_NAMES[bare]
    known = ", ".join(sorted(set(FAMILIES)))
    raise source.error(f"the family {name} is not read", node, f"The families are {known}.")


def _link(node: Node, source: Source) -> str:
    match node:
        case syntax.Text(text) | syntax.Name(text) | syntax.Call(text, ()):
            bare = text.rsplit(".", 1)[-1].lower().removesuffix("link")
            link = _LINK_NAMES.get(bare, bare)
            if link in LINKS:
                return link
            raise source.error(f"the link {text} is not read", node, f"The links are {', '.join(LINKS)}.")
    raise source.error("expected a link", node, 'Write link = "probit".')
