# Everything a person types. Each target calls one thing; `make setup` is run by those that need it.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

# Services and tests are started often: what was compiled once is kept, whatever the environment says.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup demo up down test check bench lock

help:
	@echo "make demo [ONCE=1]  play the sample cases     make test   run the tests"
	@echo "make up | down      start, stop the stack     make check  format, lint, types, contracts"
	@echo "make bench          measure                   make lock   raise the locked versions"

setup: $(STAMP)

$(STAMP): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: install it, or name one, as in 'make PYTHON=python3.12 $(or $(MAKECMDGOALS),setup)'."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --progress-bar on --no-deps --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup
	@$(BIN)/renkei demo $(if $(ONCE),--once)

up: setup
	@$(BIN)/renkei up

down: setup
	@$(BIN)/renkei down

test: setup
	@$(BIN)/python -m pytest -n 2 --dist loadgroup --no-loadscope-reorder

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m contracts.generate --check

bench: setup
	@$(BIN)/python -m bench

lock: setup
	@$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
		--extra dev -o requirements.txt pyproject.toml
