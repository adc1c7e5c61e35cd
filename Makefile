# The two commands: `make run` and `make test`. Any Python ≥ 3.11 will do: `make run PYTHON=python3.12`.
PYTHON ?= python3

# Python keeps what it has compiled, whatever the shell says: else every command and every test compiles Django anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup run test check bench bench-web drills docs pictures lock clean clean-root
.DEFAULT_GOAL := help

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

setup: .venv/.stamp ## make .venv/bin/gongkai with everything it can use

.venv/.stamp: requirements.lock pyproject.toml tools/setup.sh tools/uv.txt
	@PYTHON="$(PYTHON)" tools/setup.sh
	@touch $@

# Whoever has everything needs nothing more; else only what is run is fetched, which is a third of it.
run: $(if $(wildcard .venv/.stamp),setup,.venv/.run) ## check and correct an invented report, then serve the county (ONCE=1: don't; LANGUAGE=en)
	@PATH="$(CURDIR)/.venv/bin:$$PATH" LANGUAGE="$(LANGUAGE)" tools/run.sh

.venv/.run: requirements-run.lock pyproject.toml tools/setup.sh
	@PYTHON="$(PYTHON)" tools/setup.sh run
	@touch $@

test: setup ## install what the tests use and run every test
	@tools/debian.sh
	@.venv/bin/python -m pytest -n auto --dist loadgroup

check: setup ## format, lint, types, arrows, promises, documents that agree with the code
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/mypy -p gongkai
	.venv/bin/lint-imports
	.venv/bin/python tools/promises.py
	.venv/bin/python docs/generate.py --check

bench: setup ## measure speed, memory and start-up
	@for each in bench/[!_]*.py; do echo "== $$each"; .venv/bin/python $$each || exit; done

bench-web: setup ## measure the pages alone: rate, memory and restart, on both databases
	.venv/bin/python bench/web.py

drills: setup ## faults on purpose: acts at once, kill -9, power cuts; prints figures (as root: power cuts too)
	GONGKAI_PAIRS=200 .venv/bin/python -m pytest -s tests/services/test_pairs.py
	GONGKAI_KILLS=20 GONGKAI_FILED=300 .venv/bin/python -m pytest -s tests/faults

docs: setup ## write the pages of docs/ that are made from code
	.venv/bin/python docs/generate.py

pictures: setup ## draw the pictures of the READMEs anew
	GONGKAI_PICTURES=1 .venv/bin/python -m pytest tests/browser/test_pictures.py

lock: .uv/bin/uv ## choose the newest versions that fit, for requirements.lock
	@tools/lock.sh

.uv/bin/uv: tools/setup.sh tools/uv.txt
	@PYTHON="$(PYTHON)" tools/setup.sh uv

clean: ## remove what the other targets made
	rm -rf .uv .venv build .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

clean-root: ## prove `make run` and `make test` in a bare Debian (as root)
	tools/clean-root.sh
