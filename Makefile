# The two commands are `make serve` and `make test`; `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
ARGS ?=
COMPILE = $(BIN)/python -m uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet
PIP = $(BIN)/python -m pip install -qq --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: serve test check fmt bench soak docs wheel lock clean help web dev browser clients

help: ## list these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

serve: .venv/run.stamp web ## build what is needed and serve it at http://127.0.0.1:8000
	@$(BIN)/asckg serve --port $(PORT) $(ARGS)

test: dev browser clients check ## run every test but the long ones
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not soak" $(ARGS)

check: dev ## lint, types, layers, canonical Turtle, the corpus
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/asckg fmt --check
	$(BIN)/asckg check

fmt: dev ## write code and Turtle in canonical form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/asckg fmt

bench: dev ## measure the ratios side by side
	$(BIN)/python -m benchmarks

soak: dev ## run the tests that take longer than a minute
	$(BIN)/python -m pytest -m soak $(ARGS)

docs: dev ## build the documentation into site/
	$(BIN)/mkdocs build --strict --quiet

wheel: dev ## build the wheel into dist/
	$(BIN)/python -m hatchling build -t wheel

lock: .venv/python.stamp ## compile the lock files anew
	$(PIP) uv
	$(COMPILE) -o requirements/run.txt pyproject.toml requirements/build.in
	$(COMPILE) -o requirements/dev.txt -c requirements/run.txt --all-extras --group dev pyproject.toml requirements/build.in
	$(COMPILE) -o requirements/build.txt -c requirements/run.txt requirements/build.in

clean: ## remove all that was made here
	rm -rf .venv build dist site artefacts api/asckg_api/static api/web/node_modules tests/client/node/node_modules .*_cache

web: .venv/run.stamp
	@$(BIN)/python api/web/hatch_build.py

dev: .venv/dev.stamp web

browser: .venv/dev.stamp
	@$(BIN)/python tests/browser/chromium.py

clients: .venv/client.stamp

# Other people's clients of the service, for tests/client. Where the packages cannot be had, those tests are skipped.
.venv/client.stamp: .venv/run.stamp tests/client/node/package-lock.json
	@cd tests/client/node && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --no-audit --no-fund --ignore-scripts --fetch-retries=1 --loglevel=error >&2 \
		&& touch $(CURDIR)/$@ || echo "the packages of tests/client/node cannot be had: their tests are skipped" >&2

.venv/python.stamp:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("asckg needs Python 3.11 or newer; this is %s. Try: make PYTHON=python3.12" % sys.version.split()[0])'
	@echo "making the environment (about a minute, once)" >&2
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/run.stamp: .venv/python.stamp requirements/run.txt pyproject.toml
	@$(PIP) --require-hashes -r requirements/run.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements/dev.txt
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@
