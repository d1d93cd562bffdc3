# make help prints the targets; each works in the virtual environment that is active.
.DEFAULT_GOAL := help
.PHONY: help install fast test coverage matrix lowest soak lint format docs bench bench-quick clean

# The tests that fast, test, coverage, matrix and lowest run: make matrix TESTS=tests/test_dates.py
TESTS ?=
# How long soak runs, and the folder for the inputs of the faults that it finds: make soak SECONDS=1800
SECONDS ?= 600
FAULTS ?= faults

help:  ## Print this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

install:  ## Install pubcli and what its tests need
	pip install -e '.[dev]'

fast:  ## Run the tests that start no other process, with fewer random examples
	pytest -m "not process" -n auto $(TESTS)

test:  ## Run the tests on all processors
	pytest -n auto $(TESTS)

coverage:  ## Run the tests and print which lines they miss, subprocesses included
	coverage erase
	coverage run -m pytest -n auto $(TESTS); status=$$?; coverage combine --quiet && coverage report && exit $$status

matrix:  ## Run the tests on each Python from 3.11 to 3.14 that this machine has
	.ci/matrix $(TESTS)

lowest:  ## Run the tests with the lowest allowed versions of the dependencies
	.ci/lowest $(TESTS)

soak:  ## Run the drivers of tests/soak for ten minutes and count the faults
	pytest tests/soak -m soak --tb=no --seconds $(SECONDS) --faults $(FAULTS)

lint:  ## Check style and types
	ruff check .
	ruff format --check .
	mypy

format:  ## Format the code
	ruff check --fix-only .
	ruff format .

docs:  ## Regenerate the output in the README and docs, their images, and the pages of the manual
	UPDATE_README=1 pytest tests/test_readme.py tests/test_docs.py tests/test_architecture.py
	python docs/manual.py
	python docs/picture.py
	python docs/gallery.py

bench:  ## Print one table of all benchmarks with a bound, in 20 minutes (needs pip install -e '.[bench]')
	python benchmarks/bench.py

bench-quick:  ## Print the same table for small libraries, in two minutes
	python benchmarks/bench.py --quick

clean:  ## Remove what tools left behind
	rm -rf build dist .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
