"""Syntax → model: the two sides of a formula, and what a call adds to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..errors import ReadError, Span
from ..expressions import INTERCEPT, Call, Expression, Mean, Term, variables
from ..facts.substitution import substitute_model
from ..findings import Finding
from ..model import FAMILIES_WITH_RESIDUAL, GAUSSIAN, Family, Model, Residual, Response
from ..reading import Asked, Reading
from . import syntax
from .algebra import Total, check_size, columns_of, expand, in_order, signed_summands
from .bars import Bar, Columns, Groups, is_bar, name_groups, random_blocks, read_bar
from .calls import Command, read_command
from .expressions import Source, read_expression
from .mistakes import joined
from .parser import parse
from .random_arguments import holds_bar, nlme_bars, only_numbers, statsmodels_bars, structured_bars
from .residuals import is_variance_class, read_autocorrelation, read_residuals
from .responses import read_response
from .syntax import Node, is_chain, without_brackets


def read_model(text: str, columns: tuple[str, ...] | None) -> Reading:
    """The model of a formula or a call, with categorical variables as they are written."""
    node = without_brackets(parse(text))
    source = Source(text, columns)
    command = read_command(node, source) if isinstance(node, syntax.Call) else None
    formula = command.formula if command else node
    if isinstance(formula, syntax.Text):
        formula = _parse_inside(formula, source)
    parts = _read_parts(without_brackets(formula), source)
    if command:
        _add_arguments(parts, command, source)
    try:
        model = _model(parts, command, source)
    except ValueError as error:
        raise ReadError(str(error), text, formula.span) from None
    asked = command.asked if command else Asked()
    findings = tuple(_findings(parts, command, source))
    return Reading(model, findings=findings, span=Span(0, len(text)), asked=asked)


@dataclass
class Parts:
    """What a formula consists of, gathered while it is read."""

    response: Response
    fixed: tuple[Term, ...] = ()
    bars: list[Bar] = field(default_factory=list)
    offsets: list[Expression] = field(default_factory=list)
    weights: Expression | None = None
    residual_by: str | None = None
    ar1_within: Columns = ()


def _parse_inside(text: syntax.Text, source: Source) -> Node:
    """The formula in quotation marks; blanks before it keep its places those of the whole source."""
    written = source.text[text.span.start + 1 : text.span.end - 1]
    # With escaped quotation marks inside, places behind the first of them are a little off.
    inner = " " * (text.span.start + 1) + (text.text if "\\" in written else written)
    try:
        return parse(inner)
    except ReadError as error:
        others = tuple(ReadError(e.message, source.text, e.span, e.mend) for e in error.others)
        raise ReadError(error.message, source.text, error.span, error.mend, others) from None


# ------------------------------------------------------------------ the two sides

_NOT_READ = Response(Call("?", ()))
"""Stands for a response with a mistake, while the right side is looked through for more."""


def _read_parts(node: Node, source: Source) -> Parts:
    left, right = _sides(node, source)
    mistakes: list[ReadError] = []
    parts = Parts(_NOT_READ)
    try:
        parts.response = read_response(left, source)
    except ReadError as mistake:
        mistakes.append(mistake)
    if source.columns is not None:
        own = set(variables(parts.response.expression))
        source = replace(source, columns=tuple(c for c in source.columns if c not in own))
    _read_right(right, parts, source, mistakes)
    if mistakes:
        raise joined(mistakes)
    return parts


def _sides(node: Node, source: Source) -> tuple[Node, Node]:
    match node:
        case syntax.Chain((left, right), ("~",)):
            return left, right
        case syntax.OneSided():
            raise source.error("the formula has no response", node, "Write y ~ x.")
    raise source.error("expected a formula with ~", node, "Write y ~ x + (x | g).")


def _read_right(node: Node, parts: Parts, source: Source, mistakes: list[ReadError]) -> None:
    if is_chain(node, "| ||"):
        shown = source.shown(node)
        message = "a random effect stands in brackets of its own"
        raise source.error(message, node, f"Write y ~ x + (x | g) in place of {shown}.")
    total = Total()
    for sign, summand in _summands(node):
        try:
            _read_summand(sign, summand, parts, total, source)
        except ReadError as mistake:  # those behind it are found as well
            mistakes.append(mistake)
    expansion = total.expansion
    intercept = () if expansion.intercept is False else (INTERCEPT,)
    parts.fixed = columns_of((*intercept, *in_order(expansion.terms)), node, source)


def _summands(node: Node) -> Iterator[tuple[str, Node]]:
    """The summands of the right side; a sum in brackets belongs to it unless anything is subtracted."""
    for sign, summand in signed_summands(node):
        inner = without_brackets(summand)
        if sign == "+" and isinstance(summand, syntax.Group) and is_chain(inner, "+") and _only_adds(inner):
            yield from _summands(inner)
        else:
            yield sign, summand


def _only_adds(chain: syntax.Chain) -> bool:
    return set(chain.operators) == {"+"}


def _read_summand(sign: str, node: Node, parts: Parts, total: Total, source: Source) -> None:
    inner = without_brackets(node)
    offset = isinstance(inner, syntax.Call) and inner.function == "offset"
    if sign == "-" and (is_bar(node) or offset):
        what = "a random effect" if is_bar(node) else "an offset"
        raise source.error(f"{what} cannot be subtracted", node, "Leave it out.")
    if is_bar(node):
        parts.bars += read_bar(node, source)
    elif sign == "+" and isinstance(inner, syntax.Call) and holds_bar(inner):
        parts.bars += structured_bars(inner, source)
    elif isinstance(inner, syntax.Call) and inner.function == "ar":
        parts.ar1_within = read_autocorrelation(inner, source)
    elif isinstance(inner, syntax.Call) and offset:
        parts.offsets.append(_only_argument(inner, source))
    else:
        step = expand(node, source)
        if sign == "+" and any(parts.response.expression in term.factors for term in step.terms):
            raise source.error("the response stands among its own predictors", node, "Leave it out there.")
        total.add(sign, step)
        check_size(len(total.terms), node, source)


def _only_argument(call: syntax.Call, source: Source) -> Expression:
    if len(call.arguments) != 1:
        raise source.error(f"{call.function}() takes one expression", call, f"Write {call.function}(log(t)).")
    return read_expression(call.arguments[0].value, source)


# ------------------------------------------------------------------ what a call adds


def _add_arguments(parts: Parts, command: Command, source: Source) -> None:
    given = command.arguments
    if "offset" in given:
        parts.offsets.append(read_expression(_column_of_data(given["offset"]), source))
    residuals = read_residuals(given, source)
    parts.residual_by = residuals.by
    parts.ar1_within = residuals.ar1_within or parts.ar1_within
    parts.weights = residuals.weights
    if "weights" in given and not is_variance_class(given["weights"]):
        parts.weights = read_expression(_column_of_data(given["weights"]), source)
    if "groups" in given:
        parts.bars += _python_bars(given, source)
    if "random" in given:
        parts.bars += nlme_bars(given["random"], source)
    if command.function.endswith(".Model"):
        # bambi's (x|g) has no covariance.
        parts.bars = [only_numbers(replace(b, terms=(t,)), source) for b in parts.bars for t in b.terms]
    match parts.response, command.family.name:
        case Response(Call("+", (count, Call("-", (trials, same)))), None), "binomial" if count == same:
            parts.response = Response(count, trials)  # statsmodels' s + I(n - s) ~ x
        case Response(Call("/", (count, trials)), None), "binomial" if trials == parts.weights:
            # A proportion whose weights are the numbers of trials is R's other way to say s of n.
            parts.response, parts.weights = Response(count, trials), None
        case Response(trials=trials), name if trials is not None and name != "binomial":
            mend = "Write family = binomial."
            raise source.error("successes and failures need a binomial family", command.formula, mend)


def _column_of_data(node: Node) -> Node:
    """``d["school"]`` and ``"school"`` name the column ``school``."""
    if isinstance(node, syntax.Column) and isinstance(node.number, syntax.Text):
        node = node.number
    return syntax.Name(node.text, node.span, quoted=True) if isinstance(node, syntax.Text) else node


def _python_bars(given: dict[str, Node], source: Source) -> list[Bar]:
    """statsmodels: ``groups="school", re_formula="~ses"`` is ``(ses | school)``."""
    groups = _column_of_data(given["groups"])
    if isinstance(groups, syntax.Name) and not groups.quoted:
        groups = replace(groups, text=groups.text.rpartition(".")[2])  # d.school, which in R is a name
    given = {**given, "groups": groups}
    components = given.get("vc_formula")
    texts = {a.name: a.value for a in components.arguments} if isinstance(components, syntax.Call) else {}
    if "re_formula" in given:
        texts["re_formula"] = given["re_formula"]
    inside = {
        name: _parse_inside(t, source) if isinstance(t, syntax.Text) else t for name, t in texts.items()
    }
    return statsmodels_bars(given, inside, source)


# ------------------------------------------------------------------ the model


def _model(parts: Parts, command: Command | None, source: Source) -> Model:
    groups = name_groups([*(bar.columns for bar in parts.bars), *_units_of_residuals(parts)])
    family = _family(parts, command)
    model = Model(
        parts.response,
        parts.fixed,
        random_blocks(parts.bars, groups, source),
        relations=groups.relations,
        family=family,
        offsets=tuple(parts.offsets),
        weights=parts.weights,
        residual=_residual(parts, groups),
    )
    return substitute_model(model, lambda e: _named_mean(e, groups))


def _units_of_residuals(parts: Parts) -> list[Columns]:
    """The columns of the factor within which residuals are correlated, where they tell a factor of their own.

    Those of corAR1(form = ~ 1 | school/student) beside random = ~ 1 | student do not: the student is known.
    """
    columns = parts.ar1_within
    inside = any(set(bar.columns) < set(columns) and columns[-1] in bar.columns for bar in parts.bars)
    return [columns] if columns and not inside else []


def _residual(parts: Parts, groups: Groups) -> Residual | None:
    if not (parts.residual_by or parts.ar1_within):
        return None
    return Residual(parts.residual_by, groups.name_of(parts.ar1_within) if parts.ar1_within else None)


def _family(parts: Parts, command: Command | None) -> Family:
    if command:
        return command.family
    return GAUSSIAN if parts.response.trials is None else Family("binomial")


def _named_mean(expression: Expression, groups: Groups) -> Expression:
    """The mean within groups by the factor's name: ``ave(x, school, student)`` is within students."""
    if isinstance(expression, Mean) and expression.within:
        return replace(expression, within=groups.name_of(expression.within.split(":")))
    return expression


def _findings(parts: Parts, command: Command | None, source: Source) -> Iterator[Finding]:
    """The conventions that were applied."""
    if command is None:
        family = _family(parts, command)
        what = "Gaussian, with constant variance" if family.name in FAMILIES_WITH_RESIDUAL else "binomial"
        message = f"A formula states no family: {what} and the {family.link} link are assumed."
        yield Finding(f"assumed-{family.name}", "info", message, "Give family= and link= for another.")
        return
    for argument in command.ignored:
        message = f"{source.shown(argument)} says how the model is fitted, not which model it is."
        place = ReadError("", source.text, argument.span)
        yield Finding("fitting-argument", "info", message, "", place.line, place.column, argument.span)
