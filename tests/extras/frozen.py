"""Results of optional engines as JSON: what the readers look at, taken from a live result once.

``python -m extras.frozen`` (with the extras installed, in the folder of the tests) makes the files anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

FOLDER = Path(__file__).parents[1] / "data" / "results"

PYFIXEST = ("_method", "_is_iv", "_coefnames", "_has_fixef", "_fixef", "_depvar", "_offset_name", "_N",
            "_rmse", "_has_weights", "_weights_name", "_weights_type", "_vcov_type_detail")  # fmt: skip


def thaw(name: str) -> Any:
    """A stand-in for the result that a file was taken from, of a class that says the engine's package."""
    return _thawed(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))


def _thawed(item: Any) -> Any:
    match item:
        case {"series": values}:
            return pd.Series(values)
        case {"frame": columns}:
            return pd.DataFrame(columns)
        case {"indexed": columns, "index": index}:
            return pd.DataFrame(columns, index=index)
        case {"panel": columns, "names": names}:
            return pd.DataFrame(columns).set_index(names)
        case {"draws": values, "dims": dims, "coords": coords}:
            return Draws(values, dims, coords)
        case {"class": path, "of": attributes, **calls}:
            package, _, kind = path.rpartition(".")
            members = {k: (lambda _, v=_thawed(v): v) for k, v in calls.get("calls", {}).items()}
            cls = type(kind, (SimpleNamespace,), {"__module__": package, **members})
            return cls(**{k: _thawed(v) for k, v in attributes.items()})
        case dict():
            return {k: _thawed(v) for k, v in item.items()}
        case list():
            return [_thawed(v) for v in item]
        case _:
            return item


class Draws:
    """A variable of a posterior: as much of xarray's as is looked at."""

    def __init__(self, values: list[Any], dims: list[str], coords: dict[str, list[Any]]) -> None:
        self.values, self.dims, self.coords = np.array(values), dims, coords
        self.shape = self.values.shape

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:
        return self.values


# ------------------------------------------------------------------ making the files


def machines() -> pd.DataFrame:
    """The data of the fits: nlme's Machines, with a number and a panel's time."""
    frame = pd.read_csv(FOLDER.parent / "machines.csv")
    frame["x"] = np.arange(len(frame)) % 7 + 1.0
    return frame.assign(time=frame.groupby("Worker").cumcount(), high=(frame["score"] > 60) * 1)


def of_pyfixest(result: Any) -> dict[str, Any]:
    interval = result.confint()
    effects = result.fixef() if result._has_fixef else {}
    return {
        "class": f"pyfixest.{type(result).__name__}",
        "of": {
            **{name: getattr(result, name) for name in PYFIXEST},
            "_coefnames": list(map(str, result._coefnames)),
            "_data": {"frame": result._data.to_dict("list")},
            "_vcov": np.asarray(result._vcov).tolist(),
        },
        "calls": {
            "coef": {"series": result.coef().to_dict()},
            "se": {"series": result.se().to_dict()},
            "pvalue": {"series": result.pvalue().to_dict()},
            "confint": {"indexed": interval.to_dict("list"), "index": list(interval.index)},
            "fixef": {k: dict(v) for k, v in effects.items()},
        },
    }


def of_linearmodels(result: Any) -> dict[str, Any]:
    fitted, interval = result.model, result.conf_int()

    def part(of: Any) -> dict[str, Any]:
        frame = of.dataframe
        panel = {"panel": frame.reset_index().to_dict("list"), "names": list(frame.index.names)}
        return {"class": "linearmodels.PanelData", "of": {"dataframe": panel, "vars": list(of.vars)}}

    names = ("formula", "entity_effects", "time_effects", "other_effects")
    model = {name: getattr(fitted, name, None) for name in names}
    model |= {name: part(getattr(fitted, name)) for name in ("dependent", "exog", "weights")}
    of = {
        "model": {"class": f"linearmodels.{type(fitted).__name__}", "of": model},
        "params": {"series": result.params.to_dict()},
        "std_errors": {"series": result.std_errors.to_dict()},
        "pvalues": {"series": result.pvalues.to_dict()},
        "nobs": result.nobs,
        "s2": result.s2,
    }
    if hasattr(result, "variance_decomposition"):
        of["variance_decomposition"] = {"series": result.variance_decomposition.to_dict()}
    if hasattr(result, "estimated_effects"):
        of["estimated_effects"] = {"frame": result.estimated_effects.to_dict("list")}
    interval = {"indexed": interval.to_dict("list"), "index": list(interval.index)}
    return {"class": "linearmodels.PanelResults", "of": of, "calls": {"conf_int": interval}}


