"""Data: the two sets of Raudenbush & Bryk that come with the package, and data from files.

Nothing is loaded until it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import DataError, unknown_name

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["DATASETS", "egsingle", "hsb", "open_data"]


def hsb() -> DataFrame:
    """High School and Beyond, 1982: 7,185 students in 160 schools.

    ``math`` achievement, ``ses``, ``minority`` and ``female`` are the students'; ``size``, ``sector``
    (1 is Catholic) and ``meanses`` are the schools' (``sch_id``). ``meanses`` is the value of the
    original file, which differs from the schools' means of ``ses`` by about 0.006.

    Source: Raudenbush & Bryk (2002), Hierarchical Linear Models, ch. 4; as distributed with the R
    package nlme (MathAchieve, MathAchSchool).
    """
    return _packaged("hsb")


def egsingle() -> DataFrame:
    """Growth in mathematics through primary school: 7,230 occasions of 1,721 children in 60 schools.

    ``math``, ``year``, ``grade`` and ``retained`` are the occasions'; ``female``, ``black`` and
    ``hispanic`` the children's (``childid``); ``size``, ``lowinc`` and ``mobility`` the schools'
    (``schoolid``).

    Source: Raudenbush & Bryk (2002), Hierarchical Linear Models, ch. 8; as distributed with the R
    package mlmRev (egsingle).
    """
    return _packaged("egsingle")


DATASETS: dict[str, Callable[[], DataFrame]] = {"hsb": hsb, "egsingle": egsingle}
"""The data sets that come with the package."""


def open_data(source: str | Path) -> DataFrame:
    """The data of a file, or of a data set of the package where no file has that name.

    CSV (``.csv``, ``.tsv``, also compressed), Parquet, Stata (``.dta``) and SPSS (``.sav``) files are
    read by their ending. Raises UnknownName if there is neither a file nor a data set of that name,
    DataError if the file cannot be read.
    """
    path = Path(source)
    if not path.is_file():
        if str(source) in DATASETS:
            return DATASETS[str(source)]()
        raise unknown_name("data", str(source), [*DATASETS, *_neighbours(path)])
    reader = READERS.get(next((s for s in path.suffixes[-2:] if s in READERS), ""))
    if reader is None:
        endings = ", ".join(READERS)
        raise DataError(f"{path.name} has none of the endings that data are read from: {endings}")
    try:
        return reader(path)
    except ImportError as error:
        raise DataError(f"{path.name} cannot be read before a package is installed: {error}") from error
    except (OSError, ValueError) as error:
        raise DataError(f"{path.name} cannot be read as data: {error}") from error


def _neighbours(path: Path) -> list[str]:
    """The data files in the folder where ``path`` was looked for, as they would have been named."""
    if not path.parent.is_dir():
        return []
    found = [p for p in path.parent.iterdir() if p.suffix in READERS]
    return sorted(str(path.parent / p.name) for p in found)[:20]


def _packaged(name: str) -> DataFrame:
    import pandas

    with (files(__package__) / f"{name}.csv.gz").open("rb") as file:
        return pandas.read_csv(file, compression="gzip")


def _csv(path: Path) -> DataFrame:
    import pandas

    return pandas.read_csv(path, encoding="utf-8-sig")


def _tsv(path: Path) -> DataFrame:
    import pandas

    return pandas.read_csv(path, sep="\t", encoding="utf-8-sig")


def _parquet(path: Path) -> DataFrame:
    import pandas

    return pandas.read_parquet(path)


def _stata(path: Path) -> DataFrame:
    import pandas

    return pandas.read_stata(path)


def _spss(path: Path) -> DataFrame:
    import pandas

    try:
        return pandas.read_spss(path)
    except ImportError:
        raise
    except Exception as error:  # pyreadstat's own error is no kind of any other
        if type(error).__name__ == "ReadstatError":
            raise DataError(f"{path.name} cannot be read as data: {error}") from error
        raise


READERS: dict[str, Callable[[Path], DataFrame]] = {
    ".csv": _csv,
    ".tsv": _tsv,
    ".parquet": _parquet,
    ".dta": _stata,
    ".sav": _spss,
}
"""What reads a file, by its ending."""
