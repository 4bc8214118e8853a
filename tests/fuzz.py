"""Any text whatever: reading and checking it end soon, and raise nothing but the program's own errors.

    python -m fuzz [NUMBER [SEED]]

Three sources take turns: pieces that equations are made of, texts that are read with a stretch left
out, doubled or changed, and any characters. The seed makes a run repeatable; the first text that breaks the
rule is printed, shortened as far as it still breaks it.
"""

from __future__ import annotations

import sys
import time
from random import Random

from cases import CASES

from notation.errors import NotationError
from notation.verbs import check, read

PIECES = (
    *"xyijkαβγπuer0129_^{}()[]|~=+-*/:,.'`\"\\&$%#\n ",
    *("_ij", "_{ij}", "_j[i]", "^2", "²", "\\beta_{0j}", "\\text{ses}", "\\sim", "N(", "\\left(", "\\right)"),
    *("\\begin{aligned}", "\\end{aligned}", "\\begin{pmatrix}", "\\end{pmatrix}", "\\\\", "\\frac{"),
    *("\\bar{", "\\overline{", "\\sum", "$$", "\\[", "\\]", "math_ij", "β_0j", "γ_00", "u_0j", "r_ij", " = "),
    *(" + ", "poly(", "log(", "(1 | g)", "||", "%in%", "where i and j index", "for j = 1, …, J", "Level 1:"),
    *("logit(", "Pr(y = 1)", "Bernoulli(", "MVN(", "diag(", "B00", "P1*(AGE)", "mixed y x || g: x", "\x00"),
    *("数", "\u0304"),
)  # fmt: skip
LONGEST = 400
SLOW = 5.0
"""Seconds for one short text; far more than the worst that is known, so that a busy machine is no failure."""


def written_texts() -> list[str]:
    """The texts of the corpus, with equations that no program wrote."""
    return [fence.text for case in CASES for fence in case.fences if fence.kind != "refused"]


def text_of(random: Random, written: list[str]) -> str:
    """A text of one of the three kinds."""
    match random.randrange(3):
        case 0:
            return "".join(random.choices(PIECES, k=random.randrange(40)))
        case 1:
            return spoiled(random, random.choice(written)[:LONGEST])
        case _:
            return "".join(
                chr(random.choice((random.randrange(128), random.randrange(0x2FFF)))) for _ in range(60)
            )


def spoiled(random: Random, text: str) -> str:
    """A text with a stretch left out, doubled, moved, or with a piece put in."""
    a, b, c = sorted(random.randrange(len(text) + 1) for _ in range(3))
    return random.choice(
        (text[:a] + text[b:], text[:b] + text[a:], text[:a] + text[b:c] + text[a:b] + text[c:],
         text[:a] + random.choice(PIECES) + text[a:])
    )  # fmt: skip


def broken(text: str) -> str:
    """What breaks the rule about a text; nothing where it holds."""
    start = time.process_time()
    try:
        read(text)
    except NotationError:
        pass
    except Exception as error:  # noqa: BLE001 - any other exception is what is looked for
        return f"read raises {error!r}"
    try:
        check(text)
    except Exception as error:  # noqa: BLE001 - checking a text raises nothing at all
        return f"check raises {error!r}"
    seconds = time.process_time() - start
    return f"it takes {seconds:.1f} s" if seconds > SLOW else ""


def shortened(text: str) -> str:
    """A shorter text that breaks the rule too: stretches are left out as long as that helps."""
    size = len(text) // 2
    while size:
        for start in range(0, len(text), size):
            shorter = text[:start] + text[start + size :]
            if broken(shorter):
                text = shorter
                break
        else:
            size //= 2
    return text


def fuzz(number: int, seed: int) -> tuple[str, str] | None:
    """The first of this many texts that breaks the rule, with what breaks it."""
    random, written = Random(seed), written_texts()
    for _ in range(number):
        text = text_of(random, written)
        if wrong := broken(text):
            return text, wrong
    return None


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else Random().randrange(10**6)
    found = fuzz(number, seed)
    if found is not None:
        sys.exit(f"seed {seed}: {found[1]}\n{shortened(found[0])!r}")
    print(f"{number:,} texts, seed {seed}: nothing but the program's own errors")


if __name__ == "__main__":
    main()
