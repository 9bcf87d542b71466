# `make run` starts the app; `make test` proves it. Everything else is for people who change it.
# What a Python is asked, to know whether it will do.
FITS := -c 'import sys; sys.exit(not (3,11) <= sys.version_info[:2] <= (3,13))' >/dev/null 2>&1
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do $$p $(FITS) && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
UV_VERSION := 0.9

.PHONY: run install check fix test bench screenshots clean browser
.DEFAULT_GOAL := run

run: $(VENV)/.ready
	$(BIN)/streamlit run serve.py --server.port $(PORT)

install: $(VENV)/.ready

# The lock file decides every version; uv reads it, and trusts what this machine trusts.
$(VENV)/.ready: pyproject.toml uv.lock
	@test -n "$(PYTHON)" && $(PYTHON) $(FITS) || { echo "Crossroads needs Python 3.11, 3.12 or 3.13 with its venv module; please install one of them."; exit 1; }
	@command -v $${CC:-cc} >/dev/null 2>&1 || { echo "Crossroads needs a C compiler to build its rules engine; please install one (Debian and Ubuntu: apt-get install gcc python3-dev; macOS: xcode-select --install)."; exit 1; }
	@$(PYTHON) -c 'import sysconfig, os, sys; sys.exit(not os.path.exists(os.path.join(sysconfig.get_paths()["include"], "Python.h")))' || { echo "Crossroads needs the header files of $(PYTHON); please install them (Debian and Ubuntu: apt-get install python3-dev)."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Crossroads needs Python's venv module; please install it (Debian and Ubuntu: apt-get install python3-venv)."; rm -rf $(VENV); exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip -q
	$(BIN)/python -m pip install -q --disable-pip-version-check "uv>=$(UV_VERSION)"
	UV_SYSTEM_CERTS=1 UV_PROJECT_ENVIRONMENT=$(VENV) $(BIN)/uv sync -q --frozen --inexact --python $(BIN)/python
	@touch $@

check: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m rules check rules/packs/social_media

fix: $(VENV)/.ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# A Chromium on the machine is used; otherwise one is installed where that is possible.
browser:
	@command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 \
	|| { test "$$(id -u)" = 0 && command -v apt-get >/dev/null 2>&1 && apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; } \
	|| $(BIN)/playwright install chromium \
	|| echo "No Chromium could be installed: the browser tests will be reported as skipped."

test: $(VENV)/.ready browser
	$(BIN)/pytest -n 2 --dist loadfile

bench: $(VENV)/.ready
	$(BIN)/python -m bench

screenshots: $(VENV)/.ready browser
	$(BIN)/python -m bench.screenshots

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
