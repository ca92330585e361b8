# The commands of this project; `make` alone lists them.
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help run dev backup restore test test-cluster check audit bench deploy fit train manifests clean lock port venv
.NOTPARALLEL:

# Exported, and so never read by a shell
export PORT ?= 8000
# Processes that run tests: more than there are cores, because the browser's tests wait more than they compute
WORKERS ?= 3
# Passed through: make test ARGS="-k history -x"
ARGS ?=
# Of make backup and make restore; recipes read them from the environment, as they are
export FILE DATABASE
# The first Python that is new enough; name another with PYTHON=...
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
PY := .venv/bin/python
# Production's settings, for checks that connect to nothing
PRODUCTION = env -u DEBUG DATABASE_URL=postgresql://nobody@127.0.0.1:9/none ALLOWED_HOSTS=example.org \
	SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))')"
# For all systems, with hashes, and without a word of where they came from
PIN = pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):[^#]*## /  make \1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 16

run: port venv ## the whole site on http://127.0.0.1:8000/ (PORT=...)
	@exec $(PY) manage.py start

dev: port venv ## the site with example data; it reloads what you change (PORT=...)
	@DEBUG=1 DATA_DIR="$${DATA_DIR:-.data/dev}" exec $(PY) manage.py dev

backup: venv ## a backup of the database while the site runs (FILE=..., or a folder)
	@exec $(PY) manage.py backup "$$FILE"

restore: venv ## a backup into an empty database (FILE=... [DATABASE=another one of the server])
	@exec $(PY) manage.py restore --database "$$DATABASE" $(ARGS) -- "$${FILE:?Name the backup: make restore FILE=...}"

test: venv ## every test, the browser's too (ARGS="-k history -x")
	@$(PY) -m tests.browser.install
	@$(PY) -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

test-cluster: venv ## fifty candidates on two copies of the site, PgBouncer and a replica (needs nginx, pgbouncer)
	@$(PY) -m pytest -s tests/cluster $(ARGS)

check: venv ## lint, formatting, types, dead code, migrations, deployment settings, templates
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PRODUCTION) $(PY) -m mypy
	@$(PY) -m tests.types_budget
	@$(PY) -m vulture
	@DEBUG=1 $(PY) manage.py makemigrations --check --dry-run
	@$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING
	@$(PY) -m djlint --lint --quiet templates

audit: venv ## known vulnerabilities of the locked packages; needs the network
	@$(PY) requirements/audit.py

bench: venv ## the measurements in tests/benchmarks
	@$(PY) -m pytest tests/benchmarks -s $(ARGS)

deploy: ## with docker compose: build this release; it answers before the one before it goes
	@quizsite/serving/deploy.sh

fit: venv ## fit the scorer's judgement on labelled answers again (fit/README.md)
	@$(PY) -m fit.judgement

train: venv ## train the scorer's networks again; needs PyTorch (fit/README.md)
	@$(PY) -m fit.train

manifests: venv ## hold deploy/kubernetes against Kubernetes' own schemas, which it installs (CRDS=folder)
	@test -x .venv-manifests/bin/python || .venv/bin/uv venv -q .venv-manifests
	@.venv/bin/uv pip install -q --python .venv-manifests --require-hashes -r requirements/kubernetes.txt
	@.venv-manifests/bin/python -m tests.deploy.schemas $(CRDS)

clean: ## remove .venv and caches; .data, the database, stays
	@rm -rf .venv .venv-manifests .pytest_cache .mypy_cache .ruff_cache .hypothesis .djlint_cache staticfiles test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

lock: venv ## pin the packages of requirements/*.in again
	@for set in base tracing dev kubernetes; do .venv/bin/uv $(PIN) requirements/$$set.in -o requirements/$$set.txt || exit 1; done
	@for set in model uv; do .venv/bin/uv $(PIN) --no-deps requirements/$$set.in -o requirements/$$set.txt || exit 1; done

# Before anything is installed or started; where there is no Python, the next step says so
port:
	@! command -v '$(PYTHON)' >/dev/null || '$(PYTHON)' quizsite/local/port.py $(MAKECMDGOALS)

venv:
	@command -v '$(PYTHON)' >/dev/null || { echo 'Python 3.11 or later is needed and was not found. Install it' \
		'(Debian: apt install python3 python3-venv), or name it: make PYTHON=/path/to/python3'; exit 1; }
	@'$(PYTHON)' requirements/install.py
