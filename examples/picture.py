"""The picture of README: the quiz in Gelman & Hill's notation, typeset.

    python -m examples.picture

writes ``examples/quiz.png``. It needs pdfLaTeX, and pdftoppm of poppler.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from notation import translate
from notation.documents import latex_picture

HERE = Path(__file__).parent
DOTS_PER_INCH = 220


def main() -> None:
    """Translate the quiz, and typeset what came of it."""
    equations = translate(HERE / "quiz.txt", "gelman_hill")
    picture = HERE / "quiz.png"
    make_picture(str(equations), picture)
    print(picture)


def make_picture(equations: str, picture: Path) -> None:
    """Equations in LaTeX as a PNG file, cut to their size."""
    with TemporaryDirectory() as folder:
        source = Path(folder) / "picture.tex"
        source.write_text(latex_picture(equations), encoding="utf-8")
        _run(folder, "pdflatex", "-halt-on-error", "-interaction=nonstopmode", source.name)
        target = str(picture.resolve().with_suffix(""))
        _run(folder, "pdftoppm", "-r", str(DOTS_PER_INCH), "-png", "-singlefile", "picture.pdf", target)


def _run(folder: str, *command: str) -> None:
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 — our own words


if __name__ == "__main__":
    main()
