# What can be done here; `make help` lists it. Everything sets itself up in .venv first (packaging/setup.sh).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help run test check bench format requirements screens faults translate

help: ## This list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 14

run: $(STAMP) ## Start a practice office and open the app on a practice laptop (without a display: the same story, printed)
	$(BIN)/python -m desktop.story

test: $(STAMP) check ## Every check and every test
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 --dist loadfile

check: $(STAMP) ## Format, lint, types and import rules only
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: $(STAMP) ## Measured ratios, written to build/bench.json
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.bench.run

faults: $(STAMP) ## The long form of the crash tests: kills, power cuts, failing disks, damage
	rm -rf build/faults
	QT_QPA_PLATFORM=offscreen PAYUNG_KILLS=60 PAYUNG_STORE_KILLS=60 PAYUNG_IMAGES=5000 PAYUNG_IO_POINTS=0 PAYUNG_DAMAGES=1500 \
	  $(BIN)/python -m pytest -n 2 --timeout 7200 tests/faults; passed=$$?; $(BIN)/python -m tests.faults.figures && exit $$passed

screens: $(STAMP) ## Pictures of the screens in build/screens
	$(BIN)/python packaging/screens.py

translate: $(STAMP) ## Gather the window's words and compile their Indonesian
	$(BIN)/pyside6-lupdate -no-obsolete -locations none -source-language en -target-language id $$(find desktop/ui desktop/app.py -name '*.py' | LC_ALL=C sort) -ts resources/translations/payung_id.ts
	$(BIN)/pyside6-lrelease resources/translations/payung_id.ts -qm resources/translations/payung_id.qm

format: $(STAMP) ## Put the code in order
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

requirements: $(STAMP) ## Pin anew from pyproject.toml (hashed, without addresses)
	$(BIN)/python packaging/pin.py

$(STAMP): requirements/dev.txt pyproject.toml packaging/setup.sh packaging/debian.txt
	@PYTHON=$(PYTHON) sh packaging/setup.sh $(VENV)
	@touch $(STAMP)
