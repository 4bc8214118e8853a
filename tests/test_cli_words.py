"""The commands that say something: compare, describe, derive."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import notation
from notation.commands.cli import main

QUIZ = str(Path(__file__).parent.parent / "examples" / "quiz.txt")
FORMULA = "math ~ week*FRL + Size + FRL:Size + week:Size + (week | schools:students) + (week + FRL | schools)"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


COMPARISONS = [
    (["y ~ x + z", "y ~ z + x"], 0, "A and B are the same model.\n"),
    (
        ["y ~ x", "y ~ x + z"],
        1,
        "A and B are not the same model:\n- B has the predictor z; A does not: β_2.\n",
    ),
    (
        ["math ~ ses + (ses | j)", "math ~ ses + (1 | j)", "--levels", "j:"],
        1,
        (
            "A and B are not the same model:\n"
            "- B has no random slope of ses by j: u_1j is missing from the equation of β_1j.\n"
        ),
    ),
]


@pytest.mark.parametrize(("arguments", "code", "output"), COMPARISONS)
def test_compare(arguments: list[str], code: int, output: str) -> None:
    result = run("compare", *arguments)
    assert (result.exit_code, result.stdout) == (code, output)


def test_equations_against_a_formula() -> None:
    result = run("compare", QUIZ, FORMULA)
    assert result.exit_code == 0
    assert "This takes for granted what only one of them says:" in result.stdout
    changed = run("compare", QUIZ, FORMULA.replace("week*FRL", "week + FRL"))
    assert changed.exit_code == 1
    assert "A predicts the slope of week by FRL; B does not: γ_110." in changed.stdout


def test_a_fact_about_nothing_is_refused() -> None:
    result = run("compare", "y ~ x + (1 | g)", "y ~ x", "--levels", "g: z")
    assert result.exit_code == 2
    assert "unknown variable 'z'" in result.stderr


def test_a_bare_formula_leaves_the_family_open() -> None:
    logistic = "glmer(y ~ x + (1 | g), family = binomial, data = d)"
    result = run("compare", logistic, "y ~ x + (1 | g)")
    assert result.exit_code == 0
    assert "the family is binomial with link logit (B does not say)." in result.stdout
    assert run("compare", logistic, "lmer(y ~ x + (1 | g), data = d)").exit_code == 1
    assert run("compare", logistic, "cbind(y, n - y) ~ x + (1 | g)").exit_code == 1


def test_speak() -> None:
    result = run("speak", QUIZ, "--to", "rb")
    assert result.exit_code == 0
    assert "pi 1 for student j in school k equals beta 1 0 for school k plus" in result.stdout


def test_describe() -> None:
    result = run(
        "describe", QUIZ, "--labels", "FRL: free lunch; Size: number of students", "--style", "by-level"
    )
    assert result.exit_code == 0
    assert "Level 2, students:" in result.stdout
    assert "how much the weekly gain in math differs per unit of free lunch" in result.stdout


def test_derive() -> None:
    result = run("derive", QUIZ)
    assert result.exit_code == 0
    assert "[γ_000 + γ_001 Size_k + u_00k]" in result.stdout
    assert r"\underbrace" in run("derive", QUIZ, "--markup", "latex").stdout


def test_verbs_stay_verbs() -> None:
    """A module of the same name would take the place of the verb once it is imported."""
    for _ in range(2):
        assert notation.compare("y ~ x", "y ~ x").same
        assert notation.describe("y ~ x", "short").startswith("The model describes y")
        assert "    y ~ x" in notation.derive("y ~ x", "plain")
        assert "y for observation i equals" in notation.speak("y ~ x", "combined")