def of_bambi(model: Any, posterior: Any) -> list[Any]:
    parent = model.family.likelihood.parent
    component = model.components[parent]
    space = "types.SimpleNamespace"
    family = {
        "name": model.family.name,
        "link": {parent: {"class": space, "of": {"name": model.family.link[parent].name}}},
        "likelihood": {"class": space, "of": {"parent": parent}},
    }
    terms = {
        "intercept_term": component.intercept_term is not None or None,
        "common_terms": list(component.common_terms),
        "group_specific_terms": list(component.group_specific_terms),
    }
    of = {
        "family": {"class": space, "of": family},
        "formula": {"class": space, "of": {"main": model.formula.main, "additionals": []}},
        "components": {parent: {"class": space, "of": terms}},
        "data": {"frame": model.data.to_dict("list")},
    }
    draws = {str(n): _draws(v) for n, v in posterior.posterior.items() if "factor_dim" not in str(v.dims)}
    fitted = {"class": "bambi.Model", "of": of}
    return [fitted, {"class": "arviz.InferenceData", "of": {"posterior": draws}}]


def _draws(variable: Any) -> dict[str, Any]:
    further = [d for d in variable.dims if d not in ("chain", "draw")]
    coords = {d: list(map(str, variable.coords[d].values)) for d in further}
    return {"draws": np.round(variable.values, 4).tolist(), "dims": list(variable.dims), "coords": coords}


LME4 = {
    "lme4_sleepstudy": "lmer(Reaction ~ Days + (Days | Subject), sleepstudy)",
    "lme4_cbpp": "glmer(cbind(incidence, size - incidence) ~ period + (1 | herd), cbpp, family = binomial)",
    "lme4_pastes": "lmer(strength ~ 1 + (1 | batch/cask), Pastes, REML = FALSE)",
}
FORMULA = "score ~ Machine + np.log(x) + (1 + x | Worker)"


def live() -> Iterator[tuple[str, Any]]:
    """Each file's name, with what is kept of a live result."""
    import bambi
    import pyfixest
    from linearmodels.panel import PanelOLS, RandomEffects
    from rpy2.robjects import r

    from notation.engines.lme4_results import ASK, _named, _plain

    data = machines()
    yield "pyfixest_absorbed", of_pyfixest(pyfixest.feols("score ~ x | Machine + Worker", data))
    yield "pyfixest_weighted", of_pyfixest(pyfixest.feols("score ~ i(Machine)*x", data, weights="x"))
    yield "pyfixest_probit", of_pyfixest(pyfixest.feglm("high ~ np.log(x)", data, family="probit"))
    panel = data.set_index(["Worker", "time"])
    yield "linearmodels_random", of_linearmodels(RandomEffects.from_formula("score ~ 1 + x", panel).fit())
    effects = PanelOLS.from_formula("score ~ 1 + Machine + EntityEffects", panel)
    yield "linearmodels_effects", of_linearmodels(effects.fit())
    model = bambi.Model(FORMULA, data)
    yield "bambi", of_bambi(model, model.fit(draws=100, tune=500, chains=2, random_seed=1, cores=1))
    r("library(lme4)")
    for name, call in LME4.items():
        yield name, {key: _plain(value) for key, value in _named(r(ASK)(r(call))).items()}


if __name__ == "__main__":
    for name, kept in live():
        text = json.dumps(kept, default=lambda x: x.item(), ensure_ascii=False)
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")
