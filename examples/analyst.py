"""An analyst has a formula and data, and needs the equation with its numbers for a paper."""

import notation
from notation import datasets

fit = notation.fit("math ~ ses*meanses + ses*sector + (1 | sch_id)", datasets.hsb())

print(fit.table()[["effect", "group", "term", "estimate", "std_error"]].round(3).to_string(index=False))
print()
print(notation.equation(fit, "gelman_hill", markup="plain"))
print()
print(notation.equation(fit, "gelman_hill", markup="latex", spread="variance"))
