"""statsmodels' families and links by the names of its classes, and by ours."""

from __future__ import annotations

from typing import Any

from ..errors import ReadError
from ..model import Family

FAMILIES = {
    "gaussian": "Gaussian",
    "binomial": "Binomial",
    "poisson": "Poisson",
    "gamma": "Gamma",
    "negative_binomial": "NegativeBinomial",
}
"""The class of each family in ``statsmodels.genmod.families``."""

LINKS = {
    "identity": "Identity",
    "logit": "Logit",
    "probit": "Probit",
    "cloglog": "CLogLog",
    "loglog": "LogLog",
    "cauchit": "Cauchy",
    "log": "Log",
    "inverse": "InversePower",
    "sqrt": "Sqrt",
}
"""The class of each link in ``statsmodels.genmod.families.links``."""


def read_family(family: Any) -> Family:
    """The family of a GLM. Raises ReadError for one that the model does not hold."""
    kind, link = type(family).__name__, type(family.link).__name__
    names = {theirs: ours for ours, theirs in FAMILIES.items()}
    links = {theirs.lower(): ours for ours, theirs in LINKS.items()}  # older classes are in lower case
    if kind not in names or link.lower() not in links:
        raise ReadError(f"a statsmodels GLM of family {kind} with the link {link} is not read")
    return Family(names[kind], links[link.lower()])


def make_family(family: Family, alpha: float = 1.0) -> Any:
    """Statsmodels' own object for a family; ``alpha`` is 1/θ of a negative binomial."""
    from statsmodels.genmod import families

    link = getattr(families.links, LINKS[family.link])()
    kind = getattr(families, FAMILIES[family.name])
    return kind(link=link, alpha=alpha) if family.name == "negative_binomial" else kind(link=link)
