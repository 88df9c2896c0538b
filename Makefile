# make run | test | lint | bench. Windows without make: see README.md.
.SUFFIXES:
.DEFAULT_GOAL := run

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
# Pins carry hashes and every package comes as a wheel: nothing is built, nothing unnamed is run.
# Compiling is a step of its own: some shells export PYTHONDONTWRITEBYTECODE, and without
# byte code every start takes seconds longer.
INSTALL := $(PY) -m pip install -qq --disable-pip-version-check --no-compile --only-binary :all: --require-hashes
COMPILE := $(PY) -m compileall -q
OWN_CODE := $(wildcard *.py) analytics commands data identity pages reports ui tests
# Half of the tests each; who is through early takes from the other, so that most modules make their homes once.
TEST_WORKERS ?= auto
SPREAD := -n $(TEST_WORKERS) --dist worksteal

.PHONY: run test unit system-test browser-test lint format bench docs pins compiled chromium

run: $(VENV)/.run compiled
	$(PY) cakupan.py demo --if-empty
	$(PY) server.py

test: unit system-test browser-test

unit: $(VENV)/.dev compiled
	$(PY) -m pytest $(SPREAD) --ignore tests/browser --ignore tests/system tests

system-test: $(VENV)/.dev compiled
	$(PY) -m pytest $(SPREAD) tests/system

browser-test: $(VENV)/.dev compiled chromium
	$(PY) -m pytest $(SPREAD) tests/browser

lint: $(VENV)/.dev
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(VENV)/bin/lint-imports
	$(PY) -m pyright

format: $(VENV)/.dev
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

# make bench measures everything, make bench NAMES="upload crowd" only these.
bench: $(VENV)/.dev compiled
	$(PY) -m tests.bench $(NAMES)

# docs/definitions.md from the declarations of the indicators; a test compares them.
docs: $(VENV)/.run
	$(PY) -m analytics.glossary

compiled:
	@$(COMPILE) $(wildcard $(OWN_CODE))

# The browser tests drive a Chromium of the system; CAKUPAN_CHROMIUM names another one.
chromium:
	@if [ -n "$$CAKUPAN_CHROMIUM" ] || command -v chromium || command -v google-chrome; then :; \
	elif [ -f /etc/debian_version ] && [ "$$(id -u)" = 0 ]; then \
		apt-get update --quiet && apt-get install --quiet --yes --no-install-recommends chromium; \
	else \
		echo "No Chromium found: install Chromium or Chrome, or set CAKUPAN_CHROMIUM to its program file." >&2; exit 2; \
	fi

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name it with: make PYTHON=python3.12 run" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(PY)
	@echo "Installing the packages of requirements.txt (once; about a minute) ..."
	@$(INSTALL) -r requirements.txt
	@$(COMPILE) -j 0 $(VENV)/lib
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt | $(PY)
	@echo "Installing the packages of requirements-dev.txt (once; about a minute) ..."
	@$(INSTALL) -r requirements-dev.txt
	@$(COMPILE) -j 0 $(VENV)/lib
	@touch $(VENV)/.run $@

# After a change of requirements.in or requirements-dev.in.
PIN := $(VENV)/bin/uv --no-config pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --no-emit-index-annotation --custom-compile-command 'make pins'
pins: $(VENV)/.dev
	$(PIN) --output-file requirements.txt requirements.in
	$(PIN) --output-file requirements-dev.txt requirements-dev.in
