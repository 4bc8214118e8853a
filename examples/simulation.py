"""A student simulates the quiz's data with known parameters, and sees whether a fit finds them again."""

from pathlib import Path

import notation

quiz = notation.read(Path(__file__).with_name("quiz.txt"))

truth = {
    "(Intercept)": 50,
    "week": 2,
    "FRL": -4,
    "Size": -1,
    "week:FRL": -0.5,
    "week:Size": 0.3,
    "FRL:Size": 0.5,
    "SD(schools, (Intercept))": 3,
    "SD(schools, week)": 0.7,
    "SD(schools, FRL)": 1.5,
    "Cor(schools, (Intercept), week)": 0.2,
    "Cor(schools, (Intercept), FRL)": -0.3,
    "Cor(schools, week, FRL)": 0.1,
    "SD(students, (Intercept))": 4,
    "SD(students, week)": 0.8,
    "Cor(students, (Intercept), week)": 0.25,
    "SD(Residual)": 3,
}
data = notation.simulate(
    quiz,
    truth,
    sizes={"schools": 40, "students": (12, 20), "time points": 5},
    predictors={"week": range(5), "FRL": ("bernoulli", 0.5)},
    seed=1,
)
fit = notation.fit(quiz, data)
print(data.head(10).to_string(index=False))
print(f"\n{notation.concordance(fit)}")
print(f"\n{notation.explain(fit, 0, data, markup='plain')}")
