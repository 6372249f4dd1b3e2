# Two commands: `make run` and `make test`. Paths are relative and quoted, so the folder may lie under any path;
# Python's programs are called by `python -m`, because their own first lines break on spaces and long paths.
.DEFAULT_GOAL := help
.PHONY: help run dev admin stop test test-long test-fast check audit lint bench screenshots clean

HOST ?= 127.0.0.1
PORT ?= 8000
NAME ?= admin
export HOST PORT

# VENV=… names an environment that is ready; nothing is installed into it.
ifeq ($(origin VENV),undefined)
VENV := .venv
install = sh bin/environment .venv $(1)
else
install = :
endif
python := "$(VENV)/bin/python"
development := TRACKER_MODE=$${TRACKER_MODE:-development}

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r goal text; do printf '  make %-10s %s\n' "$$goal" "$$text"; done

run: ## Serve the tracker at http://HOST:PORT/ (127.0.0.1:8000)
	@$(call install,requirements.txt)
	@sh bin/production $(python) manage.py prepare --listen "$$HOST" "$$PORT"
	@exec sh bin/production $(python) -m tracker.management.serve

dev: ## Serve it for work on the code: reloads, shows errors
	@$(call install,requirements.txt)
	@$(development) $(python) manage.py prepare --listen "$$HOST" "$$PORT"
	@DEBUG=1 $(development) $(python) manage.py runserver --nostatic "$$HOST:$$PORT"

admin: ## Make an administrator (NAME=admin; RESET=1 for a new password)
	@$(call install,requirements.txt)
	@sh bin/production $(python) manage.py create_admin "$(NAME)" $(if $(RESET),--reset)

stop: ## End the web server and the embedded database
	@if [ -x $(python) ]; then $(python) -m tracker.management.stop; fi

test: ## Check everything but what takes long: `check`, tests, browser
	@$(call install,requirements.txt requirements-dev.txt)
	@$(python) tests/browser/chromium.py
	@$(MAKE) --no-print-directory check
	@sh bin/tests $(python)

test-long: ## What takes longer: starts, crowds of writers, real clients, fuzzing, more examples
	@$(call install,requirements.txt requirements-dev.txt)
	@$(python) tests/browser/chromium.py
	@sh bin/tests $(python) long

test-fast: ## The tests that need neither database nor browser
	@$(call install,requirements.txt requirements-dev.txt)
	$(python) -m pytest -m "not database and not browser and not start and not long"

check: ## Check what can be known without running it: style, types, import rules, templates, documents, translations
	@$(call install,requirements.txt requirements-dev.txt)
	@$(python) -m tests.checks

lint: ## The quick part of that: style and import rules
	@$(call install,requirements.txt requirements-dev.txt)
	@$(python) -m tests.checks --quick

audit: ## Look the libraries up in the list of known holes
	@$(call install,requirements.txt requirements-dev.txt)
	@$(python) tests/audit.py

bench: ## Measure everything beside its ceiling, into benchmarks/RESULTS.md (PART=warm,cold SIZES=500)
	@$(call install,requirements.txt requirements-dev.txt)
	@$(python) tests/browser/chromium.py
	@$(python) -m tests.bench --part "$(PART)" --sizes "$(SIZES)"

screenshots: ## Take the pictures of the README anew, from the shipped record
	@$(call install,requirements.txt requirements-dev.txt)
	@$(python) tests/browser/chromium.py
	@TRACKER_MODE=test TRACKER_VAR=var/screenshots DJANGO_SETTINGS_MODULE=tracker.settings $(python) -m tests.browser.screenshots
	@TRACKER_MODE=test TRACKER_VAR=var/screenshots $(python) manage.py database stop

clean: ## End everything, then remove .venv and var, the data with it
	-@$(MAKE) --no-print-directory stop
	rm -rf .venv var
