"""Reads and writes the pages of the corpus: Markdown in which each section is one model.

    ## a random slope                           the title of the case
    given: levels schools: sector               facts that a formula cannot carry, for every block
    ```formula                                  the model, as the author of the page states it
    ```lme4                                     what the program writes
    ```raudenbush_bryk plain                    "
    ```math raudenbush_bryk                     " in LaTeX, which a code host shows typeset
    ```refused combined                         what the program says where it cannot write
    ```also given: groups j = schools           other spellings that read to the same model
    ```error                                    a text that is refused; its message behind ---

Everything that is not a fence is prose and stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from notation.facts.knowledge import parse_groups, parse_levels, parse_nesting

FOLDER = Path(__file__).parent / "corpus"

NOTATIONS = ("raudenbush_bryk", "gelman_hill", "combined")
WRITTEN = ("lme4", *(info for n in NOTATIONS for info in (f"{n} plain", f"math {n}")))
"""The fences that the program writes, in the order in which they stand on a page."""


@dataclass(frozen=True)
class Fence:
    """A fenced block: its information line and its text, without the last newline."""

    info: str
    text: str

    def __str__(self) -> str:
        return f"```{self.info}\n{self.text}\n```\n"

    @property
    def kind(self) -> str:
        """The first word of the information line."""
        return self.info.split()[0]

    @property
    def facts(self) -> dict[str, Any]:
        """The facts behind ``given:`` on the information line."""
        _, _, given = self.info.partition("given: ")
        return parse_fact(given) if given else {}


@dataclass(frozen=True)
class Case:
    """A section: one model, or a text that is refused."""

    page: str
    title: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    fences: tuple[Fence, ...] = ()

    def __str__(self) -> str:
        return f"{self.page}: {self.title}"

    @property
    def formula(self) -> str:
        """The formula in which the page's author states the model; empty in a case of an error."""
        return next((f.text for f in self.fences if f.info == "formula"), "")

    def of_kind(self, kind: str) -> list[Fence]:
        """The fences whose information line begins with this word."""
        return [f for f in self.fences if f.kind == kind]

    def written(self, info: str) -> str | None:
        """The text of the fence with this information line, if the case has one."""
        return next((f.text for f in self.fences if f.info == info), None)


def read_pages() -> list[Case]:
    """Every case of every page, the pages in the order of their names."""
    return [case for path in sorted(FOLDER.glob("*.md")) for case in read_page(path)]


def read_page(path: Path) -> Iterator[Case]:
    """The cases of one page."""
    case: Case | None = None
    for piece in split_page(path.read_text(encoding="utf-8")):
        match piece:
            case Fence() if case is not None:
                case = replace(case, fences=(*case.fences, piece))
            case str() if piece.startswith("## "):
                if case is not None:
                    yield case
                case = Case(path.stem, piece[3:].strip())
            case str() if piece.startswith("given: ") and case is not None:
                case = replace(case, facts=merge(case.facts, parse_fact(piece[7:].strip())))
    if case is not None:
        yield case


def split_page(text: str) -> Iterator[Fence | str]:
    """A page as lines of prose and fences; joined again they are the page."""
    lines = iter(text.splitlines(keepends=True))
    for line in lines:
        if not line.startswith("```"):
            yield line
            continue
        inside = []
        for inner in lines:
            if inner.rstrip() == "```":
                break
            inside.append(inner)
        yield Fence(line[3:].strip(), "".join(inside).rstrip("\n"))


def parse_fact(text: str) -> dict[str, Any]:
    """A fact as a keyword argument of ``read``: ``nesting students < schools``."""
    kind, _, value = text.strip().partition(" ")
    match kind:
        case "levels":
            return {"levels": parse_levels(value)}
        case "nesting":
            return {"nesting": parse_nesting(value)}
        case "groups":
            return {"groups": parse_groups(value)}
        case "categories":
            return {"categories": parse_categories(value)}
        case "family" | "link":
            return {kind: value}
    raise ValueError(f"a page gives {kind!r}, which is no fact")


def parse_categories(text: str) -> dict[str, tuple[str, ...]]:
    """``machine: A, B, C; track: low, high``, the reference first."""
    parts = (part.partition(":") for part in text.split(";"))
    return {name.strip(): tuple(c.strip() for c in names.split(",")) for name, _, names in parts}


def merge(facts: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Both sets of facts; mappings of the same kind are joined."""
    joined = dict(facts)
    for kind, value in more.items():
        both = isinstance(value, Mapping) and kind in joined
        joined[kind] = {**joined[kind], **value} if both else value
    return joined


def accept(path: Path, written: Mapping[str, list[Fence]]) -> None:
    """Puts the ``written`` fences of each case, by its title, on the page behind its formula."""
    pieces: list[Fence | str] = []
    fences: list[Fence] = []
    for piece in split_page(path.read_text(encoding="utf-8")):
        match piece:
            case Fence(info) if info in WRITTEN or piece.kind == "refused":
                while pieces and pieces[-1] == "\n":  # the empty line in front goes with the fence
                    pieces.pop()
            case Fence("formula"):
                pieces.append(piece)
                for fence in fences:
                    pieces += ["\n", fence]
            case _:
                pieces.append(piece)
                if isinstance(piece, str) and piece.startswith("## "):
                    fences = written.get(piece[3:].strip(), [])
    path.write_text("".join(map(str, pieces)), encoding="utf-8")
