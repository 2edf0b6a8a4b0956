PYTHON ?= python3.11
BIN := .venv/bin

setup: .venv/ready
.venv/ready: pyproject.toml tools/setup.sh
	PYTHON=$(PYTHON) sh tools/setup.sh
	touch $@

run: setup
	$(BIN)/polylect up

check: setup
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports && $(BIN)/django-admin makemigrations --check --settings polylect_web.settings

test: setup
	$(BIN)/pytest

test-fast: setup
	$(BIN)/pytest -m "not journey and not long"
