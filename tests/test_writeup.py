"""Write-ups: everything that guidelines ask for, in every markup, and nothing that a fit does not tell."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import numpy
import pandas
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from rendering import katex_errors, require
from strategies import models

import notation
from notation import datasets
from notation.commands.cli import main
from notation.description import explain_symbols, facts_of
from notation.description.meanings import meanings
from notation.engines import Fit
from notation.equations import Equations, Quantity, Symbol
from notation.errors import UnknownName, WriteError
from notation.estimates import Estimate, Estimates
from notation.formula import read_formula
from notation.markup.plain import write_node
from notation.model import Model
from notation.parameters import parameters
from notation.reporting import MARKUPS
from notation.reporting.code import code, wrapped
from notation.reporting.content import Estimation
from notation.reporting.inline import Marks, aligned, filters
from notation.reporting.sequence import added

NASTY = "100%_x{y}"


@cache
def data() -> pandas.DataFrame:
    """Pupils in classes in schools, crossed with raters; a name that is full of commands."""
    drawn = numpy.random.default_rng(1)
    classes, raters = numpy.repeat(numpy.arange(30), 20), numpy.tile(numpy.arange(20), 30)
    frame = pandas.DataFrame({NASTY: drawn.normal(size=600), "class": classes, "school": classes // 5})
    frame["rater"] = raters
    frame["kind"] = drawn.choice(["a_1", "b%", "c*"], 600)
    frame["w_z"] = drawn.normal(size=30)[classes]
    effects = drawn.normal(size=30)[classes] + drawn.normal(size=20)[raters]
    frame["score"] = frame[NASTY] + effects + drawn.normal(size=600)
    frame["hit"] = (frame["score"] > 0).astype(int)
    frame["cases"] = drawn.poisson(numpy.exp(0.3 + 0.2 * frame[NASTY] + effects / 3))
    frame.loc[0, "score"] = None
    return frame


FITS: dict[str, tuple[str, str]] = {
    "null": ("score ~ 1 + (1 | class)", ""),
    "slopes": (f"score ~ `{NASTY}`*w_z + kind + (`{NASTY}` | class)", ""),
    "centred": (f"score ~ I(`{NASTY}` - ave(`{NASTY}`, class)) + ave(`{NASTY}`, class) + (1 | class)", ""),
    "three levels": (f"score ~ `{NASTY}` + w_z + (1 | school:class) + (1 | school)", ""),
    "crossed": (f"score ~ `{NASTY}`*kind + (1 | class) + (1 | rater)", ""),
    "independent": (f"score ~ `{NASTY}` + (`{NASTY}` || class)", ""),
    "logit": (f"hit ~ `{NASTY}` + kind + (1 | class)", "binomial"),
    "counts": (f"cases ~ `{NASTY}` + (1 | class)", "poisson"),
    "single level": (f"score ~ `{NASTY}` + kind", ""),
    "single logit": (f"hit ~ `{NASTY}`", "binomial"),
}


@cache
def fitted(name: str, reml: bool = True) -> Any:
    formula, family = FITS[name]
    facts = {"family": family} if family else {}
    return notation.fit(formula, data(), reml=reml, **facts)


@cache
def written(name: str, markup: str) -> str:
    return notation.writeup(fitted(name), data(), markup)


HEADINGS = ("Question and design", "Sample", "Variables", "Model", "Estimation", "Results", "Code")


@pytest.mark.parametrize(("name", "markup"), [*product(FITS, MARKUPS)])
def test_every_part_is_there(name: str, markup: str) -> None:
    text = written(name, markup)
    places = [text.index(f"{heading}\n" if markup == "plain" else heading) for heading in HEADINGS]
    assert places == sorted(places)
    assert text.count("AUTHOR: ") >= 8
    assert not any(0xE000 <= ord(character) <= 0xF8FF for character in text)


CLAIMS = ("significan", "caus", "effect of", "due to", "because", "impact", "influence", "was checked")


@pytest.mark.parametrize("name", FITS)
def test_nothing_is_claimed(name: str) -> None:
    text = written(name, "plain").lower().replace("random effect of", "")
    assert not [claim for claim in CLAIMS if claim in text]


SAID: list[tuple[str, str]] = [
    ("null", "599 observations (level 1) nested in 30 classes (level 2)."),
    ("null", "observations in each of the classes  19   19.97  20"),
    ("null", "Of 600 rows, 1 lacks a value in a variable of the model and was left out."),
    ("null", "The intraclass correlation of classes, the share of the variance that lies between them, in"),
    ("slopes", "variances and covariances that are all estimated"),
    ("slopes", "unconditional intraclass correlation, from a model without predictors"),
    ("slopes", "kind = b%"),
    ("slopes", f"The random effects of classes (on the intercept and {NASTY}) are assumed"),
    ("slopes", "[AUTHOR: tests of coefficients, if any, with their method and degrees of freedom]"),
    ("centred", f"{NASTY}  observations    minus its mean within classes; its mean within classes"),
    ("three levels", "nested in 30 classes (level 2) nested in 6 schools (level 3)."),
    ("three levels", "classes in each of the schools       5"),
    ("crossed", "Classes and raters are crossed: neither is nested in the other."),
    ("independent", "Random effects of different sets are assumed to be independent of one another."),
    ("logit", "Odds ratio"),
    ("logit", "There is no residual variance at the level of the observations."),
    ("logit", "maximum likelihood by the Laplace approximation with mixedlm"),
    ("counts", "Rate ratio"),
    ("single level", "The model was fitted by least squares with statsmodels"),
    ("single level", "lm(score ~"),
    ("single logit", "glm(hit ~"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "words"), SAID)
def test_said(name: str, words: str) -> None:
    assert words in written(name, "plain")


NOT_SAID: list[tuple[str, str]] = [
    ("logit", "residual variance  "),
    ("single level", "tests of coefficients, if any"),
    ("logit", "σ² is"),
    ("single level", "random effect"),
    ("slopes", "in the model without predictors"),
    ("three levels", "level unknown"),
]


@pytest.mark.parametrize(("name", "words"), NOT_SAID)
def test_not_said(name: str, words: str) -> None:
    assert words not in written(name, "plain")


# ------------------------------------------------------------------ markups


ESCAPED = {"latex": r"100\%\_x\{y\}", "markdown": r"100%\_x\{y\}", "plain": NASTY}


@pytest.mark.parametrize("markup", MARKUPS)
def test_names_are_escaped(markup: str) -> None:
    assert ESCAPED[markup] in written("slopes", markup)


def test_markdown_has_no_bare_signs() -> None:
    """Outside of mathematics and code no name of the data acts on Markdown."""
    prose = [
        part
        for block in written("slopes", "markdown").split("```")[::2]
        for display in block.split("$$")[::2]
        for part in display.split("$")[::2]
    ]
    assert not [part for part in prose if NASTY in part or " c*" in part or "w_z" in part]


@pytest.mark.rendering
def test_mathematics_of_markdown_is_taken_by_katex() -> None:
    texts = [written(name, "markdown") for name in FITS]
    displays = [part for text in texts for part in text.split("$$")[1::2]]
    inline = [part for text in texts for b in text.split("$$")[::2] for part in b.split("$")[1::2]]
    assert len(displays) > 10
    assert katex_errors([*displays, *dict.fromkeys(inline)]) == []


@pytest.mark.rendering
@pytest.mark.parametrize("name", FITS)
def test_latex_compiles(name: str, tmp_path: Path) -> None:
    require(shutil.which("pdflatex") is not None, "pdflatex is not installed")
    (tmp_path / "report.tex").write_text(written(name, "latex"), encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "report.tex"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=300, check=False)
    log = (tmp_path / "report.log").read_text(encoding="utf-8", errors="replace")
    assert not [line for line in log.splitlines() if line.startswith(("! ", "Missing character"))]


def test_tables_in_plain_text_are_aligned() -> None:
    assert aligned([["a", "1"], ["long", ""]], ["name", "n"]) == "name  n\n-------\na     1\nlong"


NUMBERS = [(0.5, "0.50"), (-0.001, "−0.0010"), (0.0, "0.00"), (-1e-12, "0.00"), (1234.567, "1234.57")]


@pytest.mark.parametrize(("value", "text"), NUMBERS)
def test_numbers(value: float, text: str) -> None:
    assert filters(MARKUPS["plain"], Marks())["number"](value) == text


COMMANDS = [
    ("lmer(y ~ x + (x | g), data = d)", 1),
    ("glmer(`a, b` ~ poly(x, 2) + (1 | g), data = d, family = binomial(link = \"probit\"), weights = w)", 2),
    (f"smf.mixedlm('{'x, ' * 40}', d, groups='g')", 2),
]  # fmt: skip


@pytest.mark.parametrize(("command", "lines"), COMMANDS)
def test_long_commands_are_wrapped_between_arguments(command: str, lines: int) -> None:
    text = wrapped(command)
    assert len(text.splitlines()) == lines
    assert text.replace("\n   ", "") == command


# ------------------------------------------------------------------ sequences


def test_a_sequence_by_maximum_likelihood() -> None:
    fits = [fitted("null", reml=False), fitted("slopes", reml=False)]
    text = notation.writeup(fits, data(), "plain")
    assert "against 1: " in text
    assert "df 7, p < .001" in text
    assert "its value of zero lies on the edge of what is possible" in text
    assert "Warning:" not in text
    assert "without predictors (model 1)" in text.replace("\n", " ")
    assert "REML = FALSE" in text


def test_a_sequence_by_reml_is_warned_of() -> None:
    text = notation.writeup([fitted("null"), fitted("slopes")], data(), "plain")
    assert "Warning: REML likelihoods of models with different fixed coefficients" in text
    assert "against 1" not in text


def test_deviance_and_criteria_are_those_of_the_engine() -> None:
    found = fitted("slopes").result
    text = notation.writeup([fitted("null"), fitted("slopes")], data(), "plain")
    assert all(f"{number:.1f}" in text for number in (-2 * found.logLik(), found.AIC(), found.BIC()))


NESTED: list[tuple[str, str, int]] = [
    ("y ~ 1 + (1 | g)", "y ~ x + (1 | g)", 1),
    ("y ~ x + (1 | g)", "y ~ x + (x | g)", 2),
    ("y ~ x + (x || g)", "y ~ x + (x | g)", 1),
    ("y ~ x", "y ~ x + (1 | g)", 1),
    ("y ~ x + (1 | g)", "y ~ z + (1 | g)", 0),
    ("y ~ x + (1 | g)", "y ~ x + (1 | h)", 0),
    ("y ~ x + (1 | g)", "log(y) ~ x + z + (1 | g)", 0),
    ("y ~ x", "y ~ x", 0),
]


@pytest.mark.parametrize(("smaller", "larger", "count"), NESTED)
def test_nested(smaller: str, larger: str, count: int) -> None:
    assert len(added(read_formula(smaller).model, read_formula(larger).model)) == count


# ------------------------------------------------------------------ symbols


@given(models())
def test_every_symbol_is_explained_once(one: Model) -> None:
    try:
        facts = facts_of(one)
    except WriteError:
        return
    found = [write_node(symbol) for symbol, _ in explain_symbols(facts, [facts.page])]
    assert len(found) == len(set(found))
    for meaning in meanings(facts, [facts.page]):
        assert meaning.kind != "parameter" or meaning.entry is not None
    parts = {part for text in found for part in text.split(" = ")}
    assert {write_node(symbol) for symbol in symbols_of(facts.page)} <= parts


def symbols_of(page: Equations) -> list[Symbol]:
    """Every symbol of a page but those inside a parameter's."""
    found: list[Symbol] = []
    waiting: list[Any] = list(page.statements)
    while waiting:
        match waiting.pop():
            case Quantity(symbol=symbol) | (Symbol() as symbol):
                found.append(symbol)
            case tuple() as items:
                waiting += items
            case item if hasattr(item, "__dataclass_fields__"):
                names = set(item.__dataclass_fields__) - {"ranges", "span"}
                waiting += [getattr(item, name) for name in names]
    return found


