"""An analyst reports a sequence of models: everything that guidelines ask for, with blanks for the author."""

import notation
from notation import datasets

data = datasets.hsb()
null = notation.fit("math ~ 1 + (1 | sch_id)", data, reml=False)
fit = notation.fit("math ~ ses*sector + (ses | sch_id)", data, reml=False)

labels = {"sch_id": "school", "ses": "socioeconomic status", "sector": "Catholic sector"}
print(notation.writeup([null, fit], data, markup="markdown", labels=labels))
