"""Plain words: every parameter once, nothing that the model does not say, and pages to read."""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from types import ModuleType

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from strategies import models

from notation import description
from notation.commands.cli import main
from notation.description import describe_model, english, facts_of
from notation.description.english import one_unit, plural, time_word
from notation.description.filters import number
from notation.description.glossary import walk
from notation.equations import Distributed, Equation, Symbol
from notation.errors import CannotSay, DataError, NeedsMore, NotYet, UnknownName, WriteError
from notation.estimates import Estimate, Estimates
from notation.expressions import INTERCEPT
from notation.formula import read_formula
from notation.markup.plain import write_node
from notation.model import OBSERVATION, Categories, Crossed, Family, Grouping, Model
from notation.notations import NOTATIONS
from notation.parameters import Coefficient, Variance, parameters
from notation.resources import template_folder

FOLDER = Path(__file__).parent / "describe"


def model(formula: str, observations: str = "", *, family: str = "", **more: object) -> Model:
    """A model of a formula; ``levels`` are those of variables, all others vary between observations."""
    categories: dict[str, tuple[str, ...]] = more.pop("categories", {})  # type: ignore[assignment]
    relations = frozenset(more.pop("relations", ()))  # type: ignore[call-overload]
    found = read_formula(formula, categories=categories).model
    found = replace(
        found,
        levels=tuple((v, more.get(v, OBSERVATION)) for v in found.variables),  # type: ignore[misc]
        observation=Grouping(observations),
        relations=found.relations | relations,
    )
    return replace(found, family=Family(family), residual=None) if family else found


QUIZ = model(
    "math ~ week*FRL + Size + FRL:Size + week:Size + (week | schools:students) + (week + FRL | schools)",
    "time points",
    FRL="students",
    Size="schools",
)
TEXTBOOK = model(
    "math ~ ses*meanses + ses*sector + (ses | school)", "students", meanses="school", sector="school"
)
CENTRED = model(
    "math ~ I(ses - ave(ses, sch_id)) + ave(ses, sch_id) + sector + (I(ses - ave(ses, sch_id)) | sch_id)",
    "students",
    sector="sch_id",
)
CROSSED = model(
    "score ~ Machine + age + (1 | Worker) + (1 | item)",
    categories={"Machine": ("A", "B", "C")},
    relations=[Crossed(frozenset({"Worker", "item"}))],
    age="Worker",
)
LOGIT = model("use ~ I(age - mean(age)) + urban + (urban | district)", "women", family="binomial")

CLOGLOG = replace(model("y ~ x + (1 | g)", family="binomial"), family=Family("binomial", "cloglog"))
BINARY = replace(
    model("use ~ x + (1 | g)", family="binomial"), categories=(Categories("use", ("no", "yes")),)
)
ORDINAL = replace(
    model("y ~ x + (1 | g)", family="cumulative"), categories=(Categories("y", ("low", "mid", "high")),)
)

