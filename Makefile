# Every target does its own set-up: on a fresh machine with Python 3.11+ and make, any of them works first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: setup demo desk up test check bench

setup: $(READY)  ## once; then `. .venv/bin/activate` in every terminal
	@$(if $(filter setup,$(MAKECMDGOALS)),echo 'Ready 已就绪. In every terminal 每个终端都先执行:  . $(VENV)/bin/activate')

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Yishen needs Python 3.11 or newer: make PYTHON=python3.11")'
	@echo '1/3 Python environment in $(VENV) (Python 环境)'
	@$(PYTHON) -m venv $(VENV)
	@echo '2/3 packages, about a minute (软件包，约一分钟)'
	@$(BIN)/python .ci/packages.py
	@echo '3/3 Yishen itself (依申)'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup  ## the main job, end to end, on the real engine
	$(BIN)/yishen demo

desk: setup  ## the desk of the demonstration, made first where there is none; Ctrl-C stops it
	@$(BIN)/python -m starter.demo > /dev/null || $(BIN)/yishen demo
	@$(BIN)/yishen up --data "$$($(BIN)/python -m starter.demo)"

up: setup  ## engine, register, worker and pages in one process group; Ctrl-C stops all
	$(BIN)/yishen up

test: setup  ## every test, on the real engine and real databases
	$(BIN)/python -m tests.prepare
	@# Processes by the hundred read the program: compiled once, whatever the account says of that.
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder

check: setup  ## format, lint, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: setup  ## each benchmark prints one JSON object
	$(BIN)/python -m bench
