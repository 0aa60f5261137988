# Two commands on a fresh machine with python3 (3.11 to 3.13), make and git: make demo, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO_HOME ?= build/demo
PACKAGES := expectations flows seeds transforms warehouse

export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PREFECT_SERVER_ANALYTICS_ENABLED = false
export DO_NOT_TRACK = 1
export NO_MKDOCS_2_WARNING = 1

.PHONY: setup demo up test soak audit check docs readme pictures lock clean

setup: $(VENV)/.ready

# mypy finds the folders as copydesk.* by the links. --no-deps, since the lock names every package: pip's resolver has nothing left to
# decide. --no-compile, since hardly a seventh of what it installs is ever loaded: that compiles at its first use.
$(VENV)/.ready: requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-deps --no-compile --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	mkdir -p $(VENV)/links/copydesk
	ln -sfn $(foreach folder,$(PACKAGES),$(CURDIR)/$(folder)) $(VENV)/links/copydesk
	touch $@

demo: setup
	rm -rf $(DEMO_HOME)
	$(BIN)/copydesk ingest seeds/articles --home $(DEMO_HOME)
	$(BIN)/copydesk sql --home $(DEMO_HOME) "select relation, place_name as place, outlet_a, text_a, claimant_a, outlet_b, text_b, claimant_b from figure_conflicts order by all"

up: setup
	$(BIN)/copydesk up

test: setup
	$(BIN)/python -m pytest -m "not slow"

# An hour and more: every step crashed, 200 random kills, races, readers, fuzzing. Its figures are printed.
soak: setup
	$(BIN)/python -m pytest -n0 -m slow

# Where the database of known vulnerabilities can be reached.
audit: setup
	$(BIN)/pip-audit --require-hashes --disable-pip -r requirements.lock

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/mkdocs build --strict --quiet

# Writes the generated reference pages anew and builds the documentation into build/docs.
docs: setup
	$(BIN)/python -m docs.generate
	$(BIN)/mkdocs build --strict --quiet

# Writes anew what the questions answer and what the commands of the tutorial print.
readme: setup
	$(BIN)/python -m tests.pages

# Needs Chromium.
pictures: setup
	PICTURES=docs/pictures $(BIN)/python -m pytest -n0 tests/flows/test_browser.py tests/flows/test_report.py -k "pictures or browser or deployments or form or run"
	PICTURES=docs/pictures $(BIN)/python -m pytest -n0 tests/flows/desk/test_browser.py -k pictures

# Needs uv; names no registry and no address.
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --extra build --generate-hashes --no-header --no-annotate -q -o requirements.lock
	uv pip compile pyproject.toml --universal --python-version 3.11 --extra build --extra dev --generate-hashes --no-header --no-annotate -q -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
