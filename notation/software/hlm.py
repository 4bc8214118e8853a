"""HLM: the level specification, as its output prints it.

    Level-1 Model

        math = B0 + B1*(ses) + r

    Level-2 Model

        B0 = G00 + G01*(sector) + u0
        B1 = G10 + G11*(sector) + u1

    ses has been centered around the group mean.

    where i and j index students and schools

P, B and G stand for π, β and γ, with e, r and u at three levels. All random effects of a level are
correlated. The program knows the columns of its data files only, so that transformed predictors and
products of one level are columns of their own, made beforehand (Raudenbush, Bryk, Cheong, Congdon &
du Toit 2019, HLM 8). The last line names the levels, which HLM itself tells by its data files.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from ..errors import CannotSay, NotYet
from ..expressions import Centered, Expression, Mean, Term, Variable
from ..hierarchy import Branch, hierarchy, walk
from ..markup.names import is_plain_word
from ..model import Model
from ..options import Options
from ..spelling import spell, spell_term
from .grouping import refuse

PROGRAM = "HLM"

LOSES: tuple[str, ...] = ("levels", "nesting", "categories")

LETTERS = {2: "BG", 3: "PBG"}
EFFECTS = {2: "ru", 3: "eru"}
"""By the number of levels: the letters of the coefficients, and those of the random effects."""

LINKS = {
    ("gaussian", "identity"): (),
    ("binomial", "logit"): ("Prob({y}=1|{b}) = phi", "log[phi/(1 - phi)] = eta"),
    ("poisson", "log"): ("E({y}|{b}) = lambda", "log[lambda] = eta"),
}
"""The lines above the structural model, by family and link."""


def write(model: Model, options: Options) -> str:
    """The level equations of a model with two or three nested levels.

    Raises CannotSay for what HLM does not fit, NeedsMore where levels or nesting are not known.
    """
    del options
    _refuse(model)
    tree = hierarchy(model)
    levels = len(model.group_names) + 1
    sections = [f"Level-1 Model\n\n{_indented(_level_1(model, tree, levels))}"]
    for level in range(2, levels + 1):
        above = [b for b in walk(tree) if len(b.path) == level - 1 and not b.leaf]
        sections.append(f"Level-{level} Model\n\n{_indented(_equation(b, levels) for b in above)}")
    return "\n\n".join([*sections, *_centring(model), _legend(model)])


def _refuse(model: Model) -> None:
    if not model.group_names:
        raise refuse("HLM", "a model of one level", "lme4, statsmodels and Stata can.")
    if len(model.group_names) + 1 not in LETTERS:
        raise NotYet("HLM is written for two and three levels; lme4, Stata, SAS and SPSS for any number.")
    if any(model.is_crossed(a, b) for a, b in combinations(model.group_names, 2)):
        raise NotYet("HLM is written for nested levels, not for crossed ones yet; lme4, SAS and SPSS are.")
    if (model.family.name, model.family.link) not in LINKS or model.response.trials is not None:
        raise NotYet(
            "HLM is written for Gaussian, Bernoulli (logit) and Poisson (log) models; SAS for further ones."
        )
    if model.offsets or model.weights is not None:
        raise NotYet("HLM is written without exposures and weights; lme4 has both.")
    if model.residual is not None and (model.residual.by or model.residual.ar1_within):
        raise NotYet("HLM is written with independent residuals of one variance; nlme and SAS have others.")
    for group in model.group_names:
        blocks = [b for b in model.random if b.group == group]
        if len(blocks) > 1 or any(b.structure != "full" for b in blocks):
            raise refuse("HLM", f"independent random effects of {group}", "lme4, Stata, SAS and SPSS can.")


def _level_1(model: Model, tree: Iterable[Branch], levels: int) -> list[str]:
    summands = [_summand(b, LETTERS[levels][0]) for b in tree]
    y = _column(model.response.expression)
    above = [line.format(y=y, b=LETTERS[levels][0]) for line in LINKS[model.family.name, model.family.link]]
    if above:
        return [*above, f"eta = {' + '.join(summands)}"]
    return [f"{y} = {' + '.join([*summands, EFFECTS[levels][0]])}"]


def _equation(branch: Branch, levels: int) -> str:
    level = len(branch.path)
    right = [_summand(child, LETTERS[levels][level]) for child in branch.children]
    if branch.random:
        right.append(EFFECTS[levels][level] + _digits(branch))
    return f"{LETTERS[levels][level - 1]}{_digits(branch)} = {' + '.join(right)}"


def _summand(branch: Branch, letter: str) -> str:
    name = letter + _digits(branch)
    return f"{name}*({_predictor(branch.predictor)})" if branch.predictor else name


def _digits(branch: Branch) -> str:
    return ("," if max(branch.path) > 9 else "").join(map(str, branch.path))


def _predictor(term: Term) -> str:
    if len(term.factors) > 1:
        raise refuse(
            "HLM", f"the product {spell_term(term)} of one level", "Compute it beforehand as a column."
        )
    return _column(term.factors[0])


def _column(expression: Expression) -> str:
    match expression:
        case Variable(name):
            return _name(name)
        case Centered(Variable(name) as of, Mean(same)) if same == of:
            return _name(name)
    raise refuse("HLM", spell(expression), "Compute it beforehand as a column.")


def _name(name: str) -> str:
    if not name.isidentifier() or not name.isascii():
        raise CannotSay(
            f"HLM has no name {name!r}: its names are letters, digits and underscores. Rename the column."
        )
    first, *others = name.split("_")
    free = name not in "eru" if len(name) == 1 else is_plain_word("".join([first, *others]))
    if not free or (others and len(first) == 1):
        raise CannotSay(f"In HLM's equations the name {name} reads as something else. Rename the column.")
    return name


def _centring(model: Model) -> list[str]:
    """A sentence for each centred predictor; one that also stands uncentred cannot be told apart."""
    factors = dict.fromkeys(f for t in model.terms for f in t.factors)
    found = []
    for factor in factors:
        match factor:
            case Centered(Variable(name), Mean(_, within)):
                if any(f != factor and _column(f) == name for f in factors):
                    raise refuse("HLM", f"{name} both centered and not", "Make the centered one a column.")
                if isinstance(model.level_of(name), str):
                    what = f"{name} centered around its mean over the observations"
                    raise refuse("HLM", what, "It takes the mean over the units; make a column beforehand.")
                around = "grand" if within is None else _within(model, name, within)
                found.append(f"{name} has been centered around the {around} mean.")
    return found


def _within(model: Model, name: str, group: str) -> str:
    """HLM centers around the mean of the next level only."""
    chain = model.chain or ()
    level = model.level_of(name)
    following = chain[chain.index(level) + 1 :] if isinstance(level, str) else chain
    if following[:1] != (group,):
        raise refuse(
            "HLM", f"centering of {name} around the mean of {group}", "Compute it beforehand as a column."
        )
    return "group"


def _legend(model: Model) -> str:
    words = [model.observation.name or "observations", *(model.chain or ())]
    names = [w if w.replace(" ", "_").isidentifier() else f"`{w}`" for w in words]
    return f"where {_series(list('ijk'[: len(names)]))} index {_series(names)}"


def _series(words: list[str]) -> str:
    """``a and b``, ``a, b, and c``."""
    *first, last = words
    return f"{first[0]} and {last}" if len(first) == 1 else f"{', '.join(first)}, and {last}"


def _indented(lines: Iterable[str]) -> str:
    return "\n".join(f"    {line}" for line in lines)
