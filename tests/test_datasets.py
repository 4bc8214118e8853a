"""Data of the package, and data from files."""

from __future__ import annotations

from pathlib import Path

import pytest

from notation.datasets import egsingle, hsb, open_data
from notation.errors import DataError, UnknownName


def test_high_school_and_beyond() -> None:
    data = hsb()
    assert data.shape == (7185, 8)
    assert data["sch_id"].nunique() == 160
    assert data["math"].mean() == pytest.approx(12.748, abs=1e-3)
    assert "Raudenbush & Bryk (2002)" in (hsb.__doc__ or "")


def test_growth_in_mathematics() -> None:
    data = egsingle()
    assert data.shape == (7230, 12)
    assert (data["childid"].nunique(), data["schoolid"].nunique()) == (1721, 60)
    assert "Raudenbush & Bryk (2002)" in (egsingle.__doc__ or "")


def test_each_call_gives_data_of_its_own() -> None:
    first = hsb()
    del first["math"]
    assert "math" in hsb()


def test_names_and_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(open_data("hsb")) == 7185
    Path("hsb").mkdir()  # a folder is no file
    assert len(open_data("hsb")) == 7185


FILES = [
    ("x.csv", "a,b\n1,é\n".encode()),
    ("bom.csv", "a,b\n1,é\n".encode("utf-8-sig")),
    ("x.tsv", "a\tb\n1\té\n".encode()),
]


@pytest.mark.parametrize(("name", "content"), FILES)
def test_text_files(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    data = open_data(tmp_path / name)
    assert data.to_dict("list") == {"a": [1], "b": ["é"]}


def test_stata_files_and_compressed_files(tmp_path: Path) -> None:
    small = hsb().head(3)
    small.to_stata(tmp_path / "x.dta", write_index=False)
    small.to_csv(tmp_path / "x.csv.gz", index=False)
    for name in ("x.dta", "x.csv.gz"):
        assert open_data(tmp_path / name)["ses"].tolist() == small["ses"].tolist()


def test_parquet_files(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    hsb().head(3).to_parquet(tmp_path / "x.parquet")
    assert open_data(tmp_path / "x.parquet").shape == (3, 8)


REFUSED = [
    ("hbs", None, UnknownName, "did you mean 'hsb'"),
    ("scool.csv", None, UnknownName, "school.csv"),
    ("notes.txt", b"", DataError, "endings"),
    ("empty.csv", b"", DataError, "empty.csv cannot be read"),
    ("broken.dta", b"x", DataError, "broken.dta cannot be read"),
    ("latin.csv", b"a\n\xe9\n", DataError, "latin.csv cannot be read"),
]


@pytest.mark.parametrize(("name", "content", "kind", "words"), REFUSED)
def test_refused(
    name: str,
    content: bytes | None,
    kind: type[Exception],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("school.csv").write_text("a\n1\n")
    if content is not None:
        Path(name).write_bytes(content)
    with pytest.raises(kind, match=words):
        open_data(name)


def test_what_is_not_installed_is_said(tmp_path: Path) -> None:
    try:
        import pyreadstat  # noqa: F401
    except ImportError:
        (tmp_path / "x.sav").write_bytes(b"$FL2")
        with pytest.raises(DataError, match="pyreadstat"):
            open_data(tmp_path / "x.sav")


class ReadstatError(Exception):
    """As pyreadstat's own, which is no kind of any other error."""


def test_a_broken_spss_file_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Path) -> None:
        raise ReadstatError("Unable to read from file")

    monkeypatch.setattr("pandas.read_spss", broken)
    (tmp_path / "x.sav").write_bytes(b"")
    with pytest.raises(DataError, match=r"x\.sav cannot be read as data: Unable to read"):
        open_data(tmp_path / "x.sav")
