"""A teacher shows one model in every notation, side by side."""

from pathlib import Path

import notation
from notation import datasets

textbook = Path(__file__).with_name("textbook.txt")
model = notation.read(textbook, data=datasets.hsb())

for name, description in notation.NOTATIONS.items():
    print(f"{name}: {description}\n\n{notation.write(model, name, markup='plain')}\n")
print(f"lme4\n\n{notation.write(model, 'lme4', call=True)}")
