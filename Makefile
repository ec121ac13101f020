# Everything lives in .venv/ of this checkout; nothing is installed elsewhere and nothing needs root.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test setup lint types check measure clean

demo: setup            ## crawl simulated career sites into demo.db and open it in Datasette
	$(BIN)/rolecall demo

test: setup            ## the whole test-suite, offline
	$(BIN)/python -m pytest

setup: .venv/ready

.venv/ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "rolecall needs Python 3.11 or newer; try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch .venv/ready

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

check: lint types test ## what CI runs

measure: setup         ## how good the records are, on labelled data; make measure DATA=DIR
	@$(BIN)/python -m tests.measure $(DATA)

clean:
	rm -rf .venv demo.db demo.db-wal demo.db-shm demo.db.lock demo.db.secret *.egg-info .pytest_cache .mypy_cache .ruff_cache
