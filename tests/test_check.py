"""What check says of wrong and odd texts: a row is a kind of finding, its place, and a text that has it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cases import CASES
from click.testing import CliRunner
from corpus_pages import Case

from notation.checking.check import mend_source
from notation.commands.cli import main
from notation.datasets import egsingle, hsb
from notation.findings import Finding
from notation.verbs import check

GROWTH = "score_ti = π_0i + π_1i age_ti + e_ti\n"
SCHOOL = "math_ij = β_0j + β_1j ses_ij + r_ij\nβ_0j = γ_00 + γ_01 sector_j + u_0j\n"
THREE = "score_ijk = π_0jk + π_1jk year_ijk + e_ijk\n"
BOTH = "(u_0j, u_1j)' ~ N(0, "
SLOPE = "β_1j = γ_10 + u_1j\n"

# code, severity, what is pointed at ("" where the whole text is meant), text
FINDINGS = [
    # labels
    ("odd-label", "warning", "γ_01", f"{GROWTH}π_0i = γ_00 + u_0i\nπ_1i = γ_01 + u_1i"),
    (
        "odd-label",
        "warning",
        "u_10k",
        (f"{THREE}π_0jk = β_00k + β_01k poor_jk + r_0jk\nπ_1jk = β_10k + r_1jk\nβ_00k = γ_000 + u_00k\n"
        "β_01k = γ_010 + u_10k\nβ_10k = γ_100"),
    ),
    (
        "digit-count",
        "warning",
        "γ_1000",
        (f"{THREE}π_0jk = β_00k + r_0jk\nπ_1jk = β_10k + r_1jk\nβ_00k = γ_000 + γ_001 size_k + u_00k\n"
        "β_10k = γ_1000 + γ_101 size_k + u_10k"),
    ),
    ("digit-count", "warning", "γ_100", f"{SCHOOL}β_1j = γ_100 + u_1j"),
    ("digit-count", "warning", "γ_100", "y_ij = β_0j + β_1j x_ij + r_ij\nβ_0j = γ_00 + u_0j\nβ_1j = γ_100"),
    (
        "digit-count",
        "warning",
        "γ_1000",
        (f"{THREE}π_0jk = β_00k + r_0jk\nπ_1jk = β_10k + r_1jk\nβ_00k = γ_000 + u_00k\n"
        "β_10k = γ_1000 + u_10k"),
    ),
    ("no-underscore", "warning", r"\beta1", r"y_{ij} = \beta_0 + \beta1 x_{ij} + u_{0j} + e_{ij}"),
    ("coefficient-twice", "warning", "γ_00", f"{SCHOOL}β_1j = γ_00 + γ_11 sector_j + u_1j"),
    ("coefficient-twice", "warning", "β_1", "y_ij = β_0 + β_1 x_ij + β_1 w_ij + u_j + e_ij"),
    ("odd-label", "warning", "β_30", "y_ij = β_00 + β_01 a_ij + β_02 b_ij + β_30 c_ij + u_j + e_ij"),
    ("odd-label", "warning", "τ_12", f"{SCHOOL}{SLOPE}{BOTH}[τ_00, τ_01; τ_01, τ_12])"),
    # random effects
    ("subtracted-effect", "info", "u_0j", f"{SCHOOL.replace('+ u_0j', '- u_0j')}{SLOPE}"),
    ("assumed-normal", "info", "u_0j", f"{SCHOOL}{SLOPE}r_ij ~ N(0, σ^2)"),
    ("copied-effect", "error", "u_0j", f"{SCHOOL}β_1j = γ_10 + γ_11 sector_j + u_0j"),
    ("effects-without-predictor", "error", "u_1j", "y_ij = γ_00 + γ_10 x_ij + u_0j + u_1j + e_ij"),
    ("effects-without-predictor", "error", "u_1j", f"{SCHOOL}β_1j = γ_10 + u_0j + u_1j"),
    ("unused-effect", "warning", "u_1j", f"{SCHOOL}β_1j = γ_10\n{BOTH}[τ_00, τ_01; τ_01, τ_11])"),
    ("unknown-symbol", "warning", "ε_ij ~ N(0, σ^2)", f"{SCHOOL}{SLOPE}ε_ij ~ N(0, σ^2)"),
    ("missing-residual", "warning", "math_ij = β_0j", "math_ij = β_0j\nβ_0j = γ_00 + u_0j"),
    # indices
    ("response-lacks-index", "error", "y_ij", "y_ij = π_0jk + e_ijk\nπ_0jk = β_00k + r_0jk"),
    ("strange-index", "error", "u_i", "y_ij = a_j + e_ij\na_j = α_0 + u_i"),
    ("strange-index", "error", "size_ij", f"{SCHOOL}β_1j = γ_10 + γ_11 size_ij + u_1j"),
    ("strange-index", "error", "u_0i", "y_ij = β_0 + β_1 (x_ij - mean(x)_.j) + β_2 mean(x)_.j + u_0i + e_ij"),
    ("index-drift", "warning", "u_0i", "y_ij = β_0 + u_0j + e_ij\nu_0i ~ N(0, τ^2)"),
    ("index-drift", "warning", "e_j", "y_ij = β_0j + e_ij\nβ_0j = γ_00 + u_0j\ne_j ~ N(0, σ^2)"),
    ("index-drift", "warning", "φ_j", "y_ij ~ Bernoulli(φ_j)\nlogit(φ_ij) = β_0j\nβ_0j = γ_0 + u_0j"),
    ("lost-index", "info", "e", "y_ij = β_0j + e_ij\nβ_0j = γ_00 + u_0j\ne ~ N(0, σ^2)"),
    ("lost-index", "info", "math", "math ~ N(α_j[i] + β ses_i, σ^2)\nα_j ~ N(μ, τ^2)"),
    ("level-from-equation", "info", "", "math_i ~ N(α_j[i] + β ses, σ^2)\nα_j ~ N(μ, τ^2)"),
    (
        "lost-index",
        "info",
        "a_1",
        "y_i ~ N(α_j[i] + β_j[i] x_i, σ^2)\nα_j ~ N(a_1k[j], τ^2)\nβ_j ~ N(a_1, υ^2)\na_1k ~ N(μ, ω^2)",
    ),
    ("partial-indices", "info", "n_j", "y_ij ~ Binomial(n_j, φ_ij)\nlogit(φ_ij) = β_0j\nβ_0j = γ_0 + u_0j"),
    ("index-order", "warning", "e_ti", "y_it = β_0i + e_ti\nβ_0i = γ_00 + u_0i"),
    ("lost-index", "warning", "sector", f"{SCHOOL}β_1j = γ_10 + γ_11 sector + u_1j"),
    ("two-levels", "warning", "x", "y_ij = β_0j + β_1j x + e_ij\nβ_0j = γ_00 + γ_01 x w + u_0j\n" + SLOPE),
    ("mixed-indices", "warning", "y_ij", "y_ij = α_j[i] + β x_i + e_i\nα_j = μ + u_j"),
    ("too-few-indices", "warning", "", "Level 1: y_ij = β_0j + e_ij\nLevel 3: β_0j = γ_00 + u_0j"),
    ("partial-indices", "info", "ses_i", "math_ij = β_0j + β_1 ses_i + r_ij\nβ_0j = γ_00 + u_0j"),
    ("legend", "warning", "", "y_ij = β + u_j + e_ij, for clinics j = 1, …, J\nwhere j indexes schools."),
    # definitions
    ("summand-twice", "warning", "u_0j", "y_ij = γ_00 + u_0j + e_ij + u_0j"),
    ("single-variance", "warning", "τ_00", f"{SCHOOL}{SLOPE}(u_0j, u_1j)' ~ N(0, τ_00)"),
    ("undefined", "error", "β_0j", "y_ij = β_0j + β_1 x_ij + e_ij\nβ_ij = γ_0 + u_0j"),
    ("no-equation", "warning", "β_2j", f"{SCHOOL.replace(' + r_ij', ' + β_2j age_ij + r_ij')}{SLOPE}"),
    ("generic-equation", "error", "π_pj", "y_ij = π_0j + π_1j x_ij + e_ij\nπ_pj = β_p + r_pj"),
    ("lost-prior", "warning", "γ_0", "y_ij = γ_0j + u x_ij + e_ij\nγ_0j ~ N(μ, τ^2)\nγ_0 ~ N(0, 10)"),
    # distributions
    ("equals-for-tilde", "error", "", f"{SCHOOL}{SLOPE}(u_0j, u_1j)' = N(0, Σ)"),
    ("scale-twice", "warning", "σ", "y_ij = β_0 + u_j + e_ij\ne_ij ~ N(0, σ^2)\nu_j ~ N(0, σ^2)"),
    ("not-symmetric", "error", "", f"{SCHOOL}{SLOPE}{BOTH}[2, 0.5; 0.4, 1])"),
    ("not-symmetric", "error", "", f"{SCHOOL}{SLOPE}{BOTH}[τ_00, τ_02; τ_01, τ_11])"),
    (
        "foreign-deviation",
        "warning",
        "",
        f"{SCHOOL}{SLOPE}{BOTH}[ω_0^2, ρ σ_0 σ_1; ρ σ_0 σ_1, σ_1^2])",
    ),
    ("not-positive-definite", "error", "", f"{SCHOOL}{SLOPE}{BOTH}[2, 3; 3, 1])"),
    ("correlation-in-covariance", "warning", "ρ", f"{SCHOOL}{SLOPE}{BOTH}[τ_0^2, ρ; ρ, τ_1^2])"),
    ("mixed-scales", "warning", "σ_1", f"{SCHOOL}{SLOPE}{BOTH}[σ_0^2, σ_01; σ_01, σ_1])"),
    # derivations
    ("wrong-step", "error", "", "y_ij = β_0j + β_1 x_ij + e_ij = γ_00 + u_0j + β_1 x_j + e_ij"),
    ("wrong-step", "error", "", "y_ij = β_0j + e_ij = (γ_00 + γ_01 w_j + u_0j) + β_2 x_ij + e_ij"),
    # the legend
    (
        "unexplained-index",
        "warning",
        "β_0j",
        "y_ik = β_0j + e_ik\nwhere i and k index pupils and classes.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("code", "severity", "place", "text"), FINDINGS)
def test_findings(code: str, severity: str, place: str, text: str) -> None:
    findings = check(text)
    assert code in {f.code for f in findings}, [str(f) for f in findings]
    spans = [f.span for f in findings if (f.code, f.severity) == (code, severity)]
    assert spans
    assert not place or any(s is not None and text[s.start : s.end].startswith(place) for s in spans)
    assert all(f.message and f.mend for f in findings if f.code == code)


SECTORS = "math_ij = β_0j + β_1j ses_ij + r_ij\nβ_0j = γ_00 + γ_01 sector_j + u_0j\nβ_1j = γ_10 + u_1j"
PUPILS = "math ~ year + female + size + (1 | childid) + (1 | schoolid)"
THREE_LEVELS = (
    "math_tij = π_0ij + π_1 year_tij + e_tij\nπ_0ij = β_00j + β_01 female_ij + β_02 size_ij + r_0ij\n"
    "β_00j = γ_000 + γ_001 retained_j + u_00j"
)
HSB: dict[str, Any] = {"data": hsb(), "groups": {"j": "sch_id"}}
EGSINGLE: dict[str, Any] = {"data": egsingle()}

# text, facts, the findings on the data: code, severity, place, a part of what is said
AGAINST_DATA: list[tuple[str, dict[str, Any], list[tuple[str, str, str, str]]]] = [
    (SECTORS, HSB, []),
    (SECTORS.replace("sector", "sectr").replace("ses", "SSES"), HSB,
     [("unknown-name", "error", "SSES_ij", "no column SSES. Did you mean ses?"),
      ("unknown-name", "error", "sectr_j", "no column sectr. Did you mean sector?")]),
    (SECTORS, {"data": hsb()}, [("unknown-name", "error", "math_ij", "no column j. Say which column")]),
    (SECTORS.replace("sector", "ses2"), {**HSB, "data": hsb().assign(ses2=lambda d: d.ses**2)},
     [("data-contradict", "error", "ses2_j", "ses2 is said to be constant within sch_id, but it varies")]),
    (SECTORS.replace("ses_ij", "meanses_ij"), HSB,
     [("coarser-in-data", "info", "meanses_ij", "constant within each sch_id")]),
    (PUPILS, {**EGSINGLE, "nesting": ["schoolid < childid"]},
     [("data-contradict", "error", "", "the data childid is nested in schoolid")]),
    (PUPILS, {**EGSINGLE, "nesting": ["childid x schoolid"]},
     [("data-contradict", "error", "", "the data nest childid in schoolid")]),
    (PUPILS, {**EGSINGLE, "levels": {"childid": ["size", "year"]}},
     [("data-contradict", "error", "year", "year is said to be constant within childid"),
      ("coarser-in-data", "info", "female", "constant within each childid"),
      ("coarser-in-data", "info", "size", "constant within each schoolid")]),
    (THREE_LEVELS, {**EGSINGLE, "groups": {"i": "childid", "j": "schoolid"}},
     [("data-contradict", "error", "retained_j", "it varies within schoolid 2020"),
      ("coarser-in-data", "info", "size_ij", "between the units of childid")]),
    ("math ~ year + (1 | schoolid/grade)", EGSINGLE,
     [("labels-repeat", "info", "", "they are taken as different units")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "facts", "wanted"), AGAINST_DATA)
def test_data_contradict(text: str, facts: dict[str, Any], wanted: list[tuple[str, str, str, str]]) -> None:
    codes = ("unknown-name", "data-contradict", "coarser-in-data", "labels-repeat")
    found = [f for f in check(text, **facts) if f.code in codes]
    assert [(f.code, f.severity, _place(f, text)) for f in found] == [row[:3] for row in wanted]
    assert all(row[3] in str(f) for f, row in zip(found, wanted, strict=True)), [str(f) for f in found]


def _place(finding: Finding, text: str) -> str:
    return "" if finding.span is None else text[finding.span.start : finding.span.end]


def test_what_the_other_does_not_say_has_a_place() -> None:
    text = SECTORS.replace("γ_10", "γ_10 + γ_11 sector_j")
    found = check(text, against="math ~ ses + sector + female + (1 | j)")
    wanted = [
        ("", "B has no random slope"),
        ("", "B has the predictor female"),
        ("γ_11", "A predicts the slope"),
    ]
    differing = [f for f in found if f.code == "differs"]
    assert len(differing) == len(wanted)
    for place, words in wanted:
        assert any(_place(f, text) == place and str(f).startswith(words) for f in differing)


CLEAN = [
    f"{SCHOOL}β_1j = γ_10 + γ_11 sector_j + u_1j\n{BOTH}[τ_00, τ_01; τ_10, τ_11])\nr_ij ~ N(0, σ^2)",
    (
        f"{THREE}π_0jk = β_00k + r_0jk\nπ_1jk = β_10k + r_1jk\nβ_00k = γ_000 + γ_001 size_k + u_00k\n"
        "β_10k = γ_100 + γ_101 size_k + u_10k"
    ),
    (
        "y_ij = β_0j + β_1 x_ij + e_ij = (γ_00 + γ_01 w_j + u_0j) + β_1 x_ij + e_ij\n"
        "= γ_00 + γ_01 w_j + β_1 x_ij + u_0j + e_ij"
    ),
    "y_ij = fixed_ij + u_j + e_ij = γ_00 + γ_10 x_ij + u_j + e_ij",
    "y_ij = γ_00 + γ_10 x_ij + ζ_ij = γ_00 + γ_10 x_ij + u_0j + e_ij",
    f"{SCHOOL}{SLOPE}{BOTH}[τ_00, τ_01; τ_01, τ_10])",
    f"{SCHOOL}{SLOPE}{BOTH}[σ_0^2, ρ σ_0 σ_1; ρ σ_0 σ_1, σ_1^2])",
    "y_i ~ N(α_j[i] + β x_i, σ_y^2)\nα_j ~ N(γ_0 + γ_1 w_j, σ_α^2)",
    f"{SCHOOL}{SLOPE}{BOTH}[2, 0.5; 0.5, 1])",
]


@pytest.mark.parametrize("text", CLEAN)
def test_nothing_is_said_of_what_is_right(text: str) -> None:
    assert [str(f) for f in check(text) if f.severity != "info"] == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_nothing_is_said_of_what_the_program_writes(case: Case) -> None:
    found = [f for fence in case.fences if fence.kind != "refused" for f in check(fence.text)]
    assert [str(f) for f in found if f.severity != "info"] == []


# text, mended text; the same text where the author has to choose
MENDS = [
    (f"{SCHOOL}β_1j = γ_10 + γ_11 sector_j + u_0j", f"{SCHOOL}β_1j = γ_10 + γ_11 sector_j + u_1j"),
    (f"{SCHOOL}β_1j = γ_1000 + u_0j", f"{SCHOOL}β_1j = γ_10 + u_1j"),
    (f"{GROWTH}π_0i = γ_00 + u_0i\nπ_1i = γ_01 + u_1i", f"{GROWTH}π_0i = γ_00 + u_0i\nπ_1i = γ_10 + u_1i"),
    (
        r"y_{ij} = \beta_0 + \beta1 x_{ij} + u_{0j} + e_{ij}",
        r"y_{ij} = \beta_0 + \beta_1 x_{ij} + u_{0j} + e_{ij}",
    ),
    (f"{SCHOOL}{SLOPE}(u_0j, u_1j)' = N(0, Σ)", f"{SCHOOL}{SLOPE}(u_0j, u_1j)' ~ N(0, Σ)"),
    ("read_ij = π_0jk + e_ijk\nπ_0jk = β_00k + r_0jk",) * 2,
    (f"{SCHOOL}{SLOPE}ε_ij ~ N(0, σ^2)",) * 2,
]


@pytest.mark.parametrize(("text", "mended"), MENDS)
def test_a_single_mend_is_made(text: str, mended: str) -> None:
    assert mend_source(text) == mended
    assert mend_source(mended) == mended


def test_the_command_writes_the_mended_text(tmp_path: Path) -> None:
    text, mended = MENDS[0]
    target = tmp_path / "mended.txt"
    assert CliRunner().invoke(main, ["check", text, "--fix"]).stdout == f"{mended}\n"
    assert CliRunner().invoke(main, ["check", text, "--fix", "-o", str(target)]).exit_code == 0
    assert target.read_text(encoding="utf-8") == f"{mended}\n"
