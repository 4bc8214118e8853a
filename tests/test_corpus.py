"""The corpus: each section of tests/corpus/*.md is one model, said in every notation.

`pytest tests/test_corpus.py --accept` rewrites what the program writes, and refuses text that does
not read back to the same model.
"""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from cases import ALL, CASES, model_of
from corpus_pages import FOLDER, NOTATIONS, WRITTEN, Case, Fence, accept
from ways import PAIRED, Way

from notation.errors import ReadError, WriteError
from notation.model import Model
from notation.parameters import parameters
from notation.verbs import lost, read, translate, write

EVERY_PAIR = [case for case in CASES if case.page in ("quiz", "textbook")]
ERRORS = [(case, fence) for case in ALL for fence in case.of_kind("error")]
ALSO = [(case, n, fence) for case in CASES for n, fence in enumerate(case.of_kind("also"), 1)]


def targets(info: str) -> tuple[str, str]:
    """The target and the markup of a fence: ``math combined`` is combined in LaTeX."""
    match info.split():
        case ["math", to]:
            return to, "latex"
        case [to, markup]:
            return to, markup
    return info, "plain"


def text_of(model: Model, info: str) -> str:
    """What the program writes into a fence."""
    to, markup = targets(info)
    return str(write(model, to, markup)).rstrip("\n")


def reread(model: Model, info: str, text: str) -> Model:
    """The model of a written text; only what its target says that it loses is given."""
    return read(text, **lost(model, targets(info)[0]))


# ------------------------------------------------------------------ the pages


def test_the_corpus_is_large_enough() -> None:
    assert len(CASES) >= 60
    assert len({(case.page, case.title) for case in CASES}) == len(CASES)
    for notation in NOTATIONS:
        written = [case for case in CASES if case.written(f"{notation} plain")]
        assert len(written) >= 60, f"{notation} writes only {len(written)} of the models"


def test_the_quiz_has_seventeen_parameters() -> None:
    kinds = Counter(type(p).__name__ for p in parameters(model_of(EVERY_PAIR[0])))
    assert kinds == {"Coefficient": 7, "Variance": 2 + 3, "Covariance": 1 + 3, "ResidualVariance": 1}


@pytest.mark.parametrize(("case", "number", "fence"), ALSO, ids=lambda value: str(value)[:60].split("\n")[0])
def test_other_spellings_read_to_the_model(case: Case, number: int, fence: Fence) -> None:
    assert read(fence.text, **{**case.facts, **fence.facts}) == model_of(case), number


@pytest.mark.parametrize("case", CASES, ids=str)
def test_written_blocks_read_to_the_model(case: Case) -> None:
    model = model_of(case)
    for fence in case.fences:
        if fence.info in WRITTEN:
            assert reread(model, fence.info, fence.text) == model, fence.info


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_program_writes_the_blocks(case: Case, accepting: bool) -> None:
    if accepting:
        pytest.skip("the pages are rewritten")
    assert [f for f in case.fences if f.info in WRITTEN or f.kind == "refused"] == fences_of(model_of(case))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_ascii_reads_to_the_model(case: Case) -> None:
    model = model_of(case)
    for notation in NOTATIONS:
        if case.written(f"{notation} plain"):
            way = Way(notation, "plain", {"ascii": True})
            assert way.read_back(model, way.write(model)) == model


@pytest.mark.parametrize("target", PAIRED, ids=str)
@pytest.mark.parametrize("source", PAIRED, ids=str)
def test_every_ordered_pair(source: Way, target: Way) -> None:
    """From each way of writing to each other one, for the quiz and the textbook's model."""
    for case in EVERY_PAIR:
        model = model_of(case)
        try:
            written = source.write(model)
            known = {**case.facts, **lost(model, source.to)}
            text = translate(written, target.to, target.markup, **known, **target.options)
        except WriteError:
            # Programs cannot fit every model; lme4 and the notations say all of these.
            assert not {source.to, target.to} <= {"lme4", *NOTATIONS}
        else:
            assert target.read_back(model, str(text)) == model, case


@pytest.mark.parametrize(("case", "fence"), ERRORS, ids=lambda value: str(value)[:60].split("\n")[0])
def test_errors_have_their_message(case: Case, fence: Fence, accepting: bool) -> None:
    source, _, message = fence.text.partition("\n---")
    with pytest.raises(ReadError) as caught:
        read(source, **case.facts)
    if not accepting:
        assert str(caught.value) == message.strip("\n")


# ------------------------------------------------------------------ --accept


def fences_of(model: Model) -> list[Fence]:
    """What the program writes of a model, or says where it refuses, in the order of a page."""
    fences = []
    for info in WRITTEN:
        to, markup = targets(info)
        try:
            fences.append(Fence(info, text_of(model, info)))
        except WriteError as refusal:
            if markup == "plain":  # a refusal is the same in each markup
                fences.append(Fence(f"refused {to}", f"{type(refusal).__name__}: {refusal}"))
    return fences


def test_accept(accepting: bool) -> None:
    if not accepting:
        pytest.skip("rewrites the pages only if asked: --accept")
    pages: dict[str, dict[str, list[Fence]]] = defaultdict(dict)
    wrong = []
    for case in CASES:
        try:
            model = model_of(case)
            fences = fences_of(model)
            for fence in fences:
                if fence.kind != "refused":
                    assert reread(model, fence.info, fence.text) == model, f"{fence.info} reads differently"
        except Exception as problem:  # noqa: BLE001 - whatever it is, this case stays as it was
            wrong.append(f"{case}: {problem}")
        else:
            pages[case.page][case.title] = fences
    for page, written in pages.items():
        accept(FOLDER / f"{page}.md", written)
    accept_errors()
    assert not wrong, "not accepted:\n" + "\n".join(wrong)


def accept_errors() -> None:
    """Puts the message of each refused text behind it."""
    for case, fence in ERRORS:
        source = fence.text.partition("\n---")[0]
        try:
            read(source, **case.facts)
        except ReadError as error:
            path = FOLDER / f"{case.page}.md"
            page = path.read_text(encoding="utf-8")
            path.write_text(
                page.replace(str(fence), f"```error\n{source}\n---\n{error}\n```\n"), encoding="utf-8"
            )
