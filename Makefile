# Captioner: `make run` starts the service, `make test` proves it. Both do all set-up themselves.
.DEFAULT_GOAL := help
SHELL := /bin/bash

PYTHON ?= python3
PORT ?= 8000
DATA_DIR ?= $(CURDIR)/data
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help run test lint format caption clean system-packages

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20
	@echo
	@echo "PORT (default 8000) and DATA_DIR (default ./data) are honoured: make run PORT=8080"

run: $(VENV)/runtime.stamp ## Set up everything and start the service on http://127.0.0.1:$(PORT)
	@PORT="$(PORT)" DATA_DIR="$(DATA_DIR)" exec $(BIN)/python manage.py serve

test: system-packages $(VENV)/dev.stamp ## Set up everything and run the tests
	$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/dev.stamp ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/dev.stamp ## Put the code into the common format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

caption: $(VENV)/runtime.stamp ## Caption one file: make caption IMAGE=photo.jpg
	@test -n "$(IMAGE)" || { echo "Say which file: make caption IMAGE=photo.jpg"; exit 2; }
	@$(BIN)/python -m captioner caption "$(IMAGE)"

clean: ## Remove the virtual environment and caches (never the data)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

# The tests drive a real PostgreSQL, Redis, Chromium and Tesseract. As root on Debian what is missing is installed; elsewhere the
# tests that need it say that they were skipped and why.
system-packages:
	@scripts/system-packages

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Captioner needs Python 3.11 or newer. Name one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 2; }
	@echo "Making the virtual environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python cannot make a virtual environment here. On Debian: apt install python3-venv"; exit 2; }

$(VENV)/runtime.stamp: requirements.txt | $(BIN)/python
	@echo "Installing what the service needs (PyTorch is large: this takes some minutes the first time) ..."
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt requirements-train.txt requirements-transformers.txt requirements.txt | $(BIN)/python
	@echo "Installing what the service and its tests need (this takes some minutes the first time) ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@ $(VENV)/runtime.stamp
