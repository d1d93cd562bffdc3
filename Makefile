# make help prints the targets; each works in the virtual environment that is active.
.DEFAULT_GOAL := help
.PHONY: help install test lint format docs bench clean

help:  ## Print this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

install:  ## Install pubcli and what its tests need
	pip install -e '.[dev]'

test:  ## Run the tests on all processors
	pytest -n auto

lint:  ## Check style and types
	ruff check .
	ruff format --check .
	mypy

format:  ## Put the code into its format
	ruff check --fix-only .
	ruff format .

docs:  ## Write the output of the README's commands and its picture anew
	UPDATE_README=1 pytest tests/test_readme.py tests/test_docs.py
	python docs/picture.py
	python docs/gallery.py

bench:  ## Print all benchmarks (needs pip install -e '.[bench]')
	python benchmarks/startup.py
	python benchmarks/read.py
	python benchmarks/table.py
	python benchmarks/search.py
	python benchmarks/library.py
	python benchmarks/formats.py
	python benchmarks/reading.py
	python benchmarks/analysis.py
	python benchmarks/people.py
	python benchmarks/peers.py

clean:  ## Remove what tools left behind
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
