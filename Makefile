# The two commands of the README are `make demo` and `make test`; the rest serves those who develop.

UV_VERSION := 0.13.9
UV := $(or $(shell command -v uv),.uv/bin/uv)
# `.venv/ready` has synchronised the environment: to ask again would compile all of it at each command.
RUN := $(UV) run --no-sync

# The Python of the system; nothing is downloaded beyond packages.
export UV_PYTHON ?= python3
export UV_PYTHON_DOWNLOADS ?= never
# One unchanging language for what is compared, whatever the machine speaks.
export PYTHONUTF8 = 1

.PHONY: demo test night check unit coverage notebooks browser bench docs compiled pictures age chromium axe vendor libreoffice environment \
  templates outputs catalogs clean
.DEFAULT_GOAL := demo

demo: .venv/ready
	@exec .venv/bin/copehope demo

PYTEST := $(RUN) pytest -n 2
COVERAGE := --cov=copehope_lib --cov-report=term-missing:skip-covered
NOTEBOOKS := --nbval --nbval-sanitize-with tests/notebooks/sanitize.cfg notebooks tests/notebooks

# The checks run beside the tests; what they say is shown in one piece when the tests are done.
# What takes longest comes first: the pages, whose first test makes the demo team, and beside them
# what does without that team, so that nobody waits for it.
test: .venv/ready libreoffice chromium age axe compiled
	@said=$$(mktemp); $(MAKE) --no-print-directory check >$$said 2>&1 & checks=$$!; status=0; \
	$(PYTEST) tests/browser tests/privacy $(NOTEBOOKS) tests copehope_lib --ignore=tests/benchmarks || status=$$?; \
	wait $$checks || status=$$?; cat $$said; rm $$said; exit $$status

# The same with all cases, of which `make test` tries some of each kind, and with the lines that no
# test reached, told at the end.
night:
	COPEHOPE_NIGHT=1 $(MAKE) test PYTEST="$(PYTEST) $(COVERAGE)"

# uv makes the environment from the lock file; where it is missing, it comes from PyPI.
.venv/ready: uv.lock pyproject.toml | $(UV)
	$(UV) sync --locked --quiet --all-extras
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
	$(RUN) deptry .

unit: .venv/ready libreoffice chromium age compiled
	$(PYTEST) tests copehope_lib --ignore=tests/browser --ignore=tests/benchmarks \
	  --ignore=tests/notebooks

# Watching every line makes the library take half as long again: so it is not part of `make test`.
coverage:
	$(MAKE) unit PYTEST="$(PYTEST) $(COVERAGE)"

notebooks: .venv/ready compiled
	$(PYTEST) $(NOTEBOOKS)

browser: .venv/ready chromium axe compiled
	$(PYTEST) tests/browser

# Each page, kernel and command of the tests is a process of its own, which may write nothing: what
# is not compiled before would be compiled anew by each.
compiled: .venv/ready
	@.venv/bin/python -m compileall -q copehope_lib

# Ratios against plain reading of the same files, in one run: printed, and held to their limits.
bench: .venv/ready
	$(RUN) pytest -s tests/benchmarks

# The site, to be opened from its folder; a warning is an error, and tests/docs looks at every link.
docs: .venv/ready
	$(RUN) sphinx-build -W --keep-going --quiet -j auto docs docs/_build/html
	@echo "docs/_build/html/index.html"

libreoffice:
	@command -v soffice >/dev/null && exit 0; \
	if test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-calc >/dev/null; \
	else \
	  echo "The tests of spreadsheets need LibreOffice: install it and run make again." >&2; exit 1; \
	fi

age:
	@command -v age >/dev/null && exit 0; \
	if test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends age >/dev/null; \
	else \
	  echo "The tests of sealed files need the program age: install it and run make again." >&2; exit 1; \
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

# From npm: axe-core, which looks at pages as a reader with other senses would, age's library, and
# the proxy of an organisation's server.
axe:
	@test -d tests/browser/node_modules/axe-core && test -d vendor/node_modules/age-encryption \
	  && test -d deploy/node_modules/configurable-http-proxy && exit 0; \
	command -v npm >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
	  && apt-get update -qq && apt-get install -y -qq --no-install-recommends npm >/dev/null; } \
	  || { echo "The browser tests need npm: install Node.js and run make again." >&2; exit 1; }; \
	npm ci --silent --no-audit --no-fund --prefix tests/browser
	npm ci --silent --no-audit --no-fund --prefix vendor
	npm ci --silent --no-audit --no-fund --prefix deploy

# What follows is generated; tests fail when it is not.
VENDORED := copehope_lib/theme/voila/templates/copehope/static/age
LICENCES := $(addprefix vendor/node_modules/,age-encryption/LICENSE @noble/ciphers/LICENSE \
  @noble/curves/LICENSE @noble/hashes/LICENSE @noble/post-quantum/LICENSE @scure/base/LICENSE)

# age's own library for browsers, of the versions that vendor/package-lock.json names.
vendor:
	npm ci --silent --no-audit --no-fund --prefix vendor
	npm run --silent --prefix vendor age -- --log-level=error --outfile=$(CURDIR)/$(VENDORED)/age.min.js
	cat $(LICENCES) > $(VENDORED)/LICENSE

environment: .venv/ready
	@{ printf '%s\n' '# Generated from uv.lock by `make environment`: for analysts who use conda.' \
	    'name: copehope' 'channels:' '  - conda-forge' 'dependencies:' '  - python=3.11' '  - pip' '  - pip:'; \
	  $(UV) export --quiet --locked --no-hashes --no-header --no-annotate --no-dev --all-extras --no-emit-project \
	    | sed 's/^/      - /'; \
	  printf '%s\n' '      - -e .'; } > environment.yml

templates: .venv/ready
	$(RUN) python -c "from pathlib import Path; from copehope_lib import templates; templates.write_every_language(Path('data_templates'))"

outputs: .venv/ready
	$(RUN) copehope notebook refresh notebooks/*.ipynb

pictures: .venv/ready chromium axe
	COPEHOPE_PICTURES=write $(RUN) pytest tests/browser/test_pictures.py

catalogs: .venv/ready
	$(RUN) pybabel --quiet extract --mapping-file copehope_lib/locale.cfg --no-location --sort-output --keyword N_ --keyword _ --project copehope \
	  --output copehope_lib/locale/copehope.pot copehope_lib
	@for language in $$($(RUN) python -c "from copehope_lib.language import LANGUAGES; print(*LANGUAGES[1:])"); do \
	  $(RUN) pybabel --quiet update --init-missing --no-fuzzy-matching --omit-header --ignore-obsolete --no-wrap \
	    --locale $$language \
	    --input-file copehope_lib/locale/copehope.pot \
	    --output-file copehope_lib/locale/$$language/copehope.po; \
	done

clean:
	rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
