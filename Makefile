# aibom: the commands of a fresh machine. They need GNU make and Python 3.11 or newer, nothing else.
#
#   make bom     what aibom does: the bill of examples/rag-service
#   make test    all that a change must pass
#
# Everything is installed into .venv, once: a second run uses no network.
# `make PYTHON=python3.13 test` takes another Python; `make UV= test` leaves uv aside.

PYTHON ?= python3
UV ?= $(shell command -v uv 2>/dev/null)
VENV := .venv
BIN := $(VENV)/bin

# The stamp is named for what pyproject.toml says, so a mere checkout installs nothing again.
STAMP := $(shell cksum pyproject.toml | cut -d' ' -f1)
RUNTIME := $(VENV)/.runtime-$(STAMP)
DEV := $(VENV)/.dev-$(STAMP)

ifneq ($(strip $(UV)),)
INSTALL := "$(UV)" pip install --quiet --python $(BIN)/python
else
INSTALL := $(BIN)/python -m pip install -qq
endif

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
unexport VIRTUAL_ENV
unexport PYTHONPATH
unexport PYTHONHOME

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help bom test lint types imports docstrings pytest docs bench fuzz readers lowest fmt regold clean

help:  ## say what can be made
	@sed -n 's/^\([a-z]*\):.*  ## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | while IFS='	' read -r name text; do printf '  make %-11s %s\n' "$$name" "$$text"; done

# What lies in the caches of this machine, and which hub it asks, must not change what the example shows.
ENRICHED := --enrich --offline --cache build/example-hub.sqlite
bom: export HF_ENDPOINT := https://huggingface.co
bom: export HF_HUB_CACHE := build/no-cache
bom: export OLLAMA_MODELS := build/no-cache
bom: $(RUNTIME)  ## write the bill of examples/rag-service and show it
	@mkdir -p build
	@$(BIN)/python -m aibom scan examples/rag-service
	@$(BIN)/python examples/hub/make_cache.py build/example-hub.sqlite
	@echo; echo "== what a small cache, written for the example, knows of one of its models (no network)"
	@$(BIN)/python -m aibom explain all-MiniLM-L6-v2 examples/rag-service $(ENRICHED)
	@$(BIN)/python -m aibom scan examples/rag-service $(ENRICHED) --output build/rag-service.cdx.json

test: lint types imports docstrings pytest docs  ## all that a change must pass

lint: $(DEV)  ## ruff: rules and format
	$(BIN)/python -m ruff check
	$(BIN)/python -m ruff format --check

types: $(DEV)  ## mypy, strict, over src and tests
	$(BIN)/python -m mypy

imports: $(DEV)  ## import-linter: imports go one way
	$(BIN)/lint-imports

docstrings: $(DEV)  ## interrogate: everything public says what it is
	$(BIN)/interrogate --quiet src

# Measured for coverage, the hostile cases take four times as long; the rest alone covers 96 %.
pytest: $(DEV)  ## tests and the examples of the docs, with coverage
	$(BIN)/python -m pytest tests -m "not online and hostile" --numprocesses auto
	$(BIN)/python -m pytest tests -m "not online and not hostile" --cov --cov-report= --cov-fail-under=0 --numprocesses auto
	$(BIN)/python -m pytest docs src README.md --cov --cov-append  # In one process: each example builds on those before it.

docs: $(DEV)  ## the documentation, in build/docs
	$(BIN)/python -m sphinx -q -n -W --keep-going -d build/doctrees docs build/docs

bench: $(DEV)  ## speed, scale, requests, and what is found in real projects
	@set -e; for script in speed.py scale.py enrich.py "detection/run.py build/corpus"; do \
	  echo "== benchmarks/$$script"; $(BIN)/python benchmarks/$$script; done

FUZZ_SECONDS ?= 60
fuzz: $(DEV)  ## feed the readers of model files what nobody thought of, for FUZZ_SECONDS
	@$(INSTALL) --group fuzz
	@mkdir -p build/fuzz
	@if $(BIN)/python -c 'import atheris' 2>/dev/null; then \
	  PYTHONPATH=. $(BIN)/python fuzz/readers.py build/fuzz -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=1024 \
	    -artifact_prefix=build/fuzz- -print_final_stats=1 -verbosity=0; \
	else echo "atheris has no wheel for this Python and system: nothing was fuzzed"; fi

READERS := build/readers
readers: $(DEV)  ## what other programs make of our documents: installs some, of npm too, and asks them
	@$(INSTALL) --group readers
	@mkdir -p $(READERS)
	@if command -v npm >/dev/null; then \
	  npm install --prefix $(READERS) --no-audit --no-fund --silent @cyclonedx/cyclonedx-library ajv ajv-formats \
	    ajv-formats-draft2019 libxmljs2 @cyclonedx/cyclonedx-npm @cyclonedx/cdxgen; \
	else echo "npm is not here: what needs it is skipped"; fi
	PATH="$(CURDIR)/$(BIN):$(CURDIR)/$(READERS)/node_modules/.bin:$$PATH" NODE_PATH="$(CURDIR)/$(READERS)/node_modules" \
	  $(BIN)/python -m pytest tests/cyclonedx/test_readers.py tests/spdx

LOWEST := build/lowest
lowest: $(DEV)  ## the tests with the lowest version of each dependency that pyproject.toml allows
	@mkdir -p $(LOWEST)
	@$(BIN)/python tests/lowest.py pyproject.toml > $(LOWEST)/constraints.txt
	@$(PYTHON) -m venv --clear $(LOWEST)/venv
	@$(LOWEST)/venv/bin/python -m pip install -qq 'pip>=25.1'
	@$(LOWEST)/venv/bin/python -m pip install -qq -e '.[all]' --group tests -c $(LOWEST)/constraints.txt
	$(LOWEST)/venv/bin/python -m pytest tests -m "not online and not hostile" -p no:cacheprovider --numprocesses auto

fmt: $(DEV)  ## let ruff fix and format
	$(BIN)/python -m ruff check --fix
	$(BIN)/python -m ruff format

regold: $(DEV)  ## rewrite the expected files; read the diff like code
	$(BIN)/python -m pytest tests --regold

clean:  ## remove what was made, except .venv
	rm -rf build dist htmlcov docs/_build .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find src tests docs benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "aibom needs Python 3.11 or newer, and '$(PYTHON)' is $$($(PYTHON) --version 2>&1 || true)." >&2; \
	  echo "Name another one:  make PYTHON=python3.13 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "making $(VENV)"
ifneq ($(strip $(UV)),)
	@"$(UV)" venv --quiet --clear --python "$$(command -v $(PYTHON))" $(VENV)
else
	@$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }
endif

# Groups need pip 25.1. A .venv that uv made has no pip at all.
$(VENV)/.pip: | $(BIN)/python
ifeq ($(strip $(UV)),)
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@$(BIN)/python -m pip install -qq 'pip>=25.1'
	@touch $@
endif

$(RUNTIME): | $(VENV)/.pip
	@echo "installing aibom into $(VENV)"
	@$(INSTALL) -e .
	@$(BIN)/python -m compileall -q src
	@touch $@

$(DEV): | $(VENV)/.pip
	@echo "installing aibom and what its tests need into $(VENV)"
	@$(INSTALL) -e . --group dev
	@$(BIN)/python -m compileall -q src
	@touch $(RUNTIME) $@
