"""What a person types, and what they are answered: data on stdout, words on stderr, and the exit code."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.adapters.clock import SystemClock
from generator.adapters.ledger.biller import Ledger
from generator.adapters.sql.database import Database
from generator.adapters.store import SqlStore
from generator.model.consent import Consent
from generator.model.payment import NothingDue
from generator.model.quote import Request, Subscribe
from generator.rehearsal.stage import KNOWN
from generator.seal.token import Sealer
from tests.support.town import LINK_KEY, PRICES, RESULT_KEY, ROOT, written

BROKEN = [
    "bad-value",
    "duplicate-key",
    "insecure-redirect",
    "low-contrast",
    "missing-text",
    "redirect-not-allowed",
    "unknown-after",
    "unknown-key",
    "unknown-name",
    "unknown-target",
    "wrong-type",
    "yaml-syntax",
]


def run(*words, cwd=ROOT, **environment):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HOSTED_PAGES_")}
    clean["HOSTED_PAGES_CACHE"] = os.environ["HOSTED_PAGES_CACHE"]
    return subprocess.run(
        [sys.executable, "-m", "generator", *map(str, words)],
        cwd=cwd,
        env={**clean, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def ready(square, tmp_path):
    """The settings of a place that is built, with tables, plans and one customer."""
    environment = {
        "HOSTED_PAGES_BASE_URL": "https://billing.lumen.example",
        "HOSTED_PAGES_BUILD": str(square.build),
        "HOSTED_PAGES_DATABASE_URL": f"sqlite:///{tmp_path / 'pages.db'}",
        "HOSTED_PAGES_LINK_KEYS": written(LINK_KEY),
        "HOSTED_PAGES_RESULT_KEY": written(RESULT_KEY),
        "HOSTED_PAGES_SANDBOX_URL": "http://127.0.0.1:9",
    }
    assert run("db", "upgrade", **environment).returncode == 0
    database = Database(environment["HOSTED_PAGES_DATABASE_URL"])
    ledger = Ledger(database, SystemClock(), "Europe/Paris")
    ledger.sell(PRICES)
    ledger.put_customer("ada", "en", KNOWN, 0, frozenset())
    database.close()
    return environment


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://localhost/data", "HOSTED_PAGES_DATABASE_URL cannot be used: mysql is not a database that we know"),
        ("postgresql://nobody@127.0.0.1:9/data", "the database does not answer now"),
    ],
    ids=["unknown", "away"],
)
@pytest.mark.parametrize("words", [("db", "upgrade"), ("serve",)], ids=" ".join)
def test_a_database_that_cannot_be_used_is_told_in_a_sentence(ready, url, says, words):
    told = run(*words, **{**ready, "HOSTED_PAGES_DATABASE_URL": url})

    assert (told.returncode, says in told.stderr) == (2, True)
    assert "Traceback" not in told.stderr


def test_a_catalog_is_checked_says_what_it_changes_and_is_brought_in(ready, tmp_path):
    words = (ROOT / "examples" / "demo" / "catalog.yaml").read_text(encoding="utf-8")
    dearer = words.replace('price: "49.00"', 'price: "59.00"')
    file = tmp_path / "catalog.yaml"
    file.write_text(dearer.replace("studio, business]\n\npromotions", "business]\n\npromotions"), encoding="utf-8")

    broken = run("catalog", "import", file, **ready)
    assert (broken.returncode, "[plan-in-no-table]" in broken.stdout) == (1, True)

    file.write_text(dearer, encoding="utf-8")
    changes = 'plan studio: changed (price: "49.00" → "59.00")'
    looked = run("catalog", "import", file, "--check", **ready)
    assert (looked.returncode, changes in looked.stdout) == (0, True)
    assert looked.stderr.endswith("nothing was changed\n")
    assert 'price: "49.00"' in run("catalog", "export", **ready).stdout

    done = run("catalog", "import", file, **ready)
    assert (done.returncode, done.stdout) == (0, looked.stdout)
    assert run("catalog", "import", file, **ready).stdout == ""

    out = tmp_path / "out.yaml"
    assert run("catalog", "export", "--out", out, **ready).returncode == 0
    again = run("catalog", "import", out, **ready)
    assert (again.returncode, again.stdout) == (0, "")
    assert 'price: "59.00"' in out.read_text(encoding="utf-8")


def test_what_is_wrong_with_a_catalog_is_said_by_check_and_no_pages_are_made_of_it(tmp_path):
    file = tmp_path / "catalog.yaml"
    file.write_text("version: 1\ncurrency: EUR\nplans: {}\ntables: {}\npromotion: {}\n", encoding="utf-8")

    checked, built = run("check", file), run("build", file)

    assert (checked.returncode, "[unknown-key]" in checked.stdout) == (1, True)
    assert (built.returncode, "is a catalog, of which no pages are made" in built.stderr) == (2, True)


@pytest.mark.parametrize("file", ["workflows.yaml", "examples/demo/workflows.yaml"])
def test_check_is_clean_on_what_we_ship(file):
    result = run("check", file)

    assert (result.returncode, result.stdout) == (0, "")
    assert "no problems" in result.stderr


@pytest.mark.parametrize("name", BROKEN)
def test_check_names_line_column_and_remedy_of_a_broken_file_and_exits_1(name):
    file = Path("tests/cases/bad") / f"{name}.yaml"

    result = run("check", file)

    assert result.returncode == 1
    place, _, said = result.stdout.splitlines()[0].partition(": ")
    path, line, column = place.rsplit(":", 2)
    assert (path, int(line) > 0, int(column) > 0) == (str(file), True, True)
    assert "; " in said
    assert said.endswith(f"[{name}]")


def test_check_of_nothing_is_a_wrong_use(tmp_path):
    result = run("check", cwd=tmp_path)

    assert result.returncode == 2
    assert "there is no file workflows.yaml" in result.stderr


def test_a_bad_definition_builds_nothing_and_the_last_good_build_stays(tmp_path):
    file = tmp_path / "workflows.yaml"
    file.write_text("version: 1\nextends: default\n", encoding="utf-8")
    good = run("build", cwd=tmp_path)
    file.write_text("version: 1\nextends: nothing\n", encoding="utf-8")

    bad = run("build", cwd=tmp_path)

    assert (good.returncode, bad.returncode) == (0, 1)
    assert (tmp_path / "build" / "current").resolve().name == good.stdout.strip()


def test_a_verb_that_is_nearly_right_is_asked_about():
    result = run("serv")

    assert result.returncode == 2
    assert 'there is no verb "serv"; did you mean "serve"?' in result.stderr


def test_help_lists_every_verb_without_loading_any():
    result = run("--help")

    assert result.returncode == 0
    for verb in ("check", "build", "serve", "worker", "link", "db", "sandbox", "demo"):
        assert f"\n  {verb} " in result.stdout


@pytest.mark.parametrize("name", ["BASE_URL", "LINK_KEYS", "RESULT_KEY"])
def test_serve_refuses_to_start_without_a_secret_and_says_how_to_make_one(ready, name):
    del ready[f"HOSTED_PAGES_{name}"]

    result = run("serve", **ready)

    assert result.returncode == 2
    assert f"HOSTED_PAGES_{name} is not set" in result.stderr
    assert name == "BASE_URL" or "secrets.token_urlsafe(32)" in " ".join(result.stderr.split())


def test_serve_refuses_a_short_key(ready):
    result = run("serve", **ready | {"HOSTED_PAGES_LINK_KEYS": "abc"})

    assert result.returncode == 2
    assert "HOSTED_PAGES_LINK_KEYS cannot be used" in result.stderr


def test_serve_refuses_a_database_without_tables_and_says_the_command(ready, tmp_path):
    result = run("serve", **ready | {"HOSTED_PAGES_DATABASE_URL": f"sqlite:///{tmp_path / 'empty.db'}"})

    assert result.returncode == 2
    assert "hosted-pages db upgrade" in " ".join(result.stderr.split())


def test_serve_refuses_where_nothing_is_built(ready, tmp_path):
    result = run("serve", **ready | {"HOSTED_PAGES_BUILD": str(tmp_path / "nowhere")})

    assert result.returncode == 2
    assert "hosted-pages build" in " ".join(result.stderr.split())


def test_serve_refuses_an_unknown_gateway(ready):
    result = run("serve", **ready | {"HOSTED_PAGES_GATEWAY": "strip"})

    assert result.returncode == 2
    assert "write sandbox or stripe, or `module:name` for your own" in " ".join(result.stderr.split())


def test_link_prints_a_link_that_opens_the_workflow(ready):
    result = run("link", "subscribe_to_plan", "--customer", "ada", "--plan", "team", "--language", "fr", **ready)

    assert result.returncode == 0
    base, _, token = result.stdout.strip().rpartition("/l/")
    assert base == "https://billing.lumen.example"
    opened = Sealer([LINK_KEY], "link").open(token, SystemClock().now())
    assert opened.says == {"customer": "ada", "to": "subscribe_to_plan", "plan": "team", "language": "fr"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["subscribe_to_plan", "--customer", "bob", "--plan", "team"], 'there is no customer "bob"'),
        (["subscribe_to_plan", "--customer", "ada", "--plan", "taem"], 'no plan "taem"; did you mean "team"?'),
        (["subscribe_to_plan", "--customer", "ada"], "say --plan"),
        (["subscribe", "--customer", "ada"], 'did you mean "subscribe_to_plan"?'),
        (["portal/invoice", "--customer", "ada"], 'did you mean "portal/invoices"?'),
        (["subscribe_to_plan", "--customer", "ada", "--plan", "team", "--recipient", "bob"], 'cannot be for "bob"'),
        (["portal", "--customer", "ada", "--recipient", "ada"], 'portal cannot be for "ada"'),
    ],
)
def test_link_refuses_what_leads_nowhere(ready, words, says):
    result = run("link", *words, **ready)

    assert (result.returncode, result.stdout) == (2, "")
    assert says in " ".join(result.stderr.split())


def test_consents_prints_what_a_customer_agreed_to_a_line_each(ready):
    database = Database(ready["HOSTED_PAGES_DATABASE_URL"])
    ledger = Ledger(database, SystemClock(), "Europe/Paris")
    ada, now = ledger.customer_by_ref("ada"), SystemClock().now()
    consent = Consent(
        "subscribe_to_plan", "summary", "terms", True, "J’accepte.", "https://a.example/", "fr", now, "b1"
    )
    quote = ledger.quote(Request(ada.id, Subscribe("solo", {}), None, {}, consents=(consent,)))
    order = ledger.open(quote.id, quote.shown, "k")
    closed = ledger.close(order.id, NothingDue(), "k")
    database.close()
    result = run("consents", "--customer", "ada", **ready)

    (line,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert (line["customer"], line["subscription"], line["invoice"]) == (ada.id, closed.subscription, "")
    assert (line["consent"]["says"], line["consent"]["language"], line["consent"]["given"]) == (
        "J’accepte.",
        "fr",
        True,
    )
    unknown = run("consents", "--customer", "bob", **ready)
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert 'there is no customer "bob"' in unknown.stderr


def test_link_may_be_for_one_use_or_go_by_mail(ready):
    once = run("link", "portal", "--customer", "ada", "--single-use", "--hours", "2", **ready)
    mail = run("link", "insite-subscribe", "--customer", "ada", "--plan", "team", "--mail", **ready)
    both = run("link", "portal", "--customer", "ada", "--mail", "--hours", "2", **ready)

    opened = Sealer([LINK_KEY], "link").open(once.stdout.strip().rpartition("/")[2], SystemClock().now())
    assert opened.says == {"customer": "ada", "to": "portal", "single_use": "yes"}
    assert (mail.returncode, mail.stdout.strip()) == (0, "ada@example.com")
    database = Database(ready["HOSTED_PAGES_DATABASE_URL"])
    (waiting,) = SqlStore(database).outbox(SystemClock().now(), 9)
    assert waiting.subject == "Team: complete your order"
    database.close()
    assert both.returncode == 2
    assert "good for 7 days" in both.stderr


def test_links_lists_what_makes_sense_and_revokes_what_was_made(ready):
    listed = run("links", "list", "--customer", "ada", **ready).stdout.splitlines()
    assert "subscribe_to_plan\tplan=team\tinsite-subscribe,hosted-subscribe" in listed
    assert not any(line.startswith("restart_subscription") for line in listed)

    revoked = run("links", "revoke", "--customer", "ada", **ready)
    assert revoked.returncode == 0
    assert "no link made for ada" in revoked.stderr
    assert run("links", "revoke", "--customer", "bob", **ready).returncode == 2


def test_a_customer_who_came_as_a_visitor_is_claimed(ready):
    database = Database(ready["HOSTED_PAGES_DATABASE_URL"])
    visitor = Ledger(database, SystemClock(), "Europe/Paris").welcome("en", KNOWN)
    database.close()

    for ref, says, code in (
        ("ada", "one name is one customer", 1),
        ("visitor-1", "no name of yours", 2),
    ):
        wrong = run("customer", "claim", visitor.id, "--ref", ref, **ready)
        assert (wrong.returncode, says in " ".join(wrong.stderr.split())) == (code, True)
    claimed = run("customer", "claim", visitor.id, "--ref", "acme", **ready)
    assert (claimed.returncode, json.loads(claimed.stdout)["ref"]) == (0, "acme")
    assert run("link", "portal", "--customer", "acme", **ready).returncode == 0


def test_a_round_of_the_worker_says_how_much_it_did(ready):
    result = run("worker", "--once", **ready)

    assert result.returncode == 0
    assert result.stdout.strip().isdecimal()


def test_a_first_definition_is_good_and_so_is_every_example_in_its_comments(tmp_path):
    answer = run("init", "shop", cwd=tmp_path)
    written = tmp_path / "shop" / "workflows.yaml"
    told = written.read_text(encoding="utf-8")
    schema = Path(re.match(r"# yaml-language-server: \$schema=(\S+)", told)[1])

    assert answer.returncode == 0
    schemas = [f"schemas/{name}.schema.json" for name in ("workflows", "catalog", "texts")]
    files = ["workflows.yaml", "catalog.yaml", *schemas]
    assert answer.stdout.splitlines() == [f"shop/{file}" for file in files]
    assert (written.parent / schema).read_bytes() == (ROOT / "schemas" / "workflows.schema.json").read_bytes()
    assert run("check", str(written)).stderr.endswith(
        "no problems in 12 workflows and 4 sections (en, fr), and in 2 plans and 0 promotions beside it\n"
    )

    said = re.sub(r"^( *)# ((?: {2})*[a-z_]+:(?: [\[{\"a-zA-Z].*)?)$", r"\1\2", told, flags=re.M)
    written.write_text(said, encoding="utf-8")
    assert said.count("\n    # ") < told.count("\n    # ")
    everything = run("check", str(written))
    assert (everything.returncode, everything.stdout) == (0, "")
    assert "13 workflows" in everything.stderr

    again = run("init", "shop", cwd=tmp_path)
    assert again.returncode == 2
    assert "is there already" in again.stderr
    assert written.read_text(encoding="utf-8") == said


def test_much_is_said_in_a_short_file():
    short = (ROOT / "examples" / "short" / "workflows.yaml").read_text(encoding="utf-8")

    assert len(short.splitlines()) <= 25
