"""The code written for statsmodels and mixedlm runs, and gives what the model says; bambi's is parsed."""

from __future__ import annotations

import warnings
from functools import cache
from typing import Any

import pytest

from notation import datasets, read, write

hsb = cache(datasets.hsb)

MIXED = [
    "math ~ 1 + (1 | sch_id)",
    "math ~ ses*sector + meanses + (ses | sch_id)",
    "math ~ I(ses - ave(ses, sch_id))*sector + (1 | sch_id)",
    "math ~ ses + (ses || sch_id)",
    "math ~ 0 + ses + (0 + ses | sch_id)",
    "math ~ I(ses^2) + log(size) + exp(ses) + (1 | sch_id)",
    "math ~ I(ses - mean(ses)) + I(meanses - 0.5) + I(-ses * minority) + (1 | sch_id)",
    "`math score` ~ `100% ses` + (1 | sch_id)",
]


def run(code: str) -> Any:
    import numpy as np
    import statsmodels.api as sm
    import statsmodels.formula.api as smf

    data = hsb().iloc[:1500].assign(**{"math score": hsb()["math"], "100% ses": hsb()["ses"]})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a fit of a part of the data may end at the boundary
        return eval(code, {"smf": smf, "sm": sm, "np": np, "d": data})


@pytest.mark.parametrize("formula", MIXED)
def test_statsmodels_mixed(formula: str) -> None:
    model = read(formula)
    result = run(str(write(model, "statsmodels")))
    assert len(result.fe_params) == len(model.fixed)
    variances = sum(len(b.terms) for b in model.random)
    covariances = sum(len(b.terms) * (len(b.terms) - 1) // 2 for b in model.random)
    assert len(result.params) - len(result.fe_params) == variances + covariances


def test_statsmodels_nested_and_crossed() -> None:
    import numpy as np
    import pandas as pd

    data = datasets.egsingle()
    d = data[data["schoolid"].isin(sorted(data["schoolid"].unique())[:6])]
    nested = read("math ~ year + (1 | schoolid) + (1 | schoolid:childid)")
    code = str(write(nested, "statsmodels"))
    assert code == (
        'smf.mixedlm("math ~ year", d, groups="schoolid", re_formula="~1", '
        'vc_formula={"childid": "0 + C(childid)"}).fit(reml=True)'
    )
    import statsmodels.formula.api as smf

    result = eval(code, {"smf": smf, "d": d})
    mixedlm = pytest.importorskip("mixedlm", reason="mixedlm has no wheel for this platform")
    other = eval(str(write(nested, "mixedlm", call=True)), {"mixedlm": mixedlm, "d": d})
    assert result.fe_params.to_list() == pytest.approx([float(v) for v in other.fixef().values()], rel=1e-4)
    crossed = read("y ~ 1 + (1 | a) + (1 | b)", nesting="a x b")
    table = pd.DataFrame({"y": [1.0, 2, 4, 3, 5, 7, 2, 6, 8], "a": list("aaabbbccc"), "b": list("xyzxyzxyz")})
    result = eval(str(write(crossed, "statsmodels")), {"smf": smf, "np": np, "d": table})
    assert len(result.vcomp) == 2


SINGLE = [
    ("math ~ ses*sector", {}, 4),
    ("minority ~ ses", {"family": "binomial"}, 2),
    ("minority ~ ses", {"family": "binomial", "link": "probit"}, 2),
    ("cbind(minority, size - minority) ~ ses", {"family": "binomial"}, 2),
    ("size ~ ses + offset(log(size))", {"family": "poisson"}, 2),
    ("size ~ ses", {"family": "gamma"}, 2),
    ("size ~ ses", {"family": "negative_binomial"}, 3),
]


@pytest.mark.parametrize(("formula", "facts", "count"), SINGLE)
def test_statsmodels_single(formula: str, facts: dict[str, Any], count: int) -> None:
    result = run(str(write(read(formula, **facts), "statsmodels", call=True)))
    assert len(result.params) == count


@pytest.mark.parametrize(
    "formula",
    [
        "math ~ ses*sector + (ses | sch_id)",
        "math ~ ses + (ses || sch_id)",
        "math ~ 0 + `100% ses` + (1 | sch_id)",
    ],
)
def test_mixedlm(formula: str) -> None:
    mixedlm = pytest.importorskip("mixedlm", reason="mixedlm has no wheel for this platform")
    data = hsb().assign(**{"100% ses": hsb()["ses"]})
    model = read(formula)
    result = eval(str(write(model, "mixedlm", call=True)), {"mixedlm": mixedlm, "d": data})
    assert len(result.fixef()) == len(model.fixed)


def test_mixedlm_generalized() -> None:
    mixedlm = pytest.importorskip("mixedlm", reason="mixedlm has no wheel for this platform")
    model = read("minority ~ ses + (1 | sch_id)", family="binomial")
    result = eval(str(write(model, "mixedlm", call=True)), {"mixedlm": mixedlm, "d": hsb().iloc[:1500]})
    assert len(result.fixef()) == 2


BAMBI = [
    ("math ~ 1 + (1 | sch_id)", 1, 1),
    ("math ~ ses*sector + (ses || sch_id)", 4, 2),
    ("log(size) ~ I(ses^2) + I(meanses - 0.5) + (0 + ses | sch_id)", 3, 1),
    ("math ~ `100% ses` + (1 | sch_id) + (1 | sch_id:sector)", 2, 2),
    ("math ~ I(ses - mean(ses)) + factor(sector)", 3, 0),
    ("cbind(minority, size - minority) ~ ses + offset(log(size)) + (1 | sch_id)", 2, 1),
]


@pytest.mark.parametrize(("formula", "common", "specific"), BAMBI)
def test_bambi_formula(formula: str, common: int, specific: int) -> None:
    formulae = pytest.importorskip(
        "formulae", reason="formulae, which reads bambi's formulas, is not installed"
    )
    import numpy as np  # noqa: F401 -- formulae looks functions up where it is called

    data = hsb().iloc[:300].assign(**{"100% ses": hsb()["ses"]})
    text = str(write(read(formula), "bambi"))
    found = formulae.design_matrices(text, data)
    offsets = text.count("offset(")
    assert found.common.design_matrix.shape[1] - offsets == common
    assert (len(found.group.terms) if found.group is not None else 0) == specific
