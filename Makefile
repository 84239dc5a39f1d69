# Saig. `make help` lists what there is to make.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PELICANOPTS ?=
BENCHOPTS ?=
# Tests wait for disks and other programs: one worker more than there are processors keeps these busy.
# All tests of a file in one of them: what they share is made once.
WORKERS = $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
PYTEST = $(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder
VENV = .venv
BIN = $(VENV)/bin
CODE = $(shell find plugins -name "*.py")

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile | expand -t 10

html: $(VENV)/compiled ## set up, and build the site into output/
	$(BIN)/saig build

serve: $(VENV)/compiled ## show the site while you write, drafts included
	$(BIN)/saig serve

check: $(VENV)/compiled ## say all that is wrong in the notes
	$(BIN)/saig check

publish: $(VENV)/compiled ## build the public site into output/; any error stops it
	$(BIN)/pelican content -s publishconf.py $(PELICANOPTS)

test: $(VENV)/compiled $(VENV)/ready-to-test ## set up, and run all tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@echo "$(BIN)/mypy, and beside it"; echo "$(PYTEST)"; \
	$(BIN)/mypy > $(VENV)/mypy.log 2>&1 & types=$$!; \
	$(PYTEST); tests=$$?; \
	wait $$types; types=$$?; cat $(VENV)/mypy.log; exit $$((tests || types))

bench: $(VENV)/compiled $(VENV)-bench/ready ## measure Saig, plain Pelican and Hugo side by side
	$(BIN)/python benchmarks/run.py $(BENCHOPTS)

clean: ## remove what was built
	rm -rf output .saig .git/.saig .pytest_cache .mypy_cache .ruff_cache .hypothesis
	rm -f $(VENV)/compiled
	find . -name __pycache__ -not -path './$(VENV)*/*' -prune -exec rm -rf {} +

distclean: clean ## remove the Python environment too
	rm -rf $(VENV) $(VENV)-*

.PHONY: help html serve check publish test bench clean distclean

$(VENV)/ready: requirements.txt scripts/saig
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Saig needs Python 3.11 or later; name one with: make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	printf '#!/bin/sh\nexec "%s" "%s" "$$@"\n' "$$(pwd)/$(BIN)/python" "$$(pwd)/scripts/saig" > $(BIN)/saig
	chmod +x $(BIN)/saig
	touch $@

# Python does this by itself, but not where it is told to write no bytecode; then each start takes
# a quarter of a second longer.
$(VENV)/compiled: $(VENV)/ready $(CODE)
	$(BIN)/python -m compileall -q plugins
	touch $@

$(VENV)/ready-to-test: $(VENV)/ready requirements-test.txt scripts/test-tools
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	scripts/test-tools $(BIN)/python
	touch $@

$(VENV)-build/ready: requirements-build.txt
	$(PYTHON) -m venv $(VENV)-build
	$(VENV)-build/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-build.txt
	touch $@

$(VENV)-bench/ready: $(VENV)/ready requirements-bench.txt
	$(BIN)/python -m venv $(VENV)-bench
	$(VENV)-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	touch $@
