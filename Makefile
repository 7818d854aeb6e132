# Everything happens in .venv beside this file: nothing global, no administrator rights.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

VENV := .venv
PY := $(VENV)/bin/python
CASE := case:north-korea-2019

# Any of these that is 3.11 or later will do; PYTHON=... names one yourself.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; exit; }; done; echo python3)

# The first name is read by older pips, the second by pips that keep builds apart.
PIP := PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
	$(PY) -m pip --disable-pip-version-check --no-input --quiet install

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/ready-to-run ## install what is needed to run, then analyse the shipped North Korea case and write its brief
	$(VENV)/bin/standoff analyze $(CASE)
	@mkdir -p out
	$(VENV)/bin/standoff brief $(CASE) -o out/brief.html --force
	@echo "The brief, one page for a browser: out/brief.html"

setup: $(VENV)/ready-to-develop ## install standoff with its development tools: .venv/bin/standoff
	@echo "Ready: $(VENV)/bin/standoff --help"

test: $(VENV)/ready-to-develop ## run the fast tests (minutes)
	$(PY) -m pytest -n 2 -m "not slow"

test-all: $(VENV)/ready-to-develop ## run the tests that are slow or need more
	$(PY) -m pytest -n 2 -m slow

check: lint types layers ## check style, types and layers

lint: $(VENV)/ready-to-develop ## check style and formatting
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: $(VENV)/ready-to-develop ## check types
	$(PY) -m mypy

layers: $(VENV)/ready-to-develop ## check that no layer imports one above it
	$(VENV)/bin/lint-imports

docs: $(VENV)/ready-to-develop ## write the real output into the examples of README.md and docs/
	$(PY) docs/cases/north_korea_2019.py --write
	$(PY) docs/cases/north_korea_time.py --write
	$(PY) docs/cases/north_korea_roll_forward.py --write
	$(PY) tests/docs/examples.py --write

bench: $(VENV)/ready-to-develop ## run the benchmarks
	@for script in bench/*.py; do \
		if [ -e "$$script" ]; then echo "$$script"; $(PY) "$$script" || exit; else echo "There are no benchmarks."; fi; done

clean: ## remove the environment and everything that was built
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the environment: remade only when the versions or the package's needs change ---------------

$(VENV)/ready-to-run: pyproject.toml constraints.txt | $(PY)
	@echo "Installing standoff into $(VENV) ..."
	@$(PIP) --editable '.[scale,sat]'
	@touch $@

$(VENV)/ready-to-develop: pyproject.toml constraints.txt | $(PY)
	@echo "Installing standoff and its development tools into $(VENV) ..."
	@$(PIP) --editable '.[dev,scale,sat,pdf]'
	@touch $@ $(VENV)/ready-to-run

$(PY):
	@command -v $(PYTHON) >/dev/null || { \
		echo "standoff needs Python 3.11 or later; '$(PYTHON)' was not found. On Debian or Ubuntu: apt install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "standoff needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) --version 2>&1). If you have a later one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make a virtual environment: its venv module is missing. On Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

.PHONY: help demo setup test test-all check lint types layers docs bench clean
