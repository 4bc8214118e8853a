"""The commands written for Stata, SAS, SPSS and Mplus are those of the programs' own documentation.

Each row is a model, and the command that a manual or a page of UCLA's Statistical Methods and Data
Analytics states for it. Both are compared after what only asks for output or names the default is left
out: the order of statements, capital letters, blanks, and the names of Mplus's random slopes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from notation import read, write
from notation.model import Model, RandomBlock

Row = tuple[str, dict[str, Any], str, str]

ME = "Stata Multilevel Mixed-Effects Reference Manual"
STATA: list[Row] = [
    ("weight ~ week + (1 | id)", {}, "mixed weight week || id:", f"{ME}, mixed, example 1"),
    ("weight ~ week + (week || id)", {}, "mixed weight week || id: week", f"{ME}, mixed, example 2"),
    (
        "weight ~ week + (week | id)",
        {},
        "mixed weight week || id: week, covariance(unstructured)",
        f"{ME}, mixed, example 3",
    ),
    (
        "gsp ~ private + emp + hwy + water + other + unemp + (1 | region/state)",
        {},
        "mixed gsp private emp hwy water other unemp || region: || state:",
        f"{ME}, mixed, example 4",
    ),
    (
        "weight ~ week + (1 | week_number) + (1 | id)",
        {"nesting": "week_number x id"},
        "mixed weight week || _all: R.week_number || id:",
        f"{ME}, mixed, crossed-effects models (the manual's week is both a predictor and a factor)",
    ),
    (
        "dtlm ~ difficulty + factor(group) + (1 | family/subject)",
        {"family": "binomial"},
        "melogit dtlm difficulty i.group || family: || subject:",
        f"{ME}, melogit, example 3",
    ),
    (
        "seizures ~ treat + lbas + lbas_trt + lage + v4 + (1 | subject)",
        {"family": "poisson"},
        "mepoisson seizures treat lbas lbas_trt lage v4 || subject:",
        f"{ME}, mepoisson, example 1",
    ),
    (
        "mathscore ~ year*black + (year | schoolid/id)",
        {},
        "mixed mathscore year black c.year#c.black || schoolid: year, cov(un) || id: year, cov(un)",
        "the syntax of help mixed, for three levels with slopes",
    ),
]

UCLA = "stats.oarc.ucla.edu"
SAS: list[Row] = [
    (
        "mathach ~ 1 + (1 | school)",
        {},
        "class school; model mathach = / solution; random intercept / subject=school;",
        f"{UCLA}, SAS, Raudenbush & Bryk, table 4.2",
    ),
    (
        "mathach ~ meanses + (1 | school)",
        {},
        "class school; model mathach = meanses / solution notest; random intercept / subject=school;",
        f"{UCLA}, SAS, Raudenbush & Bryk, table 4.3",
    ),
    (
        "langpost ~ GndC_verb + GndC_ses + sex + GrpMC_verb + (GndC_verb | schoolnr)",
        {},
        (
            "class schoolnr; model langpost = GndC_verb GndC_ses sex GrpMC_verb / solution; "
            "random intercept GndC_verb / subject=schoolnr type=un;"
        ),
        f"{UCLA}, SAS, Snijders & Bosker, table 8.1",
    ),
    (
        "achiev ~ pupsex + pupses + (1 | sschool) + (1 | pschool)",
        {"nesting": "sschool x pschool"},
        (
            "class pschool sschool; model achiev = pupsex pupses / solution ddfm=satterth; "
            "random intercept / subject=sschool; random intercept / subject=pschool;"
        ),
        f"{UCLA}, SAS, Hox, table 7.1",
    ),
    (
        "math ~ homework + (1 | schid)",
        {},
        "class schid; model math = homework / solution; random intercept / subject=schid;",
        f"{UCLA}, SAS, Kreft & de Leeuw, page 65",
    ),
    (
        "language ~ sex + (sex | school_id)",
        {},
        (
            "class school_id; model language = sex / solution ddfm=bw notest; "
            "random intercept sex / type=un subject=school_id;"
        ),
        "Bauer (2003), code of the article in JEBS 28",
    ),
]

IBM = "IBM SPSS Statistics 31, MIXED, examples"
SPSS: list[Row] = [
    (
        "Y ~ factor(TREAT) + factor(BLOCK)",
        {},
        "MIXED Y BY TREAT BLOCK /FIXED = TREAT BLOCK.",
        f"{IBM}, model 1",
    ),
    (
        "SCORE ~ TIME + (TIME | SCHOOL/CLASS/STUDENT)",
        {"structure": "identity"},
        (
            "MIXED SCORE WITH TIME /FIXED = TIME /RANDOM = INTERCEPT TIME | SUBJECT(SCHOOL) COVTYPE(ID) "
            "/RANDOM = INTERCEPT TIME | SUBJECT(SCHOOL*CLASS) COVTYPE(ID) "
            "/RANDOM = INTERCEPT TIME | SUBJECT(SCHOOL*CLASS*STUDENT) COVTYPE(ID)."
        ),
        f"{IBM}, model 6",
    ),
    (
        "Y ~ TIME + (TIME | SUBJ)",
        {"structure": "identity"},
        "MIXED Y WITH TIME /FIXED = TIME /RANDOM = INTERCEPT TIME | SUBJECT(SUBJ) COVTYPE(ID).",
        f"{IBM}, model 7",
    ),
    (
        "Y ~ TIME + PCOVAR + TIME:PCOVAR + (TIME | SUBJ)",
        {"structure": "identity"},
        (
            "MIXED Y WITH TIME PCOVAR /FIXED = TIME PCOVAR TIME*PCOVAR "
            "/RANDOM = INTERCEPT TIME | SUBJECT(SUBJ) COVTYPE(ID)."
        ),
        f"{IBM}, model 8",
    ),
    (
        "math ~ year + (1 | school/cid)",
        {},
        (
            "mixed math with year /fixed = year /print = solution /random = intercept | subject(school) "
            "/random = intercept | subject(school*cid)."
        ),
        f"{UCLA}, SPSS code fragments, three-level multilevel model",
    ),
    (
        "gcse ~ lrt + girl + sch_2 + sch_3 + (lrt | school)",
        {},
        (
            "mixed gcse with lrt girl sch_2 sch_3 /fixed lrt girl sch_2 sch_3 | sstype(3) /method=reml "
            "/print=corb solution r /random=intercept lrt | subject(school) covtype(un)."
        ),
        "Lambert & O'Hara, SGSSS summer school 2025, lab 1 (there with method=ml)",
    ),
]

IMM = f"{UCLA}, Mplus, Kreft & de Leeuw, chapter 4"
MPLUS: list[Row] = [
    (
        "math ~ 1 + (1 | schid)",
        {"levels": {"schid": []}},
        "usevar = math; cluster = schid; %within% math; %between% math;",
        f"{IMM}, page 64",
    ),
    (
        "math ~ homework + (1 | schid)",
        {"levels": {"schid": []}},
        (
            "usevar = math homework; cluster = schid; within = homework; "
            "%within% math on homework; %between% math;"
        ),
        f"{IMM}, page 65",
    ),
    (
        "math ~ homework + white + public + meanses + (homework | schid)",
        {"levels": {"schid": ["public", "meanses"]}},
        (
            "usevar = math homework white public meanses; cluster = schid; within = homework white; "
            "between = public meanses; %within% math on white; b1 | math on homework; "
            "%between% math on public meanses; b1; math with b1;"
        ),
        f"{IMM}, page 85",
    ),
    (
        "math ~ homework + white + meanses + (homework | schid)",
        {"levels": {"schid": ["meanses"]}},
        (
            "usevar = math homework white meanses; cluster = schid; within = homework white; "
            "between = meanses; "
            "%within% math on white; b1 | math on homework; %between% math on meanses; b1; math with b1;"
        ),
        f"{IMM}, page 86",
    ),
    (
        "math ~ homework + homework:ratio + (homework | schid)",
        {"levels": {"schid": ["ratio"]}},
        (
            "usevar = math homework ratio; cluster = schid; within = homework; between = ratio; "
            "%within% math; b1 | math on homework; %between% math; b1 on ratio; math with b1;"
        ),
        f"{IMM}, page 100",
    ),
    (
        "y ~ x + w + xm + x:w + x:xm + (x | clus)",
        {"levels": {"clus": ["w", "xm"]}},
        (
            "usevar = y x w xm; cluster = clus; within = x; between = w xm; %within% s | y on x; "
            "%between% y s on w xm; y with s;"
        ),
        "Mplus User's Guide, example 9.2a",
    ),
]

ROWS = [
    (program, *row)
    for program, rows in (("stata", STATA), ("sas", SAS), ("spss", SPSS), ("mplus", MPLUS))
    for row in rows
]


@pytest.mark.parametrize(
    ("program", "formula", "facts", "documented", "where"), ROWS, ids=[f"{r[0]}: {r[4]}" for r in ROWS]
)
def test_as_documented(
    program: str, formula: str, facts: dict[str, Any], documented: str, where: str
) -> None:
    assert SAME[program](str(write(model(formula, **facts), program))) == SAME[program](documented), where


@pytest.mark.parametrize("program", ["stata", "sas", "spss", "mplus"])
def test_at_least_five(program: str) -> None:
    assert sum(row[0] == program for row in ROWS) >= 5


def model(formula: str, structure: str = "full", **facts: Any) -> Model:
    found = read(formula, **facts)
    blocks = (RandomBlock(b.group, b.terms, structure) for b in found.random)  # type: ignore[arg-type]
    return replace(found, random=tuple(blocks))


# ------------------------------------------------------------------ what does not count


def words(text: str) -> frozenset[str]:
    return frozenset(text.lower().split())


def same_stata(text: str) -> tuple[frozenset[str], ...]:
    """The equations in their order; abbreviations written out, the defaults left out."""
    text = text.replace("///\n", " ").replace("cov(un)", "covariance(unstructured)")
    text = text.replace("covariance(independent)", "").replace(",", " ").removesuffix("mle")
    return tuple(words(equation) for equation in text.split("||"))


def same_sas(text: str) -> frozenset[tuple[str, frozenset[str], frozenset[str]]]:
    """The statements, each with its effects and its options."""
    found = set()
    for statement in text.lower().replace("\n", " ").split(";"):
        keyword, _, rest = statement.strip().partition(" ")
        if keyword in ("class", "model", "random"):
            effects, _, details = rest.partition("/")
            kept = words(details) - {"solution", "notest", "ddfm=satterth", "ddfm=bw"}
            found.add((keyword, words(effects.replace("=", " ")), kept))
    return frozenset(found)


def same_spss(text: str) -> frozenset[frozenset[str]]:
    """The subcommands as sets of words, without what is printed and what is the default."""
    found = set()
    for part in text.lower().rstrip(".").split("/"):
        kept = words(re.sub(r"[=|]", " ", part)) - {"sstype(3)", "covtype(vc)"}
        if not kept & {"print", "method"}:
            found.add(kept)
    return frozenset(found)


def same_mplus(text: str) -> frozenset[tuple[str, str, frozenset[str]]]:
    """Lists and statements, with where they stand; ``y s ON w`` is two of them."""
    text = re.sub(r"!.*", "", text.lower()).replace("usevariables", "usevar")
    for number, slope in enumerate(re.findall(r"(\w+) \|", text)):
        text = re.sub(rf"\b{slope}\b", f"slope_{number}", text)
    place, found = "", set()
    for piece in re.split(r";|(%\w+%)", text):
        statement = (piece or "").strip().removeprefix("variable:").strip()
        left, _, right = statement.partition(" on ")
        if statement.startswith("%"):
            place = statement
        elif match := re.fullmatch(r"(usevar|cluster|within|between) = (.*)", statement):
            found.add(("", match[1], words(match[2])))
        elif right:
            responses = [left] if "|" in left else left.split()
            found |= {(place, name, words(right)) for name in responses}
        elif " with " in statement:
            found.add((place, "with", words(statement) - {"with"}))
        # A variance alone says nothing that is not the default.
    return frozenset(found)


SAME: dict[str, Any] = {"stata": same_stata, "sas": same_sas, "spss": same_spss, "mplus": same_mplus}