@given(models(), st.sampled_from(sorted(MARKUPS)))
def test_any_model_is_written_up(one: Model, markup: str) -> None:
    """Whatever was fitted: nothing fails, and each parameter stands in a table with its symbol."""
    numbers = Estimates(one, {p: Estimate(0.5, 0.1, 0.3, 0.7) for p in parameters(one)})
    try:
        text = notation.writeup(Fit(one, numbers, None, ""), markup=markup)
        symbols = facts_of(one).symbols.parameters
    except WriteError:
        return
    results = text[text.index("Results") :]
    assert all(MARKUPS[markup].symbol(symbols[p]) in results for p in parameters(one) if p in symbols)
    assert not any(0xE000 <= ord(character) <= 0xF8FF for character in text)


# ------------------------------------------------------------------ sources, labels, refusals


def test_results_of_engines_are_written_up() -> None:
    import statsmodels.formula.api as smf

    result = smf.mixedlm("math ~ ses", datasets.hsb(), groups="sch_id").fit()
    text = notation.writeup(result, datasets.hsb(), "plain", labels={"sch_id": "school", "ses": "status"})
    assert "7185 observations (level 1) nested in 160 schools (level 2)." in text
    assert "γ_10    status" in text
    assert "restricted maximum likelihood (REML) with statsmodels" in text


