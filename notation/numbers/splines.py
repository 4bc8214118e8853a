"""The columns of R's ``splines::bs`` and ``splines::ns``, computed from data.

Knots stand at quantiles of the variable, boundary knots at its ends. Sources: Chambers & Hastie (1992),
Statistical Models in S, ch. 7; R's package ``splines``, whose bases patsy and formulaic share.
"""

from __future__ import annotations

from typing import Any

from ..errors import FitError
from ..expressions import Basis

SETTINGS = ("df", "knots", "degree", "intercept", "include_intercept")


def spline_columns(basis: Basis, x: Any) -> Any:
    """The matrix of a basis of B-splines (``bs``) or natural cubic splines (``ns``), one row a value of x.

    Raises FitError for settings that are not computed.
    """
    given = _settings(basis)
    whole = next((given[n] for n in ("intercept", "include_intercept") if n in given), "FALSE") != "FALSE"
    if basis.function == "ns":
        return _natural(x, _inner_knots(x, given, int(given.get("df", "1")) - 1 - whole), whole)
    degree = int(given.get("degree", "3"))
    inner = _inner_knots(x, given, int(given.get("df", "0")) - degree - whole)
    return _b_splines(x, inner, degree)[:, 0 if whole else 1 :]


def _settings(basis: Basis) -> dict[str, str]:
    parts = [s.partition(" = ") if " = " in s else ("df", "", s) for s in basis.settings]
    given = {name: value.strip().rstrip("L") for name, _, value in parts}
    for name, value in given.items():
        if name not in SETTINGS or (name in ("df", "degree") and not value.isdecimal()):
            raise FitError(f"the columns of {basis.function}() with {name} = {value} cannot be computed")
    return {n: "FALSE" if v in ("False", "F") else v for n, v in given.items()}


def _inner_knots(x: Any, given: dict[str, str], count: int) -> Any:
    """The inner knots: those given, or so many quantiles."""
    import numpy

    if "knots" not in given:
        return numpy.quantile(x, numpy.linspace(0, 1, max(count, 0) + 2)[1:-1])
    named = given["knots"].removeprefix("c").strip("()[] ")
    try:
        return numpy.array([float(part) for part in named.split(",") if part.strip()])
    except ValueError:
        raise FitError(f"the knots {given['knots']} of a spline are not numbers") from None


def _b_splines(x: Any, inner: Any, degree: int, derivative: int = 0, at: Any = None) -> Any:
    """All B-splines of a degree on the range of x, at x itself or at other places."""
    import numpy
    from scipy.interpolate import BSpline  # type: ignore[import-untyped]

    ends = numpy.array([x.min(), x.max()])
    knots = numpy.sort(numpy.concatenate([numpy.repeat(ends, degree + 1), inner]))
    splines = BSpline(knots, numpy.eye(len(knots) - degree - 1), degree)
    return splines(x if at is None else at, nu=derivative)


def _natural(x: Any, inner: Any, whole: bool) -> Any:
    """Cubic splines that are straight at the ends: the part where the second derivatives there are zero."""
    import numpy

    ends = numpy.array([x.min(), x.max()])
    first = 0 if whole else 1
    columns = _b_splines(x, inner, 3)[:, first:]
    bends = _b_splines(x, inner, 3, 2, ends)[:, first:]
    rotation, _ = numpy.linalg.qr(bends.T, mode="complete")  # Householder's, as R's
    return (columns @ rotation)[:, 2:]
