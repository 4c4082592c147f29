PY := .venv/bin/python
.DEFAULT_GOAL := help

.venv/ok: requirements/dev.txt pyproject.toml
	@python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 with venv is needed. On Debian: apt-get install python3-venv"; exit 1; }
	python3 -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	.venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: .venv/ok ## start the portal on this machine
	.venv/bin/motcua run

lint: .venv/ok
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(PY) -m django check --settings tests.settings
	.venv/bin/motcua makemigrations --check --dry-run

check: lint ## the fast half of the tests
	.venv/bin/pytest -n 2 -m "not browser and not faults and not slow"

test: lint ## everything
	.venv/bin/pytest -n 2

fix: .venv/ok ## format
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

lock: ## lock the dependencies again
	for k in run dev; do .venv/bin/uv pip compile requirements/$$k.in --python-version 3.11 -q --generate-hashes --no-header --no-annotate -o requirements/$$k.txt; done

help:
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/\t/'
