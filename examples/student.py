"""A student has level equations and needs them in other words: the quiz, translated."""

from pathlib import Path

import notation

quiz = Path(__file__).with_name("quiz.txt")

for target in ("gelman_hill", "combined", "lme4"):
    print(f"{target}\n\n{notation.translate(quiz, target, markup='plain')}\n")
