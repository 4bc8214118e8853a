# Two commands for everybody:
#   make quiz    the quiz of README translated, and the null model of a textbook fitted
#   make test    all tests; needs nothing but Python
# They make an environment of their own in .venv; PYTHON chooses the Python (3.11 or later).

PYTHON ?= python3
VENV   ?= .venv
RUN    := $(VENV)/bin/python -m

.PHONY: quiz test test-extras check bench fuzz recover picture accept clean

quiz: $(VENV)/ready
	$(VENV)/bin/notation translate examples/quiz.txt --to gelman-hill
	@echo
	$(VENV)/bin/notation fit examples/m0.txt --data hsb --to gelman-hill

test: $(VENV)/ready
	$(RUN) pytest -n auto

# bambi, pyfixest, linearmodels, and lme4 through rpy2: it takes minutes to install, and needs R with lme4.
test-extras: $(VENV)/ready
	$(VENV)/bin/pip install --quiet --editable '.[extras]'
	$(RUN) pytest tests/extras/live.py

check: $(VENV)/ready
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy

bench: $(VENV)/ready
	$(RUN) pytest tests/benchmarks --benchmark-only

fuzz: $(VENV)/ready
	PYTHONPATH=tests $(RUN) fuzz 200000

recover: $(VENV)/ready
	PYTHONPATH=tests $(RUN) recovery 50

picture: $(VENV)/ready
	$(RUN) examples.picture

accept: $(VENV)/ready
	$(RUN) pytest tests --accept

clean:
	rm -rf $(VENV) build dist

$(VENV)/ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(RUN) pip install --quiet --editable '.[dev]'
	touch $@
