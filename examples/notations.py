"""Writes notations.md: one model in every notation, side by side, as LaTeX and as plain text.

python examples/notations.py > examples/notations.md
"""

from pathlib import Path

import notation

model = notation.read(Path(__file__).with_name("notations.txt"))

print(
    "# One model in every notation\n\n"
    "Achievement of students in schools: intercept and slope of `ses` differ between schools, and both are\n"
    "predicted by the school's `sector`. `notation translate` writes any of these from any other.\n"
    "Made by `python examples/notations.py`.\n"
)
for name, description in notation.NOTATIONS.items():
    equations = notation.write(model, name)
    plain = notation.write(model, name, markup="plain")
    print(f"## {name}\n\n{description[0].upper()}{description[1:]}.\n")
    print(f"```math\n{equations}\n```\n\n```text\n{plain}\n```\n")
