# Two commands are enough: make run, make test. Everything else: make help.
PY := .venv/bin/python
MOTCUA := .venv/bin/motcua
FAST := not browser and not faults and not slow
# Branch coverage that rules and operations must keep, in percent. Raise it, never lower it.
COVERED := 98
# Seconds after which a test that hangs fails by its name. A process of several is ended with it, for
# Hypothesis would try the failure again and hang; a browser's or a fault's has portals to stop.
LONGEST := --timeout 600
.DEFAULT_GOAL := help
.PHONY: run demo-federation test browser faults check explore lint fix bench lock help
export PYTHONDONTWRITEBYTECODE :=

.venv/run.ok: requirements/run.txt tools/environment
	@tools/environment run

.venv/dev.ok: requirements/dev.txt requirements/run.txt requirements/spark.txt tools/environment
	@tools/environment dev

run: .venv/run.ok ## chạy cổng trên máy này · start the portal (PORT=8000, DATABASE_URL=, MOTCUA_VAR=var)
	@$(PY) -m tools.messages compile
	@$(MOTCUA) run

demo-federation: .venv/run.ok ## một cổng quốc gia, hai cổng tỉnh · a hub and two provinces (PORT=8000, MOTCUA_VAR=var)
	@$(PY) -m tools.messages compile
	@$(MOTCUA) demo-federation

test: lint ## mọi kiểm thử, khoảng một giờ · every gate, about an hour on two cores
	@tools/chromium
	$(PY) -m pytest -n 2 --dist worksteal $(LONGEST) --timeout-method thread -m "not browser and not faults" --cov --cov-report=
	$(PY) -m coverage report --include='*/rules/*,*/operations/*' --skip-covered --fail-under=$(COVERED)
	@$(MAKE) --no-print-directory -j 2 --output-sync browser faults

# Half of both is waiting, so they are done beside each other; they share no portal and no port.
browser faults: .venv/dev.ok
	$(PY) -m pytest $(LONGEST) -m $@

check: lint ## kiểm thử nhanh · the fast half, without browser and faults
	$(PY) -m pytest -n 2 $(LONGEST) --timeout-method thread -m "$(FAST)"

explore: .venv/dev.ok ## thử luật với ví dụ ngẫu nhiên mới · laws with a thousand new examples each, which the gate keeps the same
	$(PY) -m pytest -n 2 -m "$(FAST)" --hypothesis-profile=explore

lint: .venv/dev.ok ## định dạng, kiểu, ranh giới · format, types, contracts, migrations
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	$(PY) -m tools.messages
	$(MOTCUA) check --fail-level WARNING
	$(MOTCUA) makemigrations --check --dry-run

fix: .venv/dev.ok ## sửa định dạng · format and mend what can be mended by itself
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

bench: .venv/dev.ok ## đo hiệu năng · measure, beside the figures to reach
	$(PY) -m bench

lock: .venv/dev.ok ## khóa lại phiên bản thư viện · lock the dependencies again, with hashes
	for k in run dev analytics spark; do .venv/bin/uv pip compile requirements/$$k.in --python-version 3.11 -q --generate-hashes --no-header --no-annotate -o requirements/$$k.txt; done

help: ## các lệnh · this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