def test_without_data_blanks_are_left() -> None:
    text = notation.writeup(fitted("slopes"), markup="plain")
    assert "[DATA: means, standard deviations and counts; hand over the data of the fit]" in text
    assert "599 observations (level 1) nested in 30 classes" in text


def test_refusals() -> None:
    with pytest.raises(UnknownName, match="did you mean 'markdown'"):
        notation.writeup(fitted("null"), data(), "markdwon")
    with pytest.raises(UnknownName, match="sector"):
        notation.writeup(fitted("null"), data(), labels={"sector": "sector"})


def test_command(tmp_path: Path) -> None:
    output = tmp_path / "report.md"
    arguments = [
        "writeup",
        "math ~ ses + (1 | sch_id)",
        "--after",
        "math ~ 1 + (1 | sch_id)",
        "--data",
        "hsb",
    ]
    result = CliRunner().invoke(main, [*arguments, "--ml", "--labels", "sch_id: school", "-o", str(output)])
    assert result.exit_code == 0, result.stderr
    assert "nested in 160 schools" in output.read_text(encoding="utf-8")
    assert "against 1: " in output.read_text(encoding="utf-8")


REFERENCES: list[tuple[str, tuple[str, ...], str, str]] = [
    ("kind", ("a", "b"), "mixedlm", ""),
    ("kind", ("b", "a"), "mixedlm", 'd["kind"] = pandas.Categorical(d["kind"], ["b", "a"])'),
    ("kind", ("b", "a"), "statsmodels", 'C(kind, Treatment("b"))'),
    ("kind", ("b", "a"), "R", 'within(d, kind <- factor(kind, levels = c("b", "a")))'),
    ("log", ("b", "a"), "mixedlm", 'd["log"] = pandas.Categorical(d["log"], ["b", "a"])'),
]


@pytest.mark.parametrize(("name", "categories", "program", "line"), REFERENCES)
def test_code_has_the_reference_of_the_model(
    name: str, categories: tuple[str, ...], program: str, line: str
) -> None:
    described = read_formula(f"y ~ `{name}` + x + (1 | g)", categories={name: categories}).model
    engine = "mixedlm" if program == "R" else program
    python, r = code(described, Estimation(engine, "", "reml"))
    text = (r if program == "R" else python).text
    assert line in " ".join(text.split()) if line else "ategor" not in text


def test_a_codebook_names_everything() -> None:
    book = {
        NASTY: {"label": "income", "unit": "1000 $"},
        "kind": {"categories": {"a_1": "first", "b%": "second", "c*": "third"}},
        "class": "classroom",
        "hit": {"categories": {"0": "missed", "1": "hit"}},
    }
    text = notation.writeup(fitted("logit"), data(), "plain", codebook=book)
    assert "nested in 30 classrooms" in text
    assert "reference first" in text
    assert "kind = second" in text
    assert "income (1000 $)" in text
    assert "0 is missed; 1 is hit" in text
    assert "the probability of hit = hit" in text
