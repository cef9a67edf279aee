# The two commands of the README are `make demo` and `make test`; the rest serves those who develop.

UV_VERSION := 0.13.9
UV := $(or $(shell command -v uv),.uv/bin/uv)
RUN := $(UV) run --locked

# The Python of the system; nothing is downloaded beyond packages.
export UV_PYTHON ?= python3
export UV_PYTHON_DOWNLOADS ?= never
# One unchanging language for what is compared, whatever the machine speaks.
export PYTHONUTF8 = 1

.PHONY: demo test check unit notebooks browser bench pictures chromium axe libreoffice environment templates \
  outputs catalogs clean
.DEFAULT_GOAL := demo

demo: .venv/ready
	@exec .venv/bin/copehope demo

test: check unit notebooks browser

# uv makes the environment from the lock file; where it is missing, it comes from PyPI.
.venv/ready: uv.lock pyproject.toml | $(UV)
	$(UV) sync --locked --quiet
	@touch $@

.uv/bin/uv:
	@python3 -m venv .uv 2>/dev/null || { \
	  test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null \
	    && python3 -m venv --clear .uv; \
	} || { echo "Python has no venv module: install python3-venv, or uv, and run make again." >&2; exit 1; }
	.uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

check: .venv/ready
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	$(RUN) lint-imports

unit: .venv/ready libreoffice chromium
	$(RUN) pytest -n 2 copehope_lib tests --ignore=tests/browser --ignore=tests/benchmarks \
	  --ignore=tests/notebooks

notebooks: .venv/ready
	$(RUN) pytest tests/notebooks --nbval notebooks --nbval-sanitize-with tests/notebooks/sanitize.cfg

browser: .venv/ready chromium axe
	$(RUN) pytest tests/browser

# Ratios against plain reading of the same files, in one run: printed, and held to their limits.
bench: .venv/ready
	$(RUN) pytest -s tests/benchmarks

libreoffice:
	@command -v soffice >/dev/null && exit 0; \
	if test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-calc >/dev/null; \
	else \
	  echo "The tests of spreadsheets need LibreOffice: install it and run make again." >&2; exit 1; \
	fi

chromium:
	@for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do \
	  command -v $$name >/dev/null && exit 0; \
	done; \
	if test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
	  apt-get update -qq && apt-get install -y -qq chromium >/dev/null; \
	else \
	  echo "The tests of pages and packs need Chromium or Chrome: install one and run make again." >&2; exit 1; \
	fi

# axe-core looks at pages as a reader with other senses would; it comes from npm.
axe:
	@test -d tests/browser/node_modules/axe-core && exit 0; \
	command -v npm >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
	  && apt-get update -qq && apt-get install -y -qq --no-install-recommends npm >/dev/null; } \
	  || { echo "The browser tests need npm: install Node.js and run make again." >&2; exit 1; }; \
	npm ci --silent --no-audit --no-fund --prefix tests/browser

# What follows is generated; tests fail when it is not.
environment: .venv/ready
	@{ printf '%s\n' '# Generated from uv.lock by `make environment`: for analysts who use conda.' \
	    'name: copehope' 'channels:' '  - conda-forge' 'dependencies:' '  - python=3.11' '  - pip' '  - pip:'; \
	  $(UV) export --quiet --locked --no-hashes --no-header --no-annotate --no-dev --no-emit-project \
	    | sed 's/^/      - /'; \
	  printf '%s\n' '      - -e .'; } > environment.yml

templates: .venv/ready
	$(RUN) python -c "from pathlib import Path; from copehope_lib import templates; templates.write_every_language(Path('data_templates'))"

outputs: .venv/ready
	$(RUN) copehope notebook refresh notebooks/*.ipynb

pictures: .venv/ready chromium axe
	COPEHOPE_PICTURES=write $(RUN) pytest tests/browser/test_pictures.py

catalogs: .venv/ready
	$(RUN) pybabel --quiet extract --no-location --sort-output --keyword N_ --keyword _ --project copehope \
	  --output copehope_lib/locale/copehope.pot copehope_lib
	@for language in es ca it; do \
	  $(RUN) pybabel --quiet update --no-fuzzy-matching --omit-header --ignore-obsolete --no-wrap --locale $$language \
	    --input-file copehope_lib/locale/copehope.pot \
	    --output-file copehope_lib/locale/$$language/copehope.po; \
	done

clean:
	rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
