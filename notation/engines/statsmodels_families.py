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


POWERS = {1.0: "identity", 0.5: "sqrt", -1.0: "inverse"}
"""The links that are powers of the mean."""


def read_family(family: Any) -> Family:
    """The family of a GLM. Raises ReadError for one that the model does not hold."""
    kind = type(family).__name__
    names = {theirs: ours for ours, theirs in FAMILIES.items()}
    if kind not in names:
        raise ReadError(f"a statsmodels GLM of family {kind} is not read")
    return Family(names[kind], read_link(family))


def read_link(family: Any) -> str:
    """The link of a statsmodels family. Raises ReadError for one that the model does not hold."""
    kind = type(family.link).__name__.lower()  # older classes are in lower case
    links = {theirs.lower(): ours for ours, theirs in LINKS.items()}
    found = POWERS.get(float(family.link.power)) if kind == "power" else links.get(kind)
    if found is None:
        raise ReadError(
            f"the link {type(family.link).__name__} of statsmodels is not read",
            mend=f"Read are {', '.join(LINKS.values())}.",
        )
    return found


def make_family(family: Family, alpha: float = 1.0) -> Any:
    """Statsmodels' own object for a family; ``alpha`` is 1/θ of a negative binomial."""
    from statsmodels.genmod import families

    link = getattr(families.links, LINKS[family.link])()
    kind = getattr(families, FAMILIES[family.name])
    return kind(link=link, alpha=alpha) if family.name == "negative_binomial" else kind(link=link)
