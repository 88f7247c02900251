# Two commands do it all on a machine with Python 3.11 or later and make: `make run` and `make test`.
PYTHON ?= python3
VENV ?= .venv
# Whom the app answers: localhost, or 0.0.0.0 for phones in the same room.
HOST ?= localhost
PORT ?= 8501
REPLICAS ?= 1
BIN := $(VENV)/bin

FUZZ ?= 3000

.PHONY: run serve test fuzz lint format bench bench-hall screenshots clean

run: $(VENV)/app
	$(BIN)/python -m streamlit run serve.py --server.address $(HOST) --logger.hideWelcomeMessage true

# For a hall: looked after, and with REPLICAS=3 as so many processes behind nginx. On a host of its own: deploy/README.md.
serve: $(VENV)/app
	@[ $(REPLICAS) = 1 ] || sh deploy/install-nginx.sh
	$(BIN)/python -m coopfin.serving --replicas $(REPLICAS) --host $(HOST) --port $(PORT)

test: $(VENV)/dev
	$(BIN)/python tests/browser.py
	sh deploy/install-nginx.sh
	$(BIN)/python tests/postgres.py
	$(BIN)/python -m pytest

# Odd files and options by the thousand, other ones each time; FUZZ says how many of each kind.
fuzz: $(VENV)/dev
	FUZZ=$(FUZZ) $(BIN)/python -m pytest -k fuzz

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/dev
	$(BIN)/python -m benchmarks

# A hall of people on one process and on three, and 500 visits: about ten minutes.
bench-hall: $(VENV)/dev
	sh deploy/install-nginx.sh
	PYTHONPATH=tests $(BIN)/python -m benchmarks.hall

screenshots: $(VENV)/dev
	$(BIN)/python tests/browser.py
	$(BIN)/python -m docs.screenshots

clean:
	rm -rf $(VENV)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "coopfin needs Python 3.11 or later; try: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/app: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev: requirements-dev.txt requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
