"""The package as people get it: a wheel, a wheel from an sdist, an editable install, a zip, a checkout.

Each is put where nothing else of the project can be found, and translates the quiz. The libraries it
needs are those of this environment, so that nothing is downloaded; ``.ci/run`` installs them afresh.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PARTS = ("notation", "grammars", "templates", "pyproject.toml", "README.md", "LICENSE")

TRANSLATE = """
import sys, notation
from pathlib import Path
from notation.datasets import hsb
from notation.resources import template_folder
assert sys.argv[2] in notation.__file__, notation.__file__
assert len(hsb()) == 7185
assert any(p.name.endswith(".tex") for p in template_folder().iterdir())
print(notation.translate(Path(sys.argv[1]), "gelman_hill", markup="latex", document=True))
print(notation.translate(Path(sys.argv[1]), "lme4"))
"""


def translates(place: Path, tmp_path: Path) -> None:
    """Whether the package at ``place``, a folder or a zip to import from, translates the quiz."""
    environment = {**os.environ, "PYTHONPATH": str(place), "NOTATION_CACHE": "", "PYTHONIOENCODING": "utf-8"}
    quiz = ROOT / "examples" / "quiz.txt"
    result = subprocess.run(
        [sys.executable, "-c", TRANSLATE, str(quiz), str(place)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert r"\documentclass" in result.stdout
    assert "(week | schools:students)" in result.stdout


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the repository that the package is made of, alone."""
    place = tmp_path_factory.mktemp("checkout")
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, place / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, place / part)
    return place


def build(kind: str, source: Path, target: Path) -> Path:
    """A wheel or an sdist, made by hatchling, the project's builder."""
    code = "import sys; from hatchling import build; print(getattr(build, sys.argv[1])(sys.argv[2]))"
    command = [sys.executable, "-c", code, f"build_{kind}", str(target)]
    result = subprocess.run(command, cwd=source, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stderr
    return target / result.stdout.split()[-1]


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", checkout, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def wheel_from_sdist(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(build("sdist", checkout, folder)) as archive:
        archive.extractall(folder, filter="data")
    return build("wheel", next(folder.glob("mlm_notation-*/")), folder)


def install(source: Path, target: Path) -> None:
    """What ``pip install`` does with a wheel or a checkout, without the libraries it needs."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    result = subprocess.run(
        [*command, "--target", str(target), str(source)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("made", ["wheel", "wheel_from_sdist"])
def test_a_wheel(made: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    install(request.getfixturevalue(made), tmp_path / "site")
    translates(tmp_path / "site", tmp_path)
    assert (tmp_path / "site" / "bin" / "notation").exists() or sys.platform == "win32"


def test_both_wheels_hold_the_same(wheel: Path, wheel_from_sdist: Path) -> None:
    names = [sorted(zipfile.ZipFile(each).namelist()) for each in (wheel, wheel_from_sdist)]
    assert names[0] == names[1]


def test_a_zip(wheel: Path, tmp_path: Path) -> None:
    zipped = shutil.copy(wheel, tmp_path / "notation.zip")
    translates(Path(zipped), tmp_path)


def test_a_zipped_checkout(checkout: Path, tmp_path: Path) -> None:
    translates(Path(shutil.make_archive(str(tmp_path / "all"), "zip", checkout)), tmp_path)


def test_a_bare_checkout(checkout: Path, tmp_path: Path) -> None:
    translates(checkout, tmp_path)


def test_an_editable_install(checkout: Path, tmp_path: Path) -> None:
    install(build("editable", checkout, tmp_path), tmp_path / "site")
    (pointer,) = (tmp_path / "site").glob("*.pth")  # a line that puts the checkout on the path
    translates(Path(pointer.read_text(encoding="utf-8").strip()), tmp_path)