PAGES: dict[str, tuple[Model, dict[str, object]]] = {
    "quiz": (QUIZ, {}),
    "quiz-by-level": (QUIZ, {"style": "by-level"}),
    "quiz-short": (QUIZ, {"style": "short"}),
    "quiz-labels": (
        QUIZ,
        {"labels": {"FRL": "free lunch"}, "units": {"math": "points", "Size": "100 students"}},
    ),
    "textbook": (TEXTBOOK, {}),
    "textbook-gelman-hill": (TEXTBOOK, {"notation": "gelman_hill"}),
    "textbook-combined": (TEXTBOOK, {"notation": "combined"}),
    "no-predictor": (model("math ~ 1 + (1 | sch_id)"), {}),
    "centred": (CENTRED, {}),
    "independent": (model("Reaction ~ Days + (Days || Subject)", "days"), {}),
    "growth": (model("read ~ time*group + (time | child)", "occasions", group="child"), {}),
    "slope-not-random": (model("math ~ ses*sector + (1 | school)", "students", sector="school"), {}),
    "slope-without-intercept": (model("y ~ x + (0 + x | g)"), {}),
    "categories": (model("y ~ M*x + (M | g)", categories={"M": ("A", "B", "C")}), {}),
    "all-categories": (model("y ~ 0 + M + (0 + M | g)", categories={"M": ("A", "B")}), {}),
    "all-categories-short": (
        model("y ~ 0 + M + (0 + M | g)", categories={"M": ("A", "B", "C")}), {"style": "short"},
    ),
    "categories-short": (
        model("y ~ M*x + (M + x | g)", categories={"M": ("A", "B", "C")}), {"style": "short"},
    ),
    "crossed": (CROSSED, {}),
    "crossed-by-level": (CROSSED, {"style": "by-level"}),
    "crossed-short": (CROSSED, {"style": "short"}),
    "curves": (model("y ~ x + I(x^2) + poly(z, 2) + log(w)"), {}),
    "logit": (LOGIT, {}),
    "counts": (model("cases ~ dose + offset(log(n)) + (1 | clinic)", family="poisson"), {}),
    "binomial": (model("cbind(hits, n - hits) ~ x*z + (1 | team)", z="team"), {}),
    "ordinal": (ORDINAL, {}),
    "hazard": (CLOGLOG, {}),
    "product-logit": (model("y ~ x*z + (x | g)", "people", family="binomial", z="g"), {}),
    "codebook": (
        TEXTBOOK,
        {
            "codebook": {
                "sector": {"categories": {"0": "public", "1": "Catholic"}},
                "ses": {"label": "status", "unit": "standard deviations"},
                "math": {"label": "mathematics", "unit": "points"},
            }
        },
    ),
    "overdispersed": (model("cases ~ dose", family="negative_binomial"), {}),
    "many": (model("y ~ " + " + ".join(f"x{n}" for n in range(12)) + " + (1 | g)"), {}),
    "four-levels": (
        model("score ~ year*size + (year | districts/schools/pupils)", "tests", size="schools"), {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_pages(name: str, request: pytest.FixtureRequest) -> None:
    described, options = PAGES[name]
    page = FOLDER / f"{name}.txt"
    text = describe_model(described, **options)  # type: ignore[arg-type]
    if request.config.getoption("--accept"):
        page.write_text(text, encoding="utf-8")
    assert text == page.read_text(encoding="utf-8")


def heads(text: str) -> Counter[str]:
    """What stands before the colon of each item, without the term in parentheses."""
    lines = [line[2:] for line in text.splitlines() if line.startswith("- ") and ": " in line]
    return Counter(line.partition(": ")[0].partition(" (")[0] for line in lines)


CLAIMS = ("significan", "caus", "effect of", "due to", "because", "explain", "impact", "influence")


@given(models(), st.sampled_from(sorted(NOTATIONS)), st.sampled_from(["full", "by-level"]))
def test_every_parameter_once(one: Model, notation: str, style: str) -> None:
    try:
        facts = facts_of(one, notation)
        text = describe_model(one, style, notation)
    except WriteError:  # what has no symbols in this notation, or of which too little is known
        return
    assert Counter(e.parameter for e in facts.entries()) == Counter(parameters(one))
    found = heads(text)
    for entry in facts.entries():
        assert found[entry.symbol] == 1, (entry.symbol, text)
    words = {*one.variables, *one.group_names, one.observation.name}
    assert not any(c in text.lower() for c in CLAIMS if not any(c in w.lower() for w in words))


@given(models(), st.sampled_from(["full", "by-level"]))
def test_every_symbol_is_explained(one: Model, style: str) -> None:
    try:
        facts, text = facts_of(one), describe_model(one, style)
    except WriteError:
        return
    for statement in facts.page.statements:
        nodes = statement.left if isinstance(statement, Distributed) else statement.sides
        if isinstance(statement, Equation) and statement.level < 2 and one.family.name != "gaussian":
            nodes = nodes[1:]  # the mean and the predictor are said in words: "the log-odds of …"
        for symbol in (n for node in nodes for n in walk(node) if isinstance(n, Symbol) and not n.word):
            letters = (
                {"φ", "λ", "p", "μ", "η"}
                if one.family.name != "gaussian" or one.family.link != "identity"
                else set()
            )
            assert write_node(symbol) in text or symbol.base in letters, (write_node(symbol), text)


@pytest.mark.parametrize("notation", NOTATIONS)
def test_pages_in_every_notation(notation: str) -> None:
    for one, _ in PAGES.values():
        try:
            found, text = facts_of(one, notation), describe_model(one, notation=notation)
        except CannotSay:  # Singer & Willett's has two levels
            continue
        assert all(heads(text)[entry.symbol] == 1 for entry in found.entries())


def test_a_group_over_which_nothing_varies() -> None:
    one = replace(model("y ~ x"), groupings=(Grouping("school"),), levels=(("x", OBSERVATION),))
    text = describe_model(one, "by-level")
    assert "Level 2, schools:\n- β_0j: " in text


def test_groups_with_one_plural_are_told_apart() -> None:
    text = describe_model(model("y ~ 1 + (1 | schools/school)"), "by-level")
    assert "observations (level 1) in units of school (level 2) in units of schools (level 3)" in text
    assert heads(text)["τ_π00"] == 1


# ------------------------------------------------------------------ words

PLURALS = {
    "school": "schools", "schools": "schools", "Subject": "Subjects", "class": "classes",
    "classes": "classes",
    "time points": "time points", "child": "children", "children": "children", "people": "people",
    "country": "countries", "batch": "batches", "sch_id": "units of sch_id", "j": "units of j",
    "schoolid": "units of schoolid", "batch:cask": "units of batch:cask", "школа": "units of школа",
    "bus": "buses", "ID": "units of ID",
}  # fmt: skip


@pytest.mark.parametrize("name", PLURALS)
def test_plurals(name: str) -> None:
    assert plural(name) == PLURALS[name]


TIMES = [
    ("week", "", ("weekly", "week")), ("Days", "", ("daily", "day")), ("occasion", "", ("", "occasion")),
    ("weekend", "", None), ("ses", "", None), ("age", "students", None),
    ("age", "time points", ("", "unit of age")), ("hours", "", None), ("hours", "pupils", None),
    ("hour", "time points", ("hourly", "hour")), ("years", "teachers", None),
    ("year", "tests", ("yearly", "year")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "observations", "words"), TIMES)
def test_time(name: str, observations: str, words: tuple[str, str] | None) -> None:
    assert time_word(name, observations) == words


def test_numbers() -> None:
    numbers = {
        Coefficient(INTERCEPT): Estimate(-0.5, 0.1, -0.7, -0.3),
        Variance("district", INTERCEPT): Estimate(0.25),
    }
    text = describe_model(LOGIT, estimates=Estimates(LOGIT, numbers))
    assert (
        "Estimate: −0.50 (standard error 0.10; 95 % interval −0.70 to −0.30); as odds 0.61 (0.50 to 0.74)."
        in text
    )
    assert "Estimate: 0.25; a standard deviation of 0.50." in text


SAID: list[tuple[Model, dict[str, object], str]] = [
    (model("y ~ x*z", family="binomial"), {}, "x:z): how much the difference in the log-odds of y = 1"),
    (model("y ~ x*z", family="binomial"), {}, "as a ratio of odds ratios 1.35"),
    (model("y ~ x*z", family="binomial"), {}, "as odds 1.35"),
    (model("y ~ x*z", family="poisson"), {}, "as a rate ratio 1.35"),
    (model("y ~ x"), {"units": {"y": "points"}}, "Estimate: 0.30 points (standard error 0.10;"),
    (model("y ~ x"), {"units": {"y": "points"}}, "a standard deviation of 0.55 points"),
    (CLOGLOG, {}, "Estimate: 0.30 (standard error 0.10; 95 % interval 0.10 to 0.50).\n"),
    (CLOGLOG, {}, "The cloglog, or complementary log-log, of a probability p is log(−log(1 − p))."),
    (BINARY, {}, "the log-odds of use = yes"),
    (model("y ~ x", family="quantile"), {}, "The model states the median of y, and no distribution."),
    (model("y ~ x", family="quantile"), {}, "β_1 (x): the difference in the median of y per unit of x."),
    (model("y ~ x", family="quasi"), {}, "The model states the mean of y, and no distribution."),
    (ORDINAL, {}, "θ_2: the log-odds of category mid or a lower one"),
    (ORDINAL, {}, "as an odds ratio of higher categories 1.35"),
    (model("y ~ log(n) + offset(log(n)) + (1 | n)"), {}, "Predictors: n varies between observations."),
]  # fmt: skip


@pytest.mark.parametrize(("one", "options", "words"), SAID)
def test_said(one: Model, options: dict[str, object], words: str) -> None:
    numbers = Estimates(one, {p: Estimate(0.3, 0.1, 0.1, 0.5) for p in parameters(one)})
    assert words in describe_model(one, estimates=numbers, **options)  # type: ignore[arg-type]


BOOK = {
    "FRL": {"label": "free lunch", "categories": {"0": "no", "1": "yes"}},
    "Size": {"label": "size", "unit": "100 pupils"},
    "week": {"unit": "weeks"},
    "schools": "school",
    "math": {"label": "mathematics", "unit": "points"},
    "ethnicity": {"label": "is in the data, and not in the model"},
}
FILES = {
    "json": json.dumps(BOOK),
    "csv": "variable,label,unit,categories\nFRL,free lunch,,0: no; 1: yes\nSize,size,100 pupils,\n"
    "week,,weeks,\nschools,school,,\nmath,mathematics,points,\nethnicity,other,,\n",
    "toml": '[FRL]\nlabel = "free lunch"\ncategories = {0 = "no", 1 = "yes"}\n[Size]\nlabel = "size"\n'
    'unit = "100 pupils"\n[week]\nunit = "weeks"\n[schools]\nlabel = "school"\n[math]\nunit = "points"\n'
    'label = "mathematics"\n',
}
WITH_A_BOOK = [
    "The model describes mathematics (in points) at 3 levels: time points (level 1)",
    "γ_000 (intercept): the average mathematics at time points with week = 0 for students with free lunch",
    "difference in mathematics between free lunch = yes and free lunch = no (the reference) at time points",
    "differs per 100 pupils of size",
]


@pytest.mark.parametrize("kind", [*FILES, "mapping"])
def test_codebook(kind: str, tmp_path: Path) -> None:
    file = tmp_path / f"book.{kind}"
    file.write_text(FILES.get(kind, ""), encoding="utf-8")
    text = describe_model(QUIZ, codebook=BOOK if kind == "mapping" else file)
    for words in WITH_A_BOOK:
        assert words in text
    assert all(heads(text)[facts.symbol] == 1 for facts in facts_of(QUIZ).entries())


def test_codebook_names_categories() -> None:
    book = {"Machine": {"categories": {"A": "old", "B": "new", "C": "newest"}}}
    text = describe_model(CROSSED, codebook=book)
    assert "The reference category of Machine is old, with which new and newest are compared." in text
    assert "θ_1 (MachineB): the average difference in score between Machine = new and Machine = old" in text


def test_labels_come_before_the_codebook() -> None:
    assert "lunch for free" in describe_model(QUIZ, codebook=BOOK, labels={"FRL": "lunch for free"})


WRONG_BOOKS = [
    ("book.txt", "", "a codebook is a file .csv, .json, .toml"),
    ("book.csv", "name,label\na,b\n", "its first line must name the columns variable, label"),
    ("book.json", "[1]", "needs an object for each variable"),
    ("book.json", "{", "cannot be read"),
    ("book.json", '{"FRL": {"lable": "x"}}', "FRL has lable; a codebook has label, unit, categories"),
    ("book.csv", "variable,categories\nFRL,0 no\n", 'are written "0: public; 1: Catholic"'),
    ("book.json", '{"FRL": 3}', "FRL needs a label"),
]


@pytest.mark.parametrize(("name", "text", "message"), WRONG_BOOKS)
def test_wrong_codebooks(name: str, text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        describe_model(QUIZ, codebook=tmp_path / name)
    with pytest.raises(DataError, match="cannot be read"):
        describe_model(QUIZ, codebook=tmp_path / "none.csv")


SES = "math ~ ses + (1 | sch_id)"
COMMANDS = [
    (["math_ij = 12.6 + u_0j + e_ij; u_0j ~ N(0, 9)"], 0, "the average math. Estimate: 12.60.\n"),
    ([SES, "--data", "hsb"], 0, "γ_10 (ses): the average difference in math per unit of ses.\n"),
    ([SES, "--data", "hsb", "--fit"], 0, "per unit of ses. Estimate: 2.39 (standard error 0.11"),
    ([SES, "--fit"], 2, "--fit needs the data of the model: --data"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "code", "words"), COMMANDS)
def test_command(arguments: list[str], code: int, words: str) -> None:
    result = CliRunner().invoke(main, ["describe", *arguments])
    assert result.exit_code == code, result.stderr
    assert words in (result.stderr if code else result.stdout)


UNITS = [("years", "year"), ("100 students", "100 students"), ("kg", "kg"), ("unit", "unit")]


@pytest.mark.parametrize(("unit", "one"), UNITS)
def test_one_unit(unit: str, one: str) -> None:
    assert one_unit(unit) == one


NUMBERS = [(0.5, "0.50"), (-0.001, "−0.0010"), (0.0, "0.00"), (-1e-12, "0.00"), (1234.567, "1234.57")]


@pytest.mark.parametrize(("value", "text"), NUMBERS)
def test_small_numbers_keep_two_digits(value: float, text: str) -> None:
    assert number(value) == text


NOT_YET = [
    (model("y ~ x", family="multinomial"), "one for each category, are not put into words yet"),
]


@pytest.mark.parametrize(("one", "message"), NOT_YET)
def test_what_is_not_described_yet_is_refused(one: Model, message: str) -> None:
    with pytest.raises(NotYet, match=message):
        describe_model(one)


def test_another_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A language is a folder of templates, a module of words, and a line in the table."""
    folder = tmp_path / "describe" / "de"
    shutil.copytree(template_folder() / "describe" / "en", folder)
    for page in folder.iterdir():
        text = page.read_text(encoding="utf-8").replace("The model describes", "Das Modell beschreibt")
        page.write_text(text, encoding="utf-8")
    words = ModuleType("notation.description.german")
    words.__dict__.update({**vars(english), "plural": lambda name: {"school": "Schulen"}.get(name, name)})
    monkeypatch.setitem(sys.modules, "notation.description.german", words)
    monkeypatch.setitem(description.LANGUAGES, "de", "german")
    monkeypatch.setattr(description, "template_folder", lambda: tmp_path)
    text = describe_model(TEXTBOOK, language="de")
    assert text.startswith("Das Modell beschreibt math at 2 levels: students (level 1) in Schulen (level 2).")
    with pytest.raises(UnknownName, match="did you mean 'en'"):
        describe_model(TEXTBOOK, language="eng")


def test_refusals() -> None:
    with pytest.raises(NeedsMore, match="level of ses, sector is not known"):
        describe_model(read_formula("math ~ ses*sector + (ses | school)").model)
    with pytest.raises(UnknownName, match="did you mean 'short'"):
        describe_model(TEXTBOOK, "shrt")
    with pytest.raises(UnknownName, match="did you mean 'sector'"):
        describe_model(TEXTBOOK, labels={"secto": "sector"})


@pytest.mark.parametrize("size", [100, 400])
def test_fast_whatever_the_size(size: int) -> None:
    large = model("y ~ " + " + ".join(f"x{n}*z" for n in range(size)) + " + (1 | g)", z="g")
    begin = perf_counter()
    describe_model(large)
    assert perf_counter() - begin < size / 40
