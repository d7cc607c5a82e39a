# The one door to Chiyuan, for people and for CI alike. `make help` lists the commands.

PYTHON ?= python3
export PYTHONUNBUFFERED := 1
.DEFAULT_GOAL := help
.PHONY: help run test check bench nightly dev

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

run: ## start everything on this machine; Ctrl-C stops it
	@$(PYTHON) scripts/run.py

test: ## all checks and tests
	@$(PYTHON) scripts/test.py

check: ## formatting, lints, dependency rules, types
	@$(PYTHON) scripts/check.py

bench: ## benchmarks
	@$(PYTHON) scripts/test.py bench

nightly: ## the long tests: fault suites and large property runs
	@$(PYTHON) scripts/test.py nightly

dev: ## like run, with an unoptimised server and a web that reloads itself
	@$(PYTHON) scripts/run.py --dev
