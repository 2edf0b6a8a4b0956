PYTHON ?= python3.11
BIN := .venv/bin
MARKED := $(wildcard ../shared/capa/*.jsonl.gz)

.PHONY: setup run check test test-fast test-postgres coverage long fuzz bench messages

setup: .venv/ready
.venv/ready: pyproject.toml tools/setup.sh
	@PYTHON=$(PYTHON) sh tools/setup.sh
	@touch $@

run: setup
	$(BIN)/polylect up

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/django-admin makemigrations --check --dry-run --settings polylect_web.settings

test: setup
	$(BIN)/pytest -m "not long"

test-fast: setup
	$(BIN)/pytest -m "not journey and not long"

test-postgres: setup
	$(BIN)/python tools/with_postgres.py $(BIN)/pytest -n 2 -m "database and not long"

coverage: setup
	$(BIN)/pytest -n 2 -m "not long" --cov --cov-report=term:skip-covered

long: setup
	$(BIN)/pytest -m long

MINUTES ?= 10
FUZZED ?= parse present grade regexps formulas plaintext

fuzz: setup
	$(BIN)/python -c "import atheris" 2>/dev/null || $(BIN)/python -m pip install --quiet -e ".[fuzz]"
	set -e; for target in $(FUZZED); do $(BIN)/python tests/fuzz/run.py $$target --minutes $(MINUTES); done

bench: setup
	$(BIN)/python bench/run.py
	$(BIN)/python bench/slow_readers.py
	$(BIN)/python bench/captions.py
	$(BIN)/python bench/alignment.py
	$(BIN)/python bench/glossary.py
	$(BIN)/python bench/memory.py
	$(BIN)/python bench/workbench.py
	$(BIN)/python bench/partnership.py
	$(BIN)/python bench/sandbox.py
	set -e; for marks in $(MARKED); do $(BIN)/python bench/capa.py $$marks; done

messages: setup
	$(BIN)/python tools/messages.py extract
